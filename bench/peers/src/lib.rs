//! What every program here does alike: it times its answers and writes each as a line of JSON.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "it measures time and writes files, and may fail"
)]

use hjemmel_workloads::{Case, NumpyRandom, Seed, w3};
use serde_json::{Map, Value, json};
use std::fs::File;
use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

/// Where answers go.
pub struct Records {
    file: File,
    who: String,
}

impl Records {
    /// Added to the end of a file, in the name of an engine.
    pub fn new(path: &str, who: &str) -> Records {
        let file = File::options().append(true).create(true).open(path).unwrap();
        Records { file, who: who.to_owned() }
    }

    /// One answer.
    pub fn write(&mut self, question: &str, case: &str, time: Option<Duration>, answer: Value) {
        self.write_with(question, case, time, answer, json!({}));
    }

    /// One answer and what else is to be told.
    pub fn write_with(
        &mut self,
        question: &str,
        case: &str,
        time: Option<Duration>,
        answer: Value,
        more: Value,
    ) {
        let mut line = Map::new();
        line.insert("who".into(), json!(self.who));
        line.insert("question".into(), json!(question));
        line.insert("case".into(), json!(case));
        line.insert("seconds".into(), json!(time.map(|time| time.as_secs_f64())));
        line.insert("answer".into(), answer);
        line.extend(more.as_object().unwrap().clone());
        writeln!(self.file, "{}", Value::Object(line)).unwrap();
    }
}

/// The time something takes and what comes of it: the median of as many runs as a third of a second has room for, at
/// least one and at most nine.
pub fn timed<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut times = Vec::new();
    let all = Instant::now();
    loop {
        let start = Instant::now();
        let answer = black_box(work());
        times.push(start.elapsed());
        if times.len() == 9 || all.elapsed() > Duration::from_millis(333) {
            times.sort_unstable();
            return (times[times.len() / 2], answer);
        }
    }
}

/// The time of one of many calls that are too short to be timed alone: the best of five rounds.
pub fn timed_each(calls: usize, mut work: impl FnMut(usize)) -> Duration {
    let round = |work: &mut dyn FnMut(usize)| {
        let start = Instant::now();
        (0..calls).for_each(work);
        start.elapsed() / calls as u32
    };
    (0..5).map(|_| round(&mut work)).min().unwrap()
}

/// A thousand rules, and citizens to be decided one at a time with the rule that decides each: most are met by one, some by
/// several or none.
pub fn single_decisions() -> (Case, Vec<(Vec<i64>, Option<usize>)>) {
    let case = w3(&Seed::PUBLISHED, 1_000)[0].clone();
    let mut random = NumpyRandom::new(1_000);
    let citizens = (0..1_000).map(|_| {
        let point = case.dims.iter().map(|dim| i64::from(random.between(dim.lo as i32, dim.hi as i32)));
        let point: Vec<i64> = point.collect();
        let rule = case.rules.iter().position(|rule| rule.holds(&point));
        (point, rule)
    });
    let citizens = citizens.collect();
    (case, citizens)
}
