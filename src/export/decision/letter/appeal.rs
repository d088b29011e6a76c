//! How the decision is appealed, as the sources of the deciding rules say; what they do not say is marked.

use super::weight::Weight;
use crate::queries::{CitedProvision, ComplaintReasons, Reasons, SourceReasons};

/// The sentences, each a paragraph.
pub(super) fn sentences(reasons: &Reasons, weight: &Weight<'_>) -> Vec<String> {
    let cited: Vec<&CitedProvision> = weight.deciding.iter().flat_map(|rule| &rule.cited).collect();
    let mut sentences = Vec::new();
    for source in &reasons.sources {
        let of_it: Vec<&CitedProvision> =
            cited.iter().copied().filter(|cited| cited.source == source.source.name).collect();
        let (barred, open): (Vec<_>, Vec<_>) =
            of_it.into_iter().partition(|cited| cited.appeal == Some(false));
        // with an exception beside it, what can be appealed is named
        let after = if barred.is_empty() { source.source.name.clone() } else { listed(&open) };
        if !barred.is_empty() {
            sentences.push(format!("Du kan ikke klage over en afgørelse efter {}.", listed(&barred)));
        }
        if !open.is_empty() {
            sentences.push(match &source.complaint {
                Some(complaint) => told(reasons, &after, complaint),
                None => missing(source, &open),
            });
        }
    }
    if sentences.is_empty() {
        let nothing = "[klagevejledningen mangler: reglerne nævner ingen lov. Skriv, hvem der kan klages til, fristen og lovgrundlaget]";
        sentences.push(nothing.to_owned());
    }
    sentences
}

fn told(reasons: &Reasons, after: &str, complaint: &ComplaintReasons) -> String {
    let mut words = vec![format!("Du kan klage over en afgørelse efter {after} til {}.", complaint.to)];
    if let Some(through) = &complaint.through {
        let which = complaint.which.as_ref().map(|which| format!(", som {which}")).unwrap_or_default();
        words.push(format!("Send klagen til {through}{which}."));
    }
    words.push(match (&complaint.within, &complaint.after) {
        (Some(within), Some(after)) => format!("Du skal klage inden {within} efter, {after}."),
        (Some(within), None) => format!("Du skal klage inden {within} [skriv fra hvornår]."),
        (None, _) => "[skriv klagefristen: reglerne nævner ingen]".to_owned(),
    });
    let basis: Vec<&CitedProvision> = complaint.basis.iter().collect();
    if !basis.is_empty() {
        let titles = reasons.sources.iter().filter(|source| {
            let is_cited = basis.iter().any(|cited| cited.source == source.source.name);
            is_cited && source.source.title != source.source.name
        });
        let titles: Vec<&str> = titles.map(|source| source.source.title.as_str()).collect();
        let titles = if titles.is_empty() { String::new() } else { format!(" ({})", titles.join("; ")) };
        words.push(format!("Det følger af {}{titles}.", listed(&basis)));
    }
    words.join(" ")
}

/// The policy does not say: it is never made up.
fn missing(source: &SourceReasons, open: &[&CitedProvision]) -> String {
    let name = &source.source.name;
    let may: Vec<&CitedProvision> = open.iter().copied().filter(|cited| cited.appeal == Some(true)).collect();
    let can = match &may[..] {
        [] => String::new(),
        may => format!("Du kan klage over en afgørelse efter {}. ", listed(may)),
    };
    format!(
        "{can}[klagevejledningen mangler: reglerne siger ikke, hvordan der klages over en afgørelse efter {name}. Skriv, hvem der kan klages til, fristen og lovgrundlaget]"
    )
}

/// Each once: `RSL § 60; RSL § 66`.
fn listed(cited: &[&CitedProvision]) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for cited in cited {
        if !texts.contains(&cited.text.as_str()) {
            texts.push(&cited.text);
        }
    }
    texts.join("; ")
}
