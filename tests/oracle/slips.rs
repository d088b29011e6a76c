//! Slips of the pen: made at random, and known again by docs/semantics.md, section 6, Words.

use super::random::Random;

const ENDINGS: [&str; 12] = ["erne", "ene", "ens", "ets", "en", "et", "er", "ne", "e", "s", "r", "t"];

/// A name that is another one with a slip.
pub(crate) fn mutated(name: &str, random: &mut Random) -> String {
    let mut parts: Vec<String> = name.split('-').map(str::to_owned).collect();
    let at = random.between(0, parts.len() - 1);
    let part: Vec<char> = parts[at].chars().collect();
    match random.between(0, 13) {
        0 if part.len() > 1 => {
            let cut = random.between(1, part.len() - 1);
            parts[at] = format!("{}-{}", text(&part[..cut]), text(&part[cut..]));
        }
        1 if parts.len() > 1 => {
            let next = parts.remove(parts.len() - 1);
            if let Some(last) = parts.last_mut() {
                *last += &next;
            }
        }
        2 | 3 => parts[at] += *random.pick(&ENDINGS),
        4 => parts[at] = text(&part[..part.len() - 1]),
        5..9 => parts[at] = text(&step(part, random)),
        9 => {
            let once = step(part, random);
            parts[at] = text(&step(once, random));
        }
        10 => parts[at] = format!("u{}", parts[at]),
        11 => {
            let more = (*random.pick(&["udvidet", "ny", "nat", "s2", "lang"])).to_owned();
            let place = if random.chance(50) { 0 } else { parts.len() };
            parts.insert(place, more);
        }
        12 => parts[at] += "2",
        13 => {
            let first: String = part.iter().take(1).flat_map(|letter| letter.to_uppercase()).collect();
            parts[at] = first + &text(&part[1.min(part.len())..]);
        }
        _ => {}
    }
    parts.join("-")
}

/// A letter left out, put in, exchanged with its neighbour or changed.
fn step(mut letters: Vec<char>, random: &mut Random) -> Vec<char> {
    if letters.len() < 2 {
        return letters;
    }
    let at = random.between(0, letters.len() - 1);
    let letter = *random.pick(&['a', 'e', 'n', 't', 'ø', 'k']);
    match random.between(0, 3) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letter),
        2 => letters.swap(at.saturating_sub(1), at),
        _ => letters[at] = letter,
    }
    letters
}

fn text(letters: &[char]) -> String {
    letters.iter().collect()
}

/// A reader takes one name for the other. Names of people's things may be one part longer.
pub(crate) fn are_alike(one: &str, other: &str, may_be_longer: bool) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let plain = |name: &str| name.chars().filter(|letter| *letter != '-').collect::<Vec<char>>();
    let (first, second) = (plain(&one), plain(&other));
    let begins = |letters: &[char]| letters.iter().take(2).copied().collect::<Vec<char>>();
    let ends = |letters: &[char]| letters.iter().rev().take(3).copied().collect::<Vec<char>>();
    if begins(&first) != begins(&second) && ends(&first) != ends(&second) {
        return false;
    }
    let (here, there): (Vec<&str>, Vec<&str>) = (one.split('-').collect(), other.split('-').collect());
    let slipped = here.len() == there.len() && {
        let differing: Vec<(&&str, &&str)> = here.iter().zip(&there).filter(|(a, b)| a != b).collect();
        matches!(differing[..], [(a, b)] if is_slip(a, b))
    };
    let longer = may_be_longer && (has_one_more(&here, &there) || has_one_more(&there, &here));
    first == second || slipped || longer
}

/// A reader takes one value of a list for another.
pub(crate) fn are_values_alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    if one == other {
        return false;
    }
    if one.replace('-', "") == other.replace('-', "") {
        return !has_digit(&one);
    }
    let (here, there): (Vec<&str>, Vec<&str>) = (one.split('-').collect(), other.split('-').collect());
    let differing: Vec<(&&str, &&str)> = here.iter().zip(&there).filter(|(a, b)| a != b).collect();
    let ended = |short: &str, long: &str| ENDINGS.iter().any(|ending| *long == format!("{short}{ending}"));
    here.len() == there.len()
        && matches!(differing[..], [(a, b)] if is_slip(a, b) && stem(a) != stem(b) && !ended(a, b) && !ended(b, a))
}

fn has_one_more(short: &[&str], long: &[&str]) -> bool {
    let weighty = |part: &str| part.chars().count() > 2 && !has_digit(part);
    short.len() > 1
        && long.len() == short.len() + 1
        && ((long[1..] == *short && weighty(long[0]))
            || (long[..short.len()] == *short && weighty(long[short.len()])))
}

fn has_digit(part: &str) -> bool {
    part.chars().any(|letter| letter.is_ascii_digit())
}

fn is_slip(a: &str, b: &str) -> bool {
    if has_digit(a) || has_digit(b) || *a == format!("u{b}") || *b == format!("u{a}") {
        return false;
    }
    let (first, second): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let shorter = first.len().min(second.len());
    let left_out = |long: &[char], short: &[char]| {
        (0..long.len()).any(|at| [&long[..at], &long[at + 1..]].concat() == short)
    };
    let exchanged = || {
        (1..first.len()).any(|at| {
            let mut swapped = first.clone();
            swapped.swap(at - 1, at);
            swapped == second
        })
    };
    let changed = || {
        first.len() == second.len()
            && first.iter().zip(&second).filter(|(one, other)| one != other).count() == 1
    };
    (shorter >= 5 && stem(a) == stem(b))
        || (shorter >= 6 && (left_out(&first, &second) || left_out(&second, &first) || exchanged()))
        || (shorter >= 8 && changed())
        || (shorter >= 12 && first.len() != second.len() && fewest_steps(a, b) == 2)
}

fn stem(word: &str) -> String {
    let letters = word.chars().count();
    let fits = |ending: &&&str| word.ends_with(**ending) && letters - ending.chars().count() >= 4;
    let longest = ENDINGS.iter().filter(fits).map(|ending| ending.chars().count()).max().unwrap_or(0);
    word.chars().take(letters - longest).collect()
}

/// The fewest steps that make one word of the other, no letter touched twice.
pub(crate) fn fewest_steps(one: &str, other: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (one.to_lowercase().chars().collect(), other.to_lowercase().chars().collect());
    let mut steps = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let mut ways = Vec::new();
            if i == 0 || j == 0 {
                ways.push(i + j);
            } else {
                ways.push(steps[i - 1][j] + 1);
                ways.push(steps[i][j - 1] + 1);
                ways.push(steps[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    ways.push(steps[i - 2][j - 2] + 1);
                }
            }
            steps[i][j] = ways.into_iter().min().unwrap_or(0);
        }
    }
    steps[a.len()][b.len()]
}
