//! When rules end, and what makes them: their own dates, their module's, or those of the sources they rest on.

use crate::ground::{Day, Text, date_in_words, list};
use crate::model::{Citation, Model, ModuleId, ModuleKind, RuleId, ValueSet};

/// Why a rule ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    /// its `gyldig`
    Own,
    /// its module's
    Module,
    /// the last edition of the sources it cites
    Sources(Vec<ModuleId>),
}

/// The last of some days; nothing where there is none, or no last one.
pub(crate) fn last_day(days: &ValueSet) -> Option<Day> {
    days.bounds().map(|(_, last)| last).filter(|last| *last < ValueSet::MAX)
}

/// The first day on which something that keeps a rule in force ends, and what it is.
pub(crate) fn ending(model: &Model, id: RuleId) -> Option<(Day, Cause)> {
    let rule = model.rule(id);
    let module = &model.modules[rule.module.index()];
    let of_module = match module.kind {
        ModuleKind::Law | ModuleKind::Order => last_day(&module.in_force),
        _ => module.valid.as_ref().and_then(last_day),
    };
    let mut sources: Vec<ModuleId> = rule.basis.iter().map(|citation: &Citation| citation.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let ends = [
        last_day(&rule.valid).map(|day| (day, Cause::Own)),
        of_module.map(|day| (day, Cause::Module)),
        last_day(&model.cited_days_of(rule)).map(|day| (day, Cause::Sources(sources))),
    ];
    ends.into_iter().flatten().min()
}

/// The verb for what ends on a day, seen from the reference date.
pub(crate) fn applies(model: &Model, last: Day) -> (&'static str, &'static str) {
    let past = model.reference.is_some_and(|reference| last < reference);
    if past { ("applied", "gjaldt") } else { ("applies", "gælder") }
}

/// Until when a rule is in force, and by what, to stand at its name.
pub(crate) fn until(model: &Model, rule: RuleId, (day, cause): &(Day, Cause)) -> Text {
    let words = date_in_words(*day);
    let (applies, gælder) = applies(model, *day);
    match cause {
        Cause::Own => {
            Text { en: format!("{applies} until {}", words.en), da: format!("{gælder} til {}", words.da) }
        }
        Cause::Module => {
            let module = &model.modules[model.rule(rule).module.index()].name;
            Text {
                en: format!("`{module}` {applies} until {}", words.en),
                da: format!("`{module}` {gælder} til {}", words.da),
            }
        }
        Cause::Sources(sources) => {
            let names = source_names(model, sources);
            Text {
                en: format!("rests on {}, which {applies} until {}", names.en, words.en),
                da: format!("hviler på {}, som {gælder} til {}", names.da, words.da),
            }
        }
    }
}

/// Sources by name.
pub(crate) fn source_names(model: &Model, sources: &[ModuleId]) -> Text {
    let names: Vec<String> =
        sources.iter().map(|id| format!("`{}`", model.modules[id.index()].name)).collect();
    list(&names)
}

/// `X`, or `X` and 2 more rules.
pub(crate) fn and_more(model: &Model, rules: &[RuleId]) -> Text {
    let first = rules.first().map_or("", |id| model.rule(*id).name.as_str());
    match rules.len().saturating_sub(1) {
        0 => Text::same(format!("`{first}`")),
        1 => Text { en: format!("`{first}` and 1 more rule"), da: format!("`{first}` og 1 regel til") },
        more => Text {
            en: format!("`{first}` and {more} more rules"),
            da: format!("`{first}` og {more} regler til"),
        },
    }
}
