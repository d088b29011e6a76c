//! A change is reviewed from the outside: `docs/review.md` walked through in a git repository that is made for it, what
//! cannot be compared told in both languages, and the forms of a review held to what they promise.

use hjemmel::export::{ReviewPage, Reviewed, review_formats};
use hjemmel::{Lang, Options, SourceFile, Workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PAGE: &str = "docs/review.md";
const FENCE: &str = "```console";

/// A program that knows nothing of the machine but where programs are.
pub(crate) fn program(name: &str, folder: &Path) -> Command {
    let mut command = Command::new(name);
    command.current_dir(folder).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", folder.join("no-such-file"));
    // this repository is not the one that is asked
    command.env("GIT_CEILING_DIRECTORIES", env!("CARGO_TARGET_TMPDIR"));
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "Jurist")
            .env(format!("GIT_{who}_EMAIL"), "jurist@example.org");
        command.env(format!("GIT_{who}_DATE"), "2026-01-05T12:00:00Z");
    }
    command
}

pub(crate) fn hjemmel(folder: &Path, line: &str) -> Output {
    program(env!("CARGO_BIN_EXE_hjemmel"), folder).args(line.split_whitespace()).output().unwrap()
}

pub(crate) fn git(folder: &Path, line: &[&str]) {
    let done = program("git", folder).args(line).output().unwrap();
    assert!(done.status.success(), "git {line:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copied(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("diff-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A repository with `main` and the branch of a pull request, which is checked out.
pub(crate) fn repository(name: &str) -> PathBuf {
    let (folder, root) = (folder(name), Path::new(env!("CARGO_MANIFEST_DIR")));
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    for (branch, words) in [("main", "Serviceniveau 2025"), ("branch", "Serviceniveau 2026")] {
        if branch == "branch" {
            git(&folder, &["checkout", "--quiet", "-b", "serviceniveau-2026"]);
        }
        copied(&root.join("tests/diff").join(branch), &folder);
        git(&folder, &["add", "policies"]);
        git(&folder, &["commit", "--quiet", "--message", words]);
    }
    folder
}

/// What a line of the page prints; `| head -6` behind it leaves six lines.
fn printed(folder: &Path, line: &str) -> (String, Option<i32>) {
    let line = line.strip_prefix("$ hjemmel ").unwrap();
    let (line, most) = line.split_once(" | head -").unwrap_or((line, "100000"));
    let output = hjemmel(folder, line);
    let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    let lines = told.lines().take(most.parse().unwrap()).map(|line| format!("{line}\n"));
    (lines.collect(), output.status.code())
}

#[test]
fn the_page_shows_what_its_commands_print() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let repository = repository("page");
    let rewritten = folder("rewritten");
    copied(&root.join("policies"), &rewritten.join("policies"));
    copied(&root.join("examples/slagelse_rettet"), &rewritten.join("examples/slagelse_rettet"));
    let page = fs::read_to_string(root.join(PAGE)).unwrap();
    let mut parts = page.split(FENCE);
    let mut fresh = parts.next().unwrap().to_owned();
    let mut commands = 0;
    for part in parts {
        let (mark, rest) = part.split_once('\n').unwrap();
        let (block, rest) = rest.split_once("```").unwrap();
        let line = block.lines().next().unwrap();
        let place = if line.contains("examples/") { &rewritten } else { &repository };
        let (told, code) = printed(place, line);
        let expected = mark.trim().strip_prefix("exit=").map_or(0, |code| code.parse().unwrap());
        assert_eq!(code, Some(expected), "{line}: {told}");
        commands += 1;
        fresh.push_str(&format!("{FENCE}{mark}\n{line}\n{told}```{rest}"));
    }
    assert!(commands >= 5, "{PAGE}");
    if std::env::var_os("HJEMMEL_ACCEPT").is_some() {
        fs::write(root.join(PAGE), fresh).unwrap();
    } else {
        assert_eq!(fresh, page, "{PAGE} shows something else than its commands print");
    }
}

#[test]
fn what_fails_is_what_was_asked_for() {
    let repository = repository("codes");
    for (line, code) in [
        ("diff --base main policies", 0),
        ("diff main..serviceniveau-2026 policies", 0),
        ("diff --base main policies --fail-on narrowed", 1),
        ("diff --base main policies --fail-on widened", 1),
        ("diff --base main policies --fail-on any", 1),
        ("diff --base main policies --fail-on new-findings", 0),
        ("diff main..main policies --fail-on any", 0),
        ("diff main..HEAD policies/aaby.hjemmel --fail-on narrowed", 1),
        ("compare Fjordby Aaby policies", 0),
        ("compare Fjordby Fjordby policies --at alder=29,30", 0),
    ] {
        let output = hjemmel(&repository, line);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{line}: {told}");
    }
}

#[test]
fn what_cannot_be_compared_is_told_in_both_languages() {
    let repository = repository("failures");
    let bare = folder("bare");
    copied(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/main"), &bare);
    fs::create_dir(repository.join("tom")).unwrap();
    let mut told = String::new();
    let mut tell = |why: &str, mut command: Command, line: &str| {
        told.push_str(&format!("── {why}: hjemmel {line}\n"));
        for lang in ["da", "en"] {
            command.env("HJEMMEL_LANG", lang);
            let output = command.output().unwrap();
            let words = String::from_utf8(output.stderr).unwrap();
            let words = words.replace(env!("CARGO_TARGET_TMPDIR"), "…");
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{line}: {words}");
            told.push_str(&words);
        }
    };
    let asked = |folder: &Path, line: &str| {
        let mut command = program(env!("CARGO_BIN_EXE_hjemmel"), folder);
        command.args(line.split_whitespace());
        command
    };
    for (why, folder, line) in [
        ("an unknown revision", &repository, "diff --base hovedgren policies"),
        ("an unknown revision of two", &repository, "diff main..udkast policies"),
        ("a revision that is a flag", &repository, "diff --base=--upload-pack=x policies"),
        ("not a repository", &bare, "diff --base main policies"),
        ("a path outside", &repository, "diff --base main ../diff-bare/policies"),
        ("a path that is not there", &repository, "diff --base main nowhere"),
        ("no policies then", &repository, "diff main..HEAD tom"),
        ("neither version is named", &repository, "diff"),
        ("one version", &repository, "diff policies"),
        ("no path and no revisions", &repository, "diff policy"),
        ("no such folders", &repository, "diff gammel ny"),
        ("an unknown place", &repository, "compare Fjordby Ingenby policies"),
        ("a place alone", &repository, "compare Fjordby"),
        ("no such value", &repository, "compare Fjordby Aaby policies --at alder=29,gammel"),
    ] {
        tell(why, asked(folder, line), line);
    }
    let line = "diff --base main policies";
    let mut without_git = asked(&repository, line);
    without_git.env("PATH", repository.join("tom"));
    tell("git is not there", without_git, line);
    crate::snapshot(Path::new("tests/diff"), "failures", &told);
}

fn workspace(file: &str) -> Workspace {
    Workspace::new(vec![SourceFile::new("policies/by.hjemmel", file)], Options::default())
}

/// Many supports, of which all are given otherwise; their words would break a page that trusts them.
fn many(grade: &str) -> Workspace {
    let mut text =
        "lov L \"Lov <b>& </details>\"\nkommune By \"By\"\noplysning syg \"Syg?\": ja/nej\n".to_owned();
    for number in 0..400 {
        let title = "en støtte med <script> & et langt navn | ".repeat(3);
        text.push_str(&format!("støtte s{number} \"{title}{number}\"\n"));
        text.push_str(&format!(
            "regel r{number} {{\n    hjemmel L § {number}\n    når syg\n    {grade} s{number}\n}}\n"
        ));
    }
    workspace(&text)
}

fn rendered(format: &str, before: &Workspace, after: &Workspace) -> String {
    rendered_in(Lang::Da, format, before, after)
}

fn rendered_in(lang: Lang, format: &str, before: &Workspace, after: &Workspace) -> String {
    let diff = after.since(before);
    assert!(!diff.changes.is_empty());
    let format = review_formats().iter().find(|known| known.name == format).unwrap();
    (format.render)(&ReviewPage {
        what: Reviewed::Versions {
            diff: &diff,
            sources: [before.sources(), after.sources()],
            names: ["<main>", "& HEAD"],
            findings: None,
            approvals: None,
        },
        lang,
        width: 80,
    })
}

#[test]
fn a_comment_on_a_huge_change_stays_below_what_a_forge_takes() {
    let page = rendered("markdown", &many("ret til"), &many("kan give"));
    assert!(page.len() < 64 * 1024, "{} bytes", page.len());
    assert!(page.starts_with("<!-- hjemmel-review -->\n"), "{page:.100}");
    assert!(page.contains("til er der ikke plads til"), "what is left out is counted");
    assert!(!page.contains("<script>") && page.matches("<details>").count() > 50);
    assert_eq!(page.matches("<details>").count(), page.matches("</details>").count());
}

#[test]
fn a_comment_on_many_findings_stays_below_it_too() {
    let (before, after) = (many("ret til"), many("kan give"));
    let known: Vec<_> = (0..20_000)
        .map(|number| hjemmel::Known {
            check: if number < 10_000 { "gap" } else { "overlap" }.to_owned(),
            module: Some("By".to_owned()),
            support: Some(format!("en-støtte-{number}")),
            about: None,
            reach: hjemmel::Reach::Rules(std::collections::BTreeSet::default()),
        })
        .collect();
    let diff = after.since(&before);
    let page = |format: &str| {
        let format = review_formats().iter().find(|known| known.name == format).unwrap();
        let findings =
            hjemmel::export::FindingsMoved { introduced: &[], resolved: &known, remaining: 0, proven: true };
        (format.render)(&ReviewPage {
            what: Reviewed::Versions {
                diff: &diff,
                sources: [before.sources(), after.sources()],
                names: ["main", "HEAD"],
                findings: Some(findings),
                approvals: None,
            },
            lang: Lang::Da,
            width: 80,
        })
    };
    let (comment, text) = (page("markdown"), page("text"));
    assert!(comment.len() < 64 * 1024, "{} bytes", comment.len());
    assert!(comment.contains("løst, gap: By, en-støtte-0; By, en-støtte-1;") && comment.contains("- og "));
    assert!(text.contains("en-støtte-9999") && text.contains("en-støtte-19999"), "the text tells all");
}

#[test]
fn a_page_is_well_formed() {
    let page = rendered("html", &many("ret til"), &many("kan give"));
    let page = page.strip_prefix("<!doctype html>").unwrap();
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag that does not end");
        let name = tag.split([' ', '\n']).next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if name == "meta" => {}
            None => open.push(name),
        }
    }
    assert_eq!(open, [""; 0]);
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
}

#[test]
fn programs_get_the_promised_shape() {
    let schema = serde_json::from_str(&fs::read_to_string("docs/review.schema.json").unwrap()).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let repository = repository("json");
    copied(&Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"), &repository.join("before"));
    copied(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/slagelse_rettet"),
        &repository.join("after"),
    );
    for line in [
        "diff --base main policies --format json",
        "diff main..main policies --format json",
        "diff before after --format json",
        "compare Fjordby Aaby policies --format json",
        "compare Aalborg Slagelse before --format json",
        "compare Fjordby Fjordby policies --at alder=29,30 --format json",
    ] {
        let output = hjemmel(&repository, line);
        let page = serde_json::from_slice(&output.stdout).unwrap();
        let broken: Vec<String> =
            schema.iter_errors(&page).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(broken.is_empty(), "{line}: {broken:.2000?}");
        let mut wrong = page.clone();
        wrong["more"] = 1.into();
        assert!(!schema.is_valid(&wrong), "the schema is closed");
    }
}

#[test]
fn a_law_is_told_once_and_places_with_the_same_citizens_together() {
    let texts = |age: u32| {
        let places = ["Aaby", "Beby", "Ceby"].map(|name| format!("kommune {name} \"{name} Kommune\"\n"));
        let own = "regel unge {\n    hjemmel L § 2\n    når alder under 25\n    ret til mentor\n}\n";
        let law = format!(
            "lov L \"Lov\"\noplysning alder \"Alder\": tal 18-67\nstøtte mentor \"Mentor\"\n\
             regel ret {{\n    hjemmel L § 1\n    når alder under {age}\n    ret til mentor\n}}\n"
        );
        let mut files = vec![SourceFile::new("lov.hjemmel", law)];
        for (at, place) in places.into_iter().enumerate() {
            let text = if at == 2 { place + own } else { place };
            files.push(SourceFile::new(format!("{at}.hjemmel"), text));
        }
        Workspace::new(files, Options::default())
    };
    let told = rendered("text", &texts(30), &texts(20));
    assert_eq!(told.matches("INDSNÆVRET").count(), 1, "{told}");
    crate::snapshot(Path::new("tests/diff"), "law", &told);
}

#[test]
fn the_days_of_a_change_are_told_once_where_everybody_has_the_same() {
    let law = "lov L \"Lov\"\noplysning alder \"Alder\": tal 18-67\noplysning syg \"Syg?\": ja/nej\n";
    let rules: [(&str, &str, &str); 7] = [
        ("fra-nytår", "gyldig fra 2027-01-01", "når syg"),
        ("til-nytår", "gyldig til 2026-12-31", "når syg"),
        ("et-år", "gyldig fra 2026-07-01 til 2027-06-30", "når syg"),
        ("en-dag", "gyldig fra 2026-07-01 til 2026-07-01", ""),
        ("for-enhver", "gyldig fra 2027-01-01", ""),
        ("uden-dage", "", "når syg"),
        (
            "efter-alder",
            "",
            "når (alder under 30 og dato mindst 2027-01-01) eller (alder mindst 30 og dato mindst 2026-07-01)",
        ),
    ];
    let texts = |has_rules: bool| {
        let mut law = law.to_owned();
        let mut town = String::new();
        for (name, days, when) in rules {
            law += &format!("støtte {name} \"{name}\"\n");
            town += &format!(
                "regel {name} {{\n    hjemmel L § 1\n    {days}\n    {when}\n    kan give {name}\n}}\n"
            );
        }
        // the same in two places, since a rule of the law, which only one of them has before
        law += "støtte begge \"Begge steder\"\n";
        if has_rules {
            law += "regel begge {\n    hjemmel L § 2\n    gyldig fra 2027-01-01\n    ret til begge\n}\n";
        }
        let own = if has_rules { town } else { String::new() };
        let texts = vec![
            SourceFile::new("lov.hjemmel", law),
            SourceFile::new("aaby.hjemmel", format!("kommune Aaby \"Aaby\"\n{own}")),
            SourceFile::new("beby.hjemmel", "kommune Beby \"Beby\"\n"),
        ];
        let mut options = Options::default();
        let day = |year| hjemmel::day_of(year, 1, 1).unwrap();
        options.window = Some(hjemmel::Window { from: day(2026), to: day(2028) - 1 });
        Workspace::new(texts, options)
    };
    let (before, after) = (texts(false), texts(true));
    assert_eq!(
        after.check().findings.iter().filter(|one| one.severity == hjemmel::Severity::Error).count(),
        0
    );
    let mut told = String::new();
    for (format, lang) in [
        ("text", Lang::Da),
        ("text", Lang::En),
        ("markdown", Lang::Da),
        ("markdown", Lang::En),
        ("html", Lang::Da),
        ("html", Lang::En),
    ] {
        told.push_str(&rendered_in(lang, format, &before, &after));
    }
    let days: Vec<_> =
        after.since(&before).changes.into_iter().map(|change| (change.support, change.days)).collect();
    assert_eq!(days.iter().filter(|(_, days)| days.is_none()).count(), 2, "{days:?}");
    crate::snapshot(Path::new("tests/diff"), "days", &told);
}

#[test]
fn a_kind_that_only_one_version_judges_hides_nothing() {
    let texts = |more: &str| {
        workspace(&format!(
            "lov L \"Lov\"\nkommune By \"By\"\noplysning syg \"Syg?\": ja/nej\nart pleje \"Pleje\"\n\
             støtte bad \"Bad\": pleje\nregel bad {{\n    hjemmel L § 1\n    kan give bad\n}}\n{more}"
        ))
    };
    let right = "regel krav {\n    hjemmel L § 2\n    når syg\n    ret til pleje\n}\n";
    let diff = texts(right).since(&texts(""));
    let told: Vec<_> = diff.changes.iter().map(|change| (change.class, change.support.as_str())).collect();
    assert_eq!(told, [(hjemmel::ChangeClass::Widened, "pleje")]);
    assert_eq!(diff.changes[0].places[0].region[0][0].source, "syg");
}
