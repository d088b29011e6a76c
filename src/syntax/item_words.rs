//! The words an item can begin with.

/// What this version does with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// reads it
    Read,
    /// knows the word, but does not read the item yet
    Later,
    /// does not know the word
    Unknown,
}

/// A word of the language that begins an item.
pub(super) struct ItemWord {
    pub(super) word: &'static str,
    pub(super) standing: Standing,
    /// whether a name follows; otherwise a text or another word of the language
    pub(super) named: bool,
}

const fn read(word: &'static str) -> ItemWord {
    ItemWord { word, standing: Standing::Read, named: true }
}

const fn later(word: &'static str) -> ItemWord {
    ItemWord { word, standing: Standing::Later, named: true }
}

const ITEM_WORDS: [ItemWord; 28] = [
    read("lov"),
    read("kilde"),
    read("kommune"),
    read("oplysning"),
    read("begreb"),
    ItemWord { word: "antag", standing: Standing::Read, named: false },
    read("art"),
    read("støtte"),
    read("vilkår"),
    read("enhed"),
    read("afdeling"),
    read("regel"),
    read("tabel"),
    later("forsøg"),
    later("bekendtgørelse"),
    later("region"),
    later("institution"),
    later("vejledning"),
    later("leverandør"),
    later("sats"),
    later("matrix"),
    later("opgave"),
    later("sagsskridt"),
    later("forløb"),
    later("garanti"),
    ItemWord { word: "eksempel", standing: Standing::Later, named: false },
    later("accepter"),
    later("intet"),
];

/// The item word spelt like this.
pub(super) fn find(word: &str) -> Option<&'static ItemWord> {
    ITEM_WORDS.iter().find(|known| known.word == word)
}

/// The item word that `word` was most likely meant to be.
pub(super) fn suggest(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let allowed = if lower.chars().count() > 4 { 2 } else { 1 };
    // `antagelse`, `oplysninger`
    let longer = ITEM_WORDS.iter().find(|known| known.word.len() > 4 && lower.starts_with(known.word));
    if let Some(known) = longer {
        return Some(known.word);
    }
    ITEM_WORDS
        .iter()
        .map(|known| (strsim::damerau_levenshtein(&lower, known.word), known.word))
        .filter(|(distance, known)| *distance <= allowed && *distance < known.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn a_slip_finds_its_word() {
        assert_eq!(suggest("reggel"), Some("regel"));
        assert_eq!(suggest("Tabel"), Some("tabel"));
        assert_eq!(suggest("stoette"), Some("støtte"));
        assert_eq!(suggest("kommunalbestyrelse"), None);
        assert_eq!(suggest("og"), None);
    }
}
