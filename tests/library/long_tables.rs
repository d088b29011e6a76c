//! Ranked tables too long for diagrams are asked as boxes: held against plain enumeration of every citizen.

use hjemmel::{Comparison, Condition, Options, SourceFile, Workspace};
use std::collections::BTreeSet;

const FACTS: [(&str, i64); 3] = [("alder", 11), ("timer", 9), ("børn", 7)];
const GRADES: [&str; 4] = ["kan", "ret", "skal", "må ikke"];

/// For each fact the values a row admits.
type Row = [(i64, i64); 3];

/// Numbers that are the same on every run (Steele, Lea and Flood 2014).
fn below(state: &mut u64, many: i64) -> i64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) % many as u64) as i64
}

fn rows(state: &mut u64, many: usize, widest: i64) -> Vec<Row> {
    let cell = |state: &mut u64, (_, most): (&str, i64)| {
        let low = below(state, most + 1);
        (low, (low + below(state, widest)).min(most))
    };
    (0..many).map(|_| FACTS.map(|fact| cell(state, fact))).collect()
}

fn text(rows: &[Row], assumed: &str) -> String {
    let mut text = String::from(
        "kommune Fjordby \"Fjordby Kommune\" {\n    omfatter alder højst 10: ydelser\n}\nkilde LAB \"Lov om en aktiv beskæftigelsesindsats\"\n",
    );
    for (fact, most) in FACTS {
        text += &format!("oplysning {fact} \"Hvor meget {fact}?\": tal 0-{most}, typisk 1\n");
    }
    text += assumed;
    text += "art ydelser \"Ydelser\"\nstøtte ydelse \"Ydelse\": ydelser\ntabel t \"Rækker\" {\n    hjemmel LAB § 1\n    første række gælder\n    | regel | støtte | alder | timer | børn | grad |\n    |-|-|-|-|-|-|\n";
    for (at, row) in rows.iter().enumerate() {
        let cells =
            row.map(|(low, high)| if low == high { format!("{low}") } else { format!("{low}-{high}") });
        text += &format!("    | r{at} | ydelse | {} | {} |\n", cells.join(" | "), GRADES[at % 4]);
    }
    text + "}\n"
}

fn holds(conditions: &[Condition], citizen: &[i64; 3]) -> bool {
    conditions.iter().all(|condition| {
        let at = FACTS.iter().position(|(fact, _)| *fact == condition.fact).unwrap();
        let value = citizen[at];
        let bound = |index: usize| condition.values[index].parse::<i64>().unwrap();
        match condition.comparison {
            Comparison::Is => condition.values.iter().any(|known| known.parse() == Ok(value)),
            Comparison::AtLeast => value >= bound(0),
            Comparison::AtMost => value <= bound(0),
            Comparison::Between => bound(0) <= value && value <= bound(1),
            Comparison::Outside => value < bound(0) || value > bound(1),
            other => panic!("{other:?}"),
        }
    })
}

#[test]
fn long_tables_are_told_as_enumeration_finds() {
    let mut state = 6;
    for (many, widest, assumed) in
        [(130, 3, ""), (180, 5, ""), (140, 4, "antag \"Små\": hvis alder over 8 så timer højst 4\n")]
    {
        let rows = rows(&mut state, many, widest);
        let exists = |citizen: &[i64; 3]| assumed.is_empty() || citizen[0] <= 8 || citizen[1] <= 4;
        let all = (0..=11).flat_map(|a| (0..=9).flat_map(move |b| (0..=7).map(move |c| [a, b, c])));
        let citizens: Vec<[i64; 3]> = all.filter(exists).collect();
        let admits = |row: &Row, citizen: &[i64; 3]| {
            row.iter().zip(citizen).all(|((low, high), value)| low <= value && value <= high)
        };
        let first = |citizen: &[i64; 3]| rows.iter().position(|row| admits(row, citizen));
        let file = SourceFile::new("a.hjemmel", text(&rows, assumed));
        let checked = Workspace::new(vec![file], Options::default()).check();
        let open: Vec<&str> = checked.open.iter().flat_map(|open| open.checks.iter().copied()).collect();
        let gaps: Vec<_> = checked.findings.iter().filter(|finding| finding.check == "gap").collect();
        let [gap] = gaps[..] else { panic!("{} gaps, open {open:?}", gaps.len()) };
        assert!(!open.contains(&"contradiction") && !open.contains(&"shadowed-rule"), "{open:?}");
        let complete = !open.contains(&"gap");
        for citizen in &citizens {
            let left = citizen[0] <= 10 && first(citizen).is_none();
            let told = gap.region.iter().any(|conditions| holds(conditions, citizen));
            assert!(if complete { left == told } else { left || !told }, "{citizen:?}");
        }
        let witness = gap.witness.as_ref().unwrap();
        let value =
            |fact: &str| witness.iter().find(|known| known.fact == fact).unwrap().value.parse().unwrap();
        let citizen = FACTS.map(|(fact, _)| value(fact));
        assert!(exists(&citizen) && citizen[0] <= 10 && first(&citizen).is_none());
        let reached: Vec<usize> = citizens.iter().filter_map(first).collect();
        let shadowed =
            |at: &usize| citizens.iter().any(|citizen| admits(&rows[*at], citizen)) && !reached.contains(at);
        let mut expected: Vec<String> =
            (0..rows.len()).filter(shadowed).map(|at| format!("Fjordby.t.r{at}")).collect();
        let of = checked.findings.iter().filter(|finding| finding.check == "shadowed-rule");
        let mut told: Vec<String> = of.flat_map(|finding| finding.rules.iter().cloned()).collect();
        expected.sort();
        told.sort();
        assert_eq!(told, expected);
        // a row that goes before one of the same grade, wherever it is the first
        let superfluous = |at: &usize| {
            let own: Vec<&[i64; 3]> = citizens.iter().filter(|citizen| first(citizen) == Some(*at)).collect();
            let next = |citizen: &[i64; 3]| (at + 1..rows.len()).find(|other| admits(&rows[*other], citizen));
            !own.is_empty() && own.iter().all(|citizen| next(citizen).is_some_and(|next| next % 4 == at % 4))
        };
        let expected: BTreeSet<String> =
            (0..rows.len()).filter(superfluous).map(|at| format!("Fjordby.t.r{at}")).collect();
        let of = checked.findings.iter().filter(|finding| finding.check == "redundant-rule");
        let told: BTreeSet<String> = of.flat_map(|finding| finding.rules.iter().cloned()).collect();
        assert!(!open.contains(&"redundant-rule"), "{open:?}");
        assert_eq!(told, expected);
        for check in ["contradiction", "mixed-grades", "overlap"] {
            assert!(checked.findings.iter().all(|finding| finding.check != check), "{check}");
        }
    }
}
