//! How two places treat twins, in the order in which people read it.

use super::words::{class, compared, counted, days, on_days, outcome, part, region, witness};
use super::{Outline, Section};
use crate::ground::{Text, Window, list, text, titled};
use crate::queries::{ComparedSide, Difference, PlacesCompared, Silence};

pub(super) fn outline(comparison: &PlacesCompared) -> Outline {
    let names = sides(comparison);
    let [first, second] = &names;
    let spoken =
        |difference: &&Difference| difference.sides.iter().all(|side| side.silence == Silence::Speaks);
    let differ = comparison.differences.iter().filter(spoken);
    let silent = comparison.differences.len() - differ.clone().count();
    let mut summary = vec![
        counted(differ.map(|difference| difference.class)).map_or_else(
            || text!(en: "where both speak, they treat twins alike", da: "hvor begge siger noget, behandles tvillinger ens"),
            |Text { en, da }| text!(en: "where both speak, seen from {second}: {en}", da: "hvor begge siger noget, set fra {second}: {da}"),
        ),
        days(comparison.window),
        compared(comparison.compared),
    ];
    if silent > 0 {
        summary.insert(
            1,
            text!(en: "where one of them is silent: {silent}", da: "hvor en af dem tier: {silent}"),
        );
    }
    let mut notes = Vec::new();
    if comparison.unread > 0 {
        let unread = comparison.unread;
        notes.push(
            text!(en: "left out because of errors: {unread}", da: "udeladt på grund af fejl: {unread}"),
        );
    }
    for support in &comparison.open {
        notes.push(text!(en: "not proven: `{support}`", da: "ikke bevist: `{support}`"));
    }
    Outline {
        title: text!(en: "How twins are treated: {first} and {second}", da: "Hvordan tvillinger behandles: {first} og {second}"),
        summary,
        sections: comparison
            .differences
            .iter()
            .map(|difference| section(difference, &names, comparison.window))
            .collect(),
        notes,
    }
}

/// What the sides are called: `Slagelse, alder 29`.
fn sides(comparison: &PlacesCompared) -> [String; 2] {
    [0, 1].map(|side| match &comparison.at {
        None => comparison.places[side].clone(),
        Some((fact, values)) => format!("{}, {fact} {}", comparison.places[side], values[side]),
    })
}

fn section(difference: &Difference, names: &[String; 2], looked_at: Window) -> Section {
    let mut facts = vec![
        (text!(en: "who", da: "hvem"), region(&difference.region, difference.is_whole, difference.days)),
        (text!(en: "example", da: "eksempel"), vec![witness(&difference.witness)]),
    ];
    for (name, side) in names.iter().zip(&difference.sides) {
        facts.push((Text::same(name), vec![decided(side, difference.is_given)]));
    }
    Section {
        class: silence(difference, names).unwrap_or_else(|| class(difference.class)),
        heading: Text::same(titled(&difference.title, &difference.support)),
        days: difference.days.map(|days| on_days(days, looked_at)),
        parts: difference.parts.iter().map(|one| part(one, difference.is_given)).collect(),
        facts,
    }
}

/// Who says nothing of what differs; nothing where both speak.
fn silence(difference: &Difference, names: &[String; 2]) -> Option<Text> {
    let which = |silence: Silence| -> Vec<&String> {
        let sides = names.iter().zip(&difference.sides);
        sides.filter(|(_, side)| side.silence == silence).map(|(name, _)| name).collect()
    };
    let (silent, on_purpose) = (which(Silence::Silent), which(Silence::OnPurpose));
    if silent.is_empty() && on_purpose.is_empty() {
        return None;
    }
    if silent.is_empty() {
        let Text { en, da } = list(&on_purpose);
        return Some(text!(en: "{en} silent on purpose", da: "{da} tier med vilje"));
    }
    let Text { en, da } = list(&silent);
    Some(text!(en: "{en} silent", da: "{da} tier"))
}

fn decided(side: &ComparedSide, is_given: bool) -> Text {
    let Text { en, da } = outcome(&side.outcome, is_given);
    let rules = match side.rules.as_slice() {
        [] => String::new(),
        all => format!(" ({})", all.join(", ")),
    };
    text!(en: "{en}{rules}", da: "{da}{rules}")
}
