//! `hjemmel book`: what it writes, when it refuses, how it ends.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn book(folder: &Path, words: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    program.current_dir(folder).env_clear().arg("book").args(words).output().unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of this test's own, empty.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, name: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let name = format!("{name}/{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true => walk(&entry.path(), &name, found),
                false => {
                    found.insert(name, fs::read(entry.path()).unwrap());
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

#[test]
fn the_bytes_are_the_same_whatever_the_threads_and_the_folder() {
    let folder = scratch("threads");
    let (one, many) = (folder.join("one"), folder.join("many"));
    let example = "examples/09_matrix";
    for (out, jobs) in [(&one, "1"), (&many, "4")] {
        let done = book(root(), &[example, "--lang", "da", "--jobs", jobs, "--out", out.to_str().unwrap()]);
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    }
    assert_eq!(contents(&one), contents(&many));
    let elsewhere = folder.join("elsewhere");
    let real = fs::canonicalize(root().join(example)).unwrap();
    let words = [real.to_str().unwrap(), "--lang", "da", "--out", elsewhere.to_str().unwrap()];
    assert_eq!(book(&folder, &words).status.code(), Some(0));
    assert_eq!(contents(&one), contents(&elsewhere), "no path of the machine stands in the book");
}

#[test]
fn an_earlier_book_is_replaced_and_nothing_else() {
    let folder = scratch("replaced");
    let example = root().join("examples/01_en_regel");
    let words = [example.to_str().unwrap(), "--lang", "en", "--out", "site"];
    assert_eq!(book(&folder, &words).status.code(), Some(0));
    fs::write(folder.join("site/index.html"), "old").unwrap();
    assert_eq!(book(&folder, &words).status.code(), Some(0), "an earlier book is replaced");
    assert_ne!(fs::read_to_string(folder.join("site/index.html")).unwrap(), "old");
    fs::write(folder.join("site/mine.txt"), "keep me").unwrap();
    let refused = book(&folder, &words);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("`mine.txt`"));
    assert_eq!(fs::read_to_string(folder.join("site/mine.txt")).unwrap(), "keep me");
    let names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, ["site"], "nothing is left beside it");
}

#[test]
fn a_folder_that_is_no_book_stays_as_it_is() {
    let folder = scratch("refused");
    fs::create_dir(folder.join("photos")).unwrap();
    fs::write(folder.join("photos/cat.jpg"), "cat").unwrap();
    fs::write(folder.join("file"), "file").unwrap();
    let example = root().join("examples/01_en_regel");
    for out in ["photos", "file"] {
        let refused = book(&folder, &[example.to_str().unwrap(), "--lang", "da", "--out", out]);
        assert_eq!(refused.status.code(), Some(2), "{out}");
    }
    assert_eq!(contents(&folder).len(), 2);
    fs::create_dir(folder.join("empty")).unwrap();
    let done = book(&folder, &[example.to_str().unwrap(), "--out", "empty"]);
    assert_eq!(done.status.code(), Some(0), "an empty folder is taken");
    let deep = book(&folder, &[example.to_str().unwrap(), "--out", "a/b/c"]);
    assert_eq!(deep.status.code(), Some(0), "folders above are made");
}

#[test]
fn findings_fail_a_book_only_when_asked() {
    let folder = scratch("findings");
    let policies = root().join("tests/cases/checks/undercut/fires_between_two_neighbouring_days.hjemmel");
    let words = |fail_on: &'static str| {
        [
            policies.to_str().unwrap().to_owned(),
            "--out".into(),
            "site".into(),
            "--fail-on".into(),
            fail_on.into(),
        ]
    };
    for (fail_on, code) in [("never", 0), ("error", 1)] {
        let words = words(fail_on);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let done = book(&folder, &words);
        assert_eq!(done.status.code(), Some(code), "{}", String::from_utf8_lossy(&done.stderr));
    }
    assert!(folder.join("site/index.html").exists(), "it is written all the same");
}
