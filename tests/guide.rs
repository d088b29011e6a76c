//! `docs/vejledning.md` walked through in an empty folder: every command is run, every edit made, every line compared.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PAGE: &str = "docs/vejledning.md";

/// A fenced block of the page: what stands behind its fence, and its lines.
struct Block {
    mark: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (open.take(), line.strip_prefix("```")) {
            (None, Some(mark)) => open = Some(Block { mark: mark.to_owned(), text: String::new() }),
            (Some(block), Some(_)) => blocks.push(block),
            (Some(mut block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    blocks
}

/// The words of a command line; quotation marks hold several together.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let cut = parts.flat_map(|(index, part)| match index % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    cut.collect()
}

/// Runs one command as a Danish computer would, and gives what is printed and the exit code.
fn run(folder: &Path, line: &str) -> (String, Option<i32>) {
    let words =
        words(line.strip_prefix("$ hjemmel ").unwrap_or_else(|| panic!("{PAGE}: no command: {line}")));
    let mut program = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    let output =
        program.current_dir(folder).env_clear().env("LANG", "da_DK.UTF-8").args(words).output().unwrap();
    let printed = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
    (printed, output.status.code())
}

#[test]
fn a_newcomer_gets_from_a_word_document_to_checked_rules() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::copy(root.join("docs/vejledning/serviceniveau.docx"), folder.join("serviceniveau.docx")).unwrap();
    let mut page = fs::read_to_string(root.join(PAGE)).unwrap();
    let mut broken = Vec::new();
    let mut found: Option<(PathBuf, String)> = None;
    let mut commands = 0;
    for Block { mark, text } in blocks(&page.clone()) {
        let file = |start: &str| mark.strip_prefix(start).map(|name| folder.join(name));
        if let Some(rest) = mark.strip_prefix("console guide") {
            let line = text.lines().next().unwrap_or_default();
            let (printed, code) = run(&folder, line);
            let expected = rest.trim().strip_prefix("exit=").map_or(0, |code| code.parse().unwrap());
            assert_eq!(code, Some(expected), "{PAGE}: {line}\n{printed}");
            commands += 1;
            let whole = format!("{line}\n{printed}");
            if whole.trim_end() != text.trim_end() {
                broken.push(format!("`{line}` prints\n{printed}"));
                let (old, new) =
                    (format!("```{mark}\n{text}```"), format!("```{mark}\n{}\n```", whole.trim_end()));
                page = page.replacen(&old, &new, 1);
            }
        } else if let Some(file) = file("text find ") {
            let content = fs::read_to_string(&file).unwrap();
            let wanted =
                text.trim_end_matches('\n').to_owned() + if text.ends_with("\n\n") { "\n" } else { "" };
            assert_eq!(content.matches(&wanted).count(), 1, "{PAGE}: once in the file: {wanted}\n{content}");
            found = Some((file, wanted));
        } else if mark == "text ret" {
            let (file, wanted) = found.take().unwrap_or_else(|| panic!("{PAGE}: nothing to replace: {text}"));
            let content = fs::read_to_string(&file).unwrap();
            fs::write(&file, content.replacen(&wanted, text.trim_end_matches('\n'), 1)).unwrap();
        } else if let Some(file) = file("hjemmel til ") {
            let content = fs::read_to_string(&file).unwrap();
            let (start, _) = content.rsplit_once("```").unwrap();
            fs::write(&file, format!("{start}\n{text}```\n")).unwrap();
        } else if let Some(file) = file("hjemmel står i ") {
            let content = fs::read_to_string(&file).unwrap();
            assert!(content.contains(&text), "{PAGE}: the file has no\n{text}\n{content}");
        } else if mark == "text slet" {
            fs::remove_file(folder.join(text.trim())).unwrap();
        } else {
            panic!("{PAGE}: a block that no step of the walk knows: {mark}");
        }
    }
    assert!(commands > 8 && found.is_none(), "{PAGE}: the walk is not whole");
    if std::env::var_os("HJEMMEL_ACCEPT").is_some() {
        fs::write(root.join(PAGE), page).unwrap();
    } else {
        assert!(
            broken.is_empty(),
            "{PAGE}: `HJEMMEL_ACCEPT=1 cargo test guide` brings it up to date\n{}",
            broken.join("\n")
        );
    }
}
