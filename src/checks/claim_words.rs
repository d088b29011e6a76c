//! How a claim that fails is told: what was claimed, what is decided, and by which rules.

use super::accept;
use super::claims::{Decided, below, fails, failure, grant_of};
use super::tasks::Found;
use super::view::{name_rules, with_region};
use super::words::{bound_in_words, grade_word, rule_label};
use crate::diagram::{NO, NotProven};
use crate::evaluate::{self, Case};
use crate::ground::{Diagnostic, Severity, Text, text};
use crate::model::{Claim, ClaimKind, DATE, Formula, Grade, Model, RuleId, SupportId, TermId};
use crate::verdict::{Decision, Grant, Part, Statements};
use std::collections::BTreeSet;

/// Who makes claims: a guarantee or an example.
pub(crate) struct Promise<'a> {
    pub check: &'static str,
    /// under which condition
    pub given: &'a Formula,
    pub claims: &'a [Claim],
    /// `the guarantee … does not hold`
    pub fails: Text,
    /// what the claim's place is called
    pub label: Text,
    /// the next step, where something is decided
    pub help: Text,
}

/// Tells every claim that fails somewhere in the place of these statements; nothing where no citizen meets the
/// condition.
pub(crate) fn look(
    model: &Model,
    statements: &Statements,
    promise: &Promise<'_>,
    budget: u64,
) -> Result<Option<Vec<Found>>, NotProven> {
    let claims = promise.claims;
    let failures: Vec<_> = claims.iter().map(|claim| failure(model, statements, claim)).collect();
    let mut decided = Decided::new(model, statements, claims, &failures, promise.given, budget)?;
    let given = decided.diagrams.formula(promise.given)?;
    let asked = decided.diagrams.store.and(given, decided.diagrams.possible)?;
    if asked == NO {
        return Ok(None);
    }
    let mut about = Diagnostic::new(promise.check, Severity::Error, Text::default());
    about.module = place_name(model, statements);
    let mut found = Vec::new();
    for (claim, failure) in claims.iter().zip(&failures) {
        let region = decided.failing(claim, failure, asked)?;
        if region == NO {
            continue;
        }
        // divided before it is told: what is decided is told of the citizen who is shown
        for piece in accept::pieces(&mut decided.diagrams, &about, region)? {
            let Some(profile) = decided.diagrams.witness(piece.0)? else { continue };
            let case = Case::new(model, statements, &profile);
            let told = tell(&case, &claim.kind);
            let mut diagnostic = about.clone();
            diagnostic.message = Text {
                en: format!("{}: {}", promise.fails.en, told.words.en),
                da: format!("{}: {}", promise.fails.da, told.words.da),
            };
            let named = claim.kind.supports().into_iter().next();
            diagnostic.support = named.map(|id| model.supports[id.index()].name.clone());
            diagnostic = diagnostic.label(claim.span, promise.label.clone());
            diagnostic = label_rules(&case, &told, diagnostic).help(if told.undecided {
                text!(en: "settle the contradiction first", da: "få først løst modstriden")
            } else {
                promise.help.clone()
            });
            let here = with_region(&mut decided.diagrams, diagnostic, piece.0, |case| {
                case.holds(promise.given) && fails(case, failure)
            })?;
            found.push(accept::told(here, piece));
        }
    }
    if decided.diagrams.truncated {
        found.push(Found::More);
    }
    Ok(Some(found))
}

/// The name of the place where something is decided.
pub(crate) fn place_name(model: &Model, statements: &Statements) -> Option<String> {
    Some(model.modules[statements.place.module()?.index()].name.clone())
}

/// What a claim comes to for one citizen of whom it fails.
struct Told {
    /// `` `X` is `kan`, not `ret` ``
    words: Text,
    /// the supports that fail it
    supports: Vec<SupportId>,
    /// nothing for the grant
    term: Option<TermId>,
    /// nothing can be decided
    undecided: bool,
}

/// A grant as it is decided.
fn decided(grant: Option<Grant>) -> Text {
    match grant {
        None => text!(
            en: "left undecided, because the rules contradict each other",
            da: "uafgjort, fordi reglerne modsiger hinanden"
        ),
        Some(Grant::Forbidden) => text!(en: "refused", da: "afslået"),
        Some(Grant::None) => text!(en: "not granted", da: "ikke givet"),
        Some(Grant::May) => Text::same("`kan`"),
        Some(Grant::Right) => Text::same("`ret`"),
        Some(Grant::Must) => Text::same("`skal`"),
    }
}

/// Tells why a claim fails for one citizen.
fn tell(case: &Case<'_>, claim: &ClaimKind) -> Told {
    let name = |id: SupportId| &case.model.supports[id.index()].name;
    let is = |id: SupportId, (en, da): (&str, &str), grants: &dyn Fn(Option<Grant>) -> bool| {
        let (supports, grant) = told_by(case, id, grants);
        let (of, got) = (name(supports.first().copied().unwrap_or(id)), decided(grant));
        let of = if supports.len() > 1 { name(id) } else { of };
        let words = Text { en: format!("`{of}` is {}{en}", got.en), da: format!("`{of}` er {}{da}", got.da) };
        Told { words, supports, term: None, undecided: grant.is_none() }
    };
    let nobody = |_: Option<Grant>| false;
    match claim {
        ClaimKind::AtLeast(grade, id) => {
            let word = grade_word(*grade);
            let (en, da) = match grade {
                Grade::May => (String::new(), String::new()),
                _ => (format!(", not at least `{word}`"), format!(", ikke mindst `{word}`")),
            };
            is(*id, (&en, &da), &nobody)
        }
        ClaimKind::AtMost(grade, id) => {
            let (word, most) = (grade_word(*grade), grant_of(*grade));
            let (en, da) = (format!(", not at most `{word}`"), format!(", ikke højst `{word}`"));
            is(*id, (&en, &da), &|grant| grant.is_none_or(|grant| grant > most))
        }
        ClaimKind::Exactly(grade, id) => {
            let (word, most) = (grade_word(*grade), grant_of(*grade));
            let (en, da) = (format!(", not `{word}`"), format!(", ikke `{word}`"));
            is(*id, (&en, &da), &|grant| grant.is_none_or(|grant| grant > most))
        }
        ClaimKind::NotGranted(id) => {
            is(*id, (" and should not be granted", " og skulle ikke gives"), &|grant| {
                grant.is_none_or(Grant::is_granted)
            })
        }
        ClaimKind::Refused(id) => {
            is(*id, (", not refused", ", ikke afslået"), &|grant| grant != Some(Grant::Forbidden))
        }
        ClaimKind::Said(grade, id) => {
            let (word, of) = (grade_word(*grade), name(*id));
            let words = text!(
                en: "nobody says `{word}` of `{of}`",
                da: "ingen siger `{word}` om `{of}`"
            );
            Told { words, supports: below(case.model, *id), term: None, undecided: false }
        }
        ClaimKind::NotBoth(one, other) => not_both(case, *one, *other),
        ClaimKind::Within(id, bound) => {
            let whole = case.model.terms[bound.term.index()].domain.all();
            let past = |decision: &Decision| {
                let set = decision.terms.get(&bound.term).map_or(Some(&whole), Option::as_ref);
                decision.grant.is_some_and(Grant::is_granted)
                    && !set.is_some_and(|set| set.intersection(&whole).is_subset(&bound.set))
            };
            let failing = below(case.model, *id).into_iter().find(|id| past(&evaluate::decision(case, *id)));
            let support = failing.unwrap_or(*id);
            let decision = evaluate::decision(case, support);
            let (of, term) = (name(support), &case.model.terms[bound.term.index()].name);
            let got = match decision.terms.get(&bound.term) {
                None => text!(en: "without a bound", da: "uden grænse"),
                Some(None) => decided(None),
                Some(Some(set)) => Text::same(format!("`{}`", bound_in_words(case.model, bound.term, set))),
            };
            let words = Text {
                en: format!("`{term}` of `{of}` is {}, not `{}`", got.en, bound.words),
                da: format!("`{term}` for `{of}` er {}, ikke `{}`", got.da, bound.words),
            };
            let undecided = decision.terms.get(&bound.term) == Some(&None);
            Told { words, supports: vec![support], term: Some(bound.term), undecided }
        }
    }
}

/// Of the supports a name stands for, the first that is so, with its grant; where none is, all of them and the
/// strongest grant.
fn told_by(
    case: &Case<'_>,
    name: SupportId,
    is_so: &dyn Fn(Option<Grant>) -> bool,
) -> (Vec<SupportId>, Option<Grant>) {
    let mut list = below(case.model, name);
    if case.statements.judged.contains(&name) && !list.contains(&name) {
        list.push(name);
    }
    let grants: Vec<(SupportId, Option<Grant>)> =
        list.iter().map(|id| (*id, evaluate::decision(case, *id).grant)).collect();
    if let Some((id, grant)) = grants.iter().find(|(_, grant)| is_so(*grant)) {
        return (vec![*id], *grant);
    }
    let strongest = grants.iter().filter_map(|(_, grant)| *grant).max();
    let undecided = grants.iter().any(|(_, grant)| grant.is_none());
    let strongest = strongest.filter(|grant| !undecided || grant.is_granted());
    (list, if undecided { strongest } else { Some(strongest.unwrap_or(Grant::None)) })
}

fn not_both(case: &Case<'_>, one: SupportId, other: SupportId) -> Told {
    let granted = |id: &SupportId| evaluate::decision(case, *id).grant.is_none_or(Grant::is_granted);
    let second: Vec<SupportId> = below(case.model, other).into_iter().filter(granted).collect();
    let first = below(case.model, one).into_iter().filter(granted);
    let pair = first.flat_map(|one| second.iter().map(move |other| (one, *other)));
    let (one, other) = pair.clone().find(|(one, other)| one != other).unwrap_or((one, other));
    let (first, second) = (&case.model.supports[one.index()].name, &case.model.supports[other.index()].name);
    let undecided = [one, other].iter().any(|id| evaluate::decision(case, *id).grant.is_none());
    let words = if undecided {
        text!(
            en: "both `{first}` and `{second}` may be granted: the rules contradict each other",
            da: "både `{first}` og `{second}` kan blive givet: reglerne modsiger hinanden"
        )
    } else {
        text!(en: "both `{first}` and `{second}` are granted", da: "både `{first}` og `{second}` gives")
    };
    Told { words, supports: vec![one, other], term: None, undecided }
}

/// Labels the statements a decision rests on for one citizen, and names their rules.
fn label_rules(case: &Case<'_>, told: &Told, mut diagnostic: Diagnostic) -> Diagnostic {
    let mut rules: BTreeSet<RuleId> = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let today = case.profile.0[DATE.index()];
    for support in &told.supports {
        for said in case.statements.about(*support) {
            let active = |part: Part| case.is_active(said, part, *support);
            let mut spans = Vec::new();
            match told.term {
                Some(term) if active(Part::Term(term)) => {
                    let bounds = said.bounds.iter().filter(|bound| bound.term == term);
                    spans.extend(bounds.filter(|bound| bound.days.contains(today)).map(|bound| bound.span));
                }
                Some(_) => {}
                None => {
                    if active(Part::Grade) {
                        let standing = said.grades.iter().filter(|grade| case.stands(said, grade, *support));
                        spans.extend(standing.map(|grade| grade.span));
                    }
                    if active(Part::Precondition) {
                        let failing =
                            said.preconditions.iter().filter(|p| !case.holds_in(said.rule, &p.formula));
                        spans.extend(failing.map(|precondition| precondition.span));
                    }
                }
            }
            for span in spans {
                rules.insert(said.rule);
                if seen.insert(span) {
                    diagnostic = diagnostic.label(span, rule_label(case.model, said.rule));
                }
            }
        }
    }
    name_rules(case.model, &mut diagnostic, rules);
    diagnostic
}
