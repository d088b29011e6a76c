//! What a finding is: one plain struct, made by checks and stages, read by formats.

use super::{Region, Span, Text, Witness, count, text};

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// worth knowing
    Note,
    /// likely wrong
    Warning,
    /// wrong
    Error,
}

impl Severity {
    /// `error`, `warning`, `note`: for programs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }

    /// The same for people.
    pub(crate) fn in_words(self) -> Text {
        match self {
            Severity::Error => text!(en: "error", da: "fejl"),
            Severity::Warning => text!(en: "warning", da: "advarsel"),
            Severity::Note => text!(en: "note", da: "bemærkning"),
        }
    }

    /// `1 warning`, `2 warnings`.
    pub(crate) fn counted(self, number: usize) -> Text {
        let many = match self {
            Severity::Error => text!(en: "errors", da: "fejl"),
            Severity::Warning => text!(en: "warnings", da: "advarsler"),
            Severity::Note => text!(en: "notes", da: "bemærkninger"),
        };
        count(number, &self.in_words(), &many)
    }
}

/// A place in a source text and what it has to do with the finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// the place
    pub span: Span,
    /// a few words
    pub text: Text,
}

/// A change of a source text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// what is replaced; empty where something is only put in
    pub span: Span,
    /// what stands there instead
    pub text: String,
}

/// One finding: the facts and the words, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// the check that found it, by its published name: `gap`
    pub check: &'static str,
    /// how serious it is
    pub severity: Severity,
    /// the module it is about, where there is one: `Slagelse` or, for a department, `Slagelse.Ungeafdelingen`
    pub module: Option<String>,
    /// the support it is about, where there is one
    pub support: Option<String>,
    /// what of the support or the module it is about, where that alone does not say it: a term, a kind, a promise
    pub about: Option<String>,
    /// what is wrong: one sentence, lower case, no full stop
    pub message: Text,
    /// the places; the first is the cause, the others are the other parties
    pub labels: Vec<Label>,
    /// the full names of the rules involved, sorted
    pub rules: Vec<String>,
    /// the legal sources involved, as the language writes them: `LAB § 31 b, stk. 2`
    pub basis: Vec<String>,
    /// who it is about; empty when the finding is about a text and not about citizens
    pub region: Region,
    /// one citizen it is true of
    pub witness: Option<Witness>,
    /// the next step
    pub help: Option<Text>,
    /// what mends it: changes that belong together, in one file or several; empty where none is known for sure
    pub fixes: Vec<Edit>,
    /// whether they are only the likeliest of several: a person chooses, nothing applies them unasked
    pub is_guess: bool,
    /// what of it was known before, where only the rest of it is told
    pub known: Option<Text>,
    /// what is not asked as long as it stands, by the modules whose rules are not understood
    pub hides: Vec<Hidden>,
}

/// What is not asked because of an error: rules that are not understood are taken to cover, and are compared with nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hidden {
    /// whose rules they are
    pub module: String,
    /// their full names, sorted
    pub rules: Vec<String>,
    /// the checks that are not asked, sorted
    pub checks: Vec<&'static str>,
    /// where they are not asked: municipalities and other modules, sorted
    pub places: Vec<String>,
    /// the supports and kinds the rules name; nothing where they may mean any
    pub supports: Option<Vec<String>>,
    /// whom the rules reach, as far as they could be read; nothing where that takes too many boxes or steps
    pub region: Option<Region>,
    /// what is not asked, as the end of a sentence
    pub message: Text,
}

impl Diagnostic {
    /// A finding about a place in a text.
    pub fn new(check: &'static str, severity: Severity, message: Text) -> Self {
        Diagnostic {
            check,
            severity,
            module: None,
            support: None,
            about: None,
            message,
            labels: Vec::new(),
            rules: Vec::new(),
            basis: Vec::new(),
            region: Vec::new(),
            witness: None,
            help: None,
            fixes: Vec::new(),
            is_guess: false,
            known: None,
            hides: Vec::new(),
        }
    }

    /// Adds a place.
    #[must_use]
    pub fn label(mut self, span: Span, text: Text) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    /// Says what of the support or the module it is about.
    #[must_use]
    pub(crate) fn about(self, what: impl Into<String>) -> Self {
        Diagnostic { about: Some(what.into()), ..self }
    }

    /// Where it is told: at its first label.
    pub(crate) fn told_at(&self) -> Span {
        self.labels.first().map(|label| label.span).unwrap_or_default()
    }

    /// Says the next step.
    #[must_use]
    pub fn help(mut self, text: Text) -> Self {
        self.help = Some(text);
        self
    }

    /// Adds a change that mends it.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fixes.push(Edit { span, text: text.into() });
        self
    }

    /// Adds a change that would mend it if the likeliest is meant.
    #[must_use]
    pub fn guess(self, span: Span, text: impl Into<String>) -> Self {
        Diagnostic { is_guess: true, ..self.fix(span, text) }
    }

    /// Sixteen hexadecimal digits that name this finding across runs: check, module, support, rule names; for
    /// findings that only their citizens tell apart the region, for findings without a region the message. Reformatting and moving lines leave it unchanged.
    pub fn fingerprint(&self) -> String {
        let mut parts = vec![self.check.to_owned()];
        parts.extend(self.module.clone());
        parts.extend(self.support.clone());
        parts.extend(self.rules.iter().cloned());
        if KNOWN_BY_REGION.contains(&self.check) {
            for condition in self.region.iter().flatten() {
                parts.push(format!(
                    "{} {:?} {}",
                    condition.fact,
                    condition.comparison,
                    condition.values.join(",")
                ));
            }
        }
        // findings about a text have no region: several can stand in one rule, told apart by what they say, and so are
        // those of promises by which one it is
        if self.region.is_empty() || TOLD_BY_NAME.contains(&self.check) {
            parts.push(self.message.en.clone());
        }
        format!("{:016x}", fnv1a(parts.join("\u{1f}").as_bytes()))
    }
}

/// Checks of which several findings can name no rule.
const KNOWN_BY_REGION: [&str; 1] = ["gap"];

/// Checks whose findings name in their message whose they are: a guarantee, an example, an offer.
const TOLD_BY_NAME: [&str; 5] =
    ["failed-example", "failed-guarantee", "offer-below-terms", "offer-cannot-deliver", "offer-unbounded"];

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo): the same on every machine and in every release.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
