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
        return examples(coverage, sources, page);
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
    let unshown = by_rule(coverage.items.iter().filter(|item| item.shown == Shown::ByNone));
    if !unshown.is_empty() {
        page.text.push('\n');
        page.line("", "", &text!(en: "shown by no example:", da: "vist af intet eksempel:"));
    }
    for ((span, rule), items) in unshown {
        page.line("  ", "", &Text::same(rule));
        page.line("    ", "", &Text::same(super::place(sources, span)));
        page.line("    ", "", &Text::same(listed(&items, lang)));
    }
    page.text
}

/// What is to be shown, under the rules it is about, in the order of the sources.
fn by_rule<'a>(
    items: impl Iterator<Item = &'a CoverageItem>,
) -> BTreeMap<(Span, &'a str), Vec<&'a CoverageItem>> {
    let mut rules: BTreeMap<(Span, &str), Vec<&CoverageItem>> = BTreeMap::new();
    for item in items {
        rules.entry((item.span, item.rule.as_str())).or_default().push(item);
    }
    rules
}

/// `the rule itself; alder 17; alder 30`
fn listed(items: &[&CoverageItem], lang: Lang) -> String {
    let word = |item: &&CoverageItem| match item.kind {
        CoverageKind::Rule => text!(en: "the rule itself", da: "reglen selv").get(lang).to_owned(),
        CoverageKind::Row => text!(en: "the row itself", da: "rækken selv").get(lang).to_owned(),
        CoverageKind::Boundary | CoverageKind::Exception => item.what.get(lang).to_owned(),
    };
    items.iter().map(word).collect::<Vec<_>>().join("; ")
}

fn examples(coverage: &Coverage, sources: &Sources, mut page: Page) -> String {
    page.comment(&text!(
        en: "What no example shows yet, as it is decided today: read each before you keep it.",
        da: "Det, intet eksempel viser endnu, som det afgøres i dag: læs hvert eksempel, før du beholder det."
    ));
    for example in &coverage.missing {
        page.text.push('\n');
        page.text.push_str(example);
    }
    if coverage.unwritten.is_empty() {
        return page.text;
    }
    page.text.push('\n');
    page.comment(&text!(
        en: "Of this no example can be written today: the rules contradict each other there, a part of a task is decided otherwise than the task, or a rule that cannot be read may have meant it.",
        da: "Om dette kan der ikke skrives et eksempel i dag: reglerne modsiger hinanden dér, en del af en opgave afgøres anderledes end opgaven, eller en regel, der ikke kan læses, kan have ment det."
    ));
    for ((span, rule), items) in by_rule(coverage.unwritten.iter()) {
        let (place, items) = (super::place(sources, span), listed(&items, page.lang));
        page.comment(&Text::same(format!("{rule} ({place}): {items}")));
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
