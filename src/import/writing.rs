//! The policy as text: where it comes from, whose it is, the words it adds, the `tabel`.

use super::cells::{is_name, reads};
use super::columns::{Column, Target, named};
use super::draft::{Draft, Row, Slot};
use super::grid::{Grid, GridCell, one_line};
use super::lexicon::{Lexicon, Thing};
use super::rendering::decimal;
use super::words::{slug, squeezed};
use super::{ImportAsked, Imported};
use crate::ground::{FileId, SourceFile, Text, text};
use crate::model::Domain;
use crate::syntax;

pub(super) fn written(
    grid: &Grid,
    columns: &[Column],
    draft: Draft,
    lexicon: &Lexicon,
    asked: ImportAsked<'_>,
) -> Result<Imported, Text> {
    let Draft { mut rows, mut told } = draft;
    let mut item = table(grid, columns, &rows, lexicon, asked);
    if !reads(&item) {
        // the parser has the last word on what can be a rule: what it refuses becomes a comment
        for row in &mut rows {
            if !reads(&table(grid, columns, std::slice::from_ref(row), lexicon, asked)) {
                told.push(refused(row));
            }
        }
        item = table(grid, columns, &rows, lexicon, asked);
    }
    let columns = columns.iter().filter(|column| !column.heading.is_empty()).map(outcome).collect();
    finished(grid, &item, lexicon, asked, Imported { text: String::new(), rows: rows.len(), columns, told })
}

/// The whole text around a tabel or a matrix, in the language's own style.
pub(super) fn finished(
    grid: &Grid,
    item: &str,
    lexicon: &Lexicon,
    asked: ImportAsked<'_>,
    imported: Imported,
) -> Result<Imported, Text> {
    let policy = policy(item, lexicon, asked);
    let name = if asked.literate { "import.hjemmel.md" } else { "import.hjemmel" };
    let page = if asked.literate { literate(grid, &policy, asked) } else { policy };
    let text = syntax::format(FileId(0), &SourceFile::new(name, page)).map_err(|_| {
        text!(
            en: "no rules can be made of this table; please report it with the document",
            da: "der kan ikke laves regler af tabellen; meld det gerne sammen med dokumentet"
        )
    })?;
    let Imported { mut told, .. } = imported;
    told.extend(lexicon.supports.iter().filter(|known| known.is_new).filter_map(|known| {
        let (name, like) = (&known.name, lexicon.like(&known.name)?);
        Some(text!(
            en: "`{name}` is new, and almost `{like}`",
            da: "`{name}` er ny og næsten `{like}`"
        ))
    }));
    Ok(Imported { text, told, ..imported })
}

/// A row that cannot be read back, all of it as a comment.
fn refused(row: &mut Row) -> Text {
    let name = row.name.clone();
    let cells = row.cells.drain(..).filter(|(slot, _)| !matches!(slot, Slot::Prose(_)));
    row.comments.extend(cells.map(|(_, words)| format!("{name}: »{}« er ikke læst", one_line(&words))));
    text!(en: "{name} could not be written as a rule", da: "{name} kunne ikke skrives som regel")
}

fn outcome(column: &Column) -> Text {
    let heading = &column.heading;
    let word = match &column.target {
        Target::Rule => "regel",
        Target::Support => "støtte",
        Target::When => "når",
        Target::Grade => "grad",
        Target::Mark(_) => "grad",
        Target::Basis => "hjemmel",
        Target::Valid => "gyldig",
        Target::Prose => {
            return text!(en: "»{heading}« is kept as prose", da: "»{heading}« er beholdt som tekst");
        }
        target => named(target).unwrap_or_default(),
    };
    text!(en: "»{heading}« is `{word}`", da: "»{heading}« er `{word}`")
}

/// Everything but the prose around it.
fn policy(item: &str, lexicon: &Lexicon, asked: ImportAsked<'_>) -> String {
    let mut out = String::new();
    if !asked.literate {
        let (document, number) = (one_line(asked.document), asked.number);
        out.push_str(&format!(
            "# Indlæst fra {document}, tabel {number}. Læs den igennem, før den gælder.\n\n"
        ));
    }
    out.push_str(&lexicon.header);
    out.push('\n');
    let added = added(lexicon);
    if !added.is_empty() {
        out.push_str("# Ord, som ikke fandtes i forvejen.\n");
        out.push_str(&added);
        out.push('\n');
    }
    out.push_str(item);
    out
}

fn title(words: &str) -> String {
    let words = one_line(words).replace('"', "”");
    if words.is_empty() { String::new() } else { format!(" \"{words}\"") }
}

/// The words that only the table has, declared.
fn added(lexicon: &Lexicon) -> String {
    let mut out = String::new();
    for known in lexicon.supports.iter().filter(|known| known.is_new) {
        let below = known.parent.as_ref().map_or(String::new(), |kind| format!(": {kind}"));
        out.push_str(&format!("støtte {}{}{below}\n", known.name, title(&known.title)));
    }
    for source in lexicon.sources.iter().filter(|source| source.is_new) {
        let name = &source.name;
        out.push_str(&format!("kilde {name} \"{name}\"  # skriv lovens fulde navn\n"));
    }
    for fact in lexicon.facts.iter().filter(|fact| fact.is_new) {
        out.push_str(&format!("oplysning {}{}{}\n", fact.name, title(&fact.title), kind(fact)));
    }
    for term in lexicon.terms.iter().filter(|term| term.is_new) {
        out.push_str(&format!("vilkår {}{}{}", term.name, title(&term.title), kind(term)));
        out.push_str("  # tilføj `, mere er bedre`, hvis mere er bedre for borgeren\n");
    }
    out
}

fn kind(thing: &Thing) -> String {
    match &thing.domain {
        Domain::YesNo => ": ja/nej".to_owned(),
        Domain::List { values, .. } => {
            let values = values.iter().map(|value| {
                let same = squeezed(&value.title) == squeezed(&value.name);
                format!("{}{}", value.name, if same { String::new() } else { title(&value.title) })
            });
            format!(" {{ {} }}", values.collect::<Vec<_>>().join(" "))
        }
        Domain::Number { high, decimals, unit, .. } => {
            let unit = unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
            let scale = if *decimals == 0 { 100 } else { 10 };
            let decimals = if *decimals == 0 { "" } else { ", 1 decimal" };
            format!(": tal 0-{}{unit}{decimals}", decimal(high * scale))
        }
        Domain::Duration { .. } => ": varighed 0 dage-5 år".to_owned(),
        Domain::Money { high, .. } => format!(": kr 0-{}", high / 100),
        Domain::Date { .. } => ": dato".to_owned(),
    }
}

/// The columns that some row needs, in the order of the language.
fn slots(columns: &[Column], rows: &[Row], literate: bool) -> Vec<Slot> {
    let mut slots: Vec<Slot> = vec![Slot::Rule, Slot::Support];
    for (slot, _) in rows.iter().flat_map(|row| &row.cells) {
        // as Markdown the document's own table stands above the rules
        let stands_above = literate && matches!(slot, Slot::Prose(_));
        if !stands_above && !slots.contains(slot) {
            slots.push(slot.clone());
        }
    }
    let rank = |slot: &Slot| match slot {
        Slot::Rule => 0,
        Slot::Support => 1,
        Slot::When => 2,
        Slot::Fact(_) => 3,
        Slot::Grade => 4,
        Slot::Term(_) => 5,
        Slot::Valid => 6,
        Slot::Basis => 7,
        Slot::Prose(_) => 8,
    };
    let place = |slot: &Slot| match slot {
        Slot::Prose(column) => *column,
        Slot::Fact(name) | Slot::Term(name) => {
            columns.iter().position(|column| named(&column.target) == Some(name)).unwrap_or(columns.len())
        }
        _ => 0,
    };
    slots.sort_by_key(|slot| (rank(slot), place(slot)));
    slots
}

fn heading(slot: &Slot, columns: &[Column]) -> String {
    match slot {
        Slot::Rule => "regel".to_owned(),
        Slot::Support => "støtte".to_owned(),
        Slot::When => "når".to_owned(),
        Slot::Grade => "grad".to_owned(),
        Slot::Valid => "gyldig".to_owned(),
        Slot::Basis => "hjemmel".to_owned(),
        Slot::Fact(name) | Slot::Term(name) => name.clone(),
        Slot::Prose(column) => {
            let words = columns.get(*column).map(|column| column.heading.as_str()).unwrap_or_default();
            let words = words.replace('"', "”").replace('|', "¦");
            format!("\"{}\"", if words.is_empty() { format!("Kolonne {}", column + 1) } else { words })
        }
    }
}

fn table(grid: &Grid, columns: &[Column], rows: &[Row], lexicon: &Lexicon, asked: ImportAsked<'_>) -> String {
    let mut out = opening("tabel", grid, lexicon, asked);
    for column in columns {
        let notes =
            column.notes.iter().map(|note| format!("# »{}«, note: {}\n", column.heading, one_line(note)));
        out.extend(notes);
    }
    let slots = slots(columns, rows, asked.literate);
    let headings: Vec<String> = slots.iter().map(|slot| heading(slot, columns)).collect();
    out.push_str(&format!("| {} |\n|{}\n", headings.join(" | "), "---|".repeat(slots.len())));
    for row in rows {
        out.extend(row.comments.iter().map(|words| format!("# {}\n", one_line(words))));
        let cell = |slot: &Slot| if *slot == Slot::Rule { row.name.as_str() } else { row.cell(slot) };
        let cells: Vec<&str> = slots.iter().map(cell).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out.push_str("}\n");
    out
}

/// The first lines of a tabel or a matrix: its name and title, and the department it is of.
pub(super) fn opening(word: &str, grid: &Grid, lexicon: &Lexicon, asked: ImportAsked<'_>) -> String {
    let caption = grid.caption.as_deref().unwrap_or_default();
    let department = department(caption, lexicon);
    let name = table_name(caption, department, lexicon, asked);
    let of_department = department.map_or(String::new(), |name| format!("gælder i {name}\n"));
    format!("{word} {name}{} {{\n{of_department}", title(caption))
}

/// The department of the municipality that the heading names.
fn department<'a>(caption: &str, lexicon: &'a Lexicon) -> Option<&'a str> {
    let caption = squeezed(caption);
    let is_named = |words: &str| !words.is_empty() && caption.contains(&squeezed(words));
    let mut named = lexicon.departments.iter().filter(|(name, title)| is_named(name) || is_named(title));
    match (named.next(), named.next()) {
        (Some((name, _)), None) => Some(name),
        _ => None,
    }
}

/// A name for the table that nothing else of the place has.
fn table_name(caption: &str, department: Option<&str>, lexicon: &Lexicon, asked: ImportAsked<'_>) -> String {
    const MOST_WORDS: usize = 3;
    // `Tabel 2: Støtte til unge` is called after what it is about
    let about = match caption.split_once(':') {
        Some((start, rest)) if start.to_lowercase().starts_with("tabel") => rest,
        _ => caption,
    };
    let start = about.split(['(', ':', '.', ',']).next().unwrap_or_default();
    let words: Vec<&str> = start.split_whitespace().take(MOST_WORDS).collect();
    let name = slug(department.unwrap_or(&words.join(" "))).filter(|name| is_name(name));
    let of_document =
        || slug(asked.document.split('.').next().unwrap_or_default()).filter(|name| is_name(name));
    let name = name.or_else(of_document).unwrap_or_else(|| "indlæst".to_owned());
    let mut fresh = name.clone();
    let mut more = 2;
    while lexicon.taken.contains(&fresh) {
        fresh = format!("{name}-{more}");
        more += 1;
    }
    fresh
}

/// Markdown: the heading, the document's table as it stands, the rules below it.
fn literate(grid: &Grid, policy: &str, asked: ImportAsked<'_>) -> String {
    let (document, number) = (one_line(asked.document), asked.number);
    let caption = grid.caption.as_deref().map(one_line).unwrap_or_else(|| document.clone());
    let mut out = format!("# {}\n\n", plain(&caption));
    out.push_str(&format!(
        "Indlæst fra {}, tabel {number}. Tabellen her er dokumentets egen. Reglerne står under den.\n\n",
        plain(&document)
    ));
    let width = grid.columns();
    for (index, row) in grid.rows.iter().enumerate() {
        let cell =
            |column: usize| row.get(column).map(|cell| plain(&GridCell::line(cell))).unwrap_or_default();
        out.push_str(&format!("| {} |\n", (0..width).map(cell).collect::<Vec<_>>().join(" | ")));
        if index == 0 {
            out.push_str(&format!("|{}\n", "---|".repeat(width)));
        }
    }
    out.push_str(&format!("\n```hjemmel\n{policy}```\n"));
    out
}

/// Words in Markdown that mean themselves.
fn plain(words: &str) -> String {
    let mut out = String::new();
    for letter in words.chars() {
        if "|\\`*_<[]".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
