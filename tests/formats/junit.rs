//! JUnit XML against the schema of Jenkins' xUnit plugin.

use super::{every_kind_of_run, written};
use hjemmel::{Lang, Severity};
use std::fs;
use uppsala::XsdValidator;

/// All texts of the page: attributes and what stands between tags.
pub(super) fn text(page: &str) -> String {
    let page = uppsala::parse(page).unwrap();
    let mut told = Vec::new();
    for node in page.descendants(page.root()) {
        if let Some(element) = page.element(node) {
            told.extend(
                ["name", "classname", "message", "type"]
                    .iter()
                    .filter_map(|name| element.get_attribute(name).map(str::to_owned)),
            );
        }
        told.extend(page.text_content(node).map(str::to_owned));
    }
    told.join("\n")
}

#[test]
fn it_keeps_the_schema() {
    let schema = fs::read_to_string("tests/formats/junit-10.xsd").unwrap();
    let schema = uppsala::parse(&schema).unwrap();
    let schema = XsdValidator::from_schema(&schema).unwrap();
    let broken = |page: &str| -> Vec<String> {
        schema.validate(&uppsala::parse(page).unwrap()).iter().map(ToString::to_string).collect()
    };
    every_kind_of_run(|kind, reports| {
        for lang in [Lang::Da, Lang::En] {
            let page = written("junit", reports, lang);
            assert_eq!(broken(&page), Vec::<String>::new(), "{kind}: {page}");
        }
        let page = written("junit", reports, Lang::Da);
        for (right, wrong) in
            [("<testcase name=", "<testcase title="), ("<testsuite ", "<testsuite odd=\"1\" ")]
        {
            assert_ne!(broken(&page.replacen(right, wrong, 1)), Vec::<String>::new(), "the schema is heard");
        }
    });
}

#[test]
fn its_numbers_are_those_of_the_report() {
    every_kind_of_run(|kind, reports| {
        let page = written("junit", reports, Lang::En);
        let read = uppsala::parse(&page).unwrap();
        let elements: Vec<_> =
            read.descendants(read.root()).into_iter().filter_map(|node| read.element(node)).collect();
        let number = |name: &str| elements.iter().filter(|element| &*element.name.local_name == name).count();
        let fails = |report: &&hjemmel::report::Report<'_>| report.fails_from == Some(Severity::Error);
        let errors: usize = reports.iter().filter(fails).map(|report| report.count(Severity::Error)).sum();
        assert_eq!(number("failure"), errors, "{kind}");
        assert_eq!(number("error"), reports.iter().map(|report| report.open.len()).sum::<usize>(), "{kind}");
        assert_eq!(number("skipped"), reports.iter().map(|report| report.accepted.len()).sum::<usize>());
        let root = elements.iter().find(|element| &*element.name.local_name == "testsuites").unwrap();
        assert_eq!(root.get_attribute("tests"), Some(&*number("testcase").to_string()));
        assert_eq!(root.get_attribute("failures"), Some(&*errors.to_string()));
        let names: Vec<_> = elements
            .iter()
            .filter(|element| &*element.name.local_name == "testcase")
            .map(|element| (element.get_attribute("classname"), element.get_attribute("name")))
            .collect();
        assert!(names.iter().all(|(_, name)| name.is_some_and(|name| !name.is_empty())), "{kind}");
    });
}
