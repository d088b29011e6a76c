//! Approvals from the outside: who must look at a change, what is written down, and when it is void.

use crate::diff::{git, hjemmel, program, repository};
use std::fs;
use std::path::Path;

const ASK: &str = "diff --base main policies --require-approval";
const FILE: &str = "policies/godkendelser.jsonl";

pub(crate) fn told(folder: &Path, line: &str) -> (String, i32) {
    let output = hjemmel(folder, line);
    let words = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (words, output.status.code().unwrap())
}

pub(crate) fn code(folder: &Path, line: &str) -> i32 {
    told(folder, line).1
}

fn approved(name: &str) -> std::path::PathBuf {
    let repository = repository(name);
    for role in ["jurist", "økonomi"] {
        assert_eq!(code(&repository, ASK), 1);
        let line = format!("approve --base main policies --role {role} --reason ja --date 2026-01-05");
        assert_eq!(code(&repository, &line), 0);
    }
    assert_eq!(code(&repository, ASK), 0);
    repository
}

pub(crate) fn rewrite(folder: &Path, file: &str, change: impl Fn(&str) -> String) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    let new = change(&text);
    assert_ne!(text, new, "{file}");
    fs::write(path, new).unwrap();
}

#[test]
fn an_approval_holds_through_other_words_and_not_through_another_decision() {
    let repository = approved("approved");
    let fjordby = "policies/fjordby.hjemmel";
    // laid out anew, renamed, one rule as two
    rewrite(&repository, fjordby, |text| {
        format!("# om\n\n{}", text.replace("regel unge", "regel de-unge").replace("    ", "  "))
    });
    assert_eq!(code(&repository, ASK), 0);
    git(&repository, &["commit", "--quiet", "--all", "--message", "samme ord"]);
    assert_eq!(code(&repository, "diff main..HEAD policies --require-approval"), 0);
    assert_eq!(hjemmel(&repository, "fmt policies").status.code(), Some(0));
    assert_eq!(code(&repository, ASK), 0);
    let right = fs::read_to_string(repository.join(fjordby)).unwrap();
    for (from, to) in [
        ("højst 3", "højst 2"),
        ("Mentorlov § 5", "Mentorlov § 6"),
        ("ret til transport", "skal give transport"),
    ] {
        rewrite(&repository, fjordby, |text| text.replace(from, to));
        let (words, code) = told(&repository, &format!("{ASK} --lang da"));
        assert_eq!(code, 1, "{to}: {words}");
        assert!(words.contains("har ikke godkendt"), "{to}: {words}");
        fs::write(repository.join(fjordby), &right).unwrap();
        assert_eq!(told(&repository, ASK).1, 0, "{to} taken back");
    }
}

#[test]
fn what_may_not_be_approved_is_told_in_both_languages() {
    let repository = repository("not-approved");
    let mut page = String::new();
    let mut tell = |why: &str, line: &str| {
        for lang in ["da", "en"] {
            let (words, code) = told(&repository, &format!("{line} --lang {lang}"));
            page.push_str(&format!("── {why}: hjemmel {line} --lang {lang}: exit {code}\n{words}\n"));
        }
    };
    let base = "approve --base main policies --reason ja --date 2026-01-05";
    tell("an unknown role", &format!("{base} --role advokat"));
    tell("nothing changes", "approve main..main policies --role jurist --reason ja");
    tell("no reason", "approve --base main policies --role jurist --reason=");
    tell("not proven", &format!("{base} --role jurist --budget 1"));
    assert_eq!(hjemmel(&repository, &format!("{base} --role jurist")).status.code(), Some(0));
    tell("approved already", &format!("{base} --role jurist --by en-anden"));
    tell("one is missing", &format!("{ASK} --format markdown"));
    let mut nobody = program(env!("CARGO_BIN_EXE_hjemmel"), &repository);
    nobody.env_remove("GIT_AUTHOR_NAME").env_remove("GIT_AUTHOR_EMAIL");
    let line = format!("{base} --role økonomi");
    let output = nobody.args(line.split_whitespace()).output().unwrap();
    let words = String::from_utf8(output.stderr).unwrap();
    page.push_str(&format!(
        "── git does not know: hjemmel {line}: exit {:?}\n{words}\n",
        output.status.code().unwrap()
    ));
    fs::write(repository.join(FILE), "{}\nja\n").unwrap();
    let mut tell = |why: &str, line: &str| {
        for lang in ["da", "en"] {
            let (words, code) = told(&repository, &format!("{line} --lang {lang}"));
            page.push_str(&format!("── {why}: hjemmel {line} --lang {lang}: exit {code}\n{words}\n"));
        }
    };
    tell("lines that are none", ASK);
    rewrite(&repository, "policies/hjemmel.toml", |text| text.split("[approval]").next().unwrap().to_owned());
    tell("nobody is asked", ASK);
    crate::snapshot(Path::new("tests/diff"), "approvals", &page);
}

#[test]
fn a_place_that_comes_or_goes_is_approved_with_its_rules() {
    let repository = repository("places");
    git(&repository, &["checkout", "--quiet", "main"]);
    rewrite(&repository, "policies/hjemmel.toml", |text| {
        text.replace("[approval]", "[approval]\nnew = \"økonomi\"\ngone = \"jurist\"")
    });
    git(&repository, &["commit", "--quiet", "--all", "--message", "roller"]);
    git(&repository, &["checkout", "--quiet", "-b", "sammenlagt"]);
    let (new, gone) = ("policies/nyby.hjemmel", "policies/aaby.hjemmel");
    let aaby = fs::read_to_string(repository.join(gone)).unwrap();
    let nyby = aaby.replace("Aaby", "Nyby");
    fs::write(repository.join(new), &nyby).unwrap();
    let mut page = String::new();
    for lang in ["da", "en"] {
        page.push_str(&told(&repository, &format!("{ASK} --lang {lang}")).0);
    }
    for (line, expected) in [("narrowed", 0), ("widened", 1), ("any", 1)] {
        assert_eq!(
            code(&repository, &format!("diff --base main policies --fail-on {line}")),
            expected,
            "{line}"
        );
    }
    let approve = |role: &str| {
        let line = format!("approve --base main policies --role {role} --reason ja --date 2026-01-05");
        told(&repository, &line)
    };
    assert_eq!(code(&repository, ASK), 1);
    page.push_str(&approve("jurist").0);
    page.push_str(&approve("økonomi").0);
    assert_eq!(told(&repository, ASK).1, 0);
    // the same rules in other words, and then other rules
    fs::write(repository.join(new), nyby.replace("regel mentor", "regel stoette") + "# til sidst\n").unwrap();
    assert_eq!(code(&repository, ASK), 0);
    fs::write(repository.join(new), nyby.replace("timer højst 3", "timer højst 4")).unwrap();
    assert_eq!(code(&repository, ASK), 1, "what a new place gives is part of what was approved");
    fs::write(repository.join(new), &nyby).unwrap();
    assert_eq!(code(&repository, ASK), 0);
    fs::remove_file(repository.join(gone)).unwrap();
    page.push_str(&told(&repository, &format!("{ASK} --lang da")).0);
    assert_eq!(code(&repository, "diff --base main policies --fail-on narrowed"), 1);
    page.push_str(&approve("jurist").0);
    page.push_str(&approve("økonomi").0);
    assert_eq!(code(&repository, ASK), 0);
    // what is gone is part of it as well: on `main` it has come to give something else
    git(&repository, &["add", "policies"]);
    git(&repository, &["commit", "--quiet", "--message", "sammenlagt"]);
    git(&repository, &["checkout", "--quiet", "main"]);
    fs::write(repository.join(gone), aaby.replace("timer højst 3", "timer højst 9")).unwrap();
    git(&repository, &["commit", "--quiet", "--all", "--message", "mere"]);
    git(&repository, &["checkout", "--quiet", "sammenlagt"]);
    assert_eq!(code(&repository, "diff main..HEAD policies --require-approval"), 1);
    crate::snapshot(Path::new("tests/diff"), "places", &page);
}

#[test]
fn what_is_not_read_is_not_approved() {
    let repository = approved("unread");
    let before = fs::read_to_string(repository.join(FILE)).unwrap();
    let mut page = String::new();
    let mut tell = |why: &str, line: &str, expected: i32| {
        for lang in ["da", "en"] {
            let (words, code) = told(&repository, &format!("{line} --lang {lang}"));
            assert_eq!(code, expected, "{line}: {words}");
            let words: String = words.lines().take(9).map(|line| format!("{line}\n")).collect();
            page.push_str(&format!("── {why}: hjemmel {line} --lang {lang}: exit {code}\n{words}\n"));
        }
    };
    let approve = "approve --base main policies --role jurist --reason ja --date 2026-01-05";
    rewrite(&repository, "policies/aaby.hjemmel", |text| text.replace("mentor", "mentro"));
    tell("two errors", ASK, 1);
    tell("two errors", approve, 2);
    rewrite(&repository, "policies/aaby.hjemmel", |text| text.replace("mentro", "mentor"));
    // an error in no rule at all
    rewrite(&repository, "policies/lov.hjemmel", |text| text.to_owned() + "\nantag hvis sygg så udskrives\n");
    tell("an error outside rules", ASK, 1);
    tell("an error outside rules", approve, 2);
    assert_eq!(fs::read_to_string(repository.join(FILE)).unwrap(), before);
    git(&repository, &["checkout", "--quiet", "policies/lov.hjemmel"]);
    // what the earlier version could not read hinders nobody from mending it
    git(&repository, &["checkout", "--quiet", "main"]);
    rewrite(&repository, "policies/aaby.hjemmel", |text| text.replace("give mentor", "give mentro"));
    git(&repository, &["commit", "--quiet", "--all", "--message", "en slåfejl"]);
    rewrite(&repository, "policies/aaby.hjemmel", |text| text.replace("give mentro", "give mentor"));
    tell("an error before", "diff --base main policies --require-approval", 1);
    let economy = approve.replace("jurist", "økonomi");
    tell("an error before", &economy, 0);
    assert_eq!(code(&repository, ASK), 0);
    crate::snapshot(Path::new("tests/diff"), "unread", &page);
}

#[test]
fn programs_are_told_who_has_approved() {
    let schema = |file: &str| {
        let schema = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        jsonschema::draft202012::new(&schema).unwrap()
    };
    let repository = approved("approved-json");
    for line in fs::read_to_string(repository.join(FILE)).unwrap().lines() {
        assert!(schema("docs/approval.schema.json").is_valid(&serde_json::from_str(line).unwrap()), "{line}");
    }
    let output = hjemmel(&repository, &format!("{ASK} --format json"));
    let page: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(schema("docs/review.schema.json").is_valid(&page));
    let told: Vec<_> = page["approvals"].as_array().unwrap().iter().map(|one| &one["role"]).collect();
    assert_eq!(told, ["jurist", "økonomi"]);
    assert_eq!(page["approvals"][0]["approved"]["by"], "Jurist <jurist@example.org>");
    assert_eq!(page["approvals"][0]["classes"][0]["class"], "narrowed");
}
