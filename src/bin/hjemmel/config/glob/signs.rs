//! The signs of a pattern: `*` and `?` stand for letters of one name, `**` for any folders, `[a-c]` and `[!a-c]` for one
//! letter, `{a,b}` for either.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::ops::RangeInclusive;
use std::str::Chars;

/// A pattern that was read.
#[derive(Clone, Debug)]
pub(super) struct Signs(Vec<Sign>);

#[derive(Clone, Debug)]
enum Sign {
    Letter(char),
    /// `?`
    AnyLetter,
    /// `*`
    AnyLetters,
    /// `**/`
    AnyFolders,
    /// `**` at the end
    Anything,
    /// `[a-c]`, and whether it is one of these or none of them
    OneOf(Vec<RangeInclusive<char>>, bool),
    Either(Vec<Signs>),
}

/// Braces within braces.
const DEEPEST: usize = 8;

impl Signs {
    /// Nothing where a bracket is not closed, or a range runs backwards.
    pub(super) fn read(pattern: &str) -> Option<Signs> {
        let mut letters = pattern.chars().peekable();
        let signs = Signs::part(&mut letters, 0)?;
        letters.next().is_none().then_some(signs)
    }

    /// Up to the end, and within braces up to the next `,` or `}`.
    fn part(letters: &mut Peekable<Chars<'_>>, depth: usize) -> Option<Signs> {
        let mut signs = Vec::new();
        let mut begins = true;
        let is_end = |letter: Option<&char>| letter.is_none_or(|at| depth > 0 && matches!(at, ',' | '}'));
        while !is_end(letters.peek()) {
            let letter = letters.next()?;
            let sign = match letter {
                '?' => Sign::AnyLetter,
                '*' if begins && letters.next_if_eq(&'*').is_some() => match letters.peek() {
                    Some('/') => letters.next().map(|_| Sign::AnyFolders)?,
                    next if is_end(next) => Sign::Anything,
                    _ => Sign::AnyLetters,
                },
                '*' => Sign::AnyLetters,
                '[' => one_of(letters)?,
                '{' => Sign::Either(Signs::choices(letters, depth + 1)?),
                '}' => return None,
                letter => Sign::Letter(letter),
            };
            begins = matches!(sign, Sign::Letter('/') | Sign::AnyFolders);
            signs.push(sign);
        }
        Some(Signs(signs))
    }

    fn choices(letters: &mut Peekable<Chars<'_>>, depth: usize) -> Option<Vec<Signs>> {
        if depth > DEEPEST {
            return None;
        }
        let mut choices = Vec::new();
        loop {
            choices.push(Signs::part(letters, depth)?);
            if letters.next()? == '}' {
                return Some(choices);
            }
        }
    }

    pub(super) fn fit(&self, place: &str) -> bool {
        let place: Vec<char> = place.chars().collect();
        self.ends(&place, BTreeSet::from([0])).contains(&place.len())
    }

    /// Where the signs can end that begin at any of these letters. All ways are gone at once, so no pattern is slow.
    fn ends(&self, place: &[char], starts: BTreeSet<usize>) -> BTreeSet<usize> {
        let one = |starts: BTreeSet<usize>, fits: &dyn Fn(char) -> bool| {
            let fits = |at: &usize| place.get(*at).is_some_and(|letter| fits(*letter));
            starts.into_iter().filter(fits).map(|at| at + 1).collect()
        };
        // what was come by before leads nowhere new
        let onward = |starts: BTreeSet<usize>, goes_on: &dyn Fn(char) -> bool| {
            let mut ends = BTreeSet::new();
            for start in starts {
                let mut at = start;
                while ends.insert(at) && place.get(at).is_some_and(|letter| goes_on(*letter)) {
                    at += 1;
                }
            }
            ends
        };
        self.0.iter().fold(starts, |starts, sign| match sign {
            Sign::Letter(wanted) => one(starts, &|letter| letter == *wanted),
            Sign::AnyLetter => one(starts, &|letter| letter != '/'),
            Sign::OneOf(ranges, is_in) => one(starts, &|letter| {
                letter != '/' && ranges.iter().any(|range| range.contains(&letter)) == *is_in
            }),
            Sign::AnyLetters => onward(starts, &|letter| letter != '/'),
            Sign::Anything => onward(starts, &|_| true),
            Sign::AnyFolders => {
                let behind_folder = |at: &usize| starts.contains(at) || place[at - 1] == '/';
                onward(starts.clone(), &|_| true).into_iter().filter(behind_folder).collect()
            }
            Sign::Either(choices) => {
                choices.iter().flat_map(|choice| choice.ends(place, starts.clone())).collect()
            }
        })
    }
}

fn one_of(letters: &mut Peekable<Chars<'_>>) -> Option<Sign> {
    let is_in = letters.next_if(|letter| matches!(letter, '!' | '^')).is_none();
    let mut ranges = Vec::new();
    loop {
        match letters.next()? {
            ']' if !ranges.is_empty() => return Some(Sign::OneOf(ranges, is_in)),
            '-' if !ranges.is_empty() && letters.peek() != Some(&']') => {
                let (from, to) = (*ranges.pop()?.start(), letters.next()?);
                ranges.push((from <= to).then_some(from..=to)?);
            }
            letter => ranges.push(letter..=letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Signs;

    #[test]
    fn signs_stand_for_what_they_say() {
        let fit = [
            ("a?c", "abc"),
            ("a*c", "ac"),
            ("a*c", "abbc"),
            ("*", "å"),
            ("**", "a/b"),
            ("**/c", "c"),
            ("**/c", "a/b/c"),
            ("a/**", "a/b/c"),
            ("a/**/c", "a/c"),
            ("a/**/c", "a/x/y/c"),
            ("a**c", "abc"),
            ("[a-c]x", "bx"),
            ("[!a-c]x", "dx"),
            ("[]a]", "]"),
            ("[a-]", "-"),
            ("{a,b/{c,d}}e", "b/de"),
            ("{,a}b", "b"),
            ("{a/**,b}", "a/x"),
            ("a,b", "a,b"),
            ("{**/c,d}", "a/c"),
            ("kladde-[0-9]*.md", "kladde-12.md"),
        ];
        for (pattern, place) in fit {
            assert!(Signs::read(pattern).unwrap().fit(place), "{pattern} {place}");
        }
        let unfit = [
            ("a?c", "a/c"),
            ("a*c", "a/c"),
            ("*", "a/b"),
            ("**/c", "ac"),
            ("a/**", "a"),
            ("a/**/c", "ac"),
            ("a**c", "a/c"),
            ("[a-c]x", "dx"),
            ("[!a-c]x", "/x"),
            ("{a,b}", "ab"),
            ("", "a"),
            ("a", ""),
        ];
        for (pattern, place) in unfit {
            assert!(!Signs::read(pattern).unwrap().fit(place), "{pattern} {place}");
        }
    }

    #[test]
    fn what_is_not_closed_is_no_pattern() {
        for pattern in ["[", "[]", "[a", "[c-a]", "{", "{a", "{a,", "a}", &"{".repeat(1000)] {
            assert!(Signs::read(pattern).is_none(), "{pattern}");
        }
    }

    #[test]
    fn no_pattern_is_slow() {
        let (pattern, place) = ("a*".repeat(500) + "b", "a".repeat(2000));
        assert!(!Signs::read(&pattern).unwrap().fit(&place));
    }
}
