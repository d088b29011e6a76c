//! What would have given a citizen of the shipped policies a support.

use crate::graph::policies;
use hjemmel::{Grant, WhyNot};

/// Of 31, activity-ready on cash benefit, with no education in sight.
const CITIZEN: [(&str, &str); 4] =
    [("dato", "2016-01-01"), ("målgruppe", "2.3"), ("alder", "31"), ("uddannelsestrin", "ingen-uddannelse")];

fn facts(words: &[(&str, &str)]) -> Vec<(String, String)> {
    words.iter().map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_change_is_told_with_what_must_be_known() {
    let answer =
        policies().why_not("Slagelse", &facts(&CITIZEN), "studiestartskoordinator", Grant::Right).unwrap();
    let WhyNot::Change(change) = answer else { panic!("{answer:?}") };
    assert!(!change.changes.is_empty());
    // with that change, and a citizen as is told, it is decided so
    let citizen: Vec<(String, String)> =
        change.citizen.iter().map(|fact| (fact.fact.clone(), fact.value.clone())).collect();
    let decided = policies().decide("Slagelse", &citizen).unwrap();
    let grant = decided.iter().find(|decision| decision.support == "studiestartskoordinator").unwrap().grant;
    assert_eq!(grant, Some(Grant::Right));
    let again = policies().why_not("Slagelse", &citizen, "studiestartskoordinator", Grant::Right);
    assert_eq!(again, Ok(WhyNot::Given));
}

#[test]
fn what_a_rule_refuses_everybody_names_the_rule() {
    let known = facts(&[("dato", "2016-01-01")]);
    let answer = policies().why_not("Slagelse", &known, "varig-støtte", Grant::May).unwrap();
    let WhyNot::Never(never) = answer else { panic!("{answer:?}") };
    assert_eq!(never.strongest, Some(Grant::Forbidden));
    assert!(!never.rules.is_empty(), "{never:?}");
}
