//! A duty that cannot be met, and no other law that takes the citizen in.

use super::cause::Group;
use super::contradiction;
use super::view::{Statement, View, is_replaced, name_rules, with_region};
use super::words::{grades_of, label_group, rule_label};
use super::{Card, tasks::Found};
use crate::diagram::{Leaves, NO, Node, NotProven};
use crate::evaluate::Case;
use crate::ground::{Diagnostic, Severity, Text, list, text};
use crate::model::{Grade, Model, ModuleId, RuleId, SupportId};
use crate::verdict::{Layer, Matter, Part, Said, SaidGrade, Statements, Verdict};
use std::collections::BTreeSet;

pub(super) const NAME: &str = "grey-zone";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "grå-zone",
        severity: Severity::Error,
        about: text!(
            en: "a support is due that cannot be given, and no other law takes the citizen in",
            da: "der er krav på en støtte, som ikke kan gives, og ingen anden lov tager over"
        ),
        explanation: text!(
            en: "Rules of one layer say skal or ret, a precondition of the same layer is not met, the layer says bør of a \
                 support under another law instead, and no other law gives these citizens anything: they fall between the \
                 laws. The same rules are then not told as a contradiction.",
            da: "Regler i ét lag siger skal eller ret, en forudsætning i samme lag er ikke opfyldt, laget siger bør om en \
                 støtte efter en anden lov i stedet, og ingen anden lov giver disse borgere noget: de falder mellem lovene. \
                 De samme regler meldes så ikke som modstrid."
        ),
        definition: text!(
            en: "On a support, in one layer: a ret or skal that may not be departed from stands, a \
                 precondition fails, no må ikke stands; the layer says bør of another support and \
                 cites another law; nothing that replaces the support is as good; and no other law \
                 grants anything.",
            da: "Om en støtte, i ét lag: et ret eller skal, der ikke kan fraviges, står, en \
                 forudsætning er ikke opfyldt, intet må ikke står; laget siger bør om en anden støtte \
                 med hjemmel i en anden lov; intet, der erstatter støtten, er lige så godt; og ingen \
                 anden lov giver noget."
        ),
        sections: "12",
        reason: text!(
            en: "Help must be considered under every statute it may be given by (retssikkerhedsloven § 5). To point \
                 to another law that does not give it is to leave the citizen between two authorities.",
            da: "Hjælp skal behandles efter alle de love, den kan gives efter (retssikkerhedsloven § 5). At henvise \
                 til en anden lov, der ikke giver den, er at lade borgeren stå mellem to forvaltninger."
        ),
        example: include_str!("examples/grey-zone.md"),
    }
}

fn is_due(grade: Grade) -> bool {
    matches!(grade, Grade::Right | Grade::Must)
}

fn is_granting(grade: &&SaidGrade) -> bool {
    matches!(grade.grade, Grade::May | Grade::Right | Grade::Must)
}

/// Due and blocked, and not refused as well: a refusal is a contradiction of its own.
fn is_stuck(verdict: &Verdict) -> bool {
    verdict.members.is_none() && verdict.blocked && verdict.is_firmly_due() && !verdict.stands(Grade::MustNot)
}

/// What a rule rests on: the module it stands in and those it cites.
fn sources(model: &Model, id: RuleId) -> impl Iterator<Item = ModuleId> + '_ {
    let rule = model.rule(id);
    rule.basis.iter().map(|citation| citation.source).chain([rule.module])
}

/// The other lov, and who points to them: a lov that no rule which makes the support due stands in or cites.
pub(crate) struct Neighbours<'a> {
    helping: Vec<(SupportId, &'a Said, &'a SaidGrade)>,
    /// rules of the layer that recommend another support and rest on such a lov: they point to it
    pointing: Vec<(SupportId, &'a Said)>,
    /// rules of such a lov with an error in them: nobody knows what they give
    unreadable: Vec<RuleId>,
}

impl<'a> Neighbours<'a> {
    /// Nothing where the support cannot be due and blocked, or nobody points to another lov.
    pub(crate) fn of(model: &'a Model, statements: &'a Statements, support: SupportId) -> Option<Self> {
        let layer = statements.own();
        let own = || statements.about(support).iter().filter(move |said| said.layer == layer);
        let due = || own().filter(|said| said.grades.iter().any(|grade| is_due(grade.grade)));
        if due().next().is_none() || !own().any(|said| !said.preconditions.is_empty()) {
            return None;
        }
        let resting: BTreeSet<ModuleId> = due().flat_map(|said| sources(model, said.rule)).collect();
        let is_other = |id: RuleId| !resting.contains(&model.rule(id).module);
        let about = || {
            let judged = statements.judged.iter().filter(|id| model.supports[id.index()].is_given());
            judged.flat_map(|id| statements.about(*id).iter().map(move |said| (*id, said)))
        };
        let helping: Vec<_> = about()
            .filter(|(_, said)| said.layer == Layer::Law && is_other(said.rule))
            .flat_map(|(id, said)| said.grades.iter().filter(is_granting).map(move |grade| (id, said, grade)))
            .collect();
        if helping.is_empty() {
            return None;
        }
        let cites_other = |id: RuleId| {
            let cited = model.rule(id).basis.iter().map(|citation| citation.source);
            let is_law = |module: ModuleId| Layer::of_module(model, module) == Some(Layer::Law);
            cited.into_iter().any(|module| is_law(module) && !resting.contains(&module))
        };
        let recommends = |said: &Said| said.grades.iter().any(|grade| grade.grade == Grade::Should);
        let points = |said: &Said| said.layer == layer && recommends(said) && cites_other(said.rule);
        let pointing: Vec<_> = about().filter(|(id, said)| *id != support && points(said)).collect();
        if pointing.is_empty() {
            return None;
        }
        let of_law = |id: &RuleId| Layer::of(model, *id) == Some(Layer::Law);
        let unreadable = statements.place.rules(model).into_iter();
        let unreadable =
            unreadable.filter(|id| model.rule(*id).has_error && of_law(id) && is_other(*id)).collect();
        Some(Neighbours { helping, pointing, unreadable })
    }

    /// The rules whose facts the question turns on.
    pub(crate) fn rules(&self, statements: &Statements) -> Vec<RuleId> {
        let mut rules = self.unreadable.clone();
        let helping = self.helping.iter().map(|(support, _, _)| support);
        for support in helping.chain(self.pointing.iter().map(|(support, _)| support)) {
            for id in statements.with_members(*support) {
                rules.extend(statements.about(id).iter().map(|said| said.rule));
            }
        }
        rules
    }

    fn point(&self, case: &Case<'_>) -> bool {
        self.pointing.iter().any(|(support, said)| case.is_active(said, Part::Grade, *support))
    }

    fn help(&self, case: &Case<'_>) -> bool {
        self.helping.iter().any(|(support, said, grade)| {
            case.stands(said, grade, *support) && is_given(&case.verdict(Layer::Law, *support))
        })
    }
}

fn is_given(verdict: &Verdict) -> bool {
    verdict.grant().is_granted() && !verdict.is_contradicted(Matter::Grant)
}

/// The grey zone of a support in a layer.
pub(crate) fn region(view: &mut View<'_>, neighbours: &Neighbours<'_>) -> Result<Node, NotProven> {
    let mut region = view.own_where(is_stuck)?;
    let replaced = view.replaced(view.own)?;
    region = view.diagrams.store.without(region, replaced)?;
    let mut pointed = NO;
    for (support, said) in &neighbours.pointing {
        view.diagrams.prepare(*support)?;
        let active = view.diagrams.active(said, Part::Grade, *support)?;
        pointed = view.diagrams.store.or(pointed, active)?;
    }
    region = view.diagrams.store.and(region, pointed)?;
    for id in &neighbours.unreadable {
        let node = view.diagrams.would_apply(*id)?;
        region = view.diagrams.store.without(region, node)?;
    }
    for (support, said, grade) in &neighbours.helping {
        if region == NO {
            return Ok(NO);
        }
        view.diagrams.prepare(*support)?;
        let stands = view.diagrams.stands(said, grade, *support)?;
        let mut leaves = Leaves::new();
        let law = view.diagrams.verdict(Layer::Law, *support, &mut leaves)?;
        let given = view.diagrams.store.map(law, &mut |leaf| u32::from(is_given(leaves.get(leaf))))?;
        let helped = view.diagrams.store.and(stands, given)?;
        region = view.diagrams.store.without(region, helped)?;
    }
    Ok(region)
}

pub(crate) fn find(view: &mut View<'_>, neighbours: &Neighbours<'_>) -> Result<Vec<Found>, NotProven> {
    let zone = region(view, neighbours)?;
    if zone == NO {
        return Ok(Vec::new());
    }
    let statements = view.statements(view.layer)?;
    let (layer, support) = (view.layer, view.support);
    let mut found = Vec::new();
    for mut group in contradiction::blocked(view, &statements)? {
        let rest = view.diagrams.store.without(group.region, zone)?;
        group.region = view.diagrams.store.and(group.region, zone)?;
        if group.region != NO {
            let diagnostic = tell(view, neighbours, &group, &statements, rest != NO)?;
            found.push(with_region(&mut view.diagrams, diagnostic, group.region, |case| {
                is_stuck(&case.verdict(layer, support))
                    && !is_replaced(case, layer, layer, support)
                    && neighbours.point(case)
                    && !neighbours.help(case)
            })?);
        }
    }
    Ok(found)
}

/// `clashes_elsewhere`: the same rules cannot both hold for citizens whom another law helps either.
fn tell(
    view: &mut View<'_>,
    neighbours: &Neighbours<'_>,
    group: &Group,
    statements: &[Statement],
    clashes_elsewhere: bool,
) -> Result<Diagnostic, NotProven> {
    let (model, name) = (view.model(), view.name());
    let due = grades_of(group, statements).into_iter().filter(|grade| is_due(*grade));
    let due = list(&due.map(|grade| format!("`{}`", grade.word())).collect::<Vec<_>>());
    let message = Text {
        en: format!("`{name}` is due ({}) and cannot be given, and no other law takes over", due.en),
        da: format!(
            "der er krav på `{name}` ({}), som ikke kan gives, og ingen anden lov tager over",
            due.da
        ),
    };
    let mut diagnostic = view.diagnostic(NAME, Severity::Error, message);
    diagnostic = label_group(model, diagnostic, group, statements);
    for id in pointing(view, neighbours, group)? {
        let label = rule_label(model, id);
        let label = Text {
            en: format!("{}: recommends what another law does not give them", label.en),
            da: format!("{}: siger `bør` om det, en anden lov ikke giver dem", label.da),
        };
        diagnostic = diagnostic.label(model.rule(id).name_span, label);
        name_rules(model, &mut diagnostic, [id]);
    }
    Ok(diagnostic.help(if clashes_elsewhere {
        text!(
            en: "let the precondition not apply to these citizens, or write who helps them, and under which law; \
                 the same rules clash for those whom another law helps",
            da: "lad ikke forudsætningen gælde for disse borgere, eller skriv, hvem der hjælper dem, og efter hvilken \
                 lov; de samme regler er i modstrid for dem, en anden lov hjælper"
        )
    } else {
        text!(
            en: "let the precondition not apply to these citizens, or write who helps them, and under which law",
            da: "lad ikke forudsætningen gælde for disse borgere, eller skriv, hvem der hjælper dem, og efter hvilken lov"
        )
    }))
}

/// The rules that point some citizen of a grey zone to another lov.
fn pointing(
    view: &mut View<'_>,
    neighbours: &Neighbours<'_>,
    group: &Group,
) -> Result<BTreeSet<RuleId>, NotProven> {
    let mut rules = BTreeSet::new();
    for (support, said) in &neighbours.pointing {
        let active = view.diagrams.active(said, Part::Grade, *support)?;
        if view.diagrams.store.and(active, group.region)? != NO {
            rules.insert(said.rule);
        }
    }
    Ok(rules)
}
