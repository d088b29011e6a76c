//! Flags and their help.

mod book;
mod import;

pub(crate) use book::BookArgs;
pub(crate) use import::ImportArgs;

use crate::nearest::nearest;
use crate::outputs::Output;
use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use hjemmel::{Day, Grant, Lang, Severity, Text, Window};
use std::fmt;
use std::path::PathBuf;

const EXIT_CODES: &str = "Exit codes: 0 nothing found, 1 findings at or above --fail-on, \
                          2 the work could not be done or an answer is not proven.";

const FMT_EXIT_CODES: &str = "Exit codes: 0 formatted, 1 a file cannot be read as a policy and is left as it is, \
                              or one would change, 2 the work could not be done.";

const ASK_EXIT_CODES: &str =
    "Exit codes: 0 answered, 2 the work could not be done or the answer is not proven.";

const TEST_EXIT_CODES: &str = "Exit codes: 0 everything holds, 1 something fails or cannot be judged, \
                               2 there is nothing to test, the work could not be done or an answer is not proven.";
const INTERVIEW_EXIT_CODES: &str = "Exit codes: 0 answered, 1 the rules contradict each other in what is decided, \
                                    2 the work could not be done or the answer is not proven, 130 interrupted.";

const DECIDE_EXIT_CODES: &str = "Exit codes: 0 decided, 1 the rules contradict each other and nothing settles it, \
                                 2 the work could not be done or an answer is not proven.";

/// Checks municipal policies against the law: gaps, contradictions, undercuts.
#[derive(Debug, Parser)]
#[command(name = "hjemmel", version, arg_required_else_help = true, max_term_width = 80, after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Language of the report; else HJEMMEL_LANG, hjemmel.toml, the locale
    #[arg(long, global = true, value_name = "LANG", value_parser = lang, hide_possible_values = true, display_order = 90)]
    pub(crate) lang: Option<Lang>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", display_order = 91)]
    pub(crate) color: Color,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the policies in files and folders
    Check(CheckArgs),
    /// List the checks: names, Danish names and what each finds
    Checks(ChecksArgs),
    /// Write policies in the one style of the language
    Fmt(FmtArgs),
    /// Decide one citizen's case, with the reasons
    Decide(DecideArgs),
    /// Ask what is not known of a citizen, the most decisive first, and decide
    Ask(AskArgs),
    /// Draw the decision on a support, or what depends on what
    Graph(GraphArgs),
    /// Show who gets what in a municipality: target groups against supports
    Matrix(MatrixArgs),
    /// Run the examples and the guarantees of policies
    Test(TestArgs),
    /// Write the policies as a site: rules under their prose, figures, findings, a glossary
    Book(BookArgs),
    /// Explain a check, or list them all
    Explain(ExplainArgs),
    /// Show the settings of hjemmel.toml, or their schema
    Config(ConfigArgs),
    /// Make a first table of rules out of a table in Word, Excel, csv or Markdown
    Import(ImportArgs),
    /// Begin: write a hjemmel.toml and a small first policy
    Init(InitArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or that of a command
    Man(ManArgs),
}

/// The commands of `config`.
#[derive(Debug, clap::Args)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) command: ConfigCommand,
}

/// What `config` does.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Show the settings that hold, and where each comes from
    Show(ShowArgs),
    /// Print the JSON schema of hjemmel.toml, for editors
    Schema,
}

/// The flags of `config show`.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// A file or folder of the workspace
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// How to write the settings
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(crate) format: ListFormat,
    /// As with `check`
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// As with `check`
    #[arg(long, value_name = "FROM..TO", value_parser = window)]
    pub(crate) window: Option<Window>,
    /// As with `check`
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) reference_date: Option<Day>,
}

/// The argument of `init`.
#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// The folder to begin in; it is made where it does not exist
    #[arg(default_value = ".", value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// The argument of `completions`.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// The argument of `man`.
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The command: check
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}

/// The flags of `checks`.
#[derive(Debug, clap::Args)]
pub(crate) struct ChecksArgs {
    /// How to write the list
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    pub(crate) format: ListFormat,
}

/// `--format` of a list
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    Human,
    Json,
}

/// The argument of `explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The check's name, as findings show it, or its Danish one: undercut, hul
    #[arg(value_name = "CHECK")]
    pub(crate) check: Option<String>,
}

/// The flags of `fmt`.
#[derive(Debug, clap::Args)]
#[command(after_help = FMT_EXIT_CODES)]
pub(crate) struct FmtArgs {
    /// Policy files and folders of them; `-` reads one text from standard input and prints it
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing: name the files that would change, and end with 1
    #[arg(long, conflicts_with = "diff")]
    pub(crate) check: bool,
    /// Write nothing: show what would change, and end with 1
    #[arg(long)]
    pub(crate) diff: bool,
    /// The path that the text on standard input has; `.hjemmel.md` is Markdown
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,
}

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

/// The flags of `check`.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them; `-` reads one text from standard input
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to write the report; else human
    #[arg(long, value_parser = formats())]
    pub(crate) format: Option<String>,
    /// Also write the report to a file, in another format: sarif=hjemmel.sarif; can be given for each
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub(crate) output: Vec<Output>,
    /// Print only how many findings there are, by module and check; as human or json
    #[arg(long)]
    pub(crate) statistics: bool,
    /// The path that the text on standard input has: it is read in place of that file, with the workspace around it
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Tell only what these checks find; names as `hjemmel checks` lists them
    #[arg(long, value_name = "CHECK,…", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leave out what these checks find
    #[arg(long, value_name = "CHECK,…", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Make the fixes that are sure and were tried, then tell what is left; with `-` print the text
    #[arg(long)]
    pub(crate) fix: bool,
    /// The least severity that makes the exit code 1; else fail_on in hjemmel.toml, else error
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// Check again when a file changes, and tell what came and what went
    #[arg(long, conflicts_with_all = ["format", "output", "statistics", "fix", "write_baseline", "stdin_filename", "show"])]
    pub(crate) watch: bool,
    /// Known findings: they fail nothing, and only what reaches further is told
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all that is found to the file of --baseline, in place of what it says
    #[arg(long, requires = "baseline", conflicts_with_all = ["select", "ignore", "stdin_filename"])]
    pub(crate) write_baseline: bool,
    /// The days to look at, both included: 2015-01-01..2019-12-31
    #[arg(long, value_name = "FROM..TO", value_parser = window)]
    pub(crate) window: Option<Window>,
    /// The day against which "ended" is judged: 2020-01-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) reference_date: Option<Day>,
    /// The most steps one question may take before it is left as not proven
    #[arg(long, value_name = "STEPS", value_parser = steps)]
    pub(crate) budget: Option<u64>,
    /// How many threads to use; all cores when not given
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<u16>,
    /// Print what a stage made of the texts, for those who build hjemmel
    #[arg(long, hide = true, value_enum, value_name = "STAGE")]
    pub(crate) show: Option<Stage>,
}

/// `--show`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Stage {
    Tree,
    Model,
}

/// `--fail-on`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// The level of that name.
    pub(crate) fn named(word: &str) -> Option<FailOn> {
        FailOn::from_str(word, false).ok()
    }

    /// The least severity that fails, if any does.
    pub(crate) fn least(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Note => Some(Severity::Note),
            FailOn::Never => None,
        }
    }
}

/// `--color`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
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

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(hjemmel::report::formats().iter().map(|format| format.name))
}

/// Why a value does not fit, in both languages.
#[derive(Debug)]
pub(crate) struct Unfit(pub(crate) Text);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl std::error::Error for Unfit {}

fn unfit(en: &str, da: &str) -> Unfit {
    Unfit(Text { en: en.to_owned(), da: da.to_owned() })
}

/// `sarif=hjemmel.sarif`
fn output(word: &str) -> Result<Output, Unfit> {
    let (name, file) = word.split_once('=').map(|(name, file)| (name.trim(), file)).unwrap_or_default();
    if name.is_empty() || file.is_empty() {
        return Err(unfit(
            "an output is written sarif=hjemmel.sarif",
            "et output skrives sarif=hjemmel.sarif",
        ));
    }
    let names = hjemmel::report::formats().iter().map(|format| format.name);
    let format = hjemmel::report::format(name).ok_or_else(|| match nearest(name, names.clone()) {
        Some(near) => {
            unfit(&format!("did you mean the format `{near}`?"), &format!("mente du formatet `{near}`?"))
        }
        None => {
            let names = names.collect::<Vec<_>>().join("`, `");
            unfit(&format!("the formats are `{names}`"), &format!("formaterne er `{names}`"))
        }
    })?;
    Ok(Output { format, to: PathBuf::from(file) })
}

/// A number of steps.
fn steps(word: &str) -> Result<u64, Unfit> {
    word.parse().map_err(|_| unfit("write a whole number", "skriv et helt tal"))
}

/// A part of a hundred.
fn percent(word: &str) -> Result<usize, Unfit> {
    let number = word.parse().ok().filter(|number| *number <= 100);
    number.ok_or_else(|| unfit("write a number from 0 to 100", "skriv et tal fra 0 til 100"))
}

/// A number of threads.
fn jobs(word: &str) -> Result<u16, Unfit> {
    let number = word.parse().ok().filter(|number| (1..=1024).contains(number));
    number.ok_or_else(|| unfit("write a number from 1 to 1024", "skriv et tal fra 1 til 1024"))
}

/// `da` or `en`.
pub(crate) fn lang(word: &str) -> Result<Lang, Unfit> {
    match word {
        "da" => Ok(Lang::Da),
        "en" => Ok(Lang::En),
        _ => Err(unfit("da or en", "skriv da eller en")),
    }
}

/// `alder=24`
fn fact(word: &str) -> Result<(String, String), Unfit> {
    let (name, value) =
        word.split_once('=').map(|(name, value)| (name.trim(), value.trim())).unwrap_or_default();
    if name.is_empty() || value.is_empty() {
        return Err(unfit("a fact is written alder=24", "en oplysning skrives alder=24"));
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// `2015-08-24`
pub(crate) fn day(word: &str) -> Result<Day, Unfit> {
    let mut parts = word.splitn(3, '-');
    let mut part = |digits: usize| {
        parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let (year, month, day) = (part(4), part(2), part(2));
    let numbers = (|| Some((year?.parse().ok()?, month?.parse().ok()?, day?.parse().ok()?)))();
    let found = numbers.and_then(|(year, month, day)| hjemmel::day_of(year, month, day));
    found.ok_or_else(|| unfit("a date is written 2015-08-24", "en dato skrives 2015-08-24"))
}

/// `2015-01-01..2019-12-31`
pub(crate) fn window(word: &str) -> Result<Window, Unfit> {
    let form =
        || unfit("a window is written 2015-01-01..2019-12-31", "en periode skrives 2015-01-01..2019-12-31");
    let (from, to) = word.split_once("..").ok_or_else(form)?;
    let window = Window { from: day(from.trim())?, to: day(to.trim())? };
    if window.from > window.to {
        return Err(unfit("the window ends before it begins", "perioden slutter, før den begynder"));
    }
    Ok(window)
}
