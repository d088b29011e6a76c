//! What stands below the quotations: who it is about, one such citizen, the legal basis, the next step; and, at the
//! end of the report, the sum of it all.

use super::changes::{self, Change};
use super::page::{Ink, Page, TIED, wrap};
use crate::ground::{
    Day, Diagnostic, Hidden, Lang, Open, Reason, RegionBox, Selection, Severity, Text, Window, Witness,
};
use crate::ground::{count, date_in_words, list, text};
use crate::report::Report;
use crate::report::words::{counted, one_line};
use unicode_width::UnicodeWidthStr;

/// Boxes told before the rest is only counted.
const BOXES_TOLD: usize = 3;

/// Modules told in which an error hides something before the rest is only counted.
const HIDDEN_TOLD: usize = 3;

/// Open questions told before the rest is only counted.
const OPEN_TOLD: usize = 10;

/// The window of policies in which no date stands.
const NO_DATES: (Day, Day) = (0, 0);

/// The lines below one finding.
pub(super) fn about(page: &mut Page, finding: &Diagnostic, report: &Report<'_>) {
    let mut entries: Vec<(Text, Vec<Text>)> = Vec::new();
    if !finding.region.is_empty() {
        entries.push((text!(en: "who", da: "hvem"), who(&finding.region)));
    }
    if let Some(citizen) = finding.witness.as_ref().and_then(example) {
        entries.push((text!(en: "example", da: "eksempel"), vec![Text::same(citizen)]));
    }
    if !finding.basis.is_empty() {
        entries.push((text!(en: "law", da: "hjemmel"), vec![Text::same(finding.basis.join("; "))]));
    }
    if let Some(help) = &finding.help {
        entries.push((text!(en: "help", da: "hjælp"), vec![help.clone()]));
    }
    if !finding.hides.is_empty() {
        let told = if finding.hides.len() == HIDDEN_TOLD + 1 { finding.hides.len() } else { HIDDEN_TOLD };
        let mut lines: Vec<Text> = finding.hides.iter().take(told).map(hidden).collect();
        if let more @ 1.. = finding.hides.len().saturating_sub(told) {
            lines.push(text!(en: "and the same of {more} more", da: "og det samme for {more} til"));
        }
        entries.push((text!(en: "hides", da: "skjuler"), lines));
    }
    let lang = page.look.lang;
    let fix = (!finding.fixes.is_empty())
        .then(|| if finding.is_guess { text!(en: "guess", da: "gæt") } else { text!(en: "fix", da: "ret") });
    let keys = entries.iter().map(|(key, _)| key).chain(&fix);
    let wide = keys.map(|key| key.get(lang).width()).max().unwrap_or(0) + 2;
    for (key, lines) in &entries {
        let mut key = format!("{}:", key.get(lang));
        key.push_str(&" ".repeat(wide.saturating_sub(key.width())));
        let deeper = if lines.len() > 1 { 2 } else { 0 };
        for line in lines {
            page.entry("  ", &key, Ink::Key, &one_line(line.get(lang)), deeper);
            key = " ".repeat(wide);
        }
    }
    if let Some(key) = fix {
        changes(page, finding, report, key.get(lang), wide);
    }
}

/// The lines a fix changes, before and after.
fn changes(page: &mut Page, finding: &Diagnostic, report: &Report<'_>, key: &str, wide: usize) {
    let home = finding.labels.first().map(|label| report.sources.file(label.span.file).name.as_str());
    let room = page.look.width.saturating_sub(wide + 2);
    let (changes, more) = changes::of(&finding.fixes, report.sources, home, room);
    let mut key = format!("{key}:{}", " ".repeat(wide.saturating_sub(key.width() + 1)));
    let places = changes.iter().map(|change| change.place.width()).max().unwrap_or(0);
    for Change { place, comes, line } in &changes {
        let (sign, ink) = if *comes { ('+', Ink::Comes) } else { ('-', Ink::Goes) };
        let blanks = " ".repeat(places.saturating_sub(place.width()));
        page.change(&key, &format!("{blanks}{place}"), ink, &format!("{sign} {line}"));
        key = " ".repeat(wide);
    }
    if more > 0 {
        let more = text!(en: "and {more} more lines", da: "og {more} linjer til");
        page.entry("  ", &key, Ink::Key, more.get(page.look.lang), 0);
    }
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

/// What was found and is accepted, one entry each.
pub(super) fn accepted(page: &mut Page, report: &Report<'_>) {
    if report.accepted.is_empty() {
        return;
    }
    let lang = page.look.lang;
    page.heading(text!(en: "accepted", da: "accepteret").get(lang), Ink::Key, "");
    for accepted in &report.accepted {
        let finding = &accepted.finding;
        let about: Vec<&str> = finding.module.iter().chain(&finding.support).map(String::as_str).collect();
        let mut why = accepted.reason.clone();
        if let Some(until) = accepted.until.map(date_in_words) {
            let until = until.get(lang);
            why.push_str(text!(en: " (until {until})", da: " (indtil {until})").get(lang));
        }
        let file = report.sources.file(accepted.span.file);
        let place = format!("{}:{}", one_line(&file.name), file.position(accepted.span.start).line);
        page.entry("  ", &format!("{} ", finding.check), Ink::Key, &one_line(&about.join(", ")), 0);
        page.entry("    ", "", Ink::Key, &format!("{} · {place}", one_line(&why)), 0);
    }
    page.line("");
}

/// The last lines of the report.
pub(super) fn summary(page: &mut Page, report: &Report<'_>) {
    let lang = page.look.lang;
    let files = report.sources.iter().count();
    let files = count(files, &text!(en: "file", da: "fil"), &text!(en: "files", da: "filer"));
    let Window { from, to } = report.window;
    let (first, last) = (date_in_words(from), date_in_words(to));
    let (files, first, last) = (files.get(lang), first.get(lang), last.get(lang));
    let checked = if (from, to) == NO_DATES {
        text!(en: "{files} checked, no dates named", da: "{files} kontrolleret, ingen datoer nævnt")
    } else if from == to {
        text!(en: "{files} checked as of {first}", da: "{files} kontrolleret pr. {first}")
    } else {
        text!(en: "{files} checked from {first} to {last}", da: "{files} kontrolleret fra {first} til {last}")
    };
    let mut checked = checked.get(lang).to_owned();
    if let Some(day) = report.reference_date.map(date_in_words) {
        let day = day.get(lang);
        checked.push_str(text!(en: ", seen from {day}", da: ", set fra {day}").get(lang));
    }
    let (mut sum, mut ink) = sum(report);
    if !report.proven {
        sum.en.push_str(", but not everything is proven");
        sum.da.push_str(", men ikke alt er bevist");
        ink = if report.worst() == Some(Severity::Error) { ink } else { Ink::Warning };
    }
    for line in wrap(sum.get(lang), page.look.width) {
        page.heading(&line, ink, "");
    }
    page.paragraph(&checked);
    if let Some(hidden) = not_understood(report) {
        page.paragraph(hidden.get(lang));
    }
    if let Some(left_out) = left_out(&report.selection) {
        page.paragraph(left_out.get(lang));
    }
    if let off @ 1.. = report.turned_off {
        let findings = count(off, &text!(en: "finding", da: "fund"), &text!(en: "findings", da: "fund"));
        let Text { en, da } = findings;
        let off = text!(en: "{en} turned off by `severity` in hjemmel.toml",
                        da: "{da} slået fra med `severity` i hjemmel.toml");
        page.paragraph(off.get(lang));
    }
    if let Some(worst) = report.findings.iter().rev().max_by_key(|finding| finding.severity) {
        let check = worst.check;
        let more = text!(en: "what a check means: `hjemmel explain {check}`",
                         da: "hvad en kontrol betyder: `hjemmel explain {check}`");
        page.paragraph(more.get(lang));
    }
    if !report.proven {
        not_proven(page, report);
    }
}

/// What is not told because some rules are not understood.
fn not_understood(report: &Report<'_>) -> Option<Text> {
    let (rules, covering) = (report.rules_with_errors, report.taken_as_covering);
    let hides = report.findings.iter().any(|finding| !finding.hides.is_empty());
    if rules == 0 || (covering == 0 && !hides) {
        return None;
    }
    let mut told = if rules == 1 {
        text!(en: "1 rule with an error is compared with nothing", da: "1 regel med fejl sammenlignes ikke med noget")
    } else {
        text!(en: "{rules} rules with errors are compared with nothing",
              da: "{rules} regler med fejl sammenlignes ikke med noget")
    };
    let covers = match covering {
        0 => text!(en: "", da: ""),
        1 if rules == 1 => text!(en: " and counts as covering", da: " og regnes som dækkende"),
        all if all == rules => text!(en: " and count as covering", da: " og regnes som dækkende"),
        1 => text!(en: ", and 1 of them counts as covering", da: ", og 1 af dem regnes som dækkende"),
        some => {
            text!(en: ", and {some} of them count as covering", da: ", og {some} af dem regnes som dækkende")
        }
    };
    told.en.push_str(&covers.en);
    told.da.push_str(&covers.da);
    if hides {
        told.en.push_str(": what that hides stands at each error");
        told.da.push_str(": hvad det skjuler, står ved hver fejl");
    }
    Some(told)
}

/// What was left out on the reader's own wish: the shorter way to say it.
fn left_out(selection: &Selection) -> Option<Text> {
    let quoted =
        |checks: &[&str]| -> Vec<String> { checks.iter().map(|check| format!("`{check}`")).collect() };
    if selection.left_out.is_empty() {
        return None;
    }
    let rest = list(&quoted(&selection.left_out));
    if selection.told.len() >= selection.left_out.len() {
        return Some(Text { en: format!("left out: {}", rest.en), da: format!("udeladt: {}", rest.da) });
    }
    let told = list(&quoted(&selection.told));
    Some(Text {
        en: format!("only {}; all other checks are left out", told.en),
        da: format!("kun {}; alle andre kontroller er udeladt", told.da),
    })
}

/// Names what is open, and says what that means for what was found.
fn not_proven(page: &mut Page, report: &Report<'_>) {
    let lang = page.look.lang;
    for reason in Reason::ALL {
        let open: Vec<&Open> = report.open.iter().filter(|open| open.reason == reason).collect();
        let told = if open.len() == OPEN_TOLD + 1 { open.len() } else { OPEN_TOLD };
        let mut lines: Vec<Text> = open.iter().take(told).map(|open| open.question()).collect();
        if let more @ 1.. = open.len().saturating_sub(told) {
            lines.push(text!(en: "and {more} more", da: "og {more} til"));
        }
        if !lines.is_empty() {
            let key = text!(en: "not proven: ", da: "ikke bevist: ");
            let why = reason.in_words();
            page.entry("", key.get(lang), Ink::Warning, why.get(lang), 0);
        }
        for line in lines {
            page.entry("  ", "", Ink::Key, &one_line(line.get(lang)), 2);
        }
    }
    let mut meaning = if report.findings.is_empty() {
        text!(en: "there may be something to find", da: "der kan være noget at finde")
    } else {
        text!(en: "what stands above is true, but there may be more to find",
              da: "det, der står ovenfor, er rigtigt, men der kan være mere at finde")
    };
    if report.open.iter().any(|open| open.reason == Reason::Budget) {
        meaning.en.push_str("; try again with a larger `--budget`");
        meaning.da.push_str("; prøv igen med en større `--budget`");
    }
    page.paragraph(meaning.get(lang));
}

/// `2 errors, 1 warning and 3 notes`, leaving out what there is none of.
fn sum(report: &Report<'_>) -> (Text, Ink) {
    let mut parts = Vec::new();
    let mut worst = Ink::Key;
    for severity in [Severity::Note, Severity::Warning, Severity::Error] {
        let number = report.count(severity);
        if number > 0 {
            parts.insert(0, counted(number, severity));
            worst = Ink::of(severity);
        }
    }
    if !report.accepted.is_empty() {
        let number = report.accepted.len();
        parts.push(text!(en: "{number} accepted", da: "{number} accepteret"));
    }
    if parts.is_empty() {
        return (text!(en: "nothing found", da: "ingen fund"), worst);
    }
    let en: Vec<&str> = parts.iter().map(|part| part.en.as_str()).collect();
    let da: Vec<&str> = parts.iter().map(|part| part.da.as_str()).collect();
    (Text { en: list(&en).en, da: list(&da).da }, worst)
}
