//! hjemmel on the workloads: `ours RECORDS PART [SEED]`. The parts are `tables` (W1, W2 and W4), `large-N` (W3), `plain` (the plain
//! loop over the largest of them), `citizens` (W5 and single decisions) and `text`.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "it measures time and reads files, and may fail"
)]

#[path = "../../../../benches/tables/mod.rs"]
mod made;
#[path = "../../../../benches/municipalities/mod.rs"]
mod country;
mod again;
mod batch;
mod single;
mod tables;
mod text;
mod versions;

use hjemmel_peers::Records;
use hjemmel_workloads::{Seed, w1, w2, w3, w4};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [path, part, seed @ ..] = &words[..] else { panic!("ours RECORDS PART [SEED]") };
    let prefix = seed.first().map_or(String::new(), |word| format!("seed-{word}/"));
    let seed = seed.first().map_or(Seed::PUBLISHED, |word| Seed::other(word.parse().unwrap()));
    let mut records = Records::new(path, "hjemmel");
    match &part[..] {
        "tables" => [w1(&seed), w2(&seed), w4(&seed)]
            .iter()
            .flatten()
            .for_each(|case| tables::ask(&mut records, case, &prefix)),
        "plain" => {
            let [tree, _] = w3(&seed, 100_000);
            tables::plainly(&mut records, &tree, &tree.name);
        }
        "citizens" => {
            single::measure(&mut records);
            batch::measure(&mut records);
        }
        "text" => {
            text::measure(&mut records, &seed);
            again::measure(&mut records);
            versions::measure(&mut records);
        }
        _ => {
            let rules = part.strip_prefix("large-").expect("a part").parse().unwrap();
            w3(&seed, rules).iter().for_each(|case| tables::ask(&mut records, case, &prefix));
        }
    }
}
