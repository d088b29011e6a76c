//! What the pages say is so: links lead somewhere, files named exist, examples run.

use super::{assert_none, read, root};
use std::process::Command;

const PAGES: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/checks/README.md",
    "docs/book.md",
    "docs/ci.md",
    "docs/decide.md",
    "docs/semantics.md",
    "docs/sql.md",
    "docs/glossary.md",
    "docs/vejledning.md",
    "grammar/README.md",
    "policies/README.md",
];

/// Folders and endings by which a word in backticks is known to be a path of the repository.
const FOLDERS: [&str; 9] =
    ["src/", "tests/", "docs/", "policies/", "grammar/", "examples/", ".ci/", "lov/", "kommuner/"];

#[test]
fn links_and_files_that_pages_name_exist() {
    let mut broken = Vec::new();
    for page in PAGES.iter().copied() {
        let text = read(page);
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            if !link.starts_with("http") && !target.is_empty() && !root().join(folder).join(target).exists() {
                broken.push(format!("{page}: the link `{link}` leads nowhere"));
            }
        }
        let prose = text.split("```").step_by(2).collect::<String>();
        for word in prose.split('`').skip(1).step_by(2) {
            let is_path = FOLDERS.iter().any(|folder| word.starts_with(folder)) || word.ends_with(".md");
            let is_pattern =
                word.contains(['<', '…', '*', ' ']) || word.starts_with('.') && word.ends_with(".md");
            // a file that a command of the page writes is not there before
            let exists = |path: &str| root().join(path).exists() || text.contains(&format!("--out {path}"));
            // a row of ARCHITECTURE.md may be the beginning of a file's name
            if is_path
                && !is_pattern
                && !exists(word)
                && !exists(&format!("{word}.rs"))
                && !exists(&format!("{folder}/{word}"))
            {
                broken.push(format!("{page}: `{word}` does not exist"));
            }
        }
    }
    assert_none(&broken);
}

/// The code blocks of a page that open with this fence.
fn blocks(page: &str, fence: &str) -> Vec<String> {
    let text = read(page);
    let mut blocks = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(mark)) => open = Some((mark == fence, String::new())),
            (Some((wanted, block)), Some(_)) => {
                if *wanted {
                    blocks.push(std::mem::take(block));
                }
                open = None;
            }
            (Some((_, block)), None) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

#[test]
fn the_readme_s_example_gives_the_findings_it_names() {
    let blocks = blocks("README.md", "hjemmel");
    assert_eq!(blocks.len(), 2, "README.md: the law and the municipality");
    let names = ["lab.hjemmel", "slagelse.hjemmel"];
    let files = names.iter().zip(&blocks).map(|(name, text)| hjemmel::SourceFile::new(*name, text.as_str()));
    let checked = hjemmel::Workspace::new(files.collect(), hjemmel::Options::default()).check();
    let mut found: Vec<&str> = checked.findings.iter().map(|finding| finding.check).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, ["gap", "undercut", "unserved-right"]);
}

#[test]
fn the_readme_shows_a_finding_as_it_is_printed() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    let output = program.current_dir(root()).env_clear().args(["check", "policies"]).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let excerpts = blocks("README.md", "text excerpt");
    assert_eq!(excerpts.len(), 1, "README.md: one finding");
    let shown = excerpts[0].trim_end();
    let heading = shown.lines().next().unwrap_or_default();
    let finding = printed.split("\n\n").find(|finding| finding.lines().next() == Some(heading));
    let finding = finding.unwrap_or_else(|| panic!("README.md: no finding is told as `{heading}`"));
    if std::env::var_os("HJEMMEL_ACCEPT").is_some() {
        std::fs::write(root().join("README.md"), read("README.md").replace(shown, finding)).unwrap();
    } else {
        assert_eq!(shown, finding, "README.md: `HJEMMEL_ACCEPT=1 cargo test house` brings it up to date");
    }
}

#[test]
fn decisions_are_shown_as_they_are_printed() {
    let page = "docs/decide.md";
    let shown = blocks(page, "console decide");
    assert!(
        shown.len() >= 7,
        "{page}: three citizens in two municipalities, and one of whom not all is known"
    );
    let mut text = read(page);
    let mut broken = Vec::new();
    for block in shown {
        let line = block.lines().next().unwrap_or_default();
        let words = line.strip_prefix("$ hjemmel ").unwrap_or_default().split_whitespace();
        let mut program = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
        let output = program.current_dir(root()).env_clear().args(words).output().unwrap();
        let printed = format!("{line}\n{}", String::from_utf8(output.stdout).unwrap());
        assert_eq!(output.status.code(), Some(0), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        if printed != block {
            broken.push(format!("{page}: `{line}` prints something else"));
            text = text.replace(
                &format!("```console decide\n{block}```"),
                &format!("```console decide\n{printed}```"),
            );
        }
    }
    if std::env::var_os("HJEMMEL_ACCEPT").is_some() {
        std::fs::write(root().join(page), text).unwrap();
    } else {
        assert_none(&broken);
    }
}

#[test]
fn every_check_has_its_danish_word_in_the_glossary_and_its_line_in_the_readme() {
    let mut broken = Vec::new();
    for check in super::registry::checks() {
        let of_citizens = root().join(format!("src/checks/{}.rs", check.replace('-', "_"))).exists();
        let meaning = of_citizens.then_some("docs/semantics.md");
        for page in ["docs/glossary.md", "README.md"].into_iter().chain(meaning) {
            if !read(page).contains(&format!("`{check}`")) {
                broken.push(format!("{page}: `{check}` is missing"));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn every_keyword_of_the_grammar_is_in_the_glossary() {
    let glossary = read("docs/glossary.md");
    let danish = glossary.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    let known: Vec<String> = danish.flat_map(|cell| cell.split([' ', ',', '·'])).map(str::to_owned).collect();
    let mut keywords = Vec::new();
    for line in
        read("grammar/hjemmel.pest").lines().filter(|line| line.starts_with("k_") || line.starts_with("g_"))
    {
        keywords.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    assert!(keywords.len() > 50, "the keywords were not found");
    keywords.retain(|word| !known.contains(word) && !known.contains(&format!("{word}.")));
    assert_none(
        &keywords.iter().map(|word| format!("docs/glossary.md: `{word}` is missing")).collect::<Vec<_>>(),
    );
}
