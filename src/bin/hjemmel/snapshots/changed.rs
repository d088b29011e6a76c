//! What a snapshot says otherwise than the policies now mean: for whom, then line by line.

use hjemmel::Lang;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;
use std::time::Duration;

/// Longer than this no difference is thought about; after it, larger pieces are shown as changed.
const PATIENCE: Duration = Duration::from_secs(5);

/// A part of a page: what it is about, and its lines.
type Part<'a> = (&'a str, Vec<&'a str>);

/// What was said and is meant now, row by row, and the lines of both.
pub(crate) fn changed(name: &str, stands: &str, meant: &str, lang: Lang) -> String {
    let (was, is) = (parts(stands), parts(meant));
    let mut page = String::new();
    let mut headings: Vec<&str> = was.iter().chain(&is).map(|(heading, _)| *heading).collect();
    headings.sort_unstable();
    headings.dedup();
    let of = |parts: &[Part<'_>], heading: &str| -> Vec<String> {
        let own = parts.iter().find(|(other, _)| *other == heading);
        own.map(|(_, lines)| told(lines)).unwrap_or_default()
    };
    let (before, now) = match lang {
        Lang::Da => ("før", "nu "),
        Lang::En => ("before", "now   "),
    };
    for heading in headings.into_iter().filter(|heading| !heading.is_empty()) {
        let (was, is) = (of(&was, heading), of(&is, heading));
        if was == is {
            continue;
        }
        let _ = writeln!(page, "  {heading}");
        for row in was.iter().filter(|row| !is.contains(row)) {
            let _ = writeln!(page, "    {before}  {row}");
        }
        for row in is.iter().filter(|row| !was.contains(row)) {
            let _ = writeln!(page, "    {now}  {row}");
        }
    }
    page.push('\n');
    page + &lines(name, stands, meant)
}

/// The lines that differ, as git shows them.
fn lines(name: &str, stands: &str, meant: &str) -> String {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(stands, meant);
    let mut page = format!("--- {name}\n+++ {name}\n");
    for hunk in diff.unified_diff().context_radius(1).iter_hunks() {
        let _ = writeln!(page, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let _ = writeln!(page, "{sign}{}", change.value().trim_end_matches('\n'));
        }
    }
    page
}

/// The parts of a page by their headings; before the first one nothing is said of a citizen.
fn parts(page: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = vec![("", Vec::new())];
    for line in page.lines() {
        let heading = line.strip_prefix("## ").or_else(|| line.strip_prefix("### "));
        match (heading, parts.last_mut()) {
            (Some(heading), _) => parts.push((heading, Vec::new())),
            (None, Some((_, lines))) if !line.is_empty() => lines.push(line),
            _ => {}
        }
    }
    parts
}

/// The rows of a table as sentences; other lines as they are.
fn told(lines: &[&str]) -> Vec<String> {
    let mut heads: Vec<&str> = Vec::new();
    let mut told = Vec::new();
    for line in lines {
        let Some(cells) = cells(line) else {
            told.push(line.trim_start_matches("- ").to_owned());
            continue;
        };
        if heads.is_empty() {
            heads = cells;
        } else if cells.iter().any(|cell| *cell != "---") {
            told.push(row(&heads, &cells));
        }
    }
    told
}

/// `alder højst 29: ret til støtten; timer højst 3 (Mentorlov § 3)`
fn row(heads: &[&str], cells: &[&str]) -> String {
    let (mut who, mut what, mut basis) = (Vec::new(), Vec::new(), "");
    for (head, cell) in heads.iter().zip(cells).filter(|(_, cell)| **cell != "–") {
        match *head {
            "afgørelse" | "vilkår" | "findes" => what.push(*cell),
            "hjemmel" => basis = cell,
            _ => who.push(format!("{head} {cell}")),
        }
    }
    let who = if who.is_empty() { "alle".to_owned() } else { who.join(" og ") };
    let basis = if basis.is_empty() { String::new() } else { format!(" ({basis})") };
    format!("{who}: {}{basis}", what.join("; "))
}

/// The cells of a row; a line of its own in a cell is none.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    Some(inner.split(" | ").collect())
}
