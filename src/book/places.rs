//! A page for each municipality and institution: who gets what, who serves whom, what was found.

use super::addresses::Sort;
use super::document::title_of;
use super::html::Html;
use super::items::Items;
use super::material::{Material, Overview};
use super::phrases::{Phrases, plain};
use super::view::{Badge, Grid, GridCell, GridRow, Line, Link};
use super::words;
use crate::ground::{Diagnostic, Severity, Text, text, titled};
use crate::model::{Layer, Module, ModuleId, Place};
use crate::queries::{Matrix, MatrixCell, MatrixGroup, MatrixRow, TestKind, TestOutcome};
use crate::verdict::Grant;
use serde::Serialize;

/// A page about one who decides.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PlacePage {
    #[serde(skip)]
    pub path: String,
    pub title: String,
    sort: String,
    /// the texts in which it speaks
    documents: Vec<Link>,
    /// who else is heard there
    heard: Vec<Html>,
    departments: Vec<Link>,
    grid: Option<Grid>,
    grid_problem: Option<Html>,
    decisions: Vec<Link>,
    pub counts: Vec<Badge>,
    findings: Vec<Line>,
    tests: Option<Html>,
}

/// What was found in one place, by severity.
pub(super) fn counts(findings: &[&Diagnostic], items: &Items<'_>) -> Vec<Badge> {
    let mut counts = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let number = findings.iter().filter(|finding| finding.severity == severity).count();
        if number > 0 {
            counts.push(Badge { look: severity.name(), words: items.say(&severity.counted(number)) });
        }
    }
    counts
}

/// Whether a finding is about a module or one of its departments.
pub(super) fn is_about(finding: &Diagnostic, module: &str) -> bool {
    finding.module.as_deref().is_some_and(|about| about.split('.').next() == Some(module))
}

pub(super) fn pages(material: &Material<'_>, items: &Items<'_>) -> Vec<PlacePage> {
    let modules = material.model.modules.iter().enumerate();
    let places = modules.filter(|(_, module)| super::addresses::is_place(module.kind));
    places.filter_map(|(index, module)| page(material, items, ModuleId(index as u32), module)).collect()
}

fn page(material: &Material<'_>, items: &Items<'_>, id: ModuleId, module: &Module) -> Option<PlacePage> {
    let phrases = &Phrases { module: Some(&module.name), ..items.phrases };
    let address = phrases.addresses.place(&module.name)?;
    let overview = material.overviews.iter().find(|overview| overview.place == module.name);
    let matrix = overview.map(|overview| &overview.matrix);
    let own = |found: &&super::findings::Found<'_>| is_about(found.finding, &module.name);
    let found: Vec<_> = items.findings.all().iter().filter(own).collect();
    let open: Vec<&Diagnostic> =
        found.iter().filter(|found| found.accepted.is_none()).map(|found| found.finding).collect();
    let departments = material.model.departments.iter().filter(|department| department.module == id);
    let department = |department: &crate::model::Department| Link {
        href: phrases
            .addresses
            .department(Some(&module.name), &department.name)
            .map(|address| phrases.href(address))
            .unwrap_or_default(),
        words: phrases.danish(titled(&department.title, &department.name)),
        more: Html::default(),
    };
    Some(PlacePage {
        path: address.page.clone(),
        title: titled(&module.title, &module.name).to_owned(),
        sort: items.say(&words::module_kind(module.kind)),
        documents: documents(material, items, id, module),
        heard: heard(material, phrases, id),
        departments: departments.map(department).collect(),
        grid: matrix.and_then(|matrix| matrix.as_ref().ok()).map(|matrix| grid(items, matrix, module)),
        grid_problem: matrix
            .and_then(|matrix| matrix.as_ref().err())
            .map(|problem| phrases.message(problem.get(phrases.lang))),
        decisions: overview.map(|overview| decisions(phrases, overview)).unwrap_or_default(),
        counts: counts(&open, items),
        findings: items.findings.lines(&|finding| is_about(finding, &module.name), phrases),
        tests: tests(material, phrases, &module.name),
    })
}

/// The texts that hold something a module says.
fn documents(material: &Material<'_>, items: &Items<'_>, id: ModuleId, module: &Module) -> Vec<Link> {
    let phrases = &items.phrases;
    let mut files = vec![module.span.file];
    files.extend(material.model.rules_of(id).map(|rule| material.model.rule(rule).span.file));
    files.sort_unstable();
    files.dedup();
    let names = material.short_names();
    let link = |file: &crate::ground::FileId| Link {
        href: format!("{}{}", phrases.root, phrases.addresses.document(*file)),
        words: phrases.danish(&title_of(material, items, *file, &names[file.0 as usize])),
        more: Html::default(),
    };
    files.iter().map(link).collect()
}

/// The layers above its own.
fn heard(material: &Material<'_>, phrases: &Phrases<'_>, id: ModuleId) -> Vec<Html> {
    let place = Place::of(material.model, id);
    let name = |layer: &Layer| match layer {
        Layer::Law => phrases.say(&text!(en: "the law", da: "loven")),
        Layer::Module(module) => {
            let module = &material.model.modules[module.index()];
            let title = titled(&module.title, &module.name);
            phrases.leading(phrases.addresses.module(&module.name), title)
        }
    };
    place.layers.iter().filter(|layer| **layer != place.own()).map(name).collect()
}

fn decisions(phrases: &Phrases<'_>, overview: &Overview) -> Vec<Link> {
    let here = super::addresses::slug(&overview.place);
    let one = |(support, _): &(String, Result<crate::queries::Graph, Text>)| {
        let address = phrases.addresses.word(Sort::Support, support)?;
        Some(Link {
            href: format!("{}#{here}", phrases.href(address)),
            words: phrases.danish(&support_title(phrases, support)),
            more: Html::default(),
        })
    };
    overview.decisions.iter().filter_map(one).collect()
}

fn support_title(phrases: &Phrases<'_>, support: &str) -> String {
    let known = phrases.model.supports.iter().find(|known| known.name == support);
    known.map_or_else(|| plain(support), |known| titled(&known.title, &known.name).to_owned())
}

/// How many of its examples and guarantees hold.
fn tests(material: &Material<'_>, phrases: &Phrases<'_>, place: &str) -> Option<Html> {
    let tests = || material.tests.iter().filter(|test| test.place == place);
    let all = tests().filter(|test| matches!(test.kind, TestKind::Example | TestKind::Guarantee)).count();
    let hold = tests().filter(|test| test.outcome == TestOutcome::Passed).count();
    (all > 0).then(|| {
        phrases.say(&text!(
            en: "{hold} of {all} examples and guarantees hold",
            da: "{hold} af {all} eksempler og garantier holder"
        ))
    })
}

/// The overview as a table.
fn grid(items: &Items<'_>, matrix: &Matrix, module: &Module) -> Grid {
    let phrases = &items.phrases;
    let has_grey = matrix.rows.iter().any(|row| !row.grey_zone.is_empty());
    let support = |(name, title): &(String, String)| {
        let here = super::addresses::slug(&module.name);
        let address = phrases.addresses.word(Sort::Support, name);
        address.map_or_else(
            || phrases.danish(title),
            |address| Html::link(&format!("{}#{here}", phrases.href(address)), &phrases.danish(title)),
        )
    };
    let grey = phrases.say(&text!(en: "Grey zone", da: "Grå zone"));
    let mut head = vec![phrases.danish(&matrix.groups)];
    head.extend(matrix.columns.iter().map(support));
    head.extend(has_grey.then_some(grey));
    Grid {
        caption: items.say(&matrix.title),
        head,
        rows: matrix.rows.iter().map(|row| grid_row(items, matrix, row, has_grey)).collect(),
        legend: crate::export::matrix_legend(matrix).iter().map(|words| phrases.say(words)).collect(),
    }
}

fn grid_row(items: &Items<'_>, matrix: &Matrix, row: &MatrixRow, has_grey: bool) -> GridRow {
    let phrases = &items.phrases;
    let mut cells = vec![GridCell { html: phrases.danish(&group(&row.group)), look: "" }];
    cells.extend(row.cells.iter().map(|cell| self::cell(items, cell)));
    if has_grey {
        let name = |(at, for_all): &(usize, bool)| {
            let title = matrix.columns.get(*at).map_or("", |(_, title)| title.as_str());
            phrases.danish(&format!("{title}{}", if *for_all { "" } else { "*" }))
        };
        let names: Vec<Html> = row.grey_zone.iter().map(name).collect();
        let look = if names.is_empty() { "" } else { "grey" };
        cells.push(GridCell { html: Html::joined(&names, ", "), look });
    }
    GridRow { id: None, cells, mentions: Vec::new() }
}

fn group(group: &MatrixGroup) -> String {
    match group.title.as_str() {
        "" => plain(&group.value),
        title if group.value.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("{} {title}", group.value)
        }
        title => title.to_owned(),
    }
}

fn cell(items: &Items<'_>, cell: &MatrixCell) -> GridCell {
    let (look, words) = match cell.grant {
        Some(Grant::Must) => ("must", text!(en: "must", da: "skal")),
        Some(Grant::Right) => ("right", text!(en: "right", da: "ret")),
        Some(Grant::May) => ("may", text!(en: "may", da: "kan")),
        Some(Grant::Forbidden) => ("forbidden", text!(en: "must not", da: "må ikke")),
        Some(Grant::None) => ("none", Text::same("–")),
        None => ("undecided", Text::same("?")),
    };
    let star = if cell.for_all || look == "none" { "" } else { "*" };
    GridCell { html: Html::text(&format!("{}{star}", items.say(&words))), look }
}
