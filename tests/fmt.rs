//! The formatter: each folder of `tests/cases/fmt/` holds a text and the same text formatted; and on every text there
//! is, and on generated ones with layout and comments strewn in, the tree and the comments stay as they were.

mod texts;

use crate::oracle::{generated, setting};
use hjemmel::{Options, SourceFile, Workspace, format};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Every file below a folder, sorted.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

#[test]
fn every_case_is_formatted_as_its_neighbour() {
    let mut failed = Vec::new();
    let cases = below(Path::new("tests/cases/fmt"));
    for case in cases.iter().filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("before."))
    {
        let name = case.file_name().unwrap().to_str().unwrap();
        let expected = case.with_file_name(name.replace("before", "after"));
        let formatted = same(name, &fs::read_to_string(case).unwrap());
        if std::env::var_os("HJEMMEL_ACCEPT").is_some() {
            fs::write(&expected, &formatted).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != formatted {
            failed.push(format!("{}:\n{formatted}", case.display()));
        }
    }
    assert!(failed.is_empty(), "cases with other output:\n{}", failed.join("\n"));
}

#[test]
fn every_text_there_is_keeps_its_tree_and_its_comments() {
    let (mut counted, mut random) = ((0, 0), Noise(setting("HJEMMEL_ORACLE_SEED", 0) + 1));
    let folders = ["tests/cases", "policies", "examples", "grammar"];
    let mut paths: Vec<PathBuf> = folders.iter().flat_map(|folder| below(Path::new(folder))).collect();
    paths.push("README.md".into());
    for path in paths {
        let name = path.to_str().unwrap();
        let is_text = [".hjemmel", ".md"].iter().any(|end| name.ends_with(end));
        let Some(text) = fs::read_to_string(&path).ok().filter(|_| is_text) else { continue };
        match format(name, &text) {
            Ok(_) => {
                same(name, &text);
                same(name, &text.replace("\r\n", "\n").replace('\n', "\r\n"));
                let code: String =
                    lines(name, &text).into_iter().filter(|line| line.1).map(|line| line.0).collect();
                for with_comments in [false, true, true] {
                    same("a.hjemmel", &random.scattered(&code, with_comments));
                }
                counted.0 += 1;
            }
            Err(problems) => {
                assert!(problems.iter().all(|problem| problem.check == "syntax-error"), "{name}");
                assert!(!problems.iter().any(|problem| problem.message.en.contains("bug")), "{name}");
                counted.1 += 1;
            }
        }
    }
    println!("{} texts formatted, {} cannot be read", counted.0, counted.1);
    assert!(counted.0 > 100, "the texts were not found");
}

#[test]
fn generated_texts_keep_their_tree_and_their_comments() {
    let mut counted = 0;
    let mut random = Noise(setting("HJEMMEL_ORACLE_SEED", 0) + 1);
    for (name, text) in generated() {
        counted += every_layout(name, &text, &mut random);
    }
    println!("{counted} generated texts formatted");
}

#[test]
fn texts_of_every_construct_keep_their_tree_and_their_comments() {
    let first = setting("HJEMMEL_ORACLE_SEED", 0);
    let mut random = Noise(first + 1);
    let mut counted = 0;
    for seed in first..first + 3 * setting("HJEMMEL_ORACLE_CASES", 400) {
        counted += every_layout("a.hjemmel", &texts::any(seed), &mut random);
    }
    println!("{counted} texts of every construct formatted");
}

/// Formats a text as it is, laid out otherwise, and with comments strewn in; how many texts that were.
fn every_layout(name: &str, text: &str, random: &mut Noise) -> u32 {
    let formatted = same(name, text);
    // however it was laid out, it is written alike
    let scattered = random.scattered(text, false);
    assert_eq!(same(name, &scattered), formatted, "laid out otherwise:\n{scattered}");
    same(name, &random.scattered(text, true));
    same(name, &random.scattered(&formatted, true));
    4
}

#[test]
fn a_long_text_takes_no_longer_for_each_rule() {
    let text = |rules: usize| -> String {
        let rule = |number: usize| {
            format!(
                "regel r{number} \"Ret og pligt\" {{ hjemmel LAB § 93, §31b stk. 1   når målgruppe er 2.3 og ikke kan-deltage\n  \
                 skal give mentor som pligt med varighed 6 måneder, timer 1-3 # note {number}\n}}\n"
            )
        };
        (0..rules).map(rule).collect()
    };
    let time = |texts: &[&str]| {
        let start = std::time::Instant::now();
        texts.iter().for_each(|text| drop(format("a.hjemmel", text).unwrap()));
        start.elapsed().as_secs_f64()
    };
    let (short, long) = (text(1_000), text(10_000));
    // ten short texts and one long one take as long as each other, so what else the machine does disturbs both alike;
    // and a text that took more time for each rule would do so in every round
    let mut factors = (0..5).map(|_| 10.0 * time(&[long.as_str()]) / time(&[short.as_str(); 10]));
    let factor = factors.find(|factor| *factor <= 12.0);
    println!("10,000 rules take {factor:?} times as long as 1,000");
    assert!(factor.is_some(), "10,000 rules took more than 12 times as long as 1,000 in each of five rounds");
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let plain = "\u{feff}# ø\nart a\nart   b";
    assert_eq!(format("a.hjemmel", plain).unwrap(), "\u{feff}# ø\nart a\nart b\n");
    let two = "\u{feff}# ø\r\nart a # x \r\nregel r {\r\nhjemmel § 1\r\n}";
    let wanted = "\u{feff}# ø\r\nart a  # x\r\n\r\nregel r { hjemmel LAB § 1 }\r\n";
    assert_eq!(format("a.hjemmel", &two.replace("hjemmel §", "hjemmel LAB §")).unwrap(), wanted);
    let prose = "# A  \r\n\n\n- x\n  ```hjemmel\n art a\n  ```\n\n```hjemmel\r\nart    b\r\n\r\n```\r\ny  ";
    let wanted = "# A  \r\n\n\n- x\n  ```hjemmel\n  art a\n  ```\n\n```hjemmel\r\nart b\r\n```\r\ny  ";
    assert_eq!(format("a.hjemmel.md", prose).unwrap(), wanted);
}

#[test]
fn names_and_texts_are_written_in_one_normal_form() {
    let two_parts = "art sto\u{308}tte-a\u{30a}r   \"A\u{30a}r\" # a\u{30a}\nart b # x\n";
    let one = "art stötte-år \"År\"  # a\u{30a}\nart b  # x\n";
    assert_eq!(format("a.hjemmel", two_parts).unwrap(), one);
}

#[test]
fn an_item_interrupted_by_prose_stays() {
    let text = "```hjemmel\nart   a\n```\n```hjemmel\nregel  r {\n```\nprose\n```hjemmel\n hjemmel   LAB }\n```\n\n```hjemmel\nart  b\n```\n";
    let wanted = text.replace("art   a", "art a").replace("art  b", "art b");
    assert_eq!(format("a.hjemmel.md", text).unwrap(), wanted);
}

#[test]
fn one_long_cell_does_not_widen_every_row() {
    let rows: String = (0..1000).map(|row| format!("| r{row} | x |\n")).collect();
    let text = format!("tabel t {{\n| regel | \"Prosa\" |\n{rows}| sidst | {} |\n}}\n", "x".repeat(100_000));
    assert!(format("a.hjemmel", &text).unwrap().len() < 400_000);
}

/// Formats, and holds all that formatting must keep.
fn same(name: &str, text: &str) -> String {
    let formatted = match format(name, text) {
        Ok(formatted) => formatted,
        Err(problems) => panic!("{name}: {}\n{text}", problems[0].message.en),
    };
    assert_eq!(tree(name, text), tree(name, &formatted), "{name}: another tree\n{text}\n----\n{formatted}");
    let comments = comments(name, text);
    assert_eq!(
        comments,
        self::comments(name, &formatted),
        "{name}: other comments\n{text}\n----\n{formatted}"
    );
    assert_eq!(prose(name, text), prose(name, &formatted), "{name}: other prose");
    let again = format(name, &formatted).unwrap();
    assert_eq!(again, formatted, "{name}: the second time is not as the first\n{text}");
    formatted
}

fn tree(name: &str, text: &str) -> String {
    Workspace::new(vec![SourceFile::new(name, text)], Options::default()).show_tree()
}

/// The lines of a text, and whether they are code.
fn lines<'a>(name: &str, text: &'a str) -> Vec<(&'a str, bool)> {
    let mut fence: Option<(&str, bool)> = None;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let mark = &words[..words.len() - words.trim_start_matches(['`', '~']).len()];
        let closes = fence.is_some_and(|(open, _)| words.starts_with(open) && words == mark);
        let is_code = fence.is_some_and(|(_, is_code)| is_code) && !closes;
        found.push((line, is_code || !name.ends_with(".md")));
        if closes {
            fence = None;
        } else if fence.is_none() && mark.len() > 2 {
            fence = Some((mark, words[mark.len()..].trim() == "hjemmel"));
        }
    }
    found
}

fn prose(name: &str, text: &str) -> String {
    lines(name, text).into_iter().filter(|(_, is_code)| !is_code).map(|(line, _)| line).collect()
}

/// The comments, found without the scanner.
fn comments(name: &str, text: &str) -> Vec<String> {
    let code = lines(name, text).into_iter().filter(|(_, is_code)| *is_code);
    code.filter_map(|(line, _)| {
        let line = line.trim();
        let mut quoted = false;
        let row = line.starts_with('|');
        let mut last = ' ';
        for (at, letter) in line.char_indices() {
            let begins = if row { last == '|' } else { !quoted };
            if letter == '#' && begins {
                return Some(line[at..].trim_end().to_owned());
            }
            quoted ^= letter == '"';
            if !letter.is_whitespace() {
                last = letter;
            }
        }
        None
    })
    .collect()
}

/// Numbers that look random and are the same each time.
struct Noise(u64);

impl Noise {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % bound
    }

    /// The same text with other blanks, and comments where there were blanks. A row stays one line, an item stays at
    /// the start of its line.
    fn scattered(&mut self, text: &str, with_comments: bool) -> String {
        let (mut out, mut braces) = (String::new(), 0);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let mut quoted = false;
            let row = line.trim_start().starts_with('|');
            let commented = line.contains('#');
            let indent = line.len() - line.trim_start().len();
            for (at, letter) in line.char_indices() {
                quoted ^= letter == '"';
                braces += i32::from(letter == '{' && !quoted) - i32::from(letter == '}' && !quoted);
                let free = letter == ' ' && !quoted && !commented && at >= indent;
                match (free, self.below(6)) {
                    (true, 0) => out.push_str("   "),
                    (true, 1) if !row && braces > 0 => out.push_str("\n   "),
                    (true, 2) if !row && braces > 0 && with_comments => {
                        let id = self.below(1000);
                        let layout = ["# a", "\n# b", "\n\n   #c", " # d \n\n# e"][self.below(4) as usize];
                        out.push_str(&format!(" {layout} {id}, \"æ\" | {{\n "));
                    }
                    _ => out.push(letter),
                }
            }
            if with_comments && !commented && self.below(8) == 0 {
                out.push_str(&format!(" # bag {}", self.below(1000)));
            }
            out.push('\n');
        }
        out
    }
}

fn hjemmel(folder: &Path, args: &[&str], input: &[u8]) -> std::process::Output {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    program.current_dir(folder).env_clear().arg("fmt").args(args);
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn said(output: &std::process::Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn what_we_ship_is_formatted() {
    let told = said(&hjemmel(Path::new("."), &["--check", "policies", "examples", "src"], b""));
    assert_eq!(told, (0, String::new(), String::new()));
}

#[test]
fn files_are_replaced_whole_and_broken_ones_left_alone() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fmt-write");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let broken = "regel r {  når\n";
    fs::write(folder.join("skæv.hjemmel"), "art   a\r\nart b").unwrap();
    fs::write(folder.join("fejl.hjemmel"), broken).unwrap();
    fs::write(folder.join("lige.hjemmel"), "art a\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("skæv.hjemmel", folder.join("vej.hjemmel")).unwrap();
    let (code, names, told) = said(&hjemmel(&folder, &[], b""));
    assert_eq!((code, names.as_str()), (1, "skæv.hjemmel\n"));
    assert!(told.contains("error[syntax-error]") && told.contains("fejl.hjemmel"), "{told}");
    assert_eq!(fs::read_to_string(folder.join("skæv.hjemmel")).unwrap(), "art a\r\nart b\r\n");
    assert_eq!(fs::read_to_string(folder.join("fejl.hjemmel")).unwrap(), broken);
    let left = if cfg!(unix) { 4 } else { 3 };
    assert_eq!(fs::read_dir(&folder).unwrap().count(), left, "a file was left beside");
    #[cfg(unix)]
    assert!(fs::symlink_metadata(folder.join("vej.hjemmel")).unwrap().is_symlink());
    fs::remove_file(folder.join("fejl.hjemmel")).unwrap();
    assert_eq!(said(&hjemmel(&folder, &[], b"")), (0, String::new(), String::new()));
}

#[test]
fn standard_input_is_printed_formatted() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let text = "art   a # \u{1b}[1m\n";
    let (code, page, told) = said(&hjemmel(root, &["-"], text.as_bytes()));
    assert_eq!((code, page.as_str(), told.as_str()), (0, "art a  # \u{1b}[1m\n", ""));
    assert_eq!(said(&hjemmel(root, &["-", "--check"], text.as_bytes())).1, "<stdin>\n");
    let literate = ["-", "--stdin-filename", "x.hjemmel.md"];
    assert_eq!(said(&hjemmel(root, &literate, text.as_bytes())).1, text);
    let (code, page, told) = said(&hjemmel(root, &["-"], b"regel {"));
    assert_eq!((code, page.as_str()), (1, ""));
    assert!(told.contains("<stdin>:1:"), "{told}");
    assert_eq!(said(&hjemmel(root, &["-", "x"], b"")).0, 2);
    assert_eq!(said(&hjemmel(root, &["--stdin-filename", "x.hjemmel"], b"")).0, 2);
    assert_eq!(said(&hjemmel(root, &["-"], b"\xe5")).0, 2);
}
