//! What tasks found before, for those whose answer cannot have changed.
//!
//! In: tasks. Out: the same outcomes, byte for byte, as if each had been performed. A task that can read just what it
//! could read before is not performed again; what it found moves with the texts it is about. Never true here: an
//! outcome kept by a name or a number that another text could bear.

mod anchors;
mod page;
mod parts;

use super::places::Places;
use super::tasks::{Outcome, Task, perform};
use crate::ground::{Diagnostic, FileId, Open, Span};
use crate::model::{Model, RuleId, SupportId};
use crate::verdict::{Layer, Place, Statements, distance};
use anchors::Anchors;
use page::Page;
use parts::Parts;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// How many runs an outcome is kept for after the last one that used it: whoever takes back a change finds it again.
const RUNS: u64 = 2;

/// What is kept from run to run. What no task of the last runs used is dropped.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    run: u64,
    /// the number of what was written, and the last run that wrote it; no number is given twice
    numbers: HashMap<Vec<u8>, (u64, u64)>,
    next: u64,
    outcomes: HashMap<Key, Stored>,
}

/// What a task is, and the number of all it can read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    task: Vec<u32>,
    reads: u64,
}

/// An outcome whose places are those within pieces of text.
#[derive(Debug)]
struct Stored {
    outcome: Outcome,
    /// the last run that used it
    run: u64,
}

/// Something that can be read: its number, and the pieces of text its places stand in.
#[derive(Clone)]
struct Reading {
    number: u64,
    pieces: Arc<[u32]>,
}

impl Reading {
    /// A place as one within a piece: the number of the piece stands for the file.
    fn within(&self, anchors: &Anchors, place: Span) -> Option<Span> {
        let piece = anchors.around(place)?;
        let at = self.pieces.binary_search(&piece).ok()?;
        let start = anchors.span(piece).start;
        Some(Span { file: FileId(at as u32), start: place.start - start, end: place.end - start })
    }

    /// Where a place within a piece is now.
    fn placed(&self, anchors: &Anchors, place: Span) -> Option<Span> {
        let piece = anchors.span(*self.pieces.get(place.file.0 as usize)?);
        Some(Span { file: piece.file, start: piece.start + place.start, end: piece.start + place.end })
    }
}

/// What a task looks at.
enum Looks<'a> {
    /// all rules, and all that is promised
    Everything,
    /// the rules of a place
    Place(&'a Statements),
    /// the same, and all that is promised
    Promised(&'a Statements),
    /// the rules of the parts of a place in which these lie
    Parts(&'a Statements, Vec<SupportId>, Vec<RuleId>),
}

impl Kept {
    /// Performs the tasks of one run. `items` are the items of all texts.
    pub(super) fn perform(
        &mut self,
        (model, places): (&Model, &Places),
        items: &[Span],
        tasks: Vec<Task<'_>>,
        budget: u64,
    ) -> Vec<Outcome> {
        self.run += 1;
        let anchors = Anchors::of(model, items);
        let keys = Reader::of(self, model, &anchors, budget).keys(places, &tasks);
        let known = |key: &Key, reading: &Reading| {
            let stored = self.outcomes.get(key)?;
            moved(&stored.outcome, |span| reading.placed(&anchors, span))
        };
        let done: Vec<(Outcome, Option<Outcome>)> = tasks
            .into_par_iter()
            .zip(&keys)
            .map(|(task, (key, reading))| match known(key, reading) {
                Some(outcome) => (outcome, None),
                None => {
                    let outcome = perform(model, places, task, budget);
                    let stored = moved(&outcome, |span| reading.within(&anchors, span));
                    (outcome, stored)
                }
            })
            .collect();
        let run = self.run;
        let mut outcomes = Vec::with_capacity(done.len());
        for ((outcome, stored), (key, _)) in done.into_iter().zip(keys) {
            if let Some(known) = self.outcomes.get_mut(&key) {
                known.run = run;
            } else if let Some(outcome) = stored {
                self.outcomes.insert(key, Stored { outcome, run });
            }
            outcomes.push(outcome);
        }
        self.outcomes.retain(|_, stored| stored.run + RUNS > run);
        self.numbers.retain(|_, (_, used)| *used + RUNS > run);
        outcomes
    }

    /// The number of what is written on a page.
    fn number(&mut self, page: Page<'_>) -> Reading {
        let Page { bytes, pieces, .. } = page;
        let (next, run) = (&mut self.next, self.run);
        let (number, used) = self.numbers.entry(bytes).or_insert_with(|| {
            *next += 1;
            (*next, run)
        });
        *used = run;
        Reading { number: *number, pieces: pieces.into() }
    }
}

/// Numbers all that tasks of one run can read.
struct Reader<'a> {
    kept: &'a mut Kept,
    model: &'a Model,
    anchors: &'a Anchors,
    /// what every task can read
    words: Reading,
    promises: Reading,
    rules: Vec<Reading>,
}

impl<'a> Reader<'a> {
    fn of(kept: &'a mut Kept, model: &'a Model, anchors: &'a Anchors, budget: u64) -> Self {
        let pages: Vec<Page<'_>> = model
            .rules
            .par_iter()
            .map(|rule| {
                let mut page = Page::new(anchors);
                page.rule(rule);
                page
            })
            .collect();
        let rules = pages.into_iter().map(|page| kept.number(page)).collect();
        let words = kept.number(words(model, anchors, budget));
        let promises = kept.number(promises(model, anchors));
        Reader { kept, model, anchors, words, promises, rules }
    }

    /// The key of each task, and what it reads.
    fn keys(mut self, places: &Places, tasks: &[Task<'_>]) -> Vec<(Key, Reading)> {
        let mut parts: BTreeMap<Layer, Parts> = BTreeMap::new();
        let mut of_parts: BTreeMap<(Layer, BTreeSet<u32>), Reading> = BTreeMap::new();
        let mut of_places: BTreeMap<(Layer, bool), Reading> = BTreeMap::new();
        let mut everything: Option<Reading> = None;
        let mut keys = Vec::with_capacity(tasks.len());
        let mut named: BTreeMap<u32, u32> = BTreeMap::new();
        for task in tasks {
            let mut at = None;
            let reading = match looks(self.model, places, task) {
                Looks::Everything => everything.get_or_insert_with(|| {
                    let all: Vec<RuleId> = self.model.rule_ids().collect();
                    self.reading(&all, true)
                }),
                Looks::Place(place) => of_places
                    .entry((place.own(), false))
                    .or_insert_with(|| self.reading(&place.place.rules(self.model), false)),
                Looks::Promised(place) => of_places
                    .entry((place.own(), true))
                    .or_insert_with(|| self.reading(&place.place.rules(self.model), true)),
                Looks::Parts(place, supports, rules) => {
                    let parts = parts.entry(place.own()).or_insert_with(|| Parts::of(self.model, place));
                    let (around, heard) = parts.around(&supports, &rules);
                    at = rules.first().and_then(|rule| heard.binary_search(rule).ok());
                    of_parts.entry((place.own(), around)).or_insert_with(|| self.reading(&heard, false))
                }
            };
            let mut name = name(task);
            // what is named by nothing else is named by its number among all that it is read with
            let among = named.entry(name[0]).or_default();
            match (task, at) {
                (Task::Exception(..), Some(at)) => name.push(at as u32),
                (Task::Guarantee(..) | Task::Example(_) | Task::Performed(..), _) => name.push(*among),
                _ => {}
            }
            *among += 1;
            keys.push((Key { task: name, reads: reading.number }, reading.clone()));
        }
        keys
    }

    /// The reading of some rules, in their order, with the words and, if so asked, the promises.
    fn reading(&mut self, rules: &[RuleId], promised: bool) -> Reading {
        let mut page = Page::new(self.anchors);
        page.put(&(self.words.number, promised.then_some(self.promises.number), rules.len()));
        let mut pieces = self.words.pieces.to_vec();
        if promised {
            pieces.extend_from_slice(&self.promises.pieces);
        }
        for id in rules {
            let reading = &self.rules[id.index()];
            page.put(&reading.number);
            pieces.extend_from_slice(&reading.pieces);
            for stretch in self.model.rule(*id).exception_to.stretches() {
                let first = rules.binary_search(&RuleId(stretch.start)).ok();
                let last = first.and_then(|first| rules.get(first + stretch.len() - 1));
                if last == Some(&RuleId(stretch.end - 1)) {
                    // all of them are read with it
                    page.put(&(first, stretch.len()));
                    continue;
                }
                for base in stretch.clone().map(RuleId) {
                    // one that is not among them is read by what it says itself
                    page.put(&(rules.binary_search(&base).ok(), self.rules[base.index()].number));
                }
            }
            page.put(&u8::MAX);
        }
        // how the pieces lie: in which file, and in which order
        let distinct: BTreeSet<u32> = pieces.iter().copied().collect();
        let order: BTreeMap<u32, usize> =
            distinct.iter().enumerate().map(|(at, piece)| (*piece, at)).collect();
        page.all(&pieces, |page, piece| page.put(&order[piece]));
        let files = distinct.iter().map(|piece| self.anchors.span(*piece).file);
        let mut before = None;
        for file in files {
            page.put(&(before.replace(file) != Some(file)));
        }
        page.pieces = distinct.into_iter().collect();
        self.kept.number(page)
    }
}

/// All that tasks can read beside rules and promises.
fn words<'a>(model: &Model, anchors: &'a Anchors, budget: u64) -> Page<'a> {
    let Model {
        facts,
        concepts,
        assumptions,
        supports,
        terms,
        units,
        modules,
        departments,
        rules: _,
        promises,
        asked,
        window,
        reference,
    } = model;
    let mut page = Page::new(anchors);
    page.put(&(budget, facts, terms, asked, (window.from, window.to), reference));
    page.all(concepts, Page::concept);
    page.all(assumptions, Page::assumption);
    page.all(supports, Page::support);
    page.all(units, Page::unit);
    page.all(modules, Page::module);
    page.all(departments, Page::department);
    page.all(&promises.accepts, Page::accept);
    page
}

/// The promises; what is accepted is among the words, since every finding is held against it.
fn promises<'a>(model: &Model, anchors: &'a Anchors) -> Page<'a> {
    let mut page = Page::new(anchors);
    page.all(&model.promises.guarantees, Page::guarantee);
    page.all(&model.promises.examples, Page::example);
    page.all(&model.promises.offers, Page::offer);
    page
}

/// What a task looks at, and rather more than less.
fn looks<'a>(model: &Model, places: &'a Places, task: &Task<'a>) -> Looks<'a> {
    let below = |support: &SupportId| {
        let below = model.support_ids().filter(|id| distance(model, *id, *support).is_some());
        below.collect::<Vec<SupportId>>()
    };
    match task {
        Task::Support(place, support) | Task::Jump(place, support) | Task::Kind(place, support) => {
            Looks::Parts(place, below(support), Vec::new())
        }
        Task::Exception(place, rule) => Looks::Parts(place, Vec::new(), vec![*rule]),
        Task::Unit(unit) => Looks::Place(places.home(unit.module)),
        Task::Rules(module) => Looks::Place(places.home(*module)),
        Task::Term(place, _) | Task::Layer(place) | Task::Beyond(place) => Looks::Place(place),
        Task::Guarantee(place, _) => Looks::Promised(place),
        Task::Example(example) => Looks::Promised(places.home(example.place)),
        Task::Offers(_) | Task::Unsold(..) | Task::Guidance(..) | Task::Performed(..) => Looks::Everything,
    }
}

/// What a task is, by numbers that mean the same wherever the words are the same.
fn name(task: &Task<'_>) -> Vec<u32> {
    let of_layer = |layer: &Layer| match layer {
        Layer::Law => u32::MAX,
        Layer::Module(module) => module.0,
    };
    let heard = |place: &Place| place.layers.iter().map(of_layer).collect::<Vec<u32>>();
    let at =
        |tag: u32, place: &Statements, more: &[u32]| [vec![tag], more.to_vec(), heard(&place.place)].concat();
    match task {
        Task::Support(place, support) => at(0, place, &[support.0]),
        Task::Jump(place, support) => at(1, place, &[support.0]),
        Task::Kind(place, kind) => at(2, place, &[kind.0]),
        Task::Term(place, term) => at(3, place, &[term.0]),
        Task::Layer(place) => at(4, place, &[]),
        Task::Beyond(place) => at(5, place, &[]),
        Task::Unsold(place, support) => at(6, place, &[support.0]),
        Task::Guidance(place, layer, support) => at(7, place, &[of_layer(layer), support.0]),
        Task::Unit(unit) => {
            let department = unit.department.map(|department| department.0);
            [vec![8, unit.module.0], department.into_iter().collect()].concat()
        }
        Task::Rules(module) => vec![9, module.0],
        Task::Offers(provider) => vec![10, provider.0],
        Task::Exception(place, _) => at(11, place, &[]),
        Task::Guarantee(place, _) => at(12, place, &[]),
        Task::Example(_) => vec![13],
        Task::Performed(place, _) => at(14, place, &[]),
    }
}

/// An outcome with its places put elsewhere; nothing where one of them has no place there.
fn moved(outcome: &Outcome, to: impl Fn(Span) -> Option<Span>) -> Option<Outcome> {
    let finding = |finding: &Diagnostic| {
        let mut finding = finding.clone();
        for label in &mut finding.labels {
            label.span = to(label.span)?;
        }
        for edit in &mut finding.fixes {
            edit.span = to(edit.span)?;
        }
        finding.hides.is_empty().then_some(finding)
    };
    let findings = outcome.findings.iter().map(finding).collect::<Option<Vec<_>>>()?;
    let accepted = outcome.accepted.iter().map(|(found, accept)| Some((finding(found)?, *accept)));
    let accepted = accepted.collect::<Option<Vec<_>>>()?;
    let open: Vec<Open> = outcome.open.clone();
    Some(Outcome { findings, accepted, open })
}
