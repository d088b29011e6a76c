//! A question that got no answer, and which checks a reader wants to hear of.

use super::{Text, list, text};

/// Why a question was left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// it would have taken more steps than were allowed
    Budget,
    /// a region has more boxes than are told
    Boxes,
    /// the plain evaluator does not confirm a finding
    Disagreement,
}

impl Reason {
    /// Every reason there is.
    pub const ALL: [Reason; 3] = [Reason::Budget, Reason::Boxes, Reason::Disagreement];

    /// The reason as a clause.
    pub fn in_words(self) -> Text {
        match self {
            Reason::Budget => text!(en: "the budget ran out", da: "beregningsrammen slap op"),
            Reason::Boxes => text!(
                en: "there are more regions than are told",
                da: "der er flere afgrænsninger end dem, der er meldt"
            ),
            Reason::Disagreement => text!(
                en: "the two evaluators disagree, which is a bug in hjemmel",
                da: "de to beregninger er uenige, hvilket er en fejl i hjemmel"
            ),
        }
    }
}

/// One question that was left open: what is found of it is true, but there may be more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Open {
    /// the checks that have no full answer
    pub checks: Vec<&'static str>,
    /// of what: `` `mentor` in `Fjordby` ``
    pub about: Text,
    /// why
    pub reason: Reason,
}

impl Open {
    /// A question of one check.
    pub fn new(check: &'static str, about: Text, reason: Reason) -> Self {
        Open { checks: vec![check], about, reason }
    }

    /// What is open: the checks, and of what.
    pub fn question(&self) -> Text {
        let checks: Vec<String> = self.checks.iter().map(|check| format!("`{check}`")).collect();
        let checks = list(&checks);
        Text {
            en: format!("{} of {}", checks.en, self.about.en),
            da: format!("{} om {}", checks.da, self.about.da),
        }
    }

    /// The question and why it is open.
    pub fn message(&self) -> Text {
        let (question, why) = (self.question(), self.reason.in_words());
        Text { en: format!("{}: {}", question.en, why.en), da: format!("{}: {}", question.da, why.da) }
    }
}

/// The checks a reader wants to hear of, and the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// those that are told
    pub told: Vec<&'static str>,
    /// those that are left out; when there are none nothing was selected
    pub left_out: Vec<&'static str>,
}
