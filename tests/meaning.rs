//! `hjemmel snapshot` from the outside: what is written, what is told of what stands, and when it fails.

use hjemmel::{Options, SourceFile, Workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "../docs/snapshot_test.rs"]
mod snapshot_test;

const LAW: &str = "lov L \"Lov\"\noplysning alder \"Alder\": tal 18-67\noplysning syg \"Syg?\": ja/nej\n\
                   støtte mentor \"Mentor\"\nvilkår timer \"Timer\": tal 0-37, mere er bedre\n";
const RULE: &str =
    "regel unge {\n    hjemmel L § 1\n    når alder under 30\n    ret til mentor med timer højst 5\n}\n";

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("snapshot-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("p/kommuner")).unwrap();
    fs::write(folder.join("p/hjemmel.toml"), "edition = 1\nlanguage = \"da\"\n").unwrap();
    fs::write(folder.join("p/lov.hjemmel"), LAW).unwrap();
    for (file, place) in [("by", "By"), ("naboby", "Naboby")] {
        let text = format!("kommune {place} \"{place}\"\n{RULE}");
        fs::write(folder.join(format!("p/kommuner/{file}.hjemmel")), text).unwrap();
    }
    folder
}

/// What is printed and told, and the exit code.
fn told(folder: &Path, line: &str) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    let output = command.current_dir(folder).env_clear().args(line.split_whitespace()).output().unwrap();
    let words = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (words, output.status.code().unwrap())
}

fn code(folder: &Path, line: &str) -> i32 {
    told(folder, line).1
}

const BY: &str = "p/kommuner/by.afgoerelser.md";

#[test]
fn what_is_accepted_is_right_until_a_decision_changes() {
    let folder = folder("accept");
    let policy = folder.join("p/kommuner/by.hjemmel");
    assert_eq!(code(&folder, "snapshot p --check"), 2, "there is none");
    assert_eq!(code(&folder, "snapshot p --accept"), 0);
    assert_eq!(told(&folder, "snapshot p --check"), (String::new(), 0));
    let first = fs::read_to_string(folder.join(BY)).unwrap();
    // the same told otherwise: another name, another order, one rule as two, another layout
    let split = "regel de-yngste { hjemmel L § 1\n når alder fra 18 til 24\n ret til mentor med timer højst 5 }\n# og\n\
                 regel de-unge { hjemmel L § 1\n\n når alder fra 25 til 29\n ret til mentor med timer højst 5 }\n";
    fs::write(&policy, format!("kommune By \"By Kommune\"\n{split}")).unwrap();
    assert_eq!(told(&folder, "snapshot p --check"), (String::new(), 0));
    for (change, into) in
        [("højst 5", "højst 6"), ("§ 1", "§ 2"), ("under 30", "under 31"), ("ret til", "kan give")]
    {
        fs::write(&policy, format!("kommune By \"By\"\n{}", RULE.replace(change, into))).unwrap();
        let (words, code) = told(&folder, "snapshot p --check");
        assert_eq!(code, 1, "{change}");
        assert!(
            words.contains("mentor\n    før") && words.contains("\n-| ") && !words.contains("naboby"),
            "{words}"
        );
    }
    let (words, _) = told(&folder, "snapshot p --accept");
    assert_eq!(words, format!("skrevet: {BY}\n"));
    assert_ne!(fs::read_to_string(folder.join(BY)).unwrap(), first);
    // line ends and a byte order mark are an editor's or git's
    let text = fs::read_to_string(folder.join(BY)).unwrap();
    fs::write(folder.join(BY), format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
    assert_eq!(told(&folder, "snapshot p --check"), (String::new(), 0));
}

#[test]
fn the_bytes_are_those_of_the_meaning_alone() {
    let (folder, other) = (folder("bytes"), folder("other-bytes"));
    let one = told(&folder, "snapshot p --jobs 1").0;
    for (folder, line) in
        [(&folder, "snapshot p --jobs 7"), (&other, "snapshot --lang en p"), (&folder, "snapshot ./p/")]
    {
        assert_eq!(told(folder, line).0, one, "{line}");
    }
    assert!(!one.contains("hjemmel\"") && !one.contains("p/"), "no path: {one}");
}

#[test]
fn what_belongs_to_another_workspace_is_left_alone() {
    let folder = folder("another");
    let other = folder.join("p/kladder/by.afgoerelser.md");
    assert_eq!(code(&folder, "snapshot p --accept"), 0);
    fs::create_dir(folder.join("p/kladder")).unwrap();
    fs::copy(folder.join(BY), &other).unwrap();
    assert_eq!(code(&folder, "snapshot p --check"), 1, "nobody's");
    assert_eq!(code(&folder, "snapshot p/kommuner --check"), 0, "not asked about");
    fs::write(
        folder.join("p/hjemmel.toml"),
        "edition = 1\nlanguage = \"da\"\npaths.exclude = [\"kladder\"]\n",
    )
    .unwrap();
    assert_eq!(told(&folder, "snapshot p --check"), (String::new(), 0));
    assert_eq!(code(&folder, "snapshot p --accept"), 0);
    assert!(other.exists());
}

#[test]
fn what_is_wrong_is_told_in_both_languages() {
    let folder = folder("wrong");
    let mut page = String::new();
    let mut tell = |why: &str, line: &str| {
        for lang in ["da", "en"] {
            let (words, code) = told(&folder, &format!("{line} --lang {lang}"));
            page.push_str(&format!("── {why}: hjemmel {line} --lang {lang}: exit {code}\n{words}\n"));
        }
    };
    tell("no snapshot", "snapshot p --check");
    tell("no place", "snapshot p/lov.hjemmel --check");
    assert_eq!(code(&folder, "snapshot p --accept"), 0);
    tell("nothing to accept", "snapshot p --accept");
    tell("hashes", "snapshot p --hash");
    fs::rename(folder.join("p/kommuner/naboby.hjemmel"), folder.join("p/kommuner/naboby.txt")).unwrap();
    tell("a place that is gone", "snapshot p --check");
    fs::write(folder.join("p/note.afgoerelser.md"), "min egen\n").unwrap();
    tell("a file that is nobody's", "snapshot p --accept");
    fs::remove_file(folder.join("p/note.afgoerelser.md")).unwrap();
    let policy = folder.join("p/kommuner/by.hjemmel");
    fs::write(&policy, format!("kommune By \"By\"\n{}", RULE.replace("højst 5", "højst 4"))).unwrap();
    tell("another decision", "snapshot p --check");
    tell("no budget", "snapshot p --check --budget 1");
    fs::write(&policy, format!("kommune By \"By\"\n{}", RULE.replace("mentor", "mentro"))).unwrap();
    tell("a rule with an error", "snapshot p --check");
    crate::snapshot(Path::new("tests/meaning"), "wrong", &page);
}

#[test]
fn a_table_of_many_rows_is_told_in_steps_and_nothing_is_cut() {
    // how many of eight things are true decides: no row can be left out
    let mut text = format!("{LAW}kommune By \"By\"\n");
    (0..8).for_each(|at| text += &format!("oplysning a{at} \"A{at}\": ja/nej\n"));
    for number in (0..256_u32).filter(|number| number.count_ones() % 2 == 1) {
        let part = |at: u32| if number >> at & 1 == 1 { format!("a{at}") } else { format!("ikke a{at}") };
        let when: Vec<String> = (0..8).map(part).collect();
        let when = when.join(" og ");
        text += &format!("regel r{number} {{\n    hjemmel L § 1\n    når {when}\n    kan give mentor\n}}\n");
    }
    let workspace = Workspace::new(vec![SourceFile::new("by.hjemmel", text)], Options::default());
    let page = hjemmel::snapshot(&workspace);
    assert!(page.contains("Som tabel ville det være 256 rækker. Trin for trin er det:"), "{page:.3000}");
    assert_eq!(page.lines().filter(|line| line.starts_with("- trin ")).count(), 15, "{page}");
}
