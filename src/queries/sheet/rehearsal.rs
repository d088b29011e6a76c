//! Rows to try a sheet on in a foreign engine, with what the plain evaluator says of them. The rows stand at every value a
//! rule, a concept or an assumption draws a line at, and beside it; some things are not known of them, and some are nobody.

use super::inputs::value;
use super::{SheetAsked, SheetValue, sheet};
use crate::evaluate::{Case, reasons};
use crate::ground::Text;
use crate::model::{
    DATE, Domain, EffectKind, FactId, Formula, Model, Place, Profile, Rule, SupportId, TermId, ValueSet,
};
use crate::queries::place;
use crate::verdict::{Grant, Statements};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Citizens, and what is decided of each: columns and their values as text, nothing where there is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rehearsal {
    /// the names of the facts, and of what comes out
    pub names: (Vec<String>, Vec<String>),
    /// for each row its facts, and what is decided
    pub rows: Vec<(Cells, Cells)>,
}

/// One row.
pub type Cells = Vec<Option<String>>;

/// What a row knows of each fact.
type Row = Vec<Option<i64>>;

/// So many rows: first those at the lines, then, or until there are enough, random ones.
pub(crate) fn rehearsal(
    model: &Model,
    asked: SheetAsked<'_>,
    rows: usize,
    seed: u64,
) -> Result<Rehearsal, Text> {
    let names = sheet(model, asked)?;
    let module = place::municipality(model, asked.place)?;
    let statements = Statements::of(model, Place::of(model, module));
    let facts = |name: &str| model.fact_ids().find(|id| model.facts[id.index()].name == name);
    let inputs: Vec<FactId> = names.inputs.iter().filter_map(|input| facts(&input.name)).collect();
    let mut lots = Lots { model, lines: lines(model), inputs: &inputs, state: seed };
    let mut all = if seed == 0 { lots.at_lines() } else { Vec::new() };
    all.truncate(rows);
    while all.len() < rows {
        all.push(lots.row());
    }
    let outputs: Vec<&str> = names.outputs.iter().map(|output| output.name.as_str()).collect();
    let answer = |row: &Row| {
        let cell = |id: &FactId| {
            let fact = &model.facts[id.index()];
            row[id.index()].map(|code| in_words(&value(&fact.domain, code)))
        };
        let decided = decided(model, &statements, &inputs, row);
        let out = outputs.iter().map(|name| decided.get(*name).cloned()).collect();
        (inputs.iter().map(cell).collect(), out)
    };
    let rows = all.par_iter().map(answer).collect();
    let inputs = names.inputs.iter().map(|input| input.name.clone()).collect();
    Ok(Rehearsal { names: (inputs, names.outputs.into_iter().map(|output| output.name).collect()), rows })
}

fn in_words(value: &SheetValue) -> String {
    match value {
        SheetValue::Number(words) | SheetValue::Day(words) | SheetValue::Word(words) => words.clone(),
        SheetValue::Truth(holds) => holds.to_string(),
    }
}

/// What the plain evaluator says of a row, column by column; where the row is nobody the word that `umulig` begins with.
fn decided(model: &Model, statements: &Statements, inputs: &[FactId], row: &Row) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let is_bad = |id: &&FactId| {
        let domain = &model.facts[id.index()].domain;
        match row[id.index()] {
            None => **id == DATE,
            Some(code) => !domain.all().contains(code) || domain.written(code, code).is_none(),
        }
    };
    if let Some(bad) = inputs.iter().find(is_bad) {
        out.insert("umulig".to_owned(), model.facts[bad.index()].name.clone());
        return out;
    }
    let profile = Profile(row.iter().map(|value| value.unwrap_or_default()).collect());
    let unknown: BTreeSet<FactId> = model.fact_ids().filter(|id| row[id.index()].is_none()).collect();
    let case = Case::partly(model, statements, &profile, unknown);
    let is_false = |formula: &Formula| case.judge::<Option<bool>>(formula, false, &mut ()) == Some(false);
    if let Some(broken) = model.assumptions.iter().find(|assumption| is_false(&assumption.formula)) {
        out.insert("umulig".to_owned(), format!("antag: {}", broken.title));
        return out;
    }
    for support in &statements.judged {
        told(&case, *support, &mut out);
    }
    out
}

fn told(case: &Case<'_>, support: SupportId, out: &mut BTreeMap<String, String>) {
    let model = case.model;
    let name = &model.supports[support.index()].name;
    let reasoned = reasons::<Option<bool>>(case, support, &mut ());
    if !reasoned.certain {
        out.insert(name.clone(), "uafklaret".to_owned());
        return;
    }
    let decided = reasoned.decided();
    let rules: Vec<&str> = decided.rules.iter().map(|rule| model.rule(*rule).name.as_str()).collect();
    if !rules.is_empty() {
        out.insert(format!("{name}.regler"), rules.join("|"));
    }
    let decision = decided.decision;
    let word = match decision.grant {
        None => Some("modstrid"),
        Some(Grant::Forbidden) => Some("må ikke"),
        Some(Grant::None) => None,
        Some(Grant::May) => Some("kan"),
        Some(Grant::Right) => Some("ret"),
        Some(Grant::Must) => Some("skal"),
    };
    out.extend(word.map(|word| (name.clone(), word.to_owned())));
    let granted = decision.grant.is_some_and(Grant::is_granted);
    let mut also = Vec::new();
    also.extend((granted && decision.duty).then(|| "som pligt".to_owned()));
    also.extend(decision.to_be_assessed.then(|| "skal vurdere".to_owned()));
    also.extend(decision.recommended.then(|| "bør".to_owned()));
    also.extend(decision.discouraged.then(|| "bør ikke".to_owned()));
    for (id, left) in decision.terms.iter().filter(|_| granted) {
        match left {
            None => also.push(format!("modstrid om {}", model.terms[id.index()].name)),
            Some(left) => told_term(model, name, *id, left, out),
        }
    }
    if !also.is_empty() {
        out.insert(format!("{name}.også"), also.join("|"));
    }
}

fn told_term(model: &Model, support: &str, id: TermId, left: &ValueSet, out: &mut BTreeMap<String, String>) {
    let (term, domain) = (&model.terms[id.index()].name, &model.terms[id.index()].domain);
    let left = left.intersection(&domain.all());
    if let Domain::YesNo | Domain::List { .. } = domain {
        let codes = left.ranges().iter().flat_map(|(low, high)| *low..=*high);
        let words: Vec<String> = codes.map(|code| domain.spell_bare(code)).collect();
        if !words.is_empty() {
            out.insert(format!("{support}.{term}"), words.join("|"));
        }
        return;
    }
    let written = domain.written_ranges(&left);
    let (Some((least, _)), Some((_, greatest))) = (written.first(), written.last()) else { return };
    let (low, high) = domain.bounds();
    for (end, code, open) in [("fra", *least, low), ("til", *greatest, high)] {
        if code != open {
            let words = match domain {
                Domain::Duration { .. } => domain.spell_bare(code),
                domain => in_words(&value(domain, code)),
            };
            out.insert(format!("{support}.{term}.{end}"), words);
        }
    }
}

/// The values of each fact at which something begins or ends, and their neighbours.
fn lines(model: &Model) -> Vec<Vec<i64>> {
    let mut sets: Vec<BTreeSet<i64>> = vec![BTreeSet::new(); model.facts.len()];
    let mut draw = |fact: FactId, set: &ValueSet| {
        for end in set.ranges().iter().flat_map(|(low, high)| [*low, *high]) {
            // a length is a whole number of days or months
            let step = if let Domain::Duration { .. } = model.facts[fact.index()].domain { 91 } else { 1 };
            sets[fact.index()].extend([end - step, end - 3, end - 1, end, end + 1, end + 3, end + step]);
        }
    };
    let mut formulas: Vec<&Formula> = model.concepts.iter().map(|concept| &concept.formula).collect();
    formulas.extend(model.assumptions.iter().map(|assumption| &assumption.formula));
    formulas.extend(model.departments.iter().map(|department| &department.scope));
    for rule in &model.rules {
        formulas.extend([&rule.when, &rule.deviable]);
        formulas.extend(rule.effects.iter().filter_map(|effect| match &effect.kind {
            EffectKind::Precondition(formula) => Some(formula),
            _ => None,
        }));
        days(model, rule, &mut |days| draw(DATE, days));
    }
    while let Some(formula) = formulas.pop() {
        match formula {
            Formula::Test(fact, set) => draw(*fact, set),
            Formula::Not(inner) => formulas.push(inner),
            Formula::And(parts) | Formula::Or(parts) => formulas.extend(parts),
            Formula::Always | Formula::Never | Formula::Concept(_) | Formula::Decided { .. } => {}
        }
    }
    let mut lines = Vec::with_capacity(sets.len());
    for (set, fact) in sets.into_iter().zip(&model.facts) {
        let (low, high) = fact.domain.bounds();
        let all: BTreeSet<i64> = match &fact.domain {
            Domain::YesNo | Domain::List { .. } => (low..=high).collect(),
            _ => set.into_iter().chain([low - 1, low, high, high + 1, fact.typical]).collect(),
        };
        let near = |code: &i64| code.abs() < i64::from(i32::MAX);
        let day = |code: &i64| (super::FIRST_DAY..=super::LAST_DAY).contains(code);
        let is_day = matches!(fact.domain, Domain::Date { .. });
        lines.push(all.into_iter().filter(|code| near(code) && (!is_day || day(code))).collect());
    }
    lines
}

fn days(model: &Model, rule: &Rule, draw: &mut impl FnMut(&ValueSet)) {
    draw(&model.all_days_of(rule));
    rule.effects.iter().flat_map(|effect| &effect.bounds).for_each(|bound| draw(&bound.days));
}

/// A source of rows; splitmix64, so that the same seed gives the same rows everywhere.
struct Lots<'a> {
    model: &'a Model,
    lines: Vec<Vec<i64>>,
    inputs: &'a [FactId],
    state: u64,
}

impl Lots<'_> {
    fn below(&mut self, most: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most.max(1) as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A value of a fact, most often at a line.
    fn value(&mut self, fact: usize) -> i64 {
        let lines = self.lines[fact].len();
        let domain = &self.model.facts[fact].domain;
        let (low, high) = domain.bounds();
        // a day far from every line is like every other
        let is_near = low > ValueSet::MIN && high < ValueSet::MAX && fact != DATE.index();
        let code = if lines > 0 && (!is_near || self.chance(75)) {
            let at = self.below(lines);
            self.lines[fact][at]
        } else {
            low + self.below((high - low).unsigned_abs() as usize + 1) as i64
        };
        let code = code.clamp(low, high);
        let written = domain.written(code, high).or_else(|| domain.written(low, high));
        written.map_or(code, |(first, _)| first)
    }

    /// Somebody, where one is found soon.
    fn profile(&mut self) -> Vec<i64> {
        let mut values: Vec<i64> = (0..self.model.facts.len()).map(|fact| self.value(fact)).collect();
        for _ in 0..60 {
            let assumptions = &self.model.assumptions;
            let broken =
                assumptions.iter().find(|assumption| !holds(self.model, &assumption.formula, &values));
            let Some(broken) = broken else { return values };
            let mut asked = BTreeSet::new();
            asks(self.model, &broken.formula, &mut asked);
            let asked: Vec<usize> = asked.into_iter().collect();
            if let Some(fact) = asked.get(self.below(asked.len())).copied() {
                values[fact] = self.value(fact);
            }
        }
        values
    }

    /// A random row: one in five may be nobody, half know everything.
    fn row(&mut self) -> Row {
        let values = match self.chance(80) {
            true => self.profile(),
            false => (0..self.model.facts.len()).map(|fact| self.value(fact)).collect(),
        };
        let mut row: Row = values.into_iter().map(Some).collect();
        if self.chance(50) {
            let percent = [4, 15, 40, 90][self.below(4)];
            // the day comes first
            for cell in row.iter_mut().skip(1) {
                if self.chance(percent) {
                    *cell = None;
                }
            }
        }
        if self.chance(1) {
            row[DATE.index()] = None;
        }
        row
    }

    /// At each value at a line of each fact that is asked, a few who otherwise differ.
    fn at_lines(&mut self) -> Vec<Row> {
        const EACH: usize = 8;
        let mut rows = Vec::new();
        for id in self.inputs {
            let fact = id.index();
            for code in self.lines[fact].clone() {
                for nth in 0..EACH {
                    let mut row: Row =
                        if nth == 0 { self.row() } else { self.profile().into_iter().map(Some).collect() };
                    row[fact] = Some(code);
                    rows.push(row);
                }
            }
            let mut row: Row = self.profile().into_iter().map(Some).collect();
            row[fact] = None;
            rows.push(row);
        }
        // values that are none of a list cannot be coded: those are tried by the engines' own tests
        rows.retain(|row| self.inputs.iter().all(|id| self.has_words(*id, row[id.index()])));
        rows
    }

    /// Whether a value can be put into a cell.
    fn has_words(&self, id: FactId, code: Option<i64>) -> bool {
        match (&self.model.facts[id.index()].domain, code) {
            (Domain::YesNo | Domain::List { .. }, Some(code)) => {
                self.model.facts[id.index()].domain.all().contains(code)
            }
            _ => true,
        }
    }
}

/// Whether a condition that asks no decision is true of somebody.
fn holds(model: &Model, formula: &Formula, values: &[i64]) -> bool {
    match formula {
        Formula::Always => true,
        Formula::Never | Formula::Decided { .. } => false,
        Formula::Test(fact, set) => set.contains(values[fact.index()]),
        Formula::Concept(id) => holds(model, &model.concepts[id.index()].formula, values),
        Formula::Not(inner) => !holds(model, inner, values),
        Formula::And(parts) => parts.iter().all(|part| holds(model, part, values)),
        Formula::Or(parts) => parts.iter().any(|part| holds(model, part, values)),
    }
}

/// The facts a condition asks.
fn asks(model: &Model, formula: &Formula, found: &mut BTreeSet<usize>) {
    match formula {
        Formula::Test(fact, _) => {
            found.insert(fact.index());
        }
        Formula::Concept(id) => asks(model, &model.concepts[id.index()].formula, found),
        Formula::Not(inner) => asks(model, inner, found),
        Formula::And(parts) | Formula::Or(parts) => parts.iter().for_each(|part| asks(model, part, found)),
        Formula::Always | Formula::Never | Formula::Decided { .. } => {}
    }
}
