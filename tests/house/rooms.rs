//! Which room may name which, and which vendor crate lives where: the two tables of ARCHITECTURE.md.

use super::{assert_none, files_below, library, read, table};
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = "ARCHITECTURE.md";

/// The words in backticks.
fn quoted(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A path's beginning, and the rooms a file below it may name.
fn rooms() -> BTreeMap<String, BTreeSet<String>> {
    let row = |cells: Vec<String>| (cells[0].replace('`', ""), quoted(&cells[2]));
    table(PAGE, "## The rooms").into_iter().map(row).collect()
}

/// A module's depth below the crate: `src/checks/gap.rs` is two deep, `src/checks/mod.rs` one.
fn depth(path: &str) -> usize {
    path.trim_start_matches("src/").trim_end_matches("/mod.rs").split('/').count()
}

/// The first names of a path or of a braced group: `a::b` gives a, `{a::{b, c}, d}` gives a and d.
fn first_names(rest: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let mut names = Vec::new();
    let (mut open, mut part) = (1, String::new());
    for c in group.chars() {
        match c {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 || (open == 1 && c == ',') {
            names.push(word(part.trim()));
            part.clear();
            if open == 0 {
                break;
            }
        } else {
            part.push(c);
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Every name of the crate's root that a text reaches, with `crate::` or with enough `super::`.
fn reached(code: &str, depth: usize) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if !before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            names.extend(first_names(&code[at + found.len()..]));
        }
    }
    for (at, _) in code.match_indices("super::") {
        if code[..at].ends_with("super::") {
            continue;
        }
        let mut rest = &code[at..];
        let mut up = 0;
        while let Some(next) = rest.strip_prefix("super::") {
            rest = next;
            up += 1;
        }
        if up >= depth {
            names.extend(first_names(rest));
        }
    }
    names
}

#[test]
fn a_room_names_only_the_rooms_it_may() {
    let rooms = rooms();
    let mut used = BTreeSet::new();
    let mut broken = Vec::new();
    for file in library() {
        if file.path == "src/lib.rs" {
            continue;
        }
        let row = rooms
            .iter()
            .filter(|(place, _)| file.path.starts_with(*place))
            .max_by_key(|(place, _)| place.len());
        let Some((place, allowed)) = row else {
            broken.push(format!("{}: its room has no row in {PAGE}", file.path));
            continue;
        };
        used.insert(place.clone());
        let own = file.path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default();
        for name in reached(&file.code(), depth(&file.path)) {
            if name != own && !allowed.contains(&name) {
                broken.push(format!("{}: may not name `{name}`", file.path));
            }
        }
    }
    for (place, allowed) in &rooms {
        if !used.contains(place) && !place.starts_with("src/bin/") {
            broken.push(format!("{PAGE}: no file is in `{place}`"));
        }
        for room in allowed {
            let is_room = rooms
                .keys()
                .any(|place| place.trim_start_matches("src/").split(['/', '.']).next() == Some(room));
            if !is_room {
                broken.push(format!("{PAGE}: `{place}` may name `{room}`, which is no room"));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn names_are_found_in_every_way_they_can_be_written() {
    let code = "use crate::{ground::{Span, Text}, model};\nfn f() { $crate::checks::gap() }\nuse super::super::verdict::Grant;\nuse super::near;\nmycrate::no";
    let names: Vec<String> = reached(code, 2).into_iter().collect();
    assert_eq!(names, ["checks", "ground", "model", "verdict"]);
    assert_eq!(depth("src/checks/gap.rs"), 2);
    assert_eq!(depth("src/checks/mod.rs"), 1);
    assert_eq!(depth("src/pipeline.rs"), 1);
}

/// The names of `[dependencies]` in Cargo.toml, as code writes them.
fn dependencies() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let section = manifest.lines().skip_while(|line| *line != "[dependencies]").skip(1);
    let lines = section.take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim().replace('-', "_"));
    names.collect()
}

/// Is a crate named: as the start of a path, or after `use`?
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = &code[..at];
        let after = &code[at + name.len()..];
        let fresh = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.')
            && (!before.ends_with("::") || before.ends_with(" ::"));
        let used = before.ends_with("use ") && after.starts_with([';', ' ']);
        fresh && (after.starts_with("::") || used)
    })
}

#[test]
fn a_vendor_crate_lives_in_its_room() {
    let mut homes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for cells in table(PAGE, "## Vendor crates") {
        for name in quoted(&cells[0]) {
            homes.insert(name.replace('-', "_"), quoted(&cells[1]));
        }
    }
    let dependencies = dependencies();
    assert!(dependencies.len() > 5, "Cargo.toml could not be read");
    let files = files_below("src", ".rs");
    let mut broken = Vec::new();
    for name in &dependencies {
        if !files.iter().any(|file| names_crate(&file.code(), name)) {
            broken.push(format!("Cargo.toml: nothing uses `{name}`"));
        }
        let Some(places) = homes.get(name) else {
            broken.push(format!("{PAGE}: `{name}` has no row in the table of vendor crates"));
            continue;
        };
        for file in files.iter().filter(|file| names_crate(&file.code(), name)) {
            if !places.iter().any(|place| file.path.starts_with(place)) {
                broken.push(format!("{}: `{name}` is not used here", file.path));
            }
        }
    }
    for name in homes.keys().filter(|name| !dependencies.contains(name)) {
        broken.push(format!("{PAGE}: `{name}` is no dependency"));
    }
    assert_none(&broken);
}

#[test]
fn a_crate_is_recognised_as_code_names_it() {
    assert!(names_crate("use pest::Parser;", "pest"));
    assert!(names_crate("#[derive(pest::Parser)]", "pest"));
    assert!(names_crate("use toml;", "toml"));
    assert!(!names_crate("use pest_derive::Parser;", "pest"));
    assert!(!names_crate("self.ignore::<u8>()", "ignore"));
    assert!(!names_crate("crate::toml::x", "toml"));
}
