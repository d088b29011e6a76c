//! Everything a report knows, for programs. The shape is a promise: `docs/report.schema.json` describes it, and
//! `format_version` rises when it changes. Columns count characters.

use super::{Format, Look, Report};
use crate::ground::{
    Accepted, Condition, Diagnostic, Edit, Hidden, Label, Open, Position, Reason, Region, Severity, Sources,
    Text, Witness, iso_date,
};
use crate::known::Compared;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

pub(super) const FORMAT: Format = Format { name: "json", render, shows_fixes: true };

const FORMAT_VERSION: u32 = 1;

fn render(reports: &[Report<'_>], _look: Look) -> String {
    let about = match reports {
        [report] if report.folder.is_none() => About::One(Box::new(Told::new(report))),
        _ => About::Several { workspaces: reports.iter().map(Told::new).collect() },
    };
    let page = Page {
        format_version: FORMAT_VERSION,
        tool: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        about,
    };
    let mut page = serde_json::to_string_pretty(&page).unwrap_or_default();
    page.push('\n');
    page
}

#[derive(Serialize)]
struct Page<'a> {
    format_version: u32,
    tool: &'static str,
    version: &'static str,
    #[serde(flatten)]
    about: About<'a>,
}

/// One workspace, or those below a folder.
#[derive(Serialize)]
#[serde(untagged)]
enum About<'a> {
    One(Box<Told<'a>>),
    Several { workspaces: Vec<Told<'a>> },
}

/// What is told of one workspace.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    folder: Option<&'a str>,
    reference_date: Option<String>,
    window: Window,
    summary: Summary,
    left_out: &'a [&'static str],
    open: Vec<Question<'a>>,
    findings: Vec<Finding<'a>>,
    accepted: Vec<Known<'a>>,
    baseline: Option<Baseline<'a>>,
}

impl<'a> Told<'a> {
    fn new(report: &'a Report<'_>) -> Self {
        Told {
            folder: report.folder.as_deref(),
            reference_date: report.reference_date.map(iso_date),
            window: Window { from: iso_date(report.window.from), to: iso_date(report.window.to) },
            summary: Summary {
                errors: report.count(Severity::Error),
                warnings: report.count(Severity::Warning),
                notes: report.count(Severity::Note),
                accepted: report.accepted.len(),
                turned_off: report.turned_off,
                rules_with_errors: report.rules_with_errors,
                proven: report.proven,
            },
            left_out: &report.selection.left_out,
            open: report.open.iter().map(Question::new).collect(),
            findings: report.findings.iter().map(|finding| Finding::new(finding, report.sources)).collect(),
            accepted: report.accepted.iter().map(|accepted| Known::new(accepted, report.sources)).collect(),
            baseline: report.compared.as_ref().map(|compared| Baseline::new(compared, report.sources)),
        }
    }
}

#[derive(Serialize)]
struct Window {
    from: String,
    to: String,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    accepted: usize,
    turned_off: usize,
    rules_with_errors: usize,
    proven: bool,
}

#[derive(Serialize)]
struct Question<'a> {
    checks: &'a [&'static str],
    reason: &'static str,
    message: Sentence,
}

/// Words that were made for this page.
#[derive(Serialize)]
struct Sentence {
    da: String,
    en: String,
}

impl<'a> Question<'a> {
    fn new(open: &'a Open) -> Self {
        let Text { da, en } = open.message();
        let reason = match open.reason {
            Reason::Budget => "budget",
            Reason::Boxes => "boxes",
            Reason::Disagreement => "disagreement",
        };
        Question { checks: &open.checks, reason, message: Sentence { da, en } }
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    check: &'a str,
    severity: &'static str,
    module: Option<&'a str>,
    support: Option<&'a str>,
    message: Words<'a>,
    rules: &'a [String],
    basis: &'a [String],
    labels: Vec<Place<'a>>,
    region: Vec<Vec<Test<'a>>>,
    #[serde(serialize_with = "in_order")]
    witness: Option<&'a Witness>,
    help: Option<Words<'a>>,
    fix: Option<Fix<'a>>,
    about: Option<&'a str>,
    known: Option<Words<'a>>,
    hides: Vec<Unasked<'a>>,
    fingerprint: String,
}

/// A finding that is accepted, why and where.
#[derive(Serialize)]
struct Known<'a> {
    reason: &'a str,
    until: Option<String>,
    file: &'a str,
    start: At,
    end: At,
    finding: Finding<'a>,
}

impl<'a> Known<'a> {
    fn new(accepted: &'a Accepted, sources: &'a Sources) -> Self {
        let file = sources.file(accepted.span.file);
        let (start, end) = (file.position(accepted.span.start), file.position(accepted.span.end));
        Known {
            reason: &accepted.reason,
            until: accepted.until.map(iso_date),
            file: &file.name,
            start: start.into(),
            end: end.into(),
            finding: Finding::new(&accepted.finding, sources),
        }
    }
}

/// What was known before.
#[derive(Serialize)]
struct Baseline<'a> {
    old: Vec<Finding<'a>>,
    gone: Vec<Gone<'a>>,
}

#[derive(Serialize)]
struct Gone<'a> {
    check: &'a str,
    module: Option<&'a str>,
    support: Option<&'a str>,
    about: Option<&'a str>,
}

impl<'a> Baseline<'a> {
    fn new(compared: &'a Compared, sources: &'a Sources) -> Self {
        let gone = compared.gone.iter().map(|known| Gone {
            check: &known.check,
            module: known.module.as_deref(),
            support: known.support.as_deref(),
            about: known.about.as_deref(),
        });
        let old = compared.old.iter().map(|old| Finding::new(&old.finding, sources));
        Baseline { old: old.collect(), gone: gone.collect() }
    }
}

#[derive(Serialize)]
pub(super) struct Words<'a> {
    da: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    start: At,
    end: At,
    text: Words<'a>,
}

#[derive(Serialize)]
struct At {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Test<'a> {
    fact: &'a str,
    op: &'static str,
    values: &'a [String],
}

impl<'a> Finding<'a> {
    fn new(finding: &'a Diagnostic, sources: &'a Sources) -> Self {
        Finding {
            check: finding.check,
            severity: finding.severity.name(),
            module: finding.module.as_deref(),
            support: finding.support.as_deref(),
            message: (&finding.message).into(),
            rules: &finding.rules,
            basis: &finding.basis,
            labels: finding.labels.iter().map(|label| Place::new(label, sources)).collect(),
            region: boxes(&finding.region),
            witness: finding.witness.as_ref(),
            help: finding.help.as_ref().map(Words::from),
            fix: Fix::of(finding, sources),
            about: finding.about.as_deref(),
            known: finding.known.as_ref().map(Words::from),
            hides: finding.hides.iter().map(Unasked::from).collect(),
            fingerprint: finding.fingerprint(),
        }
    }
}

/// What is not asked because of an error.
#[derive(Serialize)]
struct Unasked<'a> {
    module: &'a str,
    rules: &'a [String],
    checks: &'a [&'static str],
    places: &'a [String],
    supports: Option<&'a [String]>,
    region: Option<Vec<Vec<Test<'a>>>>,
    message: Words<'a>,
}

impl<'a> From<&'a Hidden> for Unasked<'a> {
    fn from(hidden: &'a Hidden) -> Self {
        Unasked {
            module: &hidden.module,
            rules: &hidden.rules,
            checks: &hidden.checks,
            places: &hidden.places,
            supports: hidden.supports.as_deref(),
            region: hidden.region.as_ref().map(boxes),
            message: (&hidden.message).into(),
        }
    }
}

/// A region as a list of boxes.
fn boxes(region: &Region) -> Vec<Vec<Test<'_>>> {
    region.iter().map(|conditions| conditions.iter().map(Test::from).collect()).collect()
}

/// Changes that belong together, each in place of what stands from `start` to `end`.
#[derive(Serialize)]
struct Fix<'a> {
    sure: bool,
    edits: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    file: &'a str,
    start: At,
    end: At,
    text: &'a str,
}

impl<'a> Fix<'a> {
    fn of(finding: &'a Diagnostic, sources: &'a Sources) -> Option<Self> {
        let change = |edit: &'a Edit| {
            let file = sources.file(edit.span.file);
            let (start, end) = (file.position(edit.span.start), file.position(edit.span.end));
            Change { file: &file.name, start: start.into(), end: end.into(), text: &edit.text }
        };
        let edits: Vec<Change<'a>> = finding.fixes.iter().map(change).collect();
        (!edits.is_empty()).then_some(Fix { sure: !finding.is_guess, edits })
    }
}

impl<'a> Place<'a> {
    fn new(label: &'a Label, sources: &'a Sources) -> Self {
        let file = sources.file(label.span.file);
        let (start, end) = (file.position(label.span.start), file.position(label.span.end));
        Place { file: &file.name, start: start.into(), end: end.into(), text: (&label.text).into() }
    }
}

impl<'a> From<&'a Text> for Words<'a> {
    fn from(text: &'a Text) -> Self {
        Words { da: &text.da, en: &text.en }
    }
}

impl From<Position> for At {
    fn from(position: Position) -> Self {
        At { line: position.line, column: position.column }
    }
}

impl<'a> From<&'a Condition> for Test<'a> {
    fn from(condition: &'a Condition) -> Self {
        Test { fact: &condition.fact, op: condition.comparison.name(), values: &condition.values }
    }
}

/// A witness as one object whose keys keep the order of the facts.
fn in_order<S: Serializer>(witness: &Option<&Witness>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(witness) = witness else { return serializer.serialize_none() };
    let mut map = serializer.serialize_map(Some(witness.len()))?;
    for fact in *witness {
        map.serialize_entry(&fact.fact, &fact.value)?;
    }
    map.end()
}
