//! The flags of `export`.

use super::Written;
use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

/// The commands of `export`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    #[command(subcommand)]
    pub(crate) command: ExportCommand,
}

/// What `export` writes.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// A view that decides every row of a table, as `decide` does
    Sql(SqlArgs),
}

/// The flags of `export sql`.
#[derive(Debug, clap::Args)]
pub(crate) struct SqlArgs {
    /// Policy files (*.hjemmel, *.hjemmel.md) and folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The municipality or institution
    #[arg(long = "in", value_name = "MUNICIPALITY")]
    pub(crate) municipality: String,
    /// The engine
    #[arg(long, value_parser = dialects())]
    pub(crate) dialect: String,
    /// Only this støtte, or what lies below this art
    #[arg(long, value_name = "NAME")]
    pub(crate) support: Option<String>,
    /// Also the rules each decision rests on
    #[arg(long)]
    pub(crate) rules: bool,
    /// The table or view the citizens are in, its schema before it
    #[arg(long, default_value = "borgere", value_name = "TABLE")]
    pub(crate) from: String,
    /// Its column that tells whose row it is; the view hands it on
    #[arg(long, default_value = "id", value_name = "COLUMN")]
    pub(crate) key: String,
    #[command(flatten)]
    pub(crate) written: Written,
}

fn dialects() -> PossibleValuesParser {
    PossibleValuesParser::new(hjemmel::export::sql_dialects().iter().map(|dialect| dialect.name))
}
