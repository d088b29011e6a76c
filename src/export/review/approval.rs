//! Who must look at a change, and who has.

use super::words::counted;
use crate::ground::{Text, text};
use crate::queries::ChangeClass;

/// A role that must look at a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// who
    pub role: String,
    /// at what: how many changes of each class
    pub classes: Vec<(ChangeClass, usize)>,
    /// who has approved all of it; nothing where nobody has
    pub approved: Option<Approved>,
}

/// An approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    /// who approved
    pub by: String,
    /// on which day
    pub date: String,
    /// why
    pub reason: String,
}

/// Classes and how many changes of each: `2 narrowed, 1 widened`.
pub fn classes_in_words(classes: &[(ChangeClass, usize)]) -> Text {
    let each = classes.iter().flat_map(|(class, number)| std::iter::repeat_n(*class, *number));
    counted(each).unwrap_or_else(|| Text::same(""))
}

/// One line for each role; and that nobody can approve what errors keep from being read.
pub(super) fn told(needed: &[Needed], errors: usize) -> Vec<Text> {
    let one = |needed: &Needed| {
        let (role, Text { en, da }) = (&needed.role, classes_in_words(&needed.classes));
        match &needed.approved {
            Some(Approved { by, date, reason }) => text!(
                en: "approved as {role} ({en}) by {by}, {date}: {reason}",
                da: "godkendt som {role} ({da}) af {by}, {date}: {reason}"
            ),
            None => text!(en: "{role} has not approved: {en}", da: "{role} har ikke godkendt: {da}"),
        }
    };
    let unread = (errors > 0).then(|| {
        text!(
            en: "cannot be approved while an error keeps some of what is new from being read: `hjemmel check` tells it",
            da: "kan ikke godkendes, så længe en fejl gør noget af det nye ulæseligt: `hjemmel check` viser den"
        )
    });
    needed.iter().map(one).chain(unread).collect()
}
