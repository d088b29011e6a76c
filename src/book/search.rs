//! The index the search looks in: a script that holds what can be found, so that no server is asked.

use super::addresses::Address;

/// Something that can be found.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    /// what it is: `regel`
    pub sort: String,
    pub title: String,
    /// seen from the front page
    pub href: String,
    /// further words it is found by
    pub words: String,
    /// how likely it is what is looked for, beside others that fit as well
    pub rank: u8,
}

/// Ranks: what is named like what is looked for comes before what only speaks of it.
pub(super) mod rank {
    pub(in crate::book) const PAGE: u8 = 6;
    pub(in crate::book) const WORD: u8 = 4;
    pub(in crate::book) const RULE: u8 = 2;
    pub(in crate::book) const OTHER: u8 = 0;
}

/// The longest words behind a hit; more would not be looked at.
const MOST: usize = 400;

impl Hit {
    pub(super) fn new(sort: &str, title: &str, address: &Address, words: &str, rank: u8) -> Self {
        let words: String = words.chars().take(MOST).collect();
        Hit { sort: sort.to_owned(), title: title.to_owned(), href: address.href(), words, rank }
    }
}

/// The index as a script: a list of lists, so that each word stands once.
pub(super) fn index(hits: &[Hit]) -> String {
    let row =
        |hit: &Hit| (hit.sort.clone(), hit.title.clone(), hit.href.clone(), hit.words.clone(), hit.rank);
    let lines: Vec<String> =
        hits.iter().map(|hit| serde_json::to_string(&row(hit)).unwrap_or_default()).collect();
    format!("window.hjemmelIndex = [\n{}\n];\n", lines.join(",\n"))
}
