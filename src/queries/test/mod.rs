//! Examples and guarantees, run one by one (`docs/semantics.md`, section 9); what examples show, and what tests
//! notice.

mod coverage;
mod mutants;
mod mutate;
mod paste;
mod shown;
mod subject;

pub(crate) use coverage::coverage;
pub use coverage::{Coverage, CoverageItem, CoverageKind, Shown};
pub use mutants::Operator;
pub(crate) use mutate::mutate;
pub use mutate::{Fate, Mutation};

use crate::claims::{Decided, failure, tell};
use crate::diagram::{NO, NotProven};
use crate::evaluate::Case;
use crate::ground::{Span, Text, Witness};
use crate::model::{Claim, Example, Formula, Model, ModuleId, Place, RuleId, SupportId};
use crate::queries::reasons::{self, Reasons};
use crate::verdict::Statements;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Which tests to run.
#[derive(Clone, Copy, Debug, Default)]
pub struct TestsAsked<'a> {
    /// only those whose name or place holds these words, capitals or not
    pub filter: Option<&'a str>,
}

/// What became of the tests, in the order of the sources.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Tested {
    /// every test asked for; a guarantee is one test in each of its places
    pub tests: Vec<Test>,
    /// how many errors there are in the texts: a test with one in it is not among the tests
    pub unread: usize,
}

impl Tested {
    /// Whether everything that is written was run, and holds.
    pub fn is_passed(&self) -> bool {
        self.unread == 0 && self.tests.iter().all(|test| test.outcome.is_passed())
    }
}

/// An example or a guarantee in one place, and what became of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Test {
    /// which of the two
    pub kind: TestKind,
    /// the title of an example, the name of a guarantee
    pub name: String,
    /// the municipality or institution
    pub place: String,
    /// where its name stands
    pub span: Span,
    /// what became of it
    pub outcome: TestOutcome,
}

/// What can be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TestKind {
    /// `eksempel`
    Example,
    /// `garanti`
    Guarantee,
}

/// What became of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TestOutcome {
    /// every claim holds of every citizen it is about
    Passed,
    /// some claims fail
    Failed(Vec<FailedClaim>),
    /// there can be no citizen it is about
    OfNobody,
    /// nothing fails, but these rules with an error may have meant something it claims
    InDoubt(Vec<String>),
    /// the budget ran out
    NotProven,
}

impl TestOutcome {
    /// Whether the test shows that its claims hold.
    pub fn is_passed(&self) -> bool {
        *self == TestOutcome::Passed
    }
}

/// A claim that fails, and a citizen of whom it does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailedClaim {
    /// the claim, as it stands in the text
    pub span: Span,
    /// a citizen of whom it fails
    pub citizen: Witness,
    /// what is decided of that citizen, and what was claimed
    pub words: Text,
    /// how it was decided: every rule heard of what fails the claim, each condition with its value
    pub reasons: Reasons,
}

/// One test before it is run.
struct Planned<'a> {
    kind: TestKind,
    name: &'a str,
    place: ModuleId,
    given: &'a Formula,
    claims: &'a [Claim],
    span: Span,
}

impl<'a> Planned<'a> {
    fn example(example: &'a Example) -> Self {
        Planned {
            kind: TestKind::Example,
            name: &example.title,
            place: example.place,
            given: &example.given,
            claims: &example.claims,
            span: example.span,
        }
    }
}

/// Runs the tests that are asked for.
pub(crate) fn test(model: &Model, asked: TestsAsked<'_>, budget: u64) -> Vec<Test> {
    let planned: Vec<Planned<'_>> =
        planned(model).into_iter().filter(|test| is_asked(model, test, asked)).collect();
    let places: BTreeSet<ModuleId> = planned.iter().map(|test| test.place).collect();
    let places: BTreeMap<ModuleId, Statements> =
        places.into_iter().map(|place| (place, Statements::of(model, Place::of(model, place)))).collect();
    let run = |test: &Planned<'_>| Test {
        kind: test.kind,
        name: test.name.to_owned(),
        place: model.modules[test.place.index()].name.clone(),
        span: test.span,
        outcome: run(model, &places[&test.place], test, budget).unwrap_or(TestOutcome::NotProven),
    };
    planned.par_iter().map(run).collect()
}

/// All there are, in the order of the sources.
fn planned(model: &Model) -> Vec<Planned<'_>> {
    let examples = model.promises.examples.iter().map(Planned::example);
    let guarantees = model.promises.guarantees.iter().flat_map(|guarantee| {
        guarantee.places.iter().map(|place| Planned {
            kind: TestKind::Guarantee,
            name: &guarantee.name,
            place: *place,
            given: &guarantee.when,
            claims: &guarantee.claims,
            span: guarantee.span,
        })
    });
    let mut planned: Vec<Planned<'_>> = examples.chain(guarantees).collect();
    planned.sort_by_key(|test| (test.span, test.place));
    planned
}

fn is_asked(model: &Model, test: &Planned<'_>, asked: TestsAsked<'_>) -> bool {
    let Some(words) = asked.filter.map(str::to_lowercase) else { return true };
    let holds = |name: &str| name.to_lowercase().contains(&words);
    holds(test.name) || holds(&model.modules[test.place.index()].name)
}

/// The tests that hold, by their numbers: only they show or notice anything.
fn holding(
    model: &Model,
    places: &[(ModuleId, Statements)],
    tests: &[Planned<'_>],
    budget: u64,
) -> BTreeSet<usize> {
    let holds = |(number, test): (usize, &Planned<'_>)| {
        let (_, statements) = places.iter().find(|(place, _)| *place == test.place)?;
        (run(model, statements, test, budget) == Ok(TestOutcome::Passed)).then_some(number)
    };
    tests.par_iter().enumerate().filter_map(holds).collect()
}

fn run(
    model: &Model,
    statements: &Statements,
    test: &Planned<'_>,
    budget: u64,
) -> Result<TestOutcome, NotProven> {
    let failures: Vec<_> = test.claims.iter().map(|claim| failure(model, statements, claim)).collect();
    let mut decided = Decided::new(model, statements, test.claims, &failures, test.given, budget)?;
    let given = decided.diagrams.formula(test.given)?;
    let citizens = decided.diagrams.store.and(given, decided.diagrams.possible)?;
    if citizens == NO {
        return Ok(TestOutcome::OfNobody);
    }
    let (mut failed, mut in_doubt) = (Vec::new(), BTreeSet::new());
    for (claim, failure) in test.claims.iter().zip(&failures) {
        let failing = decided.failing(claim, failure, citizens)?;
        let Some(profile) = decided.diagrams.witness(failing)? else {
            in_doubt.extend(decided.in_doubt(claim, citizens)?);
            continue;
        };
        let matters = decided.diagrams.facts_of(failing);
        let case = Case::new(model, statements, &profile);
        let told = tell(&case, &claim.kind);
        let judged = |id: &SupportId| statements.judged.contains(id);
        let judged: Vec<SupportId> = told.supports.iter().copied().filter(judged).collect();
        failed.push(FailedClaim {
            span: claim.span,
            citizen: decided.diagrams.witness_in_words(&profile, &matters),
            words: told.words,
            reasons: reasons::told(&case, test.place, &judged),
        });
    }
    if !failed.is_empty() {
        return Ok(TestOutcome::Failed(failed));
    }
    if in_doubt.is_empty() {
        return Ok(TestOutcome::Passed);
    }
    let name = |rule: RuleId| model.rule(rule).name.clone();
    Ok(TestOutcome::InDoubt(in_doubt.into_iter().map(name).collect()))
}
