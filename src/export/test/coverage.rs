//! What examples show of the rules, in plain lines: how much of each kind, then what nothing shows.

use super::Page;
use crate::ground::{Lang, Sources, Span, Text, text};
use crate::queries::{Coverage, CoverageItem, CoverageKind, Shown};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// Coverage as text of some width. With `missing` the examples that are ready to paste stand alone, after a line
/// that says where they come from.
pub fn coverage_page(
    coverage: &Coverage,
    sources: &Sources,
    lang: Lang,
    width: usize,
    missing: bool,
) -> String {
    let mut page = Page { text: String::new(), lang, width };
    if missing {
        return examples(coverage, page);
    }
    let percent = coverage.percent();
    page.line("", "", &text!(en: "the examples show {percent} %", da: "eksemplerne viser {percent} %"));
    let names = CoverageKind::ALL.map(|kind| name(kind).get(lang).to_owned());
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    for (kind, name) in CoverageKind::ALL.into_iter().zip(names) {
        let (shown, all) = coverage.count(kind);
        let gap = " ".repeat(widest - name.width());
        if all > 0 {
            page.line(
                "  ",
                "",
                &text!(en: "{name}{gap}  {shown} of {all}", da: "{name}{gap}  {shown} af {all}"),
            );
        }
    }
    let nobody = coverage.items.iter().filter(|item| item.shown == Shown::OfNobody).count();
    if nobody > 0 {
        let words = text!(
            en: "{nobody} more can be shown by no citizen there can be",
            da: "{nobody} mere kan ingen borger, der kan findes, vise"
        );
        page.line("  ", "", &words);
    }
    let mut rules: BTreeMap<(Span, &str), Vec<&CoverageItem>> = BTreeMap::new();
    for item in coverage.items.iter().filter(|item| item.shown == Shown::ByNone) {
        rules.entry((item.span, item.rule.as_str())).or_default().push(item);
    }
    if !rules.is_empty() {
        page.text.push('\n');
        page.line("", "", &text!(en: "shown by no example:", da: "vist af intet eksempel:"));
    }
    for ((span, rule), items) in rules {
        page.line("  ", "", &Text::same(rule));
        page.line("    ", "", &Text::same(super::place(sources, span)));
        page.line("    ", "", &Text::same(unshown(&items, lang)));
    }
    page.text
}

/// `the rule itself; alder 17; alder 30`
fn unshown(items: &[&CoverageItem], lang: Lang) -> String {
    let word = |item: &&CoverageItem| match item.kind {
        CoverageKind::Rule => text!(en: "the rule itself", da: "reglen selv").get(lang).to_owned(),
        CoverageKind::Row => text!(en: "the row itself", da: "rækken selv").get(lang).to_owned(),
        CoverageKind::Boundary | CoverageKind::Exception => item.what.get(lang).to_owned(),
    };
    items.iter().map(word).collect::<Vec<_>>().join("; ")
}

fn examples(coverage: &Coverage, mut page: Page) -> String {
    let head = text!(
        en: "# What no example shows yet, as it is decided today: read each before you keep it.",
        da: "# Det, intet eksempel viser endnu, som det afgøres i dag: læs hvert eksempel, før du beholder det."
    );
    page.text.push_str(head.get(page.lang));
    page.text.push('\n');
    for example in &coverage.missing {
        page.text.push('\n');
        page.text.push_str(example);
    }
    page.text
}

fn name(kind: CoverageKind) -> Text {
    match kind {
        CoverageKind::Rule => text!(en: "rules", da: "regler"),
        CoverageKind::Row => text!(en: "rows", da: "rækker"),
        CoverageKind::Boundary => text!(en: "boundaries", da: "grænser"),
        CoverageKind::Exception => text!(en: "exceptions", da: "undtagelser"),
    }
}
