//! What holds of every file, whatever its room.

use super::{File, assert_none, files_below, library};

/// The most lines a file may have.
const MOST_LINES: usize = 600;

fn code_files() -> Vec<File> {
    let mut files = files_below("src", ".rs");
    files.extend(files_below("tests", ".rs"));
    files.extend(files_below("examples", ".rs"));
    assert!(files.len() > 10, "the sources were not found");
    files
}

#[test]
fn a_file_stops_at_600_lines() {
    let mut files = code_files();
    files.extend(files_below("grammar", ""));
    let long = files.iter().filter(|file| file.text.lines().count() > MOST_LINES);
    assert_none(&long.map(|file| format!("{}: more than {MOST_LINES} lines", file.path)).collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_for_later() {
    // written in two halves, so that this file does not find itself
    let words = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("db", "g!("),
        concat!("#[", "ignore"),
        concat!("allow(", "dead_code"),
        concat!("allow(", "unused"),
        concat!("expect(", "dead_code"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    let mut broken = Vec::new();
    for file in code_files() {
        for word in words.iter().filter(|word| file.text.contains(**word)) {
            broken.push(format!("{}: `{word}`", file.path));
        }
    }
    assert_none(&broken);
}

#[test]
fn no_room_for_odds_and_ends() {
    let odds = ["utils", "util", "helpers", "helper", "common", "misc", "manager", "shared"];
    let named =
        code_files().into_iter().filter(|file| file.path.split(['/', '.']).any(|part| odds.contains(&part)));
    assert_none(&named.map(|file| format!("{}: name it for what it holds", file.path)).collect::<Vec<_>>());
}

#[test]
fn a_room_says_at_its_door_what_comes_in_and_goes_out() {
    let doors: Vec<File> = library().into_iter().filter(|file| file.path.matches('/').count() == 2).collect();
    let doors: Vec<File> = doors.into_iter().filter(|file| file.path.ends_with("/mod.rs")).collect();
    assert!(doors.len() > 3, "the rooms were not found");
    let mut broken = Vec::new();
    for door in doors {
        let header: Vec<&str> = door.text.lines().take_while(|line| line.starts_with("//!")).collect();
        if !(4..=20).contains(&header.len()) {
            broken.push(format!("{}: a header of 5 to 15 lines, this one has {}", door.path, header.len()));
        }
        let said = header.iter().flat_map(|line| line.split_whitespace()).filter(|word| *word != "//!");
        let said = said.collect::<Vec<_>>().join(" ");
        for word in ["In:", "Out:", "Never true here:"] {
            if !said.contains(word) {
                broken.push(format!("{}: its header does not say \"{word}\"", door.path));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn every_file_opens_with_what_it_is() {
    let files = code_files();
    let silent = files.iter().filter(|file| !file.text.starts_with("//!"));
    assert_none(&silent.map(|file| format!("{}: opens with `//!`", file.path)).collect::<Vec<_>>());
}
