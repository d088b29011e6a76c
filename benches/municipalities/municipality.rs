//! A municipality's service level.
//!
//! Departments by age and target group, and for each of them a table for each area of support: one row for each
//! support and level of need, so that a right text says one thing of each citizen. Into it come the faults of real
//! texts, each a few times in a hundred rows: a department's first age left out (`over 30`), two rows that meet with
//! different hours, a refusal beside a grant, less than the law gives, a duty without a law, a row no citizen of the
//! department can reach, a row written twice, a claim of the law that nobody answers.

use super::law::{AREAS, Area, Support};
use super::seed::Seed;
use std::fmt::Write;

const NAMES: [&str; 98] = [
    "Albertslund",
    "Allerød",
    "Assens",
    "Ballerup",
    "Billund",
    "Bornholm",
    "Brøndby",
    "Brønderslev",
    "Dragør",
    "Egedal",
    "Esbjerg",
    "Fanø",
    "Favrskov",
    "Faxe",
    "Fredensborg",
    "Fredericia",
    "Frederiksberg",
    "Frederikshavn",
    "Frederikssund",
    "Furesø",
    "Faaborg-Midtfyn",
    "Gentofte",
    "Gladsaxe",
    "Glostrup",
    "Greve",
    "Gribskov",
    "Guldborgsund",
    "Haderslev",
    "Halsnæs",
    "Hedensted",
    "Helsingør",
    "Herlev",
    "Herning",
    "Hillerød",
    "Hjørring",
    "Holbæk",
    "Holstebro",
    "Horsens",
    "Hvidovre",
    "Høje-Taastrup",
    "Hørsholm",
    "Ikast-Brande",
    "Ishøj",
    "Jammerbugt",
    "Kalundborg",
    "Kerteminde",
    "Kolding",
    "København",
    "Køge",
    "Langeland",
    "Lejre",
    "Lemvig",
    "Lolland",
    "Lyngby-Taarbæk",
    "Læsø",
    "Mariagerfjord",
    "Middelfart",
    "Morsø",
    "Norddjurs",
    "Nordfyn",
    "Nyborg",
    "Næstved",
    "Odder",
    "Odense",
    "Odsherred",
    "Randers",
    "Rebild",
    "Ringkøbing-Skjern",
    "Ringsted",
    "Roskilde",
    "Rudersdal",
    "Rødovre",
    "Samsø",
    "Silkeborg",
    "Skanderborg",
    "Skive",
    "Slagelse",
    "Solrød",
    "Sorø",
    "Stevns",
    "Struer",
    "Svendborg",
    "Syddjurs",
    "Sønderborg",
    "Thisted",
    "Tønder",
    "Tårnby",
    "Vallensbæk",
    "Varde",
    "Vejen",
    "Vejle",
    "Vesthimmerland",
    "Viborg",
    "Vordingborg",
    "Ærø",
    "Aabenraa",
    "Aalborg",
    "Aarhus",
];

/// A municipality's name.
pub(super) fn name(number: usize) -> String {
    match NAMES.get(number) {
        Some(name) => (*name).to_owned(),
        None => format!("{}-{}", NAMES[number % NAMES.len()], number / NAMES.len() + 1),
    }
}

/// A department, whom it serves, and how its first age reads when it is left out.
struct Department {
    name: &'static str,
    scope: &'static str,
    ages: (u32, u32),
}

const DEPARTMENTS: [Department; 4] = [
    Department { name: "Unge", scope: "alder fra 18 til 29 og målgruppe er ikke 2.4, 2.5", ages: (18, 29) },
    Department {
        name: "Voksne", scope: "alder fra 30 til 66 og målgruppe er ikke 2.4, 2.5", ages: (30, 66)
    },
    Department { name: "Ældre", scope: "alder mindst 67 og målgruppe er ikke 2.4, 2.5", ages: (67, 120) },
    Department { name: "Fastholdelse", scope: "alder mindst 18 og målgruppe er 2.4, 2.5", ages: (18, 120) },
];

/// One row of a table.
#[derive(Clone)]
struct Row {
    support: &'static str,
    when: String,
    age: String,
    grade: &'static str,
    hours: String,
    length: String,
}

/// The hours a municipality gives at each level of need, by its means.
const LEVELS: [[&str; 3]; 4] =
    [["1-2", "2-4", "4-8"], ["1-3", "3-5", "5-10"], ["0,5-1", "1-3", "3-6"], ["2", "4", "8"]];

/// The text of a municipality with so many rules, and faults in so many of a hundred rows.
pub(super) fn text(name: &str, rules: usize, faults: usize, seed: &mut Seed) -> String {
    let mut text = format!("# Serviceniveau i {name} Kommune, lavet af et program til målinger.\n");
    let _ = write!(
        text,
        "kommune {name} \"{name} Kommune\" {{\n    status {}\n    vedtaget 201{}-0{}-01\n    \
         omfatter alder mindst 18 og har-brug-for-støtte: mentorstøtte, social-støtte\n}}\n\n",
        if seed.percent(25) { "bindende" } else { "vejledende" },
        7 + seed.below(2),
        1 + seed.below(9),
    );
    for Department { name, scope, .. } in &DEPARTMENTS {
        let _ = writeln!(text, "afdeling {name} omfatter {scope}");
    }
    let single = rules / 8;
    text += &tables(rules - single, (faults, seed));
    text += &singles(single, seed);
    text
}

/// So many rows, shared out to the departments and their areas.
fn tables(rows: usize, (faults, seed): (usize, &mut Seed)) -> String {
    let mut text = String::new();
    let levels = seed.one(&LEVELS);
    let kinds = DEPARTMENTS.len() * AREAS.len();
    let mut number = 0;
    for (at, (department, area)) in
        DEPARTMENTS.iter().flat_map(|department| AREAS.iter().map(move |area| (department, area))).enumerate()
    {
        let share = rows * (at + 1) / kinds - rows * at / kinds;
        let _ = write!(
            text,
            "\ntabel {}-{} \"{}, {}\" {{\n    hjemmel SSL {}\n    gælder i {}\n    \
             | regel | støtte | når | alder | grad | timer | varighed | \"Opgaver\" |\n    \
             |---|---|---|---|---|---|---|---|\n",
            department.name.to_lowercase(),
            area.kind,
            department.name,
            area.kind,
            area.paragraph,
            department.name,
        );
        for row in table(department, area, levels, share, (faults, seed)) {
            number += 1;
            let Row { support, when, age, grade, hours, length } = row;
            let _ = writeln!(
                text,
                "    | s{number} | {support} | {when} | {age} | {grade} | {hours} | {length} | Efter en samlet vurdering |"
            );
        }
        text += "}\n";
    }
    text
}

/// Some rows of one department and area: for each support the levels of need, and then what to give rather not.
fn table(
    department: &Department,
    area: &Area,
    levels: &[&str; 3],
    count: usize,
    (faults, seed): (usize, &mut Seed),
) -> Vec<Row> {
    let mut supports: Vec<&Support> = area.supports.iter().collect();
    // what the law lays on the municipality comes first
    supports.sort_by_key(|support| !support.is_due());
    // as many supports are told by level of need as there are rows for it
    let mut spare = count.saturating_sub(supports.len());
    let mut rows: Vec<Row> = Vec::new();
    for support in supports {
        let levels = if support.is_due() { vec![("", "")] } else { by_need(support, levels) };
        let split = levels.len() > 1 && spare >= levels.len() - 1;
        spare -= if split { levels.len() - 1 } else { 0 };
        for (need, hours) in if split { &levels[..] } else { &levels[..1] } {
            let need = if split { format!(" og {need}") } else { String::new() };
            rows.push(Row {
                support: support.name,
                when: format!("{}{need}", support.when),
                age: String::new(),
                grade: support.grade,
                hours: (*hours).to_owned(),
                length: String::new(),
            });
        }
    }
    rows.truncate(count);
    while rows.len() < count {
        let support = seed.one(area.supports);
        let extra = *seed.one(&[
            "enlig-forsørger",
            "ledig-i over 1 år",
            "netværk er ingen",
            "indtægt under 12000 kr",
        ]);
        let when = format!("{} og {extra}", support.when);
        rows.push(Row {
            support: support.name,
            when,
            age: String::new(),
            grade: "bør",
            hours: String::new(),
            length: String::new(),
        });
    }
    for row in &mut rows {
        fault(department, row, (faults, seed));
    }
    if seed.percent(faults / 3) && rows.len() > 1 {
        // written twice
        let again = rows[seed.below(rows.len() - 1)].clone();
        rows.pop();
        rows.push(again);
    }
    rows
}

/// The levels of need of those a support is for, with the hours.
fn by_need<'l>(support: &Support, levels: &[&'l str; 3]) -> Vec<(&'static str, &'l str)> {
    let all = [("støttebehov højst let", 0), ("støttebehov er moderat", 1), ("støttebehov er svært", 2)];
    let first = usize::from(support.when.contains("støttebehov mindst moderat"));
    all[first..].iter().map(|(need, level)| (*need, levels[*level])).collect()
}

/// What goes wrong with a row now and then.
fn fault(department: &Department, row: &mut Row, (faults, seed): (usize, &mut Seed)) {
    if !seed.percent(faults) {
        return;
    }
    let (from, to) = department.ages;
    match seed.below(6) {
        // the department's first age is left out
        0 => row.age = format!("over {from}"),
        // the age is another department's
        1 if to < 120 => row.age = format!("over {}", to + 1),
        // two rows meet, with different hours
        2 if row.grade == "kan" => row.when = row.when.replace("højst let", "højst moderat"),
        // a duty where the law only allows
        3 if row.grade == "kan" => row.grade = "skal",
        // a refusal in place of a grant
        4 => (row.grade, row.hours) = ("må ikke", String::new()),
        // perhaps less than the law gives
        _ => {
            row.length = (*seed.one(&["3 måneder", "højst 3 måneder", "6 måneder", "højst 1 år"])).to_owned()
        }
    }
}

/// Rules beside the tables: deadlines, preconditions, exceptions, what is said of a whole area.
fn singles(count: usize, seed: &mut Seed) -> String {
    let mut text = String::new();
    for number in 0..count {
        let area = &AREAS[number % AREAS.len()];
        let (kind, paragraph) = (area.kind, area.paragraph);
        let support = &area.supports[number / AREAS.len() % area.supports.len()];
        let _ = write!(text, "\nregel g{number} {{\n    hjemmel SSL {paragraph}\n    ");
        let _ = match number / AREAS.len() {
            0 => writeln!(text, "kan give {kind}\n    ansvarlig Visitationen"),
            1 => writeln!(
                text,
                "gælder for {kind}: svarfrist højst {} hverdage",
                seed.one(&[5, 10, 14, 20, 28, 40])
            ),
            2 => writeln!(text, "når bolig er botilbud\n    bør ikke give {}", support.name),
            3 => writeln!(
                text,
                "når {}\n    gælder for {}: kontakt højst {} dage",
                support.when,
                support.name,
                seed.one(&[7, 14, 28])
            ),
            _ if seed.percent(10) => writeln!(text, "forudsætning for {}: kan-deltage", support.name),
            _ if seed.percent(30) => writeln!(
                text,
                "gyldig fra 2018-0{}-01\n    gælder for {}: egenbetaling højst {}00 kr",
                1 + seed.below(9),
                support.name,
                1 + seed.below(30)
            ),
            _ => writeln!(
                text,
                "når netværk er ingen og ledig-i over {} måneder\n    bør give {}",
                3 + seed.below(9),
                support.name
            ),
        };
        text += "}\n";
    }
    text
}
