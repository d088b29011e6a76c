//! Populations as CSV: UTF-8, with a heading; the separator is the one the heading has most of.

use super::kept::{Kept, KeptKind};
use super::parsed::{Reading, Role, Wanted};
use super::source::{Block, Kind, Next, Source, unreadable};
use crate::exit::Failure;
use csv::{ByteRecord, Reader, ReaderBuilder};
use hjemmel::Text;
use hjemmel::population::Decider;
use std::fs::File;
use std::io::Read;

/// Lines are handed on in blocks of about this size.
const BLOCK: usize = 1 << 19;
/// A line may be so long.
const LONGEST: usize = 1 << 24;

/// Lines in blocks: a file, what is read and not handed on yet, and how lines end.
pub(super) struct Lines {
    name: String,
    file: File,
    rest: Vec<u8>,
    /// the number of the first line of the rest
    line: u64,
    read: u64,
    ended: bool,
    /// a line does not end between quotation marks; the separator, where that is so
    quoted: Option<u8>,
}

impl Lines {
    pub(super) fn new(name: &str, file: File) -> Self {
        let name = name.to_owned();
        Lines { name, file, rest: Vec::new(), line: 1, read: 0, ended: false, quoted: None }
    }

    /// Reads on; false at the end.
    fn more(&mut self) -> Result<bool, Failure> {
        let from = self.rest.len();
        self.rest.resize(from + BLOCK, 0);
        let read = loop {
            match self.file.read(&mut self.rest[from..]) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let read = read.map_err(|error| unreadable(&self.name, &error))?;
        self.rest.truncate(from + read);
        self.ended |= read == 0;
        self.read += read as u64;
        if self.line == 1 && from == 0 && self.rest.starts_with(b"\xef\xbb\xbf") {
            self.rest.drain(..3);
        }
        Ok(read > 0)
    }

    /// The first line, without its end.
    pub(super) fn heading(&mut self) -> Result<Vec<u8>, Failure> {
        let mut searched = 0;
        loop {
            let end = self.rest[searched..].iter().position(|byte| *byte == b'\n').map(|at| searched + at);
            if let Some(end) = end {
                let heading = self.rest[..end].to_vec();
                self.rest.drain(..=end);
                self.line += 1;
                return Ok(heading);
            }
            searched = self.rest.len();
            self.check_length()?;
            if !self.more()? {
                return Ok(std::mem::take(&mut self.rest));
            }
        }
    }

    /// Some whole lines, with the number of the first.
    pub(super) fn next(&mut self) -> Result<Option<(Block, u64)>, Failure> {
        loop {
            if !self.ended && self.rest.len() < BLOCK {
                self.more()?;
                if !self.ended && self.rest.len() < BLOCK {
                    continue;
                }
            }
            if self.ended {
                let block = std::mem::take(&mut self.rest);
                return Ok((!block.is_empty()).then_some((Block::Lines(block, self.line), self.read)));
            }
            if let Some(end) = self.last_end() {
                let rest = self.rest.split_off(end);
                let block = std::mem::replace(&mut self.rest, rest);
                let line = self.line;
                self.line += block.iter().filter(|byte| **byte == b'\n').count() as u64;
                return Ok(Some((Block::Lines(block, line), self.read)));
            }
            self.check_length()?;
            self.more()?;
        }
    }

    fn check_length(&self) -> Result<(), Failure> {
        if self.rest.len() <= LONGEST {
            return Ok(());
        }
        let (name, line, most) = (&self.name, self.line, LONGEST >> 20);
        Err(Text {
            en: format!("{name}:{line}: the line is longer than {most} MB; is a quotation mark missing?"),
            da: format!("{name}:{line}: linjen er længere end {most} MB; mangler der et anførselstegn?"),
        }
        .into())
    }

    /// Behind the last line that ends in what is read.
    fn last_end(&self) -> Option<usize> {
        let Some(separator) = self.quoted else {
            return self.rest.iter().rposition(|byte| *byte == b'\n').map(|at| at + 1);
        };
        let (mut end, mut inside, mut before, mut closed) = (None, false, b'\n', false);
        for (at, byte) in self.rest.iter().copied().enumerate() {
            if byte == b'"' {
                let opens =
                    before == b'\n' || before == separator || before == b'\r' || (closed && before == b'"');
                closed = inside;
                inside = !inside && opens;
            } else if byte == b'\n' && !inside {
                end = Some(at + 1);
            }
            before = byte;
        }
        end
    }
}

/// What a text in another encoding is told as.
fn no_utf8(name: &str, line: u64) -> Failure {
    Text {
        en: format!(
            "{name}:{line}: not UTF-8: the file has another encoding (Latin-1?); save it as CSV UTF-8"
        ),
        da: format!(
            "{name}:{line}: ikke UTF-8: filen har en anden tegnkodning (Latin-1?); gem den som CSV UTF-8"
        ),
    }
    .into()
}

pub(super) fn open(
    name: String,
    file: File,
    length: u64,
    wanted: &Wanted,
) -> Result<(Source, Next), Failure> {
    let (lines, names) = columns(&name, file)?;
    let mut lines = lines;
    let separator = lines.quoted.unwrap_or(b',');
    let roles = wanted.roles(&name, &names)?;
    let unread = names.iter().zip(&roles).filter(|(_, role)| !role.is_read());
    let source = Source {
        unread: unread.map(|(name, _)| name.clone()).collect(),
        kept: vec![KeptKind::Text; wanted.keep.len()],
        kind: Kind::Csv { roles, separator },
        name,
        separator: Some(separator),
        length,
    };
    Ok((source, Box::new(move || lines.next())))
}

/// What the first line says, and the lines behind it.
pub(super) fn columns(name: &str, file: File) -> Result<(Lines, Vec<String>), Failure> {
    let mut lines = Lines::new(name, file);
    let heading = lines.heading()?;
    let separator = separator(&heading);
    lines.quoted = Some(separator);
    let mut names = ByteRecord::new();
    let read = reader(&heading, separator).read_byte_record(&mut names);
    if !read.is_ok_and(|is_there| is_there) {
        return Err(Text {
            en: format!("{name}: the file is empty: the first line names the columns"),
            da: format!("{name}: filen er tom: den første linje er kolonnernes navne"),
        }
        .into());
    }
    let word = |cell: &[u8]| String::from_utf8(cell.to_vec()).map(|word| word.trim().to_owned());
    let names: Vec<String> =
        names.iter().map(word).collect::<Result<_, _>>().map_err(|_| no_utf8(name, 1))?;
    Ok((lines, names))
}

/// The separator there is most of outside quotation marks.
fn separator(heading: &[u8]) -> u8 {
    let mut inside = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in heading {
        inside ^= *byte == b'"';
        for (mark, count) in counts.iter_mut().filter(|(mark, _)| mark == byte && !inside) {
            debug_assert_eq!(mark, byte);
            *count += 1;
        }
    }
    // of several alike the first
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| *mark)
}

fn reader(bytes: &[u8], separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(bytes)
}

/// Reads the rows of some lines.
pub(super) fn parse(
    name: &str,
    bytes: &[u8],
    first: u64,
    roles: &[Role],
    separator: u8,
    decider: &Decider,
    reading: &mut Reading<'_>,
) -> Result<(), Failure> {
    let mut reader = reader(bytes, separator);
    let mut record = ByteRecord::new();
    let facts = decider.facts();
    loop {
        let read = reader.read_byte_record(&mut record);
        let line = first + record.position().map_or(0, |position| position.line() - 1);
        match read {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => {
                reading.lose(line, Text::same(error.to_string()));
                continue;
            }
        }
        if record.len() != roles.len() {
            let (got, right) = (record.len(), roles.len());
            reading.lose(
                line,
                Text {
                    en: format!("the row has {got} cells, and the heading has {right}"),
                    da: format!("rækken har {got} celler, og overskriften har {right}"),
                },
            );
            continue;
        }
        reading.row(line);
        for (role, cell) in roles.iter().zip(&record).filter(|(role, _)| role.is_read()) {
            let cell = std::str::from_utf8(cell).map_err(|_| no_utf8(name, line))?;
            if let Some(fact) = role.fact {
                reading.say(fact, facts[fact].read(cell), || cell.to_owned());
            }
            if let Some(Kept::Text(kept)) = role.kept.map(|place| &mut reading.kept[place]) {
                kept.push((!cell.is_empty()).then(|| cell.to_owned()));
            }
        }
    }
}
