//! The oracle: small random policies, every citizen of which is listed and judged by docs/semantics.md alone.
//!
//! In: seeds. Out: for each policy what every check should find, compared as sets of profiles with what the library
//! finds. Never true here: a look inside the library; only its public names are used, and the text it is given.
//! `HJEMMEL_ORACLE_CASES` sets the number of policies, `HJEMMEL_ORACLE_SEED` the first seed.

mod checks;
mod compare;
mod conditions;
mod examples;
mod generate;
mod judge;
mod points;
mod policy;
mod random;
mod region;
mod rules;
mod shrink;
mod text;

use policy::Policy;
use std::collections::BTreeMap;

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

fn policies() -> impl Iterator<Item = (u64, Policy)> {
    let (first, cases) = (setting("HJEMMEL_ORACLE_SEED", 0), setting("HJEMMEL_ORACLE_CASES", 400));
    (first..first + cases).map(|seed| (seed, generate::policy(seed)))
}

#[test]
fn every_check_fires_often_enough() {
    let mut fired: BTreeMap<&str, u64> = checks::CHECKS.iter().map(|check| (*check, 0)).collect();
    let mut cases = 0;
    for (seed, policy) in policies() {
        cases += 1;
        assert!(shrink::is_sound(&policy), "seed {seed}:\n{}", text::whole(&policy));
        for check in checks::expected(&policy, &policy.profiles()).fired() {
            *fired.entry(check).or_default() += 1;
        }
    }
    println!("how often each check fired in {cases} policies:");
    for (check, count) in &fired {
        println!("  {check:15} {count:5}  {:3} %", count * 100 / cases.max(1));
    }
    let rare: Vec<_> = fired.iter().filter(|(_, count)| **count * 20 < cases).collect();
    assert!(rare.is_empty(), "fired in less than 5 % of the policies: {rare:?}");
}

#[test]
#[ignore = "until the library has its checks"]
fn every_check_finds_exactly_what_the_definition_says() {
    for (seed, policy) in policies() {
        if !compare::differences(&policy).is_empty() {
            let small = shrink::smallest(&policy, |policy| !compare::differences(policy).is_empty());
            let differences = compare::differences(&small).join("\n  ");
            panic!("seed {seed}, made small:\n{}\n  {differences}", text::whole(&small));
        }
    }
}
