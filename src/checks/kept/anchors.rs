//! Pieces of text that move as a whole: items, and the rows within them. A place inside one moves with it.

use crate::ground::Span;
use crate::model::Model;

/// The pieces of all texts, by file and place; a row lies within its item.
pub(super) struct Anchors(Vec<Anchor>);

struct Anchor {
    span: Span,
    /// the item around a row
    around: Option<u32>,
}

impl Anchors {
    /// The items of the texts, and the rules that are parts of one.
    pub(super) fn of(model: &Model, items: &[Span]) -> Self {
        let rows = model.rules.iter().filter(|rule| rule.of_table).map(|rule| rule.span);
        let mut spans: Vec<Span> = items.iter().copied().chain(rows).collect();
        spans.sort_unstable_by_key(|span| (span.file, span.start, std::cmp::Reverse(span.end)));
        spans.dedup();
        let mut list: Vec<Anchor> = Vec::with_capacity(spans.len());
        let mut open: Vec<u32> = Vec::new();
        for span in spans {
            while open.last().is_some_and(|at| {
                let before = list[*at as usize].span;
                before.file != span.file || before.end <= span.start
            }) {
                open.pop();
            }
            let around = open.last().copied();
            // a rule of a matrix may stand across others: it moves with the matrix
            if around.is_none_or(|at| list[at as usize].span.holds(span)) {
                open.push(list.len() as u32);
                list.push(Anchor { span, around });
            }
        }
        Anchors(list)
    }

    /// The smallest piece that holds a place.
    pub(super) fn around(&self, place: Span) -> Option<u32> {
        let key = (place.file, place.start);
        let next = self.0.partition_point(|anchor| (anchor.span.file, anchor.span.start) <= key);
        let mut at = next.checked_sub(1)? as u32;
        while !self.0[at as usize].span.holds(place) {
            at = self.0[at as usize].around?;
        }
        Some(at)
    }

    /// Where a piece stands.
    pub(super) fn span(&self, at: u32) -> Span {
        self.0[at as usize].span
    }
}
