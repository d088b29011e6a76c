//! The flags about many citizens.

use super::questions::Written;
use super::values::{day, jobs, rows};
use clap::ValueEnum;
use hjemmel::Day;
use std::path::PathBuf;

const IMPACT_EXIT_CODES: &str = "Exit codes: 0 counted, 1 some rows were bad and stand in --rejects, \
                                 2 the work could not be done.";

/// Where the citizens come from.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Populations")]
pub(crate) struct Citizens {
    /// Many citizens: a .csv, .jsonl or .parquet file with a column for each fact
    #[arg(long, value_name = "FILE", conflicts_with = "generate")]
    pub(crate) population: Option<PathBuf>,
    /// So many citizens who are made up, instead of a file: nobody's data
    #[arg(long, value_name = "N", value_parser = rows)]
    pub(crate) generate: Option<u64>,
    /// Which made up citizens: the same number gives the same
    #[arg(long, value_name = "SEED", default_value_t = 1, requires = "generate")]
    pub(crate) seed: u64,
    /// Also write the made up citizens, as a population file
    #[arg(long, value_name = "FILE", requires = "generate")]
    pub(crate) save: Option<PathBuf>,
    /// Where bad rows are told, as CSV; without it the first bad row ends the run
    #[arg(long, value_name = "FILE", requires = "population")]
    pub(crate) rejects: Option<PathBuf>,
    /// How many threads; without it, as many as there are cores
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<u16>,
}

impl Citizens {
    /// Whether many are asked about.
    pub(crate) fn is_asked(&self) -> bool {
        self.population.is_some() || self.generate.is_some()
    }
}

/// The flags of `decide` about many citizens.
#[derive(Debug, clap::Args)]
pub(crate) struct PopulationArgs {
    #[command(flatten)]
    pub(crate) citizens: Citizens,
    /// A column of the population that is carried through as it is, like an id; can be given for each
    #[arg(long, value_name = "COLUMN", requires = "population", help_heading = "Populations")]
    pub(crate) keep: Vec<String>,
    /// Also the names of the rules behind each decision
    #[arg(long, help_heading = "Populations")]
    pub(crate) rules: bool,
}

/// The flags of `diff` about many citizens.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Populations")]
pub(crate) struct CountedArgs {
    #[command(flatten)]
    pub(crate) citizens: Citizens,
    /// The municipality or institution whose citizens they are
    #[arg(long = "in", value_name = "MUNICIPALITY")]
    pub(crate) municipality: Option<String>,
    /// The day of all; else the column dato, else reference_date in hjemmel.toml
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) date: Option<Day>,
}

/// The flags of `impact`.
#[derive(Debug, clap::Args)]
#[command(after_help = IMPACT_EXIT_CODES)]
pub(crate) struct ImpactArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The municipality or institution
    #[arg(long = "in", value_name = "MUNICIPALITY")]
    pub(crate) municipality: String,
    #[command(flatten)]
    pub(crate) citizens: Citizens,
    /// The day of all; else the column dato, else reference_date in hjemmel.toml
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) date: Option<Day>,
    /// Only this support, or what lies below this art
    #[arg(long, value_name = "SUPPORT")]
    pub(crate) support: Option<String>,
    /// What citizens are counted by: afdeling, or a fact; without it, departments and the target groups
    #[arg(long, value_name = "FACT")]
    pub(crate) by: Vec<String>,
    /// The terms that are added up; without it, those of timer, pris and pris-om-ugen that there are
    #[arg(long, value_name = "TERM")]
    pub(crate) sum: Vec<String>,
    /// Counts below this are not told, and told as such; 1 tells all
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = rows)]
    pub(crate) at_least: u64,
    /// How to write what is counted
    #[arg(long, value_enum, default_value_t = ImpactForm::Text, value_name = "FORMAT")]
    pub(crate) format: ImpactForm,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// `--format` of `impact`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImpactForm {
    Text,
    Markdown,
    Json,
    Csv,
    Svg,
}
