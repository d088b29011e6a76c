//! The flags of `import`.

use std::path::PathBuf;

const EXIT_CODES: &str =
    "Exit codes: 0 a table was made, 2 the document cannot be read or it is not said which table is meant.";

/// The flags of `import`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ImportArgs {
    /// The document: .docx, .xlsx, .csv or .md
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: PathBuf,
    /// Whose rules these are: a municipality or an institution; the only municipality, when not given
    #[arg(long = "in", value_name = "MUNICIPALITY")]
    pub(crate) municipality: Option<String>,
    /// Which of the document's tables, from 1; they are listed when there are several
    #[arg(long, value_name = "N")]
    pub(crate) table: Option<usize>,
    /// Only the tables of this sheet
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    /// The policies whose words the table is read with; else those around --out, else those of this folder
    #[arg(long, value_name = "PATH")]
    pub(crate) workspace: Option<PathBuf>,
    /// The file to write; as *.hjemmel.md the document's table stands above the rules. Without it, standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
}
