//! A policy as its author would write it: the vocabulary, the lov and the kommune, one file each.

use super::guidance;
use super::matrices::{self, Matrix};
use super::policy::{
    Basis, Clauses, Cond, Deviable, Domain, Effect, EffectKind, Fact, Fault, Grade, Item, Op, Period, Policy,
    Rule, Sort, Speaker, Table, Test,
};
use super::words::{RATE, unreadable};
use std::fmt::Write;

/// The files: name and text.
pub(crate) fn files(policy: &Policy) -> Vec<(&'static str, String)> {
    let printer = Printer { policy };
    let file = |speaker: Speaker| {
        let name = match speaker {
            Speaker::Law => "lov.hjemmel",
            Speaker::OtherLaw => "anden-lov.hjemmel",
            Speaker::Trial => "lempet.hjemmel",
            Speaker::Region => "regionen.hjemmel",
            Speaker::Town => "byen.hjemmel",
            Speaker::OtherTown => "naboby.hjemmel",
            Speaker::Home => "hjemmet.hjemmel",
            Speaker::Guide => "håndbog.hjemmel",
        };
        (name, printer.module(speaker))
    };
    let vocabulary = ("ord.hjemmel", printer.vocabulary());
    let seller = (!policy.performed.is_empty()).then(|| ("sælger.hjemmel", guidance::seller(policy)));
    std::iter::once(vocabulary).chain(policy.speakers().into_iter().map(file)).chain(seller).collect()
}

/// All files in one text, for a failure message.
pub(crate) fn whole(policy: &Policy) -> String {
    let files = files(policy).into_iter().map(|(name, text)| format!("# ---- {name}\n{text}"));
    let (from, to) = policy.window;
    let window = format!("# window {} .. {}\n", hjemmel::iso_date(from), hjemmel::iso_date(to));
    let seen = policy.reference.map(|day| format!("# seen from {}\n", hjemmel::iso_date(day)));
    window + &seen.unwrap_or_default() + &files.collect::<String>()
}

/// A condition as it is written.
pub(crate) fn cond_words(policy: &Policy, cond: &Cond) -> String {
    Printer { policy }.cond(cond)
}

/// A bound with the name of its term.
pub(crate) fn test_of_term(policy: &Policy, term: usize, test: &Test) -> String {
    format!("{} {}", policy.terms[term].name, Printer { policy }.bound(term, test))
}

/// A `gyldig` without its word.
pub(crate) fn period_words(valid: Period) -> String {
    period(valid)
}

/// A `hjemmel` without its word.
pub(crate) fn basis_words(cited: &[Basis]) -> String {
    basis(cited)
}

struct Printer<'a> {
    policy: &'a Policy,
}

impl Printer<'_> {
    fn vocabulary(&self) -> String {
        let mut out = String::new();
        for fact in &self.policy.facts[1..] {
            let typical =
                fact.typical.map(|value| format!(", typisk {}", fact.domain.word(value))).unwrap_or_default();
            let fixed = if fact.fixed { ", fast" } else { "" };
            let kind = type_of_fact(fact);
            line(&mut out, format!("oplysning {} \"Oplysning\"{kind}{typical}{fixed}", fact.name));
        }
        for (name, cond) in &self.policy.concepts {
            line(&mut out, format!("begreb {name} = {}", self.cond(cond)));
        }
        for assumption in &self.policy.assumptions {
            let then = self.cond(&assumption.then);
            match &assumption.when {
                Some(when) => {
                    line(&mut out, format!("antag \"Sådan er det\": hvis {} så {then}", self.cond(when)))
                }
                None => line(&mut out, format!("antag \"Sådan er det\": {then}")),
            }
        }
        for support in &self.policy.supports {
            let word = match support.sort {
                Sort::Pair(..) => continue,
                Sort::Task(_) => "opgave",
                Sort::Step => "sagsskridt",
                Sort::Support if support.is_kind => "art",
                Sort::Support => "støtte",
            };
            let belongs = if let Sort::Task(kind) = support.sort { kind } else { support.parent };
            let parent =
                belongs.map(|kind| format!(": {}", self.policy.supports[kind].name)).unwrap_or_default();
            let relations = self.policy.words.relations(self.policy, support);
            line(&mut out, format!("{word} {} \"Støtte\"{parent}{relations}", support.name));
        }
        for term in &self.policy.terms {
            let better = match term.more_is_better {
                Some(true) => ", mere er bedre",
                Some(false) => ", mindre er bedre",
                None => "",
            };
            line(&mut out, format!("vilkår {} \"Vilkår\"{}{better}", term.name, type_of(&term.domain)));
        }
        out += &self.policy.words.declarations();
        out
    }

    fn module(&self, speaker: Speaker) -> String {
        let mut out = String::new();
        let word = match speaker {
            Speaker::OtherLaw if self.policy.order => "bekendtgørelse",
            Speaker::Law | Speaker::OtherLaw => "lov",
            Speaker::Trial => "forsøg",
            Speaker::Region => "region",
            Speaker::Town | Speaker::OtherTown => "kommune",
            Speaker::Home => "institution",
            Speaker::Guide => "vejledning",
        };
        let named = |towns: &[Speaker]| {
            let towns: Vec<&str> = towns.iter().map(|town| town.name()).collect();
            if towns.is_empty() { String::new() } else { format!("    gælder i {}\n", towns.join(", ")) }
        };
        line(&mut out, format!("{word} {} \"Modul\" {{", speaker.name()));
        match speaker {
            Speaker::Law => {
                self.source(&mut out, Basis::Law);
                line(&mut out, "}\nkilde Kilde \"Kilden\" {".to_owned());
                self.source(&mut out, Basis::Source);
            }
            Speaker::OtherLaw => self.source(&mut out, Basis::OtherLaw),
            Speaker::Town => {
                if self.policy.binding {
                    line(&mut out, "    status bindende".to_owned());
                }
                if let Some((cond, kinds)) = &self.policy.scope {
                    line(&mut out, format!("    omfatter {}: {}", self.cond(cond), self.supports(kinds)));
                }
            }
            Speaker::OtherTown | Speaker::Guide => {}
            Speaker::Trial => {
                let trial = self.policy.trial.as_ref();
                out += &trial.map(|trial| named(&trial.towns)).unwrap_or_default();
                if let Some(valid) = trial.and_then(|trial| trial.valid) {
                    line(&mut out, format!("    gyldig {}", period(valid)));
                }
            }
            Speaker::Region => out += &named(self.policy.region.as_deref().unwrap_or_default()),
            Speaker::Home => out += &named(self.policy.home.as_slice()),
        }
        if self.policy.adopted.contains(&speaker) {
            line(&mut out, "    vedtaget 2020-01-01".to_owned());
        }
        line(&mut out, "}".to_owned());
        if speaker == Speaker::Town {
            if !self.policy.words.silent.is_empty() {
                let silent = self.supports(&self.policy.words.silent);
                line(&mut out, format!("intet serviceniveau for {silent}"));
            }
            for (name, scope) in &self.policy.departments {
                let scope = scope.as_ref().map(|cond| format!(" omfatter {}", self.cond(cond)));
                line(&mut out, format!("afdeling {name} \"Afdeling\"{}", scope.unwrap_or_default()));
            }
        }
        for item in &self.policy.items {
            match item {
                Item::Rule(rule) if rule.speaker == speaker => self.rule(&mut out, rule),
                Item::Table(table) if speaker == Speaker::Town => self.table(&mut out, table),
                Item::Matrix(matrix) if matrix.speaker == speaker => self.matrix(&mut out, matrix),
                _ => {}
            }
        }
        out
    }

    fn source(&self, out: &mut String, source: Basis) {
        editions(out, self.policy.editions(source));
        for (old, new) in self.policy.successors.iter().filter(|(old, _)| *old == source) {
            let (old, new) = (basis(&[*old]), basis(&[*new]));
            let (_, paragraph) = old.split_once(' ').unwrap_or_default();
            line(out, format!("    paragraf {paragraph} \"Paragraf\" {{ afløses af {new} }}"));
        }
    }

    fn rule(&self, out: &mut String, rule: &Rule) {
        line(out, format!("regel {} {{", rule.name));
        self.clauses(out, &rule.clauses);
        for effect in &rule.effects {
            line(out, format!("    {}", self.effect(rule, effect)));
        }
        if rule.clauses.fault == Some(Fault::Effect) {
            line(out, "    kan give ubekendt".to_owned());
        }
        line(out, "}".to_owned());
    }

    fn clauses(&self, out: &mut String, clauses: &Clauses) {
        if !clauses.basis.is_empty() {
            line(out, format!("    hjemmel {}", basis(&clauses.basis)));
        }
        if let Some(valid) = clauses.valid {
            line(out, format!("    gyldig {}", period(valid)));
        }
        if !clauses.places.is_empty() {
            let places: Vec<&str> =
                clauses.places.iter().map(|at| self.policy.departments[*at].0.as_str()).collect();
            line(out, format!("    gælder i {}", places.join(", ")));
        }
        let when = clauses.when.as_ref();
        match clauses.fault {
            Some(fault @ (Fault::WhenAnd | Fault::WhenOr)) => {
                let word = if fault == Fault::WhenAnd { " og " } else { " eller " };
                let start = when.map(|cond| self.nested(cond) + word).unwrap_or_default();
                line(out, format!("    når {start}{}", unreadable(self.policy)));
            }
            _ => when.iter().for_each(|cond| line(out, format!("    når {}", self.cond(cond)))),
        }
        let unknown = (clauses.fault == Some(Fault::Exception)).then(|| "Byen.ubekendt".to_owned());
        let exceptions: Vec<String> = clauses.exception_to.iter().cloned().chain(unknown).collect();
        if !exceptions.is_empty() {
            line(out, format!("    undtagelse fra {}", exceptions.join(", ")));
        }
        if clauses.fault == Some(Fault::Responsible) {
            line(out, "    ansvarlig Ubekendt".to_owned());
        } else if clauses.responsible {
            line(out, "    ansvarlig Kontoret".to_owned());
        }
        match &clauses.deviable {
            None => {}
            Some(Deviable(None)) => line(out, "    kan fraviges".to_owned()),
            Some(Deviable(Some(cond))) => line(out, format!("    kan fraviges hvis {}", self.cond(cond))),
        }
        if clauses.reason {
            line(out, "    fordi \"det er meningen\"".to_owned());
        }
    }

    fn effect(&self, rule: &Rule, effect: &Effect) -> String {
        let supports = self.supports(&effect.targets);
        let bounds: Vec<String> = effect
            .bounds
            .iter()
            .map(|(term, test)| {
                let name = format!("{}.{}", rule.speaker.name(), rule.name);
                let ceiling = if self.policy.words.is_ceiling(&name, *term) { " som loft" } else { "" };
                format!("{} {}{ceiling}", self.policy.terms[*term].name, self.bound(*term, test))
            })
            .collect();
        match &effect.kind {
            EffectKind::Lapses => "bortfalder".to_owned(),
            EffectKind::Perform { grade, at } => {
                let word = sentence(*grade).replace("give", "udføre");
                let at = if at.is_empty() { String::new() } else { format!(" ved {}", self.supports(at)) };
                format!("{word} {supports}{at}")
            }
            EffectKind::Terms => format!("gælder for {supports}: {}", bounds.join(", ")),
            EffectKind::Precondition(cond) => format!("forudsætning for {supports}: {}", self.cond(cond)),
            EffectKind::Grade { grade, duty, only_when } => {
                let mut text = format!("{} {supports}", sentence(*grade));
                if *duty {
                    text += " som pligt";
                }
                if !bounds.is_empty() {
                    let _ = write!(text, " med {}", bounds.join(", "));
                }
                if let Some(cond) = only_when {
                    let _ = write!(text, " kun når {}", self.cond(cond));
                }
                text
            }
        }
    }

    fn table(&self, out: &mut String, table: &Table) {
        line(out, format!("tabel {} \"Tabel\" {{", table.name));
        self.clauses(out, &table.clauses);
        if table.first_row_wins {
            line(out, "    første række gælder".to_owned());
        }
        let terms: Vec<usize> = (0..self.policy.terms.len())
            .filter(|term| table.rows.iter().any(|row| row.bounds.iter().any(|(used, _)| used == term)))
            .collect();
        let facts: Vec<usize> = (0..self.policy.facts.len())
            .filter(|fact| table.rows.iter().any(|row| row.tests.iter().any(|(used, _)| used == fact)))
            .collect();
        let (sources, periods) = (
            table.rows.iter().any(|row| !row.basis.is_empty()),
            table.rows.iter().any(|row| row.valid.is_some()),
        );
        let of_tasks = table.rows.iter().any(|row| !self.policy.is_given(row.targets[0]));
        let mut head = vec!["regel", if of_tasks { "opgave" } else { "støtte" }, "når", "grad"];
        head.extend(facts.iter().map(|fact| self.policy.facts[*fact].name.as_str()));
        head.extend(terms.iter().map(|term| self.policy.terms[*term].name.as_str()));
        head.extend(sources.then_some("hjemmel"));
        head.extend(periods.then_some("gyldig"));
        line(out, format!("    | {} |", head.join(" | ")));
        line(out, format!("    |{}", "---|".repeat(head.len())));
        for row in &table.rows {
            let grade =
                row.grade.map(|(grade, duty)| cell(grade).to_owned() + if duty { " som pligt" } else { "" });
            let mut cells = vec![
                row.name.clone(),
                self.supports(&row.targets),
                row.when.as_ref().map(|cond| self.cond(cond)).unwrap_or_default(),
                grade.unwrap_or_default(),
            ];
            cells.extend(facts.iter().map(|fact| {
                let test = row.tests.iter().find(|(used, _)| used == fact);
                test.map(|(fact, test)| test_words(&self.policy.facts[*fact].domain, test, true))
                    .unwrap_or_default()
            }));
            cells.extend(terms.iter().map(|term| {
                let bound = row.bounds.iter().find(|(used, _)| used == term);
                bound
                    .map(|(term, test)| test_words(&self.policy.terms[*term].domain, test, true))
                    .unwrap_or_default()
            }));
            cells.extend(sources.then(|| basis(&row.basis)));
            cells.extend(periods.then(|| row.valid.map(period).unwrap_or_default()));
            line(out, format!("    | {} |", cells.join(" | ")));
        }
        line(out, "}".to_owned());
    }

    fn matrix(&self, out: &mut String, matrix: &Matrix) {
        line(out, format!("matrix {} \"Matrix\" {{", matrix.name));
        self.clauses(out, &matrix.clauses);
        let fact = &self.policy.facts[matrix.fact];
        *out += &matrix.text(&matrices::Words {
            fact: &fact.name,
            supports: &|targets| self.supports(targets),
            cond: &|cond| self.cond(cond),
            test: &|test| test_words(&fact.domain, test, true),
        });
        line(out, "}".to_owned());
    }

    fn supports(&self, supports: &[usize]) -> String {
        let names: Vec<&str> = supports.iter().map(|at| self.policy.supports[*at].name.as_str()).collect();
        names.join(", ")
    }

    fn bound(&self, term: usize, test: &Test) -> String {
        test_words(&self.policy.terms[term].domain, test, false)
    }

    /// A part of a larger condition, in parentheses where it needs them.
    fn nested(&self, cond: &Cond) -> String {
        match cond {
            Cond::And(_) | Cond::Or(_) => format!("({})", self.cond(cond)),
            _ => self.cond(cond),
        }
    }

    fn cond(&self, cond: &Cond) -> String {
        let join = |parts: &[Cond], word: &str| {
            parts.iter().map(|part| self.nested(part)).collect::<Vec<_>>().join(word)
        };
        match cond {
            Cond::Always => "altid".to_owned(),
            Cond::Fact(fact) => self.policy.facts[*fact].name.clone(),
            Cond::Concept(concept) => self.policy.concepts[*concept].0.clone(),
            Cond::Decided(support, due) => {
                let word = if *due { "har krav på" } else { "kan få" };
                format!("{word} {}", self.policy.supports[*support].name)
            }
            Cond::Not(inner) => match **inner {
                Cond::Fact(_) | Cond::Concept(_) => format!("ikke {}", self.cond(inner)),
                _ => format!("ikke ({})", self.cond(inner)),
            },
            Cond::And(parts) => join(parts, " og "),
            Cond::Or(parts) => join(parts, " eller "),
            Cond::Test(fact, test) => {
                let fact = &self.policy.facts[*fact];
                let word = if test.op == Op::Is { "er " } else { "" };
                format!("{} {word}{}", fact.name, test_words(&fact.domain, test, false))
            }
        }
    }
}

fn line(out: &mut String, text: String) {
    out.push_str(&text);
    out.push('\n');
}

fn editions(out: &mut String, editions: &[Period]) {
    for (at, edition) in editions.iter().enumerate() {
        line(out, format!("    udgave \"LBK nr. {}\" gyldig {}", at + 1, period(*edition)));
    }
}

fn period(period: Period) -> String {
    let from = period.from.map(|day| format!("fra {}", hjemmel::iso_date(day)));
    let to = period.to.map(|day| format!("til {}", hjemmel::iso_date(day)));
    from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
}

fn basis(basis: &[Basis]) -> String {
    let name = |basis: &Basis| match basis {
        Basis::Law => "Lov § 1",
        Basis::OtherLaw => "Loven-om-andet § 3",
        Basis::Source => "Kilde § 2",
    };
    basis.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn type_of_fact(fact: &Fact) -> String {
    let words = type_of(&fact.domain);
    if fact.assessed { words.replacen(": ", ": skøn ", 1) } else { words }
}

fn type_of(domain: &Domain) -> String {
    match domain {
        Domain::YesNo => ": ja/nej".to_owned(),
        Domain::List { values, ordered } => {
            format!("{} {{ {} }}", if *ordered { " i rækkefølge" } else { "" }, values.join(" "))
        }
        Domain::Number { low, high } => format!(": tal {low}-{high}"),
        Domain::Money { low, high } => {
            let (low, high) = (domain.word(*low), domain.word(*high));
            format!(": kr {} - {}", low.trim_end_matches(" kr"), high.trim_end_matches(" kr"))
        }
        Domain::Decimal { low, high } => {
            format!(": tal {}-{}, 1 decimal", domain.word(*low), domain.word(*high))
        }
        Domain::Duration { low, high } => {
            format!(": varighed {} - {}", domain.word(*low), domain.word(*high))
        }
        Domain::Date { low, high } => {
            format!(": dato fra {} til {}", hjemmel::iso_date(*low), hjemmel::iso_date(*high))
        }
    }
}

fn test_words(domain: &Domain, test: &Test, in_cell: bool) -> String {
    let values: Vec<String> = test.values.iter().map(|value| domain.word(*value)).collect();
    let number = matches!(domain, Domain::Number { .. });
    match test.op {
        Op::Is => values.join(", "),
        Op::IsNot if in_cell => format!("ikke {}", values.join(", ")),
        Op::IsNot => format!("er ikke {}", values.join(", ")),
        Op::Under => format!("under {}", values[0]),
        Op::Over => format!("over {}", values[0]),
        Op::AtLeast => format!("mindst {}", values[0]),
        Op::AtMost => format!("højst {}", values[0]),
        Op::Between if in_cell && number && test.values[1] < RATE => format!("{}-{}", values[0], values[1]),
        Op::Between => format!("fra {} til {}", values[0], values[1]),
    }
}

fn sentence(grade: Grade) -> &'static str {
    match grade {
        Grade::May => "kan give",
        Grade::Right => "ret til",
        Grade::Must => "skal give",
        Grade::MustNot => "må ikke give",
        Grade::Should => "bør give",
        Grade::ShouldNot => "bør ikke give",
        Grade::MustAssess => "skal vurdere",
    }
}

pub(super) fn cell(grade: Grade) -> &'static str {
    match grade {
        Grade::May => "Kan",
        Grade::Right => "ret",
        Grade::Must => "Skal",
        Grade::MustNot => "må ikke",
        Grade::Should => "bør",
        Grade::ShouldNot => "bør ikke",
        Grade::MustAssess => "skal vurdere",
    }
}
