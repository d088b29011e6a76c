//! What providers sell against what citizens have a claim to: `docs/semantics.md`, section 10.

use super::view::name_rules;
use super::words::rule_label;
use crate::diagram::{Decisions, Diagrams, Leaves, Node, NotProven, doubtful, unsettled};
use crate::evaluate::{self, Case};
use crate::ground::{Diagnostic, Text, text};
use crate::model::{
    DATE, Domain, Formula, Model, ModuleId, Offer, Profile, RuleId, SupportId, TermId, ValueSet,
};
use crate::verdict::{Decision, Grant, Layer, Part, Statements};
use std::collections::BTreeSet;

/// The days an offer stands: its `gyldig`, and some edition of some source it cites.
pub(crate) fn days_of(model: &Model, offer: &Offer) -> ValueSet {
    let window = ValueSet::range(model.window.from, model.window.to);
    offer.valid.intersection(&cited_days(model, offer)).intersection(&window)
}

/// The days on which some edition of some source it cites is in force.
pub(crate) fn cited_days(model: &Model, offer: &Offer) -> ValueSet {
    let sources = offer.basis.iter().map(|citation| model.modules[citation.source.index()].in_force.clone());
    sources.reduce(|days, more| days.union(&more)).unwrap_or_else(ValueSet::all)
}

/// Whether an offer delivers a support: it names it, or a kind above it.
pub(crate) fn delivers(model: &Model, offer: &Offer, support: SupportId) -> bool {
    offer.delivers.iter().any(|name| crate::claims::below(model, *name).contains(&support))
}

/// What a provider sells, as far as it can be compared: offers without an error that name a term.
pub(crate) fn comparable(model: &Model, provider: ModuleId) -> Vec<&Offer> {
    let own = |offer: &&Offer| offer.module == provider && !offer.has_error && !offer.bounds.is_empty();
    model.promises.offers.iter().filter(own).collect()
}

/// The terms an offer names.
pub(crate) fn terms(offer: &Offer) -> BTreeSet<TermId> {
    offer.bounds.iter().map(|bound| bound.term).collect()
}

/// What an offer allows of a term, stretch by stretch of the days it stands: a `sats` may move its bounds.
pub(crate) fn stretches(model: &Model, offer: &Offer, term: TermId) -> Vec<(ValueSet, ValueSet)> {
    let mut stretches = vec![(days_of(model, offer), model.terms[term.index()].domain.all())];
    for bound in offer.bounds.iter().filter(|bound| bound.term == term) {
        let mut cut = Vec::new();
        for (days, set) in stretches {
            let inside = days.intersection(&bound.days);
            let outside = bound.days.complement_in(&days);
            cut.push((inside, set.intersection(&bound.set)));
            cut.push((outside, set));
        }
        cut.retain(|(days, _)| !days.is_empty());
        stretches = cut;
    }
    stretches
}

/// What is decided of one support in one place, everywhere.
pub(crate) struct Asked<'a> {
    pub statements: &'a Statements,
    pub support: SupportId,
    pub diagrams: Diagrams<'a>,
    pub decisions: Decisions,
    decided: Node,
    doubt: Node,
}

impl<'a> Asked<'a> {
    /// Decides one support; `days` are stretches of days a check will ask for.
    pub(crate) fn new(
        model: &'a Model,
        statements: &'a Statements,
        support: SupportId,
        days: &[Formula],
        budget: u64,
    ) -> Result<Self, NotProven> {
        let in_doubt = doubtful(model, statements, support);
        let said = statements.about(support).iter().map(|said| said.rule);
        let rules: BTreeSet<RuleId> = said.chain(in_doubt.iter().copied()).collect();
        let rules: Vec<RuleId> = rules.into_iter().collect();
        let days: Vec<&Formula> = days.iter().collect();
        let mut diagrams = Diagrams::new(model, statements, &rules, &days, budget)?;
        diagrams.prepare(support)?;
        let mut decisions = Decisions::new();
        let decided = diagrams.decision(support, &mut decisions)?;
        let doubt = unsettled(&mut diagrams, &in_doubt)?;
        Ok(Asked { statements, support, diagrams, decisions, decided, doubt })
    }

    /// Where what is decided has a property on some days, and no rule with an error may have meant otherwise.
    pub(crate) fn holding(
        &mut self,
        days: &Formula,
        holds: impl Fn(&Decision) -> bool,
    ) -> Result<Node, NotProven> {
        let region = self.diagrams.decided_where(self.decided, &self.decisions, holds)?;
        let days = self.diagrams.formula(days)?;
        let region = self.diagrams.store.and(region, days)?;
        self.diagrams.store.without(region, self.doubt)
    }

    /// Where the law, as it is heard here, gives a claim by itself.
    pub(crate) fn due_by_law(&mut self) -> Result<Node, NotProven> {
        let mut leaves = Leaves::new();
        let law = self.diagrams.verdict(Layer::Law, self.support, &mut leaves)?;
        self.diagrams.store.map(law, &mut |leaf| u32::from(is_due(&Decision::of([leaves.get(leaf)]))))
    }

    /// The citizen's case here.
    pub(crate) fn case<'c>(&'c self, profile: &'c Profile) -> Case<'c> {
        Case::new(self.diagrams.model, self.statements, profile)
    }
}

/// What is decided of a support for one citizen in the place of a case.
pub(crate) fn decided(case: &Case<'_>, support: SupportId) -> Decision {
    evaluate::decision(case, support)
}

/// A stretch of days as a condition.
pub(crate) fn on(days: &ValueSet) -> Formula {
    Formula::Test(DATE, days.clone())
}

/// The values of a term a citizen has a claim to; nothing where there is none.
pub(crate) fn due(model: &Model, decision: &Decision, term: TermId) -> Option<ValueSet> {
    let set = decision.terms.get(&term)?.as_ref()?.intersection(&model.terms[term.index()].domain.all());
    Some(set).filter(|set| is_due(decision) && !set.is_empty())
}

/// Whether the citizen has a claim to it.
pub(crate) fn is_due(decision: &Decision) -> bool {
    decision.grant.is_some_and(Grant::is_due)
}

/// How far what is offered falls short of what is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Short {
    /// some of its values are not enough
    Sometimes,
    /// none is
    Always,
}

/// Compares what is offered of a term with what is due of it.
pub(crate) fn short(model: &Model, term: TermId, offered: &ValueSet, due: &ValueSet) -> Option<Short> {
    let term = &model.terms[term.index()];
    let (low, high) = due.bounds()?;
    let Some((least, most)) = offered.bounds() else { return Some(Short::Always) };
    let (some, all) = match term.more_is_better {
        Some(true) => (least < low, most < low),
        Some(false) => (most > high, least > high),
        None => {
            // an offer without an end of its own is told as that, where the law has one
            let open =
                is_ordered(&term.domain) && term.domain.all().bounds().map(|(_, end)| end) == Some(most);
            let capped = ValueSet::range(ValueSet::MIN, if open { high } else { ValueSet::MAX });
            (!offered.intersection(&capped).is_subset(due), offered.intersection(due).is_empty())
        }
    };
    match (some, all) {
        (_, true) => Some(Short::Always),
        (true, false) => Some(Short::Sometimes),
        (false, false) => None,
    }
}

/// How strict what is due is: the more, the better for the citizen; without a direction all alike.
pub(crate) fn strictness(model: &Model, term: TermId, due: &ValueSet) -> i64 {
    match (model.terms[term.index()].more_is_better, due.bounds()) {
        (Some(true), Some((low, _))) => low,
        (Some(false), Some((_, high))) => -high,
        _ => 0,
    }
}

/// Whether a domain has an order.
pub(crate) fn is_ordered(domain: &Domain) -> bool {
    !matches!(domain, Domain::YesNo | Domain::List { ordered: false, .. })
}

/// The end of a set on the better side, on a scale where more is better; upwards where a term has no direction.
pub(crate) fn better_end(model: &Model, term: TermId, set: &ValueSet) -> Option<i64> {
    let (low, high) = set.bounds()?;
    Some(if model.terms[term.index()].more_is_better == Some(false) { -low } else { high })
}

/// What offers say of a term in their author's words, each once.
pub(crate) fn offered_words(offers: &[&Offer], term: TermId) -> Text {
    let mut words: Vec<String> = Vec::new();
    for bound in offers.iter().flat_map(|offer| &offer.bounds).filter(|bound| bound.term == term) {
        let word = format!("`{}`", bound.words);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    Text { en: words.join(" or "), da: words.join(" eller ") }
}

/// What of a provider a finding is about: offers, and a term.
pub(crate) fn subject(model: &Model, offers: &[&Offer], term: TermId) -> String {
    let offers: Vec<&str> = offers.iter().map(|offer| offer.name.as_str()).collect();
    format!("{}: {}", offers.join(", "), model.terms[term.index()].name)
}

/// Offers by name: the first, and how many more.
pub(crate) fn names(offers: &[&Offer]) -> Text {
    let first = offers.first().map_or("", |offer| offer.name.as_str());
    match offers.len().saturating_sub(1) {
        0 => Text::same(format!("`{first}`")),
        1 => text!(en: "`{first}` and 1 more offer", da: "`{first}` og 1 forløb til"),
        more => text!(en: "`{first}` and {more} more offers", da: "`{first}` og {more} forløb til"),
    }
}

/// Labels what offers say of a term, and the bounds a citizen's claim rests on.
pub(crate) fn label(
    case: &Case<'_>,
    offers: &[&Offer],
    term: TermId,
    support: SupportId,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let mut diagnostic = diagnostic;
    for offer in offers {
        let sources: Vec<&str> = offer.basis.iter().map(|citation| citation.text.as_str()).collect();
        let name = &offer.name;
        let words =
            if sources.is_empty() { name.clone() } else { format!("{name} · {}", sources.join(", ")) };
        for bound in offer.bounds.iter().filter(|bound| bound.term == term) {
            diagnostic = diagnostic.label(bound.span, Text::same(&words));
        }
    }
    let mut rules = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for said in case.statements.about(support) {
        if case.is_active(said, Part::Term(term), support) {
            let today = case.profile.0[DATE.index()];
            let bounds = said.bounds.iter().filter(|bound| bound.term == term && bound.days.contains(today));
            for bound in bounds {
                rules.insert(said.rule);
                if seen.insert(bound.span) {
                    diagnostic = diagnostic.label(bound.span, rule_label(case.model, said.rule));
                }
            }
        }
    }
    name_rules(case.model, &mut diagnostic, rules);
    diagnostic.rules.extend(offers.iter().map(|offer| offer.name.clone()));
    diagnostic.rules.sort();
    diagnostic
}
