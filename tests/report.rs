//! The look of a report, on findings made by hand: two files in one finding, rows wider than the page, letters wider
//! than a column. The checks' own words are shown in the cases.

use hjemmel::report::{Look, Report, format};
use hjemmel::{
    Comparison, Condition, Diagnostic, FileId, Lang, Options, RegionBox, Severity, SourceFile, Span, Text,
    WitnessFact, Workspace,
};
use std::path::Path;
use unicode_width::UnicodeWidthStr;

const LAB: &str = "lov LAB \"Lov om en aktiv beskæftigelsesindsats\" {\n}\n\nregel n2 {\n    hjemmel   LAB § 31 b, stk. 2\n    \
                   når       i-målgruppen og udskrives-fra-psykiatrisk\n    \
                   ret til   udskrivningskoordinator med varighed mindst 6 måneder\n}\n";

const SLAGELSE: &str = "# Serviceniveau\n\n```hjemmel\ntabel unge {\n    \
    | regel | støtte                  | når                                                                          | grad         | timer | varighed     | forlængelse | \"Opgaver\" |\n    \
    |-------|-------------------------|------------------------------------------------------------------------------|--------------|-------|--------------|-------------|-----------|\n    \
    | s7    | udskrivningskoordinator | udskrives-fra-psykiatrisk                                                    | Skal         | 1-3   | 3 måneder    |             | Støtte den unge i overgangen fra indlæggelse til egen bolig, skole eller job |\n}\n```\n";

fn both(en: &str, da: &str) -> Text {
    let mut text = Text::same(en);
    text.da = da.to_owned();
    text
}

fn workspace(files: &[(&str, &str)]) -> Workspace {
    Workspace::new(
        files.iter().map(|(name, text)| SourceFile::new(*name, *text)).collect(),
        Options::default(),
    )
}

/// Where some words stand.
fn place(workspace: &Workspace, file: &str, words: &str) -> Span {
    let (id, file) = workspace.sources().iter().find(|(_, found)| found.name == file).unwrap();
    let start = file.text.find(words).unwrap();
    Span::new(id, start, start + words.len())
}

fn told(workspace: &Workspace, findings: Vec<Diagnostic>, look: Look) -> String {
    written("human", workspace, findings, look)
}

fn written(name: &str, workspace: &Workspace, findings: Vec<Diagnostic>, look: Look) -> String {
    let mut checked = workspace.check();
    checked.findings = findings;
    (format(name).unwrap().render)(&[Report::new(workspace, checked)], look)
}

fn condition(fact: &str, comparison: Comparison, values: &[&str], source: &str) -> Condition {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Condition { fact: fact.to_owned(), comparison, values, source: source.to_owned() }
}

fn witness(facts: &[(&str, &str, bool)]) -> Vec<WitnessFact> {
    let fact = |(fact, value, matters): &(&str, &str, bool)| WitnessFact {
        fact: (*fact).to_owned(),
        value: (*value).to_owned(),
        matters: *matters,
    };
    facts.iter().map(fact).collect()
}

/// The finding the product is judged by.
fn undercut(workspace: &Workspace) -> Diagnostic {
    let mut finding = Diagnostic::new(
        "undercut",
        Severity::Error,
        both(
            "`Slagelse.unge.s7` gives `varighed` 3 måneder, while `LAB.n2` gives at least 6 måneder",
            "`Slagelse.unge.s7` giver `varighed` 3 måneder, mens `LAB.n2` giver mindst 6 måneder",
        ),
    )
    .label(
        place(workspace, "policies/slagelse.hjemmel.md", "3 måneder"),
        both("the municipality gives 3 måneder", "kommunen giver 3 måneder"),
    )
    .label(
        place(workspace, "policies/lab.hjemmel", "varighed mindst 6 måneder"),
        both("the law gives at least 6 måneder", "loven giver mindst 6 måneder"),
    )
    .help(both(
        "write `mindst 6 måneder` in the row, or leave the cell empty so that the law decides",
        "skriv `mindst 6 måneder` i rækken, eller lad cellen stå tom, så loven afgør det",
    ));
    finding.module = Some("Slagelse.Ungeafdelingen".to_owned());
    finding.support = Some("udskrivningskoordinator".to_owned());
    finding.rules = vec!["LAB.n2".to_owned(), "Slagelse.unge.s7".to_owned()];
    finding.basis = vec!["LAB § 31 b".to_owned(), "LAB § 31 b, stk. 2".to_owned()];
    finding.region = vec![region_box(18)];
    finding.witness = Some(witness(&[
        ("dato", "2015-09-01", true),
        ("alder", "24", true),
        ("enlig-forsørger", "nej", false),
        ("målgruppe", "2.13", true),
        ("udskrives-fra-psykiatrisk", "ja", true),
        ("kan-deltage-i-tilbud", "nej", true),
    ]));
    finding
}

fn region_box(age: u32) -> RegionBox {
    vec![
        condition(
            "alder",
            Comparison::Between,
            &[&age.to_string(), "29"],
            &format!("alder fra {age} til 29"),
        ),
        condition(
            "ydelse",
            Comparison::Is,
            &["uddannelseshjælp", "kontanthjælp"],
            "ydelse er uddannelseshjælp, kontanthjælp",
        ),
        condition("udskrives-fra-psykiatrisk", Comparison::Is, &["ja"], "udskrives-fra-psykiatrisk"),
    ]
}

#[test]
fn two_files_in_one_finding_look_right() {
    let workspace = workspace(&[("policies/lab.hjemmel", LAB), ("policies/slagelse.hjemmel.md", SLAGELSE)]);
    let mut many = undercut(&workspace);
    many.severity = Severity::Warning;
    many.region = (18..25).map(region_box).collect();
    many.help = None;
    let mut everyone = undercut(&workspace);
    everyone.severity = Severity::Note;
    everyone.region = vec![Vec::new()];
    everyone.labels.truncate(1);
    let findings = vec![undercut(&workspace), many, everyone];
    let english = told(&workspace, findings.clone(), Look::plain(Lang::En));
    let danish = told(&workspace, findings.clone(), Look::plain(Lang::Da));
    if std::env::var("SHOW").is_ok() {
        println!("{}", told(&workspace, findings, Look::plain(Lang::Da).color(true)));
    }
    crate::snapshot(Path::new("tests/report"), "two_files", &format!("{english}\n── dansk ──\n\n{danish}"));
}

#[test]
fn letters_of_every_width_are_underlined_where_they_stand() {
    let wide = "\tregel  æøå\t(👩 日本語) e\u{301}n\r\nkort\u{200b}\r\n\u{1b}[31mrødt\u{202e} og\u{7}\r\n";
    let workspace = workspace(&[("wide.hjemmel", wide)]);
    let label = |words: &str| place(&workspace, "wide.hjemmel", words);
    let end = Span::new(FileId(0), wide.len(), wide.len());
    let finding = Diagnostic::new("odd-letters", Severity::Error, both("letters", "bogstaver"))
        .label(label("日本語"), both("double width", "dobbelt bredde"))
        .label(label("e\u{301}n"), both("combining", "sammensat"))
        .label(label("æøå"), both("two bytes each", "to byte hver"))
        .label(label("kort"), both("plain", "enkelt"))
        .label(label("rødt\u{202e} og"), both("turned", "vendt"))
        .label(end, both("the end", "slutningen"));
    let nowhere =
        Diagnostic::new("nowhere", Severity::Note, both("a finding without a place", "et fund uden sted"));
    let english = told(&workspace, vec![finding, nowhere], Look::plain(Lang::En));
    crate::snapshot(Path::new("tests/report"), "letters", &english);
}

#[test]
fn nothing_is_wider_than_the_page() {
    let mut state: usize = 7;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below.max(1)
    };
    let pieces = [
        "a",
        "ordene ",
        " | ",
        "æ",
        "\t",
        "日本",
        "👩",
        "e\u{301}",
        "      ",
        "\n",
        "\r\n",
        "et-langt-ord-",
        "\u{200d}",
    ];
    for _ in 0..2_000 {
        let text: String = (0..random(300)).map(|_| pieces[random(pieces.len())]).collect();
        let workspace = workspace(&[("en/mappe/regler.hjemmel", &text)]);
        let mut finding = Diagnostic::new("any", Severity::Error, both("a message", "en besked"));
        for _ in 0..random(7) {
            let start = random(text.len() + 1);
            let end = start + random(60);
            let words = "et par ord ".repeat(random(10));
            finding = finding.label(Span::new(FileId(0), start, end), both(&words, &words));
        }
        let page = told(&workspace, vec![finding], Look::plain(Lang::Da));
        for line in page.lines() {
            let columns: usize =
                line.chars().map(|c| unicode_width::UnicodeWidthChar::width(c).unwrap_or(0)).sum();
            assert!(columns <= 80 && line.width() <= 80, "{columns} columns: {line}\n{page}");
        }
    }
}

#[test]
fn json_keeps_the_promised_shape() {
    let workspace = workspace(&[("policies/lab.hjemmel", LAB), ("policies/slagelse.hjemmel.md", SLAGELSE)]);
    let bare = Diagnostic::new("syntax-error", Severity::Note, both("nothing more", "intet mere"));
    let page = written("json", &workspace, vec![undercut(&workspace), bare], Look::plain(Lang::En));
    assert_eq!(broken_promises(&page), Vec::<String>::new());
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    crate::snapshot(Path::new("tests/report"), "json", &page.replace(&version, "\"version\": \"…\""));
    let wrong = page.replace("\"proven\"", "\"proved\"");
    assert!(broken_promises(&wrong).len() >= 2, "the schema is closed");
}

#[test]
fn json_of_several_workspaces_keeps_the_promised_shape() {
    let workspaces =
        [workspace(&[("a/lab.hjemmel", LAB)]), workspace(&[("b/slagelse.hjemmel.md", SLAGELSE)])];
    let reports: Vec<Report<'_>> = ["a", "b"]
        .iter()
        .zip(&workspaces)
        .map(|(folder, workspace)| {
            let mut report = Report::new(workspace, workspace.check());
            report.folder = Some((*folder).to_owned());
            report
        })
        .collect();
    let page = (format("json").unwrap().render)(&reports, Look::plain(Lang::En));
    assert_eq!(broken_promises(&page), Vec::<String>::new());
    let wrong = page.replace("\"workspaces\"", "\"findings\"");
    assert_ne!(broken_promises(&wrong), Vec::<String>::new());
    let wrong = page.replace("\"proven\"", "\"proved\"");
    assert_ne!(broken_promises(&wrong), Vec::<String>::new());
}

/// Where a page does not have the shape of `docs/report.schema.json`.
pub(crate) fn broken_promises(page: &str) -> Vec<String> {
    let schema = serde_json::from_str(&std::fs::read_to_string("docs/report.schema.json").unwrap()).unwrap();
    let page = serde_json::from_str(page).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    schema.iter_errors(&page).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn short_is_one_line_for_each_finding() {
    let workspace = workspace(&[("policies/lab.hjemmel", LAB), ("policies/slagelse.hjemmel.md", SLAGELSE)]);
    let nowhere = Diagnostic::new("any", Severity::Warning, both("two\nlines", "to\nlinjer"));
    let findings = vec![undercut(&workspace), nowhere];
    assert_eq!(
        written("short", &workspace, findings, Look::plain(Lang::Da)),
        "advarsel[any] to linjer\npolicies/slagelse.hjemmel.md:7:143: fejl[undercut] `Slagelse.unge.s7` giver `varighed` \
         3 måneder, mens `LAB.n2` giver mindst 6 måneder\n"
    );
}

/// A note on one of many supports.
fn note(workspace: &Workspace, number: usize) -> Diagnostic {
    let mut note = undercut(workspace);
    note.severity = Severity::Note;
    note.support = Some(format!("støtte-{number}"));
    note.message = both(&format!("more of {number}"), &format!("mere af {number}"));
    note
}

#[test]
fn many_that_are_alike_are_told_together_and_none_is_lost() {
    let workspace = workspace(&[("policies/lab.hjemmel", LAB), ("policies/slagelse.hjemmel.md", SLAGELSE)]);
    let error = undercut(&workspace);
    let of = |notes: usize, look: Look| {
        let notes = (0..notes).map(|number| note(&workspace, number));
        told(&workspace, notes.chain([error.clone()]).collect(), look)
    };
    let heads = |page: &str| page.lines().filter(|line| line.contains("[undercut]")).count();
    assert_eq!(heads(&of(19, Look::plain(Lang::En))), 20, "no more than a reader reads");
    let page = of(20, Look::plain(Lang::En));
    assert_eq!(heads(&page), 2, "the notes together, the error by itself:\n{page}");
    for number in 0..20 {
        let (message, name) = (format!("more of {number} "), format!("`støtte-{number}`"));
        assert!(page.contains(message.trim_end()) || page.contains(&name), "{number}:\n{page}");
    }
    assert!(page.contains("and 15 more, on "), "{page}");
    assert_eq!(heads(&of(20, Look::plain(Lang::Da).each(true))), 21);
}
