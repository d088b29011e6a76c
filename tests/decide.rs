//! Decisions from the outside: what each form promises, on the real policies.

use crate::graph::policies;
use hjemmel::export::{DecisionPage, decision_formats};
use hjemmel::{Lang, Options, Possible, Reasons, SourceFile, Workspace};
use std::fs;

/// What is known of a citizen of the documentation.
fn facts(name: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(format!("docs/borgere/{name}.json")).unwrap();
    let facts: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    let word = |value: &serde_json::Value| match value {
        serde_json::Value::Bool(holds) => if *holds { "ja" } else { "nej" }.to_owned(),
        serde_json::Value::String(word) => word.clone(),
        other => other.to_string(),
    };
    facts.iter().map(|(name, value)| (name.clone(), word(value))).collect()
}

fn written(reasons: &Reasons, possible: Option<&Possible>, form: &str, lang: Lang) -> String {
    let form = decision_formats().iter().find(|format| format.name == form).unwrap();
    let page = DecisionPage {
        reasons,
        possible,
        why: true,
        why_not: None,
        chosen: false,
        day_from: None,
        lang,
        width: 80,
    };
    (form.render)(&page)
}

/// The cases of the documentation, and one of whom only the day and the age are known.
fn cases() -> Vec<(Reasons, Option<Possible>)> {
    let workspace = policies();
    let mut cases = Vec::new();
    for citizen in ["udskrives", "hindret", "studiestart"] {
        for place in ["Slagelse", "Aalborg"] {
            cases.push((workspace.reasons(place, &facts(citizen), None).unwrap(), None));
        }
    }
    let mut known = facts("udskrives");
    known.retain(|(name, _)| name == "dato" || name == "alder");
    let support = Some("udskrivningskoordinator");
    let reasons = workspace.reasons("Slagelse", &known, support).unwrap();
    cases.push((reasons, Some(workspace.possible("Slagelse", &known, support).unwrap())));
    cases
}

/// Where a page does not have the shape of `docs/decision.schema.json`.
fn broken_promises(page: &str) -> Vec<String> {
    let schema = serde_json::from_str(&fs::read_to_string("docs/decision.schema.json").unwrap()).unwrap();
    let page = serde_json::from_str(page).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    schema.iter_errors(&page).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn each_form_keeps_what_it_promises() {
    for ((reasons, possible), again) in cases().iter().zip(cases()) {
        let place = &reasons.place.name;
        let json = written(reasons, possible.as_ref(), "json", Lang::Da);
        assert_eq!(broken_promises(&json), Vec::<String>::new(), "{place}");
        let wrong = json.replacen("\"force\"", "\"strength\"", 1);
        assert!(!broken_promises(&wrong).is_empty(), "{place}: the schema is closed");
        for format in decision_formats() {
            let page = written(reasons, possible.as_ref(), format.name, Lang::Da);
            assert_eq!(page, written(&again.0, again.1.as_ref(), format.name, Lang::Da), "{place}");
        }
        for lang in [Lang::Da, Lang::En] {
            let page = written(reasons, possible.as_ref(), "text", lang);
            let wide = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > 80;
            assert_eq!(page.lines().find(wide), None, "{place}");
        }
    }
}

#[test]
fn the_reasons_name_the_condition_that_fails_and_its_value() {
    let (reasons, _) = &cases()[0];
    let rule = reasons.rule("Slagelse.unge.s8").unwrap();
    let why = reasons.because(rule.condition.as_ref().unwrap());
    assert_eq!(why.da, "afsoning er afsoner-ikke, ikke løslades-snart");
    let rule = reasons.rule("Slagelse.voksen.s14").unwrap();
    let why = reasons.because(rule.department.as_ref().unwrap());
    assert_eq!(
        why.da,
        "hører ikke til Voksenafdelingen (alder er 24, ikke mindst 30; ydelse er uddannelseshjælp, ikke kontanthjælp)"
    );
}

const LAW: &str = r#"
lov Støttelov "Lov om støtte" {
    udgave "Lov nr. 17 af 3/4/2015" gyldig fra 2015-07-01 til 2016-12-31
    paragraf § 12 "Støtte"
    paragraf § 13 "Afslag" { klage nej }
    klage til "Nævnet" gennem "forvaltningen" som "ser på den igen" inden 5 uger efter "at du har fået svar" hjemmel Klagelov § 77
}
kilde Klagelov "Lov om klager" { paragraf § 77 "Klage" }
kommune Fjordby "Fjordby Kommune"
oplysning behov "Hvad er behovet?": skøn i rækkefølge { intet svært }
art hjælp "Hjælp"
støtte bil "Bil": hjælp
støtte hund "Hund": hjælp
regel bil "Bil" { hjemmel Støttelov § 12   når behov er svært   kan give bil   fordi "Bilen skal bruges" }
regel ingen-hund "Ingen hund" { hjemmel Støttelov § 13   når behov er svært   må ikke give hund }
"#;

/// A letter in one line.
fn letter_after(law: &str, support: &str) -> String {
    let workspace = Workspace::new(vec![SourceFile::new("lov.hjemmel", law)], Options::default());
    let facts = [("dato".to_owned(), "2016-03-01".to_owned()), ("behov".to_owned(), "svært".to_owned())];
    let reasons = workspace.reasons("Fjordby", &facts, Some(support)).unwrap();
    let letter = written(&reasons, None, "letter", Lang::En);
    letter.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What only the law can say, and what another law would say in its place.
const OF_THE_LAW: [(&str, &str); 11] = [
    ("§ 12", "§ 14"),
    ("Lov nr. 17", "Lov nr. 18"),
    ("Lov om støtte", "Lov om hjælp"),
    ("Nævnet", "Retten"),
    ("forvaltningen", "borgmesteren"),
    ("ser på den igen", "hører dig"),
    ("5 uger", "9 dage"),
    ("at du har fået svar", "brevets dato"),
    ("§ 77", "§ 78"),
    ("Lov om klager", "Lov om anker"),
    ("Bilen skal bruges", "Der er langt til alt"),
];

#[test]
fn what_a_letter_says_of_the_law_stands_in_the_policy() {
    let letter = letter_after(LAW, "bil");
    for (said, other) in OF_THE_LAW {
        assert!(letter.contains(said) && LAW.contains(said), "{said}: {letter}");
        let letter = letter_after(&LAW.replace(said, other), "bil");
        assert!(letter.contains(other), "{other}: {letter}");
        assert!(!letter.contains(said), "{said} is of the program's own making: {letter}");
    }
}

#[test]
fn without_klage_til_the_letter_says_that_it_is_missing() {
    let clause = LAW.lines().find(|line| line.contains("klage til")).unwrap();
    let letter = letter_after(&LAW.replace(clause, ""), "bil");
    for said in ["Nævnet", "forvaltningen", "uger", "§ 77", "Ankestyrelsen", "Du kan klage"] {
        assert!(!letter.contains(said), "{said}: {letter}");
    }
    assert!(letter.contains("[klagevejledningen mangler: reglerne siger ikke"), "{letter}");
    let refused = letter_after(LAW, "hund");
    assert!(refused.contains("Du kan ikke klage over en afgørelse efter Støttelov § 13."), "{refused}");
    assert!(!refused.contains("Nævnet"), "{refused}");
}
