//! The phrases of a review.

use crate::ground::{Condition, RegionBox, Text, Window, Witness, count, date_in_words, iso_date, text};
use crate::queries::{ChangeClass, ChangedPart, Outcome, TermState, grant_in_words};
use crate::verdict::Grant;

/// Boxes told before the rest is only counted; data holds all.
const BOXES_TOLD: usize = 4;

/// A class as the beginning of a heading.
pub(super) fn class(class: ChangeClass) -> Text {
    match class {
        ChangeClass::Narrowed => text!(en: "narrowed", da: "indsnævret"),
        ChangeClass::Gone => text!(en: "gone", da: "bortfaldet"),
        ChangeClass::Mixed => text!(en: "mixed", da: "blandet"),
        ChangeClass::Terms => text!(en: "terms only", da: "kun vilkår"),
        ChangeClass::Widened => text!(en: "widened", da: "udvidet"),
        ChangeClass::New => text!(en: "new", da: "ny"),
        ChangeClass::Basis => text!(en: "basis only", da: "kun hjemmel"),
    }
}

/// `2 narrowed, 1 widened`, the worst first; nothing where there is nothing.
pub(super) fn counted(classes: impl Iterator<Item = ChangeClass>) -> Option<Text> {
    let mut numbers: Vec<(ChangeClass, usize)> = Vec::new();
    for class in classes {
        match numbers.iter_mut().find(|(known, _)| *known == class) {
            Some((_, number)) => *number += 1,
            None => numbers.push((class, 1)),
        }
    }
    numbers.sort_unstable();
    let words: Vec<Text> = numbers
        .into_iter()
        .map(|(one, number)| {
            let Text { en, da } = class(one);
            text!(en: "{number} {en}", da: "{number} {da}")
        })
        .collect();
    let joined = |pick: fn(&Text) -> &str| words.iter().map(pick).collect::<Vec<_>>().join(", ");
    (!words.is_empty()).then(|| Text { en: joined(|text| &text.en), da: joined(|text| &text.da) })
}

/// A part that differs: `Hours a week: at most 5 → at most 3`.
pub(super) fn part(part: &ChangedPart, is_given: bool) -> Text {
    let flag = |now: bool, en: &str, da: &str| {
        if now {
            text!(en: "now also: {en}", da: "nu også: {da}")
        } else {
            text!(en: "no longer: {en}", da: "ikke længere: {da}")
        }
    };
    match part {
        ChangedPart::Grant { before, after } => {
            let (before, after) = (grant_in_words(*before, is_given), grant_in_words(*after, is_given));
            Text {
                en: format!("{} → {}", before.en, after.en), da: format!("{} → {}", before.da, after.da)
            }
        }
        ChangedPart::ToBeAssessed(now) => flag(*now, "must be assessed", "skal vurderes"),
        ChangedPart::Recommended(now) => flag(*now, "ought to be given", "bør gives"),
        ChangedPart::Discouraged(now) => flag(*now, "ought not to be given", "bør ikke gives"),
        ChangedPart::Duty(now) => flag(*now, "a duty for the citizen", "som pligt for borgeren"),
        ChangedPart::Term { term, title, before, after } => {
            let name = if title.is_empty() { term } else { title };
            let mark = if name.ends_with('?') { "" } else { ":" };
            let (before, after) = (state(before), state(after));
            Text {
                en: format!("{name}{mark} {} → {}", before.en, after.en),
                da: format!("{name}{mark} {} → {}", before.da, after.da),
            }
        }
        ChangedPart::Basis { lost, gained } => {
            let (lost, gained) = (lost.join("; "), gained.join("; "));
            match (lost.as_str(), gained.as_str()) {
                ("", gained) => {
                    text!(en: "the same, now also on {gained}", da: "det samme, nu også efter {gained}")
                }
                (lost, "") => {
                    text!(en: "the same, no longer on {lost}", da: "det samme, ikke længere efter {lost}")
                }
                (lost, gained) => {
                    text!(en: "the same, on {lost} → {gained}", da: "det samme, efter {lost} → {gained}")
                }
            }
        }
    }
}

fn state(state: &TermState) -> Text {
    match state {
        TermState::Unbounded => text!(en: "not set", da: "ikke fastsat"),
        TermState::Undecided => text!(en: "undecided", da: "uafklaret"),
        TermState::Bounded { told, .. } => Text::same(told),
    }
}

/// All that is decided: `may be given; timer: højst 3`.
pub(super) fn outcome(outcome: &Outcome, is_given: bool) -> Text {
    let mut all = vec![grant_in_words(outcome.grant, is_given)];
    if outcome.duty && outcome.grant.is_some_and(Grant::is_granted) {
        all.push(text!(en: "a duty for the citizen", da: "som pligt for borgeren"));
    }
    if outcome.to_be_assessed {
        all.push(text!(en: "must be assessed", da: "skal vurderes"));
    }
    if outcome.recommended {
        all.push(text!(en: "recommended", da: "anbefales"));
    }
    if outcome.discouraged {
        all.push(text!(en: "advised against", da: "frarådes"));
    }
    for (term, values) in &outcome.terms {
        all.push(match values {
            Some(values) => Text::same(format!("{term} {values}")),
            None => text!(en: "{term} undecided", da: "{term} uafklaret"),
        });
    }
    let joined = |pick: fn(&Text) -> &str| all.iter().map(pick).collect::<Vec<_>>().join("; ");
    Text { en: joined(|text| &text.en), da: joined(|text| &text.da) }
}

/// Boxes, one line each; from the second on they say that one of them is enough. Days that the heading tells are left out.
pub(super) fn region(boxes: &[RegionBox], is_whole: bool, days: Option<Window>) -> Vec<Text> {
    let told = |conditions: &RegionBox| -> RegionBox {
        let kept = conditions.iter().filter(|condition| days.is_none() || !condition.is_of_days());
        kept.cloned().collect()
    };
    let boxes: Vec<RegionBox> = boxes.iter().map(told).collect();
    let mut lines = each_box(&boxes);
    for line in lines.iter_mut().skip(1) {
        *line = Text { en: format!("or {}", line.en), da: format!("eller {}", line.da) };
    }
    if !is_whole {
        lines.push(text!(en: "and others: these boxes are not all", da: "og flere: det er ikke dem alle"));
    }
    lines
}

/// Boxes, each by itself; of many the first.
pub(super) fn each_box(boxes: &[RegionBox]) -> Vec<Text> {
    let told = if boxes.len() == BOXES_TOLD + 1 { boxes.len() } else { BOXES_TOLD };
    let mut lines: Vec<Text> = boxes.iter().take(told).map(|conditions| one_box(conditions)).collect();
    if let more @ 1.. = boxes.len().saturating_sub(told) {
        lines.push(text!(en: "{more} more cases", da: "{more} tilfælde til"));
    }
    lines
}

fn one_box(conditions: &[Condition]) -> Text {
    if conditions.is_empty() {
        return text!(en: "everyone", da: "alle");
    }
    Text::same(conditions.iter().map(|condition| condition.source.as_str()).collect::<Vec<_>>().join(" og "))
}

/// One citizen, by the facts that matter.
pub(super) fn witness(witness: &Witness) -> Text {
    let matters = witness.iter().filter(|fact| fact.matters);
    let facts: Vec<String> = matters.map(|fact| format!("{} {}", fact.fact, fact.value)).collect();
    if facts.is_empty() {
        return text!(en: "any citizen", da: "enhver borger");
    }
    Text::same(facts.join(", "))
}

/// On which days something differs, where these are the same for everybody: `from 1 January 2027`.
pub(super) fn on_days(days: Window, looked_at: Window) -> Text {
    let (from, to) = (date_in_words(days.from), date_in_words(days.to));
    let (begins, ends) = (days.from > looked_at.from, days.to < looked_at.to);
    match (begins, ends) {
        _ if days.from == days.to => Text { en: format!("on {}", from.en), da: format!("den {}", from.da) },
        (true, false) => Text { en: format!("from {}", from.en), da: format!("fra {}", from.da) },
        (false, _) => {
            Text { en: format!("up to and including {}", to.en), da: format!("til og med {}", to.da) }
        }
        (true, true) => Text {
            en: format!("from {} up to and including {}", from.en, to.en),
            da: format!("fra {} til og med {}", from.da, to.da),
        },
    }
}

/// The days that were looked at.
pub(super) fn days(window: Window) -> Text {
    let (from, to) = (iso_date(window.from), iso_date(window.to));
    text!(en: "looked at: {from} to {to}", da: "set på: {from} til {to}")
}

/// How many supports were compared.
pub(super) fn compared(number: usize) -> Text {
    count(
        number,
        &text!(en: "support, task or step compared", da: "støtte, opgave eller sagsskridt sammenlignet"),
        &text!(en: "supports, tasks and steps compared", da: "støtter, opgaver og sagsskridt sammenlignet"),
    )
}
