//! `oplysning`, `vilkår`, `begreb`, `antag`, `art`, `støtte`, `opgave`, `sagsskridt`, `sats`, `enhed` and `afdeling`.

use super::ast::{
    Assumption, Concept, Condition, Date, Department, Fact, Kind, ListValue, Name, Quoted, Rate, Relation,
    RelationKind, Step, Support, Task, Term, Type, Unit, Value,
};
use super::parse::{Reader, Rule};
use super::slips::problem;
use crate::ground::{Span, text};
use pest::iterators::{Pair, Pairs};

/// The most digits after a comma a fact or a term may have.
const MOST_DECIMALS: u32 = 6;

/// The parts that declarations are made of.
#[derive(Default)]
struct Parts {
    name: Option<Name>,
    title: Option<Quoted>,
    parent: Option<Name>,
    conditions: Vec<Condition>,
    kind: Option<Type>,
    assessed: bool,
    typical: Option<Value>,
    fixed: bool,
    more_is_better: Option<bool>,
    internal: bool,
    relations: Vec<Relation>,
    without_decision: Option<Span>,
    successor: Option<Name>,
    successor_from: Option<Date>,
    rate_unit: Option<Name>,
    rate_values: Vec<(Date, Value)>,
}

impl Reader<'_> {
    pub(super) fn fact(&mut self, pairs: Pairs<'_, Rule>) -> Option<Fact> {
        let parts = self.parts(pairs);
        Some(Fact {
            name: parts.name?,
            title: parts.title,
            assessed: parts.assessed,
            kind: parts.kind?,
            typical: parts.typical,
            fixed: parts.fixed,
        })
    }

    pub(super) fn term(&mut self, pairs: Pairs<'_, Rule>) -> Option<Term> {
        let parts = self.parts(pairs);
        let Parts { more_is_better, internal, .. } = parts;
        Some(Term { name: parts.name?, title: parts.title, kind: parts.kind?, more_is_better, internal })
    }

    pub(super) fn concept(&mut self, pairs: Pairs<'_, Rule>) -> Option<Concept> {
        let mut parts = self.parts(pairs);
        Some(Concept { name: parts.name?, title: parts.title, condition: parts.conditions.pop()? })
    }

    pub(super) fn assumption(&mut self, pairs: Pairs<'_, Rule>) -> Option<Assumption> {
        let mut parts = self.parts(pairs);
        let then = parts.conditions.pop()?;
        Some(Assumption { title: parts.title?, when: parts.conditions.pop(), then })
    }

    pub(super) fn support_kind(&mut self, pairs: Pairs<'_, Rule>) -> Option<Kind> {
        let parts = self.parts(pairs);
        Some(Kind { name: parts.name?, title: parts.title, parent: parts.parent })
    }

    pub(super) fn support(&mut self, pairs: Pairs<'_, Rule>) -> Option<Support> {
        let parts = self.parts(pairs);
        Some(Support {
            name: parts.name?,
            title: parts.title,
            kind: parts.parent,
            relations: parts.relations,
            without_decision: parts.without_decision,
        })
    }

    pub(super) fn unit(&mut self, pairs: Pairs<'_, Rule>) -> Option<Unit> {
        let parts = self.parts(pairs);
        let (successor, successor_from) = (parts.successor, parts.successor_from);
        Some(Unit { name: parts.name?, title: parts.title, successor, successor_from })
    }

    pub(super) fn task(&mut self, pairs: Pairs<'_, Rule>) -> Option<Task> {
        let parts = self.parts(pairs);
        Some(Task { name: parts.name?, title: parts.title, kind: parts.parent })
    }

    pub(super) fn step(&mut self, pairs: Pairs<'_, Rule>) -> Option<Step> {
        let parts = self.parts(pairs);
        Some(Step { name: parts.name?, title: parts.title })
    }

    pub(super) fn rate(&mut self, pairs: Pairs<'_, Rule>) -> Option<Rate> {
        let parts = self.parts(pairs);
        Some(Rate { name: parts.name?, title: parts.title, unit: parts.rate_unit, values: parts.rate_values })
    }

    pub(super) fn department(&mut self, pairs: Pairs<'_, Rule>) -> Option<Department> {
        let mut parts = self.parts(pairs);
        Some(Department { name: parts.name?, title: parts.title, scope: parts.conditions.pop() })
    }

    fn parts(&mut self, pairs: Pairs<'_, Rule>) -> Parts {
        let mut parts = Parts::default();
        let mut seen = Vec::new();
        for pair in pairs {
            self.only_once(&mut seen, &pair);
            match pair.as_rule() {
                Rule::word if parts.name.is_none() => parts.name = Some(self.name(&pair)),
                Rule::quoted => parts.title = Some(self.quoted(&pair)),
                Rule::parent => parts.parent = pair.into_inner().next().map(|word| self.name(&word)),
                Rule::condition => parts.conditions.push(self.condition(pair)),
                Rule::k_assessed => parts.assessed = true,
                Rule::k_fixed => parts.fixed = true,
                Rule::k_internal => parts.internal = true,
                Rule::k_more => parts.more_is_better = Some(true),
                Rule::k_less => parts.more_is_better = Some(false),
                Rule::yes_no_type => parts.kind = Some(Type::YesNo),
                Rule::number_type => parts.kind = self.number_type(pair),
                Rule::duration_type => {
                    parts.kind = self.ends(pair).map(|(low, high)| Type::Duration { low, high });
                }
                Rule::workdays_type => {
                    parts.kind = self.ends(pair).map(|(low, high)| Type::Workdays { low, high });
                }
                Rule::money_type => parts.kind = self.ends(pair).map(|(low, high)| Type::Money { low, high }),
                Rule::date_type => {
                    let period = pair.into_inner().find(|inner| inner.as_rule() == Rule::period);
                    parts.kind = period.map(|period| Type::Date(self.period(period)));
                }
                Rule::list_type => parts.kind = Some(self.list_type(pair)),
                Rule::matches => parts.relations.push(self.relation(pair, RelationKind::Matches)),
                Rule::replaces => parts.relations.push(self.relation(pair, RelationKind::Replaces)),
                Rule::supplements => parts.relations.push(self.relation(pair, RelationKind::Supplements)),
                Rule::excludes => parts.relations.push(self.relation(pair, RelationKind::Excludes)),
                Rule::without_decision => parts.without_decision = Some(self.span(&pair)),
                Rule::new_unit => self.new_unit(pair, &mut parts),
                Rule::rate_unit => {
                    parts.rate_unit = pair.into_inner().next().map(|word| self.name(&word));
                }
                Rule::rate_value => parts.rate_values.extend(self.rate_value(pair)),
                _ => parts.typical = self.value(pair).or(parts.typical),
            }
        }
        parts
    }

    fn relation(&mut self, pair: Pair<'_, Rule>, kind: RelationKind) -> Relation {
        Relation { kind, supports: self.names_in(pair) }
    }

    fn new_unit(&mut self, pair: Pair<'_, Rule>, parts: &mut Parts) {
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::word => parts.successor = Some(self.name(&inner)),
                Rule::date => parts.successor_from = Some(self.date(&inner)),
                _ => {}
            }
        }
    }

    fn rate_value(&mut self, pair: Pair<'_, Rule>) -> Option<(Date, Value)> {
        let (mut from, mut value) = (None, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::date if from.is_none() => from = Some(self.date(&inner)),
                _ => value = self.value(inner).or(value),
            }
        }
        Some((from?, value?))
    }

    /// The ends of the `range` inside a pair.
    fn ends(&mut self, pair: Pair<'_, Rule>) -> Option<(Value, Value)> {
        let range =
            pair.into_inner().find(|inner| matches!(inner.as_rule(), Rule::range | Rule::plain_range))?;
        let mut values = self.range(range).into_iter();
        Some((values.next()?, values.next()?))
    }

    fn number_type(&mut self, pair: Pair<'_, Rule>) -> Option<Type> {
        let ends = self.ends(pair.clone())?;
        let mut decimals = 0;
        let mut unit = None;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::decimals => {
                    let span = self.span(&inner);
                    decimals = self.small_number(inner).unwrap_or_default();
                    if decimals > MOST_DECIMALS {
                        self.tell(
                            span,
                            text!(
                                en: "a number has at most {MOST_DECIMALS} decimals",
                                da: "et tal har højst {MOST_DECIMALS} decimaler"
                            ),
                            text!(en: "too many", da: "for mange"),
                            None,
                        );
                        decimals = 0;
                    }
                }
                Rule::unit_name => unit = inner.into_inner().next().map(|word| self.name(&word)),
                _ => {}
            }
        }
        let (low, high) = ends;
        Some(Type::Number { low, high, decimals: decimals as u8, unit })
    }

    fn list_type(&mut self, pair: Pair<'_, Rule>) -> Type {
        let mut ordered = false;
        let mut values: Vec<ListValue> = Vec::new();
        // which values begin a line
        let mut breaks = Vec::new();
        let (written, start) = (pair.as_str(), pair.as_span().start());
        let mut last = 0;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::k_ordered => ordered = true,
                Rule::list_value => {
                    let at = inner.as_span().start() - start;
                    breaks.push(written.get(last..at).is_none_or(|gap| gap.contains('\n')));
                    last = at + inner.as_str().trim_end().len();
                    values.extend(self.list_value(inner));
                }
                _ => {}
            }
        }
        self.titles_without_quotes(&values, &breaks);
        Type::List { values, ordered }
    }

    /// `2.1 "Ledige"  2.2 Jobparate`: among numbers that have titles, words behind one that has none are its title.
    fn titles_without_quotes(&mut self, values: &[ListValue], breaks: &[bool]) {
        let is_number =
            |value: &ListValue| value.name.text.starts_with(|letter: char| letter.is_ascii_digit());
        if !values.iter().any(|value| is_number(value) && value.title.is_some()) {
            return;
        }
        for (index, value) in values.iter().enumerate() {
            let behind = values.get(index + 1..).unwrap_or_default();
            let is_word = |next: &&ListValue| next.title.is_none() && !is_number(next);
            let words: Vec<&ListValue> = behind.iter().take_while(is_word).collect();
            let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
            if !is_number(value) || value.title.is_some() || breaks.get(index + 1).copied().unwrap_or(true) {
                continue;
            }
            let title = words.iter().map(|word| word.name.text.as_str()).collect::<Vec<_>>().join(" ");
            let (number, span) = (&value.name.text, first.name.span.to(last.name.span));
            let told = problem(
                span,
                text!(en: "`{title}` is read as a value of its own", da: "`{title}` læses som en værdi for sig"),
                text!(en: "the title of `{number}`?", da: "titlen på `{number}`?"),
                Some(text!(en: "write `{number} \"{title}\"`", da: "skriv `{number} \"{title}\"`")),
            );
            self.push(told.guess(first.name.span.before(), "\"").guess(last.name.span.behind(), "\""));
        }
    }

    fn list_value(&mut self, pair: Pair<'_, Rule>) -> Option<ListValue> {
        let (mut name, mut title) = (None, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::quoted => title = Some(self.quoted(&inner)),
                _ => name = Some(self.name(&inner)),
            }
        }
        Some(ListValue { name: name?, title })
    }
}
