//! The tool: every check as a rule, in the reader's language, and all of it once more in the other.

use crate::ground::{Card, Lang, Reason, Severity};
use serde::Serialize;

/// Who found it, or the same in another language.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Component<'a> {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    semantic_version: Option<&'static str>,
    language: &'static str,
    contents: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    associated_component: Option<Associated>,
    rules: Vec<Rule<'a>>,
    notifications: Vec<NotificationRule>,
}

#[derive(Serialize)]
struct Associated {
    name: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message,
    full_description: Message,
    help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Level>,
    properties: RuleProperties<'a>,
}

#[derive(Serialize)]
pub(super) struct Message {
    pub(super) text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Level {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties<'a> {
    /// the name to say aloud
    danish: &'a str,
    tags: [&'static str; 1],
    /// a name of GitHub's
    #[serde(rename = "problem.severity")]
    problem_severity: &'static str,
}

/// Why an answer is missing.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NotificationRule {
    id: &'static str,
    short_description: Message,
}

/// Points to a rule of the tool.
#[derive(Serialize)]
pub(super) struct RuleReference<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

impl<'a> RuleReference<'a> {
    pub(super) fn to(check: &'a str, cards: &[Card]) -> Self {
        RuleReference { id: check, index: index(check, cards) }
    }
}

/// Where a check stands among the rules.
pub(super) fn index(check: &str, cards: &[Card]) -> Option<usize> {
    cards.iter().position(|card| card.name == check)
}

impl<'a> Component<'a> {
    /// The tool itself.
    pub(super) fn driver(cards: &'a [Card], lang: Lang) -> Self {
        Component {
            semantic_version: Some(env!("CARGO_PKG_VERSION")),
            contents: &["localizedData", "nonLocalizedData"],
            ..Component::in_language(cards, lang)
        }
    }

    /// Its words in another language.
    pub(super) fn translation(cards: &'a [Card], lang: Lang) -> Self {
        Component {
            contents: &["localizedData"],
            associated_component: Some(Associated { name: env!("CARGO_PKG_NAME") }),
            ..Component::in_language(cards, lang)
        }
    }

    fn in_language(cards: &'a [Card], lang: Lang) -> Self {
        let notifications = Reason::ALL.map(|reason| NotificationRule {
            id: notification(reason),
            short_description: Message { text: reason.in_words().get(lang).to_owned() },
        });
        Component {
            name: env!("CARGO_PKG_NAME"),
            semantic_version: None,
            language: code(lang),
            contents: &[],
            associated_component: None,
            rules: cards.iter().map(|card| Rule::new(card, lang)).collect(),
            notifications: notifications.into(),
        }
    }
}

impl<'a> Rule<'a> {
    fn new(card: &'a Card, lang: Lang) -> Self {
        let explanation = card.explanation.get(lang).to_owned();
        Rule {
            id: card.name,
            short_description: Message { text: card.about.get(lang).to_owned() },
            full_description: Message { text: explanation.clone() },
            help: Help {
                markdown: format!("{explanation}\n\n`hjemmel explain {}`", card.name),
                text: explanation,
            },
            default_configuration: Some(Level { level: level(card.severity) }),
            properties: RuleProperties {
                danish: card.danish,
                tags: ["policy"],
                problem_severity: match card.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Note => "recommendation",
                },
            },
        }
    }
}

/// A severity as SARIF knows it.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The name of a reason for which an answer is missing.
pub(super) fn notification(reason: Reason) -> &'static str {
    match reason {
        Reason::Budget => "not-proven/budget",
        Reason::Boxes => "not-proven/boxes",
        Reason::Disagreement => "not-proven/disagreement",
    }
}

/// A language as SARIF knows it.
pub(super) fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Da => "da",
        Lang::En => "en",
    }
}

/// The language that is not the reader's.
pub(super) fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Da => Lang::En,
        Lang::En => Lang::Da,
    }
}
