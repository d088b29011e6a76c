//! What is said in every place of a model: sorted out once, looked at by many tasks.

use crate::model::{Model, ModuleId};
use crate::verdict::{Layer, Place, Statements};
use rayon::prelude::*;

/// The statements of every place, the law alone first.
pub(crate) struct Places {
    list: Vec<Statements>,
}

impl Places {
    /// Sorts out what is said in each place.
    pub(crate) fn of(model: &Model) -> Self {
        let list = model.places().into_par_iter().map(|place| Statements::of(model, place)).collect();
        Places { list }
    }

    /// The law alone.
    pub(crate) fn law(&self) -> &Statements {
        &self.list[0]
    }

    /// Where a module is at home; for one without a place of its own, the law.
    pub(crate) fn home(&self, module: ModuleId) -> &Statements {
        let below = self.list.get(1..).unwrap_or_default();
        let found = below.binary_search_by_key(&Layer::Module(module), Statements::own);
        found.map_or(self.law(), |at| &below[at])
    }

    /// Every place, the law alone first, then by module.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Statements> {
        self.list.iter()
    }
}

/// Where a place is, in words.
pub(crate) fn in_place(model: &Model, place: &Place) -> crate::ground::Text {
    match place.module() {
        None => crate::ground::text!(en: "in the law", da: "i loven"),
        Some(module) => {
            let name = &model.modules[module.index()].name;
            crate::ground::text!(en: "in `{name}`", da: "i `{name}`")
        }
    }
}
