//! SARIF 2.1.0, the form of OASIS in which tools tell what they found: a run for each workspace, with every check as a
//! rule. Columns count UTF-16 units, as the file says (`columnKind`). What is accepted is a suppressed result, what a
//! baseline knows an `unchanged` one; what is not proven is told by the invocation, which then did not succeed.

mod place;
mod result;
mod tool;

use super::identity::Identities;
use super::{Format, Look, Report};
use crate::checks::checks;
use crate::ground::{Card, Lang, Reason};
use place::{ArtifactLocation, artifact};
use result::{Outcome, accepted, found, old};
use serde::Serialize;
use tool::{Component, Message, RuleReference, other};

pub(super) const FORMAT: Format = Format { name: "sarif", render, shows_fixes: true };

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn render(reports: &[Report<'_>], look: Look) -> String {
    let cards = checks();
    let runs = reports.iter().map(|report| Run::new(report, &cards, look.lang)).collect();
    let log = Log { schema: SCHEMA, version: "2.1.0", runs };
    let mut page = serde_json::to_string_pretty(&log).unwrap_or_default();
    page.push('\n');
    page
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: Vec<Run<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    language: &'static str,
    translations: [Component<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    automation_details: Option<Automation>,
    column_kind: &'static str,
    invocations: [Invocation<'a>; 1],
    artifacts: Vec<Artifact>,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Component<'a>,
}

/// What tells the runs of one file apart for those who keep them: without it a second run would replace the first.
#[derive(Serialize)]
struct Automation {
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    rule_configuration_overrides: Vec<Override<'a>>,
    tool_execution_notifications: Vec<Notification>,
}

/// A check that was left out.
#[derive(Serialize)]
struct Override<'a> {
    descriptor: RuleReference<'a>,
    configuration: Enabled,
}

#[derive(Serialize)]
struct Enabled {
    enabled: bool,
}

#[derive(Serialize)]
struct Notification {
    descriptor: NotificationReference,
    level: &'static str,
    message: Message,
}

#[derive(Serialize)]
struct NotificationReference {
    id: &'static str,
    index: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    location: ArtifactLocation,
    roles: [&'static str; 1],
    source_language: &'static str,
    encoding: &'static str,
}

impl<'a> Run<'a> {
    fn new(report: &'a Report<'_>, cards: &'a [Card], lang: Lang) -> Self {
        let mut names = Identities::default();
        let mut results: Vec<Outcome<'a>> =
            report.findings.iter().map(|finding| found(finding, report, cards, &mut names, lang)).collect();
        let known = report.compared.iter().flat_map(|compared| &compared.old);
        results.extend(known.map(|known| old(&known.finding, report, cards, &mut names, lang)));
        results.extend(report.accepted.iter().map(|known| accepted(known, report, cards, &mut names, lang)));
        let overrides = report.selection.left_out.iter().map(|check| Override {
            descriptor: RuleReference::to(check, cards),
            configuration: Enabled { enabled: false },
        });
        let notifications = report.open.iter().map(|open| Notification {
            descriptor: NotificationReference {
                id: tool::notification(open.reason),
                index: Reason::ALL.iter().position(|reason| *reason == open.reason).unwrap_or_default(),
            },
            level: "error",
            message: Message { text: open.message().get(lang).to_owned() },
        });
        let artifacts = report.sources.iter().map(|(_, file)| Artifact {
            location: artifact(&file.name),
            roles: ["analysisTarget"],
            source_language: if file.name.ends_with(".md") { "markdown" } else { "hjemmel" },
            encoding: "UTF-8",
        });
        Run {
            tool: Tool { driver: Component::driver(cards, lang) },
            language: tool::code(lang),
            translations: [Component::translation(cards, other(lang))],
            automation_details: report
                .folder
                .as_ref()
                .map(|folder| Automation { id: format!("{}/{folder}/", env!("CARGO_PKG_NAME")) }),
            column_kind: "utf16CodeUnits",
            invocations: [Invocation {
                execution_successful: report.proven,
                rule_configuration_overrides: overrides.collect(),
                tool_execution_notifications: notifications.collect(),
            }],
            artifacts: artifacts.collect(),
            results,
        }
    }
}
