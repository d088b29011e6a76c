//! What we ship, with the line ends of Windows: not a byte of a report or of a baseline differs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A copy of the policies.
fn copy(name: &str, change: impl Fn(String) -> String) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&root);
    let mut folders = vec![PathBuf::from("policies")];
    while let Some(folder) = folders.pop() {
        fs::create_dir_all(root.join(&folder)).unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
                fs::write(root.join(path), change(text)).unwrap();
            }
        }
    }
    root
}

fn told(root: &Path, words: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    let output =
        command.current_dir(root).env_clear().args(["check", "policies"]).args(words).output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_line_ends_of_windows_change_nothing() {
    let unix = copy("line-ends-unix", |text| text);
    let windows = copy("line-ends-windows", |text| text.replace('\n', "\r\n"));
    for words in [
        &["--format", "short"][..],
        &["--format", "human"],
        &["--format", "json"],
        &["--baseline", "kendt.toml", "--write-baseline"],
        &["--baseline", "kendt.toml", "--format", "json"],
    ] {
        let (one, other) = (told(&unix, words), told(&windows, words));
        let differ = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(one == other, "{words:?}: {differ:?}");
    }
    let baseline = |root: &Path| fs::read_to_string(root.join("kendt.toml")).unwrap();
    assert_eq!(baseline(&unix), baseline(&windows));
    // what one wrote the other reads, whatever git does to its line ends
    fs::write(windows.join("kendt.toml"), baseline(&unix).replace('\n', "\r\n")).unwrap();
    let known = told(&windows, &["--baseline", "kendt.toml", "--lang", "en"]);
    assert!(known.contains("nothing new, ") && !known.contains("gone"), "{known}");
}
