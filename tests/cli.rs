//! The program from the outside. Each folder of `tests/cases/cli/` holds the files of one behaviour, a `cmd` with one
//! command line (variables before it, `#` for why), and `cmd.snap`: what it printed, what it wrote and how it ended. A
//! file `stdin` is its standard input. Behaviours run in a copy of their folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

#[test]
fn every_behaviour_is_as_expected() {
    let root = Path::new("tests/cases/cli");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut failed = Vec::new();
    for folder in &folders {
        let script = fs::read_to_string(folder.join("cmd")).unwrap();
        let line = script.lines().find(|line| !line.starts_with('#')).unwrap();
        let place = copy(folder);
        let mut told = told(&run(&place, line));
        told.push_str(&without_version(&written(folder, &place)));
        let page = told.strip_prefix("── output ──\n").and_then(|told| told.split("── errors ──").next());
        if let Some(page) = page.filter(|page| page.starts_with("{\n  \"format_version\"") && is_report(line))
        {
            assert_eq!(crate::report::broken_promises(page), Vec::<String>::new(), "{line}");
        }
        let same = || crate::snapshot(folder, "cmd", &told);
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(same)).is_err() {
            failed.push(folder);
        }
    }
    assert!(failed.is_empty(), "behaviours with other output: {failed:#?}");
}

/// Whether a page of JSON is the report itself, and no count of it.
fn is_report(line: &str) -> bool {
    line.contains("check") && !line.contains("--statistics")
}

/// A copy of a behaviour's files.
fn copy(from: &Path) -> PathBuf {
    let to = folder(&format!("behaviour-{}", from.file_name().unwrap().to_str().unwrap()));
    for path in below(from) {
        let copy = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(path, copy).unwrap();
    }
    to
}

/// Every file below a folder, sorted.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

/// The files that a behaviour wrote or changed.
fn written(before: &Path, after: &Path) -> String {
    let mut told = String::new();
    for path in below(after) {
        let name = path.strip_prefix(after).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        if fs::read_to_string(before.join(name)).ok().as_ref() != Some(&text) {
            let known = fs::read_to_string("docs/hjemmel.schema.json").is_ok_and(|schema| schema == text);
            let text = if known { "(docs/hjemmel.schema.json)\n" } else { &text };
            told.push_str(&format!("── {} ──\n{text}", name.display()));
        }
    }
    told
}

/// Runs one command line in a folder, with no variables but its own.
fn run(folder: &Path, line: &str) -> Output {
    let input = File::open(folder.join("stdin")).map_or(Stdio::null(), Stdio::from);
    command(folder, line).stdin(input).output().unwrap()
}

fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    command.current_dir(folder).env_clear();
    let mut words = line.split_whitespace();
    for word in words.by_ref().take_while(|word| *word != "hjemmel") {
        let (name, value) = word.split_once('=').unwrap();
        command.env(name, value);
    }
    command.args(words);
    command
}

pub(crate) fn told(output: &Output) -> String {
    let stdout = String::from_utf8(output.stdout.clone()).unwrap();
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    let code = output.status.code().map_or("none".to_owned(), |code| code.to_string());
    without_version(&format!("── output ──\n{stdout}── errors ──\n{stderr}── exit {code} ──\n"))
}

/// So that a new version changes no snapshot.
pub(crate) fn without_version(told: &str) -> String {
    told.replace(&format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"version\": \"…\"")
        .replace(&format!("hjemmel {}", env!("CARGO_PKG_VERSION")), "hjemmel …")
}

/// A new empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Checks one text under both a plain and a literate name: it ends, says nothing of a bug, and by its own exit code.
fn checked(name: &str, bytes: &[u8]) -> Vec<i32> {
    let mut codes = Vec::new();
    for file in ["text.hjemmel", "text.hjemmel.md"] {
        let folder = folder(&format!("input-{name}"));
        fs::write(folder.join(file), bytes).unwrap();
        for lang in ["en", "da"] {
            let output = run(&folder, &format!("hjemmel check --lang {lang}"));
            let told = told(&output);
            assert!(!told.contains("bug in hjemmel") && !told.contains("fejl i hjemmel"), "{name}: {told}");
            for line in told.lines() {
                let wide = unicode_width::UnicodeWidthStr::width(line);
                assert!(wide <= 80 || !output.stderr.is_empty(), "{name}: {wide} columns: {line}");
            }
            codes.push(output.status.code().unwrap_or(-1));
        }
        let json = run(&folder, "hjemmel check --format json");
        if json.status.code() != Some(2) {
            assert_eq!(
                crate::report::broken_promises(&String::from_utf8(json.stdout).unwrap()),
                Vec::<String>::new()
            );
        }
    }
    codes
}

/// Numbers that look random and are the same each time.
fn noise(length: usize) -> Vec<u8> {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..length).map(next).collect()
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    assert_eq!(checked("random", &noise(100_000)), [2; 4]);
    assert_eq!(checked("latin-1", b"# s\xe5\n"), [2; 4]);
    let folder = folder("latin-1-place");
    fs::write(folder.join("a.hjemmel"), b"# en\n# s\xe5\n").unwrap();
    let told = told(&run(&folder, "hjemmel check"));
    assert!(told.contains("`a.hjemmel` is not UTF-8: byte 8 on line 2 is E5"), "{told}");
}

#[test]
fn any_text_at_all_ends_in_findings() {
    let ascii: Vec<u8> = noise(50_000).iter().map(|byte| byte % 96 + 31).collect();
    let unicode: String = noise(50_000)
        .chunks(2)
        .map(|pair| {
            char::from_u32(u32::from(pair[0]) << 8 | u32::from(*pair.last().unwrap())).unwrap_or('\n')
        })
        .collect();
    let rule = |when: &str| {
        format!("regel a {{ når {when} kan give b }}\n```hjemmel\nregel a {{ når {when} kan give b }}\n```\n")
    };
    let inputs: Vec<(&str, Vec<u8>)> = vec![
        ("ascii", ascii),
        ("unicode", unicode.into_bytes()),
        ("empty", Vec::new()),
        ("parentheses", rule(&format!("{}x{}", "(".repeat(10_000), ")".repeat(10_000))).into_bytes()),
        ("open-parentheses", rule(&"(".repeat(10_000)).into_bytes()),
        ("not", rule(&format!("{} x", "ikke ".repeat(100_000))).into_bytes()),
        ("braces", "regel a {".repeat(10_000).into_bytes()),
        ("quotes", "\"".repeat(9_999).into_bytes()),
        ("pipes", format!("tabel t {{\n{}\n}}", "|".repeat(20_000)).into_bytes()),
        ("one-long-line", rule(&"a og ".repeat(50_000)).into_bytes()),
        ("crlf", rule("x").replace('\n', "\r\n").into_bytes()),
        ("bom", format!("\u{feff}{}", rule("x")).into_bytes()),
        ("nfd", rule("sto\u{308}tte-a\u{30a}r").into_bytes()),
        ("bidi", rule("\u{202e}x\u{202c}").into_bytes()),
        ("controls", rule("\u{1b}[31m\u{0}\u{7}").into_bytes()),
        ("emoji", rule("👩‍👩‍👧‍👦 🇩🇰 x").into_bytes()),
    ];
    for (name, bytes) in inputs {
        for code in checked(name, &bytes) {
            assert!(code == 0 || code == 1, "{name}: exit {code}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let root = folder("unreadable");
    File::create(root.join("big.hjemmel")).unwrap().set_len(64 * 1024 * 1024 + 1).unwrap();
    let big = told(&run(&root, "hjemmel check --lang da"));
    assert!(big.contains("`big.hjemmel` fylder 65 MB") && big.contains("exit 2"), "{big}");
    let missing = told(&run(&root, "hjemmel check nowhere"));
    assert!(missing.contains("`nowhere` does not exist") && missing.contains("exit 2"), "{missing}");
    let root = folder("no-policies");
    let none = told(&run(&root, "hjemmel check --lang da"));
    assert!(none.contains("ingen regler i `.`") && none.contains("exit 2"), "{none}");
}

#[cfg(unix)]
#[test]
fn links_that_loop_or_lead_nowhere_are_named() {
    use std::os::unix::fs::symlink;
    let root = folder("loop");
    fs::create_dir(root.join("inner")).unwrap();
    fs::write(root.join("inner/a.hjemmel"), "").unwrap();
    symlink("..", root.join("inner/back")).unwrap();
    let told_loop = told(&run(&root, "hjemmel check"));
    assert!(told_loop.contains("`inner/back` is a link back") && told_loop.contains("exit 2"), "{told_loop}");
    let root = folder("dangling");
    symlink("nowhere", root.join("a.hjemmel")).unwrap();
    symlink("self.hjemmel", root.join("self.hjemmel")).unwrap();
    symlink("nowhere", root.join("innocent")).unwrap();
    let dangling = told(&run(&root, "hjemmel check"));
    assert!(
        dangling.contains("`a.hjemmel` does not exist") && dangling.contains("`self.hjemmel`"),
        "{dangling}"
    );
    assert!(!dangling.contains("innocent") && dangling.contains("exit 2"), "{dangling}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let root = folder("forbidden");
    let file = root.join("a.hjemmel");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&file).is_ok() {
        return;
    }
    let forbidden = told(&run(&root, "hjemmel check"));
    assert!(
        forbidden.contains("no permission to read `a.hjemmel`") && forbidden.contains("exit 2"),
        "{forbidden}"
    );
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let root = folder("pipe");
    fs::write(root.join("a.hjemmel"), "regel a {\n".repeat(20_000)).unwrap();
    let mut child = command(&root, "hjemmel check --format json")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.code().is_some_and(|code| code < 2));
}

#[test]
fn a_closed_pipe_ends_a_decision_quietly() {
    let line = "hjemmel decide policies --in Slagelse --facts docs/borgere/udskrives.json --format json";
    let mut child =
        command(Path::new("."), line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.code().is_some_and(|code| code < 2));
}

#[test]
fn threads_change_no_byte() {
    let root = folder("threads");
    let names: Vec<&str> = hjemmel::report::formats().iter().map(|format| format.name).collect();
    let pages = |jobs: u8, color: &str| {
        let file = |name: &str| root.join(format!("{name}-{jobs}"));
        let outputs: String =
            names.iter().map(|name| format!(" --output {name}={}", file(name).display())).collect();
        let line = format!("hjemmel check policies --jobs {jobs} --color {color}{outputs}");
        let printed = run(Path::new("."), &line);
        let read = |name: &&str| fs::read_to_string(file(name)).unwrap();
        (printed.status.code(), names.iter().map(read).collect::<Vec<String>>(), printed.stdout)
    };
    let one = pages(1, "never");
    for jobs in [2, 8] {
        assert_eq!(one, pages(jobs, "never"), "{jobs}");
    }
    let by_variable = run(Path::new("."), "RAYON_NUM_THREADS=3 hjemmel check policies --color never");
    assert_eq!(by_variable.stdout, one.2);
    let (_, files, stdout) = pages(2, "always");
    assert_eq!(files, one.1, "files have no colour");
    assert_ne!(stdout, one.2);
    assert_eq!(one.1[0].as_bytes(), one.2, "the same report in a file and on standard output");
}

#[test]
fn what_init_writes_checks_clean() {
    let root = folder("init");
    assert!(told(&run(&root, "hjemmel init da")).contains("exit 0"));
    let checked = told(&run(&root, "hjemmel check da --fail-on note"));
    assert!(checked.contains("ingen fund") && checked.contains("exit 0"), "{checked}");
    let policy = root.join("da/serviceniveau.hjemmel");
    let text = fs::read_to_string(&policy).unwrap();
    let advised = text.replace("alder fra 18 til 29", "alder fra 18 til 28");
    assert_ne!(text, advised);
    fs::write(&policy, advised).unwrap();
    let broken = told(&run(&root, "hjemmel check da"));
    assert!(broken.contains("fejl[gap]") && broken.contains("alder 29"), "{broken}");
}

#[test]
fn every_shell_and_every_command_is_served() {
    let root = folder("shells");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = told(&run(&root, &format!("hjemmel completions {shell}")));
        assert!(script.contains("stdin-filename") && script.contains("exit 0"), "{shell}");
    }
    for command in [
        "",
        "check",
        "checks",
        "decide",
        "fmt",
        "graph",
        "matrix",
        "diff",
        "compare",
        "snapshot",
        "approve",
        "test",
        "explain",
        "init",
        "completions",
        "man",
    ] {
        let page = told(&run(&root, &format!("hjemmel man {command}")));
        assert!(page.contains(".TH") && page.contains("exit 0"), "{command}: {page}");
    }
}

#[test]
fn nothing_is_wider_than_a_narrow_terminal() {
    let root = folder("narrow");
    fs::create_dir(root.join("policies")).unwrap();
    for path in below(Path::new("policies")) {
        let copy = root.join(&path);
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(path, copy).unwrap();
    }
    for line in ["check policies", "check policies --lang en --budget 1", "checks", "explain gap", "--help"] {
        for (columns, most) in [("40", 40), ("57", 57), ("300", 80), ("1", 40)] {
            let page = run(&root, &format!("COLUMNS={columns} hjemmel {line}")).stdout;
            let page = String::from_utf8(page).unwrap();
            // clap breaks no word, and neither do we a path: it is there to be clicked
            let ours = page.lines().filter(|_| line != "--help" || columns == "300");
            let ours = ours.filter(|line| !line.trim_start().starts_with("╭─["));
            let wide = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > most;
            assert_eq!(ours.filter(wide).collect::<Vec<_>>(), [""; 0], "{columns}: {line}");
        }
    }
}
