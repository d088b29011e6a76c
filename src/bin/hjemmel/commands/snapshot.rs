//! `hjemmel snapshot`: what the policies mean, as files beside them; and a whole version of them in one file.

use crate::args::SnapshotArgs;
use crate::config::Config;
use crate::exit::{CLEAN, FINDINGS, Failure, UNABLE, remark, tell};
use crate::files::{self, Files, shown};
use crate::language;
use crate::snapshots::{Asked, ENDING, Kept, Snapshots, changed};
use crate::versions::saved::Saving;
use anstream::ColorChoice;
use hjemmel::{Lang, Meaning, Options, PlaceMeaning, Text, Workspace};
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &SnapshotArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let config = Config::find(&args.paths)?;
    let lang = language::choose(lang, config.language);
    snapshot(args, &config, lang, color).map_err(|failure| failure.told_in(lang))
}

fn snapshot(args: &SnapshotArgs, config: &Config, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let files = files::read(&args.paths, config)?;
    let mut options = Options::default();
    options.window = args.window.or(config.window);
    options.budget = args.budget.unwrap_or(options.budget);
    let workspace = Workspace::new(files.sources.clone(), options);
    let meaning = super::threads(args.jobs)?.install(|| workspace.meaning());
    if meaning.unread > 0 {
        if args.accept || args.save.is_some() {
            return Err(cannot_stand(meaning.unread).into());
        }
        remark(lang, &[unread(meaning.unread)]);
    }
    if let Some(to) = &args.save {
        return save(args, config, (&files, &meaning), to, lang, color);
    }
    let asked =
        Asked { asked: &files.asked, paths: &args.paths, top: files.top.as_deref(), kept: &config.paths };
    let snapshots = Snapshots::find(&meaning, workspace.sources(), &asked)?;
    let open = open(snapshots.kept.iter().map(|kept| kept.place));
    if !open.is_empty() && (args.check || args.accept || args.hash) {
        return Err(Failure::new(open));
    }
    if snapshots.kept.is_empty() {
        return Err(no_place(&args.paths).into());
    }
    match () {
        () if args.hash => super::print(&hashes(&snapshots, &meaning, lang), color).map(|()| CLEAN),
        () if args.accept => accept(&snapshots, lang, color),
        () if args.check => check(&snapshots, &args.paths, meaning.unread, lang, color),
        () => {
            let pages: Vec<&str> = snapshots.kept.iter().map(|kept| kept.meant.as_str()).collect();
            super::print(&pages.join("\n"), color)?;
            tell(lang, &open);
            Ok(if open.is_empty() { CLEAN } else { UNABLE })
        }
    }
}

/// Writes the whole version into one file.
fn save(
    args: &SnapshotArgs,
    config: &Config,
    (files, meaning): (&Files, &Meaning),
    to: &Path,
    lang: Lang,
    color: ColorChoice,
) -> Result<u8, Failure> {
    let open = open(meaning.places.iter());
    if !open.is_empty() {
        return Err(Failure::new(open));
    }
    if meaning.places.is_empty() {
        return Err(no_place(&args.paths).into());
    }
    let (window, reference_date) = (args.window.or(config.window), config.reference_date);
    Saving { files, paths: &args.paths, window, reference_date, meaning }.write(to)?;
    let word = Text { en: "written".to_owned(), da: "skrevet".to_owned() };
    super::print(&format!("{}: {}\n", word.get(lang), shown(to)), color)?;
    Ok(CLEAN)
}

fn accept(snapshots: &Snapshots<'_>, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let (written, taken) = snapshots.accept()?;
    let mut page = String::new();
    for (paths, word) in [
        (&written, Text { en: "written".to_owned(), da: "skrevet".to_owned() }),
        (&taken, Text { en: "taken away".to_owned(), da: "fjernet".to_owned() }),
    ] {
        for path in paths {
            let _ = writeln!(page, "{}: {}", word.get(lang), shown(path));
        }
    }
    super::print(&page, color)?;
    if page.is_empty() {
        remark(
            lang,
            &[Text {
                en: "every snapshot says what the policies mean: nothing was written".to_owned(),
                da: "alle aftryk siger, hvad reglerne betyder: intet er skrevet".to_owned(),
            }],
        );
    }
    Ok(CLEAN)
}

fn check(
    snapshots: &Snapshots<'_>,
    paths: &[PathBuf],
    errors: usize,
    lang: Lang,
    color: ColorChoice,
) -> Result<u8, Failure> {
    if snapshots.kept.iter().all(|kept| kept.stands.is_none()) && snapshots.unreferenced.is_empty() {
        return Err(no_snapshot(paths).into());
    }
    let mut page = String::new();
    for kept in snapshots.kept.iter().filter(|kept| !kept.is_right()) {
        tell_of(&mut page, kept, lang);
    }
    for path in &snapshots.unreferenced {
        let _ = writeln!(page, "{}\n", unreferenced(path).get(lang));
    }
    if page.is_empty() {
        return Ok(CLEAN);
    }
    let paths = paths_of(paths);
    let next = match errors {
        0 => Text {
            en: format!(
                "If this is what is meant: `hjemmel snapshot{paths} --accept`, and let it be read with the rules."
            ),
            da: format!(
                "Er det sådan, det er ment: `hjemmel snapshot{paths} --accept`, og lad det blive læst sammen med reglerne."
            ),
        },
        _ => Text {
            en: format!(
                "First the errors: `hjemmel check{paths}` tells them. What is not read cannot be accepted."
            ),
            da: format!(
                "Først fejlene: `hjemmel check{paths}` viser dem. Det, der ikke er læst, kan ikke skrives ned."
            ),
        },
    };
    let _ = writeln!(page, "{}", next.get(lang));
    super::print(&page, color)?;
    Ok(FINDINGS)
}

fn tell_of(page: &mut String, kept: &Kept<'_>, lang: Lang) {
    let (place, name) = (&kept.place.place, shown(&kept.path));
    let what = match &kept.stands {
        None => Text {
            en: format!("{place}: there is no `{name}`"),
            da: format!("{place}: `{name}` findes ikke"),
        },
        Some(_) => Text {
            en: format!("{place}: `{name}` says something else than the policies mean now"),
            da: format!("{place}: `{name}` siger noget andet, end reglerne nu betyder"),
        },
    };
    let _ = writeln!(page, "{}", what.get(lang));
    if let Some(stands) = &kept.stands {
        page.push_str(&changed(&name, stands, &kept.meant, lang));
    }
    page.push('\n');
}

fn hashes(snapshots: &Snapshots<'_>, meaning: &Meaning, lang: Lang) -> String {
    let mut page = String::new();
    for kept in &snapshots.kept {
        let _ = writeln!(page, "{}  {}", kept.place.hash, kept.place.place);
    }
    let all = Text { en: "all places".to_owned(), da: "alle steder".to_owned() };
    let _ = writeln!(page, "{}  ({})", meaning.hash, all.get(lang));
    page
}

fn paths_of(paths: &[PathBuf]) -> String {
    let paths = paths.iter().map(|path| shown(path)).filter(|path| path != ".");
    paths.map(|path| format!(" {path}")).collect()
}

fn open<'a>(places: impl Iterator<Item = &'a PlaceMeaning>) -> Vec<Text> {
    let each = places.flat_map(|kept| {
        kept.open.iter().map(|support| {
            let place = &kept.place;
            match support.is_empty() {
                true => Text {
                    en: "not proven which citizens there can be; a larger `--budget` may help".to_owned(),
                    da: "ikke bevist, hvilke borgere der kan findes; prøv med en større `--budget`"
                        .to_owned(),
                },
                false => Text {
                    en: format!("not proven: `{support}` in `{place}`; a larger `--budget` may help"),
                    da: format!("ikke bevist: `{support}` i `{place}`; prøv med en større `--budget`"),
                },
            }
        })
    });
    let mut told: Vec<Text> = Vec::new();
    each.for_each(|text| {
        if !told.contains(&text) {
            told.push(text);
        }
    });
    told
}

/// What is written down as the meaning of the policies must be all of it.
fn cannot_stand(errors: usize) -> Text {
    match errors {
        1 => Text {
            en: "an error keeps some of the policies from being read, so their meaning cannot be written down: `hjemmel check` tells the error".to_owned(),
            da: "en fejl gør, at noget af reglerne ikke kan læses, så deres betydning kan ikke skrives ned: `hjemmel check` viser fejlen".to_owned(),
        },
        _ => Text {
            en: format!("{errors} errors keep some of the policies from being read, so their meaning cannot be written down: `hjemmel check` tells the errors"),
            da: format!("{errors} fejl gør, at noget af reglerne ikke kan læses, så deres betydning kan ikke skrives ned: `hjemmel check` viser fejlene"),
        },
    }
}

fn unread(errors: usize) -> Text {
    match errors {
        1 => Text {
            en: "what an error keeps from being read is left out: `hjemmel check` tells it".to_owned(),
            da: "det, en fejl gør ulæseligt, er udeladt: `hjemmel check` viser den".to_owned(),
        },
        _ => Text {
            en: format!("what {errors} errors keep from being read is left out: `hjemmel check` tells them"),
            da: format!("det, {errors} fejl gør ulæseligt, er udeladt: `hjemmel check` viser dem"),
        },
    }
}

fn no_place(paths: &[PathBuf]) -> Text {
    let places = files::listed(paths);
    Text {
        en: format!("no municipality and no institution is declared in {places}: nothing is decided there"),
        da: format!("ingen kommune og ingen institution er erklæret i {places}: der afgøres intet"),
    }
}

fn no_snapshot(paths: &[PathBuf]) -> Text {
    let paths = paths_of(paths);
    Text {
        en: format!(
            "there is no snapshot (`*{ENDING}`) to compare with: `hjemmel snapshot{paths} --accept` writes them"
        ),
        da: format!(
            "der er intet aftryk (`*{ENDING}`) at sammenligne med: `hjemmel snapshot{paths} --accept` skriver dem"
        ),
    }
}

fn unreferenced(path: &Path) -> Text {
    let name = shown(path);
    Text {
        en: format!("`{name}` belongs to no place any more"),
        da: format!("`{name}` hører ikke længere til noget sted"),
    }
}
