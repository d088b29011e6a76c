//! Headers: which modules there are, and whose each file is.

use super::citations::Paragraphs;
use super::names::{Names, Sort, Space, duplicate, nearest};
use super::problems::{Problems, error};
use super::unfit::backwards_period;
use crate::ground::{Diagnostic, Span, text};
use crate::model::{Edition, Module, ModuleId, ModuleKind, ValueSet};
use crate::syntax::ast::{self, ItemKind};
use std::collections::BTreeMap;

/// Whose a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// the module its header names
    Of(ModuleId),
    /// nobody's: it has no header that can speak
    Nobody,
    /// unknown, because its header could not be read, which is told
    Unreadable,
}

/// What the headers of all files say together.
pub(super) struct Headers<'a> {
    pub(super) modules: Vec<Module>,
    pub(super) paragraphs: Vec<Paragraphs>,
    /// by module: the declaring header
    pub(super) declaring: Vec<Option<&'a ast::Module>>,
    /// by file
    pub(super) homes: Vec<Home>,
}

/// One module as its headers in all files tell it.
struct Speaker<'a> {
    name: &'a ast::Name,
    kind: ModuleKind,
    title: Option<&'a ast::Quoted>,
    declaring: Option<&'a ast::Module>,
    /// one of its headers could not be read
    unreadable: bool,
    span: Span,
}

/// How many headers are compared with all others: a text made to hurt has endless ones.
const MOST_COMPARED: usize = 500;

/// The kind of module a header word begins.
fn kind_of(keyword: &str) -> Option<ModuleKind> {
    match keyword {
        "lov" => Some(ModuleKind::Law),
        "bekendtgørelse" => Some(ModuleKind::Order),
        "kilde" => Some(ModuleKind::Source),
        "kommune" => Some(ModuleKind::Municipality),
        "forsøg" => Some(ModuleKind::Trial),
        "region" => Some(ModuleKind::Region),
        "institution" => Some(ModuleKind::Institution),
        "vejledning" => Some(ModuleKind::Guidance),
        "leverandør" => Some(ModuleKind::Provider),
        _ => None,
    }
}

/// Reads every header.
pub(super) fn read<'a>(files: &'a [ast::File], names: &mut Names, problems: &mut Problems) -> Headers<'a> {
    let misspelt = misspelt(files, problems);
    let mut speakers = speakers(files, &misspelt, names, problems);
    speakers.sort_by(|a, b| a.name.text.cmp(&b.name.text));
    let (mut modules, mut paragraphs) = (Vec::new(), Vec::new());
    for (index, speaker) in speakers.iter().enumerate() {
        names.place(Space::Modules, &speaker.name.text, index);
    }
    for speaker in &speakers {
        let mut of_module = Problems::of_module(&speaker.name.text);
        let (mut module, known) = module(speaker, &mut of_module);
        module.applies_in = applies_in(speaker, names, &mut of_module);
        module.has_error = speaker.unreadable || of_module.failed();
        modules.push(module);
        paragraphs.push(known);
        problems.take(of_module);
    }
    let homes = files.iter().map(|file| home(file, &modules, &misspelt, problems)).collect();
    let declaring = speakers.iter().map(|speaker| speaker.declaring).collect();
    Headers { modules, paragraphs, declaring, homes }
}

/// Names of headers that say nothing of their own and are close to one that does: `lov LBA` beside `lov LAB "…" { … }`.
/// Without this a slip would move a file's rules to a law of its own, and nobody would be told.
fn misspelt<'a>(files: &'a [ast::File], problems: &mut Problems) -> BTreeMap<&'a str, &'a str> {
    let headers = files.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
        ItemKind::Module(header) => Some(header),
        _ => None,
    });
    let says_something = |header: &&ast::Module| header.declares || header.title.is_some();
    let declared: BTreeMap<&str, ModuleKind> = headers
        .clone()
        .filter(says_something)
        .map(|header| (header.name.text.as_str(), header.kind))
        .collect();
    let mut misspelt = BTreeMap::new();
    let bare = headers.filter(|header| !declared.contains_key(header.name.text.as_str()));
    for header in bare.take(MOST_COMPARED) {
        let name = header.name.text.as_str();
        let alike = declared.iter().filter(|(_, kind)| **kind == header.kind).map(|(known, _)| *known);
        let Some(meant) = nearest(name, alike) else { continue };
        misspelt.insert(name, meant);
        let message = text!(
            en: "no header gives `{name}` a title, and it is almost `{meant}`",
            da: "intet hoved giver `{name}` en titel, og det er næsten `{meant}`"
        );
        let help = text!(
            en: "write `{meant}`, or give `{name}` a title in quotation marks",
            da: "skriv `{meant}`, eller giv `{name}` en titel i anførselstegn"
        );
        let label = text!(en: "read as `{meant}`", da: "læst som `{meant}`");
        problems.tell(error("unknown-name", message).label(header.name.span, label).help(help));
    }
    misspelt
}

fn speakers<'a>(
    files: &'a [ast::File],
    misspelt: &BTreeMap<&str, &str>,
    names: &mut Names,
    problems: &mut Problems,
) -> Vec<Speaker<'a>> {
    let mut speakers: Vec<Speaker<'a>> = Vec::new();
    let mut by_name = BTreeMap::new();
    for item in files.iter().flat_map(|file| &file.items) {
        let (name, kind, header) = match &item.kind {
            ItemKind::Module(header) => (&header.name, header.kind, Some(header)),
            ItemKind::Broken { keyword, name: Some(name) } => match kind_of(keyword) {
                Some(kind) => (name, kind, None),
                None => continue,
            },
            _ => continue,
        };
        if misspelt.contains_key(name.text.as_str()) {
            continue;
        }
        let Some(index) = by_name.get(&name.text).copied() else {
            names.define(Space::Modules, name, Sort::of_module(kind), problems);
            by_name.insert(&name.text, speakers.len());
            let title = header.and_then(|header| header.title.as_ref());
            let declaring = header.filter(|header| header.declares);
            let unreadable = header.is_none();
            speakers.push(Speaker { name, kind, title, declaring, unreadable, span: name.span });
            continue;
        };
        let Some(known) = speakers.get_mut(index) else { continue };
        let Some(header) = header else {
            known.unreadable = true;
            continue;
        };
        let both_declare = header.declares && known.declaring.is_some();
        if both_declare || header.kind != known.kind {
            let first = known.declaring.map_or(known.span, |first| first.name.span);
            problems.tell(duplicate(&name.text, name.span, Some(first)).help(text!(
                en: "declare it once, with braces; its other files repeat the header without braces",
                da: "definér den én gang, med klammer; dens øvrige filer gentager hovedet uden klammer"
            )));
            continue;
        }
        known.title = known.title.or(header.title.as_ref());
        if header.declares {
            known.declaring = Some(header);
            known.title = header.title.as_ref().or(known.title);
            known.span = name.span;
        }
    }
    speakers
}

fn module(speaker: &Speaker<'_>, problems: &mut Problems) -> (Module, Paragraphs) {
    let header = speaker.declaring;
    let editions = header.map(|header| header.editions.as_slice()).unwrap_or_default();
    let in_force = editions.iter().filter_map(|edition| period(edition.valid, problems));
    let in_force = in_force.fold(ValueSet::empty(), |all, edition| all.union(&edition));
    let declared = header.map(|header| header.paragraphs.as_slice()).unwrap_or_default();
    let (paragraphs, known) = Paragraphs::of_header(declared, &speaker.name.text, problems);
    let module = Module {
        name: speaker.name.text.clone(),
        title: speaker.title.map(|title| title.text.clone()).unwrap_or_default(),
        kind: speaker.kind,
        guiding: header.and_then(|header| header.guiding).unwrap_or(true),
        // with no edition, or none whose period can be read, it is always in force
        in_force: if in_force.is_empty() { ValueSet::all() } else { in_force },
        applies_in: Vec::new(),
        valid: header.and_then(|header| header.valid).map(|valid| {
            // a period that cannot be read leaves every day
            period(Some(valid), problems).unwrap_or_else(ValueSet::all)
        }),
        adopted: header.and_then(|header| header.adopted).map(|date| date.day),
        has_error: false,
        editions: editions.iter().map(edition).collect(),
        paragraphs,
        scope: None,
        complaint: None,
        silent_on: Vec::new(),
        span: speaker.span,
    };
    (module, known)
}

/// The municipalities of a `gælder i`: of a trial or a region all it names, of an institution the one it is under.
fn applies_in(speaker: &Speaker<'_>, names: &Names, problems: &mut Problems) -> Vec<ModuleId> {
    let named = speaker.declaring.map(|header| header.applies_in.as_slice()).unwrap_or_default();
    let mut found: Vec<ModuleId> = Vec::new();
    for name in named {
        let found_here = names.find(&[Space::Modules], name, &[Sort::Municipality], problems);
        let new = found_here.map(|(_, index)| ModuleId(index)).filter(|module| !found.contains(module));
        found.extend(new);
    }
    if speaker.kind == ModuleKind::Institution {
        if let [_, second, ..] = named {
            problems.tell(two_municipalities(&speaker.name.text, second.span));
            found.truncate(1);
        } else if named.is_empty() && !speaker.unreadable {
            problems.tell(under_nobody(&speaker.name.text, speaker.span));
        }
    }
    if speaker.kind == ModuleKind::Region && named.is_empty() && !speaker.unreadable {
        problems.tell(nowhere(&speaker.name.text, speaker.span));
    }
    found
}

fn two_municipalities(name: &str, span: Span) -> Diagnostic {
    let message = text!(
        en: "the institution `{name}` is under one municipality, and names another",
        da: "institutionen `{name}` hører under én kommune, men nævner en til"
    );
    error("unclear-header", message)
        .label(span, text!(en: "a second municipality", da: "endnu en kommune"))
        .help(text!(en: "keep the one it is under", da: "behold den, den hører under"))
}

fn under_nobody(name: &str, span: Span) -> Diagnostic {
    let message = text!(
        en: "the institution `{name}` does not say which municipality it is under",
        da: "institutionen `{name}` siger ikke, hvilken kommune den hører under"
    );
    error("unclear-header", message).label(span, text!(en: "under whom?", da: "under hvem?")).help(text!(
        en: "write `gælder i` and the municipality in its header",
        da: "skriv `gælder i` og kommunen i dens hoved"
    ))
}

fn nowhere(name: &str, span: Span) -> Diagnostic {
    let message = text!(
        en: "the region `{name}` does not say which municipalities it is for, so it applies nowhere",
        da: "regionen `{name}` siger ikke, hvilke kommuner den er for, så den gælder ingen steder"
    );
    error("unclear-header", message).label(span, text!(en: "for whom?", da: "for hvem?")).help(text!(
        en: "write `gælder i` and the municipalities in its header",
        da: "skriv `gælder i` og kommunerne i dens hoved"
    ))
}

fn edition(edition: &ast::Edition) -> Edition {
    Edition {
        title: edition.title.text.clone(),
        eli: edition.eli.as_ref().map(|eli| eli.text.clone()),
        from: edition.valid.and_then(|valid| valid.from).map(|date| date.day),
        to: edition.valid.and_then(|valid| valid.to).map(|date| date.day),
    }
}

/// The days of a `gyldig`; nothing where they run backwards, which is told.
pub(super) fn period(valid: Option<ast::Period>, problems: &mut Problems) -> Option<ValueSet> {
    let Some(valid) = valid else { return Some(ValueSet::all()) };
    let from = valid.from.map_or(ValueSet::MIN, |date| date.day);
    let to = valid.to.map_or(ValueSet::MAX, |date| date.day);
    if from > to {
        problems.tell(backwards_period(valid.span));
        return None;
    }
    Some(ValueSet::range(from, to))
}

/// The module a file's rules belong to: its first header that can speak.
fn home(
    file: &ast::File,
    modules: &[Module],
    misspelt: &BTreeMap<&str, &str>,
    problems: &mut Problems,
) -> Home {
    let mut headers = file.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Module(header) => Some((Some(&header.name), header.kind)),
        ItemKind::Broken { keyword, name } => Some((name.as_ref(), kind_of(keyword)?)),
        _ => None,
    });
    let mut speaking = headers.clone().filter(|(_, kind)| *kind != ModuleKind::Source);
    let Some((name, kind)) = speaking.next() else {
        if let Some(place) = speaks(file) {
            problems.tell(nobody_speaks(headers.next_back().and_then(|(name, _)| name), place));
        }
        return Home::Nobody;
    };
    let Some(first) = name else { return Home::Unreadable };
    if let (ModuleKind::Provider, Some(place)) = (kind, speaks(file)) {
        problems.tell(only_offers(first, place));
    }
    let second = speaking.filter_map(|(name, _)| name).find(|name| name.text != first.text);
    if let Some((second, place)) = second.zip(speaks(file)) {
        problems.tell(two_speak(first, second, place));
    }
    let first = misspelt.get(first.text.as_str()).copied().unwrap_or(&first.text);
    match modules.binary_search_by(|module| module.name.as_str().cmp(first)) {
        Ok(index) => Home::Of(ModuleId(index as u32)),
        Err(_) => Home::Unreadable,
    }
}

/// The first rule, table or department of a file: what needs someone to say it.
fn speaks(file: &ast::File) -> Option<Span> {
    file.items.iter().find_map(|item| match &item.kind {
        ItemKind::Rule(rule) => Some(rule.name.span),
        ItemKind::Table(table) => Some(table.name.span),
        ItemKind::Matrix(matrix) => Some(matrix.name.span),
        ItemKind::Department(department) => Some(department.name.span),
        _ => None,
    })
}

fn nobody_speaks(source: Option<&ast::Name>, place: Span) -> Diagnostic {
    let label = text!(en: "who says this?", da: "hvem siger dette?");
    let Some(source) = source else {
        let message = text!(
            en: "the file does not say whose rules these are",
            da: "filen siger ikke, hvis regler det er"
        );
        return error("unclear-header", message).label(place, label).help(text!(
            en: "begin the file with a header: `kommune NAME` or `lov NAME`",
            da: "begynd filen med et hoved: `kommune NAVN` eller `lov NAVN`"
        ));
    };
    let name = &source.text;
    let message = text!(
        en: "`{name}` is a kilde, which is only cited and has no rules",
        da: "`{name}` er en kilde, som kun citeres og ikke har regler"
    );
    error("unclear-header", message)
        .label(place, label)
        .label(source.span, text!(en: "only a kilde", da: "kun en kilde"))
        .help(text!(
            en: "write `lov {name}` when the rules are its own, else add the header of who speaks",
            da: "skriv `lov {name}`, hvis reglerne er dens egne, og ellers et hoved for den, der taler"
        ))
}

fn only_offers(provider: &ast::Name, place: Span) -> Diagnostic {
    let name = &provider.text;
    let message = text!(
        en: "`{name}` is a leverandør, which offers and has no rules",
        da: "`{name}` er en leverandør, som tilbyder forløb og ikke har regler"
    );
    error("unclear-header", message)
        .label(place, text!(en: "nobody says this", da: "det siger ingen"))
        .label(provider.span, text!(en: "only offers", da: "tilbyder kun"))
        .help(text!(
            en: "write what is sold as a `forløb`, or put the rule in the file of who makes it",
            da: "skriv det, der sælges, som et `forløb`, eller flyt reglen til den, der sætter den"
        ))
}

fn two_speak(first: &ast::Name, second: &ast::Name, place: Span) -> Diagnostic {
    let (one, other) = (&first.text, &second.text);
    let message = text!(
        en: "the file has two headers, `{one}` and `{other}`; its rules are read as those of `{one}`",
        da: "filen har to hoveder, `{one}` og `{other}`; dens regler læses som regler i `{one}`"
    );
    error("unclear-header", message)
        .label(second.span, text!(en: "a second header", da: "endnu et hoved"))
        .label(first.span, text!(en: "the first header", da: "det første hoved"))
        .label(place, text!(en: "who says this?", da: "hvem siger dette?"))
        .help(text!(
            en: "give `{other}` a file of its own, or make it a `kilde` if it is only cited",
            da: "giv `{other}` sin egen fil, eller gør den til `kilde`, hvis den kun citeres"
        ))
}
