//! Whole populations: files of citizens in, files of decisions out, in bounded memory.
//!
//! A source is read in blocks, one after the other; the blocks are decided on all cores; what becomes of them is put in
//! their order. A file that is written comes into being when it is whole.

mod arrays;
mod flow;
mod kept;
mod of_csv;
mod of_jsonl;
mod of_parquet;
mod parsed;
mod progress;
mod reached;
mod rejects;
mod run;
mod source;
mod stop;
mod to_parquet;
pub(crate) mod to_text;
mod whole;

pub(crate) mod impact;

pub(crate) use reached::count;
pub(crate) use run::decide;
