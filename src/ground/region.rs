//! Regions and witnesses as plain data: who a finding is about, in the words of the policy itself.

/// How the values of a [`Condition`] are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// any of the listed values
    Is,
    /// none of the listed values
    IsNot,
    /// the one value or more
    AtLeast,
    /// the one value or less
    AtMost,
    /// from the first value to the second, both included
    Between,
    /// outside the range from the first value to the second
    Outside,
    /// within one of the listed ranges, each written `low..high`
    Within,
}

impl Comparison {
    /// The word for it in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Comparison::Is => "is",
            Comparison::IsNot => "is-not",
            Comparison::AtLeast => "at-least",
            Comparison::AtMost => "at-most",
            Comparison::Between => "between",
            Comparison::Outside => "outside",
            Comparison::Within => "within",
        }
    }
}

/// What one fact must be. A box is a list of these, all of which hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    /// the fact's name
    pub fact: String,
    /// how to read `values`
    pub comparison: Comparison,
    /// values as the language writes them
    pub values: Vec<String>,
    /// the same condition as a policy would write it, concept names where one fits:
    /// `alder under 30`, `ikke kan-deltage-i-tilbud`, `aktivitetsparat`
    pub source: String,
}

impl Condition {
    /// Whether it is about the day that is looked at, rather than about the citizen.
    pub fn is_of_days(&self) -> bool {
        self.fact == "dato"
    }
}

/// One box of a region: all conditions hold; the facts left out do not matter.
pub type RegionBox = Vec<Condition>;

/// Who a finding is about: an irredundant list of maximal boxes. An empty box is everyone.
pub type Region = Vec<RegionBox>;

/// One fact of a witness.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WitnessFact {
    /// the fact's name
    pub fact: String,
    /// its value as the language writes it: `24`, `2.13`, `ja`, `2015-09-01`
    pub value: String,
    /// whether the finding turns on this fact; a reader is shown these, data holds all
    pub matters: bool,
}

/// One concrete citizen the finding is true of, every fact given a value.
pub type Witness = Vec<WitnessFact>;
