//! JUnit XML: a suite for each file, a test for each finding. What fails the run is a failure, what is less grave a test
//! that passes and says so, what the policies accept is skipped, and what is not proven is an error. Times are left out:
//! the same findings give the same bytes.

use super::points::{Point, State, groups};
use super::{Format, Look, Report};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

pub(super) const FORMAT: Format = Format { name: "junit", render, shows_fixes: false };

fn render(reports: &[Report<'_>], look: Look) -> String {
    let mut page = quick_junit::Report::new(env!("CARGO_PKG_NAME"));
    for group in reports.iter().flat_map(|report| groups(report, look.lang)) {
        let mut suite = TestSuite::new(group.name);
        suite.add_test_cases(group.points.iter().map(case));
        page.add_test_suite(suite);
    }
    let skipped: usize = page.test_suites.iter().map(|suite| suite.skipped).sum();
    // what is written is made here and has no part that XML could not hold
    let page = page.to_string().unwrap_or_default();
    // the strictest readers know this sum of a suite, not of all suites together
    let mut page = page.replacen(&format!(" skipped=\"{skipped}\""), "", 1);
    if !page.ends_with('\n') {
        page.push('\n');
    }
    page
}

fn case(point: &Point<'_>) -> TestCase {
    let not = |kind: NonSuccessKind, type_: &str| {
        let mut status = TestCaseStatus::non_success(kind);
        status.set_type(type_).set_message(&point.name).set_description(point.lines.join("\n"));
        status
    };
    let check = point.check.unwrap_or(env!("CARGO_PKG_NAME"));
    let status = match &point.state {
        State::Passed => TestCaseStatus::success(),
        State::Failed => not(NonSuccessKind::Failure, check),
        State::Open => not(NonSuccessKind::Error, "not-proven"),
        State::Accepted(why) => {
            let mut status = TestCaseStatus::skipped();
            status.set_type("accepted").set_message(why).set_description(point.lines.join("\n"));
            status
        }
    };
    let mut case = TestCase::new(point.name.as_str(), status);
    case.set_classname(check);
    if matches!(point.state, State::Passed) && !point.lines.is_empty() {
        case.set_system_out(point.lines.join("\n"));
    }
    case
}
