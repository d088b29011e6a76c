//! The words an item can begin with.

/// A word of the language that begins an item.
pub(super) struct ItemWord {
    pub(super) word: &'static str,
    /// whether a name follows; otherwise a text
    pub(super) named: bool,
    /// whether its braces belong to it
    pub(super) braces: bool,
}

const fn plain(word: &'static str) -> ItemWord {
    ItemWord { word, named: true, braces: false }
}

const fn braced(word: &'static str) -> ItemWord {
    ItemWord { word, named: true, braces: true }
}

const ITEM_WORDS: [ItemWord; 28] = [
    braced("lov"),
    braced("bekendtgørelse"),
    braced("kilde"),
    braced("kommune"),
    braced("region"),
    braced("forsøg"),
    braced("institution"),
    braced("vejledning"),
    braced("leverandør"),
    plain("oplysning"),
    plain("begreb"),
    ItemWord { word: "antag", named: false, braces: false },
    plain("art"),
    plain("støtte"),
    plain("opgave"),
    plain("sagsskridt"),
    plain("vilkår"),
    plain("sats"),
    plain("enhed"),
    plain("afdeling"),
    braced("regel"),
    braced("tabel"),
    braced("matrix"),
    braced("forløb"),
    braced("garanti"),
    ItemWord { word: "eksempel", named: false, braces: true },
    plain("accepter"),
    plain("intet"),
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
