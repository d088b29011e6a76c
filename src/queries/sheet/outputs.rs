//! What comes out of a sheet: the columns of `docs/semantics.md`, section 17.

use super::columns::Builder;
use super::expr::{Expr, SheetValue, all, any, at_least, first, is, meets, not};
use super::inputs::{kind, value};
use super::rules::UNDECIDED;
use super::terms::Signs;
use super::verdicts::Decided;
use super::{SheetKind, SheetOutput};
use crate::ground::{Text, titled};
use crate::model::{Domain, SupportId, TermId};

/// The words of a decision, by its number.
const WORDS: [(i64, &str); 5] =
    [(3, "skal"), (2, "ret"), (1, "kan"), (-1, "må ikke"), (UNDECIDED, "modstrid")];

impl Builder<'_> {
    /// The columns of a support.
    pub(super) fn outputs(&mut self, support: SupportId, rules: bool) -> Result<Vec<SheetOutput>, Text> {
        let decided = self.decided(support)?;
        let model = self.model;
        let named = &model.supports[support.index()];
        let about = titled(&named.title, &named.name);
        let output = |what: &str, kind: SheetKind, expr: Expr| SheetOutput {
            name: format!("{}{what}", named.name),
            expr,
            kind,
            about: about.to_owned(),
        };
        let word = |word: &str| Expr::Value(SheetValue::Word(word.to_owned()));
        let words = WORDS.iter().map(|(number, told)| (is(&decided.grant, *number), word(told)));
        let open = (not(decided.certain.clone()), word("uafklaret"));
        let grant = first(std::iter::once(open).chain(words), Expr::Nothing);
        let mut outputs = vec![output("", SheetKind::Words, grant)];
        outputs.extend(self.also(&decided).map(|also| output(".også", SheetKind::Words, also)));
        for (term, (signs, left)) in &decided.terms {
            let (term, domain) = (self.term_name(*term), &model.terms[term.index()].domain);
            match domain {
                Domain::YesNo | Domain::List { .. } => {
                    let listed = listed(&decided, domain, signs, left);
                    outputs.push(output(&format!(".{term}"), SheetKind::Words, listed));
                }
                _ => {
                    let kind = match kind(domain) {
                        SheetKind::Duration => SheetKind::Words,
                        kind => kind,
                    };
                    for (end, least) in [("fra", true), ("til", false)] {
                        let expr = ended(&decided, domain, signs, left, least);
                        outputs.push(output(&format!(".{term}.{end}"), kind.clone(), expr));
                    }
                }
            }
        }
        if rules {
            let rules = self.rules_of(support);
            let names = first([(decided.certain.clone(), Expr::Joined(rules))], Expr::Nothing);
            outputs.push(output(".regler", SheetKind::Words, names));
        }
        Ok(outputs)
    }

    /// What else is decided; nothing where no rule heard says such a thing.
    fn also(&self, decided: &Decided) -> Option<Expr> {
        let granted = at_least(&decided.grant, 1);
        let mut words = vec![
            (all([granted.clone(), decided.duty.clone()]), "som pligt".to_owned()),
            (decided.to_be_assessed.clone(), "skal vurdere".to_owned()),
            (decided.recommended.clone(), "bør".to_owned()),
            (decided.discouraged.clone(), "bør ikke".to_owned()),
        ];
        let undecided = |(term, (_, left)): (&TermId, &(Signs, Expr))| {
            let undecided = all([granted.clone(), is(left, -1)]);
            (undecided, format!("modstrid om {}", self.term_name(*term)))
        };
        words.extend(decided.terms.iter().map(undecided));
        words.retain(|(condition, _)| *condition != Expr::Constant(false));
        (!words.is_empty()).then(|| first([(decided.certain.clone(), Expr::Joined(words))], Expr::Nothing))
    }

    /// The rules that speak of a support, each with whether a part of it is active.
    fn rules_of(&mut self, support: SupportId) -> Vec<(Expr, String)> {
        let statements = self.statements;
        let named = statements.about(support).iter().filter(|said| said.has_part()).map(|said| {
            let active = self.active_parts(said, support).into_iter().map(|(_, active)| active);
            (any(active.collect::<Vec<_>>()), self.model.rule(said.rule).name.clone())
        });
        named.collect()
    }
}

/// Where something is left of a term that is granted.
fn is_left(decided: &Decided, left: &Expr) -> Expr {
    all([at_least(&decided.grant, 1), at_least(left, 0)])
}

/// The values that are left of a list.
fn listed(decided: &Decided, domain: &Domain, signs: &Signs, left: &Expr) -> Expr {
    let (low, high) = domain.bounds();
    let values = (low..=high).map(|code| {
        let sign = signs.of_value(code);
        (meets(left, &Expr::Number(sign)), domain.spell_bare(code))
    });
    first([(is_left(decided, left), Expr::Joined(values.collect()))], Expr::Nothing)
}

/// The least (the greatest) value that is left; nothing where that is an end of the term.
fn ended(decided: &Decided, domain: &Domain, signs: &Signs, left: &Expr, least: bool) -> Expr {
    let (low, high) = domain.bounds();
    let ways = signs.ends(domain, least).into_iter().map(|(end, sign)| {
        let told = match domain {
            _ if end == low && least || end == high && !least => Expr::Nothing,
            Domain::Duration { .. } => Expr::Value(SheetValue::Word(domain.spell_bare(end))),
            domain => Expr::Value(value(domain, end)),
        };
        (meets(left, &Expr::Number(sign)), told)
    });
    first([(is_left(decided, left), first(ways, Expr::Nothing))], Expr::Nothing)
}
