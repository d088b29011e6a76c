//! One law and many municipalities under it, as text: what `hjemmel check` meets in a whole country.
//!
//! A municipality here is written as the real ones are: a service level in tables, one for each department and area,
//! and rules for deadlines, preconditions and exceptions. Most rows are right. Some have the faults that are found in
//! real texts, see [`municipality`]. The same seed gives the same bytes.

mod law;
mod municipality;
mod seed;

use seed::Seed;

/// A file of a workspace: its name and its text.
pub(crate) type File = (String, String);

/// The law, and `count` municipalities with `rules` rules each, of which `faults` in a hundred rows of tables.
pub(crate) fn workload(count: usize, rules: usize, faults: usize, seed: u64) -> Vec<File> {
    let mut files = vec![("lov.hjemmel".to_owned(), law::text())];
    files.extend((0..count).map(|number| {
        let name = municipality::name(number);
        let text = municipality::text(&name, rules, faults, &mut Seed::new(seed, number));
        (format!("kommuner/{}.hjemmel", name.to_lowercase()), text)
    }));
    files
}
