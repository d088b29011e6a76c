//! Decisions in SQL: what is written for each engine, and rows on which `tests/sql/run` compares the engines with `decide`.

use crate::oracle;
use hjemmel::export::{SqlPage, sql_dialects};
use hjemmel::{Cells, Lang, Options, SheetAsked, SourceFile, Workspace};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(below(&path));
        } else if path.to_string_lossy().ends_with(".hjemmel")
            || path.to_string_lossy().ends_with(".hjemmel.md")
        {
            all.push(path);
        }
    }
    all.sort();
    all
}

fn workspace(folder: &str) -> (Workspace, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = below(&root.join(folder)).into_iter().map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        (path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), text)
    });
    of_texts(texts.collect())
}

/// A workspace of texts, and the names of those who decide in it.
fn of_texts(texts: Vec<(String, String)>) -> (Workspace, Vec<String>) {
    let lines = texts.iter().flat_map(|(_, text)| text.lines());
    let named = lines.filter_map(|line| line.strip_prefix("kommune ").or(line.strip_prefix("institution ")));
    let mut places: Vec<String> =
        named.filter_map(|rest| rest.split([' ', '{', '"']).next()).map(str::to_owned).collect();
    places.sort();
    places.dedup();
    let files = texts.into_iter().map(|(name, text)| SourceFile::new(name, text)).collect();
    (Workspace::new(files, Options::default()), places)
}

fn sql(
    workspace: &Workspace,
    asked: SheetAsked<'_>,
    dialect: &str,
    lang: Lang,
) -> Result<String, hjemmel::Text> {
    let sheet = workspace.sheet(asked)?;
    let dialect = sql_dialects().iter().find(|known| known.name == dialect).unwrap();
    (dialect.render)(&SqlPage { sheet: &sheet, from: "borgere", key: "id", lang })
}

/// A place to try, and how many rows.
struct Scene {
    name: String,
    workspace: Workspace,
    place: String,
    rows: usize,
}

fn scenes(rows: usize, few: usize, policies: u64) -> Vec<Scene> {
    let mut scenes = Vec::new();
    let mut add = |name: &str, (workspace, places): (Workspace, Vec<String>), rows: usize| {
        for place in places {
            let name = format!("{name}-{place}");
            scenes.push(Scene { name, workspace: workspace.clone(), place, rows });
        }
    };
    add("policies", workspace("policies"), rows);
    add("lille", workspace("tests/sql/lille"), few);
    let mut examples: Vec<PathBuf> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    examples.sort();
    for folder in examples.iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        add(&name, workspace(&format!("examples/{name}")), few);
    }
    for seed in 0..policies {
        let files = oracle::texts_of(seed);
        let texts = files.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        add(&format!("seed{seed}"), of_texts(texts), few);
    }
    scenes
}

fn csv(names: &[String], rows: impl Iterator<Item = (usize, Cells)>, out: &mut String) {
    let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
    if !names.is_empty() {
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        writeln!(out, "id,{}", names.join(",")).unwrap();
    }
    for (id, cells) in rows {
        let cells: Vec<String> =
            cells.iter().map(|cell| cell.as_ref().map_or("\\N".to_owned(), |word| quoted(word))).collect();
        writeln!(out, "{id},{}", cells.join(",")).unwrap();
    }
}

/// Rows of one scene at a time: so much is held in memory.
const BATCH: usize = 5_000;

#[test]
fn every_scene_has_a_view_and_rows_that_are_decided() {
    let out = env::var("HJEMMEL_SQL").ok().map(PathBuf::from);
    let number = |name: &str, otherwise: usize| oracle::setting(name, otherwise as u64) as usize;
    let (rows, few) = (number("HJEMMEL_SQL_ROWS", 200), number("HJEMMEL_SQL_FEW", 100));
    let (mut views, mut decided, mut refused) = (0, 0, 0);
    for scene in scenes(rows, few, oracle::setting("HJEMMEL_SQL_POLICIES", 20)) {
        let mut asked = SheetAsked::of(&scene.place);
        asked.rules = true;
        let folder = out.as_ref().map(|out| out.join(&scene.name));
        if scene.workspace.sheet(asked).is_err() {
            refused += 1;
            continue;
        }
        folder.iter().for_each(|folder| fs::create_dir_all(folder).unwrap());
        for dialect in sql_dialects() {
            let sql = sql(&scene.workspace, asked, dialect.name, Lang::Da).unwrap();
            folder
                .iter()
                .for_each(|folder| fs::write(folder.join(format!("{}.sql", dialect.name)), &sql).unwrap());
            views += 1;
        }
        let (mut citizens, mut answers) = (String::new(), String::new());
        for (nth, first) in (0..scene.rows).step_by(BATCH).enumerate() {
            let count = BATCH.min(scene.rows - first);
            let tried = scene.workspace.rehearsal(asked, count, nth as u64).unwrap();
            let names = |names: &[String]| if nth == 0 { names.to_vec() } else { Vec::new() };
            let cells = tried.rows.iter().enumerate();
            csv(
                &names(&tried.names.0),
                cells.clone().map(|(at, row)| (first + at, row.0.clone())),
                &mut citizens,
            );
            csv(&names(&tried.names.1), cells.map(|(at, row)| (first + at, row.1.clone())), &mut answers);
            decided += tried.rows.iter().filter(|row| row.1[0].is_none()).count();
        }
        if let Some(folder) = &folder {
            fs::write(folder.join("borgere.csv"), &citizens).unwrap();
            fs::write(folder.join("svar.csv"), &answers).unwrap();
        }
    }
    println!("{views} views, {decided} rows decided, {refused} places without a view");
    assert!(views > 0 && decided > 0);
}

#[test]
fn a_small_view_for_each_engine() {
    let (workspace, _) = workspace("tests/sql/lille");
    for dialect in sql_dialects() {
        let page = sql(&workspace, SheetAsked::of("Ærøby"), dialect.name, Lang::Da).unwrap();
        crate::snapshot(Path::new("tests/sql"), dialect.name, &page);
    }
    let page = sql(&workspace, SheetAsked::of("Ærøby"), "duckdb", Lang::En).unwrap();
    crate::snapshot(Path::new("tests/sql"), "duckdb.en", &page);
}

#[test]
fn what_cannot_be_written_is_refused() {
    let (workspace, _) = workspace("tests/sql/lille");
    let sheet = workspace.sheet(SheetAsked::of("Ærøby")).unwrap();
    for dialect in sql_dialects() {
        let page = SqlPage { sheet: &sheet, from: "borgere", key: "Mentor", lang: Lang::Da };
        let refused = (dialect.render)(&page).unwrap_err();
        assert_eq!(
            refused.da,
            "nøglen `mentor` hedder som en kolonne, der kommer ud; vælg en anden med `--key`"
        );
    }
}

#[test]
fn the_page_runs_and_shows_what_is_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/sql.md")).unwrap();
    let scratch = env::temp_dir().join(format!("hjemmel-sql-{}", std::process::id()));
    fs::create_dir_all(&scratch).unwrap();
    let commands: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("$ hjemmel ")).collect();
    assert!(!commands.is_empty());
    for command in commands {
        let (words, file) = command.split_once(" --out ").unwrap();
        let out = scratch.join(file);
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_hjemmel"));
        let run =
            program.args(words.split_whitespace()).arg("--out").arg(&out).current_dir(root).output().unwrap();
        assert!(run.status.success(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
        let (workspace, _) = workspace("policies");
        let written = fs::read_to_string(&out).unwrap();
        assert_eq!(written, sql(&workspace, SheetAsked::of("Slagelse"), "duckdb", Lang::Da).unwrap());
    }
    fs::remove_dir_all(&scratch).unwrap();
    let excerpt = page.lines().find(|line| line.ends_with("Mentorlov § 3")).unwrap();
    let small = fs::read_to_string(root.join("tests/sql/duckdb.snap")).unwrap();
    assert!(small.contains(excerpt), "{excerpt}");
}
