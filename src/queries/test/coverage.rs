//! What the examples of a workspace show, and examples of what they do not (`docs/semantics.md`, section 15).

use super::shown::{Item, View};
use super::subject::short_name;
use super::{Planned, holding};
use crate::diagram::{NO, Node, NotProven};
use crate::ground::{Span, Text, text};
use crate::model::{Model, ModuleId, Place, SupportId};
use crate::queries::place::deciding;
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
    /// what nothing shows and no example can be written of: there it is undecided, or a rule with an error may have
    /// meant the support
    pub unwritten: Vec<CoverageItem>,
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
#[derive(Clone, Default)]
struct State {
    shown_by: Option<usize>,
    /// the views in which somebody shows it
    somebody_in: Vec<usize>,
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

fn measured(
    model: &Model,
    places: &[(ModuleId, Statements)],
    missing: bool,
    budget: u64,
) -> Result<Coverage, NotProven> {
    let asked: Vec<(ModuleId, &Statements, SupportId)> = places
        .iter()
        .flat_map(|(place, statements)| statements.judged.iter().map(move |id| (*place, statements, *id)))
        .collect();
    let examples: Vec<Planned<'_>> = model.promises.examples.iter().map(Planned::example).collect();
    let holding = holding(model, places, &examples, budget);
    let looked = asked.par_iter().map(|(place, statements, support)| {
        let asked = (*place, *support);
        let Some(mut view) = View::of(model, statements, asked, &holding, budget)? else { return Ok(None) };
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
            state.somebody_in.extend(somebody.then_some(number));
        }
    }
    let (missing, unwritten) = if missing {
        drafts(model, looked.into_iter().map(|(view, _)| view).collect(), &states)?
    } else {
        (Vec::new(), BTreeSet::new())
    };
    let mut items: Vec<(Item, State)> = states.into_iter().collect();
    items.sort_by_key(|(item, _)| (model.rule(item.rule()).span, *item));
    let unwritten = items.iter().filter(|(item, _)| unwritten.contains(item));
    let unwritten = unwritten.map(|(item, state)| told(model, *item, state)).collect();
    let items = items.iter().map(|(item, state)| told(model, *item, state)).collect();
    Ok(Coverage { items, missing, unwritten })
}

/// Examples of what nothing shows, each item in the first view in which one can be written; and what is left.
fn drafts(
    model: &Model,
    mut views: Vec<View<'_>>,
    states: &BTreeMap<Item, State>,
) -> Result<(Vec<String>, BTreeSet<Item>), NotProven> {
    let is_open = |state: &State| state.shown_by.is_none() && !state.somebody_in.is_empty();
    let unshown = states.iter().filter(|(_, state)| is_open(state));
    let mut open: Vec<(Item, &[usize])> =
        unshown.map(|(item, state)| (*item, state.somebody_in.as_slice())).collect();
    let mut unwritten = BTreeSet::new();
    let mut drafts: Vec<(usize, Item, String)> = Vec::new();
    while !open.is_empty() {
        let mut wanted: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
        for (item, somebody_in) in &open {
            wanted.entry(somebody_in[0]).or_default().push(*item);
        }
        let asked = views.par_iter_mut().enumerate().filter_map(|(number, view)| {
            let items = wanted.get(&number)?;
            Some(written(model, view, items).map(|written| (number, written)))
        });
        let mut shown: BTreeSet<Item> = BTreeSet::new();
        for (number, written) in asked.collect::<Result<Vec<_>, NotProven>>()? {
            for (item, text) in written {
                shown.insert(item);
                drafts.extend(text.map(|text| (number, item, text)));
            }
        }
        open.retain(|(item, _)| !shown.contains(item));
        for (_, views) in &mut open {
            *views = views.get(1..).unwrap_or_default();
        }
        let (left, given_up) = open.into_iter().partition(|(_, views)| !views.is_empty());
        open = left;
        unwritten.extend(given_up.into_iter().map(|(item, _)| item));
    }
    drafts.sort();
    Ok((drafts.into_iter().map(|(_, _, text)| text).collect(), unwritten))
}

fn told(model: &Model, item: Item, state: &State) -> CoverageItem {
    let rule = model.rule(item.rule());
    let kind = match item {
        Item::Rule(_) if rule.of_table => CoverageKind::Row,
        Item::Rule(_) => CoverageKind::Rule,
        Item::Boundary(..) => CoverageKind::Boundary,
        Item::Aside(..) | Item::Stands(..) => CoverageKind::Exception,
    };
    let example = |number: usize| model.promises.examples[number].title.clone();
    let shown = match state.shown_by {
        Some(number) => Shown::By(example(number)),
        None if state.somebody_in.is_empty() => Shown::OfNobody,
        None => Shown::ByNone,
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

/// Examples that show what is wanted of a view, each with what it was written for, and what one of them shows
/// besides.
fn written(
    model: &Model,
    view: &mut View<'_>,
    items: &[Item],
) -> Result<Vec<(Item, Option<String>)>, NotProven> {
    let mut shown = Vec::new();
    let mut about: Vec<Node> = Vec::new();
    for item in items {
        let region = view.showing(*item)?;
        let mut is_shown = false;
        for node in &about {
            is_shown |= view.subject.diagrams.store.without(*node, region)? == NO;
        }
        if is_shown {
            shown.push((*item, None));
        } else if let Some((text, node)) = view.subject.written(&title(model, *item), region)? {
            shown.push((*item, Some(text)));
            about.push(node);
        }
    }
    Ok(shown)
}

fn title(model: &Model, item: Item) -> String {
    let rule = short_name(model, item.rule());
    match item {
        Item::Rule(_) => rule.to_owned(),
        Item::Boundary(..) => format!("{rule}: {}", what(model, item).da),
        Item::Aside(_, exception) => format!("{rule}: fraveget efter {}", short_name(model, exception)),
        Item::Stands(_, exception) => format!("{rule}: ikke fraveget efter {}", short_name(model, exception)),
    }
}
