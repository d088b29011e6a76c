//! `write-cases FOLDER [SEED]`: all cases as JSON, the citizens of W5 as columns of 32 bits, and below `policies/` what
//! is also read as text.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "it writes files, and may fail")]

use hjemmel_workloads::{Citizens, Family, Policy, Seed, cases, policy, to_json, workspace};
use std::path::{Path, PathBuf};

fn main() {
    let mut words = std::env::args().skip(1);
    let folder = PathBuf::from(words.next().expect("write-cases FOLDER [SEED]"));
    let seed =
        words.next().map_or(Seed::PUBLISHED, |word| Seed::other(word.parse().expect("a seed is a number")));
    std::fs::create_dir_all(&folder).unwrap();
    let cases = cases(&seed);
    for case in &cases {
        std::fs::write(folder.join(format!("{}.json", case.name)), to_json(case)).unwrap();
    }
    let texts = folder.join("policies");
    for case in cases.iter().filter(|case| matches!(case.family, Family::W1 | Family::W3 | Family::W4)) {
        write_texts(&texts.join(&case.name), policy(case));
    }
    let municipalities: Vec<_> = cases.into_iter().filter(|case| case.family == Family::W2).collect();
    write_texts(&texts.join("w2"), workspace(&municipalities));
    let citizens = Citizens::new(&seed, Citizens::PUBLISHED);
    std::fs::write(folder.join("w5_citizens.i32"), citizens.to_bytes()).unwrap();
}

fn write_texts(folder: &Path, files: Vec<Policy>) {
    std::fs::create_dir_all(folder).unwrap();
    for file in files {
        std::fs::write(folder.join(file.path), file.text).unwrap();
    }
}
