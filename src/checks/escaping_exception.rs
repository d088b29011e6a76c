//! An exception that gives something to citizens whom no rule it is an exception from reaches.

use super::missing_basis::source_of;
use super::view::{name_rules, with_region};
use super::words::rule_label;
use super::{Card, tasks::Found};
use crate::diagram::{Diagrams, NO, Node, NotProven, doubtful, unsettled};
use crate::evaluate::Case;
use crate::ground::{Diagnostic, Severity, text};
use crate::model::{Grade, Model, RuleId, SupportId};
use crate::verdict::{Said, SaidGrade, Statements};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const NAME: &str = "escaping-exception";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "løs-undtagelse",
        severity: Severity::Warning,
        about: text!(
            en: "an exception that gives something where the rules it is an exception from do not apply",
            da: "en undtagelse, der giver noget, hvor de regler, den er undtagelse fra, ikke gælder"
        ),
        explanation: text!(
            en: "The exception says kan, ret or skal to citizens whom none of the rules it is an exception from \
                 reaches, and no other rule of its layer or above speaks of the support to them: what was meant to \
                 soften a rule has become a promise of its own. An exception that refuses, sets terms or lets a rule \
                 lapse takes or changes nothing there and is not told; nor is one that leaves nothing of a rule and so \
                 replaces it, nor a row above another row.",
            da: "Undtagelsen siger kan, ret eller skal til borgere, som ingen af de regler, den er undtagelse fra, \
                 gælder for, og ingen anden regel i dens lag eller derover siger dem noget om støtten: det, der skulle \
                 lempe en regel, er blevet et løfte for sig. En undtagelse, der forbyder, sætter vilkår eller lader en \
                 regel bortfalde, giver intet dér og meldes ikke; det gør heller ikke en, der intet levner af en regel og \
                 altså afløser den, eller en række over en anden."
        ),
        definition: text!(
            en: "A rule declares exceptions from rules outside its own table; on some support its \
                 kan, ret or skal stands where none of these rules applies, each of them applies to \
                 somebody whom it does not reach, and no other rule of its layer or above says kan, \
                 ret, skal or må ikke of the support there.",
            da: "En regel erklærer sig som undtagelse fra regler uden for sin egen tabel; om en \
                 støtte står dens kan, ret eller skal, hvor ingen af disse regler gælder, hver af dem \
                 gælder for nogen, som den ikke når, og ingen anden regel i dens lag eller derover \
                 siger dér kan, ret, skal eller må ikke om støtten."
        ),
        sections: "6",
        reason: text!(
            en: "An exception says who is treated otherwise than the rule says (lex specialis). If it reaches those \
                 the rule never reached, it gives them something under a provision that is about others.",
            da: "En undtagelse siger, hvem der behandles anderledes, end reglen siger (lex specialis). Når den dem, \
                 reglen aldrig nåede, giver den dem noget efter en bestemmelse, der handler om andre."
        ),
        example: include_str!("examples/escaping-exception.md"),
    }
}

/// The rules of a place's own layer that declare an exception this check asks about.
pub(crate) fn declaring(model: &Model, statements: &Statements) -> Vec<RuleId> {
    let own = statements
        .exceptions_first
        .iter()
        .copied()
        .filter(|rule| crate::model::Layer::of(model, *rule) == Some(statements.own()));
    // most exceptions are those of a row from the rows below it, and of long tables they are many
    let mut tables: BTreeMap<&str, u32> = BTreeMap::new();
    let mut numbered = |id: RuleId| {
        let next = tables.len() as u32;
        *tables.entry(source_of(model.rule(id))).or_insert(next)
    };
    let heard = statements.place.rules(model);
    let table: Vec<u32> = heard.iter().map(|id| numbered(*id)).collect();
    let table_of = |id: RuleId| heard.binary_search(&id).ok().map(|at| table[at]);
    let declares = |id: &RuleId| {
        let own = table_of(*id);
        model.rule(*id).exception_to.stretches().iter().any(|stretch| {
            let first = heard.binary_search(&RuleId(stretch.start)).unwrap_or(heard.len());
            let last = first + stretch.len();
            let are_heard = last <= heard.len() && heard[last - 1].0 + 1 == stretch.end;
            !are_heard || table[first..last].iter().any(|table| Some(*table) != own)
        })
    };
    let declaring = own.filter(declares);
    let mut rules: Vec<RuleId> = declaring.filter(|rule| !bases(model, *rule).is_empty()).collect();
    rules.sort_unstable();
    rules
}

/// The rules it declares an exception from, those of its own table aside; none where one has an error.
fn bases(model: &Model, id: RuleId) -> Vec<RuleId> {
    let rule = model.rule(id);
    let bases: Vec<RuleId> =
        rule.exception_to.iter().filter(|base| source_of(model.rule(*base)) != source_of(rule)).collect();
    let unknown = rule.has_error || bases.iter().any(|base| model.rule(*base).has_error);
    if unknown { Vec::new() } else { bases }
}

fn gives(grade: &SaidGrade) -> bool {
    matches!(grade.grade, Grade::May | Grade::Right | Grade::Must)
}

fn answers(grade: &SaidGrade) -> bool {
    gives(grade) || grade.grade == Grade::MustNot
}

/// One support the exception gives, and the rules it is an exception from that speak of it.
struct Given<'s> {
    support: SupportId,
    said: &'s Said,
    bases: Vec<&'s Said>,
}

fn given<'s>(model: &Model, statements: &'s Statements, id: RuleId) -> Vec<Given<'s>> {
    let heard = |base: &RuleId| statements.exceptions_of(*base).contains(id);
    let declared: Vec<RuleId> = bases(model, id).into_iter().filter(heard).collect();
    let of = |support: &SupportId| {
        let said = statements.by(id, *support).filter(|said| said.grades.iter().any(gives))?;
        let bases = declared.iter().filter_map(|base| statements.by(*base, *support));
        let bases: Vec<&Said> = bases.filter(|base| base.has_part()).collect();
        (!bases.is_empty()).then_some(Given { support: *support, said, bases })
    };
    statements.judged.iter().filter_map(of).collect()
}

/// Looks at one exception.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    id: RuleId,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let given = given(model, statements, id);
    if given.is_empty() {
        return Ok(Vec::new());
    }
    let said = given.iter().flat_map(|given| statements.about(given.support));
    let in_doubt = given.iter().flat_map(|given| doubtful(model, statements, given.support));
    let rules: BTreeSet<RuleId> = said.map(|said| said.rule).chain(in_doubt).collect();
    let rules: Vec<RuleId> = rules.into_iter().collect();
    let mut diagrams = Diagrams::new(model, statements, &rules, &[], budget)?;
    let (mut region, mut escaping) = (NO, Vec::new());
    for given in given {
        diagrams.prepare(given.support)?;
        let here = escapes(&mut diagrams, &given)?;
        if here != NO {
            region = diagrams.store.or(region, here)?;
            escaping.push(given);
        }
    }
    if region == NO {
        return Ok(Vec::new());
    }
    let diagnostic = tell(model, id, &escaping);
    let told = with_region(&mut diagrams, diagnostic, region, |case| {
        escaping.iter().any(|given| escapes_here(case, given))
    })?;
    Ok(if diagrams.truncated { vec![told, Found::More] } else { vec![told] })
}

/// Where the exception gives the support, none of its bases applies, and nobody else speaks of the grant.
fn escapes(diagrams: &mut Diagrams<'_>, given: &Given<'_>) -> Result<Node, NotProven> {
    let mut here = NO;
    for grade in given.said.grades.iter().filter(|grade| gives(grade)) {
        let stands = diagrams.stands(given.said, grade, given.support)?;
        here = diagrams.store.or(here, stands)?;
    }
    here = diagrams.store.and(here, diagrams.possible)?;
    let own = diagrams.applies(given.said.rule)?;
    for base in &given.bases {
        let applies = diagrams.applies(base.rule)?;
        let left = diagrams.store.and(applies, diagrams.possible)?;
        // what it leaves nothing of it replaces: then it is a rule of its own, and meant where it stands alone
        if diagrams.store.without(left, own)? == NO {
            return Ok(NO);
        }
        here = diagrams.store.without(here, applies)?;
    }
    for other in others(diagrams.statements, given) {
        for grade in other.grades.iter().filter(|grade| answers(grade)) {
            let stands = diagrams.stands(other, grade, given.support)?;
            here = diagrams.store.without(here, stands)?;
        }
    }
    let in_doubt = doubtful(diagrams.model, diagrams.statements, given.support);
    let in_doubt = unsettled(diagrams, &in_doubt)?;
    diagrams.store.without(here, in_doubt)
}

/// The same, of one citizen.
fn escapes_here(case: &Case<'_>, given: &Given<'_>) -> bool {
    let stands = |said: &Said, wanted: fn(&SaidGrade) -> bool| {
        said.grades.iter().any(|grade| wanted(grade) && case.stands(said, grade, given.support))
    };
    stands(given.said, gives)
        && !given.bases.iter().any(|base| case.applies(base.rule))
        && !others(case.statements, given).any(|other| stands(other, answers))
}

/// What the other rules of the exception's layer, and of those that bind it, say of the support.
fn others<'s>(statements: &'s Statements, given: &Given<'_>) -> impl Iterator<Item = &'s Said> {
    let (rule, layer) = (given.said.rule, given.said.layer);
    let about = statements.about(given.support).iter();
    about.filter(move |other| other.rule != rule && statements.gives_way(layer, other.layer))
}

fn tell(model: &Model, id: RuleId, escaping: &[Given<'_>]) -> Diagnostic {
    let rule = model.rule(id);
    let name = &rule.name;
    let supports: Vec<String> =
        escaping.iter().map(|given| format!("`{}`", model.supports[given.support.index()].name)).collect();
    let supports = crate::ground::list(&supports);
    let message = crate::ground::Text {
        en: format!(
            "`{name}` gives {} to citizens whom no rule it is an exception from reaches",
            supports.en
        ),
        da: format!(
            "`{name}` giver {} til borgere, som ingen regel, den er undtagelse fra, gælder for",
            supports.da
        ),
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = Some(model.modules[rule.module.index()].name.clone());
    if let [only] = escaping {
        diagnostic.support = Some(model.supports[only.support.index()].name.clone());
    }
    diagnostic = diagnostic.label(rule.when_span, rule_label(model, id));
    let bases: BTreeSet<RuleId> =
        escaping.iter().flat_map(|given| given.bases.iter().map(|base| base.rule)).collect();
    for base in &bases {
        diagnostic = diagnostic.label(model.rule(*base).when_span, rule_label(model, *base));
    }
    name_rules(model, &mut diagnostic, bases.into_iter().chain([id]));
    diagnostic.help(text!(
        en: "write the condition of the other rule into this one too, or give these citizens a rule of their own",
        da: "skriv også den anden regels betingelse i denne, eller giv disse borgere en regel for sig"
    ))
}
