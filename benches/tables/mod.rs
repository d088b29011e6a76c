//! The workloads as tables of boxes of the engine.

use hjemmel::boxes::{BoxRule, Dimension, Table};
use hjemmel_workloads::{Case, Dim, Kind, Rule};

pub(crate) fn table(case: &Case) -> Table {
    Table::new(&dimensions(case), &boxes(&case.rules)).expect("a workload is a table")
}

pub(crate) fn dimensions(case: &Case) -> Vec<Dimension> {
    let dimension = |dim: &Dim| match dim.kind {
        Kind::Enum | Kind::Bool => Dimension::listed(dim.size() as u32),
        Kind::Int | Kind::Date => Dimension::ordered(dim.lo, dim.hi),
    };
    case.dims.iter().map(dimension).collect()
}

pub(crate) fn boxes(rules: &[Rule]) -> Vec<BoxRule> {
    let ranges = |intervals: &[[i64; 2]]| intervals.iter().map(|[lo, hi]| (*lo, *hi)).collect();
    let when = |rule: &Rule| rule.when.iter().map(|(dim, intervals)| (*dim, ranges(intervals))).collect();
    let made = |rule: &Rule| BoxRule { rank: rule.prio as i64, outcome: rule.out, when: when(rule) };
    rules.iter().map(made).collect()
}
