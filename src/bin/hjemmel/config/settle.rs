//! What was found, as `[severity]` wants it told.

use super::{Level, Severities};
use hjemmel::{Checked, Diagnostic};

impl Severities {
    /// Gives every finding the severity that is set for it, and takes out what is told nowhere. `place` is the path of a
    /// finding's file from the folder of `hjemmel.toml`; what `asked` names is told even where it is off.
    pub(crate) fn settle<'a>(
        &self,
        mut checked: Checked,
        asked: &[&str],
        place: impl Fn(&Diagnostic) -> Option<&'a str>,
    ) -> Checked {
        let level = |finding: &Diagnostic| {
            let level = self.of(finding.check, place(finding));
            level.filter(|level| *level != Level::Off || !asked.contains(&finding.check))
        };
        let found = checked.findings.len();
        checked.findings.retain_mut(|finding| match level(finding) {
            Some(Level::Off) => false,
            Some(Level::Told(severity)) => {
                finding.severity = severity;
                true
            }
            None => true,
        });
        checked.turned_off = found - checked.findings.len();
        checked.accepted.retain_mut(|accepted| match level(&accepted.finding) {
            Some(Level::Off) => accepted.is_of_law,
            Some(Level::Told(severity)) => {
                accepted.finding.severity = severity;
                true
            }
            None => true,
        });
        checked
    }
}
