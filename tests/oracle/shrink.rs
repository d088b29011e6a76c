//! A failing policy made small: leave things out as long as it still fails.

use super::matrices::Matrix;
use super::policy::{Clauses, Cond, DATE, Deviable, Domain, EffectKind, Item, Policy, Speaker};
use super::policy::{Effect, Row, Sort, Support};
use super::{tasks, text};
use std::collections::BTreeSet;

/// The smallest policy found that still fails.
pub(crate) fn smallest(policy: &Policy, fails: impl Fn(&Policy) -> bool) -> Policy {
    let mut best = policy.clone();
    loop {
        let mut places = Places(Vec::new());
        places.visit(&best);
        let smaller = places.0.iter().find_map(|change| {
            let mut candidate = best.clone();
            change(&mut candidate);
            tidy(&mut candidate);
            let shorter = text::whole(&candidate).len() < text::whole(&best).len();
            (shorter && is_sound(&candidate) && fails(&candidate)).then_some(candidate)
        });
        match smaller {
            Some(candidate) => best = candidate,
            None => return best,
        }
    }
}

type Change = Box<dyn Fn(&mut Policy)>;
type CondAt = std::rc::Rc<dyn Fn(&mut Policy) -> Option<&mut Cond>>;

/// Everything that can be left out of a policy, the largest first.
struct Places(Vec<Change>);

impl Places {
    fn push(&mut self, change: impl Fn(&mut Policy) + 'static) {
        self.0.push(Box::new(change));
    }

    fn visit(&mut self, policy: &Policy) {
        for at in 0..policy.items.len() {
            self.push(move |policy| drop(policy.items.remove(at)));
        }
        for at in 0..policy.assumptions.len() {
            self.push(move |policy| drop(policy.assumptions.remove(at)));
        }
        self.push_if(policy.scope.is_some(), |policy| policy.scope = None);
        self.push_if(policy.trial.is_some(), |policy| silence(policy, Speaker::Trial));
        self.push_if(policy.region.is_some(), |policy| silence(policy, Speaker::Region));
        self.push_if(policy.home.is_some(), |policy| silence(policy, Speaker::Home));
        let towns = policy.trial.as_ref().map_or(0, |trial| trial.towns.len());
        for at in 0..towns {
            self.push(move |policy| policy.trial.iter_mut().for_each(|trial| trial.towns.truncate(at)));
        }
        self.push_if(policy.guide, |policy| silence(policy, Speaker::Guide));
        for at in 0..policy.performed.len() {
            self.push(move |policy| drop(policy.performed.remove(at)));
            self.push_if(policy.performed[at].valid.is_some(), move |policy| {
                policy.performed[at].valid = None
            });
        }
        self.push_if(policy.order, |policy| policy.order = false);
        self.push_if(!policy.adopted.is_empty(), |policy| policy.adopted.clear());
        let words = &policy.words;
        self.push_if(!words.excludes.is_empty(), |policy| policy.words.excludes.clear());
        self.push_if(!words.replaces.is_empty(), |policy| policy.words.replaces.clear());
        self.push_if(!words.supplements.is_empty(), |policy| policy.words.supplements.clear());
        self.push_if(!words.matches.is_empty(), |policy| policy.words.matches.clear());
        self.push_if(!words.undecided.is_empty(), |policy| policy.words.undecided.clear());
        self.push_if(words.successor.is_some(), |policy| policy.words.successor = None);
        self.push_if(!words.silent.is_empty(), |policy| policy.words.silent.clear());
        self.push_if(words.late.is_some(), |policy| policy.words.late = None);
        self.push_if(!words.ceilings.is_empty(), |policy| policy.words.ceilings.clear());
        for at in 0..policy.departments.len() {
            self.push(move |policy| drop_department(policy, at));
        }
        self.push_if(!policy.law_editions.is_empty(), |policy| policy.law_editions.clear());
        self.push_if(!policy.other_law_editions.is_empty(), |policy| policy.other_law_editions.clear());
        self.push_if(!policy.source_editions.is_empty(), |policy| policy.source_editions.clear());
        for at in 0..policy.items.len() {
            self.item(&policy.items[at], at);
        }
        for at in 1..policy.facts.len() {
            self.push(move |policy| drop_fact(policy, at));
        }
        let declared = |support: &Support| !matches!(support.sort, Sort::Pair(..));
        for at in 0..policy.supports.iter().filter(|support| declared(support)).count() {
            self.push(move |policy| drop_support(policy, at));
            let parent = policy.supports[at].parent.is_some();
            self.push_if(parent, move |policy| policy.supports[at].parent = None);
        }
        self.push_if(policy.reference.is_some(), |policy| policy.reference = None);
        for at in 0..policy.successors.len() {
            self.push(move |policy| {
                policy.successors.remove(at);
            });
        }
        self.push_if(policy.window.0 < policy.window.1, |policy| {
            policy.window.1 -= 1;
            policy.facts[DATE].domain = Domain::Date { low: policy.window.0, high: policy.window.1 };
        });
        for (at, (_, scope)) in policy.departments.iter().enumerate() {
            self.optional_cond(scope.as_ref(), move |policy| &mut policy.departments[at].1);
        }
        if let Some((cond, kinds)) = &policy.scope {
            self.cond(cond, std::rc::Rc::new(|policy| Some(&mut policy.scope.as_mut()?.0)));
            for at in 0..kinds.len() {
                self.push(move |policy| policy.scope.iter_mut().for_each(|scope| scope.1.truncate(at)));
            }
        }
        for (at, assumption) in policy.assumptions.iter().enumerate() {
            self.optional_cond(assumption.when.as_ref(), move |policy| &mut policy.assumptions[at].when);
            self.cond(
                &assumption.then,
                std::rc::Rc::new(move |policy| Some(&mut policy.assumptions[at].then)),
            );
        }
        for (at, (_, cond)) in policy.concepts.iter().enumerate() {
            self.cond(cond, std::rc::Rc::new(move |policy| Some(&mut policy.concepts[at].1)));
        }
        for at in 0..policy.facts.len() {
            self.push_if(policy.facts[at].typical.is_some(), move |policy| policy.facts[at].typical = None);
        }
    }

    fn push_if(&mut self, there: bool, change: impl Fn(&mut Policy) + 'static) {
        if there {
            self.push(change);
        }
    }

    fn item(&mut self, item: &Item, at: usize) {
        self.clauses(clauses_of(item), at);
        match item {
            Item::Rule(rule) => {
                for (number, effect) in rule.effects.iter().enumerate() {
                    self.push(move |policy| with_rule(policy, at, |effects| drop(effects.remove(number))));
                    self.effect(effect, at, number);
                }
            }
            Item::Matrix(matrix) => self.matrix(matrix, at),
            Item::Table(table) => {
                self.push_if(table.first_row_wins, move |policy| {
                    if let Item::Table(table) = &mut policy.items[at] {
                        table.first_row_wins = false;
                    }
                });
                for (number, row) in table.rows.iter().enumerate() {
                    self.row(row, at, number);
                }
            }
        }
    }

    fn clauses(&mut self, clauses: &Clauses, at: usize) {
        let there = |there: bool| there;
        self.push_if(clauses.valid.is_some(), move |policy| clauses_in(policy, at).valid = None);
        self.push_if(clauses.fault.is_some(), move |policy| clauses_in(policy, at).fault = None);
        self.push_if(clauses.responsible, move |policy| clauses_in(policy, at).responsible = false);
        self.push_if(clauses.deviable.is_some(), move |policy| clauses_in(policy, at).deviable = None);
        self.push_if(there(matches!(clauses.deviable, Some(Deviable(Some(_))))), move |policy| {
            clauses_in(policy, at).deviable = Some(Deviable(None));
        });
        for number in 0..clauses.places.len() {
            self.push(move |policy| clauses_in(policy, at).places.truncate(number));
        }
        for number in 0..clauses.exception_to.len() {
            self.push(move |policy| drop(clauses_in(policy, at).exception_to.remove(number)));
        }
        if clauses.basis.len() > 1 {
            self.push(move |policy| clauses_in(policy, at).basis.truncate(1));
        }
        self.optional_cond(clauses.when.as_ref(), move |policy| &mut clauses_in(policy, at).when);
    }

    fn effect(&mut self, effect: &Effect, at: usize, number: usize) {
        for target in 0..effect.targets.len() {
            self.push(move |policy| {
                with_rule(policy, at, |effects| {
                    effects[number].targets.remove(target);
                })
            });
        }
        for bound in 0..effect.bounds.len() {
            self.push(move |policy| {
                with_rule(policy, at, |effects| drop(effects[number].bounds.remove(bound)))
            });
        }
        match &effect.kind {
            EffectKind::Grade { duty, only_when, .. } => {
                self.push_if(only_when.is_some(), move |policy| {
                    with_rule(policy, at, |effects| {
                        if let EffectKind::Grade { only_when, .. } = &mut effects[number].kind {
                            *only_when = None;
                        }
                    });
                });
                self.push_if(*duty, move |policy| {
                    with_rule(policy, at, |effects| {
                        if let EffectKind::Grade { duty, .. } = &mut effects[number].kind {
                            *duty = false;
                        }
                    });
                });
            }
            EffectKind::Perform { at: inside, .. } => {
                for name in 0..inside.len() {
                    self.push(move |policy| {
                        with_rule(policy, at, |effects| {
                            if let EffectKind::Perform { at, .. } = &mut effects[number].kind {
                                at.remove(name);
                            }
                        });
                    });
                }
            }
            EffectKind::Precondition(_) | EffectKind::Terms | EffectKind::Lapses => {}
        }
    }

    fn row(&mut self, row: &Row, at: usize, number: usize) {
        self.push(move |policy| {
            if let Item::Table(table) = &mut policy.items[at] {
                table.rows.remove(number);
            }
        });
        let mut leave_out = |there: bool, change: fn(&mut Row)| {
            self.push_if(there, move |policy| with_row(policy, at, number, change));
        };
        leave_out(row.targets.len() > 1, |row| row.targets.truncate(1));
        leave_out(row.targets.len() > 1, |row| row.targets = row.targets.split_off(1));
        leave_out(!row.bounds.is_empty(), |row| row.bounds.truncate(row.bounds.len() - 1));
        leave_out(row.bounds.len() > 1, |row| row.bounds = row.bounds.split_off(1));
        leave_out(!row.tests.is_empty(), |row| row.tests.clear());
        leave_out(!row.basis.is_empty(), |row| row.basis.clear());
        leave_out(row.valid.is_some(), |row| row.valid = None);
        leave_out(row.when.is_some(), |row| row.when = None);
        for smaller in row.when.iter().flat_map(smaller_conds) {
            self.push(move |policy| with_row(policy, at, number, |row| row.when = Some(smaller.clone())));
        }
    }

    fn matrix(&mut self, matrix: &Matrix, at: usize) {
        let mut change = |change: Box<dyn Fn(&mut Matrix)>| {
            self.push(move |policy| {
                if let Item::Matrix(matrix) = &mut policy.items[at] {
                    change(matrix);
                }
            });
        };
        for row in 0..matrix.rows.len() {
            change(Box::new(move |matrix| drop(matrix.rows.remove(row))));
            for column in 0..matrix.columns.len() {
                change(Box::new(move |matrix| matrix.rows[row].cells[column] = None));
            }
        }
        for at in 0..matrix.columns.len() {
            change(Box::new(move |matrix| matrix.drop_column(at)));
            change(Box::new(move |matrix| matrix.columns[at].targets.truncate(1)));
            change(Box::new(move |matrix| matrix.columns[at].when = None));
            change(Box::new(move |matrix| matrix.columns[at].basis.clear()));
            change(Box::new(move |matrix| matrix.columns[at].valid = None));
        }
    }

    fn optional_cond(
        &mut self,
        cond: Option<&Cond>,
        place: impl for<'p> Fn(&'p mut Policy) -> &'p mut Option<Cond> + Copy + 'static,
    ) {
        if let Some(cond) = cond {
            self.push(move |policy| *place(policy) = None);
            self.cond(cond, std::rc::Rc::new(move |policy| place(policy).as_mut()));
        }
    }

    /// A condition becomes one of its parts, or loses one.
    fn cond(&mut self, cond: &Cond, place: CondAt) {
        let mut replace = |with: Cond| {
            let place = place.clone();
            self.push(move |policy| {
                if let Some(cond) = place(policy) {
                    *cond = with.clone();
                }
            });
        };
        for smaller in smaller_conds(cond) {
            replace(smaller);
        }
    }
}

fn smaller_conds(cond: &Cond) -> Vec<Cond> {
    match cond {
        Cond::Not(inner) => {
            let deeper = smaller_conds(inner).into_iter().map(|part| Cond::Not(Box::new(part)));
            std::iter::once((**inner).clone()).chain(deeper).collect()
        }
        Cond::And(parts) | Cond::Or(parts) => {
            let same = |parts: Vec<Cond>| {
                if matches!(cond, Cond::And(_)) { Cond::And(parts) } else { Cond::Or(parts) }
            };
            let mut smaller = parts.clone();
            for at in 0..parts.len() {
                let mut fewer = parts.clone();
                fewer.remove(at);
                if fewer.len() > 1 {
                    smaller.push(same(fewer));
                }
                for part in smaller_conds(&parts[at]) {
                    let mut simpler = parts.clone();
                    simpler[at] = part;
                    smaller.push(same(simpler));
                }
            }
            smaller
        }
        _ => Vec::new(),
    }
}

fn clauses_of(item: &Item) -> &Clauses {
    match item {
        Item::Rule(rule) => &rule.clauses,
        Item::Table(table) => &table.clauses,
        Item::Matrix(matrix) => &matrix.clauses,
    }
}

fn clauses_in(policy: &mut Policy, at: usize) -> &mut Clauses {
    match &mut policy.items[at] {
        Item::Rule(rule) => &mut rule.clauses,
        Item::Table(table) => &mut table.clauses,
        Item::Matrix(matrix) => &mut matrix.clauses,
    }
}

fn with_rule(policy: &mut Policy, at: usize, change: impl Fn(&mut Vec<Effect>)) {
    if let Item::Rule(rule) = &mut policy.items[at] {
        change(&mut rule.effects);
    }
}

fn with_row(policy: &mut Policy, at: usize, number: usize, change: impl Fn(&mut Row)) {
    if let Item::Table(table) = &mut policy.items[at] {
        table.rows.get_mut(number).into_iter().for_each(change);
    }
}

/// A module is gone, and its rules with it.
fn silence(policy: &mut Policy, speaker: Speaker) {
    match speaker {
        Speaker::Trial => policy.trial = None,
        Speaker::Region => policy.region = None,
        Speaker::Guide => {
            policy.guide = false;
            policy.performed.clear();
        }
        _ => policy.home = None,
    }
    policy.items.retain(|item| match item {
        Item::Rule(rule) => rule.speaker != speaker,
        Item::Matrix(matrix) => matrix.speaker != speaker,
        Item::Table(_) => true,
    });
}

fn drop_department(policy: &mut Policy, gone: usize) {
    policy.departments.remove(gone);
    for at in 0..policy.items.len() {
        let places = &mut clauses_in(policy, at).places;
        places.retain(|place| *place != gone);
        places.iter_mut().filter(|place| **place > gone).for_each(|place| *place -= 1);
    }
}

/// Every condition and every use of a fact's number.
pub(crate) fn each_cond(policy: &mut Policy, change: &mut dyn FnMut(&mut Cond)) {
    policy.concepts.iter_mut().for_each(|(_, cond)| change(cond));
    for assumption in &mut policy.assumptions {
        assumption.when.iter_mut().for_each(&mut *change);
        change(&mut assumption.then);
    }
    policy.scope.iter_mut().for_each(|(cond, _)| change(cond));
    policy.departments.iter_mut().filter_map(|(_, cond)| cond.as_mut()).for_each(&mut *change);
    for at in 0..policy.items.len() {
        let clauses = clauses_in(policy, at);
        clauses.when.iter_mut().for_each(&mut *change);
        clauses.deviable.iter_mut().filter_map(|deviable| deviable.0.as_mut()).for_each(&mut *change);
        match &mut policy.items[at] {
            Item::Matrix(matrix) => {
                matrix.columns.iter_mut().filter_map(|column| column.when.as_mut()).for_each(&mut *change);
            }
            Item::Table(table) => {
                table.rows.iter_mut().filter_map(|row| row.when.as_mut()).for_each(&mut *change)
            }
            Item::Rule(rule) => {
                for effect in &mut rule.effects {
                    match &mut effect.kind {
                        EffectKind::Precondition(cond) | EffectKind::Grade { only_when: Some(cond), .. } => {
                            change(cond)
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}

/// The facts a condition names; with `gone` they are counted anew without it.
fn facts_of(cond: &mut Cond, used: &mut BTreeSet<usize>, gone: Option<usize>) {
    match cond {
        Cond::Test(fact, _) | Cond::Fact(fact) => {
            if gone.is_some_and(|gone| *fact > gone) {
                *fact -= 1;
            }
            used.insert(*fact);
        }
        Cond::Not(inner) => facts_of(inner, used, gone),
        Cond::And(parts) | Cond::Or(parts) => parts.iter_mut().for_each(|part| facts_of(part, used, gone)),
        Cond::Always | Cond::Concept(_) | Cond::Decided(..) => {}
    }
}

fn drop_fact(policy: &mut Policy, gone: usize) {
    let mut used = BTreeSet::new();
    each_cond(policy, &mut |cond| facts_of(cond, &mut used, None));
    let rows = |item: &Item| match item {
        Item::Table(table) => {
            table.rows.iter().flat_map(|row| row.tests.iter().map(|(fact, _)| *fact)).collect()
        }
        Item::Matrix(matrix) => vec![matrix.fact],
        Item::Rule(_) => Vec::new(),
    };
    used.extend(policy.items.iter().flat_map(rows));
    used.extend(policy.words.late.map(|(fact, _)| fact));
    if used.contains(&gone) {
        return;
    }
    policy.facts.remove(gone);
    policy.words.late.iter_mut().filter(|(fact, _)| *fact > gone).for_each(|(fact, _)| *fact -= 1);
    each_cond(policy, &mut |cond| facts_of(cond, &mut used, Some(gone)));
    for item in &mut policy.items {
        if let Item::Table(table) = item {
            let tests = table.rows.iter_mut().flat_map(|row| row.tests.iter_mut());
            tests.filter(|(fact, _)| *fact > gone).for_each(|(fact, _)| *fact -= 1);
        }
        if let Item::Matrix(matrix) = item {
            matrix.fact -= usize::from(matrix.fact > gone);
        }
    }
}

/// A condition and everything in it.
pub(super) fn each_part(cond: &mut Cond, change: &mut dyn FnMut(&mut Cond)) {
    change(cond);
    match cond {
        Cond::Not(inner) => each_part(inner, change),
        Cond::And(parts) | Cond::Or(parts) => parts.iter_mut().for_each(|part| each_part(part, change)),
        _ => {}
    }
}

fn drop_support(policy: &mut Policy, gone: usize) {
    policy.supports.retain(|support| !matches!(support.sort, Sort::Pair(..)));
    if policy.supports.iter().any(|support| support.parent == Some(gone)) {
        return;
    }
    let mut asked = false;
    each_cond(policy, &mut |cond| {
        each_part(cond, &mut |part| asked |= matches!(part, Cond::Decided(s, _) if *s == gone))
    });
    if asked {
        return;
    }
    each_cond(policy, &mut |cond| {
        each_part(cond, &mut |part| match part {
            Cond::Decided(support, _) if *support > gone => *support -= 1,
            _ => {}
        });
    });
    let drop_from = |targets: &mut Vec<usize>| {
        targets.retain(|target| *target != gone);
        targets.iter_mut().filter(|target| **target > gone).for_each(|target| *target -= 1);
    };
    policy.supports.remove(gone);
    policy.words.forget(gone);
    let parents = policy.supports.iter_mut().filter_map(|support| support.parent.as_mut());
    parents.filter(|parent| **parent > gone).for_each(|parent| *parent -= 1);
    for support in &mut policy.supports {
        if let Sort::Task(belongs) = &mut support.sort {
            *belongs = belongs.filter(|kind| *kind != gone).map(|kind| kind - usize::from(kind > gone));
        }
    }
    for offer in &mut policy.performed {
        drop_from(&mut offer.delivers);
        drop_from(&mut offer.performs);
    }
    policy.performed.retain(|offer| !offer.delivers.is_empty() && !offer.performs.is_empty());
    policy.scope.iter_mut().for_each(|(_, kinds)| drop_from(kinds));
    for item in &mut policy.items {
        match item {
            Item::Rule(rule) => {
                for effect in &mut rule.effects {
                    drop_from(&mut effect.targets);
                    if let EffectKind::Perform { at, .. } = &mut effect.kind {
                        drop_from(at);
                    }
                }
            }
            Item::Matrix(matrix) => {
                matrix.columns.iter_mut().for_each(|column| drop_from(&mut column.targets))
            }
            Item::Table(table) => table.rows.iter_mut().for_each(|row| drop_from(&mut row.targets)),
        }
    }
}

/// Takes out what can no longer be said: names of things that are gone, and concepts no one uses.
pub(super) fn tidy(policy: &mut Policy) {
    tasks::pair_up(policy);
    let speakers = policy.speakers().into_iter();
    let mut names: BTreeSet<String> = speakers.map(|speaker| speaker.name().to_owned()).collect();
    for item in &policy.items {
        match item {
            Item::Rule(rule) => {
                names.insert(format!("{}.{}", rule.speaker.name(), rule.name));
            }
            Item::Matrix(matrix) => {
                names.insert(format!("{}.{}", matrix.speaker.name(), matrix.name));
                if matrix.is_sound() {
                    names.extend(matrix.rules(policy).into_iter().map(|rule| rule.name));
                }
            }
            Item::Table(table) => {
                names.insert(format!("{}.{}", Speaker::Town.name(), table.name));
                names.extend(
                    table
                        .rows
                        .iter()
                        .map(|row| format!("{}.{}.{}", Speaker::Town.name(), table.name, row.name)),
                );
            }
        }
    }
    for at in 0..policy.items.len() {
        clauses_in(policy, at).exception_to.retain(|path| names.contains(path));
    }
    let mut text = String::new();
    each_cond(policy, &mut |cond| text += &format!("{cond:?}"));
    while let Some(last) = policy.concepts.len().checked_sub(1) {
        if text.contains(&format!("Concept({last})")) {
            break;
        }
        policy.concepts.pop();
    }
}

/// The policy is one the language can say and the generator could have made.
pub(crate) fn is_sound(policy: &Policy) -> bool {
    let scope = policy.scope.as_ref().is_none_or(|(_, kinds)| !kinds.is_empty());
    let items = policy.items.iter().all(is_sound_item);
    let lives = || policy.profiles().iter().any(|profile| policy.exists(profile));
    scope && items && lives()
}

/// It says something, and what it says can be written.
pub(crate) fn is_sound_item(item: &Item) -> bool {
    match item {
        Item::Rule(rule) => {
            let said = |effect: &Effect| match effect.kind {
                EffectKind::Lapses => !rule.clauses.exception_to.is_empty(),
                EffectKind::Terms => !effect.targets.is_empty() && !effect.bounds.is_empty(),
                _ => !effect.targets.is_empty(),
            };
            !rule.effects.is_empty() && rule.effects.iter().all(said)
        }
        Item::Matrix(matrix) => matrix.is_sound(),
        Item::Table(table) => {
            !table.rows.is_empty()
                && table
                    .rows
                    .iter()
                    .all(|row| !row.targets.is_empty() && (row.grade.is_some() || !row.bounds.is_empty()))
        }
    }
}
