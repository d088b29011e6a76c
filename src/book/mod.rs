//! The policies as a site that needs no server: every text with its rules, findings and figures.
//!
//! In: the texts and their trees, the model, what was found, and what tests and queries answered. Out: a [`Book`], its
//! pages as paths and strings, the same bytes for the same texts. minijinja writes the pages, pulldown-cmark reads the prose.
//! Never true here: a question answered, a file written, a word of a policy that becomes markup.

mod addresses;
mod document;
mod figures;
mod findings;
mod frame;
mod glossary;
mod grids;
mod headers;
mod html;
mod items;
mod lists;
mod material;
mod paragraphs;
mod phrases;
mod places;
mod promises;
mod prose;
mod search;
mod site;
mod supports;
mod uses;
mod view;
mod vocabulary;
mod words;

pub use material::BookAsked;
pub(crate) use material::{Material, Overview};

use crate::ground::Text;

/// A site: files that lie together, and can be opened where they lie.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Book {
    /// sorted by path
    pub files: Vec<BookFile>,
}

/// A file of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BookFile {
    /// where it lies, with `/` between its parts
    pub path: String,
    /// the whole of it
    pub text: String,
}

/// Writes the book.
///
/// # Errors
/// A page that cannot be written: a bug.
pub(crate) fn book(material: &Material<'_>) -> Result<Book, Text> {
    site::book(material)
}
