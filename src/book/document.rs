//! A text as a page: its prose as prose, its rules beneath, its findings at their place.

use super::addresses::{Pool, slug};
use super::items::Items;
use super::material::Material;
use super::phrases::Phrases;
use super::prose::{Piece, pieces};
use super::view::{Block, Contents};
use crate::ground::{FileId, SourceFile, Span};
use crate::syntax::ast::{Item, ItemKind};

/// A text as a page.
pub(super) struct Document {
    pub title: String,
    pub blocks: Vec<Block>,
    pub contents: Vec<Contents>,
}

/// The deepest heading there is.
const DEEPEST: usize = 6;

/// A page as it grows.
struct Writing<'a, 'b> {
    material: &'a Material<'a>,
    items: &'b Items<'a>,
    file: FileId,
    /// the levels of the headings that are open, as the text counts them
    open: Vec<usize>,
    ids: Pool,
    /// the heading that names the page has been met
    is_named: bool,
    document: Document,
    /// items that are on the page
    done: Vec<bool>,
}

pub(super) fn document(material: &Material<'_>, items: &Items<'_>, file: FileId, name: &str) -> Document {
    let source = material.sources.file(file);
    let tree = &material.trees[file.0 as usize];
    let mut writing = Writing {
        material,
        items,
        file,
        open: Vec::new(),
        ids: Pool::default(),
        is_named: false,
        document: Document {
            title: title_of(material, items, file, name),
            blocks: Vec::new(),
            contents: Vec::new(),
        },
        done: vec![false; tree.items.len()],
    };
    for item in &tree.items {
        writing.ids.take(items.phrases.addresses.id(item.span).unwrap_or_default());
    }
    let between: Vec<Span> = tree.items.iter().map(|item| item.span).collect();
    let findings = items.findings.told_between(file, &between, &items.phrases);
    if !findings.is_empty() {
        writing.document.blocks.push(Block::Findings { findings });
    }
    if source.name.ends_with(".md") {
        writing.literate(source, name);
    } else {
        writing.policy(source, 0..source.text.len());
    }
    // whatever stands where no prose was read
    writing.policy_items(source, 0..source.text.len(), true);
    writing.document
}

/// What the page of a text is called.
pub(super) fn title_of(material: &Material<'_>, items: &Items<'_>, file: FileId, name: &str) -> String {
    let source = material.sources.file(file);
    let first = || {
        let pieces = pieces(&source.text, &|_| None);
        pieces.into_iter().find_map(|piece| match piece {
            Piece::Heading { level: 1, words } => Some(words),
            _ => None,
        })
    };
    let heading = if source.name.ends_with(".md") { first() } else { None };
    let spoken = || spoken_title(&items.phrases, &material.trees[file.0 as usize].items);
    heading.or_else(spoken).unwrap_or_else(|| name.to_owned())
}

/// Who speaks in a text, in words.
fn spoken_title(phrases: &Phrases<'_>, items: &[Item]) -> Option<String> {
    let module = items.iter().find_map(|item| match &item.kind {
        ItemKind::Module(module) => Some(module),
        _ => None,
    })?;
    let known = phrases.model.modules.iter().find(|known| known.name == module.name.text);
    let title = known.map(|known| known.title.clone()).filter(|title| !title.is_empty());
    title.or_else(|| Some(module.name.text.clone()))
}

impl Writing<'_, '_> {
    fn literate(&mut self, source: &SourceFile, name: &str) {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let names = self.material.short_names();
        let phrases = self.items.phrases;
        let place = |href: &str| -> Option<String> {
            if href.starts_with("https://") || href.starts_with("http://") || href.starts_with("mailto:") {
                return Some(href.to_owned());
            }
            let target = joined(folder, href.split('#').next().unwrap_or_default());
            let at = names.iter().position(|name| *name == target)?;
            Some(format!("{}{}", phrases.root, phrases.addresses.document(FileId(at as u32))))
        };
        for piece in pieces(&source.text, &place) {
            match piece {
                Piece::Heading { level, words } => self.heading(level, &words),
                Piece::Prose(html) => self.document.blocks.push(Block::Prose { html }),
                Piece::Policy(range) => self.policy(source, range),
            }
        }
    }

    /// The first heading names the page; no level is left out on the way down.
    fn heading(&mut self, level: usize, words: &str) {
        if level == 1 && !self.is_named {
            self.is_named = true;
            return;
        }
        let level = level.max(2);
        while self.open.last().is_some_and(|open| *open >= level) {
            self.open.pop();
        }
        self.open.push(level);
        let level = (1 + self.open.len()).min(DEEPEST);
        let id = self.ids.take(&format!("afsnit-{}", slug(words)));
        let words = self.items.phrases.danish(words);
        if level <= 3 {
            let contents = Contents { level, href: format!("#{id}"), words: words.clone() };
            self.document.contents.push(contents);
        }
        self.document.blocks.push(Block::Heading { level, id, words });
    }

    /// The items between two bytes, with the remarks that stand between them.
    fn policy(&mut self, source: &SourceFile, range: std::ops::Range<usize>) {
        self.policy_items(source, range, false);
    }

    fn policy_items(&mut self, source: &SourceFile, range: std::ops::Range<usize>, is_rest: bool) {
        let tree = &self.material.trees[self.file.0 as usize];
        let mut at = range.start;
        for (number, item) in tree.items.iter().enumerate() {
            let (start, end) = (item.span.start as usize, item.span.end as usize);
            if !range.contains(&start) || self.done[number] {
                continue;
            }
            self.done[number] = true;
            if !is_rest {
                self.remarks(source.text.get(at..start).unwrap_or_default());
            }
            at = end.max(at);
            self.item(item);
        }
        if !is_rest {
            self.remarks(source.text.get(at..range.end).unwrap_or_default());
        }
    }

    /// Comments between items.
    fn remarks(&mut self, text: &str) {
        let mut words: Vec<&str> = Vec::new();
        for line in text.lines().chain([""]) {
            match line.trim().strip_prefix('#') {
                Some(remark) => words.push(remark.trim()),
                None if words.is_empty() => {}
                None => {
                    let html = self.items.phrases.danish(&words.join(" "));
                    self.document.blocks.push(Block::Remark { html });
                    words.clear();
                }
            }
        }
    }

    fn item(&mut self, item: &Item) {
        let level = (2 + self.open.len()).min(DEEPEST);
        let block = self.items.block(item, level);
        if let (Block::Entries { entries: more }, Some(Block::Entries { entries })) =
            (&block, self.document.blocks.last_mut())
        {
            entries.extend(more.iter().cloned());
            return;
        }
        if let Block::Card(card) = &block
            && self.open.is_empty()
            && self.document.contents.len() < MOST_CONTENTS
        {
            let contents = Contents { level: 2, href: format!("#{}", card.id), words: card.title.clone() };
            self.document.contents.push(contents);
        }
        self.document.blocks.push(block);
    }
}

/// More rules than these are not listed beside a text without headings.
const MOST_CONTENTS: usize = 60;

/// A path from a folder, without `.` and `..`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}
