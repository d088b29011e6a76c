//! A finding as a result: the words in the reader's language, the places, the fix where it is sure, and whether the
//! policies accept it.

use super::place::{ArtifactLocation, PhysicalLocation, Region, in_file, physical, region};
use super::tool::{Message, index, level};
use crate::ground::{Accepted, Card, Diagnostic, Label, Lang, Span, Text, iso_date, text};
use crate::report::Report;
use crate::report::facts::{fact_lines, why_accepted};
use crate::report::identity::Identities;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    kind: &'static str,
    level: &'static str,
    /// with a baseline: whether it is `new` or `unchanged`
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    message: Message,
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints,
    /// empty where nothing is accepted: SARIF asks for it in every result where one has it
    suppressions: Vec<Suppression<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    fully_qualified_name: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "hjemmelFinding/v1")]
    finding: String,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: String,
    location: Location<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Until>,
}

#[derive(Serialize)]
struct Until {
    until: String,
}

/// Changes that belong together.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Message,
    artifact_changes: Vec<ArtifactChange>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

/// What SARIF has no place for.
#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    module: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    support: Option<&'a str>,
    basis: &'a [String],
    /// the message in both languages
    message: Words<'a>,
    /// a fix that a person must choose
    #[serde(skip_serializing_if = "Option::is_none")]
    guess: Option<Fix>,
}

#[derive(Serialize)]
struct Words<'a> {
    da: &'a str,
    en: &'a str,
}

/// A finding.
pub(super) fn found<'a>(
    finding: &'a Diagnostic,
    report: &'a Report<'_>,
    cards: &[Card],
    names: &mut Identities,
    lang: Lang,
) -> Outcome<'a> {
    let mut places = finding.labels.iter().enumerate().map(|(number, label)| {
        let id = (number > 0).then_some(number);
        located(label, id, report, lang)
    });
    let mut locations: Vec<Location<'a>> = places.by_ref().take(1).collect();
    for location in &mut locations {
        location.logical_locations = finding
            .rules
            .iter()
            .map(|rule| LogicalLocation { fully_qualified_name: rule, kind: "declaration" })
            .collect();
    }
    let fix = fix(finding, report, lang);
    let (fixes, guess) = if finding.is_guess { (None, fix) } else { (fix, None) };
    let Text { en, da } = &finding.message;
    Outcome {
        rule_id: finding.check,
        rule_index: index(finding.check, cards),
        kind: "fail",
        level: level(finding.severity),
        baseline_state: report.compared.is_some().then_some("new"),
        message: Message { text: words(finding, lang) },
        locations,
        related_locations: places.collect(),
        partial_fingerprints: Fingerprints { finding: names.once(finding.fingerprint()) },
        suppressions: Vec::new(),
        fixes: fixes.into_iter().collect(),
        properties: Properties {
            module: finding.module.as_deref(),
            support: finding.support.as_deref(),
            basis: &finding.basis,
            message: Words { da, en },
            guess,
        },
    }
}

/// A finding that the baseline knows.
pub(super) fn old<'a>(
    finding: &'a Diagnostic,
    report: &'a Report<'_>,
    cards: &[Card],
    names: &mut Identities,
    lang: Lang,
) -> Outcome<'a> {
    Outcome { baseline_state: Some("unchanged"), ..found(finding, report, cards, names, lang) }
}

/// A finding that the policies accept, which is no news.
pub(super) fn accepted<'a>(
    accepted: &'a Accepted,
    report: &'a Report<'_>,
    cards: &[Card],
    names: &mut Identities,
    lang: Lang,
) -> Outcome<'a> {
    let place = Location {
        id: None,
        physical_location: physical(accepted.span, report.sources),
        logical_locations: Vec::new(),
        message: None,
    };
    let suppression = Suppression {
        kind: "inSource",
        status: "accepted",
        justification: why_accepted(accepted, lang),
        location: place,
        properties: accepted.until.map(|day| Until { until: iso_date(day) }),
    };
    let found = found(&accepted.finding, report, cards, names, lang);
    let baseline_state = report.compared.is_some().then_some("unchanged");
    Outcome { suppressions: vec![suppression], baseline_state, ..found }
}

/// The message, which stands alone where there is room for one sentence, and what there is to tell below it.
fn words(finding: &Diagnostic, lang: Lang) -> String {
    let mut lines = vec![format!("{}.", finding.message.get(lang))];
    lines.extend(fact_lines(finding, lang));
    // what stands in brackets would be read as a link
    lines.join("\n").replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn located<'a>(label: &Label, id: Option<usize>, report: &Report<'_>, lang: Lang) -> Location<'a> {
    Location {
        id,
        physical_location: physical(label.span, report.sources),
        logical_locations: Vec::new(),
        message: Some(Message { text: label.text.get(lang).to_owned() })
            .filter(|words| !words.text.is_empty()),
    }
}

fn fix(finding: &Diagnostic, report: &Report<'_>, lang: Lang) -> Option<Fix> {
    let mut by_file: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for edit in &finding.fixes {
        by_file.entry(edit.span.file).or_default().push(edit);
    }
    let change = |edits: Vec<&crate::ground::Edit>| ArtifactChange {
        artifact_location: in_file(edits.first().map_or(Span::default(), |edit| edit.span), report.sources),
        replacements: edits
            .iter()
            .map(|edit| Replacement {
                deleted_region: region(edit.span, report.sources),
                inserted_content: Message { text: edit.text.clone() },
            })
            .collect(),
    };
    let help = finding.help.clone();
    let description =
        help.unwrap_or_else(|| text!(en: "the change that mends it", da: "ændringen, der retter det"));
    let artifact_changes: Vec<ArtifactChange> = by_file.into_values().map(change).collect();
    (!artifact_changes.is_empty())
        .then(|| Fix { description: Message { text: description.get(lang).to_owned() }, artifact_changes })
}
