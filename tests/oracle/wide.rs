//! A second family of policies: fewer rules of the first kind, and beside them matrices, tasks, a vejledning and what a
//! leverandør performs.

use super::checks;
use super::generate::{self, Generator};
use super::layers::runs_in_a_circle;
use super::policy::{Cond, Item, Policy, Sort, Speaker};
use super::random::Random;
use super::{chores, compare, graphs, overviews, setting, shown, shrink, tasks, text};

/// Fired by this family only.
pub(crate) const CHECKS: [&str; 1] = ["against-guidance"];

/// The policy of a seed.
pub(crate) fn policy(seed: u64) -> Policy {
    let mut random = Random::new(seed ^ 0x0077_1de0);
    let mut policy = generate::policy(seed ^ 0x5eed_0077);
    policy.items.retain(|_| random.chance(55));
    // what lost its bases lapses nothing
    for _ in 0..3 {
        shrink::tidy(&mut policy);
        policy.items.retain(shrink::is_sound_item);
    }
    let mut generator = Generator { random, policy };
    let roll = generator.random.between(0, 9);
    if roll < 6 {
        generator.tasks();
    }
    if generator.random.chance(75) {
        generator.guide();
    }
    if roll > 4 {
        generator.matrices();
    }
    tasks::pair_up(&mut generator.policy);
    if generator.policy.items.is_empty() {
        generator.matrix(Speaker::Town, "m8");
    }
    if runs_in_a_circle(&generator.policy) {
        ask_nothing(&mut generator.policy);
    }
    if !generator.policy.items.is_empty() {
        generator.questions();
    }
    generator.policy
}

fn ask_nothing(policy: &mut Policy) {
    shrink::each_cond(policy, &mut |cond| {
        shrink::each_part(cond, &mut |part| {
            if matches!(part, Cond::Decided(..)) {
                *part = Cond::Always;
            }
        });
    });
}

fn policies() -> impl Iterator<Item = (u64, Policy)> {
    let (first, cases) = (setting("HJEMMEL_ORACLE_SEED", 0), setting("HJEMMEL_ORACLE_CASES", 400));
    (first..first + cases / 2).map(|seed| (seed, policy(seed)))
}

#[test]
fn wide_policies_have_of_everything() {
    let (mut cases, mut matrices, mut pairs, mut departures) = (0, 0, 0, 0);
    for (seed, policy) in policies() {
        assert!(shrink::is_sound(&policy), "seed {seed}:\n{}", text::whole(&policy));
        cases += 1;
        matrices += u64::from(policy.items.iter().any(|item| matches!(item, Item::Matrix(_))));
        pairs += u64::from(policy.supports.iter().any(|support| matches!(support.sort, Sort::Pair(..))));
        let fired = checks::expected(&policy, &policy.profiles()).fired();
        departures += u64::from(fired.contains("against-guidance"));
    }
    println!(
        "{cases} policies: {matrices} with a matrix, {pairs} with a pair, {departures} against guidance"
    );
    for (what, count) in [("matrices", matrices), ("pairs", pairs), ("against-guidance", departures)] {
        assert!(count * 20 >= cases, "{what} in less than 5 % of the policies");
    }
}

#[test]
fn every_check_of_matrices_tasks_and_guidances_finds_what_the_definition_says() {
    super::assert_no(policies(), compare::differences);
}

#[test]
fn every_decision_by_matrices_and_on_tasks_is_what_the_definition_says() {
    super::assert_no(policies(), |policy| {
        let mut found = compare::differences_in_decisions(policy, 12);
        found.extend(graphs::differences(policy, 20));
        found.extend(overviews::differences(policy));
        found
    });
}

#[test]
fn what_examples_claim_of_tasks_is_judged_as_the_definition_says() {
    let (mut failing, mut holding, mut shortest) = (0, 0, super::Shortest::new());
    for (seed, policy) in policies() {
        let (fail, hold) = chores::counted(&policy, seed);
        (failing, holding) = (failing + fail, holding + hold);
        let words = text::whole(&policy) + &chores::file(&policy, &chores::examples(&policy, seed));
        super::keep_shortest(&mut shortest, seed, chores::differences(&policy, seed), &words);
    }
    println!("{failing} examples of tasks fail, {holding} hold");
    assert!(shortest.is_empty(), "{}", super::shown(shortest));
    assert!(failing.min(holding) * 20 >= failing + holding, "seldom so");
}

#[test]
fn examples_of_tasks_written_out_hold_and_show_what_nothing_showed() {
    super::assert_no(policies(), shown::differences);
    let written = |policy: &Policy| compare::workspace(policy).coverage(true).map(|all| all.missing);
    let written: Vec<String> =
        policies().flat_map(|(_, policy)| written(&policy).unwrap_or_default()).collect();
    let of_tasks = written.iter().filter(|example| example.contains(" udføre ")).count();
    println!("{of_tasks} of {} examples written out are about tasks", written.len());
    assert!(of_tasks * 20 >= written.len(), "seldom so");
}

#[test]
fn examples_of_tasks_written_out_notice_the_changes_that_nothing_noticed() {
    // each policy has some fifty changes
    let few = setting("HJEMMEL_ORACLE_CASES", 400).div_ceil(8) as usize;
    super::assert_no(policies().take(few), shown::unnoticed);
}

impl Generator {
    fn matrices(&mut self) {
        let speakers = self.policy.speakers();
        for name in &["m8", "m9"][..self.random.between(1, 2)] {
            let speaker = if self.random.chance(65) { Speaker::Town } else { *self.random.pick(&speakers) };
            self.matrix(speaker, name);
        }
    }
}
