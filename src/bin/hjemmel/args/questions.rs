//! The flags of the commands that answer a question.

use super::values::{day, fact, percent, steps, window};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use hjemmel::{Day, Grant, Window};
use std::path::PathBuf;

const ASK_EXIT_CODES: &str =
    "Exit codes: 0 answered, 2 the work could not be done or the answer is not proven.";

const TEST_EXIT_CODES: &str = "Exit codes: 0 everything holds, 1 something fails or cannot be judged, \
                               2 there is nothing to test, the work could not be done or an answer is not proven.";

const INTERVIEW_EXIT_CODES: &str = "Exit codes: 0 answered, 1 the rules contradict each other in what is decided, \
                                    2 the work could not be done or the answer is not proven, 130 interrupted.";

const DECIDE_EXIT_CODES: &str = "Exit codes: 0 decided, 1 the rules contradict each other and nothing settles it, \
                                 2 the work could not be done or an answer is not proven.";

/// The flags of `ask`.
#[derive(Debug, clap::Args)]
#[command(after_help = INTERVIEW_EXIT_CODES)]
pub(crate) struct AskArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The municipality or institution
    #[arg(long = "in", value_name = "MUNICIPALITY")]
    pub(crate) municipality: String,
    /// One fact that is known: alder=24, "varighed=6 måneder"; can be given for each
    #[arg(long, value_name = "NAME=VALUE", value_parser = fact)]
    pub(crate) fact: Vec<(String, String)>,
    /// The day; the same as --fact dato=…; else reference_date in hjemmel.toml
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) date: Option<Day>,
    /// Only this support, or what lies below this art
    #[arg(long, value_name = "SUPPORT")]
    pub(crate) support: Option<String>,
    /// The file to write what is known to, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// The flags of `graph`.
#[derive(Debug, clap::Args)]
#[command(after_help = ASK_EXIT_CODES)]
pub(crate) struct GraphArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The support whose decision is drawn; without it, what depends on what
    #[arg(long, value_name = "SUPPORT", conflicts_with = "depends")]
    pub(crate) support: Option<String>,
    /// The municipality; without it, the law alone, or the whole workspace
    #[arg(long = "in", value_name = "MUNICIPALITY")]
    pub(crate) municipality: Option<String>,
    /// Only what depends on this: a paragraph ("LAB § 31 b"), a fact, a concept, a rule, a support
    #[arg(long, value_name = "THING")]
    pub(crate) depends: Option<String>,
    /// How to write the graph
    #[arg(long, default_value = "text", value_parser = graph_formats())]
    pub(crate) format: String,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// The flags of `decide`.
#[derive(Debug, clap::Args)]
#[command(after_help = DECIDE_EXIT_CODES)]
pub(crate) struct DecideArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The municipality or institution
    #[arg(long = "in", value_name = "MUNICIPALITY")]
    pub(crate) municipality: String,
    /// What is known of the citizen: a .json or .toml file; `-` reads either from standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) facts: Option<PathBuf>,
    /// One fact: alder=24, "varighed=6 måneder"; can be given for each
    #[arg(long, value_name = "NAME=VALUE", value_parser = fact)]
    pub(crate) fact: Vec<(String, String)>,
    /// The day; else the fact dato, else reference_date in hjemmel.toml
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) date: Option<Day>,
    /// Only this support, or what lies below this art
    #[arg(long, value_name = "SUPPORT")]
    pub(crate) support: Option<String>,
    /// Tell every rule: which apply, which are set aside and by what, which do not apply and why
    #[arg(long)]
    pub(crate) why: bool,
    /// Tell the smallest change of what is known that would have given this support
    #[arg(long, value_name = "SUPPORT")]
    pub(crate) why_not: Option<String>,
    /// By what at least it should have been given
    #[arg(long, value_enum, value_name = "GRADE", requires = "why_not")]
    pub(crate) at_least: Option<Least>,
    /// How to write the decisions
    #[arg(long, default_value = "text", value_parser = decision_formats())]
    pub(crate) format: String,
    #[cfg(feature = "population")]
    #[command(flatten)]
    pub(crate) many: super::population::PopulationArgs,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// `--at-least`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Least {
    Kan,
    Ret,
    Skal,
}

impl Least {
    pub(crate) fn grant(self) -> Grant {
        match self {
            Least::Kan => Grant::May,
            Least::Ret => Grant::Right,
            Least::Skal => Grant::Must,
        }
    }
}

/// The flags of `matrix`.
#[derive(Debug, clap::Args)]
#[command(after_help = ASK_EXIT_CODES)]
pub(crate) struct MatrixArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The municipality
    #[arg(long = "in", value_name = "MUNICIPALITY")]
    pub(crate) municipality: String,
    /// The fact whose values are the rows; without it, the list that most of the municipality's rules ask
    #[arg(long, value_name = "FACT")]
    pub(crate) rows: Option<String>,
    /// Only the citizens this department serves
    #[arg(long, value_name = "DEPARTMENT")]
    pub(crate) department: Option<String>,
    /// Whose rules are heard: those of all layers, or the municipality's own
    #[arg(long, value_enum, default_value_t = Heard::Alle, value_name = "LAYER")]
    pub(crate) layer: Heard,
    /// How to write the overview
    #[arg(long, default_value = "text", value_parser = matrix_formats())]
    pub(crate) format: String,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// `--layer`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Heard {
    Alle,
    Kommune,
}

/// The flags of `test`.
#[derive(Debug, clap::Args)]
#[command(after_help = TEST_EXIT_CODES)]
pub(crate) struct TestArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Only the examples and guarantees whose name or place holds these words
    #[arg(long, value_name = "WORDS")]
    pub(crate) filter: Option<String>,
    /// Also measure what the examples show: rules, rows, boundaries, exceptions
    #[arg(long)]
    pub(crate) coverage: bool,
    /// The least coverage in percent; below it the exit code is 1
    #[arg(long, value_name = "PERCENT", value_parser = percent, requires = "coverage")]
    pub(crate) min: Option<usize>,
    /// Also change the rules a little, one change at a time, and tell which changes no test notices
    #[arg(long, conflicts_with = "missing")]
    pub(crate) mutate: bool,
    /// Print only examples of what nothing shows yet, ready to paste
    #[arg(long, requires = "coverage")]
    pub(crate) missing: bool,
    /// How to write what became of them
    #[arg(long, default_value = "text", value_parser = test_formats())]
    pub(crate) format: String,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// What the questions have in common: where the answer goes, and what it may cost.
#[derive(Debug, clap::Args)]
pub(crate) struct Written {
    /// The file to write; without it, standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// The days to look at, both included: 2015-01-01..2019-12-31
    #[arg(long, value_name = "FROM..TO", value_parser = window)]
    pub(crate) window: Option<Window>,
    /// The most steps one question may take before it is left as not proven
    #[arg(long, value_name = "STEPS", value_parser = steps)]
    pub(crate) budget: Option<u64>,
}

fn graph_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(hjemmel::export::graph_formats().iter().map(|format| format.name))
}

fn test_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(hjemmel::export::test_formats().iter().map(|format| format.name))
}

fn matrix_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(hjemmel::export::matrix_formats().iter().map(|format| format.name))
}

fn decision_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(hjemmel::export::decision_formats().iter().map(|format| format.name))
}
