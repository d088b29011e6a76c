//! Tables and matrices as tables of a page, with the author's columns and order.

use super::addresses::Sort;
use super::html::Html;
use super::items::{Draft, Items};
use super::phrases::{grade_class, grade_words, plain, value_title};
use super::view::{Grid, GridCell, GridRow};
use super::words::Label;
use crate::ground::text;
use crate::syntax::ast::{
    ColumnKind, Grade, Mark, Matrix, MatrixRow, Op, Row, Table, Test, Value, ValueKind,
};

pub(super) fn table(items: &Items<'_>, table: &Table) -> Draft {
    let head: Vec<Html> = table.columns.iter().map(|column| heading(items, &column.kind)).collect();
    let grid = Grid {
        caption: caption(items, table.title.as_ref().map(|title| title.text.as_str()), &table.name.text),
        head,
        rows: table.rows.iter().map(|row| table_row(items, table, row)).collect(),
        legend: Vec::new(),
    };
    Draft {
        sort: text!(en: "table", da: "tabel"),
        title: items.title(table.title.as_ref(), &table.name.text),
        name: table.name.text.clone(),
        rows: items.clauses(&table.clauses),
        table: Some(grid),
        ..Draft::default()
    }
}

fn caption(items: &Items<'_>, title: Option<&str>, name: &str) -> String {
    let table = items.say(&text!(en: "Table", da: "Tabel"));
    format!("{table}: {}", title.map_or_else(|| plain(name), str::to_owned))
}

fn heading(items: &Items<'_>, kind: &ColumnKind) -> Html {
    let phrases = &items.phrases;
    match kind {
        ColumnKind::Rule => phrases.say(&text!(en: "Rule", da: "Regel")),
        ColumnKind::Support => phrases.say(&text!(en: "Support", da: "Støtte")),
        ColumnKind::Task => phrases.say(&text!(en: "Task", da: "Opgave")),
        ColumnKind::When => phrases.say(&text!(en: "When", da: "Når")),
        ColumnKind::Grade => phrases.say(&text!(en: "Grade", da: "Grad")),
        ColumnKind::Basis => phrases.say(&text!(en: "Rests on", da: "Hjemmel")),
        ColumnKind::Valid => phrases.say(&text!(en: "In force", da: "Gyldig")),
        ColumnKind::Named(name) => {
            let is_term = phrases.addresses.word(Sort::Term, &name.text).is_some();
            phrases.word(if is_term { Sort::Term } else { Sort::Fact }, &name.text)
        }
        ColumnKind::Prose(title) => phrases.danish(&title.text),
    }
}

fn table_row(items: &Items<'_>, table: &Table, row: &Row) -> GridRow {
    let phrases = &items.phrases;
    let written = prose_cells(phrases.written(row.span));
    let cell = |(at, kind): (usize, &ColumnKind)| -> GridCell {
        let plainly = |html: Html| GridCell { html, look: "" };
        match kind {
            ColumnKind::Rule => plainly(Html::text(row.name.as_ref().map_or("", |name| name.text.as_str()))),
            ColumnKind::Support | ColumnKind::Task => {
                let names: Vec<&str> = row.supports.iter().map(|name| name.text.as_str()).collect();
                plainly(phrases.words(Sort::Support, &names))
            }
            ColumnKind::When => {
                plainly(row.when.as_ref().map(|when| phrases.inline(when)).unwrap_or_default())
            }
            ColumnKind::Grade => row.grade.map_or_else(GridCell::default, |(grade, duty, _)| GridCell {
                html: grade_cell(items, grade, duty),
                look: "of-grade",
            }),
            ColumnKind::Basis => plainly(phrases.citations(&row.basis)),
            ColumnKind::Valid => {
                plainly(row.valid.as_ref().map(|valid| phrases.period(valid)).unwrap_or_default())
            }
            ColumnKind::Named(name) => {
                let found = row.cells.iter().find(|cell| cell.column == at);
                plainly(found.map_or_else(Html::default, |cell| {
                    let mut html = phrases.test(&cell.test, Some(&name.text), true);
                    if cell.ceiling.is_some() {
                        html.push(&phrases.say(&text!(en: " as a ceiling", da: " som loft")));
                    }
                    html
                }))
            }
            ColumnKind::Prose(_) => plainly(phrases.danish(written.get(at).map_or("", |words| words.trim()))),
        }
    };
    let cells: Vec<GridCell> =
        table.columns.iter().map(|column| &column.kind).enumerate().map(cell).collect();
    GridRow {
        id: phrases.addresses.id(row.span).map(str::to_owned),
        cells,
        mentions: items.findings.mentioned_in(row.span, phrases, true),
    }
}

/// The cells of a row as they are written.
fn prose_cells(row: &str) -> Vec<String> {
    let row = row.trim().trim_start_matches('|');
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in row.chars() {
        match letter {
            '|' if !quoted => cells.push(String::new()),
            _ => {
                quoted ^= letter == '"';
                if let Some(cell) = cells.last_mut() {
                    cell.push(letter);
                }
            }
        }
    }
    cells
}

/// A grade in a cell: its word, and its colour.
fn grade_cell(items: &Items<'_>, grade: Grade, duty: bool) -> Html {
    let class = format!("grade {}", grade_class(grade));
    let mut words = items.say(&grade_words(grade));
    if duty {
        words.push_str(&items.say(&text!(en: " as a duty", da: " som pligt")));
    }
    Html::element("b", &[("class", &class)], &Html::text(&words))
}

pub(super) fn matrix(items: &Items<'_>, matrix: &Matrix) -> Draft {
    let phrases = &items.phrases;
    let fact = matrix.fact.as_ref().map(|fact| phrases.word(Sort::Fact, &fact.text)).unwrap_or_default();
    let supports = matrix.columns.iter().map(|column| {
        let names: Vec<&str> = column.supports.iter().map(|name| name.text.as_str()).collect();
        phrases.words(Sort::Support, &names)
    });
    let mut rows: Vec<GridRow> = special_rows(items, matrix);
    rows.extend(matrix.rows.iter().map(|row| matrix_row(items, matrix, row)));
    let legend = matrix.signs.iter().map(|sign| {
        let mut html = Html::element("b", &[], &Html::text(&sign.sign.text));
        html.push_text(": ");
        html.push(&grade_cell(items, sign.grade, sign.duty));
        html
    });
    let title = matrix.title.as_ref();
    Draft {
        sort: text!(en: "matrix", da: "matrix"),
        title: items.title(title, &matrix.name.text),
        name: matrix.name.text.clone(),
        rows: items.clauses(&matrix.clauses),
        table: Some(Grid {
            caption: caption(items, title.map(|title| title.text.as_str()), &matrix.name.text),
            head: std::iter::once(fact).chain(supports).collect(),
            rows,
            legend: legend.collect(),
        }),
        ..Draft::default()
    }
}

/// What the rows `hjemmel`, `når` and `gyldig` say of the columns.
fn special_rows(items: &Items<'_>, matrix: &Matrix) -> Vec<GridRow> {
    let phrases = &items.phrases;
    let row = |heading: Label, cells: Vec<Html>| {
        let head = GridCell { html: phrases.say(&heading.text()), look: "" };
        let cells = cells.into_iter().map(|html| GridCell { html, look: "" });
        GridRow { id: None, cells: std::iter::once(head).chain(cells).collect(), mentions: Vec::new() }
    };
    let columns = || matrix.columns.iter();
    let mut rows = Vec::new();
    if columns().any(|column| !column.basis.is_empty()) {
        let cells = columns().map(|column| phrases.citations(&column.basis)).collect();
        rows.push(row(Label::Basis, cells));
    }
    if columns().any(|column| column.when.is_some()) {
        let cells =
            columns().map(|column| column.when.as_ref().map(|when| phrases.inline(when)).unwrap_or_default());
        rows.push(row(Label::When, cells.collect()));
    }
    if columns().any(|column| column.valid.is_some()) {
        let cells = columns()
            .map(|column| column.valid.as_ref().map(|valid| phrases.period(valid)).unwrap_or_default());
        rows.push(row(Label::Valid, cells.collect()));
    }
    rows
}

fn matrix_row(items: &Items<'_>, matrix: &Matrix, row: &MatrixRow) -> GridRow {
    let fact = matrix.fact.as_ref().map(|fact| fact.text.as_str());
    let head = GridCell { html: group(items, fact, &row.test), look: "" };
    let cells = (0..matrix.columns.len()).map(|at| {
        let Some(cell) = row.cells.iter().find(|cell| cell.column == at) else { return GridCell::default() };
        match &cell.mark {
            Mark::Grade(grade, duty) => GridCell { html: grade_cell(items, *grade, *duty), look: "of-grade" },
            Mark::Sign(sign) => {
                let known = matrix.signs.iter().find(|known| known.sign.text == *sign);
                let html = match known {
                    Some(known) => grade_cell(items, known.grade, known.duty),
                    None => Html::text(sign),
                };
                GridCell { html, look: "of-grade" }
            }
        }
    });
    GridRow { id: None, cells: std::iter::once(head).chain(cells).collect(), mentions: Vec::new() }
}

/// `2.1 Ledige på dagpenge`: the values of a row, a single one with its title.
fn group(items: &Items<'_>, fact: Option<&str>, test: &Test) -> Html {
    let mut html = items.phrases.test(test, fact, true);
    let single = match (test.op, test.values.as_slice()) {
        (Op::Is, [Value { kind: ValueKind::Word(word), .. }]) => Some(word),
        _ => None,
    };
    let title = fact.zip(single).and_then(|(fact, word)| value_title(items.phrases.model, fact, word));
    if let Some(title) = title {
        html.push_text(" ");
        html.push(&items.phrases.danish(title));
    }
    html
}
