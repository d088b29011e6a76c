//! Paragraphs cited past their end, whose successor is known.

use super::Card;
use super::ending::{and_more, applies, last_day};
use super::view::name_rules;
use crate::ground::{Day, Diagnostic, Severity, Text, date_in_words, iso_date, text};
use crate::model::{Citation, Model, ModuleId, RuleId, ValueSet};
use std::collections::BTreeMap;

const NAME: &str = "renumbered-source";

/// How many of the citations of one finding are shown.
const SHOWN: usize = 3;

pub(crate) fn card() -> Card {
    Card {
        name: NAME,
        danish: "afløst-kilde",
        severity: Severity::Warning,
        about: text!(
            en: "a citation of a paragraph that has a successor",
            da: "en henvisning til en paragraf, der er afløst"
        ),
        explanation: text!(
            en: "The rule still means to hold on some day looked at, or before the reference date, when the last \
                 edition of a source it cites is over, and the paragraph it cites there has a successor (`afløses \
                 af`). Under the old number the new law may say something else. A rule that cites the successor's \
                 source as well is right on both sides. One finding for each paragraph and module, over all its rules.",
            da: "Reglen vil stadig gælde på en dag, der ses på, eller før skæringsdatoen, da den sidste udgave af en \
                 kilde, den nævner, er udløbet, og den nævnte paragraf har en afløser (`afløses af`). Under det gamle \
                 nummer kan den nye lov sige noget andet. En regel, der også nævner afløserens kilde, er rigtig på \
                 begge sider. Én melding for hver paragraf og hvert modul, på tværs af reglerne."
        ),
        definition: text!(
            en: "A rule cites a paragraph with a successor in another source, does not cite that \
                 source too, and means to hold, by its own and its module's days, on a day after the \
                 last edition of the cited source and not after the later of the reference date and \
                 the window's last day.",
            da: "En regel nævner en paragraf med en afløser i en anden kilde, nævner ikke også den \
                 kilde og vil efter sine egne og sit moduls dage gælde på en dag efter den sidste \
                 udgave af kilden, dog senest på referencedatoen eller periodens sidste dag, om den \
                 er senere."
        ),
        sections: "7",
        reason: text!(
            en: "A decision must cite the rule in force. The provision has a new number, and the citizen who looks \
                 up the old one finds something else.",
            da: "En afgørelse skal henvise til den regel, der gælder. Bestemmelsen har fået et nyt nummer, og den \
                 borger, der slår det gamle op, finder noget andet."
        ),
        example: include_str!("examples/renumbered-source.md"),
    }
}

/// A paragraph as some rules of a module cite it: the module, the source, which of its paragraphs.
type Cited = (ModuleId, ModuleId, usize);

/// Looks at every citation.
pub(crate) fn find(model: &Model) -> Vec<Diagnostic> {
    let mut cited: BTreeMap<Cited, Vec<RuleId>> = BTreeMap::new();
    for id in model.rule_ids().filter(|id| !model.rule(*id).has_error) {
        let rule = model.rule(id);
        for citation in &rule.basis {
            for paragraph in &citation.paragraphs {
                let rules = cited.entry((rule.module, citation.source, *paragraph)).or_default();
                if is_outlived(model, id, citation, *paragraph) && !rules.contains(&id) {
                    rules.push(id);
                }
            }
        }
    }
    cited.retain(|_, rules| !rules.is_empty());
    cited.into_iter().filter_map(|(paragraph, rules)| tell(model, paragraph, &rules)).collect()
}

/// Whether a rule outlives the source of a paragraph it cites, and does not cite what replaces it.
fn is_outlived(model: &Model, id: RuleId, citation: &Citation, paragraph: usize) -> bool {
    let (rule, source) = (model.rule(id), &model.modules[citation.source.index()]);
    let Some(successor) = source.paragraphs.get(paragraph).and_then(|known| known.successor_source) else {
        return false;
    };
    let Some(last) = last_day(&source.in_force) else { return false };
    let horizon = model.reference.map_or(model.window.to, |reference| reference.max(model.window.to));
    let after = model.own_days_of(rule).intersection(&ValueSet::range(last + 1, horizon));
    !after.is_empty() && !rule.basis.iter().any(|other| other.source == successor)
}

fn tell(model: &Model, (module, source_id, index): Cited, rules: &[RuleId]) -> Option<Diagnostic> {
    let (module, source) = (&model.modules[module.index()], &model.modules[source_id.index()]);
    let paragraph = source.paragraphs.get(index)?;
    let successor = paragraph.successor.as_ref()?;
    let last: Day = last_day(&source.in_force)?;
    let old = format!("{} {}", source.name, paragraph.name);
    let (applies, gælder) = applies(model, last);
    let (names, end) = (and_more(model, rules), date_in_words(last));
    let rests = if rules.len() == 1 { "rests" } else { "rest" };
    let message = Text {
        en: format!("{} {rests} on `{old}`, which is replaced by `{successor}`", names.en),
        da: format!("{} hviler på `{old}`, som er afløst af `{successor}`", names.da),
    };
    let mut diagnostic = Diagnostic::new(NAME, Severity::Warning, message);
    diagnostic.module = Some(module.name.clone());
    let mut shown = Vec::new();
    for rule in rules {
        let meant =
            |citation: &&Citation| citation.source == source_id && citation.paragraphs.contains(&index);
        let citations = model.rule(*rule).basis.iter().filter(meant).map(|citation| citation.span);
        shown.extend(citations.filter(|span| !shown.contains(span)).collect::<Vec<_>>());
    }
    for span in shown.into_iter().take(SHOWN) {
        let label = Text {
            en: format!("`{}` {applies} until {}", source.name, end.en),
            da: format!("`{}` {gælder} til {}", source.name, end.da),
        };
        diagnostic = diagnostic.label(span, label);
    }
    diagnostic = diagnostic
        .label(paragraph.span, text!(en: "here the successor is named", da: "her er afløseren nævnt"));
    name_rules(model, &mut diagnostic, rules.iter().copied());
    diagnostic.basis = vec![old, successor.clone()];
    let last = iso_date(last);
    Some(diagnostic.help(text!(
        en: "read `{successor}` and cite it in `hjemmel`, or end the rule with `gyldig til {last}`",
        da: "læs `{successor}`, og skriv den i `hjemmel`, eller lad reglen slutte med `gyldig til {last}`"
    )))
}
