//! One item slice to one item: pest reads it, and the other `parse_….rs` turn its pairs into the tree.

use super::apart::in_shares;
use super::ast::{Item, ItemKind, Name};
use super::item_words;
use super::parse_tables::Seen;
use super::prepare::Places;
use super::scanner::{Slice, first_word};
use super::slips::{CHECK, Slip, forbidden_character, owner_of_clause, problem, too_deep, unknown_item};
use super::{hints, literate};
use crate::ground::{Diagnostic, Severity, Span, Text, text};
use pest::Parser;
use pest::iterators::{Pair, Pairs};
use std::borrow::Cow;
use std::ops::Range;
use unicode_security::MixedScript;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/hjemmel.pest"]
struct Grammar;

/// How many rows are worth being read by another thread.
pub(super) const FEWEST_ROWS_APART: usize = 64;

/// Turns pairs of one stretch of text into tree nodes, and collects what is wrong with them.
pub(super) struct Reader<'a> {
    /// the whole prepared text, comments blanked
    text: &'a str,
    places: &'a Places,
    /// whether a word stands anywhere in the texts
    is_written: &'a dyn Fn(&str) -> bool,
    /// where the stretch begins in the text, and where it ends
    start: usize,
    end: usize,
    /// what was cut out of it
    cuts: Vec<(usize, usize)>,
    /// the cells read so far
    pub(super) seen: Seen<'a>,
    problems: Vec<Diagnostic>,
}

/// Reads one item; `seen` are the cells read in others.
pub(super) fn item<'a>(
    text: &'a str,
    slice: &Slice,
    places: &'a Places,
    is_written: &'a dyn Fn(&str) -> bool,
    seen: &mut Seen<'a>,
) -> (Item, Vec<Diagnostic>) {
    let mut reader = Reader {
        text,
        places,
        is_written,
        start: slice.range.start,
        end: slice.range.end,
        cuts: Vec::new(),
        seen: std::mem::take(seen),
        problems: Vec::new(),
    };
    let kind = reader.item(slice);
    let span = places.span(slice.range.start, slice.range.end);
    let kind = kind.unwrap_or_else(|| reader.broken(slice));
    *seen = reader.seen;
    (Item { kind, span }, reader.problems)
}

impl<'a> Reader<'a> {
    fn item(&mut self, slice: &Slice) -> Option<ItemKind> {
        let word = slice.word.as_str();
        let start = slice.range.start;
        let first = self.text[start..].chars().next().map_or(0, char::len_utf8);
        let word_span = self.places.span(start, start + word.len().max(first));
        if !slice.is_known {
            self.problems.push(unknown_item(word_span, word));
            return None;
        }
        let written = &self.text[slice.range.clone()];
        let slip = forbidden_character(written, slice.range.start).or_else(|| slice.slip.clone());
        if let Some(slip) = &slip {
            self.problems.push(slip.tell(self.places, self.text, slice.range.end));
            if !slip.is_mended() {
                return None;
            }
        }
        let Frame { text: source, cuts } = frame(self.text, slice);
        if too_deep(&source, start).is_some() {
            let deep = too_deep(&without_rows(self.text, slice), start);
            return deep.and_then(|deep| self.refuse(deep, slip));
        }
        let told = self.problems.len();
        let with_rows;
        let pairs = match pairs_of(rule_of(word), &source) {
            Some(pairs) => {
                self.cuts = cuts;
                Some(pairs)
            }
            // what is wrong is told of the text as it stands
            None => {
                with_rows = without_rows(self.text, slice) + &"}".repeat(slice.missing_braces);
                self.pairs(rule_of(word), &with_rows)
            }
        };
        let kind = pairs.and_then(|pairs| self.kind(pairs, slice));
        let has_new_problem = self.problems.len() > told;
        if kind.is_none() && !has_new_problem {
            self.problems.push(bug(word_span, word));
        }
        if slip.is_some() && kind.is_none() {
            self.problems.truncate(told);
        }
        kind
    }

    fn refuse(&mut self, deep: Slip, told_already: Option<Slip>) -> Option<ItemKind> {
        if told_already.is_none() {
            self.problems.push(deep.tell(self.places, self.text, self.end));
        }
        None
    }

    /// The pairs of `rule`, or a finding that says where the text leaves the grammar.
    pub(super) fn pairs<'s>(&mut self, rule: Rule, source: &'s str) -> Option<Pairs<'s, Rule>> {
        match Grammar::parse(rule, source) {
            Ok(pairs) => pairs.into_iter().next().map(Pair::into_inner),
            Err(error) => {
                let told = hints::explain(&error, rule, source, self.is_written);
                let span = self.place(told.range.start, told.range.end);
                let mut finding = problem(span, told.message, told.label, told.help);
                for (range, text) in told.edits {
                    finding = finding.fix(self.place(range.start, range.end), text);
                }
                finding.is_guess = told.is_guess;
                self.problems.push(finding);
                None
            }
        }
    }

    fn kind(&mut self, pairs: Pairs<'_, Rule>, slice: &Slice) -> Option<ItemKind> {
        let told = self.problems.len();
        let mut rows_broken = 0;
        let kind = match slice.word.as_str() {
            "oplysning" => ItemKind::Fact(self.fact(pairs)?),
            "begreb" => ItemKind::Concept(self.concept(pairs)?),
            "antag" => ItemKind::Assumption(self.assumption(pairs)?),
            "art" => ItemKind::Kind(self.support_kind(pairs)?),
            "støtte" => ItemKind::Support(self.support(pairs)?),
            "vilkår" => ItemKind::Term(self.term(pairs)?),
            "enhed" => ItemKind::Unit(self.unit(pairs)?),
            "afdeling" => ItemKind::Department(self.department(pairs)?),
            "opgave" => ItemKind::Task(self.task(pairs)?),
            "sagsskridt" => ItemKind::Step(self.step(pairs)?),
            "sats" => ItemKind::Rate(self.rate(pairs)?),
            "forløb" => ItemKind::Offer(self.offer(pairs)?),
            "garanti" => ItemKind::Guarantee(self.guarantee(pairs)?),
            "eksempel" => ItemKind::Example(self.example(pairs)?),
            "accepter" => ItemKind::Accept(self.accept(pairs)?),
            "intet" => ItemKind::Silence(self.silence(pairs)?),
            "regel" => ItemKind::Rule(self.rule(pairs)?),
            "tabel" => {
                let table = self.table_frame(pairs)?;
                if self.problems.len() > told {
                    return None;
                }
                let before = self.problems.len();
                let table = self.table_rows(table, slice)?;
                rows_broken = self.problems.len() - before;
                ItemKind::Table(table)
            }
            "matrix" => {
                let matrix = self.matrix_frame(pairs)?;
                if self.problems.len() > told {
                    return None;
                }
                let before = self.problems.len();
                let matrix = self.matrix_rows(matrix, slice)?;
                rows_broken = self.problems.len() - before;
                ItemKind::Matrix(matrix)
            }
            _ => ItemKind::Module(self.module(pairs)?),
        };
        (self.problems.len() == told + rows_broken).then_some(kind)
    }

    fn broken(&self, slice: &Slice) -> ItemKind {
        let behind = self.text[slice.range.clone()].get(slice.word.len()..).unwrap_or_default();
        let blanks = behind.len() - behind.trim_start().len();
        let written = first_word(&behind[blanks..]).trim_end_matches('-');
        let at = slice.range.start + slice.word.len() + blanks;
        let name = written.starts_with(char::is_alphabetic).then(|| Name {
            text: name_of_words(&behind[blanks..]).unwrap_or_else(|| written.to_owned()),
            span: self.places.span(at, at + written.len()),
        });
        let meant = if slice.is_known {
            &slice.word
        } else {
            match owner_of_clause(&slice.word) {
                Some(owner) => return ItemKind::Broken { keyword: owner.to_owned(), name: None },
                None => item_words::suggest(&slice.word).unwrap_or(&slice.word),
            }
        };
        ItemKind::Broken { keyword: meant.to_owned(), name }
    }

    // --- what the other parse files build with --------------------------------------------------------------------

    /// Reads parts of the item side by side where nothing is wrong with any of them. Else they are read in their order,
    /// since what is told of one rests on what was told before.
    pub(super) fn side_by_side<P: Sync, T: Send>(
        &mut self,
        parts: &[P],
        read: impl Fn(&mut Self, &[P]) -> Vec<T> + Sync,
    ) -> Vec<T> {
        let (text, places, start, end) = (self.text, self.places, self.start, self.end);
        let read_apart = |parts: &[P]| {
            let is_written = &|_: &str| false;
            let (cuts, seen, problems) = (Vec::new(), Seen::new(), Vec::new());
            let mut reader = Reader { text, places, is_written, start, end, cuts, seen, problems };
            let read = read(&mut reader, parts);
            reader.problems.is_empty().then_some(read)
        };
        let are_many = parts.len() > FEWEST_ROWS_APART;
        let apart = are_many.then(|| in_shares(parts, FEWEST_ROWS_APART, read_apart));
        match apart.and_then(|shares| shares.into_iter().collect::<Option<Vec<Vec<T>>>>()) {
            Some(shares) => {
                let mut all = Vec::with_capacity(parts.len());
                all.extend(shares.into_iter().flatten());
                all
            }
            None => read(self, parts),
        }
    }

    /// Whether the text stands as it does in the file.
    pub(super) fn is_original(&self) -> bool {
        self.places.are_original()
    }

    /// The text being read, rows of tables included.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The text before an offset of the stretch being read, and behind it.
    pub(super) fn around(&self, at: usize) -> (&'a str, &'a str) {
        self.text.split_at_checked(self.inside(at).min(self.text.len())).unwrap_or((self.text, ""))
    }

    /// The same reader on another stretch of the text.
    pub(super) fn at<T>(&mut self, start: usize, end: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = (self.start, self.end, std::mem::take(&mut self.cuts));
        (self.start, self.end) = (start, end);
        let result = read(self);
        (self.start, self.end, self.cuts) = outer;
        result
    }

    /// The original place of offsets in the stretch being read.
    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        self.places.span(self.inside(start).min(self.end), self.inside(end).min(self.end))
    }

    /// Where an offset of the stretch being read stands in the prepared text.
    fn inside(&self, at: usize) -> usize {
        self.start + uncut(&self.cuts, at)
    }

    /// The original place of offsets in the whole text.
    pub(super) fn absolute(&self, start: usize, end: usize) -> Span {
        self.places.span(start, end)
    }

    /// The original place of a pair, without blanks behind it.
    pub(super) fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        let length = span.as_str().trim_end().len();
        self.place(span.start(), span.start() + length)
    }

    /// Tells a problem.
    pub(super) fn tell(&mut self, span: Span, message: Text, label: Text, help: Option<Text>) {
        self.problems.push(problem(span, message, label, help));
    }

    /// Tells a slip.
    pub(super) fn slip(&mut self, slip: &Slip) {
        self.problems.push(slip.tell(self.places, self.text, self.end));
    }

    /// Tells a finding that is already made.
    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.problems.push(finding);
    }

    /// How many problems there are so far.
    pub(super) fn told(&self) -> usize {
        self.problems.len()
    }

    /// A name; one that mixes scripts is a problem.
    pub(super) fn name(&mut self, pair: &Pair<'_, Rule>) -> Name {
        let (text, span) = (pair.as_str(), self.span(pair));
        self.check_script(text, span);
        Name { text: text.to_owned(), span }
    }

    /// Tells of letters of different scripts in one word.
    pub(super) fn check_script(&mut self, word: &str, span: Span) {
        if !word.is_ascii() && !word.is_single_script() {
            let message = text!(
                en: "`{word}` mixes letters of different alphabets",
                da: "`{word}` blander bogstaver fra forskellige alfabeter"
            );
            let help = text!(
                en: "type the word anew: some of its letters only look like Latin ones",
                da: "skriv ordet om: nogle af bogstaverne ligner kun latinske"
            );
            self.tell(span, message, text!(en: "mixed alphabets", da: "blandede alfabeter"), Some(help));
        }
    }
}

/// `ret og pligtmentor "…"`: the one name that is most likely meant.
fn name_of_words(behind: &str) -> Option<String> {
    let head = behind.split(['"', ':', '\n']).next()?;
    let ends_there = behind[head.len()..].starts_with(['"', ':']);
    let words: Vec<&str> = head.split_whitespace().collect();
    let are_names = words.iter().all(|word| first_word(word) == *word);
    (ends_there && are_names && words.len() > 1).then(|| words.join("-"))
}

/// The pairs of a text that was read before without a problem, for who only wants to write it anew.
pub(super) fn pairs_of(rule: Rule, source: &str) -> Option<Pairs<'_, Rule>> {
    Grammar::parse(rule, source).ok()?.next().map(Pair::into_inner)
}

/// The rule of the grammar that reads an item.
pub(super) fn rule_of(word: &str) -> Rule {
    match word {
        "oplysning" => Rule::fact_item,
        "begreb" => Rule::concept_item,
        "antag" => Rule::assumption_item,
        "art" => Rule::kind_item,
        "støtte" => Rule::support_item,
        "vilkår" => Rule::term_item,
        "enhed" => Rule::unit_item,
        "afdeling" => Rule::department_item,
        "regel" => Rule::rule_item,
        "tabel" => Rule::table_item,
        "matrix" => Rule::matrix_item,
        "opgave" => Rule::task_item,
        "sagsskridt" => Rule::step_item,
        "sats" => Rule::rate_item,
        "forløb" => Rule::offer_item,
        "garanti" => Rule::guarantee_item,
        "eksempel" => Rule::example_item,
        "accepter" => Rule::accept_item,
        "intet" => Rule::silence_item,
        _ => Rule::module_item,
    }
}

/// The lines that are no part of an item's grammar: those of a table that begin with a pipe.
fn rows_of(slice: &Slice) -> &[Range<usize>] {
    if matches!(slice.word.as_str(), "tabel" | "matrix") { &slice.rows } else { &[] }
}

/// An item without its table rows, to be read by its grammar.
pub(super) struct Frame<'a> {
    pub(super) text: Cow<'a, str>,
    /// where rows were cut out, ascending, and how much up to there
    pub(super) cuts: Vec<(usize, usize)>,
}

/// Where an offset in a text with such cuts lies in the text that was cut.
pub(super) fn uncut(cuts: &[(usize, usize)], at: usize) -> usize {
    let before = cuts.partition_point(|(cut, _)| *cut <= at);
    before.checked_sub(1).map_or(at, |last| at + cuts[last].1)
}

/// An item without its table rows, and with the braces it lacks.
pub(super) fn frame<'a>(text: &'a str, slice: &Slice) -> Frame<'a> {
    if rows_of(slice).is_empty() && slice.missing_braces == 0 {
        return Frame { text: Cow::Borrowed(&text[slice.range.clone()]), cuts: Vec::new() };
    }
    let (mut source, mut cuts, mut length) = (String::new(), Vec::new(), 0);
    let mut done = slice.range.start;
    for row in rows_of(slice) {
        source.push_str(&text[done..row.start]);
        done = row.end;
        length += row.len();
        cuts.push((source.len(), length));
    }
    source.push_str(&text[done.min(slice.range.end)..slice.range.end]);
    source.push_str(&"}".repeat(slice.missing_braces));
    Frame { text: Cow::Owned(source), cuts }
}

/// An item with its table rows blanked: every offset is that of the item.
fn without_rows(text: &str, slice: &Slice) -> String {
    let mut source = String::with_capacity(slice.range.len());
    let mut done = slice.range.start;
    for row in rows_of(slice) {
        source.push_str(&text[done..row.start]);
        literate::blank_into(&mut source, &text[row.clone()]);
        done = row.end;
    }
    source.push_str(&text[done.min(slice.range.end)..slice.range.end]);
    source
}

fn bug(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(
        CHECK,
        Severity::Error,
        text!(
            en: "hjemmel could not make sense of this `{word}`, and that is a bug in hjemmel",
            da: "hjemmel kunne ikke læse dette `{word}`, og det er en fejl i hjemmel"
        ),
    )
    .label(span, text!(en: "read, but not understood", da: "læst, men ikke forstået"))
}
