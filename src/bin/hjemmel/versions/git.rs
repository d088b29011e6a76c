//! Versions that git keeps. It is the command that is asked, as it stands on the machine.

use crate::config::Config;
use crate::exit::Failure;
use crate::files::{self, as_given, decoded, is_policy, shown};
use hjemmel::{SourceFile, Text};
use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// The policy files of a revision: those of the workspace that the paths belong to, by the settings that hold today.
pub(super) fn at_revision(
    revision: &str,
    paths: &[PathBuf],
    config: &Config,
) -> Result<Vec<SourceFile>, Failure> {
    let top = config.folder.as_deref().zip(paths.first()).map(|(folder, path)| as_given(folder, path));
    let roots: Vec<PathBuf> = top.map_or_else(|| paths.to_vec(), |top| vec![top]);
    let mut sources = Vec::new();
    for root in roots {
        let home = home_of(&root);
        let repository = PathBuf::from(said(git(&home, ["rev-parse", "--show-toplevel"])?)?);
        let place = in_repository(&root, &repository)?;
        let commit = commit(&home, revision)?;
        let list =
            git(&repository, ["ls-tree", "-r", "-z", "--full-tree", "--name-only", &commit, "--", &place])?;
        let names: Vec<String> =
            said(list)?.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let within = |name: &str| {
            let rest = if place == "." { name } else { name.strip_prefix(&place)?.trim_start_matches('/') };
            Some(rest.to_owned())
        };
        let mut wanted: Vec<(String, String)> = Vec::new();
        for name in names.into_iter().filter(|name| is_policy(Path::new(name))) {
            let Some(rest) = within(&name) else { continue };
            if rest.is_empty() || config.paths.hold(&rest) {
                let told = if rest.is_empty() { shown(&root) } else { shown(&root.join(rest)) };
                wanted.push((name, told));
            }
        }
        let objects = wanted.iter().map(|(name, _)| format!("{commit}:{name}")).collect();
        for ((_, told), bytes) in wanted.iter().zip(contents(&repository, objects)?) {
            sources.push(SourceFile::new(told.clone(), decoded(bytes, told)?));
        }
    }
    if sources.is_empty() {
        let places = files::listed(paths);
        return Err(Failure::from(Text {
            en: format!("no policies in {places} at `{revision}`"),
            da: format!("ingen regler i {places} ved `{revision}`"),
        }));
    }
    Ok(sources)
}

/// A folder that exists, at or above a path, to ask git in.
fn home_of(path: &Path) -> PathBuf {
    let real = fs::canonicalize(path).or_else(|_| std::env::current_dir()).unwrap_or_default();
    if real.is_dir() { real } else { real.parent().map(Path::to_owned).unwrap_or(real) }
}

/// A path as the repository names it; it may exist only in a revision.
fn in_repository(path: &Path, repository: &Path) -> Result<String, Failure> {
    let repository = fs::canonicalize(repository).unwrap_or_else(|_| repository.to_owned());
    let real = fs::canonicalize(path).or_else(|_| {
        let parent = fs::canonicalize(
            path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")),
        );
        parent.map(|parent| parent.join(path.file_name().unwrap_or_default()))
    });
    let place = real.ok().and_then(|real| Some(shown(real.strip_prefix(&repository).ok()?)));
    match place {
        Some(place) if place.is_empty() => Ok(".".to_owned()),
        Some(place) => Ok(place),
        None => Err(Failure::from(Text {
            en: format!("`{}` does not lie in the repository", shown(path)),
            da: format!("`{}` ligger ikke i arkivet", shown(path)),
        })),
    }
}

/// Where a branch left a revision; the revision itself where they have nothing in common.
pub(super) fn branched(paths: &[PathBuf], base: &str, head: &str) -> Result<String, Failure> {
    let home = home_of(paths.first().map_or(Path::new("."), PathBuf::as_path));
    let (base_commit, head) = (commit(&home, base)?, commit(&home, head)?);
    match git(&home, ["merge-base", &base_commit, &head]).and_then(said) {
        Ok(common) if common == base_commit => Ok(base.to_owned()),
        Ok(common) => Ok(common.chars().take(12).collect()),
        Err(_) => Ok(base.to_owned()),
    }
}

/// The commit a revision names. What begins with a line is no revision, but a flag of git's.
fn commit(home: &Path, revision: &str) -> Result<String, Failure> {
    let found = git(
        home,
        ["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")],
    );
    let unknown = || {
        Failure::from(Text {
            en: format!(
                "git knows no revision `{revision}` here; in CI the history may have to be fetched first"
            ),
            da: format!(
                "git kender ingen revision `{revision}` her; i CI skal historikken måske hentes først"
            ),
        })
    };
    match found {
        Ok(bytes) => said(bytes),
        Err(failure) if is_missing(home) => Err(failure),
        Err(_) => Err(unknown()),
    }
}

/// Whether git itself cannot be asked here.
fn is_missing(home: &Path) -> bool {
    git(home, ["rev-parse", "--git-dir"]).is_err()
}

/// What git answers.
fn git<S: AsRef<OsStr>, const N: usize>(home: &Path, words: [S; N]) -> Result<Vec<u8>, Failure> {
    // what git says is read, so it must say it in one language
    let mut command = Command::new("git");
    command.env("LC_ALL", "C").arg("-C").arg(home).args(words).stdin(Stdio::null());
    let output = command.output().map_err(|error| unasked(&error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let told = told.lines().next().unwrap_or_default();
    Err(instead(if told.contains("not a git repository") {
        Text {
            en: "the policies lie in no git repository".to_owned(),
            da: "reglerne ligger ikke i et git-arkiv".to_owned(),
        }
    } else {
        Text { en: format!("git cannot answer (`{told}`)"), da: format!("git kan ikke svare (`{told}`)") }
    }))
}

/// Who commits here, by git: `Navn <mail>`.
pub(crate) fn who_git_knows(folder: Option<&Path>) -> Result<String, Failure> {
    let home = folder.unwrap_or(Path::new("."));
    let of = |key: &str| git(home, ["config", "--get", key]).and_then(said).ok();
    let known = |variable: &str, key: &str| {
        let set = std::env::var(variable).ok().filter(|word| !word.is_empty());
        set.or_else(|| of(key)).filter(|word| !word.is_empty())
    };
    match (known("GIT_AUTHOR_NAME", "user.name"), known("GIT_AUTHOR_EMAIL", "user.email")) {
        (Some(name), Some(mail)) => Ok(format!("{name} <{mail}>")),
        (Some(one), None) | (None, Some(one)) => Ok(one),
        (None, None) => Err(Failure::from(Text {
            en: "git does not know who you are: set `git config user.name`, or write `--by NAME`".to_owned(),
            da: "git ved ikke, hvem du er: sæt `git config user.name`, eller skriv `--by NAVN`".to_owned(),
        })),
    }
}

/// Why git could not be started.
fn unasked(error: &std::io::Error) -> Failure {
    instead(match error.kind() {
        std::io::ErrorKind::NotFound => Text {
            en: "the command `git` is not here".to_owned(),
            da: "kommandoen `git` findes ikke her".to_owned(),
        },
        _ => Text {
            en: format!("git cannot be asked ({error})"),
            da: format!("git kan ikke spørges ({error})"),
        },
    })
}

/// What hinders, and what can be done without git.
fn instead(why: Text) -> Failure {
    Failure::from(Text {
        en: format!("{}: compare two folders instead, `hjemmel diff OLD NEW`", why.en),
        da: format!("{}: sammenlign i stedet to mapper, `hjemmel diff GAMMEL NY`", why.da),
    })
}

fn said(bytes: Vec<u8>) -> Result<String, Failure> {
    let text = decoded(bytes, "git")?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// The bytes of objects, in their order.
fn contents(repository: &Path, objects: Vec<String>) -> Result<Vec<Vec<u8>>, Failure> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(repository)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| unasked(&error))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let count = objects.len();
    // git answers while it is still being asked
    let asking = thread::spawn(move || {
        let Some(mut stdin) = stdin else { return };
        for object in objects {
            if writeln!(stdin, "{object}").is_err() {
                return;
            }
        }
    });
    let mut answer = Vec::new();
    if let Some(mut stdout) = stdout {
        stdout.read_to_end(&mut answer).map_err(|error| unasked(&error))?;
    }
    let _ = asking.join();
    child.wait().map_err(|error| unasked(&error))?;
    let (mut list, mut rest) = (Vec::with_capacity(count), answer.as_slice());
    for _ in 0..count {
        let Some((bytes, left)) = one_object(rest) else {
            return Err(instead(Text {
                en: "git broke off its answer".to_owned(),
                da: "git brød sit svar af".to_owned(),
            }));
        };
        list.push(bytes.to_vec());
        rest = left;
    }
    Ok(list)
}

/// One answer of `cat-file --batch`: `<name> blob <size>`, then the bytes and a line end.
fn one_object(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    let header = std::str::from_utf8(&answer[..end]).ok()?;
    let size: usize = header.rsplit(' ').next()?.parse().ok()?;
    let bytes = answer.get(end + 1..end + 1 + size)?;
    Some((bytes, answer.get(end + 2 + size..).unwrap_or_default()))
}
