//! What the room promises: every construct is read, every slip costs one finding at its place, no text is too much.

use super::{parse, print};
use crate::ground::{Diagnostic, FileId, SourceFile};
use std::fmt::Write;

fn read(name: &str, text: &str) -> (String, Vec<Diagnostic>) {
    let source = SourceFile::new(name, text);
    let (file, problems) = parse(FileId(0), &source);
    (print(&file), problems)
}

/// The tree of a text that must be read without findings.
fn tree(text: &str) -> String {
    let (tree, problems) = read("a.hjemmel", text);
    assert_eq!(problems, [], "in {text}");
    tree
}

/// Each finding of a text: the words at its place, and its message in English.
fn told(text: &str) -> Vec<(String, String)> {
    let (_, problems) = read("a.hjemmel", text);
    problems
        .into_iter()
        .map(|problem| {
            let place = problem.labels.first().and_then(|label| text.get(label.span.range()));
            assert!(problem.message.da != problem.message.en, "{:?}", problem.message);
            (place.unwrap_or("?").to_owned(), problem.message.en)
        })
        .collect()
}

/// The one finding of a text.
fn slip(text: &str) -> (String, String) {
    let mut found = told(text);
    assert_eq!(found.len(), 1, "{found:?} in {text}");
    found.swap_remove(0)
}

#[test]
fn every_example_of_the_language_reference_is_read() {
    let reference = include_str!("../../grammar/README.md");
    let (tree, problems) = read("README.md", reference);
    assert_eq!(problems, []);
    for construct in [
        "law LAB",
        "complaint to",
        "municipality",
        "fact",
        "concept",
        "assumption",
        "kind",
        "support",
        "term",
        "unit",
        "department",
        "rule",
        "table",
        "row",
        "deviable",
        "lapses",
        "first row wins",
        "reading",
        "order",
        "trial",
        "region",
        "institution",
        "guidance",
        "provider",
        "applies in",
        "rate",
        "workdays",
        "soonest",
        "as a ceiling",
        "timer ≤ 3 as a ceiling",
        "1 years 6 months",
        "matches",
        "replaces",
        "supplements",
        "excludes",
        "without a decision",
        "successor from",
        "task",
        "step",
        "must perform",
        "may perform vækning, ledsagelse at",
        "should not perform",
        "columns regel, opgave",
        "due ",
        "granted ",
        "matrix",
        "sign X = must as a duty",
        "offer",
        "delivers",
        "performs",
        "guarantee",
        "exists at least right",
        "not both",
        "example",
        "refused",
        "then must perform handleplan",
        "then may perform vækning at social-mentor",
        "then not rengøring at mentorstøtte",
        "timer exactly",
        "accept",
        "until",
        "silence",
    ] {
        assert!(tree.contains(construct), "{construct} has no example");
    }
    assert!(!tree.contains("broken"), "{tree}");
}

#[test]
fn a_rule_becomes_a_tree() {
    let tree = tree(
        "regel r93 \"Ret og pligt\" {\n hjemmel LAB § 93, §31b stk. 2, SEL § 85\n gyldig fra 24.8.2015\n når målgruppe \
         er 2.3, 2.13 og ikke (kan-deltage eller alder fra 18 til 29) og dato mindst 2015-01-01\n skal give mentor som \
         pligt med varighed mindst 6 måneder, forlængelse er ingen, mulig, timer 1-3, pris 12,50 kr\n kan fraviges hvis a\n}",
    );
    assert_eq!(
        tree,
        "  rule r93 \"Ret og pligt\"\n    basis LAB § 93, LAB § 31 b, stk. 2, SEL § 85\n    valid 2015-08-24 to …\n    \
         when (målgruppe = 2.3, 2.13 and not (kan-deltage or alder in 18 to 29) and dato ≥ 2015-01-01)\n    deviable a\n    \
         must mentor as a duty\n      varighed ≥ 6 months\n      forlængelse = ingen, mulig\n      timer in 1 to 3\n      \
         pris = 12,50 kr\n"
    );
}

#[test]
fn a_list_ends_before_a_word_that_is_compared() {
    let bounds = tree(
        "regel r { gælder for a, b: forlængelse er mulig, pligt, kontakt 14 dage, timer mindst 2 når x }",
    );
    assert!(
        bounds.contains("forlængelse = mulig, pligt\n      kontakt = 14 days\n      timer ≥ 2"),
        "{bounds}"
    );
    assert_eq!(slip("begreb x = a er 2.3, b under 3").0, ",");
}

#[test]
fn a_detached_letter_belongs_to_its_paragraph() {
    let basis = tree("regel r { hjemmel LAB § 31 b, § 68 i gælder i Ungeafdelingen kan give x }");
    assert!(basis.contains("basis LAB § 31 b, LAB § 68 i\n"), "{basis}");
    let basis = tree("regel r { hjemmel SEL §§ 42-44, kap. 9 b, kap. 10-12, § 93 a, stk. 2, nr. 1 }");
    assert!(
        basis.contains("SEL §§ 42-44, SEL kap. 9 b, SEL kap. 10-12, SEL § 93 a, stk. 2, nr. 1"),
        "{basis}"
    );
}

#[test]
fn keywords_are_names_where_nothing_else_is_meant() {
    let tree =
        tree("begreb status = klage og varighed er tal\nregel udgave { når status kan give paragraf }");
    assert!(tree.contains("(klage and varighed = tal)"), "{tree}");
}

#[test]
fn cells_are_read_by_their_column() {
    let tree = tree(
        "tabel t {\n hjemmel LAB § 31 b\n | regel | støtte | når | grad | hjemmel | gyldig | alder | forlængelse | \"Opgaver\" |\n \
         |---|:-:|---|---|---|---|---|---|---|\n | s1 | a, b | x og y | Skal vurdere | LAB § 93, § 96 c | fra 2015-01-01 | \
         under 30 | er mulig | { \"frit # {  |  # bemærkning | {\n | s2 | a | | må ikke | | | 18-29 | | |\n \
         | s3 | a | altid | Skal som pligt | | | er ikke 2.3, 2.4 | højst 3 måneder | |\n}",
    );
    let rows = tree.split_once("  row").map(|(_, rows)| rows);
    assert_eq!(
        rows,
        Some(
            " s1\n      supports a, b\n      when (x and y)\n      must assess\n      basis LAB § 93\n      basis LAB § 96 c\n      \
             valid 2015-01-01 to …\n      alder < 30\n      forlængelse = mulig\n    row s2\n      supports a\n      must not\n      \
             alder in 18 to 29\n    row s3\n      supports a\n      when always\n      must as a duty\n      alder ≠ 2.3, 2.4\n      \
             forlængelse ≤ 3 months\n"
        )
    );
}

#[test]
fn a_broken_row_leaves_the_others_alone() {
    let text = "tabel t {\n | regel | alder | grad |\n |---|---|---|\n | a | 18–29 | kan |\n | b | 3 |\n | c | under | kan |\n | d | 3 | Kan |\n}";
    let (tree, _) = read("a.hjemmel", text);
    assert_eq!(tree.matches("broken").count(), 3, "{tree}");
    let found = told(text);
    assert_eq!(
        found.iter().map(|(place, _)| place.as_str()).collect::<Vec<_>>(),
        ["–", "| b | 3 |", "under"]
    );
    assert_eq!(found[1].1, "this row has 2 cells, the heading has 3 columns");
}

#[test]
fn each_slip_is_told_once_at_its_place() {
    let slips = [
        ("støtte x “Titel”", "“"),
        ("støtte x \"Titel”", "\"Titel”"),
        ("begreb x = alder ≥ 18", "≥"),
        ("begreb x = alder <= 18", "<="),
        ("begreb x = alder = 18", "="),
        ("regel r { kan give x med timer 1½ }", "½"),
        ("begreb x = alder er 18–29", "–"),
        ("regel r { når alder under 30, skal give x }", ","),
        ("regel r { når målgruppe er 2.3, skal give x }", ","),
        ("begreb x = alder under 30, dato fra 2015-01-01 til 2016-01-01", ","),
        ("regel r { Når a skal give x }", "Når"),
        ("regel r { når Ikke a skal give x }", "Ikke"),
        ("regel r { når a Og b skal give x }", "Og"),
        ("begreb x = målgruppe er 2.3 eller 2.13", "eller"),
        ("begreb x = alder under 30 og over 18", "over"),
        ("begreb x = a og b eller c", "eller"),
        ("begreb x = alder er mindst 18", "er"),
        ("begreb x = dato fra 2016-01-01", "2016-01-01"),
        ("begreb x = alder er 1.5 timer", "1.5 timer"),
        ("regel r { kan give x med pris 2.500 kr }", "2.500 kr"),
        ("vilkår t: tal 0.5-2", "0.5"),
        ("regel r { hjemmel LAB § 93 og § 96 }", "og"),
        ("regel r { kan give x og y }", "og"),
        ("regel r { hjemel LAB § 93 }", "hjemel"),
        ("regel r { skal bevilge x }", "skal"),
        ("regel r { når skal give x }", "skal"),
        ("regel r { når a når b }", "når b"),
        ("regel r { gyldig fra 2015-02-30 }", "2015-02-30"),
        ("regel r { hjemmel § 93 }", "§ 93"),
        ("begreb x = (a og b", "b"),
        ("begreb x = a og b)", ")"),
        ("begreb x = a og", "og"),
        ("art a art b", "art"),
        ("art ment\u{43e}r", "ment\u{43e}r"),
        ("begreb x = a\u{200b} og b", "\u{200b}"),
        ("art a \"x\u{202e}y\"", "\u{202e}"),
        ("art a\0", "\0"),
        ("regl r { når a }", "regl"),
        ("Regel r { når a }", "Regel"),
        ("art a\nregl r { når a }\nart b", "regl"),
        ("art a }\nart b", "}"),
        ("regel r \"Titel { når a }\nart b", "\"Titel { når a }"),
        ("regel r {\n når a\nregel s { når b }", "a"),
        ("regel r {\n når a\n når b\nregel s { når b }", "b"),
        ("hej\n med { dig }\nart b", "hej"),
        ("støtte x: m { svarer y }", "svarer"),
        ("støtte x: m { erstatter y   erstatter z }", "erstatter z"),
        ("regel r { kan udføres x }", "kan"),
        ("lov L { gælder i A }", "gælder i A"),
        ("sats x: år { 65 }", "65"),
        ("sats x: år { fra 2015-01-01 65 }", "65"),
        ("matrix m { }", "m"),
        ("matrix m {\n | a | b |\n |---|---|\n | 1 | x |\n | | x |\n}", "| | x |"),
        ("matrix m {\n | a | b |\n | når | x y |\n | 1 | x |\n}", "y"),
        ("matrix m {\n | a | b |\n | når | x |\n | når | y |\n}", "når"),
        ("matrix m {\n | a | b |\n | 1 | skal give nu |\n}", "nu"),
        ("matrix m {\n tegn x er kan\n | a | b |\n | 1 | x |\n}", "er"),
        ("garanti g { når a   så gives b }", "b"),
        ("eksempel \"x\" { givet a   så må ikke give b }", "må ikke give"),
        ("eksempel { så ikke b }", "{"),
        ("eksempel \"x\" { så skal udføre b med t 1 }", "med"),
        ("eksempel \"x\" { så afslag b ved c }", "ved"),
        ("eksempel \"x\" { så ikke udføre b }", "udføre"),
        ("eksempel \"x\" { så skal udføre a, b }", ","),
        ("eksempel \"x\" { så kan give a, b }", ","),
        ("accepter hul for r fordi for-sent", "for-sent"),
        ("forløb f { leverer a   når b }", "når"),
        ("tabel t {\n | støtte | opgave |\n}", "opgave"),
        ("oplysning x { a, b }", ","),
        ("tabel t {\n | regel | Støtte |\n}", "Støtte"),
        ("tabel t { }", "t"),
        ("tabel t {\n | regel | timer pr uge |\n}", "pr"),
        ("begreb x = alder er 9999999999999999", "9999999999999999"),
    ];
    let missed: Vec<_> = slips.iter().filter(|(text, place)| slip(text).0 != **place).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn what_a_slip_offers_mends_it() {
    let texts = [
        "støtte x “Titel”",
        "støtte x \"Titel”",
        "støtte x »Titel«",
        "støtte x \"Titel",
        "regel r \"Titel { når a }\n",
        "begreb x = alder ≥ 18",
        "begreb x = alder>=18",
        "begreb x = alder <= 18",
        "begreb x = alder = 18",
        "begreb x = alder != 18",
        "regel r { kan give x med timer 1½ }",
        "regel r { kan give x med varighed 1 ½ år }",
        "begreb x = alder er 18–29",
        "begreb x = alder 18-67",
        "begreb x = alder er 18-67",
        "begreb x = alder mellem 18 og 67",
        "begreb x = målgruppe 2.3",
        "regel r { når alder under 30, skal give x }",
        "regel r { Når a skal give x }",
        "regel r { når a Og b skal give x }",
        "begreb x = målgruppe er 2.3 eller 2.13",
        "begreb x = alder under 30 og over 18",
        "begreb x = alder under 30 og er over 18",
        "begreb x = a og b eller c",
        "begreb x = a og b eller c og d",
        "begreb x = alder er mindst 18",
        "begreb x = dato fra 2016-01-01",
        "begreb x = alder er 1.5 timer",
        "regel r { kan give x med pris 2.500 kr }",
        "regel r { kan give x med pris 12.500,50 kr }",
        "regel r { kan give x med pris kr 500 }",
        "vilkår t: tal 0.5-2",
        "vilkår t: tal 0 til 37",
        "vilkår t: tal fra 0 til 37",
        "vilkår t: tal 0-37 med 1 decimal",
        "vilkår t: tal 0-37 mere er bedre",
        "oplysning a: Ja/Nej",
        "oplysning a: ja eller nej",
        "oplysning a { x, y, z }",
        "oplysning a { 2.1 \"A\" 2.2 Jobparate borgere }",
        "regel r { hjemmel LAB § 93 og § 96 }",
        "regel r { hjemmel LAB 93 }",
        "regel r { kan give x og y }",
        "regel r { hjemel LAB § 93 }",
        "regel r { naar a kan give x }",
        "regel r { hjemmel LAB § 1 }\nregel s { hjemmel § 93 }",
        "regel r { hvis a kan give x }",
        "begreb x: a",
        "garanti g { så ret til x }",
        "garanti g { så kan give x }",
        "garanti g { så skal x }",
        "eksempel \"x\" { så må ikke give b }",
        "eksempel \"x\" { så ikke give b }",
        "eksempel \"x\" { så kan give b med netop timer 1-3 }",
        "eksempel \"x\" { så kan give b med timer præcis 1-3 }",
        "regel r { kan give x med timer netop 2 }",
        "regel r { kan give x med timer netop mindst 2 }",
        "garanti g { så x med timer netop 1-3 }",
        "eksempel \"x\" { så ikke udføre b ved c }",
        "eksempel \"x\" { så kan give a, b }",
        "eksempel \"x\" { så skal udføre a, b ved c }",
        "eksempel \"x\" { så kan udføre a, b, c   så ikke d }",
        "tabel t {\n | opgave | grad |\n | a | Kan udføre |\n}",
        "begreb x er a",
        "regel r { kan give x med varighed 6 mdr }",
        "regel r { kan give x med varighed 6 månder }",
        "regel r { kan give x med varighed seks uger }",
        "regel r { kan give x med 1-2 timer }",
        "regel r { kan give x som pligt varighed mindst 6 uger }",
        "regel r { gyldig fra 24/8/2015 }",
        "regel r { gyldig fra 24. august 2015 }",
        "regel r { har ret til x }",
        "begreb x = (a og b",
        "begreb x = a og b)",
        "begreb x = [a eller b] og c",
        "begreb x = a & b",
        "begreb x = niveau er \"moderat\"",
        "art a art b",
        "art a_b_c",
        "art a\u{200b}b",
        "art a \"x\u{202e}y\"",
        "regl r { når a }",
        "Regel r { når a }",
        "art a }",
        "regel r når a }",
        "regel r {\n når a\nregel s { når b }",
        "støtte ret og pligt \"Titel\"",
        "tabel t {\n | regel | Støtte |\n}",
        "tabel t {\n | regel | alder |\n | a | 18–29 |\n}",
        "tabel t {\n | regel | alder |\n | a | - |\n}",
        "tabel t {\n | regel | alder |\n | a | 3\n}",
        "tabel t {\n | regel | grad | alder |\n | a | 3 | kan |\n}",
        "tabel t {\n gælder for Unge\n | regel | grad |\n | a | kan |\n}",
        "regel r { gælder for Unge   kan give x }",
        "matrix m {\n tegn x er kan\n | a | b |\n | 1 | x |\n}",
    ];
    let mut failed = Vec::new();
    for text in texts {
        let (_, problems) = read("a.hjemmel", text);
        let mut edits: Vec<_> = problems.iter().flat_map(|problem| &problem.fixes).collect();
        edits.sort();
        let mut mended = text.to_owned();
        for edit in edits.iter().rev() {
            mended.replace_range(edit.span.range(), &edit.text);
        }
        let (_, left) = read("a.hjemmel", &mended);
        if edits.is_empty() || !left.is_empty() {
            let left: Vec<_> = left.iter().map(|problem| &problem.message.en).collect();
            failed.push(format!("{text:?}\n     {mended:?} {left:?}"));
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn items_around_a_slip_are_read() {
    let (tree, problems) = read("a.hjemmel", "art a\nregel r {\n når er\nart b\nart c { }\nart d");
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(tree, "  kind a\n  broken regel r\n  kind b\n  broken art c\n  kind d\n");
}

#[test]
fn both_readings_of_a_mixed_condition_are_shown() {
    let (_, problems) = read("a.hjemmel", "begreb x = a og b under 3 eller ikke c");
    let help = problems.first().and_then(|problem| problem.help.clone()).unwrap_or_default();
    assert_eq!(help.da, "skriv `(a og b under 3) eller ikke c` eller `a og (b under 3 eller ikke c)`");
}

#[test]
fn spans_lie_in_the_original_file() {
    let text = "\u{feff}# Æ 🙂\r\n\r\n```hjemmel\r\nbegreb ma\u{30a}l \"🙂 æøå\" = ga\u{30a}r og\r\n```\r\n";
    let (tree, problems) = read("a.hjemmel.md", text);
    assert_eq!(tree, "  broken begreb mål\n");
    assert_eq!(problems.len(), 1);
    let place =
        problems.first().and_then(|problem| problem.labels.first()).map(|label| &text[label.span.range()]);
    assert_eq!(place, Some("og"));
    let (file, _) = parse(FileId(0), &SourceFile::new("a.hjemmel.md", text));
    assert!(file.items.iter().all(|item| text[item.span.range()].starts_with("begreb")));
}

#[test]
fn decomposed_keywords_are_keywords() {
    let tree = tree("regel r { na\u{30a}r a\u{30a}r under 3 a\u{30a}r ma\u{30a} ikke give sta\u{30a}l }");
    assert_eq!(tree, "  rule r\n    when år < 3 years\n    must not stål\n");
}

#[test]
fn nothing_is_too_deep_or_too_long() {
    let nested = format!("begreb x = {}a{}", "(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(slip(&nested).1, "a condition is nested more than 64 levels deep");
    assert_eq!(slip(&nested[..10_000]).1, "a condition is nested more than 64 levels deep");
    let negated = format!("begreb x = {}a", "ikke ".repeat(100_000));
    assert_eq!(slip(&negated).1, "a condition is nested more than 64 levels deep");
    let row = format!("tabel t {{\n| når |\n| {} |\n}}", "ikke ( ".repeat(100));
    assert_eq!(slip(&row).1, "a condition is nested more than 64 levels deep");
    tree(&format!("begreb x = {}a{}", "(".repeat(64), ")".repeat(64)));
    tree(&format!("begreb x = {}a", "ikke ".repeat(64)));
    tree(&format!("begreb x = a{}", " og (b eller ikke c)".repeat(20_000)));
    tree(&format!("begreb x = a er b{}", ", c".repeat(100_000)));
    told(&"{".repeat(100_000));
    told(&"regel r {\n".repeat(10_000));
    told(&format!("regel r {{ {} ", "når ".repeat(50_000)));
    told(&format!("tabel t {{\n{}", "|".repeat(100_000)));
    told(&format!("begreb x = {}", "(a og ".repeat(64)));
}

#[test]
fn any_text_at_all_is_findings_and_no_panic() {
    const PIECES: [&str; 54] = [
        "regel ",
        "tabel ",
        "lov ",
        "art ",
        "x ",
        "\n",
        "\r\n",
        "\n",
        "{",
        "}",
        "|",
        "|---|",
        "\"",
        "#",
        "(",
        ")",
        ",",
        ":",
        "§ 31 b",
        "når ",
        "og ",
        "ikke ",
        "er ",
        "under ",
        "kan give ",
        "hjemmel ",
        "2.13 ",
        "1,5 timer ",
        "18-29",
        "2015-01-01 ",
        "æøå",
        "🙂",
        "a\u{30a}",
        "\u{feff}",
        "\0",
        "\u{202e}",
        "–",
        "```",
        "```hjemmel\n",
        "“",
        "matrix ",
        "tegn x = kan ",
        "garanti ",
        "eksempel \"",
        "så ",
        "findes ",
        "forløb ",
        "accepter hul ",
        "i ",
        "sats x: år {",
        "støtte x {",
        "kan udføre ",
        "har krav på ",
        "hverdage ",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    for round in 0..2_000 {
        let text: String = (0..next(60)).map(|_| PIECES[next(PIECES.len())]).collect();
        let name = if round % 3 == 0 { "a.md" } else { "a.hjemmel" };
        let (_, problems) = read(name, &text);
        for label in problems.iter().flat_map(|problem| &problem.labels) {
            assert!(text.get(label.span.range()).is_some(), "{label:?} in {text:?}");
        }
    }
    let noise: String = (0..1_000_000).map(|_| char::from(next(256) as u8)).collect();
    read("a.hjemmel", &noise);
    let printable: String = (0..1_000_000).map(|_| PIECES[next(PIECES.len())]).collect();
    read("a.hjemmel", &printable);
}

#[test]
fn ten_thousand_rules_are_read() {
    let mut text = String::new();
    for number in 0..10_000 {
        let _ = writeln!(
            text,
            "regel r{number} \"Ret og pligt\" {{\n    hjemmel LAB § 93, § 31 b, stk. 1\n    gyldig fra 2014-01-01\n    når målgruppe \
             er 2.3 og ikke kan-deltage-i-tilbud og (hindring er personlige-forhold eller alder under 30)\n    skal give \
             ret-og-pligtmentor som pligt med varighed 6 måneder, forlængelse pligt\n}}"
        );
    }
    let source = SourceFile::new("a.hjemmel", text);
    let (file, problems) = parse(FileId(0), &source);
    assert_eq!((file.items.len(), problems.len()), (10_000, 0));
}
