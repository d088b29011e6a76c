//! Workflow commands, read back the way GitHub's runner reads them.

use super::{both, every_kind_of_run, written};
use hjemmel::report::Report;
use hjemmel::{Diagnostic, FileId, Lang, Options, Severity, SourceFile, Span, Workspace};
use std::collections::BTreeMap;

/// A command as the runner understands it.
#[derive(Debug)]
struct Command {
    kind: String,
    properties: BTreeMap<String, String>,
    data: String,
}

fn unescaped(text: &str) -> String {
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

/// The runner takes a line as a command that begins with two colons, blanks or not before them.
fn command(line: &str) -> Option<Command> {
    let (head, data) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (kind, properties) = head.split_once(' ').unwrap_or((head, ""));
    let property = |part: &str| {
        let (name, value) = part.split_once('=').unwrap();
        let value = value.replace("%3A", ":").replace("%2C", ",");
        (name.to_owned(), unescaped(&value))
    };
    let properties = properties.split(',').filter(|part| !part.is_empty()).map(property).collect();
    Some(Command { kind: kind.to_owned(), properties, data: unescaped(data) })
}

/// What a reader sees: the annotations with their titles, and the lines of the log.
pub(super) fn text(page: &str) -> String {
    let seen = |line: &str| match command(line) {
        Some(command) => {
            format!("{}\n{}", command.properties.get("title").cloned().unwrap_or_default(), command.data)
        }
        None => line.to_owned(),
    };
    page.lines().map(seen).collect::<Vec<_>>().join("\n")
}

const KINDS: [(&str, Severity); 3] =
    [("error", Severity::Error), ("warning", Severity::Warning), ("notice", Severity::Note)];

#[test]
fn every_line_is_a_command_that_is_known_or_none() {
    every_kind_of_run(|kind, reports| {
        let page = written("github", reports, Lang::Da);
        let mut open = false;
        for line in page.lines() {
            // a command of the first version is found anywhere in a line
            assert!(command(line).is_some() || !line.contains("##["), "{kind}: {line}");
            let Some(command) = command(line) else { continue };
            match command.kind.as_str() {
                "group" => open = true,
                "endgroup" => open = false,
                _ => {
                    assert!(KINDS.iter().any(|(name, _)| *name == command.kind), "{kind}: {line}");
                    assert!(
                        !command.data.is_empty() && command.properties.contains_key("title"),
                        "{kind}: {line}"
                    );
                    for (name, value) in &command.properties {
                        match name.as_str() {
                            "line" | "endLine" | "col" | "endColumn" => {
                                assert!(value.parse::<usize>().unwrap() > 0, "{kind}: {line}");
                            }
                            "file" => assert!(
                                reports
                                    .iter()
                                    .flat_map(|r| r.sources.iter())
                                    .any(|(_, file)| file.name == *value),
                                "{kind}: {line}"
                            ),
                            name => assert_eq!(name, "title", "{kind}: {line}"),
                        }
                    }
                }
            }
        }
        assert!(!open, "{kind}: a group is left open");
    });
}

#[test]
fn ten_of_a_kind_the_gravest_first_and_the_rest_in_the_log() {
    let workspace =
        Workspace::new(vec![SourceFile::new("a.hjemmel", "regel\n".repeat(60))], Options::default());
    let mut checked = workspace.check();
    let numbers = [(Severity::Note, 11), (Severity::Error, 12), (Severity::Warning, 4)];
    checked.findings = numbers
        .iter()
        .flat_map(|(severity, number)| (0..*number).map(move |at| (*severity, at)))
        .map(|(severity, at)| {
            let start = at * 6;
            let span = Span::new(FileId(0), start, start + 5);
            Diagnostic::new("gap", severity, both(&format!("{severity:?} {at}."))).label(span, both(""))
        })
        .collect();
    let reports = [Report::new(&workspace, checked)];
    let page = written("github", &reports, Lang::En);
    let commands: Vec<Command> = page.lines().filter_map(command).collect();
    let kinds: Vec<&str> = commands.iter().map(|command| command.kind.as_str()).collect();
    let annotations: Vec<&str> = kinds.iter().copied().filter(|kind| !kind.contains("group")).collect();
    assert_eq!(annotations, [vec!["error"; 10], vec!["warning"; 4], vec!["notice"; 10]].concat());
    for finding in &reports[0].findings {
        assert!(page.contains(&finding.message.en), "{}", finding.message.en);
    }
    assert!(page.contains("3 of them are not annotated"), "{page}");
    let fewer = page.lines().filter(|line| line.starts_with("a.hjemmel:"));
    assert_eq!(fewer.count(), 3, "{page}");
}
