//! `policies/eksempler/`: every example holds, every rule and row that can be shown is, and `policies/README.md` says
//! what `hjemmel test` says.

use std::fs;
use std::process::Command;

const PAGE: &str = "policies/README.md";
/// The only thing that does not hold: Slagelse's own text contradicts it.
const KNOWN: &str = "the guarantee `Slagelse.s33-kun-kan` in Slagelse fails";

/// What `hjemmel test policies --coverage` says, and its exit code.
fn tested() -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_clear();
    let output = command.args(["test", "policies", "--coverage", "--lang", "en"]).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

/// The lines of figures: what holds, and what the examples show.
fn figures(told: &str) -> Vec<&str> {
    let is_figure = |line: &&str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        line.contains(" examples and ")
            || line.starts_with("the examples show ")
            || matches!(words[..], [_, shown, "of", all] if [shown, all].iter().all(|n| n.parse::<u32>().is_ok()))
    };
    told.lines().filter(is_figure).map(str::trim).collect()
}

#[test]
fn every_example_of_the_policies_holds() {
    let (told, code) = tested();
    let is_failure = |line: &&str| line.starts_with("the example `") || line.starts_with("the guarantee `");
    assert_eq!(told.lines().filter(is_failure).collect::<Vec<_>>(), [KNOWN], "{told}");
    assert!(!figures(&told)[0].contains("judged"), "{told}");
    assert_eq!(code, Some(1), "the guarantee that does not hold is a true finding");
}

#[test]
fn the_examples_show_every_rule_and_row() {
    let (told, _) = tested();
    let figures = figures(&told);
    for kind in ["rules ", "rows ", "exceptions "] {
        let line = figures
            .iter()
            .find(|line| line.starts_with(kind))
            .unwrap_or_else(|| panic!("no {kind}in {told}"));
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words[1], words[3], "{line}: some are shown by no example\n{told}");
    }
}

#[test]
fn the_page_says_what_the_examples_show() {
    let page = fs::read_to_string(PAGE).unwrap();
    let (told, _) = tested();
    let figures = figures(&told);
    assert_eq!(figures.len(), 6, "{told}");
    for line in figures {
        assert!(page.lines().any(|there| there.trim() == line), "{PAGE} does not say »{line}«");
    }
}
