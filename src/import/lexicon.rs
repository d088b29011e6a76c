//! The words of a workspace as an import needs them, and those it adds because the table has them and nobody else.

use super::words::{slug, squeezed};
use crate::ground::{Text, text};
use crate::model::{Domain, Model, ModuleId, ModuleKind, Role, are_names_alike};
use std::collections::BTreeSet;

/// A fact or a term.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub name: String,
    pub title: String,
    pub domain: Domain,
    /// the table has it and the workspace does not
    pub is_new: bool,
}

/// A support or a kind.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub name: String,
    pub title: String,
    pub is_kind: bool,
    pub parent: Option<String>,
    pub is_new: bool,
}

/// A law or another source.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub name: String,
    pub title: String,
    pub is_new: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    /// the header of the file: whose rules these are
    pub header: String,
    pub facts: Vec<Thing>,
    pub terms: Vec<Thing>,
    pub supports: Vec<Known>,
    pub concepts: Vec<String>,
    pub sources: Vec<Source>,
    /// the departments of the place, with their titles
    pub departments: Vec<(String, String)>,
    /// names that a table of the place cannot have
    pub taken: BTreeSet<String>,
}

impl Lexicon {
    pub(super) fn of(model: &Model, place: Option<&str>) -> Result<Self, Text> {
        let (module, header) = place_of(model, place)?;
        let thing = |name: &String, title: &String, domain: &Domain| Thing {
            name: name.clone(),
            title: title.clone(),
            domain: domain.clone(),
            is_new: false,
        };
        let facts = model.facts.iter().map(|fact| thing(&fact.name, &fact.title, &fact.domain)).collect();
        let terms = model.terms.iter().map(|term| thing(&term.name, &term.title, &term.domain)).collect();
        let given = model.supports.iter().filter(|support| support.role == Role::Support);
        let supports = given.map(|support| Known {
            name: support.name.clone(),
            title: support.title.clone(),
            is_kind: support.is_kind,
            parent: support.parent.map(|parent| model.supports[parent.index()].name.clone()),
            is_new: false,
        });
        let source = |module: &crate::model::Module| Source {
            name: module.name.clone(),
            title: module.title.clone(),
            is_new: false,
        };
        let citable = |kind: ModuleKind| {
            matches!(kind, ModuleKind::Law | ModuleKind::Order | ModuleKind::Source | ModuleKind::Trial)
        };
        let sources = model.modules.iter().filter(|module| citable(module.kind)).map(source).collect();
        let own = model.departments.iter().filter(|department| Some(department.module) == module);
        let departments = own.map(|department| (department.name.clone(), department.title.clone())).collect();
        let rules = model.rules.iter().filter(|rule| Some(rule.module) == module);
        let taken = rules.flat_map(|rule| rule.name.split('.').nth(1).map(str::to_owned)).collect();
        Ok(Lexicon {
            header,
            facts,
            terms,
            supports: supports.collect(),
            concepts: model.concepts.iter().map(|concept| concept.name.clone()).collect(),
            sources,
            departments,
            taken,
        })
    }

    /// The support that words name, word for word: by its name or its title.
    pub(super) fn support(&self, words: &str) -> Option<&Known> {
        let wanted = squeezed(words);
        let is = |known: &&Known| squeezed(&known.name) == wanted || squeezed(&known.title) == wanted;
        self.supports.iter().find(is).filter(|_| !wanted.is_empty())
    }

    /// Adds a support that only the table has, below the kind of those it stands among.
    pub(super) fn add_support(&mut self, words: &str, kind: Option<String>) -> Option<String> {
        let name = slug(words)?;
        if !self.supports.iter().any(|known| known.name == name) {
            self.supports.push(Known {
                name: name.clone(),
                title: words.to_owned(),
                is_kind: false,
                parent: kind,
                is_new: true,
            });
        }
        Some(name)
    }

    /// Adds a law that the table cites where the workspace knows none: its author has only to write its full name.
    pub(super) fn add_source(&mut self, name: &str) {
        let is_first = self.sources.iter().all(|source| source.is_new);
        if is_first && !self.sources.iter().any(|source| source.name == name) {
            self.sources.push(Source { name: name.to_owned(), title: name.to_owned(), is_new: true });
        }
    }

    /// Whether some declared thing has this name, or nearly: then a reader will be told of the two.
    pub(super) fn like(&self, name: &str) -> Option<&str> {
        let known = self.supports.iter().filter(|known| !known.is_new && known.name != name);
        known.map(|known| known.name.as_str()).find(|known| are_names_alike(known, name))
    }

    pub(super) fn fact(&self, name: &str) -> Option<&Thing> {
        self.facts.iter().find(|fact| fact.name == name)
    }

    pub(super) fn term(&self, name: &str) -> Option<&Thing> {
        self.terms.iter().find(|term| term.name == name)
    }

    /// Whether a name is in use for a fact, a concept or a term: a new one may not have it.
    pub(super) fn is_condition_word(&self, name: &str) -> bool {
        self.fact(name).is_some()
            || self.term(name).is_some()
            || self.concepts.iter().any(|known| known == name)
    }

    /// The fact that tells a citizen's age.
    pub(super) fn age(&self) -> Option<&Thing> {
        let counts_years = |fact: &&Thing| {
            let in_years = matches!(&fact.domain, Domain::Number { unit: Some(unit), .. } if unit == "år");
            let tells_age = squeezed(&format!("{} {}", fact.name, fact.title)).contains("alder");
            in_years && (tells_age || fact.title.to_lowercase().contains("gammel"))
        };
        self.facts.iter().find(counts_years)
    }
}

/// The module whose rules these are, its name, and the header that a file of it begins with.
fn place_of(model: &Model, wanted: Option<&str>) -> Result<(Option<ModuleId>, String), Text> {
    let places = || {
        let all = model.modules.iter().enumerate();
        all.filter(|(_, module)| matches!(module.kind, ModuleKind::Municipality | ModuleKind::Institution))
    };
    let header = |kind: ModuleKind, name: &str| {
        let word = if kind == ModuleKind::Institution { "institution" } else { "kommune" };
        format!("{word} {name}\n")
    };
    let Some(wanted) = wanted else {
        let mut all = places().filter(|(_, module)| module.kind == ModuleKind::Municipality);
        return Ok(match (all.next(), all.next()) {
            (Some((index, module)), None) => {
                (Some(ModuleId(index as u32)), header(module.kind, &module.name))
            }
            (None, _) => (None, "# Skriv her, hvem der taler: kommune Navn \"Navn Kommune\"\n".to_owned()),
            _ => {
                let names: Vec<String> = places().map(|(_, module)| format!("`{}`", module.name)).collect();
                let names = names.join(", ");
                return Err(text!(
                    en: "whose rules are these? choose with --in: {names}",
                    da: "hvis regler er det? vælg med --in: {names}"
                ));
            }
        });
    };
    if let Some((index, module)) =
        places().find(|(_, module)| module.name.to_lowercase() == wanted.to_lowercase())
    {
        return Ok((Some(ModuleId(index as u32)), header(module.kind, &module.name)));
    }
    let names: Vec<&str> = places().map(|(_, module)| module.name.as_str()).collect();
    if !names.is_empty() {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let names = names.join(", ");
        return Err(text!(
            en: "there is no municipality and no institution `{wanted}`; known are {names}",
            da: "der er ingen kommune eller institution `{wanted}`; der er {names}"
        ));
    }
    let is_name = wanted.starts_with(char::is_alphabetic)
        && wanted.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    if !is_name {
        return Err(text!(
            en: "`{wanted}` is no name: letters, digits and hyphens, e.g. Slagelse",
            da: "`{wanted}` er ikke et navn: bogstaver, tal og bindestreger, f.eks. Slagelse"
        ));
    }
    Ok((None, format!("kommune {wanted} \"{wanted} Kommune\"\n")))
}
