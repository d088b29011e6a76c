//! A strict reader of pages: what is open must be closed, in order; ids stand once; headings leave out no level.

use std::collections::BTreeSet;

/// Elements that have no inside.
const EMPTY: [&str; 7] = ["meta", "link", "input", "img", "br", "hr", "wbr"];
/// Elements a paragraph cannot hold.
const BLOCKS: [&str; 15] = [
    "p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "article", "section", "pre", "details",
    "figure",
];

/// What stands on a page.
pub(super) struct Page {
    pub ids: BTreeSet<String>,
    pub links: Vec<String>,
    /// scripts, styles, pictures
    pub fetched: Vec<String>,
    pub problems: Vec<String>,
}

impl Page {
    pub(super) fn read(path: &str, text: &str) -> Self {
        let mut page =
            Page { ids: BTreeSet::new(), links: Vec::new(), fetched: Vec::new(), problems: Vec::new() };
        let mut rest = text.strip_prefix("<!doctype html>\n").unwrap_or_else(|| panic!("{path}: no doctype"));
        let mut open: Vec<String> = Vec::new();
        let mut level = 0;
        while let Some(at) = rest.find('<') {
            page.words(&rest[..at]);
            let end = rest[at..].find('>').unwrap_or_else(|| panic!("{path}: a tag that does not end"));
            let tag = &rest[at + 1..at + end];
            rest = &rest[at + end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                match open.pop() {
                    Some(last) if last == name => {}
                    last => page.problems.push(format!("`</{name}>` closes {last:?}")),
                }
                continue;
            }
            let name = tag.split([' ', '\n']).next().unwrap_or_default();
            page.tag(name, tag, &open, &mut level);
            if !EMPTY.contains(&name) {
                open.push(name.to_owned());
            }
        }
        page.words(rest);
        if !open.is_empty() {
            page.problems.push(format!("left open: {open:?}"));
        }
        if text.matches("<h1").count() != 1 {
            page.problems.push("not one heading of the first level".to_owned());
        }
        page
    }

    fn words(&mut self, words: &str) {
        for (at, _) in words.match_indices('&') {
            let name: String = words[at + 1..].chars().take_while(|letter| *letter != ';').take(8).collect();
            let known = ["amp", "lt", "gt", "quot"].contains(&name.as_str()) || name.starts_with('#');
            if !known {
                self.problems.push(format!("`&{name}` is no letter"));
            }
        }
        if words.contains('>') {
            self.problems.push(format!("a bare `>`: {words:?}"));
        }
    }

    fn tag(&mut self, name: &str, tag: &str, open: &[String], level: &mut usize) {
        if BLOCKS.contains(&name) && open.iter().any(|one| one == "p" || one == "span" || one == "summary") {
            self.problems.push(format!("`{tag}` stands in {open:?}"));
        }
        if name == "a" && open.iter().any(|one| one == "a") {
            self.problems.push(format!("`{tag}` stands in another link"));
        }
        if name == "li" && !open.last().is_some_and(|one| one == "ul" || one == "ol") {
            self.problems.push(format!("`{tag}` stands in no list"));
        }
        if let Some(deep) = name.strip_prefix('h').and_then(|deep| deep.parse::<usize>().ok()) {
            if deep > *level + 1 {
                self.problems.push(format!("`{tag}` comes after a heading of level {level}"));
            }
            *level = deep;
        }
        for (key, value) in attributes(tag.strip_prefix(name).unwrap_or_default()) {
            match (name, key.as_str()) {
                (_, "id") => {
                    let is_new = !value.is_empty() && self.ids.insert(value.clone());
                    if !is_new {
                        self.problems.push(format!("the id `{value}` stands twice"));
                    }
                }
                ("a", "href") => self.links.push(value),
                ("link", "href") | (_, "src") => self.fetched.push(value),
                ("form", "action") => self.links.push(value),
                (_, key) if key.starts_with("on") || key == "style" => {
                    self.problems.push(format!("`{tag}` carries a script or a style"));
                }
                _ => {}
            }
        }
    }
}

/// The attributes of a tag, each with its value in double quotes.
fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tag.trim();
    while !rest.is_empty() {
        let key: String =
            rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '-').collect();
        assert!(!key.is_empty(), "no attribute: {tag:?}");
        rest = &rest[key.len()..];
        match rest.strip_prefix("=\"") {
            Some(value) => {
                let (value, behind) = value.split_once('"').unwrap_or_else(|| panic!("open: {tag:?}"));
                found.push((key, value.replace("&#x2f;", "/").replace("&quot;", "\"").replace("&amp;", "&")));
                rest = behind.trim_start();
            }
            None => {
                found.push((key, String::new()));
                rest = rest.trim_start();
            }
        }
    }
    found
}
