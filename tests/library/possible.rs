//! What can be decided of a citizen of whom not everything is known, in the shipped policies.

use crate::graph::policies;
use hjemmel::{Answers, Grant};

fn facts(words: &[(&str, &str)]) -> Vec<(String, String)> {
    words.iter().map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn the_first_question_of_slagelse_is_the_target_group() {
    let known = facts(&[("dato", "2016-01-01")]);
    let possible = policies().possible("Slagelse", &known, Some("uddannelsesmentor")).unwrap();
    let [support] = &possible.supports[..] else { panic!("{:?}", possible.supports) };
    assert!(support.decisions.len() > 1);
    let first = &possible.questions[0];
    assert_eq!((first.fact.as_str(), first.assessed), ("målgruppe", false));
    let Answers::OneOf(values) = &first.answers else { panic!("{:?}", first.answers) };
    assert!(values.contains(&("2.4".to_owned(), "Revalidender".to_owned())), "{values:?}");
    assert_eq!(first.supports, ["uddannelsesmentor"]);
}

#[test]
fn what_is_settled_is_not_asked() {
    let known = facts(&[("dato", "2016-01-01"), ("målgruppe", "2.1"), ("alder", "40")]);
    let possible = policies().possible("Slagelse", &known, Some("uddannelsesmentor")).unwrap();
    assert_eq!(possible.questions, []);
    assert_eq!(possible.supports[0].decisions.len(), 1);
    assert_eq!(possible.supports[0].decisions[0].grant, Some(Grant::May));
}

#[test]
fn a_citizen_that_cannot_be_is_told_with_the_assumption() {
    let known = facts(&[("alder", "10"), ("målgruppe", "2.13")]);
    let problem = policies().possible("Slagelse", &known, None).unwrap_err();
    assert_eq!(
        problem.da,
        "sådan en borger kan ikke findes: det antages, at \"Under 18 år er man i nr. 9, på sygedagpenge eller uden for\""
    );
}

#[test]
fn unknown_names_are_told_with_what_was_meant() {
    let all = policies();
    let problem =
        |known: &[(&str, &str)], support| all.possible("Slagelse", &facts(known), support).unwrap_err().en;
    assert_eq!(problem(&[("aldr", "24")], None), "there is no fact `aldr`, did you mean `alder`?");
    assert_eq!(problem(&[("alder", "24"), ("alder", "25")], None), "`alder` is given twice");
    assert_eq!(
        problem(&[], Some("uddannelsesmentr")),
        "there is no støtte `uddannelsesmentr`, did you mean `uddannelsesmentor`?"
    );
}
