//! What a book is made of: the texts with their trees, and everything that is known about them.

use crate::ground::{Accepted, Card, Diagnostic, Lang, Open, Sources, Text, Window};
use crate::model::Model;
use crate::queries::{Graph, Matrix, Test};
use crate::syntax::ast::File;

/// How a book is wanted.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct BookAsked<'a> {
    /// the language of everything that is not the policies' own words
    pub lang: Lang,
    /// what the book is called; without it, by those whose rules it holds
    pub title: Option<&'a str>,
}

impl<'a> BookAsked<'a> {
    /// A book in a language.
    pub fn new(lang: Lang) -> Self {
        BookAsked { lang, title: None }
    }

    /// The same with a title.
    #[must_use]
    pub fn title(self, title: Option<&'a str>) -> Self {
        BookAsked { title, ..self }
    }
}

/// Everything a book is made of.
pub(crate) struct Material<'a> {
    pub asked: BookAsked<'a>,
    pub sources: &'a Sources,
    /// one for each text
    pub trees: &'a [File],
    pub model: &'a Model,
    pub cards: &'a [Card],
    pub findings: &'a [Diagnostic],
    pub accepted: &'a [Accepted],
    pub open: &'a [Open],
    pub window: Window,
    pub tests: &'a [Test],
    pub overviews: &'a [Overview],
}

/// What is known of who gets what in one municipality or institution.
pub(crate) struct Overview {
    /// whose
    pub place: String,
    pub matrix: Result<Matrix, Text>,
    /// the decision on each support that is given there: its name, and how it is come to
    pub decisions: Vec<(String, Result<Graph, Text>)>,
}

impl Material<'_> {
    /// The names of the texts without the folder they all lie in: how the book was asked for leaves no trace in it.
    pub(super) fn short_names(&self) -> Vec<String> {
        let names: Vec<&str> = self.sources.iter().map(|(_, file)| file.name.as_str()).collect();
        let folders = names.iter().map(|name| name.rsplit_once('/').map_or("", |(folder, _)| folder));
        let shared = folders.map(|folder| folder.split('/').collect::<Vec<_>>()).reduce(|one, other| {
            one.into_iter().zip(other).take_while(|(a, b)| a == b).map(|(part, _)| part).collect()
        });
        let depth = shared.map_or(0, |parts| parts.iter().map(|part| part.len() + 1).sum::<usize>());
        let within =
            |name: &&str| name.get(depth..).filter(|_| name.contains('/')).unwrap_or(name).to_owned();
        names.iter().map(within).collect()
    }
}
