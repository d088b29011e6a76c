//! Where a run's report goes: standard output, and a file for each `--output`. What cannot be written is told before
//! any work is done, and the files come into being together, when the work is.

use crate::exit::Failure;
use crate::files::{is_policy, shown};
use crate::replace::{Beside, not_written};
use hjemmel::Text;
use hjemmel::report::{Format, Look, Report};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// `--output FORMAT=FILE`
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) format: &'static Format,
    pub(crate) to: PathBuf,
}

impl Output {
    fn is_stdout(&self) -> bool {
        self.to.as_os_str() == "-"
    }
}

/// All that a run writes.
#[derive(Debug)]
pub(crate) struct Outputs<'a> {
    /// what goes to standard output
    pub(crate) stdout: &'static Format,
    files: Vec<&'a Output>,
}

impl<'a> Outputs<'a> {
    /// The formats and files that are asked for; `--format` is what standard output gets, where no `--output` takes it,
    /// and with `--statistics` it only counts.
    pub(crate) fn planned(
        format: Option<&str>,
        outputs: &'a [Output],
        statistics: bool,
    ) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let (printed, files): (Vec<&Output>, Vec<&Output>) =
            outputs.iter().partition(|output| output.is_stdout());
        if printed.len() + usize::from(format.is_some()) > 1 {
            problems.push(Text {
                en: "only one report fits on standard output: give `--format` or one `--output FORMAT=-`"
                    .to_owned(),
                da: "der er kun plads til én rapport på standardoutput: skriv `--format` eller ét `--output FORMAT=-`"
                    .to_owned(),
            });
        }
        let mut seen: Vec<PathBuf> = Vec::new();
        for output in &files {
            match place(&output.to) {
                Ok(place) if seen.contains(&place) => {
                    let name = shown(&output.to);
                    problems.push(Text {
                        en: format!("two reports would be written to `{name}`"),
                        da: format!("to rapporter ville blive skrevet til `{name}`"),
                    });
                }
                Ok(place) => seen.push(place),
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(Failure::new(problems));
        }
        let asked = format.and_then(hjemmel::report::format);
        let stdout = printed.first().map(|output| output.format).or(asked);
        let mut stdout = stdout.unwrap_or(&hjemmel::report::formats()[0]);
        if statistics {
            let counting = hjemmel::report::statistics();
            stdout = counting.iter().find(|form| form.name == stdout.name).ok_or_else(|| {
                let names: Vec<&str> = counting.iter().map(|form| form.name).collect();
                let (names, name) = (names.join("`, `"), stdout.name);
                Text {
                    en: format!("`--statistics` comes as `{names}`, not as `{name}`"),
                    da: format!("`--statistics` findes som `{names}`, ikke som `{name}`"),
                }
            })?;
        }
        Ok(Outputs { stdout, files })
    }

    /// Whether any of the reports shows fixes.
    pub(crate) fn shows_fixes(&self) -> bool {
        self.stdout.shows_fixes || self.files.iter().any(|output| output.format.shows_fixes)
    }

    /// The reports that go to files, whole.
    pub(crate) fn rendered(&self, reports: &[Report<'_>], look: Look) -> Vec<(&Path, String)> {
        let look = Look::plain(look.lang).each(look.each);
        self.files.iter().map(|output| (output.to.as_path(), (output.format.render)(reports, look))).collect()
    }
}

/// Writes the files, all of them or, where one cannot be written, none.
pub(crate) fn write(pages: &[(&Path, String)]) -> Result<(), Failure> {
    let failed = |path: &Path, error: io::Error| not_written(&shown(path), &error);
    let mut waiting = Vec::new();
    for (path, page) in pages {
        waiting.push((path, Beside::write(path, page).map_err(|error| failed(path, error))?));
    }
    for (path, page) in waiting {
        page.put().map_err(|error| failed(path, error))?;
    }
    Ok(())
}

/// The true place of a file that can be written.
fn place(path: &Path) -> Result<PathBuf, Text> {
    let name = shown(path);
    if path.is_dir() || path.file_name().is_none() {
        return Err(Text {
            en: format!("`{name}` is a folder, and a report is a file"),
            da: format!("`{name}` er en mappe, og en rapport er en fil"),
        });
    }
    if is_policy(path) {
        return Err(Text {
            en: format!("`{name}` is a policy: a report is not written over it"),
            da: format!("`{name}` er en regelfil: en rapport skrives ikke oven i den"),
        });
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(real) = fs::canonicalize(folder) else {
        let folder = shown(folder);
        return Err(Text {
            en: format!("`{name}` cannot be written: there is no folder `{folder}`"),
            da: format!("`{name}` kan ikke skrives: der er ingen mappe `{folder}`"),
        });
    };
    // what can be written beside can be written; the trial leaves nothing behind
    Beside::write(path, "").map_err(|error| not_written(&name, &error))?;
    Ok(fs::canonicalize(path).unwrap_or_else(|_| real.join(path.file_name().unwrap_or_default())))
}
