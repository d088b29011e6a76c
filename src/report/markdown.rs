//! A page that a reviewer reads in a pull request: the sum, a table, and every finding folded, the gravest first. Never
//! larger than 64 KiB, which is what such pages hold; where it is cut, it says so.

mod escape;

use super::facts::{about, accepted_at, facts, fix_key, place, untied, why_accepted, worst_first};
use super::human::changes::{self, Change};
use super::statistics::{counted, heads};
use super::summary::{checked, meaning_of_unproven, remarks, sum, unproven};
use super::words::one_line;
use super::{Format, Look, Report};
use crate::ground::{Accepted, Diagnostic, Lang, Text, text};
use escape::{code, html, prose};
use std::fmt::Write;

pub(super) const FORMAT: Format = Format { name: "markdown", render, shows_fixes: true };

/// What a page holds, in bytes.
const LARGEST: usize = 64 * 1024 - 1;

/// What is kept free for the word that tells where the page is cut.
const LAST_WORD: usize = 400;

/// The part of a page that what is accepted may take.
const ACCEPTED: usize = 12 * 1024;

/// The part that the head may take: where workspaces are many, not all are described one by one.
const HEAD: usize = 24 * 1024;

/// Columns of the lines that a fix changes.
const WIDE: usize = 100;

/// Characters of a quotation.
const QUOTED: usize = 80;

fn render(reports: &[Report<'_>], look: Look) -> String {
    let lang = look.lang;
    let mut page = head(reports, lang);
    let accepted = all_accepted(reports, lang);
    let room = LARGEST.saturating_sub(page.len() + accepted.len() + LAST_WORD);
    let findings = worst_first(reports);
    let mut body = String::new();
    let mut told = 0;
    for (report, finding) in &findings {
        let folded = folded(report, finding, lang);
        if body.len() + folded.len() > room {
            break;
        }
        body.push_str(&folded);
        told += 1;
    }
    if !findings.is_empty() {
        let _ = writeln!(page, "### {}\n", text!(en: "Findings", da: "Fund").get(lang));
        page.push_str(&body);
    }
    let more = findings.len() - told;
    if more > 0 {
        let (all, most) = (findings.len(), LARGEST.div_ceil(1024));
        let word = text!(
            en: "**The page is cut here:** {more} of {all} findings, the least grave, are not on it, because it would \
                 be larger than {most} KiB. `hjemmel check` tells them all.",
            da: "**Her er siden skåret af:** {more} af {all} fund, de mindst alvorlige, står her ikke, fordi siden ville \
                 fylde mere end {most} KiB. `hjemmel check` melder dem alle."
        );
        let _ = writeln!(page, "{}\n", word.get(lang));
    }
    page.push_str(&accepted);
    while page.ends_with("\n\n") {
        page.pop();
    }
    page
}

/// The sum, what was looked at, what is not proven, and the table.
fn head(reports: &[Report<'_>], lang: Lang) -> String {
    let mut page = format!("## hjemmel: {}\n\n", sum(reports).get(lang));
    let mut left_out = 0;
    for report in reports {
        let mut lines = Vec::new();
        if let Some(folder) = &report.folder {
            lines.push(code(&one_line(folder)));
        }
        lines.push(prose(checked(report).get(lang)));
        lines.extend(remarks(report).iter().map(|remark| prose(remark.get(lang))));
        let mut part = lines.join("  \n");
        part.push_str("\n\n");
        if !report.proven {
            for open in unproven(report) {
                let key = text!(en: "not proven", da: "ikke bevist");
                let _ = writeln!(part, "**{}:** {}\n", key.get(lang), prose(open.why.get(lang)));
                for question in &open.questions {
                    let _ = writeln!(part, "- {}", prose(&one_line(question.get(lang))));
                }
                part.push('\n');
            }
            let _ = writeln!(part, "{}\n", prose(meaning_of_unproven(report).get(lang)));
        }
        if page.len() + part.len() > HEAD {
            left_out += 1;
        } else {
            page.push_str(&part);
        }
    }
    if left_out > 0 {
        let more = text!(en: "and {left_out} more workspaces", da: "og {left_out} regelsamlinger til");
        let _ = writeln!(page, "{}\n", more.get(lang));
    }
    table(&mut page, reports, lang);
    page
}

/// How many findings each check has, by severity; the gravest checks first.
fn table(page: &mut String, reports: &[Report<'_>], lang: Lang) {
    let rows = counted(reports, |finding| finding.check);
    if rows.is_empty() {
        return;
    }
    let heads = heads(lang).join(" | ");
    let _ = writeln!(page, "| {} | {heads} |", text!(en: "check", da: "kontrol").get(lang));
    page.push_str("|---|--:|--:|--:|--:|\n");
    for (check, counts) in rows {
        let shown =
            counts.columns().map(|number| if number == 0 { String::new() } else { number.to_string() });
        let _ = writeln!(page, "| {} | {} |", code(check), shown.join(" | "));
    }
    page.push('\n');
}

/// A finding behind one line.
fn folded(report: &Report<'_>, finding: &Diagnostic, lang: Lang) -> String {
    let word = finding.severity.in_words();
    let about = about(finding);
    let line = format!(
        "`{}` {}",
        finding.check,
        if about.is_empty() { String::new() } else { format!("· {about}") }
    );
    let mut page = format!(
        "<details><summary><b>{}</b> {}<br>{}</summary>\n\n",
        word.get(lang),
        html(line.trim_end()),
        html(&one_line(finding.message.get(lang)))
    );
    for label in &finding.labels {
        let words = one_line(report.sources.words(label.span));
        let mut words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() > QUOTED {
            words = words.chars().take(QUOTED).chain(['…']).collect();
        }
        let _ = write!(
            page,
            "- {} {}",
            code(&place(label, report.sources)),
            prose(&one_line(label.text.get(lang)))
        );
        if !words.is_empty() {
            let _ = write!(page, ": {}", code(&words));
        }
        page.push('\n');
    }
    page.push('\n');
    for fact in facts(finding) {
        let lines: Vec<String> = fact.lines.iter().map(|line| prose(&untied(line.get(lang)))).collect();
        let _ = writeln!(page, "**{}:** {}\n", fact.key.get(lang), lines.join("  \n"));
    }
    if !finding.fixes.is_empty() {
        let _ = writeln!(page, "**{}:**\n", fix_key(finding).get(lang));
        fix(&mut page, report, finding, lang);
    }
    page.push_str("</details>\n\n");
    page
}

/// The lines a fix changes, as a diff.
fn fix(page: &mut String, report: &Report<'_>, finding: &Diagnostic, lang: Lang) {
    let (changes, more) = changes::of(&finding.fixes, report.sources, None, WIDE);
    let longest = changes.iter().flat_map(|change| change.line.split(|c| c != '`')).map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let _ = writeln!(page, "{fence}diff");
    let mut at = "";
    for Change { place, comes, line } in &changes {
        if at != place {
            let _ = writeln!(page, "@@ {} @@", one_line(place));
            at = place;
        }
        let _ = writeln!(page, "{} {line}", if *comes { '+' } else { '-' });
    }
    let _ = writeln!(page, "{fence}\n");
    if more > 0 {
        let more = text!(en: "and {more} more lines", da: "og {more} linjer til");
        let _ = writeln!(page, "{}\n", more.get(lang));
    }
}

/// What is accepted, folded together.
fn all_accepted(reports: &[Report<'_>], lang: Lang) -> String {
    let of = |report| move |accepted| (report, accepted);
    let all: Vec<(&Report<'_>, &Accepted)> =
        reports.iter().flat_map(|report| report.accepted.iter().map(of(report))).collect();
    if all.is_empty() {
        return String::new();
    }
    let number = all.len();
    let head = text!(en: "{number} accepted", da: "{number} accepteret");
    let mut page = format!("<details><summary>{}</summary>\n\n", head.get(lang));
    for (told, (report, accepted)) in all.iter().enumerate() {
        let finding = &accepted.finding;
        let line = format!(
            "- {} {}: {} · {}\n",
            code(finding.check),
            prose(&about(finding)),
            prose(&why_accepted(accepted, lang)),
            code(&accepted_at(accepted, report.sources))
        );
        if page.len() + line.len() > ACCEPTED {
            let more = number - told;
            let Text { en, da } = text!(en: "and {more} more", da: "og {more} til");
            let _ = writeln!(page, "- {}", if lang == Lang::Da { da } else { en });
            break;
        }
        page.push_str(&line);
    }
    page.push_str("\n</details>\n");
    page
}
