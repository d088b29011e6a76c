//! Small changes of rules, one at a time, as a slip of the pen would make them (`docs/semantics.md`, section 16).

use crate::diagram::condition;
use crate::ground::{Text, text};
use crate::model::{
    Domain, EffectKind, FactId, Formula, Grade, Model, Rule, RuleId, RuleSet, SupportId, ValueSet,
};

/// What a change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Operator {
    /// an end of a range in a condition moves by one step
    ShiftBoundary,
    /// a condition goes
    DropCondition,
    /// a cell of a table says nothing
    WidenCell,
    /// `og` becomes `eller`, or the other way
    SwapAndOr,
    /// an `ikke` goes
    DropNot,
    /// a precondition goes
    DropPrecondition,
    /// kan becomes skal, ret, skal and må ikke become kan, and so on
    SwapGrade,
    /// a bound on a term moves by one step
    ShiftTerm,
    /// an exception is an ordinary rule
    DropException,
    /// a rule has no days of its own
    LiftDate,
    /// a rule goes
    DropRule,
}

/// A rule as it is after a change.
pub(super) struct Mutant {
    pub rule: RuleId,
    pub operator: Operator,
    pub words: Text,
    pub changed: Rule,
}

/// Every change of every rule that could be read, in the order of the rules.
pub(super) fn mutants(model: &Model) -> Vec<Mutant> {
    let rules = model.rule_ids().filter(|id| !model.rule(*id).has_error);
    rules.flat_map(|id| of_rule(model, id)).collect()
}

/// One change of a condition: what it does, in words, and what comes out.
type Change = (Operator, Text, Formula);

fn of_rule(model: &Model, id: RuleId) -> Vec<Mutant> {
    let rule = model.rule(id);
    let mut mutants = Vec::new();
    let mut add = |operator, words, changed| mutants.push(Mutant { rule: id, operator, words, changed });
    for (operator, words, when) in changes(model, &rule.when, false) {
        let operator = match operator {
            Operator::DropCondition if rule.of_table => Operator::WidenCell,
            other => other,
        };
        add(operator, words, Rule { when, ..rule.clone() });
    }
    if !matches!(rule.when, Formula::Always | Formula::Never | Formula::And(_)) {
        let words = in_words(model, &rule.when);
        let operator = if rule.of_table { Operator::WidenCell } else { Operator::DropCondition };
        add(operator, without(&words), Rule { when: Formula::Always, ..rule.clone() });
    }
    for at in 0..rule.effects.len() {
        of_effect(model, rule, at, &mut add);
    }
    if !rule.exception_to.is_empty() && !rule.of_table {
        let words = text!(en: "no exception any more", da: "ingen undtagelse længere");
        add(Operator::DropException, words, Rule { exception_to: RuleSet::default(), ..rule.clone() });
    }
    if rule.valid != ValueSet::all() {
        let words = text!(en: "without `gyldig`", da: "uden `gyldig`");
        add(Operator::LiftDate, words, Rule { valid: ValueSet::all(), ..rule.clone() });
    }
    let words = text!(en: "the whole rule", da: "hele reglen");
    let gone = Rule { effects: Vec::new(), exception_to: RuleSet::default(), ..rule.clone() };
    add(Operator::DropRule, words, gone);
    mutants
}

fn of_effect(model: &Model, rule: &Rule, at: usize, add: &mut impl FnMut(Operator, Text, Rule)) {
    let effect = &rule.effects[at];
    let with = |change: &dyn Fn(&mut crate::model::Effect)| {
        let mut changed = rule.clone();
        change(&mut changed.effects[at]);
        changed
    };
    let target = effect.support.map_or("", |id: SupportId| model.supports[id.index()].name.as_str());
    match &effect.kind {
        EffectKind::Grade { grade, duty } => {
            let other = swapped(*grade);
            let duty = *duty && !matches!(other, Grade::MustNot);
            let words = Text::same(format!("{target}: `{}` → `{}`", grade.word(), other.word()));
            let kind = EffectKind::Grade { grade: other, duty };
            add(Operator::SwapGrade, words, with(&|effect| effect.kind = kind.clone()));
        }
        EffectKind::Precondition(formula) => {
            let mut changed = rule.clone();
            changed.effects.remove(at);
            let words = without(&in_words(model, formula));
            add(Operator::DropPrecondition, words, changed);
            for (operator, words, formula) in changes(model, formula, false) {
                let kind = EffectKind::Precondition(formula);
                add(operator, words, with(&|effect| effect.kind = kind.clone()));
            }
        }
        EffectKind::Terms | EffectKind::Lapses => {}
    }
    for (number, bound) in effect.bounds.iter().enumerate().filter(|(_, bound)| bound.set != ValueSet::all())
    {
        let term = &model.terms[bound.term.index()];
        for set in shifted(&term.domain, &bound.set) {
            let (was, is) = (term.domain.bound_in_words(&bound.set), term.domain.bound_in_words(&set));
            let words = Text::same(format!("{target}: `{} {was}` → `{is}`", term.name));
            add(Operator::ShiftTerm, words, with(&|effect| effect.bounds[number].set = set.clone()));
        }
    }
}

fn swapped(grade: Grade) -> Grade {
    match grade {
        Grade::May => Grade::Must,
        Grade::Should => Grade::ShouldNot,
        Grade::ShouldNot => Grade::Should,
        Grade::Right | Grade::Must | Grade::MustNot | Grade::MustAssess => Grade::May,
    }
}

/// A formula with one change in each; in a `begreb` (taken for this rule alone) only the boundaries move.
fn changes(model: &Model, formula: &Formula, boundaries_only: bool) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    match formula {
        Formula::Always | Formula::Never | Formula::Decided { .. } => {}
        Formula::Test(fact, set) => found.extend(moved(model, *fact, set)),
        Formula::Concept(id) => {
            let concept = &model.concepts[id.index()];
            for (operator, words, formula) in changes(model, &concept.formula, true) {
                let name = &concept.name;
                let Text { en, da } = words;
                found.push((operator, text!(en: "in `{name}`: {en}", da: "i `{name}`: {da}"), formula));
            }
        }
        Formula::Not(inner) => {
            for (operator, words, inner) in changes(model, inner, boundaries_only) {
                found.push((operator, words, Formula::Not(Box::new(inner))));
            }
            if !boundaries_only {
                let words = in_words(model, formula);
                let words = text!(en: "`{words}` without `ikke`", da: "`{words}` uden `ikke`");
                found.push((Operator::DropNot, words, (**inner).clone()));
            }
        }
        Formula::And(parts) | Formula::Or(parts) => {
            let is_and = matches!(formula, Formula::And(_));
            let joined = |parts: Vec<Formula>| if is_and { Formula::And(parts) } else { Formula::Or(parts) };
            for at in 0..parts.len() {
                for (operator, words, part) in changes(model, &parts[at], boundaries_only) {
                    let mut changed = parts.clone();
                    changed[at] = part;
                    found.push((operator, words, joined(changed)));
                }
                if !boundaries_only {
                    let mut fewer = parts.clone();
                    fewer.remove(at);
                    let words = without(&in_words(model, &parts[at]));
                    found.push((Operator::DropCondition, words, joined(fewer)));
                }
            }
            if !boundaries_only && parts.len() > 1 {
                let (was, is) = if is_and { ("og", "eller") } else { ("eller", "og") };
                let words = Text::same(format!("`{}`: `{was}` → `{is}`", in_words(model, formula)));
                let swapped = if is_and { Formula::Or(parts.clone()) } else { Formula::And(parts.clone()) };
                found.push((Operator::SwapAndOr, words, swapped));
            }
        }
    }
    found
}

fn moved(model: &Model, id: FactId, set: &ValueSet) -> Vec<Change> {
    let domain = &model.facts[id.index()].domain;
    let whole = set.intersection(&domain.all());
    let word = |set: &ValueSet| condition(model, id, set).source;
    let change = |other: ValueSet| {
        let words = Text::same(format!("`{}` → `{}`", word(&whole), word(&other)));
        (Operator::ShiftBoundary, words, Formula::Test(id, other))
    };
    shifted(domain, &whole).into_iter().map(change).collect()
}

/// The set with one end of one range moved by one step that can be written, outwards and inwards.
pub(super) fn shifted(domain: &Domain, set: &ValueSet) -> Vec<ValueSet> {
    if !domain.is_ordered() {
        return Vec::new();
    }
    let (least, greatest) = domain.bounds();
    let ranges = set.intersection(&domain.all()).ranges().to_vec();
    let mut found = Vec::new();
    for at in 0..ranges.len() {
        let (low, high) = ranges[at];
        let mut ends = Vec::new();
        if low > least {
            let outwards = domain.written(least, low - 1).map(|(_, last)| (last, high));
            ends.extend(outwards);
            ends.extend(domain.written(low + 1, high).map(|(first, _)| (first, high)));
        }
        if high < greatest {
            ends.extend(domain.written(high + 1, greatest).map(|(first, _)| (low, first)));
            ends.extend(domain.written(low, high - 1).map(|(_, last)| (low, last)));
        }
        for end in ends {
            let mut changed = ranges.clone();
            changed[at] = end;
            let changed = ValueSet::from_ranges(changed);
            if changed != *set && !found.contains(&changed) {
                found.push(changed);
            }
        }
    }
    found
}

fn without(words: &str) -> Text {
    text!(en: "without `{words}`", da: "uden `{words}`")
}

/// A condition as the language writes it.
fn in_words(model: &Model, formula: &Formula) -> String {
    let join = |parts: &[Formula], word: &str| {
        let inner = |part: &Formula| match part {
            Formula::And(_) | Formula::Or(_) => format!("({})", in_words(model, part)),
            _ => in_words(model, part),
        };
        parts.iter().map(inner).collect::<Vec<_>>().join(word)
    };
    match formula {
        Formula::Always => "altid".to_owned(),
        Formula::Never => "aldrig".to_owned(),
        Formula::Test(fact, set) => {
            let domain = model.facts[fact.index()].domain.all();
            condition(model, *fact, &set.intersection(&domain)).source
        }
        Formula::Concept(id) => model.concepts[id.index()].name.clone(),
        Formula::Decided { support, due } => {
            let name = &model.supports[support.index()].name;
            if *due { format!("har krav på {name}") } else { format!("kan få {name}") }
        }
        Formula::Not(inner) => match **inner {
            Formula::And(_) | Formula::Or(_) => format!("ikke ({})", in_words(model, inner)),
            _ => format!("ikke {}", in_words(model, inner)),
        },
        Formula::And(parts) => join(parts, " og "),
        Formula::Or(parts) => join(parts, " eller "),
    }
}
