//! Two neighbours are decided differently because a line between departments or tables runs between them.

use super::missing_basis::source_of;
use super::view::{name_rules, with_region};
use super::words::rule_label;
use super::{Card, tasks::Found};
use crate::diagram::{Diagrams, Leaves, NO, Node, NotProven, doubtful, tests_in, unsettled};
use crate::evaluate::Case;
use crate::ground::{Diagnostic, Severity, Text, list, text};
use crate::model::{
    DATE, Domain, FactId, Formula, Grade, Model, Profile, RuleId, RuleSet, SupportId, TermId, ValueSet,
};
use crate::verdict::{Grant, Layer, Part, Said, Statements, Verdict};
use std::collections::{BTreeMap, BTreeSet};

const NAME: &str = "jump-at-boundary";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "spring-ved-grænse",
        severity: Severity::Note,
        about: text!(
            en: "neighbours are decided differently because two departments or tables differ",
            da: "naboer afgøres forskelligt, fordi to afdelinger eller tabeller er forskellige"
        ),
        explanation: text!(
            en: "One department or table speaks up to a value of an ordered fact, another from the next value on, and \
                 they do not say the same: the citizen's support changes on a birthday. A difference may have good \
                 reasons; they are written with `fordi` in one of the rules, and then it is not told.",
            da: "Én afdeling eller tabel taler til og med en værdi af en ordnet oplysning, en anden fra den næste, og \
                 de siger ikke det samme: borgerens støtte skifter på en fødselsdag. En forskel kan have gode grunde; \
                 de skrives med `fordi` i en af reglerne, og så meldes den ikke."
        ),
        definition: text!(
            en: "Two citizens differ only in neighbouring values of one ordered fact; the layer \
                 decides a support otherwise for them, by two rules each of which reaches only one of \
                 them, of departments with nothing in common or of two tables, and neither rule has a \
                 `fordi`.",
            da: "To borgere adskiller sig kun ved naboværdier af én ordnet oplysning; laget afgør en \
                 støtte forskelligt for dem ved to regler, som hver kun når den ene, i afdelinger \
                 uden noget tilfælles eller i to tabeller, og ingen af reglerne har et `fordi`."
        ),
        sections: "12",
        reason: text!(
            en: "Equal cases are treated equally (lighedsgrundsætningen). A difference between neighbours on two \
                 sides of a birthday needs a reason that the law knows, and somebody may ask for it.",
            da: "Lige sager behandles lige (lighedsgrundsætningen). En forskel mellem naboer på hver sin side af en \
                 fødselsdag kræver en saglig grund, og nogen kan spørge efter den."
        ),
        example: include_str!("examples/jump-at-boundary.md"),
    }
}

/// Two neighbouring values of an ordered fact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Boundary {
    fact: FactId,
    below: i64,
    above: i64,
}

/// What one rule says up to a boundary, and another from there on.
type Pair<'a> = (&'a Said, &'a Said);

/// Whether the rules come from two departments or two tables.
fn are_apart(model: &Model, one: RuleId, other: RuleId) -> bool {
    let (one, other) = (model.rule(one), model.rule(other));
    let departments = !one.places.is_empty()
        && !other.places.is_empty()
        && !one.places.iter().any(|place| other.places.contains(place));
    let table = |rule| source_of(rule) != rule.name;
    departments || (table(one) && table(other) && source_of(one) != source_of(other))
}

/// What a rule gives, and on what terms.
type Gift<'a> = (BTreeSet<Grade>, BTreeSet<(TermId, &'a ValueSet, &'a ValueSet)>);

fn gift(said: &Said) -> Gift<'_> {
    let grades = said.grades.iter().map(|grade| grade.grade).collect();
    (grades, said.bounds.iter().map(|bound| (bound.term, &bound.days, &bound.set)).collect())
}

/// A rule that may stand on one side of a jump.
struct Sayer<'a> {
    said: &'a Said,
    /// its departments and its table, by number
    kind: usize,
    gift: Gift<'a>,
}

/// The rules of a municipality on a support, and which of their kinds are apart.
struct Sayers<'a> {
    own: Vec<Sayer<'a>>,
    apart: Vec<Vec<bool>>,
}

impl<'a> Sayers<'a> {
    fn of(model: &Model, statements: &'a Statements, support: SupportId) -> Self {
        let layer = statements.own();
        let speaks = |said: &&Said| {
            said.layer == layer && !said.grades.is_empty() && model.rule(said.rule).reason.is_none()
        };
        // rules of the same departments and the same table are not apart: one of each is asked
        let (mut kinds, mut first): (BTreeMap<_, usize>, Vec<RuleId>) = (BTreeMap::new(), Vec::new());
        let mut own = Vec::new();
        for said in statements.about(support).iter().filter(speaks) {
            let rule = model.rule(said.rule);
            let kind = *kinds.entry((source_of(rule), &rule.places)).or_insert_with(|| {
                first.push(said.rule);
                first.len() - 1
            });
            own.push(Sayer { said, kind, gift: gift(said) });
        }
        let apart = |one: usize, other: usize| one != other && are_apart(model, first[one], first[other]);
        let kinds = 0..first.len();
        let apart = kinds.clone().map(|one| kinds.clone().map(|other| apart(one, other)).collect()).collect();
        Sayers { own, apart }
    }

    /// Whether the two can make a jump.
    fn are_pair(&self, one: &Sayer<'_>, other: &Sayer<'_>) -> bool {
        self.apart[one.kind][other.kind] && one.gift != other.gift
    }

    /// Those of some rules that can make a jump with another one of them.
    fn paired<'s>(&'s self, among: impl Fn(&Sayer<'_>) -> bool) -> Vec<&'s Sayer<'a>> {
        let mut gifts: BTreeMap<usize, BTreeSet<&Gift<'_>>> = BTreeMap::new();
        for sayer in self.own.iter().filter(|sayer| among(sayer)) {
            gifts.entry(sayer.kind).or_default().insert(&sayer.gift);
        }
        let has_other = |sayer: &&Sayer<'_>| {
            gifts.iter().any(|(kind, gifts)| {
                self.apart[sayer.kind][*kind] && (gifts.len() > 1 || !gifts.contains(&sayer.gift))
            })
        };
        self.own.iter().filter(|sayer| among(sayer)).filter(has_other).collect()
    }
}

/// The boundaries at which one of these rules can begin or end.
fn boundaries(model: &Model, rules: &RuleSet) -> BTreeSet<Boundary> {
    let mut tests = Vec::new();
    for id in rules.iter() {
        let rule = model.rule(id);
        tests_in(model, &rule.when, &mut tests);
        for place in &rule.places {
            tests_in(model, &model.departments[place.index()].scope, &mut tests);
        }
    }
    let mut list = BTreeSet::new();
    for (fact, set) in tests {
        let domain = &model.facts[fact.index()].domain;
        if fact == DATE || matches!(domain, Domain::YesNo | Domain::List { ordered: false, .. }) {
            continue;
        }
        let Some((least, greatest)) = domain.all().bounds() else { continue };
        for cut in set.ranges().iter().flat_map(|(low, high)| [*low, high.saturating_add(1)]) {
            if cut <= least || cut > greatest {
                continue;
            }
            // the last value that can be written below the cut, and the first from it on
            let ends = domain.written(least, cut - 1).zip(domain.written(cut, greatest));
            list.extend(ends.map(|((_, below), (above, _))| Boundary { fact, below, above }));
        }
    }
    list
}

/// Whether a condition asks the fact of a boundary.
fn asks_one_of(model: &Model, formula: &Formula, boundaries: &BTreeSet<Boundary>) -> bool {
    let mut tests = Vec::new();
    tests_in(model, formula, &mut tests);
    tests.iter().any(|(fact, _)| boundaries.iter().any(|boundary| boundary.fact == *fact))
}

/// Whether two neighbours are decided differently.
fn is_jump(one: &Verdict, other: &Verdict) -> bool {
    let terms: BTreeSet<_> = one.terms.keys().chain(other.terms.keys()).collect();
    let differs = terms.into_iter().any(|term| one.term(*term) != other.term(*term));
    one.grant() != other.grant() || (one.grant().is_granted() && differs)
}

/// The supports of a municipality on which a jump is possible.
pub(crate) fn supports(model: &Model, statements: &Statements) -> Vec<SupportId> {
    if statements.own() == Layer::Law {
        return Vec::new();
    }
    let possible = |id: &SupportId| {
        let support = &model.supports[id.index()];
        !support.is_kind
            && support.is_given()
            && !Sayers::of(model, statements, *id).paired(|_| true).is_empty()
    };
    statements.judged.iter().copied().filter(possible).collect()
}

/// Looks at one support of a municipality.
pub(crate) fn find(
    model: &Model,
    statements: &Statements,
    support: SupportId,
    budget: u64,
) -> Result<Vec<Found>, NotProven> {
    let layer = statements.own();
    let sayers = Sayers::of(model, statements, support);
    let in_doubt = doubtful(model, statements, support);
    let heard = statements.about(support).iter().map(|said| said.rule);
    let rules: Vec<RuleId> = heard.chain(in_doubt.iter().copied()).collect();
    let boundaries = boundaries(model, &statements.closure(model, &rules, &[]).0);
    // both sides of a boundary become classes of their own
    let sides = boundaries.iter().flat_map(|b| [(b.fact, b.below), (b.fact, b.above)]);
    let sides: Vec<Formula> =
        sides.map(|(fact, value)| Formula::Test(fact, ValueSet::range(value, value))).collect();
    // whether the neighbour exists turns on what an assumption ties to the boundary's fact
    let ties = model.assumptions.iter().map(|assumption| &assumption.formula);
    let ties = ties.filter(|formula| asks_one_of(model, formula, &boundaries));
    let asked: Vec<&Formula> = sides.iter().chain(ties).collect();
    let mut diagrams = Diagrams::new(model, statements, &rules, &asked, budget)?;
    diagrams.prepare(support)?;
    let unsettled = unsettled(&mut diagrams, &in_doubt)?;
    let settled = diagrams.store.without(diagrams.possible, unsettled)?;
    let mut leaves = Leaves::new();
    let verdict = diagrams.verdict(layer, support, &mut leaves)?;
    let mut active: BTreeMap<RuleId, (Node, Vec<usize>)> = BTreeMap::new();
    for said in sayers.paired(|_| true).into_iter().map(|sayer| sayer.said) {
        let node = diagrams.active(said, Part::Grade, support)?;
        active.insert(said.rule, (node, diagrams.store.asked_in(node)));
    }
    let mut found = Vec::new();
    for boundary in boundaries {
        let at = diagrams.space.position(boundary.fact).unwrap_or_default();
        // a rule that does not ask the fact reaches both neighbours or neither
        let asks = |said: &Said| active.get(&said.rule).is_some_and(|(_, asked)| asked.contains(&at));
        let near = sayers.paired(|sayer| asks(sayer.said));
        if near.is_empty() {
            continue;
        }
        let mut sides = Sides::new(&mut diagrams, boundary);
        let jump = sides.jump(verdict, settled, &leaves)?;
        if jump == NO {
            continue;
        }
        let (mut ending, mut beginning) = (Vec::new(), Vec::new());
        for sayer in near {
            let (ends, begins) = sides.ends_and_begins(active[&sayer.said.rule].0)?;
            ending.extend((ends != NO).then_some((sayer, ends)));
            beginning.extend((begins != NO).then_some((sayer, begins)));
        }
        let (mut region, mut between) = (NO, Vec::new());
        for (one, ends) in ending {
            for (other, begins) in beginning.iter().filter(|(other, _)| sayers.are_pair(one, other)) {
                let both = sides.diagrams.store.and(ends, *begins)?;
                let here = sides.diagrams.store.and(both, jump)?;
                if here != NO {
                    region = sides.diagrams.store.or(region, here)?;
                    between.push((one.said, other.said));
                }
            }
        }
        if region == NO {
            continue;
        }
        let here = Formula::Test(boundary.fact, ValueSet::range(boundary.below, boundary.below));
        let here = diagrams.formula(&here)?;
        let region = diagrams.store.and(region, here)?;
        let Some(witness) = diagrams.witness(region)? else { continue };
        let diagnostic = tell(model, statements, (layer, support), boundary, &between, &witness);
        found.push(with_region(&mut diagrams, diagnostic, region, |case| {
            is_confirmed(case, (layer, support), boundary, &between)
        })?);
    }
    if diagrams.truncated {
        found.push(Found::More);
    }
    Ok(found)
}

/// The diagrams seen from both sides of a boundary; no answer asks the boundary's fact any more.
struct Sides<'d, 'a> {
    diagrams: &'d mut Diagrams<'a>,
    at: usize,
    below: usize,
    above: usize,
}

impl<'d, 'a> Sides<'d, 'a> {
    fn new(diagrams: &'d mut Diagrams<'a>, boundary: Boundary) -> Self {
        let at = diagrams.space.position(boundary.fact).unwrap_or_default();
        let class = |value: i64| {
            let classes = &diagrams.space.dimensions[at].classes;
            classes.iter().position(|class| class.contains(value)).unwrap_or_default()
        };
        let (below, above) = (class(boundary.below), class(boundary.above));
        Sides { diagrams, at, below, above }
    }

    fn both(&mut self, node: Node) -> Result<(Node, Node), NotProven> {
        let below = self.diagrams.store.fix(node, self.at, self.below)?;
        Ok((below, self.diagrams.store.fix(node, self.at, self.above)?))
    }

    /// Where both neighbours exist, no rule with an error may speak to them, and they are decided differently.
    fn jump(&mut self, verdict: Node, settled: Node, leaves: &Leaves) -> Result<Node, NotProven> {
        let (below, above) = self.both(verdict)?;
        let differ = &mut |one, other| u32::from(is_jump(leaves.get(one), leaves.get(other)));
        let jump = self.diagrams.store.zip(below, above, differ)?;
        let (below, above) = self.both(settled)?;
        let exist = self.diagrams.store.and(below, above)?;
        self.diagrams.store.and(jump, exist)
    }

    /// Where something holds below the boundary and not above it, and the other way.
    fn ends_and_begins(&mut self, node: Node) -> Result<(Node, Node), NotProven> {
        let (below, above) = self.both(node)?;
        Ok((self.diagrams.store.without(below, above)?, self.diagrams.store.without(above, below)?))
    }
}

fn beyond(profile: &Profile, boundary: Boundary) -> Profile {
    let mut neighbour = profile.clone();
    neighbour.0[boundary.fact.index()] = boundary.above;
    neighbour
}

fn is_confirmed(
    case: &Case<'_>,
    (layer, support): (Layer, SupportId),
    boundary: Boundary,
    pairs: &[Pair<'_>],
) -> bool {
    let neighbour = beyond(case.profile, boundary);
    let other = Case::new(case.model, case.statements, &neighbour);
    let active = |case: &Case<'_>, said: &Said| case.is_active(said, Part::Grade, support);
    other.exists()
        && is_jump(&case.verdict(layer, support), &other.verdict(layer, support))
        && pairs.iter().any(|(ends, begins)| {
            active(case, ends) && !active(&other, ends) && !active(case, begins) && active(&other, begins)
        })
}

fn tell(
    model: &Model,
    statements: &Statements,
    (layer, support): (Layer, SupportId),
    boundary: Boundary,
    pairs: &[Pair<'_>],
    witness: &Profile,
) -> Diagnostic {
    let neighbour = beyond(witness, boundary);
    let verdict = |profile| Case::new(model, statements, profile).verdict(layer, support);
    let (one, other) = (verdict(witness), verdict(&neighbour));
    let (name, fact) = (&model.supports[support.index()].name, &model.facts[boundary.fact.index()]);
    let (low, high) = (fact.domain.spell_bare(boundary.below), fact.domain.spell_bare(boundary.above));
    let asked = &fact.name;
    let between = text!(en: "between `{asked}` {low} and {high}", da: "mellem `{asked}` {low} og {high}");
    let terms = changed_terms(&one, &other);
    let message = message(model, name, &between, (one.grant(), other.grant()), &terms);
    let mut diagnostic = Diagnostic::new(NAME, Severity::Note, message).about(asked);
    diagnostic.support = Some(name.clone());
    if let Layer::Module(module) = layer {
        diagnostic.module = Some(model.modules[module.index()].name.clone());
    }
    let mut seen = BTreeSet::new();
    for said in pairs.iter().map(|(one, _)| one).chain(pairs.iter().map(|(_, other)| other)) {
        if !seen.insert(said.rule) {
            continue;
        }
        let span = said.grades.first().map_or(model.rule(said.rule).name_span, |grade| grade.span);
        diagnostic = diagnostic.label(span, rule_label(model, said.rule));
        for bound in said.bounds.iter().filter(|bound| terms.contains(&bound.term)) {
            // in a sentence the term stands beside its value, in a cell it does not
            if !(span.start <= bound.span.start && bound.span.end <= span.end) {
                let term = &model.terms[bound.term.index()].name;
                diagnostic = diagnostic.label(bound.span, Text::same(format!("`{term}`")));
            }
        }
    }
    name_rules(model, &mut diagnostic, seen);
    diagnostic.help(text!(
        en: "write the same in both, or write with `fordi` what justifies the difference",
        da: "skriv det samme begge steder, eller skriv med `fordi`, hvad der begrunder forskellen"
    ))
}

/// The terms two neighbours have different values of.
fn changed_terms(one: &Verdict, other: &Verdict) -> Vec<TermId> {
    let terms: BTreeSet<TermId> = one.terms.keys().chain(other.terms.keys()).copied().collect();
    terms.into_iter().filter(|term| one.term(*term) != other.term(*term)).collect()
}

fn message(
    model: &Model,
    name: &str,
    between: &Text,
    (one, other): (Grant, Grant),
    terms: &[TermId],
) -> Text {
    let names: Vec<String> =
        terms.iter().map(|term| format!("`{}`", model.terms[term.index()].name)).collect();
    let names = list(&names);
    let (is, er) = if terms.len() == 1 { ("changes", "et") } else { ("change", "ene") };
    let (en, da) = (&between.en, &between.da);
    if one == other {
        return Text {
            en: format!("{} for `{name}` {is} {en}, and no reason is written", names.en),
            da: format!("vilkår{er} {} for `{name}` skifter {da}, og ingen begrundelse er skrevet", names.da),
        };
    }
    let (from, to) = (grant_in_words(one), grant_in_words(other));
    let (also_en, also_da) = if terms.is_empty() {
        (", and".to_owned(), ", og".to_owned())
    } else {
        (
            format!(", and so {} {};", if terms.len() == 1 { "does" } else { "do" }, names.en),
            format!(", og {} skifter med;", names.da),
        )
    };
    Text {
        en: format!("`{name}` changes from {} to {} {en}{also_en} no reason is written", from.en, to.en),
        da: format!(
            "`{name}` skifter fra {} til {} {da}{also_da} ingen begrundelse er skrevet",
            from.da, to.da
        ),
    }
}

fn grant_in_words(grant: Grant) -> Text {
    match grant {
        Grant::Forbidden => Text::same(format!("`{}`", Grade::MustNot.word())),
        Grant::None => text!(en: "nothing", da: "intet"),
        Grant::May => Text::same(format!("`{}`", Grade::May.word())),
        Grant::Right => Text::same(format!("`{}`", Grade::Right.word())),
        Grant::Must => Text::same(format!("`{}`", Grade::Must.word())),
    }
}
