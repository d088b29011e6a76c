//! A module that does not say when it holds, or a trial that does not say where.

use super::Card;
use crate::ground::{Diagnostic, Severity, Text, text};
use crate::model::{Citation, Model, Module, ModuleId, ModuleKind, ValueSet};

const NAME: &str = "undated";

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "udateret",
        severity: Severity::Warning,
        about: text!(
            en: "a module that does not say when it holds, or a trial that does not say where",
            da: "et modul, der ikke siger, hvornår det gælder, eller et forsøg, der ikke siger hvor"
        ),
        explanation: text!(
            en: "A trial derogates from the law for named municipalities in a named period; without both it speaks \
                 nowhere, and nothing else is told of it. What a municipality, a region, an institution or a provider says \
                 is read against its sources; where a source it cites has editions that begin or end, and neither \
                 its header nor the rule has a date (`vedtaget`, `gyldig`), nobody can tell which edition was meant.",
            da: "Et forsøg fraviger loven for nævnte kommuner i en nævnt periode; uden begge dele gælder det ingen \
                 steder, og intet andet meldes om det. Det, en kommune, en region, en institution eller en leverandør \
                 siger, læses med sine kilder; har en kilde udgaver, der begynder eller ender, og har \
                 hverken hovedet eller reglen en dato (`vedtaget`, `gyldig`), kan ingen se, hvilken udgave der er ment."
        ),
        definition: text!(
            en: "A trial does not name both a municipality and a period; or a municipality, region, \
                 institution or provider has neither `vedtaget` nor `gyldig` in its header, and a \
                 rule or offer of it without a `gyldig` cites a source with an edition that begins or \
                 ends.",
            da: "Et forsøg nævner ikke både en kommune og en periode; eller en kommune, region, \
                 institution eller leverandør har hverken `vedtaget` eller `gyldig` i sit hoved, og \
                 en regel eller et forløb uden `gyldig` henviser til en kilde med en udgave, der \
                 begynder eller ender."
        ),
        sections: "6",
        reason: text!(
            en: "Which rules apply follows from when they were made, and a trial from its period. Without a date \
                 nobody can tell whether the text is older or newer than the law it rests on.",
            da: "Hvilke regler der gælder, følger af, hvornår de er fastsat, og et forsøg af sin periode. Uden en \
                 dato kan ingen sige, om teksten er ældre eller nyere end den lov, den hviler på."
        ),
        example: include_str!("examples/undated.md"),
    }
}

/// Looks at every header.
pub(crate) fn find(model: &Model) -> Vec<Diagnostic> {
    let modules = model.modules.iter().enumerate().filter(|(_, module)| !module.has_error);
    modules
        .filter_map(|(index, module)| match module.kind {
            ModuleKind::Trial => module.is_undated_trial().then(|| tell_trial(module)),
            ModuleKind::Municipality
            | ModuleKind::Region
            | ModuleKind::Institution
            | ModuleKind::Provider => {
                let source = changing_source(model, ModuleId(index as u32))?;
                Some(tell(module, &model.modules[source.index()]))
            }
            _ => None,
        })
        .collect()
}

/// A source with editions that begin or end, which something in a module without a date cites without one of its own.
fn changing_source(model: &Model, id: ModuleId) -> Option<ModuleId> {
    let module = &model.modules[id.index()];
    if module.adopted.is_some() || module.valid.is_some() {
        return None;
    }
    let rules = model.rules_of(id).map(|rule| model.rule(rule)).map(|rule| (&rule.valid, &rule.basis));
    let offers = model.promises.offers.iter().filter(|offer| offer.module == id);
    let offers = offers.map(|offer| (&offer.valid, &offer.basis));
    let undated = rules.chain(offers).filter(|(valid, _)| **valid == ValueSet::all());
    let changes = |citation: &&Citation| {
        let editions = &model.modules[citation.source.index()].editions;
        editions.iter().any(|edition| edition.from.is_some() || edition.to.is_some())
    };
    undated.flat_map(|(_, basis)| basis).filter(changes).map(|citation| citation.source).min()
}

fn tell_trial(module: &Module) -> Diagnostic {
    let name = &module.name;
    let (where_en, where_da) = ("in which municipalities", "i hvilke kommuner");
    let (when_en, when_da) = ("in which period", "i hvilken periode");
    let (en, da) = match (module.applies_in.is_empty(), module.valid.is_none()) {
        (true, true) => (format!("{where_en} and {when_en}"), format!("{where_da} og {when_da}")),
        (true, false) => (where_en.to_owned(), where_da.to_owned()),
        _ => (when_en.to_owned(), when_da.to_owned()),
    };
    let message = Text {
        en: format!("the trial `{name}` does not say {en} it applies, so it applies nowhere"),
        da: format!("forsøget `{name}` siger ikke, {da} det gælder, så det gælder ingen steder"),
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = Some(name.clone());
    diagnostic.label(module.span, text!(en: "speaks nowhere", da: "gælder ingen steder")).help(text!(
        en: "write `gælder i` with the municipalities and `gyldig fra … til …` in its header",
        da: "skriv `gælder i` med kommunerne og `gyldig fra … til …` i dets hoved"
    ))
}

fn tell(module: &Module, source: &Module) -> Diagnostic {
    let (name, cited) = (&module.name, &source.name);
    let message = text!(
        en: "`{name}` cites `{cited}`, which changes over time, and does not say when it holds itself",
        da: "`{name}` henviser til `{cited}`, som ændrer sig, og siger ikke, hvornår den selv gælder"
    );
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = Some(name.clone());
    diagnostic
        .label(
            module.span,
            text!(en: "neither `vedtaget` nor `gyldig`", da: "hverken `vedtaget` eller `gyldig`"),
        )
        .label(source.span, text!(en: "has dated editions", da: "har daterede udgaver"))
        .help(text!(
            en: "write `vedtaget` and the date in its header, or `gyldig` in its rules",
            da: "skriv `vedtaget` og datoen i hovedet, eller `gyldig` i reglerne"
        ))
}
