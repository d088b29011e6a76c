//! What a task can read, as bytes that do not change when a text only moves. Two that are equal are read alike: every
//! field is written, and places are written as what they are within their piece of text.
//!
//! Every type is taken apart field by field, so that a new field does not compile before it is written here.

use super::anchors::Anchors;
use crate::ground::Span;
use crate::model::{
    Accept, Assumption, Bound, Citation, Claim, ClaimKind, Complaint, Concept, Department, Effect,
    EffectKind, Example, Guarantee, Module, Offer, Paragraph, Rule, Scope, Support, Threshold, Unit,
};
use std::hash::{Hash, Hasher};

/// Bytes, and the pieces of text their places stand in.
pub(super) struct Page<'a> {
    anchors: &'a Anchors,
    pub(super) bytes: Vec<u8>,
    pub(super) pieces: Vec<u32>,
}

/// What a value tells a hasher is what tells it from others.
struct Ink<'p>(&'p mut Vec<u8>);

impl Hasher for Ink<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.len() as u64
    }
}

impl<'a> Page<'a> {
    pub(super) fn new(anchors: &'a Anchors) -> Self {
        Page { anchors, bytes: Vec::new(), pieces: Vec::new() }
    }

    /// Writes a value in which no place stands.
    pub(super) fn put<T: Hash + ?Sized>(&mut self, value: &T) {
        value.hash(&mut Ink(&mut self.bytes));
    }

    fn place(&mut self, span: Span) {
        let Some(anchor) = self.anchors.around(span) else {
            // a place that no piece holds may not move
            return self.put(&(u32::MAX, span));
        };
        let known = self.pieces.iter().rposition(|piece| *piece == anchor);
        let piece = known.unwrap_or_else(|| {
            self.pieces.push(anchor);
            self.pieces.len() - 1
        });
        let start = self.anchors.span(anchor).start;
        self.put(&(piece as u32, span.start - start, span.end - start));
    }

    /// Writes a list, one thing at a time.
    pub(super) fn all<T>(&mut self, list: &[T], mut put: impl FnMut(&mut Self, &T)) {
        self.put(&list.len());
        list.iter().for_each(|one| put(self, one));
    }

    fn maybe<T>(&mut self, value: Option<&T>, put: impl FnOnce(&mut Self, &T)) {
        self.put(&value.is_some());
        if let Some(value) = value {
            put(self, value);
        }
    }

    /// A rule; which rules it is an exception from is written beside it, see [`super::parts`].
    pub(super) fn rule(&mut self, rule: &Rule) {
        let Rule {
            name,
            title,
            module,
            of_table,
            places,
            when,
            valid,
            basis,
            effects,
            asks,
            exception_to: _,
            responsible,
            deviable,
            reason,
            has_error,
            faults,
            half_read,
            name_span,
            when_span,
            thresholds,
            span,
        } = rule;
        self.place(*span);
        self.put(&(name, title, module, of_table, places, when, valid));
        self.put(&(asks, responsible, deviable, reason, has_error, half_read));
        self.all(basis, Self::citation);
        self.all(effects, Self::effect);
        self.all(faults, |page, fault| page.place(*fault));
        self.place(*name_span);
        self.place(*when_span);
        self.all(thresholds, Self::threshold);
    }

    fn threshold(&mut self, threshold: &Threshold) {
        let Threshold { fact, above, span, gains, loses } = threshold;
        self.put(&(fact, above, gains, loses));
        self.place(*span);
    }

    fn citation(&mut self, citation: &Citation) {
        let Citation { source, paragraphs, text, span } = citation;
        self.put(&(source, paragraphs, text));
        self.place(*span);
    }

    fn effect(&mut self, effect: &Effect) {
        let Effect { kind, support, bounds, span } = effect;
        match kind {
            EffectKind::Grade { grade, duty } => self.put(&(0_u8, grade, duty)),
            EffectKind::Terms => self.put(&1_u8),
            EffectKind::Precondition(formula) => self.put(&(2_u8, formula)),
            EffectKind::Lapses => self.put(&3_u8),
        }
        self.put(support);
        self.all(bounds, Self::bound);
        self.place(*span);
    }

    fn bound(&mut self, bound: &Bound) {
        let Bound { term, days, set, ceiling, words, span } = bound;
        self.put(&(term, days, set, ceiling, words));
        self.place(*span);
    }

    pub(super) fn concept(&mut self, concept: &Concept) {
        let Concept { name, formula, span } = concept;
        self.put(&(name, formula));
        self.place(*span);
    }

    pub(super) fn assumption(&mut self, assumption: &Assumption) {
        let Assumption { title, formula, span } = assumption;
        self.put(&(title, formula));
        self.place(*span);
    }

    pub(super) fn support(&mut self, support: &Support) {
        let Support { name, title, is_kind, role, parent, relations, without_decision, span } = support;
        self.put(&(name, title, is_kind, role, parent, relations, without_decision));
        self.place(*span);
    }

    pub(super) fn unit(&mut self, unit: &Unit) {
        let Unit { name, title, successor, span } = unit;
        self.put(&(name, title, successor));
        self.place(*span);
    }

    pub(super) fn department(&mut self, department: &Department) {
        let Department { name, title, module, scope, span } = department;
        self.put(&(name, title, module, scope));
        self.place(*span);
    }

    pub(super) fn module(&mut self, module: &Module) {
        let Module {
            name,
            title,
            kind,
            guiding,
            in_force,
            applies_in,
            valid,
            adopted,
            has_error,
            editions,
            paragraphs,
            scope,
            complaint,
            silent_on,
            span,
        } = module;
        self.put(&(name, title, kind, guiding, in_force, applies_in));
        self.put(&(valid, adopted, has_error, editions));
        self.all(paragraphs, Self::paragraph);
        self.maybe(scope.as_ref(), Self::scope);
        self.maybe(complaint.as_ref(), Self::complaint);
        self.all(silent_on, |page, (support, span)| {
            page.put(support);
            page.place(*span);
        });
        self.place(*span);
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let Paragraph { name, title, appeal, successor, successor_source, span } = paragraph;
        self.put(&(name, title, appeal, successor, successor_source));
        self.place(*span);
    }

    fn scope(&mut self, scope: &Scope) {
        let Scope { formula, kinds, span } = scope;
        self.put(&(formula, kinds));
        self.place(*span);
    }

    fn complaint(&mut self, complaint: &Complaint) {
        let Complaint { to, through, which, within, after, basis } = complaint;
        self.put(&(to, through, which, within, after));
        self.all(basis, Self::citation);
    }

    pub(super) fn accept(&mut self, accept: &Accept) {
        let Accept { check, place, rule, when, reason, until, span } = accept;
        self.put(&(check, place, rule, when, reason, until));
        self.place(*span);
    }

    pub(super) fn guarantee(&mut self, guarantee: &Guarantee) {
        let Guarantee { name, places, when, claims, span } = guarantee;
        self.put(&(name, places, when));
        self.all(claims, Self::claim);
        self.place(*span);
    }

    pub(super) fn example(&mut self, example: &Example) {
        let Example { title, place, given, claims, span } = example;
        self.put(&(title, place, given));
        self.all(claims, Self::claim);
        self.place(*span);
    }

    fn claim(&mut self, claim: &Claim) {
        let Claim { kind, span } = claim;
        match kind {
            ClaimKind::AtLeast(grade, support) => self.put(&(0_u8, grade, support)),
            ClaimKind::AtMost(grade, support) => self.put(&(1_u8, grade, support)),
            ClaimKind::Exactly(grade, support) => self.put(&(2_u8, grade, support)),
            ClaimKind::Said(grade, support) => self.put(&(3_u8, grade, support)),
            ClaimKind::NotGranted(support) => self.put(&(4_u8, support)),
            ClaimKind::Refused(support) => self.put(&(5_u8, support)),
            ClaimKind::NotBoth(one, other) => self.put(&(6_u8, one, other)),
            ClaimKind::Within(support, bound) => {
                self.put(&(7_u8, support));
                self.bound(bound);
            }
            ClaimKind::Just(support, bound) => {
                self.put(&(8_u8, support));
                self.bound(bound);
            }
            ClaimKind::Done(done) => self.put(&(9_u8, done)),
        }
        self.place(*span);
    }

    pub(super) fn offer(&mut self, offer: &Offer) {
        let Offer { name, title, module, delivers, performs, bounds, basis, valid, has_error, name_span } =
            offer;
        self.put(&(name, title, module, delivers, performs, valid, has_error));
        self.all(bounds, Self::bound);
        self.all(basis, Self::citation);
        self.place(*name_span);
    }
}
