//! `check --watch`: real runs on files that change. Each step waits for what the program says, never for a time.

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Longer than any answer takes, also on a machine that is busy; in thousandths of a second.
const PATIENCE: u64 = 60_000;

const LAW: &str = include_str!("cases/cli/undercut_short/lov.hjemmel");
const FJORDBY: &str = "kommune Fjordby \"Fjordby Kommune\" {\n    omfatter alder fra 18 til 67: omsorg\n}\n\
    oplysning alder \"Alder\": tal 0-120 år, typisk 35\nart omsorg \"Omsorg\"\nstøtte gåtur \"Gåtur\": omsorg\n\
    regel efter-sygehus {\n    hjemmel Mentorlov § 3\n    når udskrives\n    ret til mentor med varighed 3 måneder\n}\n\
    regel voksne {\n    hjemmel Mentorlov § 3\n    når alder fra 30 til 67\n    kan give gåtur\n}\n";

/// A new folder with a workspace in it.
fn workspace(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("watch-{name}"));
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("regler/kommuner")).unwrap();
    fs::write(root.join("regler/hjemmel.toml"), "edition = 1\n").unwrap();
    fs::write(root.join("regler/lov.hjemmel"), LAW).unwrap();
    fs::write(root.join("regler/kommuner/fjordby.hjemmel"), FJORDBY).unwrap();
    root
}

fn command(root: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    command
        .current_dir(root)
        .env_clear()
        .args(["check", "regler", "--watch", "--color", "never"])
        .args(words);
    command
}

struct Watch {
    session: PtySession,
    told: String,
}

impl Watch {
    fn begun(root: &Path, words: &[&str]) -> Self {
        let session = spawn_command(command(root, words), Some(PATIENCE)).unwrap();
        Watch { session, told: String::new() }
    }

    /// Waits until the program has said this.
    fn heard(&mut self, words: &str) {
        let before = self.session.exp_string(words).unwrap();
        self.told += &format!("{before}{words}");
    }

    /// Everything that was said and how it ended.
    fn interrupted(mut self) -> String {
        self.session.send_control('c').unwrap();
        self.told += &self.session.exp_eof().unwrap();
        let WaitStatus::Exited(_, code) = self.session.process().wait().unwrap() else {
            panic!("ended by a signal");
        };
        // the session gives each byte as a letter
        let bytes: Vec<u8> = self.told.chars().map(|byte| u8::try_from(u32::from(byte)).unwrap()).collect();
        let told = String::from_utf8(bytes).unwrap().replace("\r\n", "\n").replace("^C", "");
        format!("{told}── exit {code} ──\n")
    }
}

/// As many editors save: a file beside, then in the place of the old one.
fn saved(file: &Path, text: &str) {
    let beside = file.with_extension("tmp~");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, file).unwrap();
}

#[test]
fn what_comes_and_what_goes_is_told() {
    let root = workspace("danish");
    let file = root.join("regler/kommuner/fjordby.hjemmel");
    let mut watch = Watch::begun(&root, &["--lang", "da"]);
    watch.heard("Ctrl-C slutter");
    let mended = FJORDBY.replace("3 måneder", "6 måneder");
    saved(&file, &mended);
    watch.heard("1 st\u{c3}\u{a5}r");
    // nothing new is said where a text is saved as it was
    saved(&file, &mended);
    let narrower = format!("# en linje\n{}", mended.replace("fra 30", "fra 33"));
    saved(&file, &narrower);
    watch.heard("1 st\u{c3}\u{a5}r");
    saved(&root.join("regler/hjemmel.toml"), "edition = 2\n");
    watch.heard("edition = 1`");
    saved(&root.join("regler/hjemmel.toml"), "severity.gap = \"note\"\n");
    watch.heard("1 st\u{c3}\u{a5}r");
    fs::remove_dir_all(root.join("regler/kommuner")).unwrap();
    watch.heard("0 st\u{c3}\u{a5}r");
    fs::create_dir(root.join("regler/kommuner")).unwrap();
    saved(&file, FJORDBY);
    watch.heard("0 st\u{c3}\u{a5}r");
    crate::snapshot(Path::new("tests/watch"), "whole.da", &watch.interrupted());
}

#[test]
fn a_workspace_that_goes_and_comes_again_is_followed() {
    let root = workspace("deleted");
    let mut watch = Watch::begun(&root, &["--lang", "en"]);
    watch.heard("Ctrl-C ends");
    fs::rename(root.join("regler"), root.join("andre")).unwrap();
    watch.heard("does not exist");
    fs::rename(root.join("andre"), root.join("regler")).unwrap();
    watch.heard("2 stand");
    let file = root.join("regler/kommuner/fjordby.hjemmel");
    saved(&file, &FJORDBY.replace("3 måneder", "6 måneder"));
    watch.heard("1 stand");
    crate::snapshot(Path::new("tests/watch"), "deleted.en", &watch.interrupted());
}

#[test]
fn a_closed_pipe_ends_the_watch() {
    let root = workspace("pipe");
    let mut child = command(&root, &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
    assert!(said.contains("Ctrl-C ends"), "{said}");
    drop(child.stdout.take());
    fs::write(root.join("regler/kommuner/fjordby.hjemmel"), FJORDBY.replace("3 måneder", "2 måneder") + "x")
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
