//! `hjemmel init`: writes a `hjemmel.toml` and a small first policy. Nothing that exists is overwritten.

use crate::args::InitArgs;
use crate::config::{self, Config};
use crate::exit::{self, Failure};
use crate::files::shown;
use crate::language;
use anstream::ColorChoice;
use hjemmel::{Lang, Text};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

const POLICY: &str = "serviceniveau.hjemmel";

/// For editors; the template of `hjemmel.toml` names it.
const SCHEMA: &str = ".hjemmel/hjemmel.schema.json";

/// What is written: file names and texts.
fn files() -> [(&'static str, String); 3] {
    [
        (config::NAME, include_str!("init/hjemmel.toml").to_owned()),
        (POLICY, include_str!("init/serviceniveau.hjemmel").to_owned()),
        (SCHEMA, config::schema()),
    ]
}

pub(crate) fn run(args: &InitArgs, lang: Option<Lang>) -> Result<u8, Failure> {
    let lang = language::choose(lang, None);
    write(&args.folder).map_err(|failure| failure.told_in(lang))?;
    let folder = shown(&args.folder);
    let check = if folder == "." { "hjemmel check".to_owned() } else { format!("hjemmel check {folder}") };
    let (one, two) = (in_folder(&args.folder, config::NAME), in_folder(&args.folder, POLICY));
    let three = in_folder(&args.folder, SCHEMA);
    let told = Text {
        en: format!("wrote `{one}` and `{two}`, and for editors `{three}`\nnext: `{check}`\n"),
        da: format!("skrev `{one}` og `{two}`, og til editorer `{three}`\nnæste skridt: `{check}`\n"),
    };
    super::print(told.get(lang), ColorChoice::Never)?;
    Ok(exit::CLEAN)
}

fn write(folder: &Path) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for (name, _) in files() {
        if fs::symlink_metadata(folder.join(name)).is_ok() {
            let name = in_folder(folder, name);
            problems.push(Text {
                en: format!("`{name}` exists; nothing was written"),
                da: format!("`{name}` findes allerede; intet er skrevet"),
            });
        }
    }
    let above = folder.ancestors().find(|above| !above.as_os_str().is_empty() && above.exists());
    let above = above.unwrap_or(Path::new("."));
    if !above.is_dir() {
        let above = shown(above);
        problems
            .push(Text { en: format!("`{above}` is no folder"), da: format!("`{above}` er ingen mappe") });
    }
    if problems.is_empty() {
        problems.extend(surrounding(folder, above));
    }
    if !problems.is_empty() {
        return Err(Failure::new(problems));
    }
    let unwritten = |path: &Path, error: &std::io::Error| {
        let path = shown(path);
        Text {
            en: format!("`{path}` cannot be written: {error}"),
            da: format!("`{path}` kan ikke skrives: {error}"),
        }
    };
    for (name, text) in files() {
        let path = folder.join(name);
        let home = path.parent().unwrap_or(folder);
        fs::create_dir_all(home).map_err(|error| unwritten(home, &error))?;
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        file.and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|error| unwritten(&path, &error))?;
    }
    Ok(())
}

/// A workspace inside another one could not be checked from the outer one.
fn surrounding(folder: &Path, above: &Path) -> Option<Text> {
    let outer = Config::file_above(above)?;
    let (outer, folder) = (shown(&outer), shown(folder));
    Some(Text {
        en: format!("`{folder}` already belongs to the workspace of `{outer}`; nothing was written"),
        da: format!("`{folder}` hører allerede til regelsamlingen i `{outer}`; intet er skrevet"),
    })
}

fn in_folder(folder: &Path, name: &str) -> String {
    shown(&folder.join(name))
}
