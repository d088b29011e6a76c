//! The definitions table: what every declared word means, and what to say of a word that means nothing.

use super::problems::{Problems, error};
use crate::ground::{Diagnostic, Span, Text, text};
use crate::model::{ModuleId, ModuleKind};
use crate::syntax::ast;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

/// What kind of thing a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Fact,
    Concept,
    Term,
    Support,
    Kind,
    Unit,
    Department,
    Law,
    Source,
    Municipality,
    Trial,
    Region,
    Institution,
    Guidance,
    Provider,
    Rate,
    Task,
    Step,
}

impl Sort {
    /// The sort a module's header declares.
    pub(super) fn of_module(kind: ModuleKind) -> Self {
        match kind {
            ModuleKind::Law | ModuleKind::Order => Sort::Law,
            ModuleKind::Source => Sort::Source,
            ModuleKind::Municipality => Sort::Municipality,
            ModuleKind::Trial => Sort::Trial,
            ModuleKind::Region => Sort::Region,
            ModuleKind::Institution => Sort::Institution,
            ModuleKind::Guidance => Sort::Guidance,
            ModuleKind::Provider => Sort::Provider,
        }
    }

    /// `a støtte`, `en støtte`
    pub(super) fn with_article(self) -> Text {
        let (en, da) = match self {
            Sort::Fact => ("an oplysning", "en oplysning"),
            Sort::Concept => ("a begreb", "et begreb"),
            Sort::Term => ("a vilkår", "et vilkår"),
            Sort::Support => ("a støtte", "en støtte"),
            Sort::Kind => ("an art", "en art"),
            Sort::Unit => ("an enhed", "en enhed"),
            Sort::Department => ("an afdeling", "en afdeling"),
            Sort::Law => ("a lov", "en lov"),
            Sort::Source => ("a kilde", "en kilde"),
            Sort::Municipality => ("a kommune", "en kommune"),
            Sort::Trial => ("a forsøg", "et forsøg"),
            Sort::Region => ("a region", "en region"),
            Sort::Institution => ("an institution", "en institution"),
            Sort::Guidance => ("a vejledning", "en vejledning"),
            Sort::Provider => ("a leverandør", "en leverandør"),
            Sort::Rate => ("a sats", "en sats"),
            Sort::Task => ("an opgave", "en opgave"),
            Sort::Step => ("a sagsskridt", "et sagsskridt"),
        };
        Text { en: en.to_owned(), da: da.to_owned() }
    }
}

/// `a støtte or an art`
fn either(sorts: &[Sort]) -> Text {
    let words: Vec<Text> = sorts.iter().map(|sort| sort.with_article()).collect();
    let join = |pick: fn(&Text) -> &str, or: &str| match words.as_slice() {
        [start @ .., last] if !start.is_empty() => {
            let start: Vec<&str> = start.iter().map(pick).collect();
            format!("{} {or} {}", start.join(", "), pick(last))
        }
        words => words.first().map(pick).unwrap_or_default().to_owned(),
    };
    Text { en: join(|word| &word.en, "or"), da: join(|word| &word.da, "eller") }
}

/// Within a space a word means one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    /// facts, concepts, terms and rates
    Conditions,
    /// supports, kinds, tasks and steps
    Supports,
    Units,
    Modules,
    /// the departments of one municipality
    Departments(ModuleId),
}

#[derive(Debug)]
struct Definition {
    sort: Sort,
    span: Span,
    /// its index in the model; nothing where the declaration itself is wrong, which is told there
    index: Option<u32>,
    /// something named it
    is_used: AtomicBool,
}

impl Definition {
    fn new(sort: Sort, span: Span, index: Option<u32>) -> Self {
        Definition { sort, span, index, is_used: AtomicBool::new(false) }
    }
}

/// Every declared word.
#[derive(Debug)]
pub(super) struct Names {
    spaces: BTreeMap<Space, HashMap<String, Definition>>,
    /// a text made to hurt has endless unknown words: comparing each with every known one must end
    suggestions_left: AtomicU32,
    /// whether things are looked at side by side, so that nothing may rest on what was told before
    looks_apart: AtomicBool,
}

/// A word somebody declared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared<'a> {
    pub(super) space: Space,
    pub(super) sort: Sort,
    pub(super) name: &'a str,
    pub(super) span: Span,
    /// something named it; its own declaration and what lies below a kind do not count
    pub(super) is_used: bool,
}

impl Names {
    pub(super) fn new() -> Self {
        let (suggestions_left, looks_apart) = (AtomicU32::new(500), AtomicBool::new(false));
        Names { spaces: BTreeMap::new(), suggestions_left, looks_apart }
    }

    /// Whether what is told now is only found, and told in its turn.
    pub(super) fn looks_apart(&self) -> bool {
        self.looks_apart.load(Relaxed)
    }

    /// Looks at many things side by side. Whatever rests on what was told before is left out: one of which something is
    /// told must be looked at again in its turn.
    pub(super) fn apart<T>(&self, look: impl FnOnce() -> T) -> T {
        self.looks_apart.store(true, Relaxed);
        let seen = look();
        self.looks_apart.store(false, Relaxed);
        seen
    }

    /// Every declared word, in the order of the spaces and the alphabet.
    pub(super) fn declared(&self) -> Vec<Declared<'_>> {
        let words = self
            .spaces
            .iter()
            .flat_map(|(space, words)| words.iter().map(move |(name, of)| (space, name, of)));
        // built-in words stand nowhere
        let declared = words.filter(|(_, _, definition)| definition.span != Span::default());
        let declared = declared.map(|(space, name, definition)| Declared {
            space: *space,
            sort: definition.sort,
            name,
            span: definition.span,
            is_used: definition.is_used.load(Relaxed),
        });
        let mut declared: Vec<Declared<'_>> = declared.collect();
        declared.sort_unstable_by_key(|word| (word.space, word.name));
        declared
    }

    /// Enters a word. Where it is taken the first meaning stays and `false` comes back.
    pub(super) fn define(
        &mut self,
        space: Space,
        name: &ast::Name,
        sort: Sort,
        problems: &mut Problems,
    ) -> bool {
        let words = self.spaces.entry(space).or_default();
        if let Some(first) = words.get(&name.text) {
            problems.tell(duplicate(&name.text, name.span, Some(first.span)));
            return false;
        }
        words.insert(name.text.clone(), Definition::new(sort, name.span, None));
        true
    }

    /// Enters the built-in fact `dato`.
    pub(super) fn define_date(&mut self) {
        let date = Definition::new(Sort::Fact, Span::default(), Some(0));
        self.spaces.entry(Space::Conditions).or_default().insert("dato".to_owned(), date);
    }

    /// Says where in the model a word's meaning stands.
    pub(super) fn place(&mut self, space: Space, name: &str, index: usize) {
        if let Some(definition) = self.spaces.get_mut(&space).and_then(|words| words.get_mut(name)) {
            definition.index = u32::try_from(index).ok();
        }
    }

    /// Says that a word's declaration is wrong, so that its uses are wrong without being told again.
    pub(super) fn spoil(&mut self, space: Space, name: &str) {
        if let Some(definition) = self.spaces.get_mut(&space).and_then(|words| words.get_mut(name)) {
            definition.index = None;
        }
    }

    /// What `name` means, when it is one of the wanted sorts in one of the spaces; else the problem is told. The word
    /// counts as used.
    pub(super) fn find(
        &self,
        spaces: &[Space],
        name: &ast::Name,
        wanted: &[Sort],
        problems: &mut Problems,
    ) -> Option<(Sort, u32)> {
        self.use_in(spaces, &name.text);
        self.look_up(spaces, name, wanted, problems)
    }

    /// The same, and the word does not count as used.
    pub(super) fn look_up(
        &self,
        spaces: &[Space],
        name: &ast::Name,
        wanted: &[Sort],
        problems: &mut Problems,
    ) -> Option<(Sort, u32)> {
        let known = spaces.iter().filter_map(|space| self.spaces.get(space)?.get(&name.text));
        match known.clone().find(|definition| wanted.contains(&definition.sort)) {
            Some(Definition { sort, index: Some(index), .. }) => Some((*sort, *index)),
            Some(spoiled) => {
                problems.follow(spoiled.span);
                None
            }
            None => {
                problems.tell(self.unknown(spaces, name, wanted));
                None
            }
        }
    }

    /// Says that something named a word, and meant one of these spaces. All words are declared before one is named.
    fn use_in<'s>(&self, spaces: impl IntoIterator<Item = &'s Space>, word: &str) {
        let meant = spaces.into_iter().filter_map(|space| self.spaces.get(space)?.get(word));
        // written once only, since many threads read it
        let new = meant.filter(|definition| !definition.is_used.load(Relaxed));
        new.for_each(|definition| definition.is_used.store(true, Relaxed));
    }

    /// What sort of thing a word of a space names. The word counts as used.
    pub(super) fn sort_of(&self, space: Space, word: &str) -> Option<Sort> {
        self.use_in([&space], word);
        Some(self.spaces.get(&space)?.get(word)?.sort)
    }

    fn unknown(&self, spaces: &[Space], name: &ast::Name, wanted: &[Sort]) -> Diagnostic {
        let (word, wanted_words) = (&name.text, either(wanted));
        let (en, da) = (&wanted_words.en, &wanted_words.da);
        let seen = |space: &Space| spaces.contains(space) || !matches!(space, Space::Departments(_));
        let mut elsewhere = self.spaces.iter().filter(|(space, _)| seen(space));
        if let Some(other) = elsewhere.find_map(|(_, words)| words.get(word)) {
            // that it stands in the wrong place is told here, so it is not told as unused too
            let is_own = |space: &Space| self.spaces.get(space).is_some_and(|words| words.contains_key(word));
            if !spaces.iter().any(is_own) {
                self.use_in(self.spaces.keys().filter(|space| seen(space)), word);
            }
            let sort = other.sort.with_article();
            let (sort_en, sort_da) = (&sort.en, &sort.da);
            let message =
                text!(en: "`{word}` is {sort_en}, not {en}", da: "`{word}` er {sort_da}, ikke {da}");
            let (en, da) = wanted
                .first()
                .map(|sort| sort.with_article())
                .map(|text| (text.en, text.da))
                .unwrap_or_default();
            let label = text!(en: "not {en}", da: "ikke {da}");
            let mut finding = error("unknown-name", message).label(name.span, label);
            if other.span != Span::default() {
                finding = finding.label(other.span, text!(en: "declared here", da: "defineret her"));
            }
            return finding;
        }
        let message =
            text!(en: "`{word}` is not declared as {en}", da: "`{word}` er ikke defineret som {da}");
        let candidates = spaces.iter().filter_map(|space| self.spaces.get(space)).flatten();
        let candidates =
            candidates.filter(|(_, meaning)| wanted.contains(&meaning.sort)).map(|(word, _)| word.as_str());
        let finding = error("unknown-name", message).label(name.span, text!(en: "unknown", da: "ukendt"));
        match self.meant(word, candidates) {
            Some(meant) => finding.help(did_you_mean(meant)).guess(name.span, meant),
            None => finding.help(
                text!(en: "declare `{word}` as {en}, or correct the word", da: "definér `{word}` som {da}, eller ret ordet"),
            ),
        }
    }

    /// Whether a word names anything outside the departments.
    pub(super) fn is_known(&self, word: &str) -> bool {
        let mut spaces = self.spaces.iter().filter(|(space, _)| !matches!(space, Space::Departments(_)));
        spaces.any(|(_, words)| words.contains_key(word))
    }

    /// The finding for a heading that means nothing: it may be meant as a column of the language, or as prose.
    pub(super) fn unknown_column(&self, name: &ast::Name, wanted: &[Sort]) -> Diagnostic {
        let word = &name.text;
        let Text { en, da } = either(wanted);
        let message =
            text!(en: "`{word}` is not declared as {en}", da: "`{word}` er ikke defineret som {da}");
        let declared = self.spaces.get(&Space::Conditions).into_iter().flatten();
        let columns = ["regel", "støtte", "når", "grad", "hjemmel", "gyldig"];
        let candidates = declared.map(|(word, _)| word.as_str()).chain(columns);
        let finding = error("unknown-name", message).label(name.span, text!(en: "unknown", da: "ukendt"));
        match self.meant(word, candidates) {
            Some(meant) => finding.help(did_you_mean(meant)).guess(name.span, meant),
            None => finding.help(text!(
                en: "declare `{word}`, or write `\"{word}\"` where the column is prose that is not read",
                da: "definér `{word}`, eller skriv `\"{word}\"`, hvis kolonnen er prosa, der ikke læses"
            )),
        }
    }

    /// "did you mean", when some candidate is close enough.
    pub(super) fn suggestion<'a>(
        &self,
        word: &str,
        candidates: impl Iterator<Item = &'a str>,
    ) -> Option<Text> {
        self.meant(word, candidates).map(did_you_mean)
    }

    /// The candidate that is close enough, if any.
    fn meant<'a>(&self, word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let left = self.suggestions_left.load(Relaxed);
        if left == 0 || self.looks_apart() {
            return None;
        }
        self.suggestions_left.store(left - 1, Relaxed);
        let nearest = nearest(word, candidates)?;
        // who slips in a word meant the other one
        self.use_in(self.spaces.keys(), nearest);
        Some(nearest)
    }
}

pub(super) fn did_you_mean(meant: &str) -> Text {
    text!(en: "did you mean `{meant}`?", da: "mente du `{meant}`?")
}

/// The candidate with the fewest letters changed, the first by name among equals; none where a third of the word
/// would have to change.
pub(crate) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    // `2.14` is no slip of `2.1`: a number is not close to another
    if word.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let length = word.chars().count();
    // of a word of two letters, only the case may differ
    let limit = if length < 3 { 0 } else { length / 3 };
    let close = candidates.filter(|candidate| candidate.len().abs_diff(word.len()) <= 2 * limit + 2);
    let scored = close.map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate));
    scored.filter(|(distance, _)| *distance <= limit).min().map(|(_, candidate)| candidate)
}

/// The finding for a word declared twice; the built-in `dato` has no first place.
pub(super) fn duplicate(word: &str, again: Span, first: Option<Span>) -> Diagnostic {
    let Some(first) = first.filter(|span| *span != Span::default()) else {
        let message = text!(en: "`{word}` is built in and cannot be declared", da: "`{word}` er indbygget og kan ikke defineres");
        return error("duplicate-name", message)
            .label(again, text!(en: "a built-in word", da: "et indbygget ord"))
            .help(text!(en: "choose another name", da: "vælg et andet navn"));
    };
    let message = text!(en: "`{word}` is declared twice", da: "`{word}` er defineret to gange");
    error("duplicate-name", message)
        .label(again, text!(en: "declared again here", da: "defineret igen her"))
        .label(first, text!(en: "first declared here", da: "først defineret her"))
        .help(text!(en: "give one of them another name", da: "giv den ene et andet navn"))
}
