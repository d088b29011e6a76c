//! Edits of all kinds, made of texts alone, as a hand at a keyboard makes them: most leave the language, some do not.

use crate::oracle::random::Random;
use hjemmel::{Options, SourceFile, Window, Workspace, day_of};

/// The texts of a workspace and how it is looked at.
#[derive(Clone)]
pub(crate) struct Texts {
    pub(crate) files: Vec<(String, String)>,
    window: bool,
    reference: bool,
    budget: Option<u64>,
}

impl Texts {
    pub(crate) fn new(files: Vec<(String, String)>) -> Self {
        Texts { files, window: true, reference: false, budget: None }
    }

    pub(crate) fn workspace(&self) -> Workspace {
        let mut options = Options::default();
        let day = |year| day_of(year, 1, 1).unwrap();
        options.window = self.window.then(|| Window { from: day(2014), to: day(2017) });
        options.reference_date = self.reference.then(|| day(2016));
        options.budget = self.budget.unwrap_or(options.budget);
        let files = self.files.iter().map(|(name, text)| SourceFile::new(name, text));
        Workspace::new(files.collect(), options)
    }
}

/// The words a line begins with that begins an item.
const ITEMS: [&str; 26] = [
    "lov",
    "kilde",
    "kommune",
    "bekendtgørelse",
    "forsøg",
    "region",
    "institution",
    "vejledning",
    "leverandør",
    "oplysning",
    "begreb",
    "antag",
    "art",
    "støtte",
    "vilkår",
    "enhed",
    "afdeling",
    "regel",
    "tabel",
    "matrix",
    "opgave",
    "sagsskridt",
    "sats",
    "forløb",
    "garanti",
    "eksempel",
];

/// Words that stand for one another.
const WORDS: [(&str, &str); 22] = [
    ("kan give", "skal give"),
    ("skal give", "må ikke give"),
    ("må ikke give", "bør give"),
    ("ret til", "kan give"),
    ("kan give", "ret til"),
    ("skal give", "bør ikke give"),
    ("| kan |", "| ret |"),
    ("| ret |", "| skal |"),
    ("| skal |", "| bør |"),
    (" og ", " eller "),
    (" eller ", " og "),
    ("mindst", "højst"),
    ("højst", "over"),
    ("under", "mindst"),
    (" ja", " nej"),
    ("når ", "når ikke "),
    ("kan fraviges", "kan fraviges hvis altid"),
    ("status bindende", "status vejledende"),
    ("første række gælder", ""),
    ("mere er bedre", "mindre er bedre"),
    ("erstatter", "udelukker"),
    ("bortfalder", "kan fraviges"),
];

/// Lines that may be put in anywhere.
const LINES: [&str; 14] = [
    "# en bemærkning",
    "",
    "    # indrykket",
    "regel ny-regel {\n    når altid\n    kan give mentor\n}",
    "regel halv {\n    når",
    "begreb nyt-begreb = altid",
    "oplysning ny-oplysning: ja/nej",
    "art ny-art \"Ny art\"",
    "kilde Nykilde \"En kilde til\"",
    "antag \"alle er myndige\": alder mindst 18",
    "accepter gap fordi \"det er set\"",
    "    kan fraviges",
    "    bortfalder",
    "}",
];

/// Makes one edit, and says which; `past` are the texts as they were before.
pub(crate) fn edit(texts: &mut Texts, past: &[Texts], random: &mut Random) -> String {
    if texts.files.is_empty() || random.chance(4) {
        *texts = random.pick(past).clone();
        return "back to how it was".to_owned();
    }
    if random.chance(12) {
        return whole(texts, random);
    }
    let at = random.between(0, texts.files.len() - 1);
    let (name, text) = &mut texts.files[at];
    let told = match random.between(0, 99) {
        0..=29 => number(text, random),
        30..=49 => items(text, random),
        50..=61 => line(text, random),
        62..=75 => exchange(text, random),
        76..=87 => word(text, random),
        _ => letter(text, random),
    };
    format!("{name}: {told}")
}

/// Edits of files and of how they are looked at.
fn whole(texts: &mut Texts, random: &mut Random) -> String {
    let at = random.between(0, texts.files.len() - 1);
    let name = texts.files[at].0.clone();
    match random.between(0, 9) {
        0 => {
            texts.files.push((
                format!("{}ny-{}.hjemmel", if random.chance(50) { "a" } else { "z" }, texts.files.len()),
                "# ny\n".to_owned(),
            ));
            "a new file".to_owned()
        }
        1 if texts.files.len() > 1 => {
            texts.files.remove(at);
            format!("{name} is gone")
        }
        2 => {
            let folder = if random.chance(50) { "a-" } else { "z-" };
            texts.files[at].0 = format!("{folder}{}", name.rsplit('/').next().unwrap());
            format!("{name} is renamed")
        }
        3 => {
            let text = &mut texts.files[at].1;
            let has = text.contains("\r\n");
            *text = if has { text.replace("\r\n", "\n") } else { text.replace('\n', "\r\n") };
            format!("{name}: other line ends")
        }
        4 => {
            texts.files[at].1 = texts.files[at].1.replacen('å', "a\u{30a}", 3);
            format!("{name}: letters in two parts")
        }
        5 => {
            texts.window = !texts.window;
            "another window".to_owned()
        }
        6 => {
            texts.reference = !texts.reference;
            "another day".to_owned()
        }
        7 => {
            texts.budget =
                if texts.budget.is_some() { None } else { Some(*random.pick(&[20, 200, 2_000, 20_000])) };
            format!("budget {:?}", texts.budget)
        }
        _ => {
            let to = random.between(0, texts.files.len() - 1);
            let cut = starts(&texts.files[at].1);
            if cut.len() < 2 {
                return "nothing".to_owned();
            }
            let which = random.between(0, cut.len() - 2);
            let item = texts.files[at].1[cut[which]..cut[which + 1]].to_owned();
            texts.files[at].1.replace_range(cut[which]..cut[which + 1], "");
            texts.files[to].1 += &item;
            format!("an item goes from {name} to {}", texts.files[to].0)
        }
    }
}

/// Where the items of a text begin, and its end.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if ITEMS.contains(&line.split([' ', '\n']).next().unwrap_or_default()) {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(text.len());
    starts
}

fn number(text: &mut String, random: &mut Random) -> String {
    let is_digit = |at: usize| text.as_bytes()[at].is_ascii_digit();
    let firsts: Vec<usize> =
        (0..text.len()).filter(|at| is_digit(*at) && (*at == 0 || !is_digit(at - 1))).collect();
    if firsts.is_empty() {
        return "no number".to_owned();
    }
    let from = *random.pick(&firsts);
    let to = (from..text.len()).find(|at| !is_digit(*at)).unwrap_or(text.len());
    let old: u64 = text[from..to].parse().unwrap_or(7);
    let new = match random.between(0, 4) {
        0 => old.saturating_sub(1),
        1 | 2 => old + 1,
        3 => old + 5,
        _ => random.between(0, 70) as u64,
    };
    text.replace_range(from..to, &new.to_string());
    format!("{old} becomes {new} at {from}")
}

fn items(text: &mut String, random: &mut Random) -> String {
    let starts = starts(text);
    if starts.len() < 2 {
        return "no item".to_owned();
    }
    let at = random.between(0, starts.len() - 2);
    let range = starts[at]..starts[at + 1];
    let item = text[range.clone()].to_owned();
    match random.between(0, 4) {
        0 => {
            text.replace_range(range, "");
            format!("gone: {item}")
        }
        1 => {
            let name = item.split_whitespace().nth(1).unwrap_or_default();
            text.insert_str(range.start, &item.replacen(name, &format!("{name}-to"), 1));
            format!("twice: {item}")
        }
        2 => {
            text.insert_str(range.start, &item);
            format!("just the same twice: {item}")
        }
        _ => {
            text.replace_range(range, "");
            let starts = self::starts(text);
            let to = *random.pick(&starts);
            text.insert_str(to, &item);
            format!("moved to {to}: {item}")
        }
    }
}

fn line(text: &mut String, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let at = random.between(0, lines.len().saturating_sub(1));
    let told = match random.between(0, 5) {
        0 if !lines.is_empty() => format!("without the line {}", lines.remove(at)),
        1 if !lines.is_empty() => {
            let line = lines[at].clone();
            lines.insert(at, line.clone());
            format!("twice the line {line}")
        }
        2 if at > 0 => {
            lines.swap(at, at - 1);
            format!("lines {at} and the one above change places")
        }
        3 if !lines.is_empty() => {
            let line = lines[at].trim_end().to_owned();
            lines[at] = format!("{line} # set\n");
            format!("a comment at line {at}")
        }
        _ => {
            let line = *random.pick(&LINES);
            lines.insert(at, format!("{line}\n"));
            format!("a new line {at}: {line}")
        }
    };
    *text = lines.concat();
    told
}

fn exchange(text: &mut String, random: &mut Random) -> String {
    let there: Vec<&(&str, &str)> = WORDS.iter().filter(|(old, _)| text.contains(old)).collect();
    if there.is_empty() {
        return "no such word".to_owned();
    }
    let (old, new) = random.pick(&there);
    let places: Vec<usize> = text.match_indices(old).map(|(at, _)| at).collect();
    let at = *random.pick(&places);
    text.replace_range(at..at + old.len(), new);
    format!("`{old}` becomes `{new}` at {at}")
}

/// One name becomes another that stands in the text, or gets a letter more: here, or everywhere.
fn word(text: &mut String, random: &mut Random) -> String {
    let is_inner = |letter: char| letter.is_alphanumeric() || letter == '-';
    let words: Vec<String> =
        text.split(|letter| !is_inner(letter)).filter(|word| word.len() > 2).map(str::to_owned).collect();
    if words.is_empty() {
        return "no word".to_owned();
    }
    let old = random.pick(&words);
    let new = if random.chance(50) { format!("{old}x") } else { random.pick(&words).clone() };
    if random.chance(40) {
        *text = text.replace(old.as_str(), &new);
        return format!("`{old}` becomes `{new}` everywhere");
    }
    let places: Vec<usize> = text.match_indices(old.as_str()).map(|(at, _)| at).collect();
    let at = *random.pick(&places);
    text.replace_range(at..at + old.len(), &new);
    format!("`{old}` becomes `{new}` at {at}")
}

fn letter(text: &mut String, random: &mut Random) -> String {
    let places: Vec<(usize, char)> = text.char_indices().collect();
    if places.is_empty() {
        text.push('x');
        return "a letter".to_owned();
    }
    let (at, letter) = *random.pick(&places);
    if random.chance(50) {
        text.remove(at);
        return format!("without `{letter}` at {at}");
    }
    let new = random.pick(&["{", "}", "\"", "|", "§", "#", " ", "\n", "x", ":", "7", "```\n"]);
    text.insert_str(at, new);
    format!("with `{new}` at {at}")
}
