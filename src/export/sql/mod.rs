//! The decisions of a place as a view in SQL, for the engine in which the citizens are.
//!
//! Each step of the sheet is a part of the view's `WITH`, each column stands with its rule and its paragraph in a comment before
//! it, and whoever knows the policies can read the view beside them.

mod dialect;
mod expr;

use crate::ground::{Lang, Text, text};
use crate::queries::{Sheet, SheetColumn, SheetKind, SheetPhase};
use dialect::{DUCKDB, Dialect, POSTGRES, SPARK};
use std::collections::{BTreeMap, BTreeSet};

/// The card of an engine for which decisions can be written.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SqlDialect {
    /// its name on the command line
    pub name: &'static str,
    /// writes a view, or says why it cannot
    pub render: fn(&SqlPage<'_>) -> Result<String, Text>,
}

/// What is to be written.
#[derive(Clone, Copy, Debug)]
pub struct SqlPage<'a> {
    /// the decisions
    pub sheet: &'a Sheet,
    /// the table or view the citizens are in, its schema before it
    pub from: &'a str,
    /// the column that tells whose row it is, which the view hands on
    pub key: &'a str,
    /// the language of the comments
    pub lang: Lang,
}

/// Every engine; the first is the default.
pub fn sql_dialects() -> &'static [SqlDialect] {
    &[
        SqlDialect { name: DUCKDB.name, render: |page| render(page, &DUCKDB) },
        SqlDialect { name: SPARK.name, render: |page| render(page, &SPARK) },
        SqlDialect { name: POSTGRES.name, render: |page| render(page, &POSTGRES) },
    ]
}

fn render(page: &SqlPage<'_>, dialect: &Dialect) -> Result<String, Text> {
    let sheet = page.sheet;
    if let Some(output) = sheet.outputs.iter().find(|output| is_alike(&output.name, page.key)) {
        let name = &output.name;
        return Err(text!(
            en: "the key `{name}` has the name of a column that comes out; choose another with `--key`",
            da: "nøglen `{name}` hedder som en kolonne, der kommer ud; vælg en anden med `--key`"
        ));
    }
    let steps = Steps::of(page);
    if let Some(most) = dialect.most_columns {
        let widest = steps.kept.iter().zip(&sheet.steps).map(|(kept, step)| kept.len() + step.columns.len());
        let widest = widest.chain([sheet.outputs.len() + 1]).max().unwrap_or_default();
        if widest > most {
            return Err(text!(
                en: "the view would need {widest} columns at once, and the engine has at most {most}; ask for fewer with `--support`",
                da: "viewet ville kræve {widest} kolonner på én gang, og det kan højst have {most}; bed om færre med `--support`"
            ));
        }
    }
    let mut out = heading(page, dialect);
    let view = dialect.name(&view_name(&sheet.place.0));
    if dialect.replaces {
        out.push_str(&format!("CREATE OR REPLACE VIEW {view} AS\n"));
    } else {
        out.push_str(&format!("DROP VIEW IF EXISTS {view};\nCREATE VIEW {view} AS\n"));
    }
    let mut source = dialect.table(page.from);
    let materialized = if dialect.materialized { " MATERIALIZED" } else { "" };
    for (nth, (step, kept)) in sheet.steps.iter().zip(&steps.kept).enumerate() {
        let own = format!("trin_{}_{}", nth + 1, phase_name(step.what));
        let before = if nth == 0 { "WITH\n" } else { "" };
        out.push_str(&format!(
            "{before}-- {}\n{own} AS{materialized} (\n  SELECT\n",
            phase(step.what).get(page.lang)
        ));
        let mut columns: Vec<String> =
            kept.iter().map(|name| format!("    {}", dialect.name(name))).collect();
        columns.extend(step.columns.iter().map(|column| self::column(page, dialect, column)));
        out.push_str(&columns.join(",\n"));
        out.push_str(&format!("\n  FROM {source}\n)"));
        out.push_str(if nth + 1 == sheet.steps.len() { "\n" } else { ",\n" });
        source = own;
    }
    out.push_str("SELECT\n");
    let mut columns = vec![format!("  {}", dialect.name(page.key))];
    let mut about = "";
    for output in &sheet.outputs {
        let mut text = String::new();
        if output.about != about {
            about = &output.about;
            text.push_str(&comment(2, about));
        }
        let (kind, name) = (dialect.kind(&output.kind), dialect.name(&output.name));
        text.push_str(&format!("  CAST({} AS {kind}) AS {name}", expr::write(dialect, &output.expr, 4)));
        columns.push(text);
    }
    out.push_str(&columns.join(",\n"));
    out.push_str(&format!("\nFROM {source};\n"));
    Ok(out)
}

/// A column with what it is in a comment before it.
fn column(page: &SqlPage<'_>, dialect: &Dialect, column: &SheetColumn) -> String {
    let note = comment(4, column.note.get(page.lang));
    format!("{note}    {} AS {}", expr::write(dialect, &column.expr, 6), dialect.name(&column.name))
}

/// A comment in a line of its own; nothing where there is nothing to say.
fn comment(indent: usize, words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    if words.is_empty() { String::new() } else { format!("{}-- {}\n", " ".repeat(indent), words.join(" ")) }
}

fn is_alike(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// What each step hands on of the steps before it: only what a later one reads.
struct Steps {
    kept: Vec<Vec<String>>,
}

impl Steps {
    fn of(page: &SqlPage<'_>) -> Self {
        let sheet = page.sheet;
        let mut order: BTreeMap<&str, usize> = BTreeMap::from([(page.key, 0)]);
        for input in &sheet.inputs {
            let next = order.len();
            order.entry(&input.name).or_insert(next);
        }
        for column in sheet.steps.iter().flat_map(|step| &step.columns) {
            let next = order.len();
            order.entry(&column.name).or_insert(next);
        }
        let mut needed: BTreeSet<&str> = BTreeSet::from([page.key]);
        sheet.outputs.iter().for_each(|output| needed.extend(output.expr.names()));
        let mut kept = Vec::new();
        for step in sheet.steps.iter().rev() {
            for column in &step.columns {
                needed.remove(column.name.as_str());
            }
            let mut names: Vec<&str> = needed.iter().copied().collect();
            names.sort_by_key(|name| order.get(name));
            kept.push(names.into_iter().map(str::to_owned).collect());
            step.columns.iter().for_each(|column| needed.extend(column.expr.names()));
        }
        kept.reverse();
        Steps { kept }
    }
}

fn heading(page: &SqlPage<'_>, dialect: &Dialect) -> String {
    let sheet = page.sheet;
    let (title, engine) = (&sheet.place.1, dialect.name);
    let words = text!(
        en: "Decisions in {title}, written by hjemmel for {engine}. One row is one citizen on one day; NULL is not known.\n\
            A column of a støtte says skal, ret, kan or må ikke, NULL where no rule gives it, uafklaret where that rests on what is\n\
            not known, modstrid where the rules contradict each other. umulig says why a row is nobody: it is not decided.\n\
            In between a decision is a number: 3 skal, 2 ret, 1 kan, 0 nothing, -1 må ikke, -9 modstrid.",
        da: "Afgørelser i {title}, skrevet af hjemmel til {engine}. En række er en borger på en dag; NULL er ikke oplyst.\n\
            En støttes kolonne siger skal, ret, kan eller må ikke, NULL, hvor ingen regel giver den, uafklaret, hvor det beror på, hvad\n\
            der ikke er oplyst, modstrid, hvor reglerne modsiger hinanden. umulig siger, hvorfor en række ikke kan være nogen.\n\
            Undervejs er en afgørelse et tal: 3 skal, 2 ret, 1 kan, 0 intet, -1 må ikke, -9 modstrid."
    );
    let mut out: String =
        words.get(page.lang).lines().map(|line| format!("-- {}\n", line.trim_start())).collect();
    let reads = text!(en: "What is read:", da: "Det, der læses:");
    out.push_str(&format!(
        "--\n-- {}\n-- CREATE TABLE {} (\n",
        reads.get(page.lang),
        dialect.table(page.from)
    ));
    let key = text!(en: "whose row it is", da: "hvis række det er");
    let mut columns =
        vec![(dialect.name(page.key), dialect.kind(&SheetKind::Words), key.get(page.lang).to_owned())];
    for input in sheet.inputs.iter().filter(|input| !is_alike(&input.name, page.key)) {
        let values = match input.kind {
            SheetKind::Day | SheetKind::YesNo => String::new(),
            SheetKind::Duration => {
                let Text { en, da } = &input.words;
                let thirds = text!(
                    en: ": {en}, in thirds of a day (a day 3, a week 21, a month 91, a year 1092)",
                    da: ": {da}, i tredjedele af en dag (dag 3, uge 21, måned 91, år 1092)"
                );
                thirds.get(page.lang).to_owned()
            }
            _ => format!(": {}", input.words.get(page.lang)),
        };
        let title = format!("{}{values}", input.title);
        columns.push((dialect.name(&input.name), dialect.kind(&input.kind), title));
    }
    let last = columns.len() - 1;
    for (nth, (name, kind, title)) in columns.iter().enumerate() {
        let comma = if nth == last { "" } else { "," };
        out.push_str(&format!("--   {name} {kind}{comma} -- {}\n", title.replace('\n', " ")));
    }
    out.push_str("-- );\n");
    let cut = cut_names(sheet, dialect);
    if !cut.is_empty() {
        let told = text!(
            en: "Names too long for the engine are cut:",
            da: "Navne, der er for lange til databasen, er skåret af:"
        );
        out.push_str(&format!("--\n-- {}\n", told.get(page.lang)));
        out.extend(cut.iter().map(|name| format!("--   {} = {name}\n", dialect.kept(name))));
    }
    out.push('\n');
    out
}

/// The names that come out otherwise than they are.
fn cut_names<'a>(sheet: &'a Sheet, dialect: &Dialect) -> Vec<&'a str> {
    let inputs = sheet.inputs.iter().map(|input| input.name.as_str());
    let names = inputs.chain(sheet.outputs.iter().map(|output| output.name.as_str()));
    names.filter(|name| dialect.kept(name) != *name).collect()
}

/// `hjemmel_slagelse`: some engines know no other letters in the name of a view.
fn view_name(place: &str) -> String {
    let letter = |letter: char| match letter {
        'æ' => "ae".to_owned(),
        'ø' => "oe".to_owned(),
        'å' => "aa".to_owned(),
        letter if letter.is_ascii_alphanumeric() => letter.to_string(),
        _ => "_".to_owned(),
    };
    format!("hjemmel_{}", place.to_lowercase().chars().map(letter).collect::<String>())
}

fn phase_name(phase: SheetPhase) -> &'static str {
    match phase {
        SheetPhase::Concepts => "begreber",
        SheetPhase::Existence => "umulige",
        SheetPhase::Rules => "regler",
        SheetPhase::Active => "aktive",
        SheetPhase::Layers => "lag",
        SheetPhase::Decisions => "afgoerelser",
    }
}

fn phase(phase: SheetPhase) -> Text {
    match phase {
        SheetPhase::Concepts => text!(en: "concepts and departments", da: "begreber og afdelinger"),
        SheetPhase::Existence => {
            text!(en: "the rows that are nobody", da: "de rækker, der ikke kan være nogen")
        }
        SheetPhase::Rules => text!(en: "whether each rule applies", da: "om hver regel gælder"),
        SheetPhase::Active => text!(
            en: "what no exception sets aside, and what does not give way",
            da: "det, ingen undtagelse sætter ud af kraft, og som ikke viger"
        ),
        SheetPhase::Layers => text!(en: "what each layer says", da: "hvad hvert lag siger"),
        SheetPhase::Decisions => text!(en: "what is decided", da: "hvad der er afgjort"),
    }
}
