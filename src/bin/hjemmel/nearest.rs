//! The name that was probably meant.

/// The nearest of the names, if it is near.
pub(crate) fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = |name: &str| strsim::damerau_levenshtein(word, name);
    let near = |name: &&str| far(name) <= name.len().min(word.len()) / 3 + 1;
    names.into_iter().filter(near).min_by_key(|name| far(name))
}
