//! What an effect speaks of: supports and kinds are given, tasks and steps are done.

use super::lexicon::Lexicon;
use super::names::{Sort, Space};
use super::problems::{Problems, error};
use crate::ground::{Diagnostic, Text, text};
use crate::model::{Grade, SupportId};
use crate::syntax::ast::{Expectation, ExpectationKind, Name};

const SUPPORTS: [Sort; 2] = [Sort::Support, Sort::Kind];
const TASKS: [Sort; 2] = [Sort::Task, Sort::Step];

impl Lexicon<'_> {
    /// The supports and kinds with these names; wrong ones are left out, which is told.
    pub(super) fn supports(&self, names: &[Name], problems: &mut Problems) -> Vec<SupportId> {
        self.given(names, None, problems)
    }

    /// The same behind a grade, which a task would be done with.
    pub(super) fn given(
        &self,
        names: &[Name],
        grade: Option<Grade>,
        problems: &mut Problems,
    ) -> Vec<SupportId> {
        let mut supports: Vec<SupportId> = Vec::with_capacity(names.len());
        for name in names {
            let sort = self.names.sort_of(Space::Supports, &name.text).filter(|sort| TASKS.contains(sort));
            if let Some(sort) = sort {
                problems.tell(is_done(name, sort, grade.map(|grade| done_word(grade, &name.text))));
                continue;
            }
            let found = self.names.find(&[Space::Supports], name, &SUPPORTS, problems);
            let new = found.map(|(_, index)| SupportId(index)).filter(|support| !supports.contains(support));
            supports.extend(new);
        }
        supports
    }

    /// The tasks and steps with these names, with `at` as parts of these supports; wrong ones are left out, which is told.
    pub(super) fn performed(
        &self,
        names: &[Name],
        at: &[Name],
        grade: Option<Grade>,
        problems: &mut Problems,
    ) -> Vec<SupportId> {
        let mut tasks: Vec<SupportId> = Vec::with_capacity(names.len());
        for name in names {
            let sort = self.names.sort_of(Space::Supports, &name.text);
            if sort.is_some_and(|sort| SUPPORTS.contains(&sort)) {
                problems.tell(is_given(name, grade.map(|grade| given_word(grade, &name.text))));
                continue;
            }
            let found = self.names.find(&[Space::Supports], name, &TASKS, problems);
            tasks.extend(found.map(|(_, index)| SupportId(index)));
        }
        let parts = self.supports(at, problems);
        if !at.is_empty() {
            let is_meant = |task: SupportId, support: SupportId| {
                tasks.contains(&task) && parts.iter().any(|part| self.is_at_or_below(support, *part))
            };
            let meant = self.pairs.iter().filter(|((task, support), _)| is_meant(*task, *support));
            return meant.map(|(_, pair)| *pair).collect();
        }
        tasks.sort_unstable();
        tasks.dedup();
        tasks
    }

    /// Whether a word names a task or a step.
    pub(super) fn is_done(&self, name: &Name) -> bool {
        self.names.sort_of(Space::Supports, &name.text).is_some_and(|sort| TASKS.contains(&sort))
    }

    /// A support alone, the supports below a kind.
    pub(super) fn given_at_or_below(&self, name: SupportId) -> impl Iterator<Item = SupportId> + '_ {
        let all = (0..self.supports.len() as u32).map(SupportId).zip(&self.supports);
        let given = all.filter(|(_, support)| !support.is_kind && support.is_given());
        given.map(|(id, _)| id).filter(move |id| self.is_at_or_below(*id, name))
    }

    /// What is wrong with an expectation that says of a task what is said of a support, or the other way round.
    pub(super) fn mistaken(&self, expected: &Expectation) -> Option<Diagnostic> {
        let name = &expected.support;
        let sort = self.names.sort_of(Space::Supports, &name.text)?;
        let (is_task, is_support) = (TASKS.contains(&sort), SUPPORTS.contains(&sort));
        let meant = match expected.kind {
            ExpectationKind::Grade(grade) if is_task => done_word(grade, &name.text),
            ExpectationKind::Refused if is_task => done_word(Grade::MustNot, &name.text),
            ExpectationKind::Perform(Grade::MustNot) if is_support => format!("afslag {}", name.text),
            ExpectationKind::Perform(grade) if is_support => given_word(grade, &name.text),
            ExpectationKind::NotGranted if is_support && expected.at.is_some() => {
                format!("ikke {}", name.text)
            }
            _ => return None,
        };
        let whole = format!("så {meant}");
        let found = if is_task { is_done(name, sort, Some(meant)) } else { is_given(name, Some(meant)) };
        Some(if expected.terms.is_empty() { found.fix(expected.span, whole) } else { found })
    }

    fn is_at_or_below(&self, support: SupportId, target: SupportId) -> bool {
        let parent = |at: &SupportId| self.supports.get(at.index()).and_then(|support| support.parent);
        std::iter::successors(Some(support), parent).take(self.supports.len()).any(|at| at == target)
    }
}

/// What is said of a task in place of a grade on a support; a task is nobody's right, and is not assessed.
fn done_word(grade: Grade, task: &str) -> String {
    let verb = match grade {
        Grade::May => "kan udføre",
        Grade::Right | Grade::Must | Grade::MustAssess => "skal udføre",
        Grade::MustNot => "må ikke udføre",
        Grade::Should => "bør udføre",
        Grade::ShouldNot => "bør ikke udføre",
    };
    format!("{verb} {task}")
}

fn given_word(grade: Grade, support: &str) -> String {
    let verb = match grade {
        Grade::May => "kan give",
        Grade::Right => "ret til",
        Grade::Must => "skal give",
        Grade::MustAssess => "skal vurdere",
        Grade::MustNot => "må ikke give",
        Grade::Should => "bør give",
        Grade::ShouldNot => "bør ikke give",
    };
    format!("{verb} {support}")
}

/// A task where something is given.
fn is_done(name: &Name, sort: Sort, meant: Option<String>) -> Diagnostic {
    let word = &name.text;
    let what = sort.with_article();
    let message = Text {
        en: format!("`{word}` is {}, which is done and not given", what.en),
        da: format!("`{word}` er {}, og det udføres og gives ikke", what.da),
    };
    let help = match meant {
        Some(meant) => text!(en: "write `{meant}`", da: "skriv `{meant}`"),
        None => text!(
            en: "name a støtte or an art here; what is said of a task is a grade: `kan udføre {word}`",
            da: "nævn en støtte eller en art her; om en opgave siges kun en grad: `kan udføre {word}`"
        ),
    };
    error("type-mismatch", message)
        .label(name.span, text!(en: "not a støtte", da: "ikke en støtte"))
        .help(help)
}

/// A support where something is done.
fn is_given(name: &Name, meant: Option<String>) -> Diagnostic {
    let word = &name.text;
    let message = text!(
        en: "`{word}` is a støtte, which is given and not done",
        da: "`{word}` er en støtte, og den gives og udføres ikke"
    );
    let help = match meant {
        Some(meant) => text!(en: "write `{meant}`", da: "skriv `{meant}`"),
        None => text!(
            en: "name an opgave or a sagsskridt here",
            da: "nævn en opgave eller et sagsskridt her"
        ),
    };
    error("type-mismatch", message)
        .label(name.span, text!(en: "not an opgave", da: "ikke en opgave"))
        .help(help)
}
