//! What every format tells of a finding beside its message and its places: who it is about, one such citizen, the legal
//! basis, the next step and what it hides. In the words of the policy, with blanks at which no line should be broken.

use super::Report;
use super::words::one_line;
use crate::ground::{Accepted, Diagnostic, Hidden, Label, Lang, RegionBox, Sources, Text, Witness};
use crate::ground::{date_in_words, text};
use std::cmp::Reverse;

/// Boxes told before the rest is only counted.
const BOXES_TOLD: usize = 3;

/// Modules told in which an error hides something before the rest is only counted.
const HIDDEN_TOLD: usize = 3;

/// A blank that no line is broken at.
pub(super) const TIED: char = '\u{A0}';

/// One thing that is told of a finding.
#[derive(Debug)]
pub(super) struct Fact {
    /// `who`
    pub(super) key: Text,
    /// what there is to tell, one line each
    pub(super) lines: Vec<Text>,
}

/// All that is told of a finding, in the order in which it is told.
pub(super) fn facts(finding: &Diagnostic) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut tell = |key: Text, lines: Vec<Text>| facts.push(Fact { key, lines });
    if !finding.region.is_empty() {
        tell(text!(en: "who", da: "hvem"), who(&finding.region));
    }
    if let Some(citizen) = finding.witness.as_ref().and_then(example) {
        tell(text!(en: "example", da: "eksempel"), vec![Text::same(citizen)]);
    }
    if let Some(known) = &finding.known {
        tell(text!(en: "known", da: "kendt"), vec![known.clone()]);
    }
    if !finding.basis.is_empty() {
        tell(text!(en: "law", da: "hjemmel"), vec![Text::same(finding.basis.join("; "))]);
    }
    if let Some(help) = &finding.help {
        tell(text!(en: "help", da: "hjælp"), vec![help.clone()]);
    }
    if !finding.hides.is_empty() {
        let told = if finding.hides.len() == HIDDEN_TOLD + 1 { finding.hides.len() } else { HIDDEN_TOLD };
        let mut lines: Vec<Text> = finding.hides.iter().take(told).map(hidden).collect();
        if let more @ 1.. = finding.hides.len().saturating_sub(told) {
            lines.push(text!(en: "and the same of {more} more", da: "og det samme for {more} til"));
        }
        tell(text!(en: "hides", da: "skjuler"), lines);
    }
    facts
}

/// What the fix of a finding is called: one that is sure, or one a person must choose.
pub(super) fn fix_key(finding: &Diagnostic) -> Text {
    if finding.is_guess { text!(en: "guess", da: "gæt") } else { text!(en: "fix", da: "ret") }
}

/// Whom and what a finding is about: `Slagelse.Ungeafdelingen, udskrivningskoordinator`.
pub(super) fn about(finding: &Diagnostic) -> String {
    let about: Vec<&str> = finding.module.iter().chain(&finding.support).map(String::as_str).collect();
    one_line(&about.join(", "))
}

/// The facts as lines for formats that hold no more than text: `who: alder fra 18 til 29`.
pub(super) fn fact_lines(finding: &Diagnostic, lang: Lang) -> Vec<String> {
    let line = |fact: &Fact| {
        let lines: Vec<String> = fact.lines.iter().map(|line| untied(line.get(lang))).collect();
        format!("{}: {}", fact.key.get(lang), lines.join("; "))
    };
    facts(finding).iter().map(line).collect()
}

/// A text as one line whose blanks are ordinary ones.
pub(super) fn untied(text: &str) -> String {
    one_line(text).replace(TIED, " ")
}

/// `policies/lov/lab.hjemmel.md:56:41`
pub(super) fn place(label: &Label, sources: &Sources) -> String {
    let file = sources.file(label.span.file);
    let at = file.position(label.span.start);
    format!("{}:{}:{}", one_line(&file.name), at.line, at.column)
}

/// The places as lines: `policies/lov/lab.hjemmel.md:56:41: LAB.n2 · LAB § 31 b, stk. 2`.
pub(super) fn place_lines(finding: &Diagnostic, sources: &Sources, lang: Lang) -> Vec<String> {
    let line = |label: &Label| format!("{}: {}", place(label, sources), one_line(label.text.get(lang)));
    finding.labels.iter().map(line).collect()
}

/// Why a finding is accepted, and until when.
pub(super) fn why_accepted(accepted: &Accepted, lang: Lang) -> String {
    let mut why = one_line(&accepted.reason);
    if let Some(until) = accepted.until.map(date_in_words) {
        let until = until.get(lang);
        why.push_str(text!(en: " (until {until})", da: " (indtil {until})").get(lang));
    }
    why
}

/// Where a finding is accepted: `fjordby.hjemmel:12`.
pub(super) fn accepted_at(accepted: &Accepted, sources: &Sources) -> String {
    let file = sources.file(accepted.span.file);
    format!("{}:{}", one_line(&file.name), file.position(accepted.span.start).line)
}

/// The findings of all reports, the gravest first, each with its report; what is equally grave stays in order.
pub(super) fn worst_first<'r, 'a>(reports: &'r [Report<'a>]) -> Vec<(&'r Report<'a>, &'r Diagnostic)> {
    let of = |report: &'r Report<'a>| report.findings.iter().map(move |finding| (report, finding));
    let mut all: Vec<_> = reports.iter().flat_map(of).collect();
    all.sort_by_key(|(_, finding)| Reverse(finding.severity));
    all
}

/// The boxes of a region, one line each, in the words of the policy.
fn who(boxes: &[RegionBox]) -> Vec<Text> {
    let told = if boxes.len() == BOXES_TOLD + 1 { boxes.len() } else { BOXES_TOLD };
    let mut lines: Vec<Text> = Vec::new();
    for conditions in boxes.iter().take(told) {
        let line = if conditions.is_empty() {
            text!(en: "everyone", da: "alle")
        } else {
            let tied = |source: &str| {
                let source = source.replacen(' ', &TIED.to_string(), 2);
                source.replace(" til ", &format!(" til{TIED}"))
            };
            let sources: Vec<String> = conditions.iter().map(|condition| tied(&condition.source)).collect();
            match &sources[..] {
                [only] => Text::same(without_parentheses(only)),
                _ => Text::same(sources.join(&format!(" og{TIED}"))),
            }
        };
        lines.push(if lines.is_empty() { line } else { or(line) });
    }
    if let more @ 1.. = boxes.len().saturating_sub(told) {
        lines.push(text!(en: "and {more} more", da: "og {more} til"));
    }
    lines
}

/// What an error keeps from being asked, and of whom.
fn hidden(hidden: &Hidden) -> Text {
    let Text { en, da } = &hidden.message;
    match hidden.region.as_deref() {
        None => text!(en: "{en}, where the rules may apply", da: "{da}, hvor reglerne kan gælde"),
        Some([everyone]) if everyone.is_empty() => text!(en: "{en}, for everyone", da: "{da}, for alle"),
        Some(boxes) => {
            let lines = who(boxes);
            let all = |lang| lines.iter().map(|line| line.get(lang)).collect::<Vec<_>>().join("; ");
            let (those, de) = (all(Lang::En), all(Lang::Da));
            text!(en: "{en}, where {those}", da: "{da}, hvor {de}")
        }
    }
}

/// A condition that stands alone needs no parentheses around it.
fn without_parentheses(condition: &str) -> &str {
    let inner = condition.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.unwrap_or(condition)
}

fn or(line: Text) -> Text {
    Text { en: format!("or {}", line.en), da: format!("eller {}", line.da) }
}

/// One citizen by the facts the finding turns on, as a policy would write them.
fn example(witness: &Witness) -> Option<String> {
    let told: Vec<String> = witness
        .iter()
        .filter(|fact| fact.matters)
        .map(|fact| match fact.value.as_str() {
            "ja" => fact.fact.clone(),
            "nej" => format!("ikke{TIED}{}", fact.fact),
            value => format!("{}{TIED}{value}", fact.fact),
        })
        .collect();
    if told.is_empty() { None } else { Some(told.join(", ")) }
}
