//! Edits made on purpose: each changes one thing in one text and what is found of another, so that an outcome kept too
//! long would be seen.

use super::bytes;
use hjemmel::{Checked, Checker, Options, SourceFile, Window, Workspace, day_of};
use std::collections::BTreeMap;

/// Two municipalities under one law, and the words they share.
const TEXTS: [(&str, &str); 5] = [
    (
        "ord.hjemmel",
        "oplysning alder \"Alder\": tal 0-120 år, typisk 30\n\
         oplysning syg \"Syg\": ja/nej\n\
         antag \"Ingen er over hundrede\": alder højst 100\n\
         vilkår timer \"Timer om ugen\": tal 0-40, mere er bedre\n\
         art hjælp \"Hjælp\"\n\
         støtte omsorg \"Omsorg\": hjælp\n\
         støtte ledsager \"Ledsager\": hjælp\n\
         støtte botilbud \"Botilbud\"\n",
    ),
    (
        "lov.hjemmel",
        "lov SEL \"Lov om social service\" {\n    udgave \"LBK 1\" gyldig fra 2014-01-01 til 2017-12-31\n    \
         paragraf § 85 \"Omsorg\"\n    paragraf § 97 \"Ledsager\"\n}\n\n\
         regel omsorg { hjemmel SEL § 85   når alder over 60   skal give omsorg med timer mindst 5 }\n\
         regel bolig { hjemmel SEL § 97   når alder over 90   kan give botilbud }\n",
    ),
    (
        "anden.hjemmel",
        "lov LAB \"Lov om beskæftigelse\" {\n    udgave \"LBK 2\" gyldig fra 2014-01-01 til 2017-12-31\n    \
         paragraf § 31 \"Ledsager\"\n}\n\n\
         regel ledsager { hjemmel LAB § 31   når alder under 50   kan give ledsager }\n",
    ),
    (
        "fjordby.hjemmel",
        "kommune Fjordby \"Fjordby\" { omfatter altid: hjælp }\n\n\
         regel omsorg { hjemmel SEL § 85   når alder over 60   skal give omsorg med timer mindst 5 }\n\
         regel ældre { hjemmel SEL § 85   når alder over 40   kan give omsorg }\n\
         regel unge { hjemmel LAB § 31   når alder højst 40   kan give ledsager }\n\
         regel bolig { hjemmel SEL § 85   når alder over 95   skal give botilbud }\n\
         regel følge { hjemmel SEL § 97   når har krav på omsorg   ret til ledsager }\n",
    ),
    (
        "strandby.hjemmel",
        "kommune Strandby \"Strandby\" { omfatter altid: hjælp }\n\n\
         regel alle { hjemmel SEL § 85   kan give omsorg }\n",
    ),
];

struct Scene {
    texts: BTreeMap<&'static str, String>,
    options: Options,
}

impl Scene {
    fn new() -> Self {
        let mut options = Options::default();
        let day = |year| day_of(year, 1, 1).unwrap();
        options.window = Some(Window { from: day(2015), to: day(2016) });
        Scene { texts: TEXTS.iter().map(|(name, text)| (*name, (*text).to_owned())).collect(), options }
    }

    fn workspace(&self) -> Workspace {
        let files = self.texts.iter().map(|(name, text)| SourceFile::new(*name, text));
        Workspace::new(files.collect(), self.options.clone())
    }

    fn replace(&mut self, file: &str, from: &str, to: &str) {
        let text = self.texts.get_mut(file).unwrap();
        assert!(text.contains(from), "{file} has no `{from}`");
        *text = text.replace(from, to);
    }
}

/// What is found in one file, and what is left open.
fn told_in(workspace: &Workspace, checked: &Checked, file: &str) -> Vec<String> {
    let at = |finding: &&hjemmel::Diagnostic| {
        let label = finding.labels.first();
        label.is_some_and(|label| workspace.sources().file(label.span.file).name == file)
    };
    let told = checked.findings.iter().filter(at).map(|finding| {
        format!("{} {} {:?} {:?}", finding.check, finding.message.en, finding.region, finding.witness)
    });
    let open = checked.open.iter().map(|open| open.message().en);
    told.chain(open).collect()
}

/// Checks, edits, checks again, takes the edit back and checks once more: each time as at first sight. The edit must
/// change what is found in another file.
fn changes(elsewhere: &str, edit: impl FnOnce(&mut Scene)) {
    let mut checker = Checker::new();
    let mut scene = Scene::new();
    let before = scene.workspace();
    let first = checker.check(&before);
    let was = told_in(&before, &first, elsewhere);
    assert_eq!(bytes(&before, first), bytes(&before, before.check()));
    edit(&mut scene);
    let after = scene.workspace();
    let again = checker.check(&after);
    assert_ne!(told_in(&after, &again, elsewhere), was, "the edit changes nothing in {elsewhere}");
    assert_eq!(bytes(&after, again), bytes(&after, after.check()));
    let back = Scene::new().workspace();
    assert_eq!(bytes(&back, checker.check(&back)), bytes(&back, back.check()));
}

#[test]
fn an_exception_in_the_law() {
    changes("fjordby.hjemmel", |scene| {
        let exception =
            "regel syge { hjemmel SEL § 85   undtagelse fra omsorg   når syg   kan give omsorg }\n";
        scene.texts.get_mut("lov.hjemmel").unwrap().push_str(exception);
    });
}

#[test]
fn a_table_in_which_the_first_row_counts() {
    let rows = "tabel plads \"Plads\" {\n    hjemmel LAB § 31\n    | regel | støtte | grad | alder |\n    |---|---|---|---|\n    \
                | a | botilbud | skal | under 70 |\n    | b | botilbud | må ikke | under 80 |\n}\n";
    changes("anden.hjemmel", |scene| {
        scene.texts.get_mut("anden.hjemmel").unwrap().push_str(rows);
    });
    let mut checker = Checker::new();
    let mut scene = Scene::new();
    scene.texts.get_mut("anden.hjemmel").unwrap().push_str(rows);
    let before = scene.workspace();
    let was = told_in(&before, &checker.check(&before), "anden.hjemmel");
    scene.replace("anden.hjemmel", "LAB § 31\n", "LAB § 31\n    første række gælder\n");
    let after = scene.workspace();
    let again = checker.check(&after);
    assert_ne!(told_in(&after, &again, "anden.hjemmel"), was);
    assert_eq!(bytes(&after, again), bytes(&after, after.check()));
}

#[test]
fn an_acceptance_elsewhere() {
    changes("fjordby.hjemmel", |scene| {
        let accepted = "\naccepter blandet-grad i Fjordby når syg fordi \"Vi ved det\"\n";
        scene.texts.get_mut("strandby.hjemmel").unwrap().push_str(accepted);
    });
}

#[test]
fn a_relation_between_supports() {
    changes("fjordby.hjemmel", |scene| {
        scene.replace(
            "ord.hjemmel",
            "støtte botilbud \"Botilbud\"",
            "støtte botilbud \"Botilbud\" { udelukker omsorg }",
        );
    });
    changes("strandby.hjemmel", |scene| {
        scene.replace("ord.hjemmel", "\"Ledsager\": hjælp", "\"Ledsager\": hjælp { erstatter omsorg }");
        scene.replace("strandby.hjemmel", "kan give omsorg", "skal give ledsager");
    });
}

#[test]
fn what_the_law_says() {
    changes("fjordby.hjemmel", |scene| scene.replace("lov.hjemmel", "timer mindst 5", "timer mindst 9"));
    changes("strandby.hjemmel", |scene| scene.replace("lov.hjemmel", "skal give omsorg", "kan give omsorg"));
}

#[test]
fn how_long_a_law_is_in_force() {
    changes("fjordby.hjemmel", |scene| {
        scene.replace("lov.hjemmel", "til 2017-12-31", "til 2015-06-30");
    });
}

#[test]
fn a_law_that_is_cited() {
    changes("fjordby.hjemmel", |scene| {
        scene.replace("lov.hjemmel", "paragraf § 97", "paragraf § 98");
        scene.replace("lov.hjemmel", "SEL § 97", "SEL § 98");
    });
}

#[test]
fn what_is_asked_of_a_decision() {
    changes("fjordby.hjemmel", |scene| {
        // the answer changes for those over 60, and with it who has a right to `ledsager`
        scene.replace("lov.hjemmel", "alder over 60", "alder over 101");
        scene.replace("fjordby.hjemmel", "alder over 60", "alder over 101");
    });
}

#[test]
fn an_assumption() {
    changes("fjordby.hjemmel", |scene| scene.replace("ord.hjemmel", "alder højst 100", "alder højst 95"));
}

#[test]
fn the_days_looked_at() {
    changes("fjordby.hjemmel", |scene| {
        let day = |year| day_of(year, 1, 1).unwrap();
        scene.options.window = Some(Window { from: day(2015), to: day(2019) });
    });
}

#[test]
fn the_budget() {
    changes("fjordby.hjemmel", |scene| scene.options.budget = 3);
}
