//! What is offered, promised, shown and accepted: `forløb`, `garanti`, `eksempel`, `accepter`.

use super::lexicon::Lexicon;
use super::modules::Home;
use super::names::duplicate;
use super::problems::{Problems, error};
use super::rules::Place;
use crate::ground::{Card, Diagnostic, Span, Text, text};
use crate::model::{ModuleId, ModuleKind, Promises, Rule};
use crate::syntax::ast::{self, ItemKind};
use std::collections::BTreeMap;

/// What the promises are read against, once the rules have their names.
pub(super) struct Known<'a> {
    pub(super) rules: &'a [Rule],
    pub(super) checks: &'a [Card],
}

/// Whose file a promise stands in.
#[derive(Clone, Copy)]
pub(super) struct Author<'a> {
    /// nothing in a file of the vocabulary
    pub(super) place: Option<Place<'a>>,
    pub(super) kind: Option<ModuleKind>,
}

impl Author<'_> {
    /// The file's own municipality or institution.
    pub(super) fn decides(&self) -> Option<ModuleId> {
        self.place.filter(|_| self.kind.is_some_and(ModuleKind::decides)).map(|place| place.module)
    }

    /// A name with the module's before it.
    pub(super) fn full(&self, name: &str) -> String {
        self.place.map_or_else(|| name.to_owned(), |place| place.full(name))
    }

    /// Problems of the file's module.
    pub(super) fn problems(&self) -> Problems {
        self.place.map_or_else(Problems::of_vocabulary, |place| Problems::of_module(place.module_name))
    }
}

impl Lexicon<'_> {
    /// Reads all of them. What is wrong is told and left out.
    pub(super) fn promises(
        &self,
        files: &[ast::File],
        homes: &[Home],
        known: &Known<'_>,
        problems: &mut Problems,
    ) -> Promises {
        let mut promises = Promises::default();
        let mut names: BTreeMap<String, Span> = BTreeMap::new();
        for (file, home) in files.iter().zip(homes) {
            let place = match *home {
                Home::Of(module) => {
                    let name = self.modules.get(module.index()).map(|module| module.name.as_str());
                    name.map(|module_name| Place { module, module_name })
                }
                Home::Nobody => None,
                Home::Unreadable => continue,
            };
            let kind = place.and_then(|place| Some(self.modules.get(place.module.index())?.kind));
            let author = Author { place, kind };
            for item in &file.items {
                let mut own = author.problems();
                match &item.kind {
                    ItemKind::Guarantee(guarantee) => {
                        let read = self.guarantee(guarantee, author, &mut own);
                        let name = format!("garanti {}", author.full(&guarantee.name.text));
                        first_of(&mut names, name, &guarantee.name, &mut own);
                        promises.guarantees.extend(read);
                    }
                    ItemKind::Example(example) => {
                        promises.examples.extend(self.example(example, author, &mut own));
                    }
                    ItemKind::Accept(accept) => {
                        promises.accepts.extend(self.accept(accept, item.span, author, known, &mut own));
                    }
                    ItemKind::Offer(offer) => {
                        let read = self.offer(offer, author, &mut own);
                        let name = format!("forløb {}", author.full(&offer.name.text));
                        first_of(&mut names, name, &offer.name, &mut own);
                        promises.offers.extend(read);
                    }
                    ItemKind::Broken { keyword, name } if keyword == "forløb" => {
                        promises.offers.extend(author.unreadable_offer(name.as_ref()));
                    }
                    _ => {}
                }
                problems.take(own);
            }
        }
        promises
    }
}

/// Tells a name that is used twice.
fn first_of(names: &mut BTreeMap<String, Span>, full: String, name: &ast::Name, problems: &mut Problems) {
    match names.get(&full) {
        Some(first) => problems.tell(duplicate(&name.text, name.span, Some(*first))),
        None => {
            names.insert(full, name.span);
        }
    }
}

/// Something that stands in a file where nobody can say it.
pub(super) fn misplaced(message: Text, span: Span, help: Text) -> Diagnostic {
    error("unclear-header", message)
        .label(span, text!(en: "who says this?", da: "hvem siger dette?"))
        .help(help)
}
