//! JUnit XML: a suite for each file, a test for each finding. What fails the run is a failure, what is less grave a test
//! that passes and says so, what the policies accept is skipped, and what is not proven is an error. Times are left out:
//! the same findings give the same bytes.

use super::points::{Group, Point, State, groups};
use super::{Format, Look, Report};
use crate::junit::{Case, Fate, Suite, document};

pub(super) const FORMAT: Format = Format { name: "junit", render, shows_fixes: false };

fn render(reports: &[Report<'_>], look: Look) -> String {
    let groups: Vec<Group<'_>> = reports.iter().flat_map(|report| groups(report, look.lang)).collect();
    let suites = groups.iter().map(|group| {
        let cases = group.points.iter().map(case).collect();
        Suite { name: &group.name, cases }
    });
    document(&suites.collect::<Vec<_>>())
}

fn case<'p>(point: &'p Point<'_>) -> Case<'p> {
    let check = point.check.unwrap_or(env!("CARGO_PKG_NAME"));
    let (fate, kind, message) = match &point.state {
        State::Passed => (Fate::Passed, check, &point.name),
        State::Failed => (Fate::Failed, check, &point.name),
        State::Open => (Fate::Error, "not-proven", &point.name),
        State::Accepted(why) => (Fate::Skipped, "accepted", why),
    };
    let told = (kind, message.clone(), point.lines.join("\n"));
    Case { name: point.name.clone(), class: check, place: None, fate, told }
}
