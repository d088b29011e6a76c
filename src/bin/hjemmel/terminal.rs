//! How wide the page is.

use hjemmel::report::Look;
use std::env;
use std::io;
use terminal_size::{Width, terminal_size_of};

/// The page is never wider, so that lines stay easy to read; and never narrower, or nothing could be quoted.
const WIDEST: usize = 80;
const NARROWEST: usize = 40;

/// COLUMNS, else the terminal's own width; a file or a pipe gets the full page.
pub(crate) fn fitted(look: Look) -> Look {
    let wished = env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    let terminal = || terminal_size_of(io::stdout()).map(|(Width(columns), _)| usize::from(columns));
    let columns = wished.or_else(terminal).filter(|columns| *columns > 0).unwrap_or(WIDEST);
    look.width(columns.clamp(NARROWEST, WIDEST))
}
