//! What was read before, for items whose text has not changed: an item that was read without a finding is read from its
//! own text alone, so the same text gives the same tree, wherever it stands now.

use super::ast::{File, Item};
use super::moved::{Places, Way};
use super::parse_tables::Seen;
use super::scanner::{Scan, Slice};
use super::{is_written_in, parse, prepare, scanner};
use crate::ground::{Diagnostic, FileId, SourceFile, Sources};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The files of the last run.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// their trees, in the order of the sources
    files: Vec<File>,
    /// for each of them what it was read from
    read: Vec<Read>,
}

/// What a file was read from.
#[derive(Debug)]
struct Read {
    name: String,
    text: String,
    /// for each item its text, where it was read without a finding
    items: Vec<Option<Written>>,
}

/// All that the tree of an item is made of: its text without comments, and where in it its rows are.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Written {
    text: String,
    rows: Vec<Range<usize>>,
}

impl Written {
    /// Nothing where the item is not read as it stands.
    fn of(scan: &Scan, slice: &Slice) -> Option<Self> {
        let is_sound = slice.is_known && slice.missing_braces == 0 && slice.slip.is_none();
        let from = slice.range.start;
        let rows = || slice.rows.iter().map(|row| row.start - from..row.end - from).collect();
        is_sound.then(|| Written { text: scan.text[slice.range.clone()].to_owned(), rows: rows() })
    }
}

impl Kept {
    /// The trees of all files, and what is wrong with them: the same as of [`super::parse_among`] for each.
    pub(crate) fn parse(&mut self, sources: &Sources) -> (&[File], Vec<Diagnostic>) {
        let known = std::mem::take(&mut self.read).into_iter().zip(std::mem::take(&mut self.files));
        let mut known: BTreeMap<String, (Read, File)> =
            known.map(|(read, file)| (read.name.clone(), (read, file))).collect();
        let mut problems = Vec::new();
        for (id, source) in sources.iter() {
            let (read, file) = match known.remove(&source.name) {
                Some((read, mut file)) if file.is_whole && read.text == source.text => {
                    let is_elsewhere = file.items.first().is_some_and(|item| item.span.file != id);
                    if is_elsewhere {
                        file.items.go(Way::To { from: 0, file: id, to: 0 });
                    }
                    (read, file)
                }
                before => {
                    let before = before.map(|(read, file)| read.items.into_iter().zip(file.items));
                    let mut items: HashMap<Written, Vec<Item>> = HashMap::new();
                    for (written, item) in before.into_iter().flatten() {
                        if let Some(text) = written {
                            items.entry(text).or_default().push(item);
                        }
                    }
                    reread(id, source, sources, items, &mut problems)
                }
            };
            self.read.push(read);
            self.files.push(file);
        }
        (&self.files, problems)
    }
}

/// Reads a file; what is known of its items is moved there.
fn reread(
    id: FileId,
    source: &SourceFile,
    sources: &Sources,
    mut known: HashMap<Written, Vec<Item>>,
    problems: &mut Vec<Diagnostic>,
) -> (Read, File) {
    let prepared = prepare::prepare(id, source);
    let scan = scanner::scan(&prepared.text);
    let is_written = is_written_in(sources);
    let told = problems.len();
    let (mut items, mut written) = (Vec::new(), Vec::new());
    for slice in &scan.items {
        // where letters were put together, the same text does not stand in equal places
        let text = Written::of(&scan, slice).filter(|_| prepared.places.are_original());
        let kept = text.as_ref().and_then(|text| known.get_mut(text)?.pop());
        let (item, found) = match kept {
            Some(mut item) => {
                item.go(Way::To { from: item.span.start, file: id, to: slice.range.start as u32 });
                (item, Vec::new())
            }
            None => parse::item(&scan.text, slice, &prepared.places, &is_written, &mut Seen::new()),
        };
        items.push(item);
        written.push(text.filter(|_| found.is_empty()));
        problems.extend(found);
    }
    let read = Read { name: source.name.clone(), text: source.text.clone(), items: written };
    (read, File { items, is_whole: problems.len() == told })
}
