//! `docs/population.md` walked through in an empty folder: every command is run, every line compared.

use std::fs;
use std::path::Path;
use std::process::Command;

const PAGE: &str = "docs/population.md";
const FENCE: &str = "```console\n";

/// What a command prints: of `head` the first lines of a file.
fn printed(folder: &Path, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    if let ["$", "head", count, file] = words[..] {
        let count = count.trim_start_matches('-').parse().unwrap();
        let text = fs::read_to_string(folder.join(file)).unwrap();
        return text.lines().take(count).map(|line| format!("{line}\n")).collect();
    }
    assert_eq!(words[..2], ["$", "hjemmel"], "{PAGE}: no command: {line}");
    let mut program = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    let output = program.current_dir(folder).env_clear().args(&words[2..]).output().unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{line}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap()
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copied(&entry.path(), &to)
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn every_command_of_the_page_prints_what_it_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("population-page");
    let _ = fs::remove_dir_all(&folder);
    copied(&root.join("policies"), &folder.join("policies"));
    let page = fs::read_to_string(root.join(PAGE)).unwrap();
    let mut parts = page.split(FENCE);
    let mut fresh = parts.next().unwrap().to_owned();
    let mut commands = 0;
    for part in parts {
        let (block, rest) = part.split_once("```").unwrap();
        let lines = block.lines().filter(|line| line.starts_with("$ "));
        let told: String = lines.map(|line| format!("{line}\n{}", printed(&folder, line))).collect();
        commands += 1;
        fresh.push_str(&format!("{FENCE}{told}```{rest}"));
    }
    assert!(commands >= 3, "{PAGE}");
    if std::env::var_os("HJEMMEL_ACCEPT").is_some() {
        fs::write(root.join(PAGE), fresh).unwrap();
    } else {
        assert_eq!(page, fresh, "{PAGE}: `HJEMMEL_ACCEPT=1 cargo test population` brings it up to date");
    }
}
