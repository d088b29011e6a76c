//! Texts made of every construct of the language, in any order and with any names: they need to be read, not to mean
//! anything.

use super::Noise;

/// One text: some items of every kind.
pub(super) fn any(seed: u64) -> String {
    let mut maker = Maker { noise: Noise(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1) };
    let count = 3 + maker.noise.below(12);
    (0..count)
        .map(|_| maker.item() + maker.one(&["\n", "\n", "\n\n", "  # en note\n", "\n# for sig\n"]))
        .collect()
}

const NAMES: [&str; 14] = [
    "mentor",
    "social-mentor",
    "x",
    "årsag",
    "Ungeafdelingen",
    "LAB",
    "SEL",
    "bolig2",
    "målgruppe",
    "alder",
    "i-gang",
    "København",
    "ret-og-pligt",
    "så-længe",
];

struct Maker {
    noise: Noise,
}

impl Maker {
    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.noise.below(of.len() as u64) as usize]
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.noise.below(100) < percent
    }

    fn name(&mut self) -> &'static str {
        self.one(&NAMES)
    }

    fn title(&mut self) -> &'static str {
        self.one(&[
            "",
            "",
            " \"En titel\"",
            " \"Æøå: § 31, 'x' – og {\"",
            " \"🙂 meget lang titel, som fylder en hel del på linjen\"",
        ])
    }

    /// One to three of them, with `between`.
    fn some(&mut self, between: &str, mut make: impl FnMut(&mut Self) -> String) -> String {
        let count = 1 + self.noise.below(3);
        (0..count).map(|_| make(self)).collect::<Vec<_>>().join(between)
    }

    /// None to all of them in any order, each once.
    fn clauses(&mut self, mut all: Vec<String>) -> String {
        let mut out = String::new();
        while !all.is_empty() {
            let clause = all.swap_remove(self.noise.below(all.len() as u64) as usize);
            if self.chance(60) {
                out += self.one(&[" ", "\n    "]);
                out += &clause;
            }
        }
        out + " "
    }

    fn names(&mut self) -> String {
        let comma = self.one(&[",", ", ", " , "]);
        self.some(comma, |maker| maker.name().to_owned())
    }

    fn day(&mut self) -> &'static str {
        self.one(&["2015-08-24", "24.8.2015", "1.1.2016", "2019-12-31"])
    }

    fn period(&mut self) -> String {
        match self.noise.below(3) {
            0 => format!("fra {}", self.day()),
            1 => format!("til {}", self.day()),
            _ => format!("fra {} til {}", self.day(), self.day()),
        }
    }

    fn sources(&mut self) -> String {
        let first = self.one(&[
            "LAB",
            "LAB § 93",
            "SEL §31b",
            "LAB § 31 b, stk. 2, nr. 1",
            "SEL §§ 42-44",
            "LAB kap. 9 b",
        ]);
        let more = self.one(&["", "", ", § 96 c", ",§ 8 stk. 2", ", SEL § 85"]);
        format!("{first}{}", if first.contains(' ') { more } else { "" })
    }

    fn value(&mut self) -> &'static str {
        self.one(&[
            "2.13",
            "ja",
            "18",
            "1,5 timer",
            "6 måneder",
            "65 år 6 måneder",
            "2500 kr",
            "5 hverdage",
            "2016-01-01",
            "kontanthjælp",
            "snarest",
        ])
    }

    fn comparison(&mut self) -> String {
        let word = self.one(&["under", "over", "mindst", "højst"]);
        match self.noise.below(4) {
            0 => format!("{word} {}", self.value()),
            1 => format!("fra {} til {}", self.value(), self.value()),
            2 => format!("er ikke {}", self.value()),
            _ => "er 2.3, 2.13".to_owned(),
        }
    }

    fn condition(&mut self, depth: u64) -> String {
        match self.noise.below(if depth == 0 { 4 } else { 7 }) {
            0 => self.name().to_owned(),
            1 => format!("{} {}", self.name(), self.comparison()),
            2 => format!("{} {}", self.one(&["har krav på", "kan få"]), self.name()),
            3 => self.one(&["altid", "ikke i-gang"]).to_owned(),
            4 => format!("ikke ({})", self.condition(depth - 1)),
            _ => {
                let word = self.one(&[" og ", " eller "]);
                self.some(word, |maker| format!("({})", maker.condition(depth - 1)))
            }
        }
    }

    fn bounds(&mut self) -> String {
        self.some(", ", |maker| {
            let bound = match maker.noise.below(4) {
                0 => "1-3".to_owned(),
                1 => maker.value().to_owned(),
                _ => maker.comparison(),
            };
            format!("vilkår{} {bound}{}", maker.noise.below(3), maker.one(&["", "", " som loft"]))
        })
    }

    fn shared(&mut self) -> Vec<String> {
        let mut all = vec![format!("hjemmel {}", self.sources()), format!("gyldig {}", self.period())];
        all.extend([format!("når {}", self.condition(2)), format!("gælder i {}", self.names())]);
        all.push(format!("undtagelse fra {}.{}.{}", self.name(), self.name(), self.name()));
        all.push(format!("ansvarlig {}", self.name()));
        all.push(format!("henvises til {}", self.name()));
        all.extend(["fordi \"Derfor, # ikke en note\"".to_owned(), "tolkning \"Læst sådan\"".to_owned()]);
        all.push(format!("kan fraviges{}", self.one(&["", " hvis i-gang"])));
        all
    }

    fn effect(&mut self) -> String {
        let grade = self.one(&[
            "kan give",
            "ret til",
            "skal give",
            "må ikke give",
            "bør give",
            "bør ikke give",
            "skal vurdere",
        ]);
        let perform =
            self.one(&["kan udføre", "skal udføre", "må ikke udføre", "bør udføre", "bør ikke udføre"]);
        match self.noise.below(5) {
            0 => format!("{perform} {}{}", self.names(), self.one(&["", " ved mentor, x"])),
            1 => format!("gælder for {}: {}", self.names(), self.bounds()),
            2 => format!("forudsætning for {}: {}", self.names(), self.condition(1)),
            3 => format!("{grade} {} som pligt med {}", self.names(), self.bounds()),
            _ => format!("{grade} {} kun når {}", self.names(), self.condition(1)),
        }
    }

    fn row(&mut self, cells: &[String]) -> String {
        let blank = self.one(&[" ", "  ", ""]);
        let cells: String = cells.iter().map(|cell| format!("{blank}{cell} |")).collect();
        format!("    |{cells}{}\n", self.one(&["", "", "", " # bag rækken"]))
    }

    fn rows(&mut self, matrix: bool) -> String {
        let heading: [String; 4] = if matrix {
            ["målgruppe".to_owned(), self.names(), self.names(), "x".to_owned()]
        } else {
            [self.one(&["støtte", "opgave"]), "grad", "når", "alder"].map(str::to_owned)
        };
        let mut out = self.row(&heading);
        if self.chance(70) {
            out += &self.row(&["---", ":--", "--:", "---"].map(str::to_owned));
        }
        let grades = ["Kan", "ret", "Skal som pligt", "MÅ  ikke", "bør", "bør ikke", "skal vurdere", ""];
        let signs = ["x", "X", "•", "(x)", "skal", "Ret", ""];
        if matrix {
            for word in ["hjemmel", "når", "gyldig"] {
                if self.chance(50) {
                    let cell = |maker: &mut Self| match word {
                        "hjemmel" => maker.sources(),
                        "når" => maker.condition(1),
                        _ => maker.period(),
                    };
                    let (one, two) = (cell(self), cell(self));
                    out += &self.row(&[word.to_owned(), one, String::new(), two]);
                }
            }
        }
        for _ in 0..1 + self.noise.below(4) {
            let cells = if matrix {
                [
                    "2.3, 2.13".to_owned(),
                    self.one(&signs).to_owned(),
                    self.one(&signs).to_owned(),
                    self.one(&signs).to_owned(),
                ]
            } else {
                [
                    self.names(),
                    self.one(&grades).to_owned(),
                    self.condition(1),
                    self.one(&["18-29", "under 30", "", "er ikke 2", "højst 3 som loft"]).to_owned(),
                ]
            };
            out += &self.row(&cells);
        }
        out
    }

    fn item(&mut self) -> String {
        let (name, title) = (self.name(), self.title());
        match self.noise.below(20) {
            0 => {
                let word = self.one(&["forsøg", "region", "institution"]);
                let clauses = vec![format!("gælder i {}", self.names()), format!("gyldig {}", self.period())];
                format!("{word} {name}{title} {{{}}}", self.clauses(clauses))
            }
            1 => {
                let word =
                    self.one(&["lov", "bekendtgørelse", "kilde", "vejledning", "leverandør", "kommune"]);
                let body = self.one(&[
                    "",
                    " { }",
                    " { paragraf § 31 b \"Mentor\" { klage ja   afløses af LAB § 167 } }",
                    " { klage til \"Nævnet\"   hjemmel RSL § 60 udgave \"U\" }",
                    " { klage til \"Nævnet\" gennem \"os\" som \"ser igen\" inden 4   uger efter \"modtagelsen\" hjemmel RSL § 60, § 66 }",
                ]);
                format!("{word} {name}{title}{body}")
            }
            2 => format!(
                "sats {name}{title}: {} {{ fra {}: 65   fra {}: 65 år 6 måneder }}",
                self.one(&["år", "tal", "kr"]),
                self.day(),
                self.day()
            ),
            3 => format!("vilkår {name}{title}: hverdage 0-60{}", self.one(&["", ", mindre er bedre"])),
            4 => {
                let mut relations =
                    vec![format!("svarer til {}", self.names()), format!("erstatter {}", self.names())];
                relations
                    .extend([format!("supplerer {}", self.names()), format!("udelukker {}", self.names())]);
                relations.push("uden  afgørelse".to_owned());
                format!("støtte {name}{title}: art-x {{{}}}", self.clauses(relations))
            }
            5 => format!("opgave {name}{title}{}", self.one(&["", ": mentorstøtte"])),
            6 => format!("sagsskridt {name}{title}"),
            7 => format!("enhed {name}{title} {{ afløses af Ny{} }}", self.one(&["", " fra 1.1.2016"])),
            8 | 9 => {
                let shared = self.shared();
                format!(
                    "regel {name}{title} {{{}{}}}",
                    self.clauses(shared),
                    self.some(" ", Self::effect) + " "
                )
            }
            10 | 11 => {
                let shared = self.shared();
                format!("tabel {name}{title} {{{}\n{}}}", self.clauses(shared).trim_end(), self.rows(false))
            }
            12 | 13 => {
                let mut shared = self.shared();
                shared.push("tegn x = Kan, X = skal  som pligt,• = må ikke, (x) = ret".to_owned());
                format!("matrix {name}{title} {{{}\n{}}}", self.clauses(shared).trim_end(), self.rows(true))
            }
            14 => {
                let mut all = vec![format!("leverer {}", self.names()), format!("udfører {}", self.names())];
                all.extend([format!("med {}", self.bounds()), format!("hjemmel {}", self.sources())]);
                format!("forløb {name}{title} {{{}}}", self.clauses(all))
            }
            15 | 16 => {
                let mut all = vec![format!("i {}", self.names()), format!("når {}", self.condition(2))];
                let claims = [
                    "findes x",
                    "findes mindst ret x",
                    "mindst skal x",
                    "højst kan x",
                    "ikke x",
                    "ikke både x og mentor",
                ];
                for _ in 0..3 {
                    all.push(format!("så {}", self.one(&claims)));
                }
                all.push(format!("så mentor med {}", self.bounds()));
                format!("garanti {name}{title} {{{}}}", self.clauses(all))
            }
            17 => {
                let mut all = vec![format!("i {name}"), format!("givet {}", self.condition(2))];
                let outcomes = [
                    "ikke x",
                    "afslag x",
                    "kan give x",
                    "skal vurdere x",
                    "bør ikke give x",
                    "skal udføre x",
                    "må ikke udføre x ved mentor",
                    "ikke x ved mentor",
                ];
                all.extend([
                    format!("så {}", self.one(&outcomes)),
                    format!("så ret til x med {}", self.bounds()),
                    format!("så kan give x med timer netop 1-3, {}", self.bounds()),
                ]);
                format!("eksempel \"Et eksempel\" {{{}}}", self.clauses(all))
            }
            18 => {
                let mut all =
                    vec![format!("i {name}"), format!("for {name}.{name}"), "fordi \"Kendt\"".to_owned()];
                all.extend([format!("når {}", self.condition(1)), format!("indtil {}", self.day())]);
                let clauses = self.clauses(all).replace('\n', " ");
                format!("accepter hul{}", clauses.trim_end())
            }
            _ => format!("intet serviceniveau for {}", self.names()),
        }
    }
}
