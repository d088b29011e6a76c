//! How a node looks: what it is, as a word and as a colour. No colour stands without its word.

use crate::ground::{Text, text};
use crate::queries::{GraphNode, Thing};
use crate::verdict::Grant;

/// Colours that differ for the colour-blind too (after Okabe and Ito), each with letters that stand out on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink {
    pub name: &'static str,
    pub fill: &'static str,
    pub letters: &'static str,
    pub dashed: bool,
}

const fn ink(name: &'static str, fill: &'static str, letters: &'static str) -> Ink {
    Ink { name, fill, letters, dashed: false }
}

pub(super) const DARK: &str = "#1a1a1a";
const LIGHT: &str = "#ffffff";

pub(super) const MUST: Ink = ink("must", "#00507d", LIGHT);
pub(super) const RIGHT: Ink = ink("right", "#7cc5ee", DARK);
pub(super) const MAY: Ink = ink("may", "#f7ec8a", DARK);
pub(super) const FORBIDDEN: Ink = ink("forbidden", "#a63a00", LIGHT);
pub(super) const UNDECIDED: Ink = ink("undecided", "#e3a9c9", DARK);
pub(super) const NOTHING: Ink = Ink { dashed: true, ..ink("nothing", "#ffffff", DARK) };
const QUESTION: Ink = ink("question", "#f2f2ee", DARK);
const VALUE: Ink = ink("value", "#ffffff", DARK);
const LAW: Ink = ink("law", "#d5e8d4", DARK);
const CONDITION: Ink = ink("condition", "#f2f2ee", DARK);
const SUPPORT: Ink = ink("support", "#7cc5ee", DARK);
const RULE: Ink = ink("rule", "#f7ec8a", DARK);

impl Ink {
    pub(super) const ALL: [Ink; 12] =
        [MUST, RIGHT, MAY, FORBIDDEN, UNDECIDED, NOTHING, QUESTION, VALUE, LAW, CONDITION, SUPPORT, RULE];

    pub(super) fn of(node: &GraphNode) -> Ink {
        match &node.what {
            Thing::Outcome(outcome) => Ink::of_grant(outcome.grant),
            Thing::Question => QUESTION,
            Thing::Value(_) => VALUE,
            Thing::Module | Thing::Provision => LAW,
            Thing::Fact | Thing::Concept | Thing::Assumption | Thing::Department | Thing::Term => CONDITION,
            Thing::Kind | Thing::Support => SUPPORT,
            Thing::Rule => RULE,
        }
    }

    pub(super) fn of_grant(grant: Option<Grant>) -> Ink {
        match grant {
            Some(Grant::Must) => MUST,
            Some(Grant::Right) => RIGHT,
            Some(Grant::May) => MAY,
            Some(Grant::None) => NOTHING,
            Some(Grant::Forbidden) => FORBIDDEN,
            None => UNDECIDED,
        }
    }
}

/// What a thing is called; nothing for questions and decisions, which say it themselves.
pub(super) fn sort(what: &Thing) -> Option<Text> {
    Some(match what {
        Thing::Question | Thing::Outcome(_) | Thing::Value(_) => return None,
        Thing::Module => text!(en: "source", da: "kilde"),
        Thing::Provision => text!(en: "provision", da: "bestemmelse"),
        Thing::Fact => text!(en: "fact", da: "oplysning"),
        Thing::Concept => text!(en: "concept", da: "begreb"),
        Thing::Assumption => text!(en: "assumption", da: "antagelse"),
        Thing::Department => text!(en: "department", da: "afdeling"),
        Thing::Kind => text!(en: "kind of support", da: "art"),
        Thing::Support => text!(en: "support", da: "støtte"),
        Thing::Term => text!(en: "term", da: "vilkår"),
        Thing::Rule => text!(en: "rule", da: "regel"),
    })
}
