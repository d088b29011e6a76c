//! Bad rows: told apart in a file, or the end of the run.

use super::parsed::Bad;
use super::to_text::quoted;
use super::whole::{Pen, Whole};
use crate::exit::Failure;
use hjemmel::{Lang, Text};
use std::io::Write;
use std::path::Path;

/// Where bad rows go.
pub(super) struct Rejects<'a> {
    source: &'a str,
    lang: Lang,
    file: Option<(Whole, Pen)>,
    /// how many bad rows there were
    pub(super) rows: u64,
}

impl<'a> Rejects<'a> {
    pub(super) fn begin(path: Option<&Path>, source: &'a str, lang: Lang) -> Result<Self, Failure> {
        let begin = |path| {
            let (whole, mut pen) = Whole::begin(path)?;
            let heading = match lang {
                Lang::Da => "linje,kolonne,værdi,hvorfor\n",
                Lang::En => "line,column,value,why\n",
            };
            pen.write_all(heading.as_bytes()).map_err(|error| whole.failed(&error))?;
            Ok::<_, Failure>((whole, pen))
        };
        Ok(Rejects { source, lang, file: path.map(begin).transpose()?, rows: 0 })
    }

    /// Takes the bad rows of a block.
    ///
    /// # Errors
    /// There is a bad row and no file for it.
    pub(super) fn take(&mut self, all: &[Bad]) -> Result<(), Failure> {
        let Some(first) = all.first() else { return Ok(()) };
        let Some((whole, pen)) = &mut self.file else { return Err(told(self.source, first)) };
        let mut before = None;
        for bad in all {
            self.rows += u64::from(before != Some(bad.line));
            before = Some(bad.line);
            let (column, value) = (quoted(&bad.column, ','), quoted(&bad.value, ','));
            let why = quoted(bad.why.get(self.lang), ',');
            let line = writeln!(pen, "{},{column},{value},{why}", bad.line);
            line.map_err(|error| whole.failed(&error))?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<u64, Failure> {
        if let Some((whole, pen)) = self.file {
            whole.finish_pen(pen)?;
        }
        Ok(self.rows)
    }
}

fn told(source: &str, bad: &Bad) -> Failure {
    let Bad { line, column, why: Text { en, da }, .. } = bad;
    let (en_column, da_column) = match column.as_str() {
        "" => (String::new(), String::new()),
        column => (format!(", column `{column}`"), format!(", kolonne `{column}`")),
    };
    let at = if source.is_empty() { String::new() } else { format!("{source}:") };
    Failure::new(vec![
        Text { en: format!("{at}{line}{en_column}: {en}"), da: format!("{at}{line}{da_column}: {da}") },
        Text {
            en: "nothing is written; with `--rejects FILE` bad rows are told there, and the others decided"
                .to_owned(),
            da: "intet er skrevet; med `--rejects FIL` skrives dårlige rækker dér, og de andre afgøres"
                .to_owned(),
        },
    ])
}
