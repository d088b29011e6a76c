//! Small policies and the models they become.

use super::from_syntax;
use crate::ground::{Options, SourceFile, Sources};
use crate::model::print;
use crate::syntax;

/// The model of one file as text, and the names of the checks that found something.
fn model(text: &str) -> (String, Vec<&'static str>) {
    let sources = Sources::new(vec![SourceFile::new("a.hjemmel", text)]);
    let files: Vec<_> = sources.iter().map(|(id, file)| syntax::parse(id, file).0).collect();
    let (model, findings) = from_syntax(&files, &sources, &Options::default(), &[]);
    (print(&model), findings.iter().map(|finding| finding.check).collect())
}

/// The lines of a model that begin with one of these words.
fn lines(text: &str, words: &[&str]) -> Vec<String> {
    let printed = model(text).0;
    let wanted = |line: &&str| words.iter().any(|word| line.trim_start().starts_with(word));
    printed.lines().filter(wanted).map(|line| line.trim().to_owned()).collect()
}

const WORDS: &str = r#"
kommune Fjordby "Fjordby Kommune"
kilde LAB "Lov"
oplysning alder "Alder": tal 0-120 år
oplysning ledig "Ledig": ja/nej
oplysning behov "Behov" i rækkefølge { intet let svært }
begreb ung = alder under 30
art hjælp "Hjælp"
støtte mentor "Mentor": hjælp
støtte bostøtte "Bostøtte": hjælp
vilkår timer "Timer": tal 0-37, 1 decimal, mere er bedre
vilkår varighed "Varighed": varighed 0 dage-5 år
"#;

fn with_words(rules: &str, wanted: &[&str]) -> Vec<String> {
    lines(&format!("{WORDS}{rules}"), wanted)
}

#[test]
fn the_typical_citizen_has_the_written_value_or_the_plainest_one() {
    let text = r#"
oplysning a "A": tal 0-120 år, typisk 35
oplysning b "B": tal 0-37, 1 decimal
oplysning c "C": ja/nej
oplysning d "D" { en to }
oplysning e "E": varighed 0 dage-1 år
oplysning f "F": kr 0-1001
"#;
    assert_eq!(
        lines(text, &["fact"]),
        [
            "fact dato: {1970-01-01}, typical 1970-01-01",
            "fact a: {0 år..120 år}, typical 35 år",
            "fact b: {0..37}, typical 18",
            "fact c: {nej..ja}, typical nej",
            "fact d: {en..to}, typical en",
            "fact e: {0 dage..1 år}, typical 6 måneder",
            "fact f: {0 kr..1001 kr}, typical 500 kr",
        ]
    );
}

#[test]
fn the_window_is_the_years_of_the_dates_that_stand_in_the_policies() {
    let valid = with_words(
        "regel r { gyldig fra 2015-08-24   når dato under 2019-03-01   kan give mentor }",
        &["window"],
    );
    assert_eq!(valid, ["window {2015-01-01..2019-12-31}"]);
    let born = lines(r#"oplysning født "Født": dato fra 1900-01-01 til 2015-12-31"#, &["window"]);
    assert_eq!(born, ["window {1970-01-01}"], "a fact's own dates are no dates of the policy");
}

#[test]
fn conditions_are_sets_within_the_domain() {
    let rules = "regel r { når alder fra 18 til 29 og ikke ledig og behov mindst let og alder er ikke 20, 21   kan give mentor }";
    assert_eq!(
        with_words(rules, &["rule"]),
        ["rule Fjordby.r: (alder {18 år..29 år} and not ledig {ja} and behov {let..svært} and \
         alder {0 år..19 år, 22 år..120 år})"]
    );
}

#[test]
fn an_effect_speaks_of_each_support_and_a_condition_on_it_is_a_precondition() {
    let rules = "regel r { hjemmel LAB § 31b stk. 2   kan give mentor, bostøtte med timer højst 2,5, varighed 6 måneder kun når ung }";
    assert_eq!(
        with_words(rules, &["basis", "mentor:", "bostøtte:"]),
        [
            "basis LAB § 31 b, stk. 2",
            "mentor: May timer {0..2,5}, varighed {6 måneder}",
            "bostøtte: May timer {0..2,5}, varighed {6 måneder}",
            "mentor: Requires ung",
            "bostøtte: Requires ung",
        ]
    );
}

#[test]
fn rows_have_the_clauses_of_their_table_or_their_own() {
    let rules = r#"
afdeling Ung "Ung" omfatter ung
tabel t "Tabel" {
    hjemmel LAB § 1   gælder i Ung   når ledig   første række gælder
    | regel | støtte | alder | når | grad         | timer | hjemmel |
    |-------|--------|-------|-----|--------------|-------|---------|
    | a     | mentor | 18-29 | ung | Kan          | 1-2   |         |
    |       | mentor |       |     |              | 3     | LAB § 2 |
    | c     | hjælp  |       |     | skal vurdere |       |         |
    | d     | hjælp  |       |     |              |       |         |
}
"#;
    assert_eq!(
        with_words(rules, &["rule", "in", "basis", "exception", "mentor:", "hjælp:"]),
        [
            "rule Fjordby.t.a: (ledig {ja} and ung and alder {18 år..29 år})",
            "in Ung",
            "basis LAB § 1",
            "exception to Fjordby.t.2, Fjordby.t.c, Fjordby.t.d",
            "mentor: May timer {1..2}",
            "rule Fjordby.t.2: ledig {ja}",
            "in Ung",
            "basis LAB § 2",
            "exception to Fjordby.t.c, Fjordby.t.d",
            "mentor: Terms timer {3}",
            "rule Fjordby.t.c: ledig {ja}",
            "in Ung",
            "basis LAB § 1",
            "exception to Fjordby.t.d",
            "hjælp: MustAssess",
            "rule Fjordby.t.d: ledig {ja}",
            "in Ung",
            "basis LAB § 1",
        ]
    );
}

#[test]
fn exceptions_reach_rules_tables_and_modules() {
    let rules = r#"
regel r { kan give mentor }
tabel t "Tabel" {
    | regel | støtte | grad |
    |-------|--------|------|
    | a     | mentor | kan  |
}
regel fra-regel { undtagelse fra r   må ikke give mentor }
regel fra-række { undtagelse fra t.a, Fjordby.r   må ikke give mentor }
regel fra-tabel { undtagelse fra Fjordby.t   må ikke give mentor }
regel fra-alt { undtagelse fra Fjordby   bortfalder }
"#;
    assert_eq!(
        with_words(rules, &["exception"]),
        [
            "exception to Fjordby.r",
            "exception to Fjordby.r, Fjordby.t.a",
            "exception to Fjordby.t.a",
            "exception to Fjordby.r, Fjordby.t.a, Fjordby.fra-regel, Fjordby.fra-række, Fjordby.fra-tabel",
        ]
    );
}

#[test]
fn what_is_wrong_covers_as_far_as_it_could_be_read() {
    let rules = r#"
regel ulæselig { kan giv mentor }
regel ukendt { når ledig og unge   kan give mentor }
afdeling Vis "Vis" omfatter ukendt-ord
regel sted { gælder i Vis   når ledig   kan give mentor }
begreb tvivl = ukendt-ord
begreb mere-tvivl = tvivl og ung
regel hviler-på { når ledig og mere-tvivl   kan give mentor }
tabel t "Tabel" {
    | regel | støtte | når   | grad  | timer |
    |-------|--------|-------|-------|-------|
    | a     | mentor | ledig | måske | 1     |
}
"#;
    assert_eq!(
        with_words(rules, &["rule", "concept", "department"]),
        [
            "concept mere-tvivl = never",
            "concept tvivl = never",
            "concept ung = alder {0 år..29 år}",
            "department Fjordby.Vis serves never",
            "rule Fjordby.ulæselig ERROR: always",
            "rule Fjordby.ukendt ERROR: ledig {ja}",
            "rule Fjordby.sted ERROR: ledig {ja}",
            "rule Fjordby.hviler-på ERROR: (ledig {ja})",
            "rule Fjordby.t.a ERROR: ledig {ja}",
        ]
    );
    assert_eq!(model(&format!("{WORDS}{rules}")).1, ["unknown-name"; 3]);
}

#[test]
fn the_order_of_items_does_not_matter() {
    let rules = "regel r { når ung og ledig   kan give hjælp med timer 3 }";
    let forwards = format!("{WORDS}{rules}");
    let mut lines: Vec<&str> = forwards.lines().collect();
    lines.reverse();
    assert_eq!(model(&forwards), model(&lines.join("\n")));
}
