//! Rules that have ended before the reference date and that nobody took over.

use super::Card;
use super::ending::{Cause, and_more, ending, last_day, source_names, until};
use super::offers::cited_days;
use super::view::name_rules;
use crate::ground::{Day, Diagnostic, Severity, Text, date_in_words, text};
use crate::model::{Model, ModuleId, ModuleKind, Offer, RuleId};
use crate::verdict::distance;
use std::collections::{BTreeMap, BTreeSet};

const NAME: &str = "expired";

/// How many of the rules of one finding are shown.
const SHOWN: usize = 3;

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "udløbet",
        severity: Severity::Warning,
        about: text!(
            en: "a rule that has ended, or whose sources have",
            da: "en regel, der er udløbet, eller hvis kilder er"
        ),
        explanation: text!(
            en: "Seen from the reference date the rule's `gyldig` is over, or its trial is, or every edition of every \
                 source it cites. Asked of all but the law itself, whose past is history, and not of a rule that \
                 another of its module takes over from the next day. Told together for the rules of a module that end \
                 on the same day for the same reason. Without a reference date nothing has ended.",
            da: "Set fra skæringsdatoen er reglens `gyldig` forbi, eller dens forsøg er, eller hver udgave af hver \
                 kilde, den nævner. Det spørges der om for alle andre end loven selv, hvis fortid er historie, og ikke \
                 om en regel, som en anden i samme modul overtager fra næste dag. De regler i et modul, der udløb samme \
                 dag af samme grund, meldes samlet. Uden en skæringsdato er intet udløbet."
        ),
        definition: text!(
            en: "Seen from the reference date the first of these ends is over: of the rule's \
                 `gyldig`, of its module's, of the editions of the sources it cites taken together \
                 (of an offer: of its `gyldig` and its sources). Not asked of the law itself, nor \
                 where another rule of the module takes over the next day, nor where `coverage-ends` \
                 or `renumbered-source` names the rule.",
            da: "Set fra referencedatoen er den første af disse ender forbi: på reglens `gyldig`, på \
                 dens moduls, på udgaverne af de kilder, den nævner, tilsammen (om et forløb: på dets \
                 `gyldig` og dets kilder). Der spørges ikke om loven selv, ikke hvor en anden regel i \
                 modulet tager over næste dag, og ikke hvor `dækning-ophører` eller `afløst-kilde` \
                 nævner reglen."
        ),
        sections: "7",
        reason: text!(
            en: "A decision is made by the law in force on the day. A rule that rests on a repealed statute gives \
                 nobody anything, and refuses nobody either.",
            da: "En afgørelse træffes efter de regler, der gælder den dag. En regel, der hviler på en ophævet lov, \
                 giver ingen noget og afslår heller ikke nogen noget."
        ),
        example: include_str!("examples/expired.md"),
    }
}

/// Looks at every rule but those told elsewhere.
pub(crate) fn find(model: &Model, elsewhere: &BTreeSet<String>) -> Vec<Diagnostic> {
    let Some(reference) = model.reference else { return Vec::new() };
    let mut ended: BTreeMap<(ModuleId, Day, Cause), Vec<RuleId>> = BTreeMap::new();
    for id in model.rule_ids() {
        let rule = model.rule(id);
        let module = &model.modules[rule.module.index()];
        let speaks =
            !matches!(module.kind, ModuleKind::Law | ModuleKind::Order) && !module.is_undated_trial();
        let is_asked = !rule.has_error && speaks;
        let Some((day, cause)) = ending(model, id).filter(|(day, _)| is_asked && *day < reference) else {
            continue;
        };
        if !elsewhere.contains(&rule.name) && !is_taken_over(model, id, day) {
            ended.entry((rule.module, day, cause)).or_default().push(id);
        }
    }
    let rules =
        ended.into_iter().map(|((module, day, cause), rules)| tell(model, module, (day, cause), &rules));
    rules.chain(offers(model, reference)).collect()
}

/// The offers that have ended, told together for a provider where they end on one day for one reason.
fn offers(model: &Model, reference: Day) -> Vec<Diagnostic> {
    let mut ended: BTreeMap<(ModuleId, Day, bool), Vec<&Offer>> = BTreeMap::new();
    for offer in model.promises.offers.iter().filter(|offer| !offer.has_error) {
        let ends = [(last_day(&offer.valid), false), (last_day(&cited_days(model, offer)), true)];
        let first = ends.into_iter().filter_map(|(day, cited)| Some((day?, cited))).min();
        if let Some((day, cited)) = first.filter(|(day, _)| *day < reference) {
            ended.entry((offer.module, day, cited)).or_default().push(offer);
        }
    }
    ended.into_iter().map(|((_, day, cited), offers)| tell_offers(model, day, cited, &offers)).collect()
}

fn tell_offers(model: &Model, day: Day, cited: bool, offers: &[&Offer]) -> Diagnostic {
    let day = date_in_words(day);
    let first = offers.first().map_or("", |offer| offer.name.as_str());
    let names = match offers.len().saturating_sub(1) {
        0 => Text::same(format!("`{first}`")),
        1 => Text { en: format!("`{first}` and 1 more offer"), da: format!("`{first}` og 1 forløb til") },
        more => Text {
            en: format!("`{first}` and {more} more offers"),
            da: format!("`{first}` og {more} forløb til"),
        },
    };
    let mut sources: Vec<ModuleId> =
        offers.iter().flat_map(|offer| &offer.basis).map(|citation| citation.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let sources = source_names(model, &sources);
    let message = if cited {
        Text {
            en: format!("{} rested on {}, which applied until {}", names.en, sources.en, day.en),
            da: format!("{} hvilede på {}, som gjaldt til {}", names.da, sources.da, day.da),
        }
    } else {
        Text {
            en: format!("{} stood only until {}", names.en, day.en),
            da: format!("{} gjaldt kun til {}", names.da, day.da),
        }
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = offers.first().map(|offer| model.modules[offer.module.index()].name.clone());
    diagnostic.rules = offers.iter().map(|offer| offer.name.clone()).collect();
    diagnostic.rules.sort();
    let label = if cited {
        text!(en: "its source is over", da: "kilden gælder ikke mere")
    } else {
        text!(en: "its days are over", da: "perioden er forbi")
    };
    for offer in offers.iter().take(SHOWN) {
        diagnostic = diagnostic.label(offer.name_span, label.clone());
    }
    let basis: BTreeSet<String> =
        offers.iter().flat_map(|offer| &offer.basis).map(|citation| citation.text.clone()).collect();
    diagnostic.basis = basis.into_iter().collect();
    diagnostic.help(text!(
        en: "write what is sold now, with the source that applies, or take it out",
        da: "skriv det, der sælges nu, med den kilde, der gælder, eller tag det ud"
    ))
}

/// Whether another rule of the module begins the day after, on something the rule speaks of too.
fn is_taken_over(model: &Model, id: RuleId, day: Day) -> bool {
    let rule = model.rule(id);
    let near = |one, other| distance(model, one, other).is_some() || distance(model, other, one).is_some();
    let supports = |id: RuleId| model.rule(id).effects.iter().filter_map(|effect| effect.support);
    let follows = |next: &RuleId| {
        let other = model.rule(*next);
        let first = model.all_days_of(other).bounds().map(|(first, _)| first);
        other.module == rule.module && !other.has_error && first == Some(day + 1)
    };
    let mut next = model.rule_ids().filter(follows);
    next.any(|next| supports(next).any(|one| supports(id).any(|other| near(one, other))))
}

fn tell(model: &Model, module: ModuleId, end: (Day, Cause), rules: &[RuleId]) -> Diagnostic {
    let (names, day) = (and_more(model, rules), date_in_words(end.0));
    let module = &model.modules[module.index()].name;
    let message = match &end.1 {
        Cause::Own => Text {
            en: format!("{} applied only until {}", names.en, day.en),
            da: format!("{} gjaldt kun til {}", names.da, day.da),
        },
        Cause::Module => Text {
            en: format!("{} ended with `{module}` on {}", names.en, day.en),
            da: format!("{} ophørte sammen med `{module}` den {}", names.da, day.da),
        },
        Cause::Sources(sources) => {
            let sources = source_names(model, sources);
            Text {
                en: format!("{} rested on {}, which applied until {}", names.en, sources.en, day.en),
                da: format!("{} hvilede på {}, som gjaldt til {}", names.da, sources.da, day.da),
            }
        }
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = Some(module.clone());
    for rule in rules.iter().take(SHOWN) {
        diagnostic = diagnostic.label(model.rule(*rule).name_span, until(model, *rule, &end));
    }
    name_rules(model, &mut diagnostic, rules.iter().copied());
    let single = rules.len() == 1;
    diagnostic.help(match end.1 {
        Cause::Own if single => text!(
            en: "prolong `gyldig` if the rule still applies, write what follows it, or take it out",
            da: "forlæng `gyldig`, hvis reglen stadig skal gælde, skriv det, der følger efter, eller tag den ud"
        ),
        Cause::Own => text!(
            en: "prolong `gyldig` if the rules still apply, write what follows them, or take them out",
            da: "forlæng `gyldig`, hvis reglerne stadig skal gælde, skriv det, der følger efter, eller tag dem ud"
        ),
        Cause::Module => text!(
            en: "take it out, or write in its header until when it was prolonged",
            da: "tag det ud, eller skriv i hovedet, til hvornår det er forlænget"
        ),
        Cause::Sources(_) => text!(
            en: "cite the source that applies now, or take out what has no basis any more",
            da: "skriv den kilde, der gælder nu, i `hjemmel`, eller tag det ud, der ikke længere har hjemmel"
        ),
    })
}
