//! One citizen's case, decided with its reasons: `docs/semantics.md`, section 14.

mod heard;
mod judgement;
mod sources;
mod told;
mod words;

pub(in crate::queries) use told::told;

pub use heard::{
    LayerReasons, MemberReasons, Part, PartForce, PartReasons, RuleFate, RuleReasons, SpokenRule, TermReasons,
};
pub use judgement::{Judgement, LookedAt};
pub use sources::{CitedProvision, ComplaintReasons, SourceReasons};

use super::decide::Decision;
use super::place;
use crate::evaluate::{Case, Concepts, Judged, Known};
use crate::ground::{Day, Text, text, titled};
use crate::model::{DATE, FactId, Model, Place, Profile, SupportId, distance};
use crate::verdict::Statements;
use std::collections::BTreeSet;

/// One citizen's case in one place: what is known, what is decided, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reasons {
    /// where it is decided
    pub place: Named,
    /// the day it is decided for; nothing where it is not known
    pub day: Option<Day>,
    /// every fact but the day, in the order of the policies
    pub facts: Vec<FactReasons>,
    /// who is heard, the highest first: the law has no name
    pub layers: Vec<Named>,
    /// one for each support that is judged, by name
    pub supports: Vec<SupportReasons>,
    /// the rules heard about them, each once, in the order of the policies
    pub rules: Vec<RuleReasons>,
    /// the concepts those rules asked, each once
    pub concepts: Vec<ConceptReasons>,
    /// the sources those rules cite, and those an appeal rests on, each once
    pub sources: Vec<SourceReasons>,
}

/// A name of the policies, and the same for people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Named {
    /// as policies write it
    pub name: String,
    /// its title, or the name where it has none
    pub title: String,
}

impl Named {
    fn new(name: &str, title: &str) -> Self {
        Named { name: name.to_owned(), title: titled(title, name).to_owned() }
    }
}

/// What is known of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactReasons {
    /// the fact
    pub fact: Named,
    /// the citizen's value as the language writes it, with its unit; nothing where it is not known
    pub value: Option<String>,
    /// the value's own title, of a list
    pub value_title: Option<String>,
    /// `skøn`: a person has assessed it
    pub assessed: bool,
}

/// A concept and what it came to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConceptReasons {
    /// its name
    pub name: String,
    /// asked by the law: what it asks of decisions is what the law says
    pub of_law: bool,
    /// what it means, judged
    pub meaning: Judgement,
}

/// What kind of thing is decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// a støtte
    Support,
    /// an art that is judged itself
    Kind,
    /// an opgave, or an opgave in one støtte
    Task,
    /// a sagsskridt
    Step,
}

/// The decision on one support, and what was heard on the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SupportReasons {
    /// the support
    pub support: Named,
    /// what it is
    pub role: Role,
    /// what is decided; where it is not certain, of what is known to apply
    pub decision: Decision,
    /// nothing in it rests on what is not known
    pub certain: bool,
    /// each layer that has a rule about it, the highest first
    pub layers: Vec<LayerReasons>,
    /// the rules with an error that may speak of it: they were left out
    pub left_out: Vec<String>,
}

/// Why a case cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// the place of the fact among those given, where one is to blame
    pub given: Option<usize>,
    /// the reason
    pub words: Text,
}

impl From<Text> for Problem {
    fn from(words: Text) -> Self {
        Problem { given: None, words }
    }
}

/// Decides every judged support of a place, or one and those below it, for one citizen.
///
/// # Errors
/// An unknown place or support; facts unknown, given twice or outside their domain, all of them; a citizen that an
/// `antag` excludes.
pub(crate) fn reasons(
    model: &Model,
    place: &str,
    facts: &[(String, String)],
    support: Option<&str>,
) -> Result<Reasons, Vec<Problem>> {
    let module = place::municipality(model, place).map_err(|problem| vec![problem.into()])?;
    let asked = support.map(|name| place::support(model, name)).transpose();
    let asked = asked.map_err(|problem| vec![problem.into()])?;
    let (known, problems) = Known::read(model, facts);
    if !problems.is_empty() {
        let problem = |(given, words)| Problem { given: Some(given), words };
        return Err(problems.into_iter().map(problem).collect());
    }
    let unknown: BTreeSet<FactId> = model.fact_ids().filter(|id| known.0[id.index()].is_none()).collect();
    let profile = Profile(known.0.iter().map(|value| value.unwrap_or_default()).collect());
    let statements = Statements::of(model, Place::of(model, module));
    let case = Case::partly(model, &statements, &profile, unknown);
    let excluded = excluded(&case);
    if !excluded.is_empty() {
        return Err(excluded);
    }
    let is_asked = |id: &SupportId| asked.is_none_or(|asked| distance(model, *id, asked).is_some());
    let judged: Vec<SupportId> = statements.judged.iter().copied().filter(is_asked).collect();
    if judged.is_empty() {
        let name = support.unwrap_or_default();
        let nothing =
            text!(en: "there is nothing below the art `{name}`", da: "der er intet under arten `{name}`");
        return Err(vec![nothing.into()]);
    }
    Ok(told(&case, module, &judged))
}

/// The assumptions that are false of the citizen, whatever is not known.
fn excluded(case: &Case<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for assumption in &case.model.assumptions {
        let mut concepts = Concepts::new();
        let judged: Judged = case.judge(&assumption.formula, false, &mut concepts);
        if judged.holds == Some(false) {
            let concepts = judgement::concepts(case.model, &concepts);
            let Text { en, da } = words::because(&judgement::judgement(case.model, &judged), &concepts);
            let title = &assumption.title;
            problems.push(Problem::from(text!(
                en: "there can be no such citizen: it is assumed that \"{title}\", but {en}",
                da: "sådan en borger kan ikke findes: det antages, at \"{title}\", men {da}"
            )));
        }
    }
    problems
}

fn facts(case: &Case<'_>) -> Vec<FactReasons> {
    let all = case.model.fact_ids().filter(|id| *id != DATE);
    let told = |id: FactId| {
        let fact = &case.model.facts[id.index()];
        let value = case.value(id);
        FactReasons {
            fact: Named::new(&fact.name, &fact.title),
            value: value.map(|value| fact.domain.spell(value)),
            value_title: value.and_then(|value| fact.domain.title(value)).map(str::to_owned),
            assessed: fact.assessed,
        }
    };
    all.map(told).collect()
}

impl Reasons {
    /// What makes a judgement come out as it does, in words: `alder er 31, ikke højst 29`.
    pub fn because(&self, judgement: &Judgement) -> Text {
        words::because(judgement, &self.concepts)
    }

    /// The facts that make a judgement come out as it does, by name, each once.
    pub fn settling(&self, judgement: &Judgement) -> Vec<String> {
        words::settling(judgement, &self.concepts)
    }

    /// One of the rules.
    pub fn rule(&self, name: &str) -> Option<&RuleReasons> {
        self.rules.iter().find(|rule| rule.name == name)
    }

    /// The facts that are not known, in the order of the policies.
    pub fn missing(&self) -> impl Iterator<Item = &FactReasons> {
        self.facts.iter().filter(|fact| fact.value.is_none())
    }
}
