//! Hooks, action, workflow and `docs/ci.md`: they are read as those read them who run them, every flag they give exists,
//! and what they run does what they say.

use saphyr::{LoadableYamlNode, Yaml};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap()
}

fn yaml(text: &str) -> Yaml<'_> {
    let mut read = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(read.len(), 1, "{text}");
    read.remove(0)
}

fn text<'y>(yaml: &'y Yaml<'_>, key: &str) -> &'y str {
    let found = yaml.as_mapping_get(key).and_then(Yaml::as_str);
    found.unwrap_or_else(|| panic!("`{key}` is missing in {yaml:?}"))
}

/// The blocks of the page that open with a fence beginning so: the rest of the fence, and what stands between.
fn blocks(page: &str, fence: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(mark) = line.strip_prefix("```").filter(|mark| !mark.is_empty()) else { continue };
        let block: String =
            lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        if let Some(rest) = mark.strip_prefix(fence) {
            blocks.push((rest.trim().to_owned(), block));
        }
    }
    blocks
}

/// A new folder in which `policies/` are those of `tests/ci/policies/`.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ci-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("policies")).unwrap();
    for entry in fs::read_dir("tests/ci/policies").unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join("policies").join(path.file_name().unwrap())).unwrap();
    }
    folder
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    command.current_dir(folder).env_clear();
    command
}

#[test]
fn the_page_shows_what_its_commands_print() {
    let page = read("docs/ci.md");
    let shown = blocks(&page, "console ci");
    assert!(shown.len() >= 9, "docs/ci.md: its commands were not found");
    let folder = folder("page");
    let mut mended = page.clone();
    let mut broken = Vec::new();
    for (mark, block) in shown {
        let line = block.lines().next().unwrap_or_default();
        let words = line.strip_prefix("$ hjemmel ").unwrap().split_whitespace();
        let output = program(&folder).args(words).output().unwrap();
        let expected: i32 = mark.strip_prefix("exit=").map_or(0, |code| code.parse().unwrap());
        assert_eq!(output.status.code(), Some(expected), "{line}");
        let told = format!("{}{}", utf8(&output.stdout), utf8(&output.stderr));
        let is_told = block.lines().count() > 1;
        if is_told && format!("{line}\n{told}") != block {
            broken.push(line.to_owned());
            mended = mended.replace(&block, &format!("{line}\n{told}"));
        }
    }
    if std::env::var_os("HJEMMEL_ACCEPT").is_some() {
        fs::write("docs/ci.md", mended).unwrap();
    } else {
        assert_eq!(broken, [""; 0], "docs/ci.md shows something else than these print");
    }
    for file in ["hjemmel.sarif", "hjemmel.xml", "gl-code-quality-report.json", "fund.md"] {
        assert!(fs::metadata(folder.join(file)).unwrap().len() > 100, "{file}");
    }
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_page_names_every_format_input_and_output() {
    let (page, readme) = (read("docs/ci.md"), read("README.md"));
    for format in hjemmel::report::formats() {
        assert!(page.contains(&format!("| `{}` |", format.name)), "docs/ci.md: `{}`", format.name);
        assert!(readme.contains(&format!("`{}`", format.name)), "README.md: `{}`", format.name);
    }
    let action = read("action.yml");
    let action = yaml(&action);
    for part in ["inputs", "outputs"] {
        for (name, _) in action[part].as_mapping().unwrap() {
            let name = name.as_str().unwrap();
            assert!(page.contains(&format!("`{name}`")), "docs/ci.md: `{name}`");
        }
    }
}

#[test]
fn the_page_s_settings_are_those_there_are() {
    let page = read("docs/ci.md");
    let (mut actions, mut hooks, mut scripts) = (0, 0, Vec::new());
    let action = read("action.yml");
    let (action, manifest) = (yaml(&action), read(".pre-commit-hooks.yaml"));
    let manifest = yaml(&manifest);
    for (_, block) in blocks(&page, "yaml") {
        let block = yaml(&block);
        let steps = block.as_mapping_get("jobs").map(|jobs| &jobs["check"]["steps"]);
        for step in steps.or(block.as_mapping_get("steps")).and_then(Yaml::as_sequence).into_iter().flatten()
        {
            if step.as_mapping_get("uses").is_some_and(|uses| uses.as_str().unwrap().contains("/hjemmel@")) {
                actions += 1;
                for (name, _) in step["with"].as_mapping().unwrap() {
                    let name = name.as_str().unwrap();
                    assert!(action["inputs"].contains_mapping_key(name), "action.yml has no input `{name}`");
                }
            }
            scripts.extend(step.as_mapping_get("run").and_then(Yaml::as_str).map(str::to_owned));
        }
        for repo in block.as_mapping_get("repos").and_then(Yaml::as_sequence).into_iter().flatten() {
            for hook in repo["hooks"].as_sequence().unwrap() {
                hooks += 1;
                let id = text(hook, "id");
                let known = manifest.as_sequence().unwrap().iter().find(|known| text(known, "id") == id);
                let entry = text(known.unwrap(), "entry");
                let args = hook.as_mapping_get("args").and_then(Yaml::as_sequence).into_iter().flatten();
                let args: Vec<&str> = args.map(|word| word.as_str().unwrap()).collect();
                scripts.push(
                    format!("{entry} {} policies", args.join(" ")).replace(" policies policies", " policies"),
                );
            }
        }
        let job = block.as_mapping_get("hjemmel").and_then(|job| job.as_mapping_get("script"));
        let lines = job.and_then(Yaml::as_sequence).into_iter().flatten();
        scripts.extend(lines.map(|line| line.as_str().unwrap().to_owned()));
    }
    assert_eq!((actions, hooks), (1, 2));
    scripts.retain(|script| script.starts_with("hjemmel "));
    assert_eq!(scripts.len(), 4, "{scripts:?}");
    let folder = folder("settings");
    for script in scripts {
        let words = script.strip_prefix("hjemmel ").unwrap();
        let words = words.replace("\"$GITHUB_STEP_SUMMARY\"", "summary.md");
        let output = program(&folder).args(words.split_whitespace()).output().unwrap();
        let expected = if words.starts_with("check") { 1 } else { 0 };
        assert_eq!(output.status.code(), Some(expected), "{script}: {}", utf8(&output.stderr));
    }
    for file in ["summary.md", "gl-code-quality-report.json", "hjemmel.xml"] {
        assert!(fs::metadata(folder.join(file)).unwrap().len() > 100, "{file}");
    }
}

/// Whether a name fits a pattern, as the schema's reader of patterns sees it.
fn fits(pattern: &str, name: &str) -> bool {
    let schema = serde_json::json!({ "type": "string", "pattern": pattern });
    jsonschema::draft202012::new(&schema).unwrap().is_valid(&serde_json::json!(name))
}

#[test]
fn the_hooks_are_ones_that_pre_commit_can_run() {
    let manifest = read(".pre-commit-hooks.yaml");
    let hooks = yaml(&manifest);
    let hooks = hooks.as_sequence().unwrap();
    let ids: Vec<&str> = hooks.iter().map(|hook| text(hook, "id")).collect();
    assert_eq!(ids, ["hjemmel-check", "hjemmel-fmt"]);
    let folder = folder("hooks");
    for hook in hooks {
        assert!(!text(hook, "name").is_empty() && !text(hook, "description").is_empty());
        assert_eq!(text(hook, "language"), "rust");
        let files = text(hook, "files");
        for (name, wanted) in [
            ("kommuner/slagelse.hjemmel", true),
            ("a.hjemmel.md", true),
            ("README.md", false),
            ("hjemmel.txt", false),
            ("mappe/hjemmel.toml", text(hook, "id") == "hjemmel-check"),
        ] {
            assert_eq!(fits(files, name), wanted, "{name}: {files}");
        }
        let args = hook.as_mapping_get("args").and_then(Yaml::as_sequence).into_iter().flatten();
        let args: Vec<&str> = args.map(|word| word.as_str().unwrap()).collect();
        let passes = hook.as_mapping_get("pass_filenames").and_then(Yaml::as_bool).unwrap_or(true);
        let names: &[&str] = if passes { &["policies/lov.hjemmel", "policies/fjordby.hjemmel"] } else { &[] };
        let words = text(hook, "entry").strip_prefix("hjemmel ").unwrap();
        let words = words.split(' ').chain(args).chain(names.iter().copied());
        let output = program(&folder).args(words).output().unwrap();
        let expected = if passes { 0 } else { 1 };
        assert_eq!(output.status.code(), Some(expected), "{}: {}", text(hook, "id"), utf8(&output.stderr));
    }
}

#[test]
fn the_release_is_built_for_three_systems_and_the_action_fetches_what_is_built() {
    let workflow = read(".github/workflows/release.yml");
    let workflow = yaml(&workflow);
    assert_eq!(workflow["on"]["push"]["tags"][0].as_str(), Some("v*"));
    let matrix = workflow["jobs"]["build"]["strategy"]["matrix"]["include"].as_sequence().unwrap();
    let action = read("action.yml");
    for system in ["ubuntu", "macos", "windows"] {
        assert!(matrix.iter().any(|one| text(one, "os").starts_with(system)), "{system}");
    }
    for one in matrix {
        let wanted = format!("target={} archive={}", text(one, "target"), text(one, "archive"));
        assert!(action.contains(&wanted), "action.yml does not fetch {wanted}");
    }
    assert_eq!(matrix.len(), action.matches(" archive=").count(), "action.yml fetches what is not built");
    let name = text(&workflow["jobs"]["build"]["env"], "NAME");
    assert_eq!(name, "hjemmel-${{ github.ref_name }}-${{ matrix.target }}");
    assert!(action.contains("hjemmel-$VERSION-$target.$archive"));
    for (job, steps) in workflow["jobs"].as_mapping().unwrap() {
        for step in steps["steps"].as_sequence().unwrap() {
            assert!(
                step.contains_mapping_key("uses") != step.contains_mapping_key("run"),
                "{job:?}: a step runs something or uses something"
            );
        }
    }
}

/// The script of a step of the action.
fn script<'y>(action: &'y Yaml<'_>, name: &str) -> &'y Yaml<'y> {
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    steps.iter().find(|step| text(step, "name") == name).unwrap()
}

#[test]
fn the_action_has_what_a_composite_action_needs() {
    let action = read("action.yml");
    let action = yaml(&action);
    assert!(!text(&action, "name").is_empty() && !text(&action, "description").is_empty());
    assert_eq!(text(&action["runs"], "using"), "composite");
    let inputs = action["inputs"].as_mapping().unwrap();
    for (name, input) in inputs {
        assert!(!text(input, "description").is_empty(), "{name:?}");
        assert!(input.as_mapping_get("default").and_then(Yaml::as_str).is_some(), "{name:?} has no default");
    }
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        let Some(script) = step.as_mapping_get("run").and_then(Yaml::as_str) else { continue };
        assert_eq!(text(step, "shell"), "bash");
        // an input is data: it stands in the environment and is not pasted into the script
        assert!(!script.contains("${{"), "{script}");
        for (name, value) in step["env"].as_mapping().unwrap() {
            let (name, value) = (name.as_str().unwrap(), value.as_str().unwrap());
            let variable = script.contains(&format!("${name}")) || script.contains(&format!("${{{name}"));
            assert!(variable, "`{name}` is not used");
            if let Some((_, rest)) = value.split_once("inputs.") {
                let input = rest.trim_end_matches([' ', '}']);
                assert!(action["inputs"].contains_mapping_key(input), "there is no input `{input}`");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn the_action_s_script_does_what_its_inputs_say() {
    let action = read("action.yml");
    let action = yaml(&action);
    let step = script(&action, "Check");
    let bin = Path::new(env!("CARGO_BIN_EXE_hjemmel")).parent().unwrap();
    let run = |name: &str, given: &[(&str, &str)]| {
        let folder = folder(name);
        let mut command = Command::new("bash");
        command.current_dir(&folder).env_clear().args(["-e", "-c", text(step, "run")]);
        command.env("PATH", format!("{}:/usr/bin:/bin", bin.display()));
        for (name, value) in step["env"].as_mapping().unwrap() {
            let input = value.as_str().unwrap().split_once("inputs.").unwrap().1.trim_end_matches([' ', '}']);
            let given = given.iter().find(|(name, _)| *name == input).map(|(_, value)| *value);
            let default = text(&action["inputs"][input], "default");
            command.env(name.as_str().unwrap(), given.unwrap_or(default));
        }
        for file in ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"] {
            fs::write(folder.join(file), "").unwrap();
            command.env(file, folder.join(file));
        }
        let output = command.output().unwrap();
        let file = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        let told = (utf8(&output.stdout), utf8(&output.stderr));
        (
            output.status.code(),
            told,
            file("GITHUB_STEP_SUMMARY"),
            file("GITHUB_OUTPUT"),
            file("hjemmel.sarif"),
        )
    };
    let (code, (told, _), summary, output, sarif) = run("defaults", &[("path", "policies")]);
    assert_eq!(code, Some(1));
    assert!(told.contains("::error file=policies/fjordby.hjemmel,line=6"), "{told}");
    assert!(summary.starts_with("## hjemmel: 1 error"), "{summary}");
    assert_eq!((output.as_str(), sarif.as_str()), ("exit-code=1\n", ""));
    let all =
        [("path", "policies/lov.hjemmel\npolicies/fjordby.hjemmel\n"), ("fail-on", "never"), ("lang", "da")];
    let (code, (told, _), summary, output, sarif) = run(
        "all",
        &[&all[..], &[("annotations", "false"), ("summary", "false"), ("upload-sarif", "true")]].concat(),
    );
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("fejl[undercut]") && !told.contains("::error"), "{told}");
    assert_eq!((summary.as_str(), output.as_str()), ("", "exit-code=0\nsarif-file=hjemmel.sarif\n"));
    assert!(sarif.contains("\"version\": \"2.1.0\""));
    let (code, (_, error), summary, output, sarif) =
        run("nowhere", &[("path", "no where; echo $(id)"), ("sarif", "hjemmel.sarif")]);
    assert_eq!(code, Some(2));
    assert!(error.contains("`no where; echo $(id)` does not exist"), "{error}");
    assert_eq!((summary.as_str(), output.as_str(), sarif.as_str()), ("", "exit-code=2\n", ""));
}

#[cfg(unix)]
#[test]
fn the_release_packs_a_manual_page_of_every_command() {
    let workflow = read(".github/workflows/release.yml");
    let line = workflow.lines().find(|line| line.trim_start().starts_with("commands=$(")).unwrap().trim();
    let script = format!("hjemmel={}; {line}; echo $commands", env!("CARGO_BIN_EXE_hjemmel"));
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    let commands = utf8(&output.stdout);
    let commands: Vec<&str> = commands.split_whitespace().collect();
    assert!(commands.len() >= 12 && commands.contains(&"check") && commands.contains(&"man"), "{commands:?}");
    for command in commands {
        let page = program(Path::new(".")).args(["man", command]).output().unwrap();
        assert_eq!(page.status.code(), Some(0), "{command}");
    }
}
