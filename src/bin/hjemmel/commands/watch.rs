//! `hjemmel check --watch`: checks again when a policy or a `hjemmel.toml` changes, and tells what came and what went.

use super::check::{Found, Place, checked_all, drawn, places};
use crate::args::CheckArgs;
use crate::exit::{self, Failure};
use crate::files::shown;
use anstream::{AutoStream, ColorChoice};
use hjemmel::{Checked, Checker, Known, Lang, Text, Workspace};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use std::{env, fs};

/// Editors save in several steps: what comes within this time is one change.
const QUIET: Duration = Duration::from_millis(100);

/// However much comes, nobody waits longer for an answer.
const MOST: usize = 20;

/// Checks until it is interrupted, or until nobody reads any more.
pub(crate) fn run(args: &CheckArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::from(Text {
            en: "`--watch` follows files: a text from standard input does not change".to_owned(),
            da: "`--watch` følger filer: en tekst fra standardinput ændrer sig ikke".to_owned(),
        }));
    }
    end_on_interruption()?;
    let (sender, events) = mpsc::channel();
    // listened to before the first check: what changes meanwhile is not missed
    let watcher = notify::recommended_watcher(move |event| drop(sender.send(event)));
    let mut watching = Watching { watcher: watcher.map_err(|error| deaf(&error))?, roots: Vec::new() };
    watching.look_at(args)?;
    let (mut seen, mut checkers) = (Seen::default(), Checkers::default());
    let first = look(args, lang, &mut checkers)?;
    let mut spoken = first.lang;
    let is_open = tell(&drawn(args, &first, color), color) && {
        let end = Text {
            en: "watching: what changes is checked again, and Ctrl-C ends".to_owned(),
            da: "følger med: det, der ændres, kontrolleres igen, og Ctrl-C slutter".to_owned(),
        };
        exit::remark(spoken, &[end]);
        true
    };
    seen.remember(&first);
    while is_open && watching.changed(&events) {
        watching.look_at(args)?;
        match look(args, lang, &mut checkers) {
            Err(failure) => seen.failed(failure, spoken),
            Ok(now) => {
                spoken = now.lang;
                let Some(page) = seen.news(args, &now, color) else { continue };
                seen.remember(&now);
                if !tell(&page, color) {
                    break;
                }
            }
        }
    }
    Ok(exit::CLEAN)
}

/// For each workspace what was looked at before.
type Checkers = BTreeMap<Option<String>, Checker>;

/// One look at everything: what cannot have changed since the last one is not looked at again.
fn look(args: &CheckArgs, lang: Option<Lang>, checkers: &mut Checkers) -> Result<Found, Failure> {
    let (places, lang) = places(args, lang)?;
    checkers.retain(|folder, _| places.iter().any(|place| place.folder == *folder));
    let check = &mut |place: &Place, workspace: &Workspace| -> Checked {
        checkers.entry(place.folder.clone()).or_default().check(workspace)
    };
    checked_all(args, places, lang, check).map_err(|failure| failure.told_in(lang))
}

/// Prints; says whether somebody still reads.
fn tell(page: &str, color: ColorChoice) -> bool {
    let mut stdout = AutoStream::new(io::stdout().lock(), color);
    let written = stdout.write_all(page.as_bytes()).and_then(|()| stdout.flush());
    !written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// Ctrl-C ends, but not in the middle of a line.
fn end_on_interruption() -> Result<(), Text> {
    let set = ctrlc::set_handler(|| {
        let _whole = io::stdout().lock();
        process::exit(exit::INTERRUPTED.into());
    });
    set.map_err(|error| Text {
        en: format!("Ctrl-C cannot be heard: {error}"),
        da: format!("Ctrl-C kan ikke høres: {error}"),
    })
}

fn deaf(error: &notify::Error) -> Text {
    Text {
        en: format!("changes cannot be heard: {error}"), da: format!("ændringer kan ikke høres: {error}")
    }
}

/// What was told last.
#[derive(Default)]
struct Seen {
    texts: BTreeMap<String, String>,
    known: BTreeMap<Option<String>, Vec<Known>>,
    failure: Option<Vec<Text>>,
}

impl Seen {
    fn remember(&mut self, found: &Found) {
        self.texts = texts(found);
        let known = |(place, one): (&Place, &super::check::Checking)| {
            (place.folder.clone(), one.workspace.known(&one.checked))
        };
        self.known = found.places.iter().zip(&found.all).map(known).collect();
        self.failure = None;
    }

    /// Tells why nothing can be checked, once.
    fn failed(&mut self, failure: Failure, lang: Lang) {
        if self.failure.as_ref() != Some(&failure.reasons) {
            exit::tell(failure.lang.unwrap_or(lang), &failure.reasons);
            self.failure = Some(failure.reasons);
        }
    }

    /// What is to be told; nothing where every text is as it was.
    fn news(&self, args: &CheckArgs, now: &Found, color: ColorChoice) -> Option<String> {
        let texts = texts(now);
        let names: BTreeSet<&String> = texts.keys().chain(self.texts.keys()).collect();
        let changed: Vec<&str> = names
            .into_iter()
            .filter(|name| texts.get(*name) != self.texts.get(*name))
            .map(String::as_str)
            .collect();
        if changed.is_empty() && self.failure.is_none() {
            return None;
        }
        let (mut now, mut gone) = (now.clone(), Vec::new());
        let (mut new, mut stand) = (0, 0);
        let none = Vec::new();
        for (place, one) in now.places.iter().zip(&mut now.all) {
            let before = self.known.get(&place.folder).unwrap_or(&none);
            one.checked = one.workspace.against(one.checked.clone(), before);
            new += one.checked.findings.len();
            if let Some(compared) = one.checked.compared.take() {
                stand += compared.old.len();
                gone.extend(compared.gone);
            }
        }
        let lang = now.lang;
        let files = changed.join(", ");
        let head = if changed.is_empty() {
            Text { en: "checked again".to_owned(), da: "kontrolleret igen".to_owned() }
        } else {
            Text { en: format!("changed: {files}"), da: format!("ændret: {files}") }
        };
        let mut page = format!("\n{}\n\n", head.get(lang));
        page.push_str(&findings(args, &now, color));
        for one in &gone {
            let about: Vec<&str> =
                [&one.module, &one.support, &one.about].into_iter().flatten().map(String::as_str).collect();
            let about = format!("{} {}", one.check, about.join(", "));
            let line = Text { en: format!("gone: {about}"), da: format!("væk: {about}") };
            page.push_str(&format!("{}\n", line.get(lang).trim_end()));
        }
        let gone = gone.len();
        let sum = match (new, gone, stand) {
            (0, 0, 0) => Text { en: "nothing found".to_owned(), da: "ingen fund".to_owned() },
            (0, 0, _) => Text {
                en: format!("nothing new, nothing gone; {stand} stand"),
                da: format!("intet nyt, intet væk; {stand} står"),
            },
            _ => Text {
                en: format!("{new} new, {gone} gone; {stand} stand"),
                da: format!("{new} {}, {gone} væk; {stand} står", if new == 1 { "nyt" } else { "nye" }),
            },
        };
        page.push_str(&format!("{}\n", sum.get(lang)));
        Some(page)
    }
}

/// The findings alone.
fn findings(args: &CheckArgs, now: &Found, color: ColorChoice) -> String {
    super::check::reports(args, now)
        .iter()
        .map(|report| hjemmel::report::findings(report, super::check::look(now.lang, color)))
        .collect()
}

/// Everything that is looked at, by name.
fn texts(found: &Found) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (place, one) in found.places.iter().zip(&found.all) {
        let files = one.workspace.sources().iter().map(|(_, file)| (file.name.clone(), file.text.clone()));
        texts.extend(files);
        if let (Some(file), Some(folder)) = (&place.config.file, &place.config.folder) {
            let text = fs::read_to_string(folder.join(crate::config::NAME)).unwrap_or_default();
            texts.insert(file.clone(), text);
        }
    }
    texts
}

/// Folders that are listened to.
struct Watching {
    watcher: RecommendedWatcher,
    roots: Vec<PathBuf>,
}

impl Watching {
    /// Listens to the workspaces of the paths, and to the folders around them, so that one that is deleted is heard when it
    /// comes again.
    fn look_at(&mut self, args: &CheckArgs) -> Result<(), Failure> {
        let here = env::current_dir().unwrap_or_default();
        let whole = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| here.join(path));
        let mut roots: Vec<PathBuf> = args.paths.iter().map(whole).collect();
        let found = places(args, None).map(|(places, _)| places).unwrap_or_default();
        roots.extend(found.into_iter().filter_map(|place| place.config.folder));
        roots.extend(args.baseline.iter().map(whole));
        roots.extend(self.roots.iter().cloned());
        roots.sort();
        roots.dedup();
        for root in &roots {
            if let Some(around) = root.parent().filter(|around| around.exists()) {
                let _ = self.watcher.watch(around, RecursiveMode::NonRecursive);
            }
            if root.is_dir() {
                self.watcher.watch(root, RecursiveMode::Recursive).map_err(|error| deaf(&error))?;
            }
        }
        self.roots = roots;
        Ok(())
    }

    /// Waits until something changes that is looked at, and until it is quiet again; false where nothing can be heard
    /// any more.
    fn changed(&self, events: &Receiver<notify::Result<Event>>) -> bool {
        loop {
            let Ok(event) = events.recv() else { return false };
            if !self.is_looked_at(&event) {
                continue;
            }
            for _ in 0..MOST {
                if events.recv_timeout(QUIET).is_err() {
                    break;
                }
            }
            return true;
        }
    }

    fn is_looked_at(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        let is_git = |path: &Path| path.components().any(|part| part.as_os_str() == ".git");
        let below =
            |path: &PathBuf| self.roots.iter().any(|root| path.starts_with(root) || root.starts_with(path));
        let is_read = matches!(event.kind, notify::EventKind::Access(_));
        !is_read && event.paths.iter().any(|path| below(path) && !is_git(path) && !shown(path).is_empty())
    }
}
