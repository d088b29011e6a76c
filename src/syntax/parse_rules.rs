//! `regel`, and the clauses it shares with `tabel`.

use super::ast::{Clauses, Deviable, Effect, EffectKind, Grade, Rule as RuleItem, TermBound};
use super::parse::{Reader, Rule};
use super::slips::problem;
use crate::ground::{Span, text};
use pest::iterators::{Pair, Pairs};

impl Reader<'_> {
    pub(super) fn rule(&mut self, pairs: Pairs<'_, Rule>) -> Option<RuleItem> {
        let (mut name, mut title) = (None, None);
        let mut clauses = Clauses::default();
        let mut effects = Vec::new();
        let mut seen = Vec::new();
        for pair in pairs {
            self.only_once(&mut seen, &pair);
            match pair.as_rule() {
                Rule::word => name = Some(self.name(&pair)),
                Rule::quoted => title = Some(self.quoted(&pair)),
                Rule::grade_effect => effects.push(self.grade_effect(pair)?),
                Rule::perform_effect => effects.push(self.perform_effect(pair)?),
                Rule::terms_effect => effects.push(self.effect(pair, EffectKind::Terms)),
                Rule::precondition => effects.push(self.precondition(pair)?),
                Rule::lapses => effects.push(self.effect(pair, EffectKind::Lapses)),
                _ => self.clause(&mut clauses, pair),
            }
        }
        Some(RuleItem { name: name?, title, clauses, effects })
    }

    /// Adds a clause, where the pair is one.
    pub(super) fn clause(&mut self, clauses: &mut Clauses, pair: Pair<'_, Rule>) {
        let rule = pair.as_rule();
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::citations => clauses.basis = self.citations(inner),
                Rule::period => clauses.valid = Some(self.period(inner)),
                Rule::names => clauses.places = self.names(inner),
                Rule::path => clauses.exception_to.push(self.path(&inner)),
                Rule::condition if rule == Rule::when => clauses.when = Some(self.condition(inner)),
                Rule::condition => clauses.deviable = Some(Deviable { when: Some(self.condition(inner)) }),
                Rule::k_deviable => clauses.deviable = Some(Deviable { when: None }),
                Rule::k_first_row => clauses.first_row_wins = true,
                Rule::word if rule == Rule::responsible => clauses.responsible = Some(self.name(&inner)),
                Rule::word => clauses.referred_to = Some(self.name(&inner)),
                Rule::quoted if rule == Rule::reason => clauses.reason = Some(self.quoted(&inner)),
                Rule::quoted => clauses.reading = Some(self.quoted(&inner)),
                _ => {}
            }
        }
    }

    /// Tells of a clause that stands for the second time; each but effects, editions and paragraphs stands once.
    pub(super) fn only_once(&mut self, seen: &mut Vec<(Rule, Span)>, pair: &Pair<'_, Rule>) {
        let rule = pair.as_rule();
        let is_single = matches!(
            rule,
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
                | Rule::signs
                | Rule::delivers
                | Rule::performs
                | Rule::offer_terms
                | Rule::in_places
                | Rule::in_place
                | Rule::given
                | Rule::accept_place
                | Rule::accept_rule
                | Rule::until
        );
        if !is_single {
            return;
        }
        let span = self.span(pair);
        let Some((_, first)) = seen.iter().find(|(earlier, _)| *earlier == rule) else {
            seen.push((rule, span));
            return;
        };
        let first = *first;
        let keyword =
            pair.clone().into_inner().next().map_or(String::new(), |inner| {
                inner.as_str().split_whitespace().collect::<Vec<_>>().join(" ")
            });
        let help = match rule {
            Rule::when => text!(en: "join the conditions with `og`", da: "forbind betingelserne med `og`"),
            Rule::basis => text!(en: "put a comma between the sources", da: "sæt komma mellem kilderne"),
            Rule::places | Rule::exception => {
                text!(en: "put a comma between the names", da: "sæt komma mellem navnene")
            }
            _ => text!(en: "keep one of them", da: "behold den ene"),
        };
        let told = problem(
            span,
            text!(en: "`{keyword}` stands twice", da: "`{keyword}` står to gange"),
            text!(en: "again here", da: "igen her"),
            Some(help),
        );
        self.push(told.label(first, text!(en: "first here", da: "først her")));
    }

    fn grade_effect(&mut self, pair: Pair<'_, Rule>) -> Option<Effect> {
        let mut grade = None;
        let mut duty = false;
        let mut only_when = None;
        for inner in pair.clone().into_inner() {
            match inner.as_rule() {
                Rule::k_duty => duty = true,
                Rule::condition => only_when = Some(self.condition(inner)),
                rule => grade = grade.or(grade_of(rule)),
            }
        }
        Some(self.effect(pair, EffectKind::Grade { grade: grade?, duty, only_when }))
    }

    fn perform_effect(&mut self, pair: Pair<'_, Rule>) -> Option<Effect> {
        let (mut grade, mut lists) = (None, Vec::new());
        let span = self.span(&pair);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::names => lists.push(self.names(inner)),
                rule => grade = grade.or(grade_of(rule)),
            }
        }
        let mut lists = lists.into_iter();
        let supports = lists.next()?;
        let kind = EffectKind::Perform { grade: grade?, at: lists.next().unwrap_or_default() };
        Some(Effect { kind, supports, terms: Vec::new(), span })
    }

    fn precondition(&mut self, pair: Pair<'_, Rule>) -> Option<Effect> {
        let condition = pair.clone().into_inner().find(|inner| inner.as_rule() == Rule::condition)?;
        let condition = self.condition(condition);
        Some(self.effect(pair, EffectKind::Precondition(condition)))
    }

    /// An effect of the given kind with the supports and bounds of `pair`.
    fn effect(&mut self, pair: Pair<'_, Rule>, kind: EffectKind) -> Effect {
        let mut effect = Effect { kind, supports: Vec::new(), terms: Vec::new(), span: self.span(&pair) };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::names => effect.supports = self.names(inner),
                Rule::bound => effect.terms.extend(self.bound(inner)),
                _ => {}
            }
        }
        effect
    }

    pub(super) fn bound(&mut self, pair: Pair<'_, Rule>) -> Option<TermBound> {
        let span = self.span(&pair);
        let (mut term, mut bound, mut ceiling, mut exactly) = (None, None, false, false);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::word => term = Some(self.name(&inner)),
                Rule::bound_test => bound = Some(self.test(inner)),
                Rule::k_ceiling => ceiling = true,
                Rule::k_exactly => exactly = true,
                _ => {}
            }
        }
        Some(TermBound { term: term?, bound: bound?, ceiling, exactly, span })
    }
}

/// The grade a rule of the grammar stands for.
pub(super) fn grade_of(rule: Rule) -> Option<Grade> {
    Some(match rule {
        Rule::g_must_assess | Rule::c_must_assess => Grade::MustAssess,
        Rule::g_must | Rule::c_must | Rule::p_must | Rule::m_must => Grade::Must,
        Rule::g_must_not | Rule::c_must_not | Rule::p_must_not => Grade::MustNot,
        Rule::g_may | Rule::c_may | Rule::p_may | Rule::m_may => Grade::May,
        Rule::g_right | Rule::c_right | Rule::m_right => Grade::Right,
        Rule::g_should_not | Rule::c_should_not | Rule::p_should_not => Grade::ShouldNot,
        Rule::g_should | Rule::c_should | Rule::p_should => Grade::Should,
        _ => return None,
    })
}

/// Whether a rule of the grammar is a grade of what is done, rather than given.
pub(super) fn is_done(rule: Rule) -> bool {
    matches!(rule, Rule::p_must | Rule::p_must_not | Rule::p_may | Rule::p_should_not | Rule::p_should)
}
