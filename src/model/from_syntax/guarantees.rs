//! `garanti`: what must hold of every decision.

use super::lexicon::Lexicon;
use super::names::{Sort, Space};
use super::problems::Problems;
use super::promises::Author;
use crate::model::{Claim, ClaimKind, Formula, Grade, Guarantee, ModuleId, ModuleKind, SupportId, ValueSet};
use crate::syntax::ast;

/// Where something is decided.
pub(super) const DECIDES: [Sort; 2] = [Sort::Municipality, Sort::Institution];

impl Lexicon<'_> {
    /// A guarantee; nothing where its places or its `når` are wrong. A claim that is wrong is left out.
    pub(super) fn guarantee(
        &self,
        guarantee: &ast::Guarantee,
        author: Author<'_>,
        problems: &mut Problems,
    ) -> Option<Guarantee> {
        let named: Vec<Option<ModuleId>> =
            guarantee.places.iter().map(|place| self.deciding_place(place, problems)).collect();
        let when = match &guarantee.when {
            None => Some(Formula::Always),
            Some(when) => self.facts_formula(when, problems),
        };
        let claims = guarantee.claims.iter().flat_map(|claim| self.claim(claim, problems)).collect();
        let mut named: Vec<ModuleId> = named.into_iter().collect::<Option<_>>()?;
        named.sort_unstable();
        named.dedup();
        let places = if !named.is_empty() {
            named
        } else if let Some(own) = author.decides() {
            vec![own]
        } else {
            let modules = self.modules.iter().enumerate();
            let towns = modules.filter(|(_, module)| module.kind == ModuleKind::Municipality);
            towns.map(|(index, _)| ModuleId(index as u32)).collect()
        };
        let name = author.full(&guarantee.name.text);
        Some(Guarantee { name, places, when: when?, claims, span: guarantee.name.span })
    }

    /// The municipality or institution of an `i`.
    pub(super) fn deciding_place(&self, name: &ast::Name, problems: &mut Problems) -> Option<ModuleId> {
        self.names.find(&[Space::Modules], name, &DECIDES, problems).map(|(_, index)| ModuleId(index))
    }

    /// The support or kind a claim speaks of.
    pub(super) fn one_support(&self, name: &ast::Name, problems: &mut Problems) -> Option<SupportId> {
        self.supports(std::slice::from_ref(name), problems).pop()
    }

    /// One claim for each bound of a `med`.
    pub(super) fn within(
        &self,
        support: SupportId,
        terms: &[ast::TermBound],
        problems: &mut Problems,
    ) -> Vec<Claim> {
        let mut claims = Vec::new();
        for term in terms {
            for bound in self.bounds(std::slice::from_ref(term), problems) {
                // `snarest` bounds nothing
                let is_just = term.exactly && bound.set != ValueSet::all();
                let of = if is_just { ClaimKind::Just } else { ClaimKind::Within };
                claims.push(Claim { span: bound.span, kind: of(support, bound) });
            }
        }
        claims
    }

    fn claim(&self, claim: &ast::Claim, problems: &mut Problems) -> Vec<Claim> {
        let mut of = |name: &ast::Name| self.one_support(name, problems);
        let kind = match &claim.kind {
            ast::ClaimKind::Exists { at_least, kind } => {
                of(kind).map(|kind| ClaimKind::AtLeast(*at_least, kind))
            }
            ast::ClaimKind::AtLeast { grade, support } => of(support).map(|s| ClaimKind::AtLeast(*grade, s)),
            ast::ClaimKind::AtMost { grade, support } => of(support).map(|s| ClaimKind::AtMost(*grade, s)),
            ast::ClaimKind::NotGranted { support } => of(support).map(ClaimKind::NotGranted),
            ast::ClaimKind::NotBoth(one, other) => {
                let (one, other) = (of(one), of(other));
                one.zip(other).map(|(one, other)| ClaimKind::NotBoth(one, other))
            }
            ast::ClaimKind::Terms { support, terms } => {
                let support = of(support);
                return support.map(|s| self.within(s, terms, problems)).unwrap_or_default();
            }
        };
        kind.map(|kind| Claim { kind, span: claim.span }).into_iter().collect()
    }
}

/// Whether a grade grants.
pub(super) fn grants(grade: Grade) -> bool {
    matches!(grade, Grade::May | Grade::Right | Grade::Must)
}
