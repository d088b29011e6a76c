//! An overview as a Markdown table.

use super::{MatrixFormat, cell, grey_zone, group, legend, star};
use crate::ground::Lang;
use crate::queries::{Matrix, MatrixRow};

pub(super) const FORMAT: MatrixFormat = MatrixFormat { name: "markdown", render };

fn render(matrix: &Matrix, lang: Lang, _width: usize) -> String {
    let mut page = format!("# {}\n\n", escaped(matrix.title.get(lang)));
    let titles = matrix.columns.iter().map(|(_, title)| escaped(title));
    let heading: Vec<String> = std::iter::once(escaped(&matrix.groups))
        .chain(titles)
        .chain([grey_zone().get(lang).to_owned()])
        .collect();
    page.push_str(&line(&heading));
    page.push_str(&line(&heading.iter().map(|_| "---".to_owned()).collect::<Vec<_>>()));
    for row in &matrix.rows {
        let cells = row.cells.iter().map(|one| escaped(&cell(one, lang)));
        let words = std::iter::once(escaped(&group(&row.group))).chain(cells).chain([grey(matrix, row)]);
        page.push_str(&line(&words.collect::<Vec<_>>()));
    }
    page.push('\n');
    for words in legend(matrix) {
        page.push_str(&format!("- {}\n", escaped(words.get(lang))));
    }
    page
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn grey(matrix: &Matrix, row: &MatrixRow) -> String {
    let named = |(at, for_all): &(usize, bool)| {
        let title = matrix.columns.get(*at).map_or("", |(_, title)| title.as_str());
        format!("{}{}", escaped(title), escaped(star(*for_all)))
    };
    row.grey_zone.iter().map(named).collect::<Vec<_>>().join(", ")
}

/// Words in a cell: what Markdown would read as its own is kept as it is.
pub(in crate::export) fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '<' | '#' => text.extend(['\\', letter]),
            '\n' | '\r' => text.push(' '),
            other => text.push(other),
        }
    }
    text
}
