//! Examples that are written out for what nothing shows yet: pasted in, they hold and leave nothing to be shown.

use super::compare::{Difference, workspace, workspace_with};
use super::policy::Policy;
use hjemmel::{Fate, TestOutcome, TestsAsked};

/// Every way in which the examples written out for a policy are not what they should be.
pub(crate) fn differences(policy: &Policy) -> Vec<Difference> {
    let difference = |kind: &str, words: String| Difference { kind: kind.to_owned(), words };
    let before = match workspace(policy).coverage(true) {
        Err(problem) => return vec![difference("no coverage", problem.en)],
        Ok(coverage) => coverage,
    };
    let pasted = before.missing.join("\n");
    let more = workspace_with(policy, Some(pasted.clone()));
    let mut differences = Vec::new();
    let tested = more.test(TestsAsked::default());
    let unread = workspace(policy).test(TestsAsked::default()).unread;
    if tested.unread > unread || tested.tests.len() != before.missing.len() {
        differences.push(difference("an example cannot be read", pasted.clone()));
    }
    for test in tested.tests {
        if test.outcome != TestOutcome::Passed {
            let words = format!("{}: {:?}\n{pasted}", test.name, test.outcome);
            differences.push(difference("an example does not hold", words));
        }
    }
    let Ok(after) = more.coverage(true) else { return differences };
    if !after.missing.is_empty() {
        differences.push(difference("an example does not show what it is for", after.missing.join("\n")));
    }
    let items = |coverage: &hjemmel::Coverage| coverage.items.iter().map(|item| item.what.clone()).collect();
    let (was, is): (Vec<_>, Vec<_>) = (items(&before), items(&after));
    if was != is {
        differences.push(difference("what is to be shown changes with the examples", String::new()));
    }
    differences
}

/// Every way in which the examples written out for changes that nothing notices do not notice them.
pub(crate) fn unnoticed(policy: &Policy) -> Vec<Difference> {
    let difference = |kind: &str, words: String| vec![Difference { kind: kind.to_owned(), words }];
    let mutations = match workspace(policy).mutate() {
        Err(problem) => return difference("no mutations", problem.en),
        Ok(mutations) => mutations,
    };
    let written = mutations.iter().filter_map(|mutation| match &mutation.fate {
        Fate::Survived(example) => example.clone(),
        _ => None,
    });
    let pasted = written.collect::<Vec<_>>().join("\n");
    let more = workspace_with(policy, Some(pasted.clone()));
    let tested = more.test(TestsAsked::default());
    if let Some(test) = tested.tests.iter().find(|test| test.outcome != TestOutcome::Passed) {
        return difference(
            "an example does not hold",
            format!("{}: {:?}\n{pasted}", test.name, test.outcome),
        );
    }
    let again = more.mutate().unwrap_or_default();
    let survivor = again.iter().find(|mutation| matches!(mutation.fate, Fate::Survived(Some(_))));
    if let Some(survivor) = survivor {
        return difference("an example does not notice", format!("{survivor:?}\n{pasted}"));
    }
    let same = |all: &[hjemmel::Mutation]| all.iter().filter(|one| one.fate == Fate::Same).count();
    if same(&again) != same(&mutations) {
        return difference("what changes nothing changes with the examples", pasted);
    }
    Vec::new()
}
