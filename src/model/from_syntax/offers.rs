//! `forløb`: what a provider sells.

use super::lexicon::Lexicon;
use super::modules::period;
use super::problems::Problems;
use super::promises::{Author, misplaced};
use super::vocabulary::title;
use crate::ground::text;
use crate::model::{ModuleKind, Offer, ValueSet};
use crate::syntax::ast;

impl Lexicon<'_> {
    /// An offer; nothing where it stands in a file that is no provider's.
    pub(super) fn offer(
        &self,
        offer: &ast::Offer,
        author: Author<'_>,
        problems: &mut Problems,
    ) -> Option<Offer> {
        let provider = author.place.filter(|_| author.kind == Some(ModuleKind::Provider));
        let Some(place) = provider else {
            problems.tell(misplaced(
                text!(en: "a forløb stands in a file that is no leverandør's", da: "et forløb står i en fil, som ikke er en leverandørs"),
                offer.name.span,
                text!(en: "begin its file with `leverandør NAME`", da: "begynd dets fil med `leverandør NAVN`"),
            ));
            return None;
        };
        let delivers = self.supports(&offer.delivers, problems);
        let performs = self.performed(&offer.performs, &[], None, problems);
        let bounds = self.bounds(&offer.terms, problems);
        let valid = period(offer.clauses.valid, problems).unwrap_or_else(ValueSet::all);
        let basis = self.basis(&offer.clauses.basis, problems);
        Some(Offer {
            name: place.full(&offer.name.text),
            title: title(offer.title.as_ref()),
            module: place.module,
            delivers,
            performs,
            bounds,
            basis,
            valid,
            has_error: problems.failed(),
            name_span: offer.name.span,
        })
    }
}

impl Author<'_> {
    /// What stands for an offer that could not be read: it may deliver anything.
    pub(super) fn unreadable_offer(&self, name: Option<&ast::Name>) -> Option<Offer> {
        let place = self.place.filter(|_| self.kind == Some(ModuleKind::Provider))?;
        Some(Offer {
            name: place.full(name.map_or("forløb", |name| &name.text)),
            title: String::new(),
            module: place.module,
            delivers: Vec::new(),
            performs: Vec::new(),
            bounds: Vec::new(),
            basis: Vec::new(),
            valid: ValueSet::all(),
            has_error: true,
            name_span: name.map(|name| name.span).unwrap_or_default(),
        })
    }
}
