//! What changes for citizens, in the order in which people read it.

use super::words::{class, compared, counted, days, each_box, on_days, outcome, part, region, witness};
use super::{FindingsMoved, Outline, Section};
use crate::ground::{Lang, Sources, Span, Text, Window, grouped, list, text, titled};
use crate::known::Known;
use crate::queries::{Cause, CauseKind, ChangedPlace, DecisionChange, Diff, Outcome, People};
use crate::verdict::Grant;

/// Findings of one check that are gone and told in one line.
const RESOLVED_TOLD: usize = 20;

pub(super) fn outline(
    diff: &Diff,
    sources: [&Sources; 2],
    names: [&str; 2],
    findings: Option<FindingsMoved<'_>>,
) -> Outline {
    let [before, after] = names;
    let mut summary = vec![summary(diff), days(diff.window), compared(diff.compared)];
    summary.extend(findings.iter().map(found));
    let hash = diff.hash.iter().filter(|_| !diff.changes.is_empty() || comes_or_goes(diff));
    summary.extend(
        hash.map(|hash| text!(en: "hash of the change: {hash}", da: "kontrolkode for ændringen: {hash}")),
    );
    let mut notes = notes(diff);
    notes.extend(findings.iter().flat_map(moved));
    Outline {
        title: text!(
            en: "What changes for citizens: {before} → {after}",
            da: "Hvad der ændrer sig for borgerne: {before} → {after}"
        ),
        summary,
        sections: diff.changes.iter().map(|change| section(change, sources, diff.window)).collect(),
        notes,
    }
}

fn summary(diff: &Diff) -> Text {
    counted(diff.changes.iter().map(|change| change.class)).unwrap_or_else(|| match comes_or_goes(diff) {
        true => text!(
            en: "nothing changes for any citizen of a municipality or institution that both versions have",
            da: "intet ændrer sig for nogen borger i de kommuner og institutioner, der findes både før og nu"
        ),
        false => text!(en: "nothing changes for any citizen", da: "intet ændrer sig for nogen borger"),
    })
}

/// Whether a municipality or an institution is there only now, or no more.
fn comes_or_goes(diff: &Diff) -> bool {
    !diff.new_places.is_empty() || !diff.gone_places.is_empty()
}

fn found(findings: &FindingsMoved<'_>) -> Text {
    let (introduced, resolved) = (findings.introduced.len(), findings.resolved.len());
    let remaining = findings.remaining;
    let new = if introduced == 1 { "nyt" } else { "nye" };
    text!(
        en: "findings: {introduced} introduced, {resolved} resolved, {remaining} remain",
        da: "fund: {introduced} {new}, {resolved} løst, {remaining} er der stadig"
    )
}

fn section(change: &DecisionChange, sources: [&Sources; 2], looked_at: Window) -> Section {
    let title = titled(&change.title, &change.support);
    let places: Vec<&str> = change.places.iter().map(|place| place.place.as_str()).collect();
    let Text { en, da } = list(&places);
    let mut facts = Vec::new();
    facts.push((text!(en: "who", da: "hvem"), who(&change.places, change.days)));
    let told: Vec<Text> = change.places.iter().filter_map(counted_in).collect();
    if !told.is_empty() {
        facts.push((text!(en: "people", da: "borgere"), told));
    }
    if let Some(place) = change.places.first() {
        facts.extend(example(place, change.is_given));
    }
    if !change.causes.is_empty() {
        let lines = change.causes.iter().map(|one| cause(one, sources)).collect();
        facts.push((text!(en: "why", da: "hvorfor"), lines));
    }
    Section {
        class: class(change.class),
        heading: text!(en: "{title}, {en}", da: "{title}, {da}"),
        days: change.days.map(|days| on_days(days, looked_at)),
        parts: change.parts.iter().map(|one| part(one, change.is_given)).collect(),
        facts,
    }
}

/// To whom it happens: places with the same citizens together, and named where others have others.
fn who(places: &[ChangedPlace], days: Option<Window>) -> Vec<Text> {
    let mut alike: Vec<(Vec<&str>, Vec<Text>)> = Vec::new();
    for place in places {
        let lines = region(&place.region, place.is_whole, days);
        match alike.iter_mut().find(|(_, known)| *known == lines) {
            Some((names, _)) => names.push(&place.place),
            None => alike.push((vec![&place.place], lines)),
        }
    }
    if let [(_, lines)] = alike.as_slice() {
        return lines.clone();
    }
    let named = alike.into_iter().flat_map(|(names, lines)| {
        let Text { en, da } = list(&names);
        std::iter::once(text!(en: "{en}:", da: "{da}:")).chain(lines)
    });
    named.collect()
}

/// How many of a population it happens to in a place.
fn counted_in(place: &ChangedPlace) -> Option<Text> {
    let People { reached, open, of, .. } = place.people?;
    let number = |number: Option<u64>, lang| match (number, lang) {
        (Some(number), lang) => grouped(number, lang),
        (None, Lang::En) => format!("fewer than {}", People::FEWEST),
        (None, Lang::Da) => format!("færre end {}", People::FEWEST),
    };
    let told = |lang| (number(reached, lang), grouped(of, lang), number(open, lang), &place.place);
    let ((en, en_of, en_open, name), (da, da_of, da_open, _)) = (told(Lang::En), told(Lang::Da));
    Some(match open {
        Some(0) => text!(en: "{en} of {en_of} in {name}", da: "{da} af {da_of} i {name}"),
        _ => text!(
            en: "{en} of {en_of} in {name}, and {en_open} of whom too little is known",
            da: "{da} af {da_of} i {name}, og {da_open}, som der er oplyst for lidt om"
        ),
    })
}

/// One of them, and all that is decided before and now.
fn example(place: &ChangedPlace, is_given: bool) -> Vec<(Text, Vec<Text>)> {
    let rules = |rules: &[String]| match rules {
        [] => String::new(),
        all => format!(" ({})", all.join(", ")),
    };
    let decided = |of: &Outcome, by: &[String]| {
        // what only bounds what nobody gives has no part in that
        let is_idle =
            of.grant == Some(Grant::None) && !(of.to_be_assessed || of.recommended || of.discouraged);
        let (Text { en, da }, rules) =
            (outcome(of, is_given), if is_idle { String::new() } else { rules(by) });
        vec![text!(en: "{en}{rules}", da: "{da}{rules}")]
    };
    vec![
        (text!(en: "example", da: "eksempel"), vec![witness(&place.witness)]),
        (text!(en: "before", da: "før"), decided(&place.before, &place.rules_before)),
        (text!(en: "now", da: "nu"), decided(&place.after, &place.rules_after)),
    ]
}

fn cause(cause: &Cause, sources: [&Sources; 2]) -> Text {
    let rule = &cause.rule;
    let basis = match cause.basis.as_slice() {
        [] => String::new(),
        all => format!(" ({})", all.join("; ")),
    };
    let place = |span: Option<Span>, sources: &Sources| {
        span.map(|span| {
            let file = sources.file(span.file);
            format!("{}:{}", file.name, file.position(span.start).line)
        })
    };
    let (was, is) = (place(cause.before, sources[0]), place(cause.after, sources[1]));
    let at = match (was, is) {
        (Some(was), Some(is)) if was != is => format!("{was} → {is}"),
        (Some(at), _) | (None, Some(at)) => at,
        (None, None) => String::new(),
    };
    match cause.kind {
        CauseKind::Removed => text!(en: "`{rule}`{basis} is gone, {at}", da: "`{rule}`{basis} er væk, {at}"),
        CauseKind::Changed => {
            text!(en: "`{rule}`{basis} is changed, {at}", da: "`{rule}`{basis} er ændret, {at}")
        }
        CauseKind::Added => text!(en: "`{rule}`{basis} is new, {at}", da: "`{rule}`{basis} er ny, {at}"),
        CauseKind::Rebased => {
            text!(en: "`{rule}` now cites{basis}, {at}", da: "`{rule}` har nu hjemlen{basis}, {at}")
        }
    }
}

/// What else must be known to trust the list.
fn notes(diff: &Diff) -> Vec<Text> {
    let mut notes = Vec::new();
    let mut places = |names: &[String], en: &str, da: &str| {
        if !names.is_empty() {
            let Text { en: all, da: alle } = list(names);
            notes.push(text!(en: "{en}: {all}", da: "{da}: {alle}"));
        }
    };
    places(&diff.new_places, "only now, and not compared", "findes først nu og er ikke sammenlignet");
    places(&diff.gone_places, "only before, and not compared", "findes ikke længere og er ikke sammenlignet");
    for (boxes, en, da) in [
        (&diff.only_before, "citizens there can be no more", "borgere, der ikke længere kan findes"),
        (&diff.only_after, "citizens there could not be before", "borgere, der ikke før kunne findes"),
    ] {
        notes.extend(each_box(boxes).into_iter().map(|words| Text {
            en: format!("{en}, compared with nobody: {}", words.en),
            da: format!("{da} og ikke er sammenlignet: {}", words.da),
        }));
    }
    let (before, after) = diff.unread;
    if before + after > 0 {
        notes.push(text!(
            en: "what an error keeps from being read is left out; errors before: {before}, now: {after}",
            da: "det, en fejl gør ulæseligt, er udeladt; fejl før: {before}, nu: {after}"
        ));
    }
    for (place, support) in &diff.open {
        notes.push(match support.is_empty() {
            true => text!(en: "not proven: which citizens there can be", da: "ikke bevist: hvilke borgere der kan findes"),
            false => text!(en: "not proven: `{support}` in `{place}`", da: "ikke bevist: `{support}` i `{place}`"),
        });
    }
    notes
}

/// The findings that have come, and those that are gone.
fn moved(findings: &FindingsMoved<'_>) -> Vec<Text> {
    let mut notes = Vec::new();
    for finding in findings.introduced {
        let (check, Text { en, da }) = (finding.check, &finding.message);
        notes.push(text!(en: "introduced, {check}: {en}", da: "nyt fund, {check}: {da}"));
    }
    let of_checks = findings.resolved.chunk_by(|one, other| one.check == other.check);
    // a line holds so many that it can still be read, and left out where there is no room
    for of_check in of_checks.flat_map(|of_check| of_check.chunks(RESOLVED_TOLD)) {
        let about = |known: &Known| {
            let about = [known.module.as_deref(), known.support.as_deref(), known.about.as_deref()];
            about.into_iter().flatten().collect::<Vec<_>>().join(", ")
        };
        let about = of_check.iter().map(about).collect::<Vec<_>>().join("; ");
        let check = &of_check[0].check;
        notes.push(text!(en: "resolved, {check}: {about}", da: "løst, {check}: {about}"));
    }
    if !findings.proven {
        notes.push(text!(
            en: "not proven: some checks have no full answer",
            da: "ikke bevist: nogle kontroller har intet fuldt svar"
        ));
    }
    notes
}
