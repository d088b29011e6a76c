//! One citizen at a time, warm: the table is made before the clock starts.

use crate::made::table;
use hjemmel_peers::{Records, single_decisions, timed_each};
use serde_json::json;
use std::hint::black_box;

const NAME: &str = "1000 rules";

pub fn measure(records: &mut Records) {
    let (case, citizens) = single_decisions();
    let table = table(&case);
    let (mut ready, mut traced, mut rules) = (table.ready(), table.ready(), Vec::new());
    let right = |decided: &mut dyn FnMut(&[i64]) -> Option<u32>| {
        let right = citizens.iter().filter(|(point, rule)| decided(point).map(|rule| rule as usize) == *rule);
        json!({ "right": right.count(), "of": citizens.len() })
    };
    let time = timed_each(citizens.len(), |citizen| {
        black_box(ready.decide(&citizens[citizen].0));
    });
    records.write("decide-one", NAME, Some(time), right(&mut |point| ready.decide(point)));
    let time = timed_each(citizens.len(), |citizen| {
        traced.matches(&citizens[citizen].0, &mut rules);
        black_box(&rules);
    });
    records.write(
        "decide-traced",
        NAME,
        Some(time),
        right(&mut |point| {
            traced.matches(point, &mut rules);
            rules.first().copied()
        }),
    );
}
