//! Writes the workload to a folder:
//! `cargo run --release --example municipalities -- --count 98 --rules 200 --faults 5 --seed 1 OUTDIR`.

#![allow(clippy::disallowed_methods, reason = "it writes a folder")]

#[path = "mod.rs"]
mod municipalities;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let (mut count, mut rules, mut faults, mut seed, mut folder) = (98, 200, 5, 1, None);
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next().ok_or(format!("{word} wants a number"));
        match word.as_str() {
            "--count" => count = number()?.parse()?,
            "--rules" => rules = number()?.parse()?,
            "--faults" => faults = number()?.parse()?,
            "--seed" => seed = number()?.parse()?,
            _ => folder = Some(PathBuf::from(word)),
        }
    }
    let folder = folder.ok_or("which folder?")?;
    fs::create_dir_all(folder.join("kommuner"))?;
    fs::write(folder.join("hjemmel.toml"), "")?;
    for (name, text) in municipalities::workload(count, rules, faults, seed) {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}
