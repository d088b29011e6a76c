//! What we ship: every lesson in `examples/` is clean, and `policies/` is told what its documents get wrong.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn check(folder: &str, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_clear();
    command.args(["check", folder]).args(more).output().unwrap()
}

#[test]
fn every_lesson_is_clean() {
    let mut folders: Vec<_> = fs::read_dir("examples").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 8, "lessons are missing");
    for folder in folders {
        let output = check(folder.to_str().unwrap(), &["--format", "short"]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{}", folder.display());
        assert_eq!(output.status.code(), Some(0), "{}", folder.display());
    }
}

/// Check, support, rules, and what the witness must be.
type Known = (&'static str, &'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

/// Findings that follow from the documents alone.
#[rustfmt::skip]
const KNOWN: [Known; 10] = [
    ("undercut", "udskrivningskoordinator", &["LAB.n2", "Slagelse.unge.s7"], &[("indlæggelse", "udskrives")]),
    ("contradiction", "udskrivningskoordinator", &["Slagelse.s30", "Slagelse.unge.s7"], &[("indlæggelse", "udskrives")]),
    ("mixed-grades", "uddannelsesmentor", &["Slagelse.s16", "Slagelse.unge.s1"], &[("uddannelsestrin", "på-vej")]),
    ("gap", "", &[], &[("alder", "30"), ("plads", "virksomhedspraktik"), ("ydelse", "kontanthjælp")]),
    ("unserved-right", "udskrivningskoordinator", &["LAB.n2"], &[("alder", "17"), ("målgruppe", "2.9"), ("indlæggelse", "udskrives")]),
    ("dead-rule", "", &["Slagelse.unge.s2"], &[]),
    ("undercut", "ret-og-pligtmentor", &["LAB.n7-nyt-tilbud", "Slagelse.unge.s6"], &[("dato", "2016-01-01"), ("målgruppe", "2.3")]),
    ("mixed-grades", "udslusningskoordinator", &["Slagelse.s18", "Slagelse.unge.s8", "Slagelse.voksen.s15"], &[("afsoning", "løslades-snart")]),
    ("contradiction", "ret-og-pligtmentor", &["Slagelse.s27", "Slagelse.s27-arbejdsrettet"], &[("kan-tale-arbejdsrettet", "nej")]),
    ("gap", "", &[], &[("ydelse", "integrationsydelse"), ("dato", "2015-09-01")]),
];

#[test]
fn slagelse_is_told_what_its_text_gets_wrong() {
    let output = check("policies", &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    for (check, support, rules, facts) in KNOWN {
        let told = findings.iter().any(|finding| {
            let named = finding["rules"].as_array().unwrap();
            finding["check"] == check
                && finding["support"].as_str().unwrap_or_default() == support
                && rules.iter().all(|rule| named.iter().any(|name| name == rule))
                && facts.iter().all(|(fact, value)| finding["witness"][fact] == *value)
        });
        assert!(told, "not told: {check} on {support:?} with {rules:?} and {facts:?}");
    }
}

#[test]
fn policies_give_the_report_that_was_read() {
    for lang in ["da", "en"] {
        let output = check("policies", &["--lang", lang]);
        crate::snapshot(Path::new("tests/policies"), &format!("report.{lang}"), &crate::cli::told(&output));
    }
}

#[test]
fn policies_keep_the_promised_shape() {
    let output = check("policies", &["--format", "json"]);
    let page = String::from_utf8(output.stdout).unwrap();
    assert_eq!(crate::report::broken_promises(&page), Vec::<String>::new());
}
