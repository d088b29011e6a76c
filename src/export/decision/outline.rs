//! What is told, in which order: the same for every form that people read.

use super::DecisionPage;
use super::words::{
    flags, flags_of, in_one_line, joined, mark, outcome, part_in_words, rule_in_words, step_in_words,
    step_of_term, title, way_in_words, why_not,
};
use crate::ground::{Text, date_in_words, text};
use crate::queries::{
    LayerReasons, Outcome, PartForce, Reasons, Role, RuleReasons, SpokenRule, SupportReasons,
};
use crate::verdict::{Grant, Step};
use std::collections::BTreeMap;

/// A piece of the page.
pub(super) enum Entry {
    Title(Text),
    Paragraph(Text),
    /// a support and what is decided on it
    Heading(Text),
    /// below the heading
    Item {
        level: usize,
        mark: &'static str,
        words: Text,
    },
}

/// The whole page.
pub(super) fn outline(page: &DecisionPage<'_>) -> Vec<Entry> {
    let reasons = page.reasons;
    let mut entries = vec![Entry::Title(heading(page))];
    if page.why {
        entries.extend(facts(reasons).into_iter().map(Entry::Paragraph));
        entries.push(Entry::Paragraph(legend()));
    }
    let mut supports: Vec<&SupportReasons> = reasons.supports.iter().collect();
    supports.sort_by_key(|support| rank(page, support));
    let in_full = |support: &SupportReasons| {
        let is_task = matches!(support.role, Role::Task | Role::Step);
        let decided = support.certain && support.decision.grant.is_some();
        if is_task && !page.chosen && decided {
            return false;
        }
        page.chosen || says_something(page, support) || page.why && !support.layers.is_empty()
    };
    for support in supports.iter().filter(|support| in_full(support)) {
        entries.push(Entry::Heading(outcome(support, possible(page, support))));
        below(page, support, &mut entries);
    }
    entries.extend(in_short(page, supports.iter().copied().filter(|support| !in_full(support))));
    entries.extend(questions(page));
    entries.extend(page.why_not.iter().flat_map(super::why_not::entries));
    entries.extend(left_out(reasons).map(Entry::Paragraph));
    entries
}

/// What can be decided on a support that rests on what is not known; nothing where it does not.
fn possible<'p>(page: &DecisionPage<'p>, support: &SupportReasons) -> Option<&'p [Outcome]> {
    let all = page.possible.filter(|_| !support.certain)?;
    let own = all.supports.iter().find(|possible| possible.support == support.support.name)?;
    Some(&own.decisions)
}

/// What is still to be asked, the most decisive first.
fn questions(page: &DecisionPage<'_>) -> Vec<Entry> {
    let questions = page.possible.map_or(&[][..], |possible| &possible.questions);
    let mut entries = Vec::new();
    if !questions.is_empty() {
        entries.push(Entry::Heading(text!(
            en: "Still to be asked, the most decisive first",
            da: "Mangler at blive oplyst, det mest afgørende først"
        )));
    }
    for question in questions {
        let (title, name) = (&question.title, &question.fact);
        let name = if title == name { String::new() } else { format!(" ({name})") };
        let words = if question.assessed {
            text!(en: "{title}{name}, to be assessed", da: "{title}{name}, skønnes")
        } else {
            text!(en: "{title}{name}", da: "{title}{name}")
        };
        entries.push(Entry::Item { level: 1, mark: "", words });
    }
    entries
}

fn heading(page: &DecisionPage<'_>) -> Text {
    let place = &page.reasons.place.title;
    let Some(day) = page.reasons.day.map(date_in_words) else { return Text::same(place) };
    let Text { en, da } = day;
    match page.day_from {
        Some(from) => text!(en: "{place}, {en} ({from})", da: "{place}, {da} ({from})"),
        None => text!(en: "{place}, {en}", da: "{place}, {da}"),
    }
}

/// What cannot be decided comes first, then what is given, the strongest first; what nobody gives is last.
fn rank(page: &DecisionPage<'_>, support: &SupportReasons) -> usize {
    let ways = possible(page, support).unwrap_or_default();
    let open = usize::from(ways.len() > 1);
    // the strongest comes first
    let grant = match ways.first().map_or(support.decision.grant, |way| way.grant) {
        None => 0,
        Some(Grant::Must) => 2,
        Some(Grant::Right) => 4,
        Some(Grant::May) => 6,
        Some(Grant::Forbidden) => 10,
        Some(_) if says_something(page, support) => 8,
        Some(_) => 12,
    };
    grant + open
}

fn says_something(page: &DecisionPage<'_>, support: &SupportReasons) -> bool {
    if let Some(ways) = possible(page, support) {
        return ways.iter().any(|way| way.grant != Some(Grant::None) || !flags_of(way, true).is_empty());
    }
    support.decision.grant != Some(Grant::None) || !flags(support).is_empty()
}

/// The facts, those that a person has assessed apart.
fn facts(reasons: &Reasons) -> Vec<Text> {
    let told = |assessed: bool| {
        let facts = reasons.facts.iter().filter(|fact| fact.assessed == assessed);
        let facts = facts.filter_map(|fact| Some(format!("{} {}", fact.fact.name, fact.value.as_ref()?)));
        facts.collect::<Vec<_>>().join(", ")
    };
    let (known, assessed) = (told(false), told(true));
    let unknown: Vec<&str> = reasons.missing().map(|fact| fact.fact.name.as_str()).collect();
    let unknown = unknown.join(", ");
    let mut lines = Vec::new();
    if !known.is_empty() {
        lines.push(text!(en: "Known: {known}", da: "Oplyst: {known}"));
    }
    if !assessed.is_empty() {
        lines.push(text!(en: "Assessed: {assessed}", da: "Skønnet: {assessed}"));
    }
    if !unknown.is_empty() {
        lines.push(text!(en: "Not known: {unknown}", da: "Ikke oplyst: {unknown}"));
    }
    lines
}

fn legend() -> Text {
    text!(
        en: "+ applies · ~ applies, but is set aside · – does not apply · ? open",
        da: "+ gælder · ~ gælder, men er sat ud af kraft · – gælder ikke · ? åben"
    )
}

/// What stands below a support.
fn below(page: &DecisionPage<'_>, support: &SupportReasons, entries: &mut Vec<Entry>) {
    let mut item = |level: usize, mark: &'static str, words: Text| {
        entries.push(Entry::Item { level, mark, words });
    };
    let reasons = page.reasons;
    match possible(page, support) {
        None => {
            flags(support).into_iter().for_each(|flag| item(1, "", flag));
            let granted = support.decision.grant.is_some_and(Grant::is_granted);
            support.decision.terms.iter().filter(|_| granted).for_each(|term| item(1, "", title(term)));
        }
        Some([way]) => in_one_line(support, way).into_iter().for_each(|words| item(1, "", words)),
        Some(ways) => {
            for way in ways {
                let words = std::iter::once(way_in_words(support, way)).chain(in_one_line(support, way));
                let words: Vec<Text> = words.collect();
                item(1, "→", joined(&words));
            }
        }
    }
    for layer in &support.layers {
        if let Some((giving, refusing)) = &layer.contradiction {
            let (giving, refusing) = (cited(reasons, giving), cited(reasons, refusing));
            item(1, "", sides(reasons, layer, &giving, &refusing));
        }
        for term in layer.terms.iter().filter(|term| !term.contradiction.is_empty()) {
            let (rules, name) = (cited(reasons, &term.contradiction), &term.own.term);
            let Text { en, da } = super::words::layer(reasons, layer.layer);
            item(
                1,
                "",
                text!(
                    en: "{en} contradicts itself in {name}: {rules} have nothing in common",
                    da: "{da} modsiger sig selv om {name}: {rules} har intet til fælles"
                ),
            );
        }
    }
    if !page.why {
        for spoken in support.layers.iter().flat_map(|layer| &layer.rules) {
            // what gives way is told with the reasons only
            let counts = spoken.parts.iter().any(|part| part.force == PartForce::Active);
            if let Some(rule) = reasons.rule(&spoken.rule).filter(|_| counts) {
                item(1, "", with_parts(reasons, rule, spoken, false));
            }
        }
        return;
    }
    for layer in &support.layers {
        // what a layer does is not known while some rule of it is open
        if support.certain {
            item(1, "", step_in_words(reasons, layer));
            for term in layer.terms.iter().filter(|term| term.step != Step::Decides) {
                item(2, "", step_of_term(term));
            }
        } else {
            item(1, "", super::words::layer(reasons, layer.layer));
        }
        for (mark, words) in rules_of(reasons, layer) {
            item(2, mark, words);
        }
        if !layer.members.is_empty() {
            let members: Vec<&str> = layer.members.iter().map(|member| member.support.as_str()).collect();
            let members = members.join(", ");
            item(2, "", text!(en: "below it: {members}", da: "under den: {members}"));
        }
    }
}

/// The rules of a layer with what became of them, those that count first.
fn rules_of(reasons: &Reasons, layer: &LayerReasons) -> Vec<(&'static str, Text)> {
    // a rule that says nothing of the support itself is told where it could set another aside
    let is_told = |spoken: &&SpokenRule| {
        let excepts = |rule: &RuleReasons| !rule.exception_to.is_empty();
        !spoken.parts.is_empty() || reasons.rule(&spoken.rule).is_some_and(excepts)
    };
    let mut spoken: Vec<&SpokenRule> = layer.rules.iter().filter(is_told).collect();
    spoken.sort_by_key(|spoken| ["+", "~", "?", "–"].iter().position(|sign| *sign == mark(reasons, spoken)));
    let told = |spoken: &SpokenRule| {
        let rule = reasons.rule(&spoken.rule)?;
        Some((mark(reasons, spoken), with_parts(reasons, rule, spoken, true)))
    };
    spoken.into_iter().filter_map(told).collect()
}

/// Every rule heard about some supports with what became of it, each once: each condition with its value.
pub(in crate::export) fn rules(reasons: &Reasons) -> Vec<(&'static str, Text)> {
    let layers = reasons.supports.iter().flat_map(|support| &support.layers);
    let mut told: Vec<(&'static str, Text)> = Vec::new();
    for rule in layers.flat_map(|layer| rules_of(reasons, layer)) {
        if !told.contains(&rule) {
            told.push(rule);
        }
    }
    told
}

/// A rule, what it says of the support, and why it applies or does not.
fn with_parts(reasons: &Reasons, rule: &RuleReasons, spoken: &SpokenRule, why: bool) -> Text {
    let name = rule_in_words(rule);
    let parts: Vec<Text> = spoken.parts.iter().filter_map(|part| part_in_words(reasons, part, why)).collect();
    let join = |pick: fn(&Text) -> &str| parts.iter().map(pick).collect::<Vec<_>>().join(", ");
    let said = Text { en: join(|text| &text.en), da: join(|text| &text.da) };
    let mut words = if parts.is_empty() {
        Text::same(name)
    } else {
        Text { en: format!("{name}: {}", said.en), da: format!("{name}: {}", said.da) }
    };
    if let Some(why) = why.then(|| why_not(reasons, rule)).flatten() {
        words = Text { en: format!("{}; {}", words.en, why.en), da: format!("{}; {}", words.da, why.da) };
    }
    words
}

/// Rules by name, with their provisions.
fn cited(reasons: &Reasons, names: &[String]) -> String {
    let words = names.iter().filter_map(|name| reasons.rule(name)).map(rule_in_words);
    words.collect::<Vec<_>>().join(", ")
}

fn sides(reasons: &Reasons, layer: &LayerReasons, giving: &str, refusing: &str) -> Text {
    let Text { en, da } = super::words::layer(reasons, layer.layer);
    text!(
        en: "{en} contradicts itself: {giving} against {refusing}",
        da: "{da} modsiger sig selv: {giving} mod {refusing}"
    )
}

/// The rest in a line for each outcome.
fn in_short<'a>(page: &DecisionPage<'_>, supports: impl Iterator<Item = &'a SupportReasons>) -> Vec<Entry> {
    let mut lines: BTreeMap<(usize, usize), (Text, Vec<&str>)> = BTreeMap::new();
    for support in supports {
        let role = match support.role {
            Role::Support | Role::Kind => 0,
            Role::Task => 1,
            Role::Step => 2,
        };
        let words = super::words::of_many(support);
        let line = lines.entry((role, rank(page, support))).or_insert_with(|| (words, Vec::new()));
        line.1.push(&support.support.title);
    }
    let told = lines.into_values().map(|(words, titles)| {
        let titles = titles.join("; ");
        let Text { en, da } = words;
        Entry::Paragraph(text!(en: "{en}: {titles}", da: "{da}: {titles}"))
    });
    told.collect()
}

/// The rules that could not be read.
fn left_out(reasons: &Reasons) -> Option<Text> {
    let mut names: Vec<&String> = reasons.supports.iter().flat_map(|support| &support.left_out).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return None;
    }
    let names = names.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    Some(text!(
        en: "Left out, because there is an error in them: {names}. What they may have meant to say is not in the decisions above.",
        da: "Udeladt, fordi der er fejl i dem: {names}. Hvad de kan have ment, indgår ikke i afgørelserne."
    ))
}
