//! Which files a setting is about: `kommuner/slagelse`, `lov/*.hjemmel`, `**/kladde-*`.

use fast_glob::{glob_match, validate};

/// A pattern of paths, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Glob {
    /// as it was written
    pub(crate) text: String,
    pub(crate) line: usize,
    /// without what changes nothing
    plain: String,
}

/// What begins to stand for something else.
const SIGNS: [char; 4] = ['*', '?', '[', '{'];

impl Glob {
    /// A pattern; nothing where it is none. It is about the folder of `hjemmel.toml`, so it neither leaves that nor
    /// begins at a root, and between folders stands `/` on every system.
    pub(crate) fn new(text: &str, line: usize) -> Option<Glob> {
        let plain = text.trim_end_matches('/');
        let plain = plain.strip_prefix("./").unwrap_or(plain);
        let leaves = plain.split('/').any(|part| part.is_empty() || part == "..");
        // a `!` before a pattern would turn it round
        if plain.contains(['\\', ':']) || plain.starts_with('!') || leaves {
            return None;
        }
        validate(plain).ok()?;
        Some(Glob { text: text.to_owned(), line, plain: plain.to_owned() })
    }

    /// Whether it names a place, or a folder the place lies in.
    pub(crate) fn holds(&self, place: &str) -> bool {
        let ends = place.match_indices('/').map(|(at, _)| at).chain([place.len()]);
        let mut folders = ends.map(|end| &place[..end]);
        folders.any(|folder| glob_match(&self.plain, folder) || self.plain == ".")
    }

    /// How narrow it is: the letters before the first sign, then all letters that are no signs.
    pub(crate) fn rank(&self) -> (usize, usize) {
        let before = self.plain.find(SIGNS).unwrap_or(self.plain.len());
        (before, self.plain.chars().filter(|letter| !SIGNS.contains(letter)).count())
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn a_pattern_names_files_and_what_lies_in_folders() {
        let holds = |glob: &str, place: &str| Glob::new(glob, 1).unwrap().holds(place);
        for glob in
            ["kommuner", "kommuner/", "./kommuner", "kommuner/**", "**/*.hjemmel", "{kommuner,lov}", "."]
        {
            assert!(holds(glob, "kommuner/a/b.hjemmel"), "{glob}");
        }
        for glob in ["kommune", "*.hjemmel", "kommuner/*.hjemmel", "b.hjemmel", "a"] {
            assert!(!holds(glob, "kommuner/a/b.hjemmel"), "{glob}");
        }
        assert!(holds("**/b.hjemmel", "b.hjemmel"));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in
            ["", "/", "/kommuner", "../kommuner", "a/../b", "kommuner\\a", "C:/a", "a//b", "[", "{a", "!a"]
        {
            assert!(Glob::new(text, 1).is_none(), "{text}");
        }
    }

    #[test]
    fn the_narrower_of_two_is_known() {
        let rank = |text: &str| Glob::new(text, 1).unwrap().rank();
        let narrower = ["**", "kommuner/**", "kommuner/*.hjemmel", "kommuner/a", "kommuner/a.hjemmel"];
        assert!(narrower.is_sorted_by_key(|glob| rank(glob)));
    }
}
