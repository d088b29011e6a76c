//! The oracle: small random policies, every citizen of which is listed and judged by docs/semantics.md alone.
//!
//! In: seeds. Out: for each policy what every check should find, compared as sets of profiles with what the library
//! finds. Never true here: a look inside the library; only its public names are used, and the text it is given.
//! `HJEMMEL_ORACLE_CASES` sets the number of policies, `HJEMMEL_ORACLE_SEED` the first seed.

mod accepted;
mod asking;
mod causes;
mod checks;
mod chores;
mod compare;
mod conditions;
mod coverage;
mod differ;
mod edits;
mod examples;
mod generate;
mod graphs;
mod grey;
mod guidance;
mod held;
mod judge;
mod known;
mod layers;
mod matrices;
mod meant;
mod moved;
mod overviews;
mod pairs;
mod points;
mod policy;
mod populations;
mod promised;
mod promises;
mod questions;
pub(crate) mod random;
mod reasons;
mod region;
mod relations;
mod rules;
mod scenes;
mod sets;
mod shapes;
mod shown;
mod shrink;
mod slips;
mod tasks;
mod text;
mod trials;
mod vocabularies;
mod vocabulary;
mod why_not;
mod wide;
mod words;

use compare::Difference;
use policy::Policy;
use std::collections::{BTreeMap, BTreeSet};

/// A number from the environment.
pub(crate) fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn policies() -> impl Iterator<Item = (u64, Policy)> {
    let (first, cases) = (setting("HJEMMEL_ORACLE_SEED", 0), setting("HJEMMEL_ORACLE_CASES", 400));
    (first..first + cases).map(|seed| (seed, generate::policy(seed)))
}

/// The texts of all policies: the name of a file, and what stands in it.
pub(crate) fn generated() -> impl Iterator<Item = (&'static str, String)> {
    policies().flat_map(|(_, policy)| text::files(&policy))
}

/// The texts of the policy of a seed.
pub(crate) fn texts_of(seed: u64) -> Vec<(&'static str, String)> {
    text::files(&generate::policy(seed))
}

#[test]
fn every_check_fires_often_enough() {
    let mut fired: BTreeMap<&str, u64> =
        checks::CHECKS.iter().chain(&promised::CHECKS).map(|check| (*check, 0)).collect();
    fired.retain(|check, _| !wide::CHECKS.contains(check));
    let (mut cases, mut asking) = (0, 0);
    for (seed, policy) in policies() {
        cases += 1;
        asking += u64::from(rules::flatten(&policy).iter().any(|rule| !rule.asks().is_empty()));
        assert!(shrink::is_sound(&policy), "seed {seed}:\n{}", text::whole(&policy));
        for check in checks::expected(&policy, &policy.profiles()).fired() {
            *fired.entry(check).or_default() += 1;
        }
        for check in promised::fired(&policy, seed) {
            if promised::CHECKS.contains(&check) {
                *fired.entry(check).or_default() += 1;
            }
        }
    }
    println!("{asking} of {cases} policies ask what is decided; how often each check fired:");
    for (check, count) in &fired {
        println!("  {check:15} {count:5}  {:3} %", count * 100 / cases.max(1));
    }
    let rare: Vec<_> = fired.iter().filter(|(_, count)| **count * 20 < cases).collect();
    assert!(rare.is_empty(), "fired in less than 5 % of the policies: {rare:?}");
}

#[test]
fn every_check_finds_exactly_what_the_definition_says() {
    assert_no(policies(), compare::differences);
}

#[test]
fn every_decision_is_what_the_definition_says() {
    assert_no(policies(), |policy| compare::differences_in_decisions(policy, 16));
}

#[test]
fn every_reason_is_what_the_definition_says() {
    assert_no(policies(), |policy| reasons::differences(policy, 12));
}

#[test]
fn every_citizen_finds_their_decision_in_the_graph() {
    assert_no(policies(), |policy| graphs::differences(policy, 40));
}

#[test]
fn what_is_not_known_is_asked_as_the_definition_says() {
    assert_no(policies(), |policy| asking::differences(policy, 4));
}

#[test]
fn the_smallest_change_is_what_the_definition_says() {
    assert_no(policies(), |policy| why_not::differences(policy, 4));
}

#[test]
fn every_cell_of_an_overview_is_what_the_definition_says() {
    assert_no(policies(), overviews::differences);
}

#[test]
fn examples_written_out_hold_and_show_what_nothing_showed() {
    assert_no(policies(), shown::differences);
}

#[test]
fn examples_written_out_notice_the_changes_that_nothing_noticed() {
    // each policy has some fifty changes
    let few = setting("HJEMMEL_ORACLE_CASES", 400).div_ceil(8) as usize;
    assert_no(policies().take(few), shown::unnoticed);
}

#[test]
fn what_is_promised_sold_and_accepted_is_judged_as_the_definition_says() {
    assert_none_beside(|policy, seed| (promised::differences(policy, seed), promised::whole(policy, seed)));
}

#[test]
fn acceptances_take_what_the_definition_says() {
    let mut uses = accepted::Uses::new();
    assert_none_beside(|policy, seed| accepted::differences(policy, seed, &mut uses));
    let cases = setting("HJEMMEL_ORACLE_CASES", 400);
    println!("{cases} policies with acceptances, of which\n{uses:#?}");
    let rare: Vec<_> = uses.iter().filter(|(_, count)| **count * 20 < cases).collect();
    assert!(rare.is_empty() && uses.len() == 11, "seldom so: {rare:?} of {uses:?}");
}

#[test]
fn what_was_known_is_told_from_what_is_new() {
    let mut uses = known::Uses::new();
    assert_none_beside(|policy, seed| (known::differences(policy, seed, &mut uses), text::whole(policy)));
    let cases = setting("HJEMMEL_ORACLE_CASES", 400);
    println!("{cases} policies with something known, of which\n{uses:#?}");
    assert!(uses.len() == 5 && uses.values().all(|count| count * 10 > cases), "seldom so: {uses:?}");
}

#[test]
fn a_population_is_decided_as_each_of_its_citizens() {
    let mut uses = populations::Uses::new();
    assert_none_beside(|policy, seed| {
        (populations::differences(policy, seed, &mut uses), text::whole(policy))
    });
    println!("decided: {uses:#?}");
    for seen in ["excluded", "uafklaret", "modstrid", "skal", "ret", "kan", "må ikke", "nothing"] {
        assert!(uses.get(seen).is_some_and(|count| *count > 0), "never seen: {seen}");
    }
}

/// Policies whose citizens are few enough to be judged twice in each place.
fn small() -> impl Iterator<Item = (u64, Policy)> {
    let (first, cases) = (setting("HJEMMEL_ORACLE_SEED", 0), setting("HJEMMEL_ORACLE_CASES", 400));
    let some = |seed: u64| if seed % 4 == 3 { wide::policy(seed) } else { generate::policy(seed) };
    let all = (first..first + cases).map(move |seed| (seed, some(seed)));
    all.filter(|(_, policy)| policy.profiles().len() <= 300)
}

#[test]
fn what_changes_between_versions_is_what_the_definition_says() {
    let (mut uses, mut shortest, mut cases) = (differ::Uses::new(), Shortest::new(), 0);
    for (seed, policy) in small() {
        cases += 1;
        let found = differ::of_versions(&policy, seed, &mut uses);
        if !found.is_empty() {
            keep_shortest(&mut shortest, seed, found, &differ::whole(&policy, seed));
        }
    }
    println!("{cases} pairs of versions: {uses:#?}");
    let classes =
        ["Narrowed", "Gone", "Mixed", "Terms", "Widened", "New", "Basis", "days true", "days false"];
    assert!(classes.iter().all(|class| uses.contains_key(*class)), "never seen: {uses:?}");
    assert!(shortest.is_empty(), "{}", shown(shortest));
}

#[test]
fn what_a_place_means_is_what_the_definition_says() {
    let (mut uses, mut shortest) = (meant::Uses::new(), Shortest::new());
    for (seed, policy) in small() {
        keep_shortest(&mut shortest, seed, meant::of_tables(&policy, &mut uses), &text::whole(&policy));
    }
    println!("{uses:?}");
    assert!(shortest.is_empty(), "{}", shown(shortest));
    assert!(["excluded", "rows"].iter().all(|use_| uses.contains_key(use_)), "never seen: {uses:?}");
}

#[test]
fn hashes_are_equal_where_everybody_is_decided_alike_and_only_there() {
    let (mut uses, mut shortest) = (meant::Uses::new(), Shortest::new());
    for (seed, policy) in small() {
        let found = meant::of_hashes(&policy, seed, &mut uses);
        if !found.is_empty() {
            keep_shortest(&mut shortest, seed, found, &differ::whole(&policy, seed));
        }
    }
    println!("{uses:?}");
    assert!(shortest.is_empty(), "{}", shown(shortest));
    assert!(
        ["same", "other", "another change"].iter().all(|use_| uses.contains_key(use_)),
        "never seen: {uses:?}"
    );
}

#[test]
fn how_two_places_treat_twins_is_what_the_definition_says() {
    let (mut uses, mut shortest, mut cases) = (differ::Uses::new(), Shortest::new(), 0);
    for (seed, policy) in small() {
        cases += 1;
        let found = differ::of_places(&policy, seed, &mut uses);
        if !found.is_empty() {
            keep_shortest(&mut shortest, seed, found, &text::whole(&policy));
        }
    }
    println!("{cases} pairs of places: {uses:#?}");
    assert!(shortest.is_empty(), "{}", shown(shortest));
}

#[test]
fn words_that_are_alike_or_unused_are_what_the_definition_says() {
    let (first, cases) = (setting("HJEMMEL_ORACLE_SEED", 0), setting("HJEMMEL_ORACLE_CASES", 400));
    let mut fired: BTreeMap<&str, u64> = vocabularies::CHECKS.map(|check| (check, 0)).into_iter().collect();
    let mut shortest = Shortest::new();
    for seed in first..first + cases {
        let made = vocabularies::vocabulary(seed);
        let (differences, told) = vocabularies::differences(&made);
        told.into_iter().for_each(|check| *fired.entry(check).or_default() += 1);
        keep_shortest(&mut shortest, seed, differences, &made.whole());
    }
    println!("{fired:?} in {cases} vocabularies");
    assert!(shortest.is_empty(), "{}", shown(shortest));
    assert!(fired.values().all(|count| count * 20 >= cases), "fired in less than 5 %: {fired:?}");
}

type Shortest = BTreeMap<String, (u64, String, String)>;

fn keep_shortest(shortest: &mut Shortest, seed: u64, differences: Vec<Difference>, text: &str) {
    for difference in differences {
        let shorter = shortest.get(&difference.kind).is_none_or(|(_, _, known)| text.len() < known.len());
        if shorter {
            shortest.insert(difference.kind, (seed, difference.words, text.to_owned()));
        }
    }
}

fn shown(shortest: Shortest) -> String {
    let told = shortest.into_iter();
    told.map(|(kind, (seed, words, text))| format!("\n==== {kind} (seed {seed})\n    {words}\n{text}"))
        .collect()
}

/// Shows the shortest text of each kind of difference.
fn assert_none_beside(mut differences: impl FnMut(&Policy, u64) -> (Vec<Difference>, String)) {
    let mut shortest = Shortest::new();
    for (seed, policy) in policies() {
        let (found, text) = differences(&policy, seed);
        keep_shortest(&mut shortest, seed, found, &text);
    }
    assert!(shortest.is_empty(), "{}", shown(shortest));
}

/// Shows the smallest failing policy of each kind of difference.
fn assert_no(
    policies: impl Iterator<Item = (u64, Policy)>,
    differences: impl Fn(&Policy) -> Vec<Difference>,
) {
    let mut failed: BTreeMap<String, (u64, Policy, u64)> = BTreeMap::new();
    for (seed, policy) in policies {
        let kinds: BTreeSet<String> =
            differences(&policy).into_iter().map(|difference| difference.kind).collect();
        for kind in kinds {
            let (_, known, count) = failed.entry(kind).or_insert_with(|| (seed, policy.clone(), 0));
            *count += 1;
            if text::whole(&policy).len() < text::whole(known).len() {
                *known = policy.clone();
            }
        }
    }
    let mut message = String::new();
    for (kind, (seed, policy, count)) in failed {
        let of_kind = |policy: &Policy| {
            let found = differences(policy);
            let words = found.iter().filter(|difference| difference.kind == kind);
            words.map(|difference| difference.words.clone()).collect::<Vec<_>>()
        };
        let small = shrink::smallest(&policy, |policy| !of_kind(policy).is_empty());
        let words = of_kind(&small).join("\n    ");
        message += &format!(
            "\n==== {kind} ({count} policies, first seed {seed})\n    {words}\n{}",
            text::whole(&small)
        );
    }
    assert!(message.is_empty(), "{message}");
}
