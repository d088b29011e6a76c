//! Interviews through a pseudo-terminal: what a reader sees, and types after each `›`.

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};
use std::path::Path;
use std::process::Command;

/// Longer than any answer takes, also on a machine that is busy; in thousandths of a second.
const PATIENCE: u64 = 60_000;

struct Conversation {
    session: PtySession,
    told: String,
}

impl Conversation {
    fn begun(words: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
        command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interview")).env_clear();
        let always = ["ask", "--in", "Byen", "--window", "2020-01-01..2020-12-31", "--color", "never"];
        command.args(always).args(words);
        Conversation { session: spawn_command(command, Some(PATIENCE)).unwrap(), told: String::new() }
    }

    /// Waits for a prompt, and types.
    fn asked(&mut self, prompt: &str, typed: &str) {
        self.heard(prompt);
        self.told += &format!(" › {typed}\n");
        self.session.send_line(typed).unwrap();
    }

    fn heard(&mut self, prompt: &str) {
        let before = self.session.exp_string(&format!("{prompt} ")).unwrap();
        self.told += &format!("{}{prompt}", text(&before));
    }

    /// The whole conversation and how it ended.
    fn ended(mut self) -> String {
        self.told += &text(&self.session.exp_eof().unwrap());
        let WaitStatus::Exited(_, code) = self.session.process().wait().unwrap() else {
            panic!("ended by a signal");
        };
        format!("{}── exit {code} ──\n", self.told.replace("\r\n", "\n"))
    }
}

/// The session gives each byte as a letter.
fn text(bytes: &str) -> String {
    let bytes: Vec<u8> = bytes.chars().map(|byte| u8::try_from(u32::from(byte)).unwrap()).collect();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_whole_interview_in_danish() {
    let mut with = Conversation::begun(&["--lang", "da"]);
    with.asked("gruppe [1-3]:", "hvorfor");
    with.asked("gruppe [1-3]:", "syg");
    with.asked("udskrives [ja/nej]:", "tilbage");
    with.asked("gruppe [1-3]:", "1");
    with.asked("alder:", "200");
    with.asked("alder:", "17");
    with.asked("alder:", "24");
    with.asked("behov [ja/nej]:", "måske");
    with.asked("behov [ja/nej]:", "ja");
    crate::snapshot(Path::new("tests/interview"), "whole.da", &with.ended());
}

#[test]
fn an_interview_that_is_stopped_in_english() {
    let mut with = Conversation::begun(&["--lang", "en", "--support", "koordinator"]);
    with.asked("udskrives [ja/nej]:", "");
    with.asked("udskrives [ja/nej]:", "?");
    with.asked("gruppe [1-3]:", "back");
    with.asked("udskrives [ja/nej]:", "?");
    with.asked("gruppe [1-3]:", "stop");
    crate::snapshot(Path::new("tests/interview"), "stopped.en", &with.ended());
}

#[test]
fn an_interview_that_is_interrupted() {
    let saved = Path::new(env!("CARGO_TARGET_TMPDIR")).join("interrupted.json");
    let mut with = Conversation::begun(&["--lang", "da", "--save", saved.to_str().unwrap()]);
    with.asked("gruppe [1-3]:", "2");
    with.heard("udskrives [ja/nej]:");
    with.session.send_control('c').unwrap();
    crate::snapshot(Path::new("tests/interview"), "interrupted.da", &with.ended());
    assert!(!saved.exists());
}
