//! `hjemmel import`: makes a first table of rules out of a table in a document.

use crate::args::ImportArgs;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::files::{self, is_policy, no_policy, shown};
use crate::language;
use crate::replace::{not_written, replace};
use anstream::ColorChoice;
use hjemmel::{Grid, ImportAsked, Imported, Lang, Options, SourceFile, Text, Workspace};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &ImportArgs, lang: Option<Lang>) -> Result<u8, Failure> {
    let config = Config::find(&[home(args)])?;
    let lang = language::choose(lang, config.language);
    import(args, &config, lang).map_err(|failure| failure.told_in(lang))
}

fn import(args: &ImportArgs, config: &Config, lang: Lang) -> Result<u8, Failure> {
    if let Some(out) = &args.out {
        writable(out, args.force)?;
    }
    let name = shown(&args.document);
    let grids = hjemmel::documents::tables(&name, &bytes(&args.document)?)?;
    let (number, grid) = chosen(&name, &grids, args)?;
    let file = args.document.file_name().unwrap_or_default().to_string_lossy();
    let mut asked = ImportAsked::of(&file, number);
    asked.place = args.municipality.as_deref();
    asked.literate = args.out.as_deref().is_some_and(|out| shown(out).ends_with(".md"));
    let workspace = workspace(args, config)?;
    let imported = super::threads(Some(1))?.install(|| workspace.import(grid, asked))?;
    let page = match &args.out {
        None => imported.text.clone(),
        Some(out) => {
            replace(out, &imported.text).map_err(|error| not_written(&shown(out), &error))?;
            wrote(out).get(lang).to_owned()
        }
    };
    tell(&name, number, &imported, lang);
    super::print(&page, ColorChoice::Never)?;
    Ok(exit::CLEAN)
}

/// Where the words of the table are looked for.
fn home(args: &ImportArgs) -> PathBuf {
    let around = args.out.as_deref().and_then(Path::parent).filter(|folder| folder.is_dir());
    args.workspace.clone().or_else(|| around.map(Path::to_owned)).unwrap_or_else(|| ".".into())
}

/// The policies there are; none is no mistake, a table may be the first. A file that will be replaced is not asked.
fn workspace(args: &ImportArgs, config: &Config) -> Result<Workspace, Failure> {
    let home = home(args);
    // the folder of --out may still be empty where the workspace around it is not
    let whole = config.folder.as_deref().map(|folder| files::as_given(folder, &home)).unwrap_or(home);
    let none_yet = args.workspace.is_none() && !files::has_policies(&whole);
    let mut sources: Vec<SourceFile> = Vec::new();
    if !none_yet {
        sources = files::read(&[whole], config)?.sources;
    }
    if let Some(out) = args.out.as_deref().and_then(|out| fs::canonicalize(out).ok()) {
        sources.retain(|file| fs::canonicalize(&file.name).ok().as_ref() != Some(&out));
    }
    let mut options = Options::default();
    options.window = config.window;
    Ok(Workspace::new(sources, options))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Text> {
    let advice =
        Text { en: "save only the table itself".to_owned(), da: "gem kun selve tabellen".to_owned() };
    files::bytes(path, &shown(path), &advice)
}

/// Whether the file may be written at all, before anything is read.
fn writable(out: &Path, force: bool) -> Result<(), Text> {
    let name = shown(out);
    if !is_policy(out) {
        return Err(no_policy(out));
    }
    if !force && fs::symlink_metadata(out).is_ok() {
        return Err(Text {
            en: format!("`{name}` exists; --force replaces it"),
            da: format!("`{name}` findes allerede; --force erstatter den"),
        });
    }
    Ok(())
}

/// The table that is meant: the one asked for, else the only one.
fn chosen<'a>(name: &str, grids: &'a [Grid], args: &ImportArgs) -> Result<(usize, &'a Grid), Failure> {
    let numbered: Vec<(usize, &Grid)> = (1..).zip(grids).collect();
    let on_sheet = |grid: &Grid| args.sheet.is_none() || grid.sheet == args.sheet;
    let mut left: Vec<(usize, &Grid)> = numbered.iter().copied().filter(|(_, grid)| on_sheet(grid)).collect();
    if let Some(wanted) = args.table {
        left.retain(|(number, _)| *number == wanted);
    } else if left.iter().filter(|(_, grid)| grid.is_table()).count() == 1 {
        left.retain(|(_, grid)| grid.is_table());
    }
    if let [one] = left.as_slice() {
        return Ok(*one);
    }
    let count = grids.len();
    let first = if left.is_empty() {
        Text {
            en: format!("`{name}` has no such table; its tables are"),
            da: format!("`{name}` har ikke den tabel; der er disse"),
        }
    } else {
        Text {
            en: format!("`{name}` has {count} tables; choose one with --table"),
            da: format!("`{name}` har {count} tabeller; vælg én med --table"),
        }
    };
    let listed = if left.is_empty() { numbered } else { left };
    let rows: Vec<Text> = listed.into_iter().map(row_of_list).collect();
    let with_rows = |lang: Lang| {
        let rows = rows.iter().map(|row| row.get(lang));
        std::iter::once(first.get(lang)).chain(rows).collect::<Vec<_>>().join("\n")
    };
    Err(Failure::from(Text { en: with_rows(Lang::En), da: with_rows(Lang::Da) }))
}

fn row_of_list((number, grid): (usize, &Grid)) -> Text {
    let rows = grid.rows.len();
    let (words, caption) = (grid.first_words(), grid.caption.as_deref().unwrap_or("–"));
    let sheet = |word: &str| grid.sheet.as_ref().map_or(String::new(), |sheet| format!(", {word} {sheet}"));
    Text {
        en: format!("  --table {number}: {caption}{} ({rows} rows: {words})", sheet("sheet")),
        da: format!("  --table {number}: {caption}{} ({rows} rækker: {words})", sheet("ark")),
    }
}

fn wrote(out: &Path) -> Text {
    let name = shown(out);
    Text {
        en: format!("wrote `{name}`\nnext: `hjemmel check`\n"),
        da: format!("skrev `{name}`\nnæste skridt: `hjemmel check`\n"),
    }
}

/// What became of the columns, and what to look at, on standard error.
fn tell(name: &str, number: usize, imported: &Imported, lang: Lang) {
    let rows = imported.rows;
    let mut lines = vec![match lang {
        Lang::En => format!("{name}, table {number}: {rows} {}", if rows == 1 { "row" } else { "rows" }),
        Lang::Da => format!("{name}, tabel {number}: {rows} {}", if rows == 1 { "række" } else { "rækker" }),
    }];
    lines.extend(imported.columns.iter().map(|column| format!("  {}", column.get(lang))));
    if !imported.told.is_empty() {
        lines.push(match lang {
            Lang::En => "look at this:".to_owned(),
            Lang::Da => "se på dette:".to_owned(),
        });
        lines.extend(imported.told.iter().map(|told| format!("  {}", told.get(lang))));
    }
    let mut stderr = anstream::stderr().lock();
    for line in lines {
        let _ = writeln!(stderr, "{line}");
    }
}
