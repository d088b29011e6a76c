//! What every format tells of a report as a whole: how much was found, what was looked at, what is not known and why.

use super::Report;
use super::words::one_line;
use crate::ground::{Day, Diagnostic, Open, Reason, Selection, Severity, Text, Window};
use crate::ground::{count, date_in_words, list, text};
use crate::known::Known;

/// What is gone of a baseline, told before the rest is left away.
const GONE_TOLD: usize = 5;

/// Open questions told before the rest is only counted.
const OPEN_TOLD: usize = 10;

/// The window of policies in which no date stands.
const NO_DATES: (Day, Day) = (0, 0);

/// `18 files checked from 1 January 2015 to 31 December 2019, seen from 1 June 2016`
pub(super) fn checked(report: &Report<'_>) -> Text {
    let files = report.sources.iter().count();
    let files = count(files, &text!(en: "file", da: "fil"), &text!(en: "files", da: "filer"));
    let Window { from, to } = report.window;
    let (first, last) = (date_in_words(from), date_in_words(to));
    let (da_files, da_first, da_last) = (&files.da, &first.da, &last.da);
    let (files, first, last) = (&files.en, &first.en, &last.en);
    let mut checked = if (from, to) == NO_DATES {
        text!(en: "{files} checked, no dates named", da: "{da_files} kontrolleret, ingen datoer nævnt")
    } else if from == to {
        text!(en: "{files} checked as of {first}", da: "{da_files} kontrolleret pr. {da_first}")
    } else {
        text!(en: "{files} checked from {first} to {last}", da: "{da_files} kontrolleret fra {da_first} til {da_last}")
    };
    if let Some(Text { en, da }) = report.reference_date.map(date_in_words) {
        checked.en.push_str(&format!(", seen from {en}"));
        checked.da.push_str(&format!(", set fra {da}"));
    }
    checked
}

/// What is to be said below the sum: which rules are not understood, what was left out, where to read on.
pub(super) fn remarks_below(report: &Report<'_>) -> Vec<Text> {
    let worst = report.findings.iter().rev().max_by_key(|finding| finding.severity);
    let more = worst.map(|worst| {
        let check = worst.check;
        text!(en: "what a check means: `hjemmel explain {check}`",
              da: "hvad en kontrol betyder: `hjemmel explain {check}`")
    });
    let remarks =
        [not_understood(report), left_out(&report.selection), turned_off(report), gone(report), more];
    remarks.into_iter().flatten().collect()
}

/// The same where what was known and is of the law is not told by itself.
pub(super) fn remarks(report: &Report<'_>) -> Vec<Text> {
    let told = |(check, about): (&str, String)| format!("{check} {about}");
    let known: Vec<String> = known_of_law(report).into_iter().map(told).collect();
    let Text { en, da } = known_all_the_same();
    let known = (!known.is_empty()).then(|| {
        let known = known.join("; ");
        text!(en: "{en}: {known}", da: "{da}: {known}")
    });
    known.into_iter().chain(remarks_below(report)).collect()
}

/// What was known although the law says otherwise: the check, and what it is about. It is told in every run.
pub(super) fn known_of_law<'r>(report: &'r Report<'_>) -> Vec<(&'r str, String)> {
    let old = report.compared.iter().flat_map(|compared| &compared.old).filter(|old| old.is_of_law);
    let told =
        |finding: &'r Diagnostic| (finding.check, about(&finding.module, &finding.support, &finding.about));
    old.map(|old| told(&old.finding)).collect()
}

pub(super) fn known_all_the_same() -> Text {
    text!(en: "known, though the law says otherwise", da: "kendt, selv om loven siger andet")
}

/// `Fjordby, mentor, varighed`
fn about(module: &Option<String>, support: &Option<String>, about: &Option<String>) -> String {
    let about: Vec<&str> = [module, support, about].into_iter().flatten().map(String::as_str).collect();
    one_line(&about.join(", "))
}

/// What was known and is no more.
fn gone(report: &Report<'_>) -> Option<Text> {
    let gone = &report.compared.as_ref()?.gone;
    let told = |one: &Known| format!("{} {}", one.check, about(&one.module, &one.support, &one.about));
    let mut list: Vec<String> = gone.iter().take(GONE_TOLD).map(told).collect();
    if gone.len() > list.len() {
        list.push("…".to_owned());
    }
    let list = list.join("; ");
    let is = text!(en: "known finding is", da: "kendt fund er");
    let Text { en, da } = count(gone.len(), &is, &text!(en: "known findings are", da: "kendte fund er"));
    (!gone.is_empty()).then(|| {
        text!(
            en: "{en} gone or reach less far ({list}): `--write-baseline` takes that out of the baseline",
            da: "{da} væk eller når mindre langt ({list}): `--write-baseline` tager det ud af baseline"
        )
    })
}

/// How much the configuration turned off.
fn turned_off(report: &Report<'_>) -> Option<Text> {
    let off = report.turned_off;
    let Text { en, da } = count(off, &text!(en: "finding", da: "fund"), &text!(en: "findings", da: "fund"));
    (off > 0).then(|| {
        text!(en: "{en} turned off by `severity` in hjemmel.toml",
              da: "{da} slået fra med `severity` i hjemmel.toml")
    })
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

/// Questions left open for one reason.
#[derive(Debug)]
pub(super) struct Unproven {
    pub(super) why: Text,
    /// as many as are told
    pub(super) questions: Vec<Text>,
}

/// What is open, by reason.
pub(super) fn unproven(report: &Report<'_>) -> Vec<Unproven> {
    let mut all = Vec::new();
    for reason in Reason::ALL {
        let open: Vec<&Open> = report.open.iter().filter(|open| open.reason == reason).collect();
        let told = if open.len() == OPEN_TOLD + 1 { open.len() } else { OPEN_TOLD };
        let mut questions: Vec<Text> = open.iter().take(told).map(|open| open.question()).collect();
        if let more @ 1.. = open.len().saturating_sub(told) {
            questions.push(text!(en: "and {more} more", da: "og {more} til"));
        }
        if !questions.is_empty() {
            all.push(Unproven { why: reason.in_words(), questions });
        }
    }
    all
}

/// What it means for the findings that something is open.
pub(super) fn meaning_of_unproven(report: &Report<'_>) -> Text {
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
    meaning
}

/// `2 errors, 1 warning and 3 notes`, leaving out what there is none of; of several reports together.
pub(super) fn sum(reports: &[Report<'_>]) -> Text {
    let of = |severity| reports.iter().map(|report| report.count(severity)).sum::<usize>();
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let numbers = severities.map(|severity| (of(severity), severity));
    let mut parts: Vec<Text> = numbers
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, of)| of.counted(number))
        .collect();
    let accepted: usize = reports.iter().map(|report| report.accepted.len()).sum();
    if accepted > 0 {
        parts.push(text!(en: "{accepted} accepted", da: "{accepted} accepteret"));
    }
    let compared = || reports.iter().filter_map(|report| report.compared.as_ref());
    match compared().map(|compared| compared.old.len()).sum() {
        0 => {}
        1 => parts.push(text!(en: "1 known", da: "1 kendt")),
        old => parts.push(text!(en: "{old} known", da: "{old} kendte")),
    }
    let en: Vec<&str> = parts.iter().map(|part| part.en.as_str()).collect();
    let da: Vec<&str> = parts.iter().map(|part| part.da.as_str()).collect();
    let mut sum = Text { en: list(&en).en, da: list(&da).da };
    if compared().count() > 0 && reports.iter().all(|report| report.findings.is_empty()) && !parts.is_empty()
    {
        sum = Text { en: format!("nothing new, {}", sum.en), da: format!("intet nyt, {}", sum.da) };
    }
    if parts.is_empty() {
        sum = text!(en: "nothing found", da: "ingen fund");
    }
    if !reports.iter().all(|report| report.proven) {
        sum.en.push_str(", but not everything is proven");
        sum.da.push_str(", men ikke alt er bevist");
    }
    sum
}
