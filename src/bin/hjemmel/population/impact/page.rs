//! The counts as plain lines, and as Markdown.

use super::report::{Report, term_title, word};
use super::tally::Group;
use unicode_width::UnicodeWidthStr;

/// The widest line.
const WIDTH: usize = 80;
/// Names get at least so much room.
const NAME: usize = 18;

/// A heading, the columns and the rows of a table.
struct Table {
    title: String,
    columns: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

fn tables(report: &Report<'_>) -> Vec<Table> {
    let mut tables = vec![by_support(report)];
    for grouping in 0..report.plan.groupings.len() {
        tables.push(by_group(report, grouping));
        for term in 0..report.plan.terms.len() {
            tables.push(sums(report, grouping, term));
        }
    }
    if report.plan.groupings.is_empty() {
        for term in 0..report.plan.terms.len() {
            tables.push(Table {
                rows: vec![sum_row(report, term, &everybody(report), &report.tally.all)],
                ..sum_table(report, term_title(&report.plan.terms[term]))
            });
        }
    }
    tables
}

fn by_support(report: &Report<'_>) -> Table {
    let used = report.used();
    let row = |support: usize| {
        let told = report.row(&report.tally.all, support);
        let cell = |word: &hjemmel::population::Word| report.number(told[super::tally::place(*word)]);
        (report.plan.shape(support).title.clone(), used.iter().map(cell).collect())
    };
    Table {
        title: report.say("Who gets what", "Hvem får hvad"),
        columns: used.iter().map(|used| report.words(&word(*used)).to_owned()).collect(),
        rows: report.told_of().0.into_iter().map(row).collect(),
    }
}

fn everybody(report: &Report<'_>) -> String {
    report.say("everybody", "alle")
}

fn by_group(report: &Report<'_>, grouping: usize) -> Table {
    let row = |title: &str, group: &Group| {
        let counts = [group.citizens, group.due, group.granted, group.contradicted, group.open];
        (title.to_owned(), counts.iter().map(|count| report.number(report.told(*count))).collect())
    };
    let groups = report.groups(grouping);
    let mut rows: Vec<(String, Vec<String>)> =
        groups.iter().map(|(title, group)| row(report.words(title), group)).collect();
    rows.push(row(&everybody(report), &report.tally.all));
    let columns = match report.lang {
        hjemmel::Lang::Da => ["borgere", "har ret", "kan få", "modstrid", "uafklaret"],
        hjemmel::Lang::En => ["citizens", "due", "may get", "contrad.", "open"],
    };
    let title = report.say("citizens with at least one", "borgere med mindst én");
    Table { title: report.headed(grouping, &title), columns: columns.map(str::to_owned).to_vec(), rows }
}

fn sums(report: &Report<'_>, grouping: usize, term: usize) -> Table {
    let groups = report.groups(grouping);
    let mut rows: Vec<(String, Vec<String>)> =
        groups.iter().map(|(title, group)| sum_row(report, term, report.words(title), group)).collect();
    rows.push(sum_row(report, term, &everybody(report), &report.tally.all));
    let title = report.headed(grouping, &term_title(&report.plan.terms[term]));
    Table { rows, ..sum_table(report, title) }
}

fn sum_table(report: &Report<'_>, title: String) -> Table {
    let columns = match report.lang {
        hjemmel::Lang::Da => ["har ret, mindst", "højst", "kan få, mindst", "højst"],
        hjemmel::Lang::En => ["due, least", "most", "may get, least", "most"],
    };
    Table { title, columns: columns.map(str::to_owned).to_vec(), rows: Vec::new() }
}

fn sum_row(report: &Report<'_>, term: usize, title: &str, group: &Group) -> (String, Vec<String>) {
    let [due, may] = &group.sums[term];
    let shape = &report.plan.terms[term];
    let ((a, b), (c, d)) = (report.sum(shape, due), report.sum(shape, may));
    (title.to_owned(), vec![a, b, c, d])
}

/// The supports of which nobody is told anything.
fn nobody(report: &Report<'_>) -> Option<String> {
    let names: Vec<&str> =
        report.told_of().1.into_iter().map(|support| report.plan.shape(support).title.as_str()).collect();
    let names = (!names.is_empty()).then(|| names.join(", "))?;
    Some(report.say(
        format!("Nobody here gets or is refused: {names}."),
        format!("Ingen her får eller afslås: {names}."),
    ))
}

/// The counts in plain lines.
pub(super) fn text(report: &Report<'_>) -> String {
    let mut page = format!("{}\n{}", wrapped(&report.title(), WIDTH).join("\n"), "\n");
    page.push_str(&paragraph(&report.about()));
    for table in tables(report) {
        page.push('\n');
        page.push_str(&paragraph(&table.title));
        page.push_str(&drawn(&table));
    }
    page.push('\n');
    for note in nobody(report).into_iter().chain(report.notes()) {
        page.push_str(&paragraph(&note));
    }
    page
}

fn paragraph(words: &str) -> String {
    wrapped(words, WIDTH).into_iter().map(|line| line + "\n").collect()
}

fn drawn(table: &Table) -> String {
    let widest = |at: usize| {
        let cells = table.rows.iter().map(|(_, cells)| cells[at].width());
        cells.chain(longest_word(&table.columns[at])).max().unwrap_or(0)
    };
    let wide: Vec<usize> = (0..table.columns.len()).map(widest).collect();
    let used: usize = wide.iter().map(|wide| wide + 2).sum();
    let room = WIDTH.saturating_sub(used).max(NAME);
    let names = table.rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0).min(room);
    let headings: Vec<Vec<String>> =
        table.columns.iter().zip(&wide).map(|(column, wide)| wrapped(column, *wide)).collect();
    let mut page = String::new();
    let deep = headings.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..deep {
        let mut row = " ".repeat(names);
        for (heading, wide) in headings.iter().zip(&wide) {
            // headings stand on the last line
            let word = (line + heading.len()).checked_sub(deep).and_then(|at| heading.get(at));
            row.push_str(&right(word.map_or("", String::as_str), wide + 2));
        }
        page.push_str(row.trim_end());
        page.push('\n');
    }
    for (name, cells) in &table.rows {
        let lines = wrapped(name, names);
        for (at, line) in lines.iter().enumerate() {
            let mut row = format!("{line}{}", " ".repeat(names.saturating_sub(line.width())));
            if at + 1 == lines.len() {
                cells.iter().zip(&wide).for_each(|(cell, wide)| row.push_str(&right(cell, wide + 2)));
            }
            page.push_str(row.trim_end());
            page.push('\n');
        }
    }
    page
}

fn longest_word(words: &str) -> Option<usize> {
    words.split_whitespace().map(UnicodeWidthStr::width).max()
}

fn right(words: &str, width: usize) -> String {
    format!("{}{words}", " ".repeat(width.saturating_sub(words.width())))
}

/// Words in lines; a word that is too long is cut, and a paragraph's number stays beside its sign.
pub(super) fn wrapped(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut each = words.split_whitespace();
    while let Some(word) = each.next() {
        let mut word = match (word, each.clone().next()) {
            ("§" | "§§", Some(number)) => {
                each.next();
                format!("{word} {number}")
            }
            _ => word.to_owned(),
        };
        loop {
            let line = lines.len() - 1;
            let used = lines[line].width();
            if used == 0 && word.width() > width && width > 1 {
                let cut: String = word.chars().take(width - 1).collect();
                word = word.chars().skip(width - 1).collect();
                lines[line] = cut + "-";
                lines.push(String::new());
            } else if used == 0 {
                lines[line] = word;
                break;
            } else if used + 1 + word.width() <= width {
                lines[line].push(' ');
                lines[line].push_str(&word);
                break;
            } else {
                lines.push(String::new());
            }
        }
    }
    lines
}

/// The counts as Markdown.
pub(super) fn markdown(report: &Report<'_>) -> String {
    let mut page = format!("# {}\n\n{}\n", escaped(&report.title()), escaped(&report.about()));
    for table in tables(report) {
        page.push_str(&format!("\n## {}\n\n", escaped(&table.title)));
        let columns: Vec<String> = table.columns.iter().map(|column| escaped(column)).collect();
        page.push_str(&format!("| | {} |\n|---{}|\n", columns.join(" | "), "|---:".repeat(columns.len())));
        for (name, cells) in &table.rows {
            let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
            page.push_str(&format!("| {} | {} |\n", escaped(name), cells.join(" | ")));
        }
    }
    page.push('\n');
    for note in nobody(report).into_iter().chain(report.notes()) {
        page.push_str(&format!("- {}\n", escaped(&note)));
    }
    page
}

fn escaped(words: &str) -> String {
    let mut escaped = String::new();
    for c in words.chars() {
        if matches!(c, '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '#' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
