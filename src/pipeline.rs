//! The straight line: text → items → tree → model → order → what the rules say → diagrams → findings.

#[cfg(feature = "book")]
use crate::book::{self, Book, BookAsked, Material, Overview};
use crate::checks::{Outcome, Settled};
use crate::ground::{
    Day, Diagnostic, FileId, Options, Selection, Severity, SourceFile, Sources, Span, Text, Window,
};
use crate::import::{self, Grid, ImportAsked, Imported};
use crate::known::Known;
use crate::model::Model;
use crate::population::{self, Decider};
use crate::queries::{
    self, Asked, CompareAsked, Coverage, Decision, Diff, Graph, Matrix, MatrixAsked, Meaning, Mutation,
    PlacesCompared, Possible, Problem, Reasons, Tested, TestsAsked, WhyNot,
};
use crate::queries::{Rehearsal, Sheet, SheetAsked};
use crate::syntax::ast::File;
use crate::verdict::Grant;
use crate::workspace::Checked;
use crate::{checks, known, model, order, syntax};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Reads and resolves every file. Whatever cannot be read or resolved is a finding and stops nothing.
pub(crate) fn resolve(sources: &Sources, options: &Options) -> (Model, Vec<Diagnostic>) {
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut files = Vec::new();
    let texts: Vec<(FileId, &SourceFile)> = sources.iter().collect();
    let parsed: Vec<_> =
        texts.into_par_iter().map(|(id, file)| syntax::parse_among(id, file, sources)).collect();
    for (tree, problems) in parsed {
        files.push(tree);
        findings.extend(problems);
    }
    let (model, problems) = resolve_trees(&files, sources, options);
    findings.extend(problems);
    (model, findings)
}

/// The same from the trees on.
fn resolve_trees(files: &[File], sources: &Sources, options: &Options) -> (Model, Vec<Diagnostic>) {
    let (mut model, mut findings) = model::from_syntax(files, sources, options, &checks::checks());
    findings.extend(order::untangle(&mut model));
    (model, findings)
}

/// What one check of a workspace leaves for the next.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    texts: syntax::Kept,
    tasks: checks::Kept,
}

/// The same as [`check`], where only what can have changed since the last time is read and looked at.
pub(crate) fn check_again(memory: &mut Memory, sources: &Sources, options: &Options) -> Checked {
    let (files, mut told) = memory.texts.parse(sources);
    let (model, problems) = resolve_trees(files, sources, options);
    told.extend(problems);
    let items: Vec<Span> = files.iter().flat_map(|file| &file.items).map(|item| item.span).collect();
    let kept = Some((&mut memory.tasks, &items[..]));
    report(&model, checks::run(&model, told, options.budget, kept))
}

/// Reads, resolves, compiles and checks a workspace.
pub(crate) fn check(sources: &Sources, options: &Options) -> Checked {
    let (model, told) = resolve(sources, options);
    report(&model, checks::run(&model, told, options.budget, None))
}

/// What was found, in its order, without what is accepted.
fn report(model: &Model, outcome: Outcome) -> Checked {
    let (open, selection) = (outcome.open, Selection::default());
    let Settled { mut findings, mut accepted } =
        checks::settle(model, outcome.findings, outcome.accepted, &open);
    findings.sort_by_cached_key(in_order);
    accepted.sort_by_cached_key(|accepted| in_order(&accepted.finding));
    let taken_as_covering = checks::taken_as_covering(model);
    let rules_with_errors = model.rules.iter().filter(|rule| rule.has_error).count();
    let (proven, window) = (open.is_empty(), model.window);
    Checked {
        findings,
        accepted,
        proven,
        open,
        rules_with_errors,
        taken_as_covering,
        selection,
        turned_off: 0,
        compared: None,
        window,
    }
}

/// Divides what was found into what is new and what was known before.
pub(crate) fn against(sources: &Sources, options: &Options, checked: Checked, before: &[Known]) -> Checked {
    let (model, _) = resolve(sources, options);
    let open: BTreeSet<&str> = checked.open.iter().flat_map(|open| open.checks.iter().copied()).collect();
    let (findings, compared) = known::compare(&model, checked.findings, before, &open, options.budget);
    Checked { findings, compared: Some(compared), ..checked }
}

/// What there is to know of what was found, whether it was known before or not.
pub(crate) fn known(sources: &Sources, options: &Options, checked: &Checked) -> Vec<Known> {
    let (model, _) = resolve(sources, options);
    let old = checked.compared.iter().flat_map(|compared| &compared.old).map(|old| &old.finding);
    known::known(&model, checked.findings.iter().chain(old))
}

/// Whether a check is about what keeps a text from being read.
pub(crate) fn is_of_reading(check: &str) -> bool {
    checks::family(check) == checks::Family::Reading
}

/// A key that puts findings in their order: by place, then by what they are about.
fn in_order(finding: &Diagnostic) -> impl Ord + use<> {
    let first = finding.labels.first().map(|label| label.span);
    (first, finding.check, finding.support.clone(), finding.rules.clone(), finding.message.clone())
}

/// The model in which a citizen's day lies: a day outside the window is looked at alone.
fn resolve_for(sources: &Sources, options: &Options, facts: &[(String, String)]) -> Model {
    let (model, _) = resolve(sources, options);
    match queries::day_given(facts) {
        Some(day) if !(model.window.from..=model.window.to).contains(&day) => {
            let window = Some(Window { from: day, to: day });
            resolve(sources, &Options { window, ..options.clone() }).0
        }
        _ => model,
    }
}

/// Reads and resolves a workspace and decides one citizen's case.
pub(crate) fn decide(
    sources: &Sources,
    options: &Options,
    place: &str,
    facts: &[(String, String)],
) -> Result<Vec<Decision>, Text> {
    queries::decide(&resolve_for(sources, options, facts), place, facts)
}

/// Reads and resolves a workspace and makes one of its places ready to decide many.
pub(crate) fn population(
    sources: &Sources,
    options: &Options,
    asked: population::Asked<'_>,
) -> Result<Decider, Text> {
    let (sources, options) = (sources.clone(), options.clone());
    let (model, _) = resolve(&sources, &options);
    let is_outside = |day: &Day| !(model.window.from..=model.window.to).contains(day);
    let budget = options.budget;
    let alone = move |day: Day| {
        let window = Some(Window { from: day, to: day });
        resolve(&sources, &Options { window, ..options.clone() }).0
    };
    let model = asked.day.filter(is_outside).map_or(model, &alone);
    let place = queries::municipality(&model, asked.place)?;
    Decider::new(model, place, asked, Box::new(alone), budget)
}

/// The same with the reasons, of all supports or of one and those below it.
pub(crate) fn reasons(
    sources: &Sources,
    options: &Options,
    place: &str,
    facts: &[(String, String)],
    support: Option<&str>,
) -> Result<Reasons, Vec<Problem>> {
    queries::reasons(&resolve_for(sources, options, facts), place, facts, support)
}

/// Reads and resolves a workspace and looks at what can be decided of a citizen of whom not everything is known.
pub(crate) fn possible(
    sources: &Sources,
    options: &Options,
    place: &str,
    facts: &[(String, String)],
    support: Option<&str>,
) -> Result<Possible, Text> {
    queries::possible(&resolve_for(sources, options, facts), place, facts, support, options.budget)
}

/// Reads and resolves two versions of a workspace, on the same days, and compares what they decide.
pub(crate) fn diff(before: (&Sources, &Options), after: (&Sources, &Options)) -> Diff {
    let budget = after.1.budget;
    let read = |(sources, options): (&Sources, &Options), window: Option<Window>| {
        let (model, findings) =
            resolve(sources, &Options { window: window.or(options.window), ..options.clone() });
        (model, errors(&findings))
    };
    let ((was, errors_before), (is, errors_now)) = (read(before, None), read(after, None));
    let window = Window { from: was.window.from.min(is.window.from), to: was.window.to.max(is.window.to) };
    let on_the_same_days = |model: Model, texts| match model.window == window {
        true => model,
        false => read(texts, Some(window)).0,
    };
    let diff = queries::diff(on_the_same_days(was, before), on_the_same_days(is, after), budget);
    Diff { unread: (errors_before, errors_now), ..diff }
}

/// How many errors keep texts from being read.
fn errors(findings: &[Diagnostic]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}

/// Reads and resolves a workspace and says what it means.
pub(crate) fn meaning(sources: &Sources, options: &Options) -> Meaning {
    let (model, findings) = resolve(sources, options);
    Meaning { unread: errors(&findings), ..queries::meaning(&model, options.budget) }
}

/// Reads and resolves a workspace and compares what two of its places decide of twins.
pub(crate) fn compare(
    sources: &Sources,
    options: &Options,
    asked: CompareAsked<'_>,
) -> Result<PlacesCompared, Text> {
    queries::compare(&resolve(sources, options).0, asked, options.budget)
}

/// Reads and resolves a workspace and runs its examples and guarantees.
pub(crate) fn test(sources: &Sources, options: &Options, asked: TestsAsked<'_>) -> Tested {
    let (model, findings) = resolve(sources, options);
    Tested { tests: queries::test(&model, asked, options.budget), unread: errors(&findings) }
}

/// Reads and resolves a workspace and measures what its examples show.
pub(crate) fn coverage(sources: &Sources, options: &Options, missing: bool) -> Result<Coverage, Text> {
    let (model, _) = resolve(sources, options);
    queries::coverage(&model, missing, options.budget)
}

/// Reads and resolves a workspace and looks for the smallest change that would have given a citizen a support.
pub(crate) fn why_not(
    sources: &Sources,
    options: &Options,
    (place, facts): (&str, &[(String, String)]),
    support: &str,
    at_least: Grant,
) -> Result<WhyNot, Text> {
    let model = resolve_for(sources, options, facts);
    queries::why_not(&model, (place, facts), support, at_least, options.budget)
}

/// Reads and resolves a workspace and changes its rules a little, to see what its tests notice.
pub(crate) fn mutate(sources: &Sources, options: &Options) -> Result<Vec<Mutation>, Text> {
    let (model, _) = resolve(sources, options);
    queries::mutate(&model, options.budget)
}

/// Reads and resolves a workspace and makes a graph of it.
pub(crate) fn graph(sources: &Sources, options: &Options, asked: Asked<'_>) -> Result<Graph, Text> {
    let (model, _) = resolve(sources, options);
    queries::graph(&model, asked, options.budget)
}

/// Reads and resolves a workspace and looks over a municipality.
pub(crate) fn matrix(sources: &Sources, options: &Options, asked: MatrixAsked<'_>) -> Result<Matrix, Text> {
    let (model, _) = resolve(sources, options);
    queries::matrix(&model, asked, options.budget)
}

/// Reads and resolves a workspace and lays its decisions in a place out as columns.
pub(crate) fn sheet(sources: &Sources, options: &Options, asked: SheetAsked<'_>) -> Result<Sheet, Text> {
    queries::sheet(&resolve_for_any_day(sources, options), asked)
}

/// The same place's rows to try it on.
pub(crate) fn rehearsal(
    sources: &Sources,
    options: &Options,
    asked: SheetAsked<'_>,
    rows: usize,
    seed: u64,
) -> Result<Rehearsal, Text> {
    queries::rehearsal(&resolve_for_any_day(sources, options), asked, rows, seed)
}

/// The model that holds on every day it can: a `sats` has no value before its first day, and what is wrong on one day only
/// would be wrong on all.
fn resolve_for_any_day(sources: &Sources, options: &Options) -> Model {
    let (model, _) = resolve(sources, options);
    let understood = |model: &Model| {
        let rules: Vec<bool> = model.rules.iter().map(|rule| rule.has_error).collect();
        (rules, model.assumptions.len())
    };
    let (first, last) = (queries::FIRST_DAY, queries::LAST_DAY);
    for from in [first, model.window.from] {
        let window = Some(Window { from, to: last });
        let wide = resolve(sources, &Options { window, ..options.clone() }).0;
        if understood(&wide) == understood(&model) {
            return wide;
        }
    }
    model
}

/// Reads and resolves a workspace and makes a first `tabel` with its words.
pub(crate) fn import(
    sources: &Sources,
    options: &Options,
    grid: &Grid,
    asked: ImportAsked<'_>,
) -> Result<Imported, Text> {
    let (model, _) = resolve(sources, options);
    import::import(&model, grid, asked)
}

/// Reads and resolves a workspace and makes a book of it and of what was found.
#[cfg(feature = "book")]
pub(crate) fn book(
    sources: &Sources,
    options: &Options,
    checked: &Checked,
    asked: BookAsked<'_>,
) -> Result<Book, Text> {
    let trees: Vec<_> = sources.iter().map(|(id, file)| syntax::parse(id, file).0).collect();
    let (model, _) = resolve(sources, options);
    book::book(&Material {
        asked,
        sources,
        trees: &trees,
        model: &model,
        cards: &checks::checks(),
        findings: &checked.findings,
        accepted: &checked.accepted,
        open: &checked.open,
        window: checked.window,
        tests: &queries::test(&model, TestsAsked::default(), options.budget),
        overviews: &overviews(&model, options.budget),
    })
}

/// Who gets what in each place, and how each decision is come to.
#[cfg(feature = "book")]
fn overviews(model: &Model, budget: u64) -> Vec<Overview> {
    let overview = |place: String| {
        let asked = MatrixAsked { municipality: &place, ..MatrixAsked::default() };
        let matrix = queries::matrix(model, asked, budget);
        let columns = matrix.iter().flat_map(|matrix| &matrix.columns);
        let supports: Vec<String> = columns.map(|(name, _)| name.clone()).collect();
        let decision = |support: String| {
            let asked = Asked { support: Some(&support), municipality: Some(&place), on: None };
            let graph = queries::graph(model, asked, budget);
            (support, graph)
        };
        let decisions = supports.into_par_iter().map(decision).collect();
        Overview { matrix, decisions, place }
    };
    queries::deciding_places(model).into_par_iter().map(overview).collect()
}

/// What keeps files from being formatted; the rules are not looked at.
pub(crate) fn unformatted(sources: &Sources, options: &Options) -> Checked {
    let (model, _) = resolve(sources, options);
    let problems = sources.iter().filter_map(|(id, file)| syntax::format(id, file).err());
    let findings = problems.flatten().collect();
    let selection = Selection::default();
    Checked {
        findings,
        accepted: Vec::new(),
        proven: true,
        open: Vec::new(),
        rules_with_errors: 0,
        turned_off: 0,
        compared: None,
        taken_as_covering: 0,
        window: model.window,
        selection,
    }
}

/// A text as the language writes it.
pub(crate) fn format(file: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    syntax::format(FileId(0), file)
}

/// The trees of the texts, printed.
pub(crate) fn show_tree(sources: &Sources) -> String {
    let trees = sources.iter().map(|(id, file)| (&file.name, syntax::parse(id, file).0));
    trees.map(|(name, tree)| format!("{name}\n{}", syntax::print(&tree))).collect()
}

/// The model the texts become, printed.
pub(crate) fn show_model(sources: &Sources, options: &Options) -> String {
    model::print(&resolve(sources, options).0)
}
