//! The program: the only place that reads files and the environment, prints, and ends with an exit code.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the program is the outside world of the library"
)]

fn main() {}
