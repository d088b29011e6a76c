//! Overviews of a municipality as text, as Markdown and as a drawing; and the words they share.

mod markdown;
mod svg;
mod text;

pub(super) use markdown::escaped;

use crate::ground::{Lang, Text, text};
use crate::queries::{Matrix, MatrixCell, MatrixGroup};
use crate::verdict::Grant;

/// The card of a form an overview can be written in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MatrixFormat {
    /// its name on the command line
    pub name: &'static str,
    /// writes an overview in a language; the width counts where the form has lines
    pub render: fn(&Matrix, Lang, usize) -> String,
}

/// Every form of an overview; the first is the default.
pub fn matrix_formats() -> &'static [MatrixFormat] {
    &[text::FORMAT, markdown::FORMAT, svg::FORMAT]
}

/// `skal`, `kan*`: the strongest, with a star where not all of the group get it. Nothing where no rule gives anything.
fn cell(cell: &MatrixCell, lang: Lang) -> String {
    let word = match cell.grant {
        Some(Grant::Must) => text!(en: "must", da: "skal"),
        Some(Grant::Right) => text!(en: "right", da: "ret"),
        Some(Grant::May) => text!(en: "may", da: "kan"),
        Some(Grant::Forbidden) => text!(en: "must not", da: "må ikke"),
        Some(Grant::None) => return "–".to_owned(),
        None => Text::same("?"),
    };
    format!("{}{}", word.get(lang), star(cell.for_all))
}

fn star(for_all: bool) -> &'static str {
    if for_all { "" } else { "*" }
}

/// `2.13 Aktivitetsparate på uddannelseshjælp`
fn group(group: &MatrixGroup) -> String {
    match (group.title.as_str(), group.value.starts_with(|first: char| first.is_ascii_digit())) {
        ("", _) => group.value.clone(),
        (title, true) => format!("{} {title}", group.value),
        (title, false) => title.to_owned(),
    }
}

fn grey_zone() -> Text {
    text!(en: "grey zone", da: "grå zone")
}

/// What the words mean, one sentence each.
pub(crate) fn legend(matrix: &Matrix) -> Vec<Text> {
    let cells = || matrix.rows.iter().flat_map(|row| &row.cells);
    let mut legend = vec![text!(
        en: "must: has to be given; right: the citizen has a right to it; may: can be given; –: no rule gives it",
        da: "skal: skal gives; ret: borgeren har ret til den; kan: kan gives; –: ingen regel giver den"
    )];
    let grey = || matrix.rows.iter().flat_map(|row| &row.grey_zone);
    if cells().any(|cell| !cell.for_all) || grey().any(|(_, for_all)| !for_all) {
        legend.push(text!(
            en: "*: holds only for some of the group",
            da: "*: gælder kun for nogle i gruppen"
        ));
    }
    if cells().any(|cell| cell.grant.is_none()) {
        legend.push(text!(
            en: "?: the rules contradict each other, and nothing settles it",
            da: "?: reglerne modsiger hinanden, og intet afgør det"
        ));
    }
    if grey().next().is_some() {
        legend.push(text!(
            en: "grey zone: due by one rule, and closed or contradicted by another",
            da: "grå zone: en regel kræver støtten, og en anden lukker for den eller modsiger den"
        ));
    }
    if !matrix.nobody.is_empty() {
        let groups: Vec<&str> = matrix.nobody.iter().map(|group| group.value.as_str()).collect();
        let groups = groups.join(", ");
        legend.push(text!(en: "no such citizens: {groups}", da: "ingen borgere: {groups}"));
    }
    legend
}
