//! One item: which braces stay on their line, where lines begin, and where its comments go.

use super::Comment;
use super::page::{INDENT, Page, WIDTH};
use super::tokens::{Body, Gap, Role, Token};

/// The most columns of a rule on one line: a longer one has a line for each clause.
const SHORT_RULE: usize = 80;

/// The widest word of a list that other words are aligned with.
const WIDEST_VALUE: usize = 60;

/// Writes the tokens of an item and the comments inside and behind it. `text` is the prepared text, `base` the
/// columns every line begins with.
pub(super) fn write(
    tokens: &[Token],
    comments: &[Comment<'_>],
    text: &str,
    base: usize,
    line_end: &str,
) -> String {
    let braces = braces(tokens, comments, base);
    let mut writer = Writer { tokens, text, base, open: Vec::new(), braces };
    let mut page = Page::new(line_end);
    let mut comments = comments.iter();
    let mut ahead = comments.next();
    let mut before = tokens.first().map_or(0, |token| token.start);
    for (index, token) in tokens.iter().enumerate() {
        let place = writer.place(index);
        while let Some(comment) = ahead.filter(|comment| comment.start < token.start) {
            writer.comment(&mut page, comment, before, &place);
            before = before.max(comment.end);
            ahead = comments.next();
        }
        writer.token(&mut page, index, before, &place);
        before = token.end;
    }
    while let Some(comment) = ahead {
        if page.is_writing() {
            page.end(Some(comment.text));
        } else {
            page.comment(base, comment.text);
        }
        ahead = comments.next();
    }
    page.end(None);
    page.text
}

/// A pair of braces.
#[derive(Clone, Copy, Debug)]
struct Braces {
    body: Body,
    /// whether its parts stand on lines of their own
    is_broken: bool,
    /// columns of the widest value with a title
    widest: usize,
}

/// Where a token goes.
struct Place {
    /// the line it begins, or none
    line: Option<usize>,
    /// columns of a comment before it
    comment: usize,
    /// whether a blank line before it is kept
    keeps_blank: bool,
}

struct Writer<'a> {
    tokens: &'a [Token],
    text: &'a str,
    base: usize,
    /// the braces around the next token
    open: Vec<Braces>,
    /// for each token, the braces it opens
    braces: Vec<Option<Braces>>,
}

impl<'a> Writer<'a> {
    /// Columns at the level of the next token.
    fn indent(&self) -> usize {
        self.base + INDENT * self.open.iter().filter(|braces| braces.is_broken).count()
    }

    /// Columns of a line that continues one.
    fn hang(&self) -> usize {
        let fills = matches!(self.open.last(), Some(Braces { body: Body::List { .. }, is_broken: true, .. }));
        self.indent() + if fills { 0 } else { INDENT }
    }

    fn place(&self, index: usize) -> Place {
        let token = &self.tokens[index];
        let inside = self.indent();
        let around = self.open.last().filter(|braces| braces.is_broken);
        let is_first =
            index.checked_sub(1).is_some_and(|last| matches!(self.tokens[last].role, Role::Open(_)));
        let begins = match (around, token.role, token.gap) {
            _ if index == 0 => {
                return Place { line: Some(self.base), comment: self.base, keeps_blank: false };
            }
            (None, ..) => false,
            (Some(_), Role::Close, _) => {
                return Place { line: Some(inside - INDENT), comment: inside, keeps_blank: false };
            }
            _ if is_first => true,
            (Some(_), _, Gap::Part) => true,
            (Some(Braces { body: Body::List { titled }, .. }), _, Gap::Value) => *titled,
            _ => false,
        };
        if begins {
            let is_short = around.is_some_and(|braces| matches!(braces.body, Body::Rule | Body::Small));
            Place { line: Some(inside), comment: inside, keeps_blank: !is_first && !is_short }
        } else {
            Place { line: None, comment: self.hang(), keeps_blank: false }
        }
    }

    /// A comment before the token of `place`; `before` is where the text ends that stands before it.
    fn comment(&self, page: &mut Page<'a>, comment: &Comment<'_>, before: usize, place: &Place) {
        let lines = self.lines_between(before, comment.start);
        if lines == 0 && page.is_writing() {
            return page.end(Some(comment.text));
        }
        let is_first = !page.is_writing() && page.text.is_empty();
        if place.line.is_some() && lines > 1 && !is_first && !self.stands_first(before) {
            page.blank_line();
        }
        page.comment(place.comment, comment.text);
        page.begin(place.comment, place.comment);
    }

    /// Whether nothing stands between the last opening brace and `at`.
    fn stands_first(&self, at: usize) -> bool {
        let last = self.tokens.partition_point(|token| token.end <= at).checked_sub(1);
        last.is_some_and(|last| {
            self.tokens[last].end == at && matches!(self.tokens[last].role, Role::Open(_))
        })
    }

    fn token(&mut self, page: &mut Page<'a>, index: usize, before: usize, place: &Place) {
        let tokens = self.tokens;
        let token = &tokens[index];
        match place.line {
            Some(indent) => {
                let has_comment = index > 0 && before > tokens[index - 1].end;
                if (place.keeps_blank || has_comment && token.role != Role::Close)
                    && self.lines_between(before, token.start) > 1
                    && index > 0
                {
                    page.blank_line();
                }
                let fills =
                    matches!(self.open.last(), Some(Braces { body: Body::List { titled: false }, .. }))
                        && token.role != Role::Close;
                page.begin(indent, if fills { indent } else { indent + INDENT });
                page.word(0, token, None);
            }
            None => {
                if !page.is_writing() {
                    page.begin(place.comment, place.comment);
                }
                let (blanks, rank) = self.gap(index);
                page.word(blanks, token, rank);
            }
        }
        match token.role {
            Role::Open(_) => self.open.extend(self.braces[index]),
            Role::Close => {
                self.open.pop();
            }
            Role::Word | Role::Row => {}
        }
    }

    /// The blanks before a token that begins no line, and how willingly a line breaks there.
    fn gap(&self, index: usize) -> (usize, Option<u8>) {
        let token = &self.tokens[index];
        let around = self.open.last();
        let fills = around.is_some_and(|braces| braces.is_broken);
        match (token.gap, around) {
            (Gap::Title, Some(braces)) if braces.is_broken => {
                let width = index.checked_sub(1).map_or(0, |last| self.tokens[last].width);
                (braces.widest.saturating_sub(width) + 1, None)
            }
            (Gap::Value, _) if fills => (1, Some(0)),
            _ => (blanks_on_one_line(self.tokens, index, around.map(|braces| braces.body)), token.rank),
        }
    }

    /// How many line ends stand between two places of the text.
    fn lines_between(&self, from: usize, to: usize) -> usize {
        self.text
            .get(from..to)
            .map_or(0, |between| between.bytes().filter(|byte| *byte == b'\n').take(2).count())
    }
}

/// The blanks before a token when its braces stay on the line.
fn blanks_on_one_line(tokens: &[Token], index: usize, body: Option<Body>) -> usize {
    let token = &tokens[index];
    let Some(last) = index.checked_sub(1) else { return 0 };
    if matches!(tokens[last].role, Role::Open(_)) {
        return 1;
    }
    match token.gap {
        Gap::Tight => 0,
        Gap::Part if token.role != Role::Close => 3,
        Gap::Value if token.role != Role::Close && body == Some(Body::List { titled: true }) => 2,
        _ => 1,
    }
}

/// The braces each token opens.
fn braces(tokens: &[Token], comments: &[Comment<'_>], base: usize) -> Vec<Option<Braces>> {
    // columns of the whole item on one line, up to each token
    let mut ends = Vec::with_capacity(tokens.len());
    let (mut column, mut bodies) = (0, Vec::new());
    for (index, token) in tokens.iter().enumerate() {
        column += blanks_on_one_line(tokens, index, bodies.last().copied()) + token.width;
        ends.push(column);
        match token.role {
            Role::Open(body) => bodies.push(body),
            Role::Close => {
                bodies.pop();
            }
            Role::Word | Role::Row => {}
        }
    }
    let has_comment = |from: usize, to: usize| {
        let next = comments.partition_point(|comment| comment.start < from);
        comments.get(next).is_some_and(|comment| comment.start < to)
    };
    let (first, last) = (tokens.first(), tokens.last());
    let item = first.map_or(0, |token| token.start)..last.map_or(0, |token| token.end);
    let is_commented = has_comment(item.start, item.end);
    let mut found: Vec<Option<Braces>> = vec![None; tokens.len()];
    let mut open = Vec::new();
    // where the last part began, outside braces within braces
    let mut part = 0;
    for (index, token) in tokens.iter().enumerate() {
        match token.role {
            _ if token.gap == Gap::Part && open.len() == 1 => part = index,
            _ => {}
        }
        match token.role {
            Role::Open(body) => open.push((index, body)),
            Role::Close => {
                let Some((opened, body)) = open.pop() else { continue };
                let is_empty = opened + 1 == index;
                let width = |from: usize| ends[index] - ends[from] + tokens[from].width;
                let is_broken = match body {
                    Body::Lines => !is_empty || is_commented,
                    Body::Rule => is_commented || !is_empty && base + column > SHORT_RULE,
                    Body::List { .. } => is_commented || !is_empty && base + column > WIDTH,
                    Body::Small if open.is_empty() => is_commented || !is_empty && base + column > WIDTH,
                    Body::Small => {
                        has_comment(tokens[opened].end, token.start)
                            || !is_empty && base + INDENT + width(part) > WIDTH
                    }
                };
                found[opened] = Some(Braces { body, is_broken, widest: widest(&tokens[opened..index]) });
            }
            Role::Word | Role::Row => {}
        }
    }
    found
}

/// Columns of the widest value that has a title.
fn widest(tokens: &[Token]) -> usize {
    let values = tokens.windows(2).filter(|pair| pair[1].gap == Gap::Title);
    values.map(|pair| pair[0].width).filter(|width| *width <= WIDEST_VALUE).max().unwrap_or(0)
}
