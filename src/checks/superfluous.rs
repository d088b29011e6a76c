//! Whether a rule says anything that no other says, by boxes: most rules do, and of rows in one list it can be told exactly.
//! What is left open is asked of diagrams.

use crate::diagram::{NotProven, Outgrown, Ranking};
use crate::model::{Formula, Grade, Model, RuleId, RuleSet, SupportId, TermId, ValueSet};
use crate::verdict::{Said, SetsAside, Statements};
use std::collections::{BTreeMap, BTreeSet};

/// What boxes tell of some rules.
#[derive(Default)]
pub(super) struct Looked {
    /// those that could be taken out, and the rules that say what each says
    pub superfluous: BTreeMap<RuleId, BTreeSet<RuleId>>,
    /// those of which boxes do not tell
    pub open: BTreeSet<RuleId>,
}

/// One thing a rule may say, whether firmly or not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Saying<'a> {
    Grade(Grade),
    Bound(TermId, &'a ValueSet, bool),
}

/// One support: what is said of it, and what goes before what.
struct Spoken<'a> {
    support: SupportId,
    ranking: Ranking,
    sayers: BTreeMap<Saying<'a>, Vec<RuleId>>,
    /// the rules of the place's own layer, if they are one list
    list: Option<Vec<&'a Said>>,
}

/// Looks at some rules of a place's own layer.
pub(super) fn look(model: &Model, statements: &Statements, rules: &[RuleId], budget: u64) -> Looked {
    let spoken: Vec<Spoken<'_>> =
        statements.judged.iter().filter_map(|support| Spoken::of(model, statements, *support)).collect();
    let all: BTreeSet<RuleId> =
        spoken.iter().flat_map(|spoken| spoken.ranking.rules.iter().copied()).collect();
    let boxes = Outgrown::of_those_it_can(model, &Vec::from_iter(all), budget);
    let mut looked = Looked::default();
    for id in rules.iter().copied() {
        let about: Vec<(&Spoken<'_>, &Said)> =
            spoken.iter().filter_map(|spoken| Some((spoken, statements.by(id, spoken.support)?))).collect();
        let Some(boxes) = boxes.as_ref().filter(|boxes| boxes.has(id)) else {
            looked.open.insert(id);
            continue;
        };
        let adds = |(spoken, said): &(&Spoken<'_>, &Said)| adds(statements, boxes, spoken, said);
        if about.iter().any(adds) {
            continue;
        }
        let told = match about[..] {
            [(spoken, said)] => spoken.superfluous(model, boxes, said),
            _ => Err(NotProven),
        };
        match told {
            Ok(by) => looked.superfluous.extend(by.map(|by| (id, by))),
            Err(NotProven) => looked.open.extend([id]),
        }
    }
    looked
}

fn sayings(said: &Said) -> impl Iterator<Item = Saying<'_>> {
    let grades = said.grades.iter().map(|grade| Saying::Grade(grade.grade));
    grades.chain(said.bounds.iter().map(|bound| Saying::Bound(bound.term, &bound.set, bound.ceiling)))
}

/// Whether a rule somewhere says something of a support that no other rule of its layer could say there.
fn adds(statements: &Statements, boxes: &Outgrown<'_>, spoken: &Spoken<'_>, said: &Said) -> bool {
    let Some(aside) = spoken.ranking.exceptions.get(&said.rule) else { return false };
    let whole = |by: &Said| by.aside == Some(SetsAside::Everything);
    if said.grades.is_empty() || !statements.exceptions_from(said, spoken.support).all(whole) {
        return false;
    }
    let gives_way = said.grades.iter().any(|grade| {
        let mut others = statements.about(spoken.support).iter();
        others.any(|other| statements.gives_way(said.layer, other.layer) && other.displaces(grade))
    });
    sayings(said).filter(|saying| !gives_way || !matches!(saying, Saying::Grade(_))).any(|saying| {
        let others = spoken.sayers.get(&saying).into_iter().flatten().copied();
        let others: Vec<RuleId> = others.filter(|other| *other != said.rule).collect();
        let known = others.iter().all(|other| boxes.has(*other));
        let days = matches!(saying, Saying::Bound(..))
            && said.bounds.iter().any(|bound| bound.days != ValueSet::all());
        known && !days && boxes.reach(&[said.rule], aside.iter().chain(others)) == Ok(true)
    })
}

impl<'a> Spoken<'a> {
    fn of(model: &Model, statements: &'a Statements, support: SupportId) -> Option<Self> {
        let own = |said: &&Said| said.layer == statements.own() && said.has_part();
        if !statements.about(support).iter().any(|said| own(&said)) {
            return None;
        }
        let ranking = Ranking::of(statements, support);
        let mut sayers: BTreeMap<Saying<'_>, Vec<RuleId>> = BTreeMap::new();
        for said in statements.about(support).iter().filter(own) {
            sayings(said).for_each(|saying| sayers.entry(saying).or_default().push(said.rule));
        }
        let list = list(model, statements, support, &ranking);
        Some(Spoken { support, ranking, sayers, list })
    }

    /// Whether a row of the list could be taken out, and who then says what it says: wherever it is the first row that
    /// applies, the next one says the same.
    fn superfluous(
        &self,
        model: &Model,
        boxes: &Outgrown<'_>,
        said: &Said,
    ) -> Result<Option<BTreeSet<RuleId>>, NotProven> {
        let list = self.list.as_ref().ok_or(NotProven)?;
        let at = list.iter().position(|row| row.rule == said.rule).ok_or(NotProven)?;
        if !list.iter().all(|row| boxes.has(row.rule)) {
            return Err(NotProven);
        }
        let rules = |rows: &[&Said]| rows.iter().map(|row| row.rule).collect::<Vec<RuleId>>();
        let (before, behind) = (rules(&list[..at]), &list[at + 1..]);
        if !boxes.reach(&[said.rule], before.iter().copied())? {
            // it is never heard: that is told as such
            return Ok(None);
        }
        if boxes.reach(&[said.rule], before.iter().copied().chain(rules(behind)))? {
            return Ok(None);
        }
        let mut by = BTreeSet::new();
        for (between, row) in behind.iter().enumerate() {
            let others = before.iter().copied().chain(rules(&behind[..between]));
            if boxes.reach(&[said.rule, row.rule], others)? {
                if !is_alike(model, said, row) {
                    return Ok(None);
                }
                by.insert(row.rule);
            }
        }
        Ok(Some(by))
    }
}

/// The rules of a place's own layer on a support, if each row goes before all behind it and they say one grade each, all
/// with the same weight.
fn list<'a>(
    model: &Model,
    statements: &'a Statements,
    support: SupportId,
    ranking: &Ranking,
) -> Option<Vec<&'a Said>> {
    let own: Vec<&Said> =
        statements.about(support).iter().filter(|said| said.layer == statements.own()).collect();
    let mut before = RuleSet::empty();
    for said in &own {
        if ranking.exceptions.get(&said.rule) != Some(&before) || said.aside != Some(SetsAside::Everything) {
            return None;
        }
        before.push(said.rule);
    }
    let plain = |said: &&Said| {
        let rule = model.rule(said.rule);
        let [grade] = &said.grades[..] else { return false };
        grade.distance == 0
            && said.preconditions.is_empty()
            && rule.places.is_empty()
            && rule.responsible.is_none()
            && matches!(rule.deviable, Formula::Always | Formula::Never)
            && rule.effects.iter().all(|effect| effect.support == Some(support))
    };
    let excepts = |own: &&Said| {
        let mut others = statements.about(support).iter().filter(|said| said.layer != statements.own());
        others.any(|other| statements.exceptions_of(other.rule).contains(own.rule))
    };
    (own.iter().all(plain) && !own.iter().any(excepts)).then_some(own)
}

/// Whether two rows say the same.
fn is_alike(model: &Model, one: &Said, other: &Said) -> bool {
    let weight = |said: &Said| {
        let grades: BTreeSet<(Grade, bool)> =
            said.grades.iter().map(|grade| (grade.grade, grade.duty)).collect();
        let bounds: BTreeSet<_> = said
            .bounds
            .iter()
            .map(|bound| (bound.term, bound.days.clone(), bound.set.clone(), bound.ceiling))
            .collect();
        (grades, bounds, model.rule(said.rule).deviable == Formula::Always)
    };
    weight(one) == weight(other)
}
