//! The workloads the benchmarks are run on, made from a seed, and the right answers for the published ones.
//!
//! Rules are boxes over whole numbers, and a rule with a smaller number goes before one with a larger. [`cases`] makes
//! all cases of W1 to W4, [`Citizens`] those of W5. With [`Seed::PUBLISHED`] they are, byte for byte, the cases that
//! [`oracles`] has the answers of; another seed makes others of the same shapes.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "benchmarks read and write files, and may fail"
)]

mod adversarial;
mod calendar;
mod case;
mod citizens;
mod heap;
mod json;
mod large;
mod loans;
mod municipal;
mod numpy_random;
pub mod oracles;
mod python_random;
mod text;
mod tree;

pub use case::{Case, Dim, Family, Interval, Kind, Rule, Seed};
pub use citizens::Citizens;
pub use json::to_json;
pub use municipal::dims as municipal_dims;
pub use numpy_random::NumpyRandom;
pub use python_random::PythonRandom;
pub use text::{Policy, policy, workspace};

/// The loan tables of three, five and seven columns.
pub fn w1(seed: &Seed) -> Vec<Case> {
    loans::cases(seed)
}

/// The rules of 98 municipalities, and a later version of each.
pub fn w2(seed: &Seed) -> Vec<Case> {
    municipal::cases(seed)
}

/// Tables of so many rules: the leaves of a tree, and random boxes.
pub fn w3(seed: &Seed, rules: usize) -> [Case; 2] {
    large::cases(seed, rules)
}

/// Small cases that are hard for one method or the other.
pub fn w4(seed: &Seed) -> Vec<Case> {
    adversarial::cases(seed)
}

/// The sizes of W3.
pub const W3_SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// All cases of W1 to W4.
pub fn cases(seed: &Seed) -> Vec<Case> {
    let mut cases = w1(seed);
    cases.extend(w2(seed));
    W3_SIZES.iter().for_each(|&rules| cases.extend(w3(seed, rules)));
    cases.extend(w4(seed));
    cases
}
