//! The right answers of the published cases, which several methods agreed on. They lie in `benches/oracles/`.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// All of them, by the name of the case.
pub struct Oracles {
    /// Whether somebody is left out.
    pub gaps: BTreeMap<String, Gap>,
    /// Which rules overlap, by their places in the list.
    pub pairs: BTreeMap<String, Pairs>,
    /// Which rules never decide anything, by their places in the list.
    pub shadowed: BTreeMap<String, Vec<usize>>,
    /// What differs between the two versions.
    pub differences: BTreeMap<String, Difference>,
    /// What the citizens of W5 get.
    pub batch: Batch,
    /// The SHA-256 of each file of the published cases.
    pub hashes: BTreeMap<String, String>,
}

/// Whether somebody is left out.
#[derive(Deserialize)]
pub struct Gap {
    gap: String,
    count: Option<String>,
}

impl Gap {
    /// Whether anybody is.
    pub fn exists(&self) -> bool {
        self.gap == "sat"
    }

    /// How many are, where that is known.
    pub fn count(&self) -> Option<u128> {
        self.count.as_ref().map(|count| count.parse().expect("a count is a number"))
    }
}

/// Which rules overlap.
#[derive(Deserialize)]
pub struct Pairs {
    /// How many pairs do.
    pub n: usize,
    /// How many of them decide differently, or give other hours.
    pub conflicts: usize,
    sha256: String,
}

impl Pairs {
    /// Whether these are the pairs. They must be sorted.
    pub fn are(&self, pairs: &[(u32, u32)]) -> bool {
        let lines: String = pairs.iter().map(|(one, other)| format!("{one} {other}\n")).collect();
        pairs.len() == self.n && sha256(lines.as_bytes()) == self.sha256
    }
}

/// What differs between two versions.
#[derive(Deserialize)]
pub struct Difference {
    changed: String,
    /// How many of the citizens of W5 fare differently, their hours aside.
    pub citizens: usize,
}

impl Difference {
    /// Whether anything does.
    pub fn exists(&self) -> bool {
        self.changed == "sat"
    }
}

/// What the citizens of W5 get.
#[derive(Deserialize)]
pub struct Batch {
    /// Sums over the first so many citizens.
    pub checksums: BTreeMap<usize, Sums>,
    /// How many rules hold, of each of the first citizens.
    pub matches: Vec<usize>,
    /// Which rule decides, of each of the first citizens.
    pub winner: Vec<usize>,
}

/// Sums over citizens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Sums {
    /// How many fare in each way: of no rule, then by outcome.
    pub by_out: [usize; 5],
    /// How many rules hold in all.
    pub matches: usize,
    /// How many citizens there are.
    pub rows: usize,
    /// The places of the deciding rules, added up.
    pub winner_sum: usize,
}

impl Oracles {
    /// From the folder they lie in.
    pub fn read(folder: &Path) -> Oracles {
        Oracles {
            gaps: unpacked(folder, "gaps"),
            pairs: unpacked(folder, "pairs"),
            shadowed: unpacked(folder, "shadow"),
            differences: unpacked(folder, "diff"),
            batch: unpacked(folder, "batch"),
            hashes: unpacked(folder, "manifest"),
        }
    }
}

fn unpacked<T: DeserializeOwned>(folder: &Path, name: &str) -> T {
    let path = folder.join(format!("{name}.json.gz"));
    let packed = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut text = String::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut text).expect("it was packed by gzip");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
