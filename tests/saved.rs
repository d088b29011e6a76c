//! A version that was saved, from the outside: the same bytes wherever it is saved from, the same review as the folder it was
//! saved of, and a word for every file that is none.

use crate::approve::{code, rewrite, told};
use crate::diff::{folder, git, hjemmel, repository};
use serde_json::Value;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

const SAVED: &str = "vedtaget-2025.json";

/// A repository on the branch of a pull request, and what `main` said as a file.
fn adopted(name: &str) -> PathBuf {
    let repository = repository(name);
    git(&repository, &["checkout", "--quiet", "main"]);
    assert_eq!(
        told(&repository, &format!("snapshot policies --save {SAVED} --lang en")),
        (format!("written: {SAVED}\n"), 0)
    );
    git(&repository, &["checkout", "--quiet", "serviceniveau-2026"]);
    repository
}

fn json(folder: &Path, line: &str) -> Value {
    let output = hjemmel(folder, line);
    assert_eq!(output.status.code(), Some(0), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn it_is_reviewed_like_the_folder_it_was_saved_of() {
    let repository = adopted("saved");
    assert_eq!(code(&repository, "snapshot policies --save nu.json"), 0);
    let mut of_git = json(&repository, "diff --base main policies --format json");
    let mut of_saved = json(&repository, &format!("diff {SAVED} policies --format json"));
    let mut of_both = json(&repository, &format!("diff {SAVED} nu.json --format json"));
    assert_eq!((&of_saved["before"], &of_both["after"]), (&SAVED.into(), &"nu.json".into()));
    for page in [&mut of_git, &mut of_saved, &mut of_both] {
        (page["before"], page["after"]) = (Value::Null, Value::Null);
    }
    assert_eq!(of_saved, of_git);
    // but for the folder in which a file lies, which nobody knows any more
    assert_eq!(of_both.to_string(), of_git.to_string().replace("\"policies/", "\""));
    assert_eq!(of_git["changes"].as_array().unwrap().len(), 3);
    let back = json(&repository, &format!("diff nu.json {SAVED} --format json"));
    assert_eq!(back["changes"][0]["causes"][0]["after"]["file"], "aaby.hjemmel");
    let within = json(&repository.join("policies"), &format!("diff ../{SAVED} . --format json"));
    assert_eq!(within["changes"][0]["causes"][0]["before"]["file"], "fjordby.hjemmel");
    assert_eq!(json(&repository, "diff nu.json policies --format json")["changes"], Value::Array(Vec::new()));
}

#[test]
fn it_is_approved_like_the_folder_it_was_saved_of() {
    let repository = adopted("saved-approved");
    let ask = format!("diff {SAVED} policies --require-approval");
    assert_eq!(code(&repository, &ask), 1);
    for role in ["jurist", "økonomi"] {
        let line = format!("approve {SAVED} policies --role {role} --reason ja --date 2026-01-05");
        assert_eq!(told(&repository, &line).1, 0);
    }
    assert_eq!(code(&repository, &ask), 0);
    assert_eq!(code(&repository, "diff --base main policies --require-approval"), 0, "it is the same change");
}

#[test]
fn its_bytes_are_those_of_the_policies_alone() {
    let repository = adopted("saved-bytes");
    git(&repository, &["checkout", "--quiet", "main"]);
    let bytes = fs::read(repository.join(SAVED)).unwrap();
    // what was saved once can be read for ever, and is what is saved today
    let once = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/branch").join(SAVED);
    assert!(fs::read(once).unwrap() == bytes, "another form needs another `format_version`");
    let whole = format!("snapshot {} --save igen.json", repository.join("policies").display());
    for line in [
        "snapshot ./policies/ --save igen.json",
        "snapshot policies/fjordby.hjemmel --save igen.json --jobs 1",
        "snapshot policies policies/lov.hjemmel --save igen.json --lang en",
        &whole,
    ] {
        assert_eq!(told(&repository, line).1, 0, "{line}");
        assert_eq!(fs::read(repository.join("igen.json")).unwrap(), bytes, "{line}");
    }
    assert_eq!(code(&repository.join("policies"), "snapshot --save ../igen.json"), 0);
    assert_eq!(fs::read(repository.join("igen.json")).unwrap(), bytes);
    let page = String::from_utf8(bytes).unwrap();
    assert!(!page.contains(env!("CARGO_TARGET_TMPDIR")) && !page.contains("policies/"), "{page}");
    let schema = serde_json::from_str(&fs::read_to_string("docs/saved.schema.json").unwrap()).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let mut page: Value = serde_json::from_str(&page).unwrap();
    assert!(schema.is_valid(&page));
    let told_now = told(&repository, "snapshot policies --hash").0;
    assert!(told_now.contains(page["meaning"]["hash"].as_str().unwrap()), "{told_now}");
    page["more"] = 1.into();
    assert!(!schema.is_valid(&page), "the schema is closed");
    // without hjemmel.toml the names begin at the folder that all of them lie in
    fs::remove_file(repository.join("policies/hjemmel.toml")).unwrap();
    for line in ["policies", "policies/fjordby.hjemmel policies/lov.hjemmel policies/aaby.hjemmel"] {
        assert_eq!(told(&repository, &format!("snapshot {line} --save uden.json")).1, 0, "{line}");
        let page: Value = serde_json::from_slice(&fs::read(repository.join("uden.json")).unwrap()).unwrap();
        let names: Vec<_> = page["policies"].as_array().unwrap().iter().map(|one| &one["file"]).collect();
        assert_eq!(names, ["aaby.hjemmel", "fjordby.hjemmel", "lov.hjemmel"]);
        assert!(page["window"].is_null() && page["reference_date"].is_null());
    }
}

#[test]
fn each_text_comes_out_as_it_went_in() {
    let folder = folder("saved-texts");
    fs::create_dir_all(folder.join("p/kommuner")).unwrap();
    fs::write(folder.join("p/hjemmel.toml"), "edition = 1\nreference_date = 2026-03-01\n").unwrap();
    let rule = "regel r {\r\n    når alder under 30\r\n    kan give mentor\r\n}";
    let law = "lov L \"Lov\"\noplysning alder \"Hvor gammel er borgeren?\": tal 18-67\n\nstøtte mentor \"Mentor\"\n\n\n";
    fs::write(folder.join("p/kommuner/by.hjemmel"), format!("kommune By \"By\"\r\n{rule}")).unwrap();
    fs::write(folder.join("p/lov.hjemmel.md"), format!("\u{feff}# Lov\n\n```hjemmel\n{law}```\n")).unwrap();
    assert_eq!(told(&folder, "snapshot p --save gemt.json").1, 0);
    // git and editors write line ends anew, and put a mark before a text
    let page = fs::read_to_string(folder.join("gemt.json")).unwrap();
    fs::write(folder.join("crlf.json"), format!("\u{feff}{}", page.replace('\n', "\r\n"))).unwrap();
    for saved in ["gemt.json", "crlf.json"] {
        let page = json(&folder, &format!("diff {saved} p --format json"));
        assert_eq!(
            (&page["changes"], &page["findings"]["introduced"]),
            (&Value::Array(Vec::new()), &page["changes"])
        );
        assert_eq!(page["findings"]["resolved"], Value::Array(Vec::new()));
    }
    let texts: Value = serde_json::from_str(&page).unwrap();
    let lines: Vec<&str> =
        texts["policies"][0]["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert_eq!(lines.join("\n"), fs::read_to_string(folder.join("p/kommuner/by.hjemmel")).unwrap());
    assert_eq!(texts["reference_date"], "2026-03-01");
    // another saved version is written over, another file is not
    assert_eq!(code(&folder, "snapshot p --save crlf.json"), 0);
    assert_eq!(fs::read_to_string(folder.join("crlf.json")).unwrap(), page);
}

#[test]
fn the_days_are_those_of_the_later_version() {
    let repository = adopted("saved-days");
    let days = |line: &str| json(&repository, &format!("{line} --format json"))["window"]["to"].clone();
    assert_eq!(days(&format!("diff {SAVED} policies")), "2027-12-31");
    rewrite(&repository, "policies/hjemmel.toml", |text| text.replace("2027-12-31", "2028-06-30"));
    assert_eq!(days(&format!("diff {SAVED} policies")), "2028-06-30");
    assert_eq!(code(&repository, "snapshot policies --save nu.json"), 0);
    assert_eq!(days(&format!("diff {SAVED} nu.json")), "2028-06-30");
    assert_eq!(days(&format!("diff nu.json {SAVED}")), "2027-12-31");
    assert_eq!(days(&format!("diff nu.json {SAVED} --window 2026-01-01..2026-12-31")), "2026-12-31");
    // where the later one has none they are the days of both
    rewrite(&repository, "policies/hjemmel.toml", |text| text.replace("window", "#window"));
    assert_eq!(days("diff nu.json policies"), "2028-06-30");
}

#[test]
fn what_is_no_saved_version_is_told_in_both_languages() {
    let repository = adopted("saved-failures");
    let whole = fs::read_to_string(repository.join(SAVED)).unwrap();
    let write = |name: &str, text: &str| fs::write(repository.join(name), text).unwrap();
    fs::write(repository.join("bytes.json"), b"{\n \"hash\": \"\xff\xfe\x00\"}").unwrap();
    write("cut.json", whole.split_at(whole.len() / 2).0);
    write("policy.json", &whole.replace("timer højst 5", "timer højst 9"));
    write("window.json", &whole.replacen("2027-12-31", "2027-12-30", 1));
    write("newer.json", &whole.replace("\"format_version\": 1", "\"format_version\": 7"));
    write("older.json", &whole.replace("\"format_version\": 1", "\"format_version\": \"1\""));
    write("missing.json", &whole.replace("\"lines\"", "\"linjer\""));
    write("more.json", &whole.replace("\"reference_date\": null,", "\"reference_date\": null, \"x\": 1,"));
    write("comma.json", &whole.replace("\"reference_date\": null,", "\"reference_date\": null"));
    write("deep.json", &format!("{{\"a\": {}", "[".repeat(100_000)));
    write("foreign.json", "{\"navn\": \"noget andet\"}\n");
    write("note.txt", "en note\n");
    write("empty.json", "");
    File::create(repository.join("huge.json")).unwrap().set_len(64 * 1024 * 1024 + 1).unwrap();
    fs::create_dir(repository.join("tom")).unwrap();
    fs::create_dir(repository.join("lov")).unwrap();
    fs::copy(repository.join("policies/lov.hjemmel"), repository.join("lov/lov.hjemmel")).unwrap();
    let review = json(&repository, "diff --base main policies --format json").to_string();
    write("review.json", &review);
    let mut page = String::new();
    let mut tell = |why: &str, line: &str| {
        page.push_str(&format!("── {why}: hjemmel {line}\n"));
        for lang in ["da", "en"] {
            let output = hjemmel(&repository, &format!("{line} --lang {lang}"));
            let words = String::from_utf8(output.stderr).unwrap();
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{line}: {words}");
            page.push_str(&words);
        }
    };
    for (why, file) in [
        ("bytes that are no text", "bytes.json"),
        ("cut off", "cut.json"),
        ("a policy in it is another", "policy.json"),
        ("the days in it are others", "window.json"),
        ("of a newer version", "newer.json"),
        ("of no version", "older.json"),
        ("something is missing", "missing.json"),
        ("there is more", "more.json"),
        ("no JSON", "comma.json"),
        ("no end of brackets", "deep.json"),
        ("somebody else's JSON", "foreign.json"),
        ("another of our pages", "review.json"),
        ("no JSON at all", "note.txt"),
        ("empty", "empty.json"),
        ("too large", "huge.json"),
        ("a snapshot", "policies/fjordby.afgoerelser.md"),
    ] {
        tell(why, &format!("diff {file} policies"));
    }
    tell("the later one", "diff policies cut.json");
    tell("to approve", "approve cut.json policies --role jurist --reason ja");
    tell("with --base", &format!("diff --base main {SAVED}"));
    tell("checked", &format!("check {SAVED}"));
    tell("a snapshot checked", "check policies/fjordby.afgoerelser.md");
    tell("over a policy", "snapshot policies --save policies/lov.hjemmel");
    tell("over a snapshot", "snapshot policies --save policies/fjordby.afgoerelser.md");
    tell("over another file", "snapshot policies --save note.txt");
    tell("over a folder", "snapshot policies --save tom");
    tell("into no folder", "snapshot policies --save ingen/gemt.json");
    tell("not proven", "snapshot policies --save ny.json --budget 1");
    tell("no place", "snapshot lov --save ny.json");
    tell("two things at once", "snapshot policies --save ny.json --accept");
    rewrite(&repository, "policies/aaby.hjemmel", |text| text.replace("mentor\n", "mentro\n"));
    tell("an error", "snapshot policies --save ny.json");
    tell("an error", "snapshot policies --accept");
    assert!(!repository.join("ny.json").exists() && !repository.join("ingen").exists());
    crate::snapshot(Path::new("tests/diff"), "saved", &page);
}
