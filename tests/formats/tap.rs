//! TAP, read by a parser of version 14, and the YAML in it by one of YAML.

use super::{every_kind_of_run, written};
use hjemmel::Lang;
use saphyr::{LoadableYamlNode, Yaml};
use tap_parser::{DirectiveKind, TapParser, TapStatement, TapTest};

/// The points of a page, and how many were announced.
fn points(page: &str) -> (usize, Vec<TapTest<'_>>) {
    let mut parser = TapParser::new();
    let statements = parser.parse(page).unwrap_or_else(|error| panic!("{error:?}\n{page}"));
    let mut planned = None;
    let mut points = Vec::new();
    for statement in statements {
        match statement {
            TapStatement::Plan(plan) => planned = Some(plan.count),
            TapStatement::TestPoint(test) => points.push(test),
            other => panic!("{other:?}"),
        }
    }
    (planned.unwrap(), points)
}

/// The YAML below a point.
fn details(point: &TapTest<'_>) -> String {
    let text = point.yaml.join("\n");
    let read = Yaml::load_from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(read.len(), 1, "{text}");
    assert!(read[0]["message"].as_str().is_some_and(|message| !message.is_empty()), "{text}");
    if let Some(place) = read[0].as_mapping_get("at") {
        assert!(place["file"].as_str().is_some() && place["line"].as_integer().is_some(), "{text}");
    }
    let lines = read[0]["details"].as_sequence().unwrap();
    lines.iter().map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

/// All that a reader sees.
pub(super) fn text(page: &str) -> String {
    let told = |point: &TapTest<'_>| {
        let reason = point.directive.as_ref().and_then(|directive| directive.reason).unwrap_or_default();
        let below = if point.yaml.is_empty() { String::new() } else { details(point) };
        format!("{}\n{reason}\n{below}", point.desc.unwrap_or_default())
    };
    points(page).1.iter().map(told).collect::<Vec<_>>().join("\n")
}

#[test]
fn it_is_read_as_it_is_meant() {
    every_kind_of_run(|kind, reports| {
        for lang in [Lang::Da, Lang::En] {
            let page = written("tap", reports, lang);
            let (planned, points) = points(&page);
            assert_eq!(points.len(), planned, "{kind}");
            let numbers: Vec<Option<usize>> = points.iter().map(|point| point.number).collect();
            assert_eq!(numbers, (1..=planned).map(Some).collect::<Vec<_>>(), "{kind}");
            let failing = |report: &hjemmel::report::Report<'_>| {
                let fails = |severity| report.fails_from.is_some_and(|least| severity >= least);
                report.findings.iter().filter(|finding| fails(finding.severity)).count() + report.open.len()
            };
            let not_ok = points.iter().filter(|point| !point.result).count();
            assert_eq!(not_ok, reports.iter().map(failing).sum::<usize>(), "{kind}: {page}");
            let skipped = points.iter().filter(|point| {
                point
                    .directive
                    .as_ref()
                    .is_some_and(|directive| matches!(directive.kind, DirectiveKind::Skip))
            });
            let accepted: usize = reports.iter().map(|report| report.accepted.len()).sum();
            assert_eq!(skipped.count(), accepted, "{kind}: {page}");
            for point in points.iter().filter(|point| !point.yaml.is_empty()) {
                details(point);
            }
        }
    });
}
