//! Conditions to formulas.

use super::coding;
use super::lexicon::Lexicon;
use super::names::{Sort, Space};
use super::problems::{Problems, error};
use super::rates::dated_formula;
use crate::ground::{Span, text};
use crate::model::{ConceptId, Domain, FactId, Formula, SupportId, ValueSet};
use crate::syntax::ast::{Condition, Name, Test};

const WANTED: [Sort; 2] = [Sort::Fact, Sort::Concept];
const ASKED: [Sort; 2] = [Sort::Support, Sort::Kind];

impl Lexicon<'_> {
    /// The whole condition; nothing where some part of it is wrong. Every problem in it is told.
    pub(super) fn formula(&self, condition: &Condition, problems: &mut Problems) -> Option<Formula> {
        match condition {
            Condition::Always(_) => Some(Formula::Always),
            Condition::Test { fact, test, .. } => self.comparison(fact, test, problems),
            Condition::Name(name) => self.bare_name(name, problems),
            Condition::Not(inner, _) => Some(Formula::Not(Box::new(self.formula(inner, problems)?))),
            Condition::And(parts) => Some(Formula::And(self.formulas(parts, problems)?)),
            Condition::Or(parts) => Some(Formula::Or(self.formulas(parts, problems)?)),
            Condition::Decided { support, due, .. } => {
                let (_, index) = self.names.find(&[Space::Supports], support, &ASKED, problems)?;
                Some(Formula::Decided { support: SupportId(index), due: *due })
            }
        }
    }

    /// A condition that says who a citizen is: what is decided of the citizen may not stand in it.
    pub(super) fn facts_formula(&self, condition: &Condition, problems: &mut Problems) -> Option<Formula> {
        let formula = self.formula(condition, problems)?;
        let Some(asking) = self.asking_part(condition) else { return Some(formula) };
        let words = self.words(asking);
        let message = text!(
            en: "who a citizen is cannot rest on what is decided: `{words}`",
            da: "hvem borgeren er, kan ikke afhænge af, hvad der bliver afgjort: `{words}`"
        );
        let label = text!(en: "asks about a decision", da: "spørger til en afgørelse");
        problems.tell(error("type-mismatch", message).label(asking, label).help(text!(
            en: "write it with facts, or put the question in the `når` of a rule",
            da: "skriv det med oplysninger, eller stil spørgsmålet i en regels `når`"
        )));
        None
    }

    /// The first part of a condition that asks what is decided.
    fn asking_part(&self, condition: &Condition) -> Option<Span> {
        match condition {
            Condition::Always(_) => None,
            Condition::Decided { span, .. } => Some(*span),
            Condition::Name(name) | Condition::Test { fact: name, .. } => {
                let mut unheard = Problems::of_vocabulary();
                let (sort, index) = self.names.find(&[Space::Conditions], name, &WANTED, &mut unheard)?;
                let asks = sort == Sort::Concept && self.asking.contains(&ConceptId(index));
                asks.then_some(span(condition))
            }
            Condition::Not(inner, _) => self.asking_part(inner),
            Condition::And(parts) | Condition::Or(parts) => {
                parts.iter().find_map(|part| self.asking_part(part))
            }
        }
    }

    fn formulas(&self, parts: &[Condition], problems: &mut Problems) -> Option<Vec<Formula>> {
        // all of them first, so that each problem is told
        let parts: Vec<Option<Formula>> = parts.iter().map(|part| self.formula(part, problems)).collect();
        parts.into_iter().collect()
    }

    /// As much of a condition as could be read: what stands wrong beside an `og` holds for everyone.
    pub(super) fn readable_parts(&self, condition: &Condition, problems: &mut Problems) -> Vec<Formula> {
        match condition {
            Condition::And(parts) => {
                parts.iter().flat_map(|part| self.readable_parts(part, problems)).collect()
            }
            single => match self.formula(single, problems) {
                None | Some(Formula::Always) => Vec::new(),
                Some(formula) => vec![formula],
            },
        }
    }

    fn bare_name(&self, name: &Name, problems: &mut Problems) -> Option<Formula> {
        let (sort, index) = self.names.find(&[Space::Conditions], name, &WANTED, problems)?;
        if sort == Sort::Concept {
            return Some(Formula::Concept(ConceptId(index)));
        }
        let subject = self.fact(FactId(index))?;
        if *subject.domain == Domain::YesNo {
            return Some(Formula::Test(FactId(index), ValueSet::range(1, 1)));
        }
        let (word, what) = (&name.text, subject.domain.in_words());
        let (en, da) = (what.en, what.da);
        let message = text!(
            en: "`{word}` is {en}, and alone it says neither ja nor nej",
            da: "`{word}` er {da} og siger ikke alene ja eller nej"
        );
        let help = text!(
            en: "say which values: `{word} er …`, `{word} mindst …`",
            da: "skriv hvilke værdier: `{word} er …`, `{word} mindst …`"
        );
        let label = text!(en: "a comparison is missing", da: "her mangler en sammenligning");
        problems.tell(error("type-mismatch", message).label(name.span, label).help(help));
        None
    }

    /// A fact or concept compared with values: in a condition, or in the cell of its column.
    pub(super) fn comparison(&self, name: &Name, test: &Test, problems: &mut Problems) -> Option<Formula> {
        let (sort, index) = self.names.find(&[Space::Conditions], name, &WANTED, problems)?;
        if sort == Sort::Concept {
            return self.concept_is(name, ConceptId(index), test, problems);
        }
        let dated = self.dated(self.fact(FactId(index))?, test, problems)?;
        Some(dated_formula(FactId(index), dated))
    }

    /// `aktivitetsparat er ja`
    fn concept_is(
        &self,
        name: &Name,
        concept: ConceptId,
        test: &Test,
        problems: &mut Problems,
    ) -> Option<Formula> {
        let subject =
            coding::Subject { name: &name.text, domain: &Domain::YesNo, open: false, sources: self.sources };
        let set = coding::set(subject, test, problems)?;
        let holds = Formula::Concept(concept);
        match (set.contains(1), set.contains(0)) {
            (true, true) => Some(Formula::Always),
            (true, false) => Some(holds),
            (false, _) => Some(Formula::Not(Box::new(holds))),
        }
    }
}

/// All parts hold.
pub(super) fn all(mut parts: Vec<Formula>) -> Formula {
    match (parts.len(), parts.pop()) {
        (_, None) => Formula::Always,
        (1, Some(only)) => only,
        (_, Some(last)) => {
            parts.push(last);
            Formula::And(parts)
        }
    }
}

/// Where a condition stands.
pub(super) fn span(condition: &Condition) -> Span {
    match condition {
        Condition::Always(span) | Condition::Test { span, .. } | Condition::Not(_, span) => *span,
        Condition::Decided { span, .. } => *span,
        Condition::Name(name) => name.span,
        Condition::And(parts) | Condition::Or(parts) => match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => span(first).to(span(last)),
            _ => Span::default(),
        },
    }
}
