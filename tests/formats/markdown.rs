//! The page for reviewers, read by a CommonMark parser.

use super::{both, every_kind_of_run, written};
use hjemmel::report::Report;
use hjemmel::{Diagnostic, FileId, Lang, Options, Severity, SourceFile, Span, Workspace};
use pulldown_cmark::{Event, Options as Extensions, Parser, Tag};

/// What a page holds.
const LARGEST: usize = 64 * 1024;

fn events(page: &str) -> Vec<Event<'_>> {
    Parser::new_ext(page, Extensions::ENABLE_TABLES).collect()
}

/// What a reader sees, without marks and tags.
pub(super) fn text(page: &str) -> String {
    let mut seen = String::new();
    for event in events(page) {
        match event {
            Event::Text(text) | Event::Code(text) => seen.push_str(&text),
            Event::Html(tags) | Event::InlineHtml(tags) => {
                let mut rest = &*tags;
                while let Some((before, tag)) = rest.split_once('<') {
                    seen.push_str(before);
                    if tag.starts_with("br") {
                        seen.push(' ');
                    }
                    rest = tag.split_once('>').map_or("", |(_, rest)| rest);
                }
                seen.push_str(rest);
            }
            Event::SoftBreak | Event::HardBreak | Event::End(_) => seen.push(' '),
            _ => {}
        }
    }
    seen.replace("&lt;", "<").replace("&gt;", ">").replace("&#96;", "`").replace("&amp;", "&")
}

/// The tags on a page, in order.
fn tags(page: &str) -> Vec<String> {
    let html = events(page).into_iter().filter_map(|event| match event {
        Event::Html(tags) | Event::InlineHtml(tags) => Some(tags.to_string()),
        _ => None,
    });
    let html: String = html.collect();
    html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn no_text_is_read_as_marks() {
    every_kind_of_run(|kind, reports| {
        for lang in [Lang::Da, Lang::En] {
            let page = written("markdown", reports, lang);
            assert!(page.len() < LARGEST, "{kind}");
            const OURS: [&str; 9] =
                ["details", "/details", "summary", "/summary", "b", "/b", "code", "/code", "br"];
            let foreign: Vec<String> =
                tags(&page).into_iter().filter(|tag| !OURS.contains(&tag.as_str())).collect();
            assert_eq!(foreign, [""; 0], "{kind}: {page}");
            let mut depth = 0;
            for tag in tags(&page) {
                depth += match tag.as_str() {
                    "details" => 1,
                    "/details" => -1,
                    _ => 0,
                };
                assert!((0..=1).contains(&depth), "{kind}: {page}");
            }
            assert_eq!(depth, 0, "{kind}");
            let read = events(&page);
            let number = |wanted: fn(&Tag<'_>) -> bool| {
                read.iter().filter(|event| matches!(event, Event::Start(tag) if wanted(tag))).count()
            };
            let findings: usize = reports.iter().map(|report| report.findings.len()).sum();
            let accepted: usize = reports.iter().map(|report| report.accepted.len()).sum();
            assert_eq!(
                number(|tag| matches!(tag, Tag::Link { .. } | Tag::Image { .. })),
                0,
                "{kind}: {page}"
            );
            assert_eq!(number(|tag| matches!(tag, Tag::Emphasis)), 0, "{kind}: {page}");
            assert_eq!(
                number(|tag| matches!(tag, Tag::Heading { .. })),
                1 + usize::from(findings > 0),
                "{kind}"
            );
            let tables = usize::from(findings + accepted > 0);
            assert_eq!(number(|tag| matches!(tag, Tag::Table(_))), tables, "{kind}: {page}");
            let folds = tags(&page).iter().filter(|tag| *tag == "details").count();
            assert_eq!(folds, findings + usize::from(accepted > 0), "{kind}");
        }
    });
}

#[test]
fn a_page_that_is_too_long_is_cut_and_says_so() {
    let workspace = Workspace::new(vec![SourceFile::new("a.hjemmel", "regel\n")], Options::default());
    let mut checked = workspace.check();
    let finding = |number: usize| {
        let severity = if number == 999 { Severity::Error } else { Severity::Note };
        let words = format!("fund nummer {number}. {}", "æ".repeat(50));
        Diagnostic::new("gap", severity, both(&words)).label(Span::new(FileId(0), 0, 5), both("her"))
    };
    checked.findings = (0..1000).map(finding).collect();
    let report = [Report::new(&workspace, checked)];
    let cut = [(Lang::Da, "Her er siden skåret af:"), (Lang::En, "The page is cut here:")];
    for (lang, words) in cut {
        let page = written("markdown", &report, lang);
        assert!(page.len() < LARGEST && page.len() > LARGEST * 9 / 10, "{} bytes", page.len());
        let told = tags(&page).iter().filter(|tag| *tag == "details").count();
        let more = 1000 - told;
        assert!(page.contains(words) && page.contains(&format!("{more} ")), "{page}");
        assert!(page.contains("fund nummer 999."), "the gravest is told, wherever it stands");
        assert_eq!(tags(&page).iter().filter(|tag| *tag == "/details").count(), told);
    }
}
