//! What the examples of a workspace show, and examples of what they do not (`docs/semantics.md`, section 15).

use super::paste;
use super::shown::{Item, View, claimable};
use crate::diagram::{Diagrams, NO, Node, NotProven};
use crate::evaluate::{self, Case};
use crate::ground::{Span, Text, text};
use crate::model::{FactId, Model, ModuleId, ModuleKind, Place, Profile, RuleId, SupportId};
use crate::verdict::Statements;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What examples show of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// everything they should show, rule by rule in the order of the sources
    pub items: Vec<CoverageItem>,
    /// examples of what nothing shows, ready to paste; what they expect is what is decided today
    pub missing: Vec<String>,
}

impl Coverage {
    /// How many things of a kind are shown, of how many that can be.
    pub fn count(&self, kind: CoverageKind) -> (usize, usize) {
        let of_kind = || self.items.iter().filter(|item| item.kind == kind);
        let shown = of_kind().filter(|item| matches!(item.shown, Shown::By(_))).count();
        (shown, of_kind().filter(|item| item.shown != Shown::OfNobody).count())
    }

    /// The whole in hundredths, rounded down; a workspace without rules is whole.
    pub fn percent(&self) -> usize {
        let counts = CoverageKind::ALL.iter().map(|kind| self.count(*kind));
        let (shown, all) = counts.fold((0, 0), |(a, b), (shown, all)| (a + shown, b + all));
        (shown * 100).checked_div(all).unwrap_or(100)
    }
}

/// Something examples should show.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CoverageItem {
    /// what it is
    pub kind: CoverageKind,
    /// the rule's full name
    pub rule: String,
    /// where the rule's name stands
    pub span: Span,
    /// the boundary's fact and value, or the exception
    pub what: Text,
    /// whether it is shown
    pub shown: Shown,
}

/// The kinds of things examples should show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CoverageKind {
    /// a rule at work
    Rule,
    /// a row of a table at work
    Row,
    /// a citizen just below, at or just above a line that a condition draws
    Boundary,
    /// a rule with an exception that sets it aside, and the same where it does not
    Exception,
}

impl CoverageKind {
    /// All of them, in their order.
    pub const ALL: [CoverageKind; 4] =
        [CoverageKind::Rule, CoverageKind::Row, CoverageKind::Boundary, CoverageKind::Exception];
}

/// Whether something is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shown {
    /// by this example
    By(String),
    /// by none
    ByNone,
    /// there can be no citizen who would show it
    OfNobody,
}

/// What is known of an item once a view was looked at.
#[derive(Clone, Copy, Default)]
struct State {
    shown_by: Option<usize>,
    /// the first view in which somebody shows it
    somebody_in: Option<usize>,
}

/// Something to be shown in a view: whether somebody shows it, and the first example that does.
type Looked = (Item, bool, Option<usize>);

/// What the examples show; with `missing`, examples of what they do not.
pub(crate) fn coverage(model: &Model, missing: bool, budget: u64) -> Result<Coverage, Text> {
    let places = deciding(model);
    let places: Vec<(ModuleId, Statements)> =
        places.par_iter().map(|id| (*id, Statements::of(model, Place::of(model, *id)))).collect();
    measured(model, &places, missing, budget).map_err(|NotProven| {
        text!(
            en: "not proven: the budget ran out before it was known what the examples show; a larger `--budget` may help",
            da: "ikke bevist: beregningsrammen slap op, før det var kendt, hvad eksemplerne viser; prøv med en større `--budget`"
        )
    })
}

/// The places in which something is decided of a citizen.
pub(super) fn deciding(model: &Model) -> Vec<ModuleId> {
    let decides = |kind: ModuleKind| matches!(kind, ModuleKind::Municipality | ModuleKind::Institution);
    let modules = (0..model.modules.len() as u32).map(ModuleId);
    modules.filter(|id| decides(model.modules[id.index()].kind)).collect()
}

fn measured(
    model: &Model,
    places: &[(ModuleId, Statements)],
    missing: bool,
    budget: u64,
) -> Result<Coverage, NotProven> {
    let is_given = |id: &SupportId| model.supports[id.index()].is_given();
    let asked: Vec<(ModuleId, &Statements, SupportId)> = places
        .iter()
        .flat_map(|(place, statements)| statements.judged.iter().map(move |id| (*place, statements, *id)))
        .filter(|(_, _, id)| is_given(id))
        .collect();
    let looked = asked.par_iter().map(|(place, statements, support)| {
        let Some(mut view) = View::of(model, statements, *place, *support, budget)? else { return Ok(None) };
        let mut found = Vec::new();
        for item in view.items.clone() {
            let region = view.showing(item)?;
            found.push((item, region != NO, view.shown_by(region)?));
        }
        Ok(Some((view, found)))
    });
    let looked: Vec<(View<'_>, Vec<Looked>)> =
        looked.filter_map(Result::transpose).collect::<Result<_, NotProven>>()?;
    let mut states: BTreeMap<Item, State> = BTreeMap::new();
    for (number, (_, found)) in looked.iter().enumerate() {
        for (item, somebody, shown_by) in found {
            let state = states.entry(*item).or_default();
            state.shown_by = state.shown_by.or(*shown_by);
            state.somebody_in = state.somebody_in.or(somebody.then_some(number));
        }
    }
    let missing = if missing {
        let mut wanted: Vec<(View<'_>, Vec<Item>)> =
            looked.into_iter().map(|(view, _)| (view, Vec::new())).collect();
        for (item, state) in states.iter().filter(|(_, state)| state.shown_by.is_none()) {
            if let Some(view) = state.somebody_in {
                wanted[view].1.push(*item);
            }
        }
        let written = wanted.par_iter_mut().map(|(view, items)| written(model, view, items));
        written.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect()
    } else {
        Vec::new()
    };
    let mut items: Vec<(Item, State)> = states.into_iter().collect();
    items.sort_by_key(|(item, _)| (model.rule(item.rule()).span, *item));
    Ok(Coverage { items: items.into_iter().map(|(item, state)| told(model, item, state)).collect(), missing })
}

fn told(model: &Model, item: Item, state: State) -> CoverageItem {
    let rule = model.rule(item.rule());
    let kind = match item {
        Item::Rule(_) if rule.of_table => CoverageKind::Row,
        Item::Rule(_) => CoverageKind::Rule,
        Item::Boundary(..) => CoverageKind::Boundary,
        Item::Aside(..) | Item::Stands(..) => CoverageKind::Exception,
    };
    let example = |number: usize| model.promises.examples[number].title.clone();
    let shown = match (state.shown_by, state.somebody_in) {
        (Some(number), _) => Shown::By(example(number)),
        (None, Some(_)) => Shown::ByNone,
        (None, None) => Shown::OfNobody,
    };
    CoverageItem { kind, rule: rule.name.clone(), span: rule.name_span, what: what(model, item), shown }
}

fn what(model: &Model, item: Item) -> Text {
    match item {
        Item::Rule(_) => Text::default(),
        Item::Boundary(_, id, value) => {
            let fact = &model.facts[id.index()];
            Text::same(format!("{} {}", fact.name, fact.domain.spell_bare(value)))
        }
        Item::Aside(_, exception) => {
            let name = &model.rule(exception).name;
            text!(en: "set aside by {name}", da: "fraveget efter {name}")
        }
        Item::Stands(_, exception) => {
            let name = &model.rule(exception).name;
            text!(en: "not set aside by {name}", da: "ikke fraveget efter {name}")
        }
    }
}

/// Examples that show what is wanted of a view: each is one citizen, told as far as it matters.
fn written(model: &Model, view: &mut View<'_>, items: &[Item]) -> Result<Vec<String>, NotProven> {
    let mut examples = Vec::new();
    let mut about: Vec<Node> = Vec::new();
    let claimable = claimable(&mut view.diagrams, view.support, view.decided, &mut view.decisions)?;
    for item in items {
        let region = view.showing(*item)?;
        let region = view.diagrams.store.and(region, claimable)?;
        let mut is_shown = false;
        for node in &about {
            is_shown |= view.diagrams.store.without(*node, region)? == NO;
        }
        if is_shown {
            continue;
        }
        let Some(profile) = view.diagrams.witness(region)? else { continue };
        let case = Case::new(model, view.diagrams.statements, &profile);
        let decision = evaluate::decision(&case, view.support);
        let alike = view.diagrams.decided_where(view.decided, &view.decisions, |other| *other == decision)?;
        let both = view.diagrams.store.and(alike, region)?;
        let (facts, node) = enough(&mut view.diagrams, &profile, both)?;
        let title = title(model, *item);
        let citizen = (&profile, facts.as_slice());
        if let Some(text) = paste::example(model, &title, view.place, citizen, (view.support, &decision)) {
            examples.push(text);
            about.push(node);
        }
    }
    Ok(examples)
}

/// The facts of a citizen that keep everybody who shares them in a region, and all who do.
pub(super) fn enough(
    diagrams: &mut Diagrams<'_>,
    profile: &Profile,
    region: Node,
) -> Result<(Vec<FactId>, Node), NotProven> {
    let all: Vec<FactId> = diagrams.space.dimensions.iter().map(|dimension| dimension.fact).collect();
    let mut kept: BTreeSet<FactId> = all.iter().copied().collect();
    let mut node = diagrams.like(profile, &kept)?;
    for fact in all.into_iter().rev() {
        kept.remove(&fact);
        let fewer = diagrams.like(profile, &kept)?;
        if diagrams.store.without(fewer, region)? == NO {
            node = fewer;
        } else {
            kept.insert(fact);
        }
    }
    Ok((kept.into_iter().collect(), node))
}

fn title(model: &Model, item: Item) -> String {
    let short = |id: RuleId| {
        let rule = model.rule(id);
        rule.name.split_once('.').map_or(rule.name.as_str(), |(_, name)| name).to_owned()
    };
    let rule = short(item.rule());
    match item {
        Item::Rule(_) => rule,
        Item::Boundary(..) => format!("{rule}: {}", what(model, item).da),
        Item::Aside(_, exception) => format!("{rule}: fraveget efter {}", short(exception)),
        Item::Stands(_, exception) => format!("{rule}: ikke fraveget efter {}", short(exception)),
    }
}
