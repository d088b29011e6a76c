//! The words of an item, each with what stands before it when all is on one line, and where a line may break.

use super::spelling;
use crate::syntax::parse::Rule;
use pest::iterators::{Pair, Pairs};
use unicode_width::UnicodeWidthStr;

/// A word or sign of an item.
pub(super) struct Token {
    pub(super) text: String,
    /// columns of the text
    pub(super) width: usize,
    /// where it stood in what was read
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) gap: Gap,
    /// how willingly a line breaks before it: the lowest first; not at all where there is none
    pub(super) rank: Option<u8>,
    pub(super) role: Role,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Tight,
    Blank,
    /// a clause begins: a new line, or three blanks
    Part,
    /// a value of a list begins
    Value,
    /// the title of a value begins
    Title,
}

/// What a token does to the lines around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Word,
    Open(Body),
    Close,
    /// a whole row of a table
    Row,
}

/// What stands in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// a header or a table: a line for each part
    Lines,
    /// a rule: on one line where that is short
    Rule,
    /// what belongs to a paragraph, a support, a unit or a rate: on one line where it fits
    Small,
    /// values: on one line where they fit, else a line for each, or filled lines where none has a title
    List { titled: bool },
}

/// The words that hold the halves of a sentence together break first, then `og` and `eller` from the outside in,
/// then commas.
const OUTERMOST: u8 = 0;
const COMMA: u8 = u8::MAX;

/// The tokens of an item or of a cell.
pub(super) fn of(pairs: Pairs<'_, Rule>, source: &str) -> Vec<Token> {
    let mut collector = Collector {
        source,
        tokens: Vec::new(),
        gap: Gap::Blank,
        rank: None,
        parentheses: 0,
        braces: 0,
        body: Body::Lines,
    };
    for pair in pairs {
        collector.walk(pair);
    }
    collector.tokens
}

/// All tokens on one line.
pub(super) fn on_one_line(tokens: &[Token]) -> String {
    let mut line = String::new();
    for token in tokens {
        if !line.is_empty() && token.gap != Gap::Tight {
            line.push(' ');
        }
        line.push_str(&token.text);
    }
    line
}

struct Collector<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    /// before the next token
    gap: Gap,
    rank: Option<u8>,
    parentheses: u8,
    braces: usize,
    /// what the next brace opens
    body: Body,
}

impl Collector<'_> {
    fn walk(&mut self, pair: Pair<'_, Rule>) {
        match pair.as_rule() {
            Rule::EOI => return,
            Rule::provision => return self.provision(pair),
            Rule::basis
            | Rule::valid
            | Rule::places
            | Rule::when
            | Rule::exception
            | Rule::responsible
            | Rule::referred
            | Rule::deviable
            | Rule::reason
            | Rule::reading
            | Rule::first_row
            | Rule::grade_effect
            | Rule::terms_effect
            | Rule::precondition
            | Rule::lapses
            | Rule::edition
            | Rule::status
            | Rule::adopted
            | Rule::revised
            | Rule::scope
            | Rule::complaint
            | Rule::appeal
            | Rule::successor
            | Rule::matches
            | Rule::replaces
            | Rule::supplements
            | Rule::excludes
            | Rule::without_decision
            | Rule::new_unit
            | Rule::rate_value
            | Rule::perform_effect
            | Rule::signs
            | Rule::delivers
            | Rule::performs
            | Rule::offer_terms
            | Rule::in_places
            | Rule::claim
            | Rule::in_place
            | Rule::given
            | Rule::expectation
            | Rule::accept_place
            | Rule::accept_rule
            | Rule::until => self.part(),
            Rule::paragraph => (self.gap, self.body) = (Gap::Part, Body::Small),
            Rule::list_type => {
                let values = pair.clone().into_inner().filter(|inner| inner.as_rule() == Rule::list_value);
                let titled = values.into_iter().any(|value| value.into_inner().count() > 1);
                self.body = Body::List { titled };
            }
            Rule::list_value => return self.list_value(pair),
            Rule::range => return self.range(pair),
            Rule::k_rule | Rule::k_offer | Rule::k_guarantee | Rule::k_example => self.body = Body::Rule,
            Rule::k_support | Rule::k_unit | Rule::k_rate => self.body = Body::Small,
            Rule::right => self.parentheses = self.parentheses.saturating_sub(1),
            Rule::close => self.braces = self.braces.saturating_sub(1),
            Rule::k_and | Rule::k_or => self.rank = Some((OUTERMOST + 1).saturating_add(self.parentheses)),
            Rule::k_if
            | Rule::k_then
            | Rule::k_through
            | Rule::k_within
            | Rule::k_with
            | Rule::k_only_when
            | Rule::k_covers
            | Rule::k_at => {
                self.rank = Some(OUTERMOST);
            }
            _ => {}
        }
        let mut inside = pair.clone().into_inner().peekable();
        if inside.peek().is_none() {
            return self.leaf(&pair);
        }
        for inner in inside {
            self.walk(inner);
        }
    }

    /// A clause begins. Outside braces, in `accepter`, clauses follow one another as words do.
    fn part(&mut self) {
        if self.braces > 0 {
            self.gap = Gap::Part;
        } else {
            self.rank = Some(OUTERMOST);
        }
    }

    fn leaf(&mut self, pair: &Pair<'_, Rule>) {
        let rule = pair.as_rule();
        if matches!(rule, Rule::comma | Rule::colon | Rule::right | Rule::dash) {
            self.gap = Gap::Tight;
        }
        let role = match rule {
            Rule::open => Role::Open(self.body),
            Rule::close => Role::Close,
            _ => Role::Word,
        };
        let start = pair.as_span().start();
        self.push(spelling::leaf(pair), start, start + pair.as_str().trim_end().len(), role);
        match rule {
            Rule::left => {
                self.parentheses = self.parentheses.saturating_add(1);
                self.gap = Gap::Tight;
            }
            Rule::dash => self.gap = Gap::Tight,
            Rule::open => self.braces += 1,
            // outside braces a line must not begin with a name: it could be an item word
            Rule::comma if self.braces > 0 => self.rank = Some(COMMA),
            _ => {}
        }
    }

    fn push(&mut self, text: String, start: usize, end: usize, role: Role) {
        let (gap, rank) = (self.gap, self.rank);
        (self.gap, self.rank) = (Gap::Blank, None);
        let width = text.width();
        self.tokens.push(Token { text, width, start, end, gap, rank, role });
    }

    fn provision(&mut self, pair: Pair<'_, Rule>) {
        let start = pair.as_span().start();
        let end = start + pair.as_str().trim_end().len();
        let behind = self.source.get(end..).unwrap_or_default();
        self.push(spelling::provision(pair, behind), start, end, Role::Word);
    }

    fn list_value(&mut self, pair: Pair<'_, Rule>) {
        self.gap = Gap::Value;
        for inner in pair.into_inner() {
            if inner.as_rule() == Rule::quoted {
                self.gap = Gap::Title;
            }
            self.leaf(&inner);
        }
    }

    /// `1-3 timer`, but `2015-01-01 - 2015-12-31`
    fn range(&mut self, pair: Pair<'_, Rule>) {
        let has_date = pair.clone().into_inner().any(|inner| inner.as_rule() == Rule::date);
        for inner in pair.into_inner() {
            if inner.as_rule() == Rule::dash && has_date {
                let start = inner.as_span().start();
                self.push("-".to_owned(), start, start + 1, Role::Word);
            } else {
                self.walk(inner);
            }
        }
    }
}
