//! `forløb`, `garanti`, `eksempel`, `accepter` and `intet serviceniveau for`.

use super::ast::{
    Accept, Claim, ClaimKind, Clauses, Example, Expectation, ExpectationKind, Grade, Guarantee, Name, Offer,
    Silence, TermBound,
};
use super::parse::{Reader, Rule};
use super::parse_rules::{grade_of, is_done};
use pest::iterators::{Pair, Pairs};

impl Reader<'_> {
    pub(super) fn offer(&mut self, pairs: Pairs<'_, Rule>) -> Option<Offer> {
        let (mut name, mut title) = (None, None);
        let (mut delivers, mut performs, mut terms) = (Vec::new(), Vec::new(), Vec::new());
        let mut clauses = Clauses::default();
        let mut seen = Vec::new();
        for pair in pairs {
            self.only_once(&mut seen, &pair);
            match pair.as_rule() {
                Rule::word => name = Some(self.name(&pair)),
                Rule::quoted => title = Some(self.quoted(&pair)),
                Rule::delivers => delivers = self.names_in(pair),
                Rule::performs => performs = self.names_in(pair),
                Rule::offer_terms => terms = self.bounds_in(pair),
                _ => self.clause(&mut clauses, pair),
            }
        }
        Some(Offer { name: name?, title, clauses, delivers, performs, terms })
    }

    pub(super) fn guarantee(&mut self, pairs: Pairs<'_, Rule>) -> Option<Guarantee> {
        let (mut name, mut title, mut when) = (None, None, None);
        let (mut places, mut claims) = (Vec::new(), Vec::new());
        let mut seen = Vec::new();
        for pair in pairs {
            self.only_once(&mut seen, &pair);
            match pair.as_rule() {
                Rule::word => name = Some(self.name(&pair)),
                Rule::quoted => title = Some(self.quoted(&pair)),
                Rule::in_places => places = self.names_in(pair),
                Rule::when => {
                    let condition = pair.into_inner().find(|inner| inner.as_rule() == Rule::condition)?;
                    when = Some(self.condition(condition));
                }
                Rule::claim => claims.push(self.claim(pair)?),
                _ => {}
            }
        }
        Some(Guarantee { name: name?, title, places, when, claims })
    }

    fn claim(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let span = self.span(&pair);
        let claimed = pair.into_inner().find(|inner| inner.as_rule() != Rule::k_then)?;
        let rule = claimed.as_rule();
        let terms = self.bounds_in(claimed.clone());
        let grade = claimed.clone().into_inner().find_map(|inner| grade_of(inner.as_rule()));
        let words = claimed.into_inner().filter(|inner| inner.as_rule() == Rule::word);
        let mut named = words.map(|word| self.name(&word)).collect::<Vec<Name>>().into_iter();
        let first = named.next()?;
        let kind = match rule {
            Rule::claim_exists => ClaimKind::Exists { at_least: grade.unwrap_or(Grade::May), kind: first },
            Rule::claim_at_least => ClaimKind::AtLeast { grade: grade?, support: first },
            Rule::claim_at_most => ClaimKind::AtMost { grade: grade?, support: first },
            Rule::claim_not_both => ClaimKind::NotBoth(first, named.next()?),
            Rule::claim_not => ClaimKind::NotGranted { support: first },
            _ => ClaimKind::Terms { support: first, terms },
        };
        Some(Claim { kind, span })
    }

    pub(super) fn example(&mut self, pairs: Pairs<'_, Rule>) -> Option<Example> {
        let (mut title, mut place, mut given) = (None, None, None);
        let mut expects = Vec::new();
        let mut seen = Vec::new();
        for pair in pairs {
            self.only_once(&mut seen, &pair);
            match pair.as_rule() {
                Rule::quoted => title = Some(self.quoted(&pair)),
                Rule::in_place => {
                    let word = pair.into_inner().find(|inner| inner.as_rule() == Rule::word)?;
                    place = Some(self.name(&word));
                }
                Rule::given => {
                    let condition = pair.into_inner().find(|inner| inner.as_rule() == Rule::condition)?;
                    given = Some(self.condition(condition));
                }
                Rule::expectation => expects.push(self.expectation(pair)?),
                _ => {}
            }
        }
        Some(Example { title: title?, place, given, expects })
    }

    fn expectation(&mut self, pair: Pair<'_, Rule>) -> Option<Expectation> {
        let span = self.span(&pair);
        let (mut kind, mut support, mut at) = (None, None, None);
        let terms = self.bounds_in(pair.clone());
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::k_not => kind = Some(ExpectationKind::NotGranted),
                Rule::k_refused => kind = Some(ExpectationKind::Refused),
                Rule::word => support = Some(self.name(&inner)),
                Rule::part_of => {
                    let word = inner.into_inner().find(|inner| inner.as_rule() == Rule::word)?;
                    at = Some(self.name(&word));
                }
                rule => {
                    let graded =
                        if is_done(rule) { ExpectationKind::Perform } else { ExpectationKind::Grade };
                    kind = kind.or(grade_of(rule).map(graded));
                }
            }
        }
        Some(Expectation { kind: kind?, support: support?, at, terms, span })
    }

    pub(super) fn accept(&mut self, pairs: Pairs<'_, Rule>) -> Option<Accept> {
        let mut check = None;
        let (mut place, mut rule, mut when, mut reason, mut until) = (None, None, None, None, None);
        let mut seen = Vec::new();
        for pair in pairs {
            self.only_once(&mut seen, &pair);
            let part = pair.as_rule();
            if part == Rule::word {
                check = Some(self.name(&pair));
                continue;
            }
            for inner in pair.into_inner() {
                match inner.as_rule() {
                    Rule::path if part == Rule::accept_place => place = Some(self.path(&inner)),
                    Rule::path => rule = Some(self.path(&inner)),
                    Rule::condition => when = Some(self.condition(inner)),
                    Rule::quoted => reason = Some(self.quoted(&inner)),
                    Rule::date => until = Some(self.date(&inner)),
                    _ => {}
                }
            }
        }
        Some(Accept { check: check?, place, rule, when, reason, until })
    }

    pub(super) fn silence(&mut self, mut pairs: Pairs<'_, Rule>) -> Option<Silence> {
        let names = pairs.find(|pair| pair.as_rule() == Rule::names)?;
        Some(Silence { supports: self.names(names) })
    }

    /// The names of the list inside a pair.
    pub(super) fn names_in(&mut self, pair: Pair<'_, Rule>) -> Vec<Name> {
        let names = pair.into_inner().find(|inner| inner.as_rule() == Rule::names);
        names.map(|names| self.names(names)).unwrap_or_default()
    }

    /// The bounds inside a pair.
    fn bounds_in(&mut self, pair: Pair<'_, Rule>) -> Vec<TermBound> {
        let bounds =
            pair.into_inner().filter(|inner| matches!(inner.as_rule(), Rule::bound | Rule::expected_bound));
        bounds.filter_map(|bound| self.bound(bound)).collect()
    }
}
