//! The things a reader names: municipalities, supports, facts. What is not there is told with what was probably meant.

use crate::ground::{Text, text};
use crate::model::{DepartmentId, FactId, Model, ModuleId, SupportId, nearest};
use crate::verdict::Statements;

/// The places in which something is decided of a citizen.
pub(super) fn deciding(model: &Model) -> Vec<ModuleId> {
    let modules = (0..model.modules.len() as u32).map(ModuleId);
    modules.filter(|id| model.modules[id.index()].kind.decides()).collect()
}

/// A municipality by name, or an institution.
pub(crate) fn municipality(model: &Model, name: &str) -> Result<ModuleId, Text> {
    let named = |id: ModuleId| (id, model.modules[id.index()].name.as_str());
    let names: Vec<(ModuleId, &str)> = deciding(model).into_iter().map(named).collect();
    let found = names.iter().find(|(_, other)| other.to_lowercase() == name.to_lowercase());
    found.map(|(id, _)| *id).ok_or_else(|| {
        let missing = text!(en: "there is no municipality or institution `{name}`", da: "der er ingen kommune eller institution `{name}`");
        told(missing, name, names.iter().map(|(_, name)| *name))
    })
}

/// The names of all who decide cases.
#[cfg(feature = "book")]
pub(crate) fn deciding_places(model: &Model) -> Vec<String> {
    deciding(model).into_iter().map(|id| model.modules[id.index()].name.clone()).collect()
}

/// A support or a kind by name.
pub(super) fn support(model: &Model, name: &str) -> Result<SupportId, Text> {
    let found = model.supports.iter().position(|support| support.name == name);
    found.map(|index| SupportId(index as u32)).ok_or_else(|| {
        let missing = text!(en: "there is no støtte `{name}`", da: "der er ingen støtte `{name}`");
        told(missing, name, model.supports.iter().map(|support| support.name.as_str()))
    })
}

/// A support, or a kind of which some rule heard here decides as a whole, by name.
pub(super) fn judged(model: &Model, statements: &Statements, name: &str) -> Result<SupportId, Text> {
    let support = support(model, name)?;
    if statements.judged.contains(&support) {
        return Ok(support);
    }
    Err(text!(
        en: "`{name}` is an art of which no rule decides as a whole: ask about one of its støtter",
        da: "`{name}` er en art, som ingen regel afgør under ét: spørg om en af dens støtter"
    ))
}

/// A fact by name.
pub(super) fn fact(model: &Model, name: &str) -> Result<FactId, Text> {
    let found = model.facts.iter().position(|fact| fact.name == name);
    found.map(|index| FactId(index as u32)).ok_or_else(|| {
        let missing = text!(en: "there is no oplysning `{name}`", da: "der er ingen oplysning `{name}`");
        told(missing, name, model.facts.iter().map(|fact| fact.name.as_str()))
    })
}

/// A department of a municipality by name.
pub(super) fn department(model: &Model, module: ModuleId, name: &str) -> Result<DepartmentId, Text> {
    let all = model.departments.iter().enumerate().filter(|(_, department)| department.module == module);
    let names: Vec<(usize, &str)> =
        all.map(|(index, department)| (index, department.name.as_str())).collect();
    let found = names.iter().find(|(_, other)| other.to_lowercase() == name.to_lowercase());
    found.map(|(index, _)| DepartmentId(*index as u32)).ok_or_else(|| {
        let place = &model.modules[module.index()].name;
        let missing =
            text!(en: "there is no department `{name}` in `{place}`", da: "der er ingen afdeling `{name}` i `{place}`");
        told(missing, name, names.iter().map(|(_, name)| *name))
    })
}

/// What is missing, with what was probably meant or, of a few, all there are.
pub(super) fn told<'a>(missing: Text, word: &str, names: impl Iterator<Item = &'a str> + Clone) -> Text {
    const FEW: usize = 8;
    let Text { en, da } = missing;
    if let Some(near) = nearest(word, names.clone()) {
        return text!(en: "{en}, did you mean `{near}`?", da: "{da}, mente du `{near}`?");
    }
    let all: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if all.is_empty() || all.len() > FEW {
        return Text { en, da };
    }
    let all = all.join(", ");
    text!(en: "{en}; there is {all}", da: "{da}; der er {all}")
}
