//! The formats that other programs read, each held against its own validator: whatever the findings say, the document is
//! a valid one, and every format tells the same. `tests/formats/README.md` says where the schemas come from.

mod github;
mod gitlab;
mod junit;
mod markdown;
mod sarif;
mod tap;

use hjemmel::report::{Look, Report, format, formats, statistics};
use hjemmel::{Diagnostic, FileId, Lang, Options, Selection, Severity, SourceFile, Span, Text, Workspace};
use std::fs;
use std::path::Path;

const CASE: [&str; 2] = ["kommuner/sønder å.hjemmel.md", "lov.hjemmel"];

/// The formats for programs, and the page for reviewers.
const FOREIGN: [&str; 6] = ["sarif", "markdown", "github", "gitlab", "junit", "tap"];

/// The texts of `tests/formats/case/`.
fn texts() -> Vec<(String, String)> {
    let read = |name: &&str| fs::read_to_string(Path::new("tests/formats/case").join(name)).unwrap();
    CASE.iter().map(|name| ((*name).to_owned(), read(name))).collect()
}

fn workspace_of(texts: Vec<(String, String)>, options: Options) -> Workspace {
    Workspace::new(texts.into_iter().map(|(name, text)| SourceFile::new(name, text)).collect(), options)
}

/// What the program reports of a workspace.
fn report(workspace: &Workspace) -> Report<'_> {
    Report::new(workspace, workspace.prove_fixes(workspace.check()))
}

fn written(name: &str, reports: &[Report<'_>], lang: Lang) -> String {
    (format(name).unwrap().render)(reports, Look::plain(lang))
}

fn both(words: &str) -> Text {
    Text::same(words)
}

/// A workspace of one text, and findings in it that hold all that a format could stumble over.
fn awkward() -> (Workspace, Vec<Diagnostic>) {
    const NASTY: &str = "]]> <b>&amp;</b> `a|b` `løs \" ' \\ % %0A #1 ##[error]x :: , [x](1) *_~ \u{1b}[31m \u{0} \u{202e} 🐟 æøå\r\n::error::x\n...\n---\n";
    let workspace = Workspace::new(
        vec![SourceFile::new("mappe/::error,a:b 100%.hjemmel", format!("# {NASTY}regel x {{\r\n}}\r\n"))],
        Options::default(),
    );
    let end = workspace.sources().file(FileId(0)).text.len();
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let mut findings = Vec::new();
    for severity in severities {
        let mut finding = Diagnostic::new("syntax-error", severity, both(NASTY))
            .label(Span::new(FileId(0), 2, end), both(NASTY))
            .label(Span::new(FileId(0), end, end), both(""))
            .help(both(NASTY))
            .fix(Span::new(FileId(0), 2, 40), NASTY);
        finding.module = Some(NASTY.to_owned());
        finding.basis = vec![NASTY.to_owned()];
        findings.push(finding);
        findings.push(Diagnostic::new("gap", severity, both("et fund uden sted")));
    }
    (workspace, findings)
}

/// Runs of every kind, by name: each must give a valid document in every format.
fn every_kind_of_run(check: impl Fn(&str, &[Report<'_>])) {
    let workspace = workspace_of(texts(), Options::default());
    check("the case", &[report(&workspace)]);
    let clean = workspace_of(vec![("tom.hjemmel".to_owned(), String::new())], Options::default());
    check("nothing found", &[report(&clean)]);
    let mut options = Options::default();
    options.budget = 0;
    let hurried = workspace_of(texts(), options);
    check("not proven", &[report(&hurried)]);
    let (odd, findings) = awkward();
    let mut checked = odd.check();
    checked.findings = findings;
    check("awkward", &[Report::new(&odd, checked)]);
    let mut selected = workspace.check();
    selected =
        selected.select(Selection { told: vec!["undercut"], left_out: vec!["gap", "silent-term", "unused"] });
    check("selected", &[Report::new(&workspace, selected)]);
    let folder = |workspace, folder: &str| {
        let mut report = report(workspace);
        report.folder = Some(folder.to_owned());
        report
    };
    check(
        "several workspaces",
        &[folder(&workspace, "en"), folder(&workspace, "to"), folder(&hurried, "tre å")],
    );
    let mut lenient = report(&workspace);
    lenient.fails_from = None;
    check("nothing fails", &[lenient]);
    check("with a baseline", &[against_half(&workspace)]);
}

/// A report beside a baseline that knows every second finding.
fn against_half(workspace: &Workspace) -> Report<'_> {
    let known: Vec<_> = workspace.known(&workspace.check()).into_iter().step_by(2).collect();
    Report::new(workspace, workspace.against(workspace.prove_fixes(workspace.check()), &known))
}

#[test]
fn each_format_looks_right() {
    let workspace = workspace_of(texts(), Options::default());
    let report = [report(&workspace)];
    for name in FOREIGN {
        for (lang, code) in [(Lang::Da, "da"), (Lang::En, "en")] {
            let page = crate::cli::without_version(&written(name, &report, lang));
            let page = if name == "sarif" { sarif::without_rules(&page) } else { page };
            crate::snapshot(Path::new("tests/formats"), &format!("{name}.{code}"), &page);
        }
    }
}

#[test]
fn every_document_ends_a_line_and_holds_no_control_character() {
    every_kind_of_run(|kind, reports| {
        for format in formats() {
            for lang in [Lang::Da, Lang::En] {
                let page = (format.render)(reports, Look::plain(lang));
                let odd = page.chars().find(|c| c.is_control() && *c != '\n');
                assert_eq!(odd, None, "{kind} as {}", format.name);
                let may_be_empty = format.name == "short";
                assert!(page.ends_with('\n') || may_be_empty && page.is_empty(), "{kind} as {}", format.name);
            }
        }
    });
}

#[test]
fn all_formats_tell_the_same() {
    let workspace = workspace_of(texts(), Options::default());
    let report = [report(&workspace)];
    let squeezed =
        |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['`', '\\'], "");
    for lang in [Lang::Da, Lang::En] {
        let decoded = [
            ("sarif", sarif::strings(&written("sarif", &report, lang))),
            ("markdown", markdown::text(&written("markdown", &report, lang))),
            ("github", github::text(&written("github", &report, lang))),
            ("gitlab", sarif::strings(&written("gitlab", &report, lang))),
            ("junit", junit::text(&written("junit", &report, lang))),
            ("tap", tap::text(&written("tap", &report, lang))),
        ];
        for (name, text) in decoded {
            let text = squeezed(&text);
            for finding in &report[0].findings {
                let help = finding.help.as_ref().map(|help| help.get(lang)).unwrap_or_default();
                let who = finding.region.iter().flatten().map(|condition| condition.source.as_str());
                let told = [finding.check, finding.message.get(lang), help];
                let about = finding.module.iter().chain(&finding.support).map(String::as_str);
                for words in told.into_iter().chain(about).chain(who) {
                    assert!(text.contains(&squeezed(words)), "{name} does not tell `{words}`:\n{text}");
                }
            }
            for accepted in &report[0].accepted {
                assert!(text.contains(&squeezed(&accepted.reason)), "{name} does not tell what is accepted");
            }
        }
    }
}

/// Fingerprints of the findings as a format has them.
fn fingerprints(name: &str, texts: Vec<(String, String)>) -> Vec<String> {
    let workspace = workspace_of(texts, Options::default());
    let page: serde_json::Value =
        serde_json::from_str(&written(name, &[report(&workspace)], Lang::Da)).unwrap();
    let (all, pointer) = match name {
        "sarif" => (&page["runs"][0]["results"], "/partialFingerprints/hjemmelFinding~1v1"),
        _ => (&page, "/fingerprint"),
    };
    let of = |entry: &serde_json::Value| entry.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    all.as_array().unwrap().iter().map(of).collect()
}

#[test]
fn a_fingerprint_outlives_edits_elsewhere() {
    for name in ["sarif", "gitlab"] {
        let before = fingerprints(name, texts());
        let mut moved = texts();
        for (_, text) in &mut moved {
            *text = format!("# Nyt øverst\n\n{}", text.replace("| m1    |", "|  m1   |"));
        }
        moved[1].1.push_str("\nstøtte bil \"Bil\"\n");
        let after = fingerprints(name, moved);
        assert_eq!(after.len(), before.len() + 1, "{name}: one more unused word");
        let lost: Vec<&String> = before.iter().filter(|one| !after.contains(one)).collect();
        assert_eq!(lost, [""; 0], "{name}");
        let mut unique = after.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), after.len(), "{name}");
    }
}

#[test]
fn statistics_count_what_the_report_tells() {
    let schema = fs::read_to_string("docs/statistics.schema.json").unwrap();
    let schema = jsonschema::draft202012::new(&serde_json::from_str(&schema).unwrap()).unwrap();
    let form = |name: &str| statistics().iter().find(|form| form.name == name).unwrap().render;
    every_kind_of_run(|kind, reports| {
        let page: serde_json::Value =
            serde_json::from_str(&form("json")(reports, Look::plain(Lang::Da))).unwrap();
        let broken: Vec<String> = schema.iter_errors(&page).map(|error| error.to_string()).collect();
        assert_eq!(broken, [""; 0], "{kind}");
        let rows = page["statistics"].as_array().unwrap();
        for (name, severity) in
            [("errors", Severity::Error), ("warnings", Severity::Warning), ("notes", Severity::Note)]
        {
            let told: usize = reports.iter().map(|report| report.count(severity)).sum();
            let rows: u64 = rows.iter().map(|row| row[name].as_u64().unwrap()).sum();
            assert_eq!(
                (page["totals"][name].as_u64(), rows),
                (Some(told as u64), told as u64),
                "{kind}: {name}"
            );
        }
        for width in [40, 80] {
            for lang in [Lang::Da, Lang::En] {
                let page = form("human")(reports, Look::plain(lang).width(width));
                // a module of the awkward run is one long word
                let wide = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > width;
                let broken: Vec<&str> = page.lines().filter(|_| kind != "awkward").filter(wide).collect();
                assert_eq!(broken, [""; 0], "{kind}");
            }
        }
    });
}
