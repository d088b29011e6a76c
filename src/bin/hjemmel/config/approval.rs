//! `[approval]`: who must look at which changes.

use hjemmel::ChangeClass;
use std::collections::BTreeMap;

/// For each class of change that is named, the roles that must approve it, and the line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Approving {
    pub(crate) set: BTreeMap<&'static str, (Vec<String>, usize)>,
}

impl Approving {
    /// The roles that must approve a change of a class. What is gone is narrowed too, what is new is widened too, and what is
    /// mixed is both, where nothing else is said of it.
    pub(crate) fn roles(&self, class: ChangeClass) -> Vec<&str> {
        let classes: &[&str] = match class {
            ChangeClass::Narrowed => &["narrowed"],
            ChangeClass::Gone if self.set.contains_key("gone") => &["gone"],
            ChangeClass::Gone => &["narrowed"],
            ChangeClass::Mixed if self.set.contains_key("mixed") => &["mixed"],
            ChangeClass::Mixed => &["narrowed", "widened"],
            ChangeClass::Terms => &["terms"],
            ChangeClass::Widened => &["widened"],
            ChangeClass::New if self.set.contains_key("new") => &["new"],
            ChangeClass::New => &["widened"],
            ChangeClass::Basis => &["basis"],
            // a class that is not known here: everybody looks
            _ => return self.all_roles(),
        };
        let mut roles: Vec<&str> = classes.iter().flat_map(|class| self.of(class)).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    fn of(&self, class: &str) -> impl Iterator<Item = &str> {
        self.set.get(class).into_iter().flat_map(|(roles, _)| roles).map(String::as_str)
    }

    /// Every role that is named.
    pub(crate) fn all_roles(&self) -> Vec<&str> {
        let mut roles: Vec<&str> =
            self.set.values().flat_map(|(roles, _)| roles).map(String::as_str).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }
}
