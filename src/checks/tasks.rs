//! The work of a check run, cut into independent tasks.

use super::coverage::{Coverage, Unit};
use super::kept::Kept;
use super::lost::days_after;
use super::places::{Places, in_place};
use super::view::View;
use super::{
    above_law, against_guidance, beyond_law, broken_silence, competing_duties, contradiction, dead_rule,
    duplicate_rule, escaping_exception, failed_example, failed_guarantee, fettered_discretion, gap,
    grey_zone, hidden, hidden_by_assumption, impossible_assumption, jump_at_boundary, missing_basis,
    mixed_grades, no_competence, no_offer, offer_below_terms, offer_cannot_deliver, offer_unbounded,
    outgrown, over_ceiling, overlap, redundant_rule, replaced_unit, shadowed_rule, silent_term,
    trial_without_effect, undated, undercut, unserved_right,
};
use super::{coverage, coverage_ends, expired, renumbered_source};
use crate::diagram::{Diagrams, NO, NotProven};
use crate::ground::{Diagnostic, Open, Reason, Span, Text, text};
use crate::model::{Example, Guarantee, Model, ModuleId, ModuleKind, RuleId, SupportId, TermId};
use crate::verdict::{Layer, Statements};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What a check has to say.
pub(crate) enum Found {
    /// a finding whose witness the plain evaluator confirms
    Told(Box<Diagnostic>),
    /// a finding, or a part of one, that the acceptance of that number accepts
    Accepted(Box<Diagnostic>, usize),
    /// all that was found of one thing
    Several(Vec<Found>),
    /// a finding the plain evaluator does not confirm
    Disagreement,
    /// a region has more boxes than are told
    More,
}

/// What a run found, and what it left open.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub findings: Vec<Diagnostic>,
    /// what acceptances that name citizens took out, with the number of each
    pub accepted: Vec<(Diagnostic, usize)>,
    pub open: Vec<Open>,
}

/// One piece of work, with its own diagrams and its own allowance.
#[derive(Clone)]
pub(super) enum Task<'a> {
    Support(&'a Statements, SupportId),
    Unit(Unit),
    Term(&'a Statements, TermId),
    Rules(ModuleId),
    Exception(&'a Statements, RuleId),
    Guarantee(&'a Statements, &'a Guarantee),
    Example(&'a Example),
    Offers(ModuleId),
    Unsold(&'a Statements, SupportId),
    Guidance(&'a Statements, Layer, SupportId),
    Performed(&'a Statements, against_guidance::Performed<'a>),
    Kind(&'a Statements, SupportId),
    Layer(&'a Statements),
    Beyond(&'a Statements),
    Jump(&'a Statements, SupportId),
}

/// Runs every check. `told` is what is wrong in the texts: what that hides is added to it.
/// With what earlier runs kept, only what can have changed is looked at again; `items` are then the items of the texts.
pub(crate) fn run(
    model: &Model,
    told: Vec<Diagnostic>,
    budget: u64,
    kept: Option<(&mut Kept, &[Span])>,
) -> Outcome {
    let places = Places::of(model);
    let mut outcome = Outcome { findings: told, ..Outcome::default() };
    hidden::tell(model, &places, &mut outcome.findings, budget);
    match impossible_assumption::find(model, places.law(), budget) {
        Ok(None) => {}
        Ok(Some(finding)) => {
            outcome.findings.push(finding);
            return outcome;
        }
        Err(NotProven) => {
            let about = text!(en: "the assumptions", da: "antagelserne");
            outcome.keep(impossible_assumption::NAME, &about, Err(NotProven));
        }
    }
    let guided: Vec<(Statements, Layer)> = against_guidance::places(model)
        .into_par_iter()
        .map(|(place, guidance)| (Statements::of(model, place), guidance))
        .collect();
    let tasks = tasks(model, &places, &guided);
    let done: Vec<Outcome> = match kept {
        Some((kept, items)) => kept.perform((model, &places), items, tasks, budget),
        None => tasks.into_par_iter().map(|task| perform(model, &places, task, budget)).collect(),
    };
    outcome.findings.extend(missing_basis::find(model));
    outcome.findings.extend(no_competence::find(model));
    outcome.findings.extend(replaced_unit::find(model));
    outcome.findings.extend(broken_silence::find(model));
    outcome.findings.extend(undated::find(model));
    for part in done {
        outcome.findings.extend(part.findings);
        outcome.accepted.extend(part.accepted);
        outcome.open.extend(part.open);
    }
    coverage_ends::once(&mut outcome.findings, &mut outcome.accepted);
    let renumbered = renumbered_source::find(model);
    // what is accepted was found all the same
    let found = outcome.findings.iter().chain(outcome.accepted.iter().map(|(finding, _)| finding));
    let ends = found.filter(|finding| finding.check == coverage_ends::NAME);
    let elsewhere = ends.chain(&renumbered).flat_map(|finding| finding.rules.iter().cloned()).collect();
    outcome.findings.extend(expired::find(model, &elsewhere));
    outcome.findings.extend(renumbered);
    outcome
}

fn tasks<'a>(model: &'a Model, places: &'a Places, guided: &'a [(Statements, Layer)]) -> Vec<Task<'a>> {
    let mut tasks: Vec<Task<'_>> = Vec::new();
    for place in places.iter() {
        tasks.extend([Task::Layer(place), Task::Beyond(place)]);
        let kinds = competing_duties::kinds(model, place).into_iter();
        tasks.extend(kinds.map(|kind| Task::Kind(place, kind)));
        let jumping = jump_at_boundary::supports(model, place).into_iter();
        tasks.extend(jumping.map(|support| Task::Jump(place, support)));
        let asked = place.judged.iter().filter(|support| has_news(model, place, **support));
        tasks.extend(asked.map(|support| Task::Support(place, *support)));
    }
    tasks.extend(coverage::units(model).into_iter().map(Task::Unit));
    for place in places.iter() {
        let terms = silent_term::terms_above(model, place);
        tasks.extend(terms.into_iter().map(|term| Task::Term(place, term)));
    }
    tasks.extend((0..model.modules.len() as u32).map(|index| Task::Rules(ModuleId(index))));
    for place in places.iter() {
        let declaring = escaping_exception::declaring(model, place).into_iter();
        tasks.extend(declaring.map(|rule| Task::Exception(place, rule)));
    }
    for guarantee in &model.promises.guarantees {
        let places = guarantee.places.iter().map(|place| places.home(*place));
        tasks.extend(places.map(|place| Task::Guarantee(place, guarantee)));
    }
    tasks.extend(model.promises.examples.iter().map(Task::Example));
    let providers: BTreeSet<ModuleId> = model.promises.offers.iter().map(|offer| offer.module).collect();
    tasks.extend(providers.into_iter().map(Task::Offers));
    if no_offer::is_asked(model) {
        for place in places.iter().filter(|place| offer_below_terms::is_compared(model, place)) {
            let given = model.support_ids().filter(|id| {
                let support = &model.supports[id.index()];
                support.is_given() && !support.is_kind
            });
            tasks.extend(given.map(|support| Task::Unsold(place, support)));
        }
    }
    for (place, guidance) in guided {
        let said = |support: &&SupportId| place.about(**support).iter().any(|said| said.layer == *guidance);
        let advised = place.judged.iter().filter(said);
        tasks.extend(advised.map(|support| Task::Guidance(place, *guidance, *support)));
    }
    let guidances = places.iter().filter(|place| place.own().kind(model) == ModuleKind::Guidance);
    for place in guidances {
        let performed = against_guidance::performed(model).into_iter();
        tasks.extend(performed.map(|performed| Task::Performed(place, performed)));
    }
    tasks
}

/// Whether something can be found of a support in a place: its own layer speaks of it or of what lies below it, or
/// rights are served there. What the layers above say among themselves is told where they are at home.
fn has_news(model: &Model, place: &Statements, support: SupportId) -> bool {
    let all = place.with_members(support);
    let mut said = all.iter().flat_map(|id| place.about(*id));
    let divided = place.place.module().is_some_and(|module| unserved_right::is_asked(model, module));
    divided || said.any(|said| said.layer == place.own())
}

pub(super) fn perform(model: &Model, places: &Places, task: Task<'_>, budget: u64) -> Outcome {
    let mut outcome = Outcome::default();
    match task {
        Task::Support(statements, support) => {
            support_task(model, statements, support, budget, &mut outcome);
        }
        Task::Unit(unit) => unit_task(model, places.home(unit.module), unit, budget, &mut outcome),
        Task::Term(statements, term) => {
            let (name, place) = (&model.terms[term.index()].name, in_place(model, &statements.place));
            let about = Text { en: format!("`{name}` {}", place.en), da: format!("`{name}` {}", place.da) };
            outcome.keep("silent-term", &about, silent_term::find(model, statements, term, budget));
        }
        Task::Exception(statements, rule) => {
            let about = Text::same(format!("`{}`", model.rule(rule).name));
            let found = escaping_exception::find(model, statements, rule, budget);
            outcome.keep(escaping_exception::NAME, &about, found);
        }
        Task::Guarantee(statements, guarantee) => {
            let place = in_place(model, &statements.place);
            let name = &guarantee.name;
            let about = Text { en: format!("`{name}` {}", place.en), da: format!("`{name}` {}", place.da) };
            let found = failed_guarantee::find(model, statements, guarantee, budget);
            outcome.keep(failed_guarantee::NAME, &about, found);
        }
        Task::Example(example) => {
            let about = Text::same(format!("\"{}\"", example.title));
            let found = failed_example::find(model, places.home(example.place), example, budget);
            outcome.keep(failed_example::NAME, &about, found);
        }
        Task::Offers(provider) => {
            let provider_name = &model.modules[provider.index()].name;
            let about = text!(en: "the offers of `{provider_name}`", da: "forløbene hos `{provider_name}`");
            let found = offer_below_terms::find(model, places, provider, budget);
            if found.is_err() {
                outcome.keep(offer_cannot_deliver::NAME, &about, Err(NotProven));
            }
            outcome.keep(offer_below_terms::NAME, &about, found);
            let found = offer_unbounded::find(model, places, provider, budget);
            outcome.keep(offer_unbounded::NAME, &about, found);
        }
        Task::Unsold(statements, support) => {
            let (place, name) = (in_place(model, &statements.place), &model.supports[support.index()].name);
            let about = Text { en: format!("`{name}` {}", place.en), da: format!("`{name}` {}", place.da) };
            outcome.keep(no_offer::NAME, &about, no_offer::find(model, statements, support, budget));
        }
        Task::Kind(statements, kind) => {
            let found = competing_duties::find(model, statements, kind, budget);
            outcome.keep("competing-duties", &about_support(model, statements, kind), found);
        }
        Task::Beyond(statements) => {
            let found = beyond_law::find(model, statements, budget);
            outcome.keep("beyond-law", &about_rules(model, statements), found);
        }
        Task::Jump(statements, support) => {
            let found = jump_at_boundary::find(model, statements, support, budget);
            outcome.keep("jump-at-boundary", &about_support(model, statements, support), found);
        }
        Task::Layer(statements) => layer_task(model, statements, budget, &mut outcome),
        Task::Rules(module) => rules_task(model, places.home(module), module, budget, &mut outcome),
        Task::Performed(statements, performed) => {
            let about = about_offers(model, performed.provider);
            let found = against_guidance::find_in_offers(model, statements, &performed, budget);
            outcome.keep(against_guidance::NAME, &about, found);
        }
        Task::Guidance(statements, guidance, support) => {
            let name = &model.supports[support.index()].name;
            let place = in_place(model, &statements.place);
            let about = Text { en: format!("`{name}` {}", place.en), da: format!("`{name}` {}", place.da) };
            let view = View::new(model, statements, support, &[], &[], budget);
            let found = view.and_then(|mut view| {
                let mut found = against_guidance::find(&mut view, guidance)?;
                if view.diagrams.truncated {
                    found.push(Found::More);
                }
                Ok(found)
            });
            outcome.keep(against_guidance::NAME, &about, found);
        }
    }
    outcome
}

type UnitCheck = fn(&mut Coverage<'_>) -> Result<Vec<Found>, NotProven>;

/// The checks that look at what a department, or the rest of a municipality, covers.
const UNIT_CHECKS: [(&str, UnitCheck); 2] = [("gap", gap::find), ("coverage-ends", coverage_ends::find)];

fn unit_task(model: &Model, statements: &Statements, unit: Unit, budget: u64, outcome: &mut Outcome) {
    let module = &model.modules[unit.module.index()].name;
    let about = Text::same(match unit.department {
        Some(department) => format!("`{module}.{}`", model.departments[department.index()].name),
        None => format!("`{module}`"),
    });
    // a small diagram first, then boxes, then a large one; of long tables boxes first
    let is_long = outgrown::is_long(statements);
    let first = if is_long { Err(NotProven) } else { cover(model, statements, unit, budget / SMALL) };
    let complete = |found: &Covered| found.iter().all(|(_, found)| found.is_ok());
    if let Ok(found) = first
        && complete(&found)
    {
        return found.into_iter().for_each(|(check, found)| outcome.keep(check, &about, found));
    }
    if let Ok(Some(found)) = outgrown::gap(model, statements, unit, budget) {
        // such a unit has no rules that end
        return outcome.keep("gap", &about, Ok(found));
    }
    let open = || UNIT_CHECKS.iter().map(|(check, _)| (*check, Err(NotProven))).collect();
    let found: Covered = cover(model, statements, unit, budget).unwrap_or_else(|NotProven| open());
    found.into_iter().for_each(|(check, found)| outcome.keep(check, &about, found));
}

/// The first look at a unit may take so much less than its allowance.
const SMALL: u64 = 16;

/// What each check found of a unit.
type Covered = Vec<(&'static str, Result<Vec<Found>, NotProven>)>;

/// Looks at a unit by diagrams.
fn cover(model: &Model, statements: &Statements, unit: Unit, budget: u64) -> Result<Covered, NotProven> {
    let Some(mut coverage) = Coverage::of(model, statements, unit, budget)? else { return Ok(Vec::new()) };
    let mut found = Covered::new();
    for (check, find) in UNIT_CHECKS {
        coverage.diagrams.store.next_question();
        found.push((check, find(&mut coverage)));
    }
    Ok(found)
}

/// Looks at the rules of a module one by one, exceptions first, so that each finds what it rests on.
fn rules_task(model: &Model, statements: &Statements, module: ModuleId, budget: u64, outcome: &mut Outcome) {
    let own = |id: &&RuleId| model.rule(**id).module == module;
    let rules: Vec<RuleId> = statements.exceptions_first.iter().filter(own).copied().collect();
    let mut known = outgrown::known(model, statements, &rules, budget);
    let is_open = |id: &RuleId| {
        let settled = known.alive.contains(id) && known.shadowed.get(id).is_some_and(Option::is_none);
        !settled && !model.rule(*id).has_error
    };
    let rules: Vec<RuleId> = rules.into_iter().filter(is_open).collect();
    if rules.is_empty() {
        return;
    }
    let name = &model.modules[module.index()].name;
    let mut diagrams = match Diagrams::new(model, statements, &rules, &[], budget) {
        Ok(diagrams) => diagrams,
        Err(NotProven) => {
            let about = text!(en: "the rules of `{name}`", da: "reglerne i `{name}`");
            return RULE_CHECKS.iter().for_each(|(check, _)| outcome.keep(check, &about, Err(NotProven)));
        }
    };
    let mut open: Vec<(RuleId, Vec<&'static str>)> = Vec::new();
    for rule in rules {
        let mut unanswered = Vec::new();
        for (check, find) in RULE_CHECKS {
            let found = if check == shadowed_rule::NAME {
                known.shadowed.remove(&rule)
            } else {
                known.alive.contains(&rule).then_some(None)
            };
            let found = found.map_or_else(
                || {
                    diagrams.store.next_question();
                    find(&mut diagrams, rule)
                },
                Ok,
            );
            let otherwise = |NotProven| {
                let told = (check == shadowed_rule::NAME).then(|| known.otherwise.remove(&rule)).flatten();
                told.map(Some).ok_or(NotProven)
            };
            match found.or_else(otherwise) {
                Ok(found) => outcome.findings.extend(found),
                Err(NotProven) => unanswered.push(check),
            }
        }
        if !unanswered.is_empty() {
            open.push((rule, unanswered));
        }
    }
    // many rules without an answer are one thing to tell
    if open.len() > NAMED {
        let (many, first) = (open.len() - 1, &model.rule(open[0].0).name);
        let about = text!(
            en: "`{first}` and {many} other rules of `{name}`",
            da: "`{first}` og {many} andre regler i `{name}`"
        );
        for (check, _) in RULE_CHECKS {
            if open.iter().any(|(_, checks)| checks.contains(&check)) {
                outcome.keep(check, &about, Err(NotProven));
            }
        }
        return;
    }
    for (rule, checks) in open {
        let about = Text::same(format!("`{}`", model.rule(rule).name));
        checks.iter().for_each(|check| outcome.keep(check, &about, Err(NotProven)));
    }
}

/// More rules than this that a check has no answer for are not named one by one.
const NAMED: usize = 5;

/// Holds the rules of a layer against one another.
fn layer_task(model: &Model, statements: &Statements, budget: u64, outcome: &mut Outcome) {
    let heard = statements.place.rules(model);
    let own = |id: &RuleId| crate::model::Layer::of(model, *id) == Some(statements.own());
    let rules: Vec<RuleId> = heard.iter().copied().filter(own).collect();
    let about = about_rules(model, statements);
    let told = |findings: Vec<Diagnostic>| findings.into_iter().map(|f| Found::Told(Box::new(f))).collect();
    match duplicate_rule::find(model, statements, &rules, budget) {
        Ok(duplicates) => {
            outcome.keep("duplicate-rule", &about, Ok(told(duplicates.findings)));
            let found = redundant_rule::find(model, statements, &rules, &duplicates.told, budget);
            outcome.keep("redundant-rule", &about, found.map(told));
        }
        Err(NotProven) => {
            outcome.keep("duplicate-rule", &about, Err(NotProven));
            outcome.keep("redundant-rule", &about, Err(NotProven));
        }
    }
}

type RuleCheck = fn(&mut Diagrams<'_>, RuleId) -> Result<Option<Diagnostic>, NotProven>;

/// The checks that look at one rule at a time.
const RULE_CHECKS: [(&str, RuleCheck); 3] = [
    ("dead-rule", dead_rule::find),
    ("hidden-by-assumption", hidden_by_assumption::find),
    (shadowed_rule::NAME, shadowed_rule::find),
];

type Look<'a> = Box<dyn Fn(&mut View<'_>) -> Result<Vec<Found>, NotProven> + 'a>;

fn support_task(
    model: &Model,
    statements: &Statements,
    support: SupportId,
    budget: u64,
    outcome: &mut Outcome,
) {
    let is_given = model.supports[support.index()].is_given();
    let divided =
        statements.place.module().filter(|module| is_given && unserved_right::is_asked(model, *module));
    let serving =
        divided.map_or_else(Vec::new, |module| unserved_right::serving_rules(model, module, support));
    let ends = days_after(model, &serving);
    let about = about_support(model, statements, support);
    let grey = grey_zone::Neighbours::of(model, statements, support);
    let contradiction = |view: &mut View<'_>| {
        let grey = grey.as_ref().map_or(Ok(NO), |neighbours| grey_zone::region(view, neighbours))?;
        contradiction::find(view, grey)
    };
    let mut checks: Vec<(&'static str, Look<'_>)> = vec![
        ("contradiction", Box::new(contradiction)),
        ("mixed-grades", Box::new(mixed_grades::find)),
        ("overlap", Box::new(overlap::find)),
    ];
    if let Some(neighbours) = &grey {
        checks.push(("grey-zone", Box::new(move |view| grey_zone::find(view, neighbours))));
    }
    if !statements.above(statements.own()).is_empty() {
        checks.push(("undercut", Box::new(undercut::find)));
        checks.push(("above-law", Box::new(above_law::find)));
        if over_ceiling::is_asked(statements, support) {
            checks.push((over_ceiling::NAME, Box::new(over_ceiling::find)));
        }
        checks.push(("fettered-discretion", Box::new(fettered_discretion::find)));
    }
    let tried = |layer: &Layer| layer.kind(model) == ModuleKind::Trial;
    if statements.above(statements.own()).iter().any(tried) {
        checks.push((trial_without_effect::NAME, Box::new(trial_without_effect::find)));
    }
    if let Some(module) = divided {
        checks.push(("unserved-right", Box::new(move |view| unserved_right::find(view, module))));
        checks.push((coverage_ends::NAME, Box::new(move |view| unserved_right::find_lost(view, module))));
    }
    if divided.is_none() && grey.is_none() && outgrown::one_at_most(model, statements, support, budget) {
        return;
    }
    let asked_too = grey.as_ref().map_or_else(Vec::new, |neighbours| neighbours.rules(statements));
    let others: Vec<RuleId> = serving.into_iter().chain(asked_too).collect();
    let mut view = match View::new(model, statements, support, &others, &ends, budget) {
        Ok(view) => view,
        Err(NotProven) => {
            return checks.iter().for_each(|(check, _)| outcome.keep(check, &about, Err(NotProven)));
        }
    };
    for (check, find) in &checks {
        view.diagrams.store.next_question();
        let mut found = find(&mut view);
        if let (true, Ok(found)) = (std::mem::take(&mut view.diagrams.truncated), &mut found) {
            found.push(Found::More);
        }
        outcome.keep(check, &about, found);
    }
}

fn about_offers(model: &Model, provider: ModuleId) -> Text {
    let name = &model.modules[provider.index()].name;
    text!(en: "the offers of `{name}`", da: "forløbene hos `{name}`")
}

fn about_rules(model: &Model, statements: &Statements) -> Text {
    let place = in_place(model, &statements.place);
    Text { en: format!("the rules {}", place.en), da: format!("reglerne {}", place.da) }
}

fn about_support(model: &Model, statements: &Statements, support: SupportId) -> Text {
    let name = &model.supports[support.index()].name;
    let place = in_place(model, &statements.place);
    Text { en: format!("`{name}` {}", place.en), da: format!("`{name}` {}", place.da) }
}

impl Outcome {
    fn keep(&mut self, check: &'static str, about: &Text, found: Result<Vec<Found>, NotProven>) {
        match found {
            Ok(found) => found.into_iter().for_each(|found| self.sort_in(check, about, found)),
            Err(NotProven) => self.leave_open(check, about, Reason::Budget),
        }
    }

    fn sort_in(&mut self, check: &'static str, about: &Text, found: Found) {
        match found {
            Found::Told(finding) => self.findings.push(*finding),
            Found::Accepted(finding, accept) => self.accepted.push((*finding, accept)),
            Found::Several(found) => found.into_iter().for_each(|found| self.sort_in(check, about, found)),
            Found::More => self.leave_open(check, about, Reason::Boxes),
            Found::Disagreement => self.leave_open(check, about, Reason::Disagreement),
        }
    }

    /// Checks that are left open of the same thing for the same reason are told together.
    fn leave_open(&mut self, check: &'static str, about: &Text, reason: Reason) {
        match self.open.last_mut() {
            Some(last) if last.about == *about && last.reason == reason => {
                if !last.checks.contains(&check) {
                    last.checks.push(check);
                }
            }
            _ => self.open.push(Open::new(check, about.clone(), reason)),
        }
    }
}
