//! The law: what is known of a citizen, what can be given, and what everybody has a claim to.

/// An area of support and what lies in it.
pub(super) struct Area {
    /// the kind of support
    pub kind: &'static str,
    pub paragraph: &'static str,
    pub supports: &'static [Support],
}

/// A support, whom it is for, and on what terms municipalities give it.
pub(super) struct Support {
    pub name: &'static str,
    /// the condition that makes it relevant
    pub when: &'static str,
    /// what the law says there: `kan`, `ret` or `skal`
    pub grade: &'static str,
}

const fn may(name: &'static str, when: &'static str) -> Support {
    Support { name, when, grade: "kan" }
}

const fn claim(name: &'static str, when: &'static str) -> Support {
    Support { name, when, grade: "ret" }
}

const fn duty(name: &'static str, when: &'static str) -> Support {
    Support { name, when, grade: "skal" }
}

impl Support {
    /// Whether the law gives more than a possibility.
    pub(super) fn is_due(&self) -> bool {
        self.grade != "kan"
    }
}

pub(super) const AREAS: [Area; 5] = [
    Area {
        kind: "mentorstøtte",
        paragraph: "§ 10",
        supports: &[
            may("social-mentor", "støttebehov mindst let"),
            may("uddannelsesmentor", "uddannelse er på-vej, i-gang, frafaldstruet"),
            claim("udskrivningskoordinator", "indlæggelse er udskrives"),
            may("virksomhedsmentor", "plads er praktik, løntilskud, fleksjob"),
            duty("ret-og-pligtmentor", "aktivitetsparat og ikke kan-deltage"),
        ],
    },
    Area {
        kind: "praktisk-hjælp",
        paragraph: "§ 20",
        supports: &[
            may("rengøring", "funktionsevne mindst let-nedsat"),
            may("indkøb", "funktionsevne mindst nedsat"),
            claim("personlig-pleje", "funktionsevne mindst stærkt-nedsat"),
            may("madservice", "funktionsevne mindst nedsat og bolig er ikke botilbud"),
        ],
    },
    Area {
        kind: "social-støtte",
        paragraph: "§ 30",
        supports: &[
            may("bostøtte", "støttebehov mindst moderat og bolig er egen, lejer"),
            claim("støttekontaktperson", "bolig er herberg, gaden"),
            may("botræning", "bolig er ungdomsbolig, lejer"),
            may("gruppeforløb", "støttebehov mindst let og netværk er ingen, lille"),
        ],
    },
    Area {
        kind: "træning",
        paragraph: "§ 40",
        supports: &[
            claim("genoptræning", "indlæggelse er udskrives og funktionsevne mindst nedsat"),
            may("vedligeholdende-træning", "funktionsevne mindst nedsat"),
            may("holdtræning", "funktionsevne fra let-nedsat til nedsat"),
            may("hjemmetræning", "funktionsevne mindst stærkt-nedsat og bolig er egen, lejer"),
        ],
    },
    Area {
        kind: "rusmiddelbehandling",
        paragraph: "§ 50",
        supports: &[
            claim("ambulant-behandling", "misbrug er alkohol, stoffer, begge"),
            may("dagbehandling", "misbrug er stoffer, begge"),
            may("døgnbehandling", "misbrug er begge og støttebehov mindst moderat"),
            may("efterbehandling", "misbrug er ophørt"),
        ],
    },
];

const WORDS: &str = r#"
oplysning alder "Borgerens alder": tal 0-120 år, typisk 35, fast
oplysning støttebehov "Samlet vurdering af støttebehov": skøn i rækkefølge { intet let moderat svært }
oplysning funktionsevne "Funktionsevne" i rækkefølge { fuld let-nedsat nedsat stærkt-nedsat ingen-evne }
oplysning målgruppe "Målgruppe" { 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11 2.12 2.13 }
oplysning ydelse "Forsørgelse" { kontanthjælp uddannelseshjælp dagpenge sygedagpenge ledighedsydelse førtidspension SU løn pension }
oplysning uddannelse "Uddannelse" { ingen på-vej i-gang frafaldstruet færdig }
oplysning plads "Plads på en arbejdsplads" { ingen praktik løntilskud fleksjob ordinært-job }
oplysning indlæggelse "Indlagt" { nej indlagt udskrives }
oplysning bolig "Bolig" { egen lejer ungdomsbolig botilbud herberg gaden }
oplysning misbrug "Rusmidler" { intet alkohol stoffer begge ophørt }
oplysning netværk "Netværk" { ingen lille stort }, typisk lille
oplysning enlig-forsørger "Er borgeren enlig forsørger?": ja/nej
oplysning kan-deltage "Kan borgeren deltage i tilbud?": skøn ja/nej, typisk ja
oplysning støtten-er-afgørende "Er støtten afgørende?": skøn ja/nej, typisk ja
oplysning ledig-i "Ledig i": varighed 0 dage-5 år
oplysning indtægt "Indtægt om måneden": kr 0-100000

antag "SU følger med uddannelse": hvis ydelse er SU så uddannelse er i-gang, frafaldstruet
antag "Pension fra folkepensionsalderen": hvis ydelse er pension så alder mindst 67
antag "Uddannelseshjælp er for unge": hvis ydelse er uddannelseshjælp så alder under 30

begreb ung = alder under 30
begreb har-brug-for-støtte = støttebehov mindst let
begreb aktivitetsparat = målgruppe er 2.3, 2.13

vilkår timer "Timer om ugen": tal 0-37, 1 decimal, mere er bedre
vilkår varighed "Varighed i alt": varighed 0 dage-5 år, mere er bedre
vilkår kontakt "Længst mellem to kontakter": varighed 1 dag-1 år, mindre er bedre
vilkår svarfrist "Svar inden": hverdage 0-60, mindre er bedre
vilkår egenbetaling "Egenbetaling om måneden": kr 0-5000, mindre er bedre

sagsskridt handleplan "Udarbejde en handleplan"

enhed Visitationen "Visitationen"
"#;

const RULES: &str = r#"
regel l1 "Hjælp bevilges efter en vurdering" {
    hjemmel SSL § 3
    når har-brug-for-støtte
    skal udføre handleplan
}

regel l2 "Svar inden for rimelig tid" {
    hjemmel SSL § 4
    gælder for mentorstøtte, social-støtte, træning: svarfrist højst 30 hverdage
}

regel l3 "Behandling inden 14 dage" {
    hjemmel SSL § 51
    gælder for ambulant-behandling: svarfrist højst 10 hverdage
}

regel l4 "Støtten skal være afgørende" {
    hjemmel SSL § 11
    forudsætning for virksomhedsmentor, uddannelsesmentor: støtten-er-afgørende
}

regel l5 "Ud over det almindelige på botilbud" {
    hjemmel SSL § 31
    undtagelse fra SSL.social-støtte-kan
    når bolig er botilbud
    må ikke give bostøtte, botræning
}

regel l6 "Mentor mindst et halvt år" {
    hjemmel SSL § 12
    når indlæggelse er udskrives
    gælder for udskrivningskoordinator: varighed mindst 6 måneder
}

regel l7 "Kontakt med kontaktpersonen" {
    hjemmel SSL § 32
    gælder for støttekontaktperson: kontakt højst 14 dage
}

regel l8 "Loft over egenbetaling" {
    hjemmel SSL § 21
    gælder for madservice: egenbetaling højst 3600 kr
}

regel l9 "Aktivitetsparate, der ikke kan deltage" {
    hjemmel SSL § 13
    gælder for ret-og-pligtmentor: timer mindst 1
}

regel l10 "Vurdering ved funktionstab" {
    hjemmel SSL § 22
    når funktionsevne mindst nedsat
    skal vurdere vedligeholdende-træning
}

regel l11 "Enlige forsørgere under uddannelse" {
    hjemmel SSL § 14
    når enlig-forsørger og uddannelse er på-vej, i-gang og ung
    bør give uddannelsesmentor
}

regel l12 "Genoptræning inden syv dage" {
    hjemmel SSL § 41
    gyldig fra 2018-07-01
    gælder for genoptræning: svarfrist højst 7 hverdage
}

regel l13 "Pleje mindst en time" {
    hjemmel SSL § 23
    gælder for personlig-pleje: timer mindst 1
}

regel l14 "Døgnbehandling kun ved svært behov" {
    hjemmel SSL § 52
    forudsætning for døgnbehandling: støttebehov mindst moderat
}
"#;

/// The law's text.
pub(super) fn text() -> String {
    let mut text = String::from(
        "lov SSL \"Lov om støtte og service\" {\n    \
         udgave \"LBK nr. 100 af 01/01/2017\" gyldig fra 2017-01-01 til 2017-12-31\n    \
         udgave \"LBK nr. 200 af 01/01/2018\" gyldig fra 2018-01-01 til 2019-12-31\n",
    );
    for paragraph in [
        "§ 3", "§ 4", "§ 10", "§ 11", "§ 12", "§ 13", "§ 14", "§ 20", "§ 21", "§ 22", "§ 23", "§ 30", "§ 31",
        "§ 32", "§ 40", "§ 41", "§ 50", "§ 51", "§ 52",
    ] {
        text += &format!("    paragraf {paragraph}\n");
    }
    text += "}\n";
    text += WORDS;
    for Area { kind, supports, .. } in &AREAS {
        text += &format!("\nart {kind}\n");
        for Support { name, .. } in *supports {
            text += &format!("støtte {name}: {kind}\n");
        }
    }
    text += RULES;
    for Area { kind, paragraph, supports } in &AREAS {
        text +=
            &format!("\nregel {kind}-kan {{\n    hjemmel SSL {paragraph}, stk. 1\n    kan give {kind}\n}}\n");
        for Support { name, when, grade } in supports.iter().filter(|support| support.is_due()) {
            let gives = if *grade == "ret" { "ret til" } else { "skal give" };
            text += &format!(
                "\nregel {name}-krav {{\n    hjemmel SSL {paragraph}, stk. 2\n    når {when}\n    {gives} {name}\n}}\n"
            );
        }
    }
    text
}
