//! `hjemmel import`: the documents of `tests/import/` as policies, and what a check says of them.

use crate::snapshot;
use hjemmel::documents::tables;
use hjemmel::{ImportAsked, Lang, Options, SourceFile, Window, Workspace};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> Vec<u8> {
    fs::read(root().join("tests/import").join(name)).unwrap()
}

fn options() -> Options {
    let mut options = Options::default();
    let day = |year| hjemmel::day_of(year, 1, 1).unwrap();
    options.window = Some(Window { from: day(2014), to: day(2018) });
    options
}

/// The shipped laws and words, and a Slagelse that has its departments and no rules yet.
fn around() -> Vec<SourceFile> {
    let mut files = vec![SourceFile::new(
        "slagelse.hjemmel",
        "kommune Slagelse \"Slagelse Kommune\" {\n    status bindende\n}\n\n\
         afdeling Ungeafdelingen \"Ungeafdelingen\" omfatter alder fra 18 til 29 og ydelse er uddannelseshjælp, kontanthjælp\n\
         afdeling Voksenafdelingen \"Voksenafdelingen\" omfatter alder fra 30 til 67 og ydelse er kontanthjælp\n",
    )];
    for name in [
        "ordliste.hjemmel.md",
        "opgaver.hjemmel.md",
        "lov/lab.hjemmel.md",
        "lov/lab-2020.hjemmel.md",
        "lov/frikommuneloven.hjemmel.md",
        "lov/serviceloven.hjemmel.md",
        "lov/studiestartsforsoeg.hjemmel.md",
        "lov/indsatsbekendtgoerelsen.hjemmel.md",
    ] {
        let text = fs::read_to_string(root().join("policies").join(name)).unwrap();
        files.push(SourceFile::new(name, text));
    }
    files
}

/// One document as a policy, what is told of it, and what a check of the workspace says of the new file.
fn told(files: Vec<SourceFile>, name: &str, number: usize, place: &str, literate: bool) -> String {
    let grids = tables(name, &document(name)).unwrap();
    let mut asked = ImportAsked::of(name, number);
    asked.place = Some(place);
    asked.literate = literate;
    let workspace = Workspace::new(files.clone(), options());
    let imported = workspace.import(&grids[number - 1], asked).unwrap();
    let file = if literate { "ny.hjemmel.md" } else { "ny.hjemmel" };
    assert_eq!(hjemmel::format(file, &imported.text).as_ref(), Ok(&imported.text), "{name} is formatted");
    let lines =
        |texts: &[hjemmel::Text]| texts.iter().map(|text| format!("{}\n", text.da)).collect::<String>();
    let mut page = format!("{}\n── kolonner ──\n{}", imported.text, lines(&imported.columns));
    page.push_str(&format!("── set ──\n{}── fundet ──\n", lines(&imported.told)));
    let mut files = files;
    files.push(SourceFile::new(file, imported.text));
    let workspace = Workspace::new(files, options());
    let mut checked = workspace.check();
    let own = workspace.sources().iter().find(|(_, source)| source.name == file).unwrap().0;
    checked.findings.retain(|finding| finding.labels.iter().any(|label| label.span.file == own));
    for finding in &checked.findings {
        page.push_str(&format!("{} {}\n", finding.check, finding.message.get(Lang::Da)));
    }
    page
}

fn snap(name: &str, content: &str) {
    snapshot(Path::new("tests/import"), name, content);
}

#[test]
fn slagelse_s_tables_become_rules_from_every_form() {
    let from_word = told(around(), "slagelse.docx", 1, "Slagelse", false);
    snap("unge", &from_word);
    snap("voksne", &told(around(), "slagelse.docx", 2, "Slagelse", false));
    snap("voksne-md", &told(around(), "slagelse.docx", 2, "Slagelse", true));
    // the same table, whatever it is kept in
    let rules = |page: &str| {
        let rows = page.lines().filter(|line| line.starts_with("    |") || line.starts_with("    #"));
        rows.map(|line| line.to_owned() + "\n").collect::<String>()
    };
    for name in ["slagelse.xlsx", "unge.csv"] {
        let other = told(around(), name, 1, "Slagelse", false);
        assert_eq!(rules(&other), rules(&from_word), "{name}");
    }
    let adults = told(around(), "slagelse.docx", 2, "Slagelse", false);
    for (name, number) in [("slagelse.xlsx", 2), ("voksne.csv", 1)] {
        assert_eq!(rules(&told(around(), name, number, "Slagelse", false)), rules(&adults), "{name}");
    }
}

#[test]
fn merged_cells_notes_and_unknown_words_are_kept() {
    snap("merged-word", &told(around(), "merged.docx", 1, "Slagelse", false));
    snap("merged-excel", &told(around(), "merged.xlsx", 1, "Slagelse", false));
}

#[test]
fn groups_against_supports_become_a_matrix() {
    snap("matrix", &told(around(), "matrix.md", 1, "Slagelse", false));
    snap("first-matrix", &told(Vec::new(), "matrix.md", 1, "Aalborg", false));
}

#[test]
fn a_first_policy_is_made_where_there_is_none() {
    snap("first", &told(Vec::new(), "ny.md", 1, "Ny", true));
    snap("first-of-slagelse", &told(Vec::new(), "voksne.csv", 1, "Slagelse", false));
}

/// Every word of the document stands somewhere in the policy.
#[test]
fn nothing_of_a_document_is_lost() {
    let squeezed = |text: &str| {
        text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase()
    };
    for (name, number) in [("slagelse.docx", 1), ("slagelse.docx", 2), ("merged.docx", 1), ("ny.md", 1)] {
        let grids = tables(name, &document(name)).unwrap();
        let mut asked = ImportAsked::of(name, number);
        asked.place = Some("Slagelse");
        let text = Workspace::new(around(), options()).import(&grids[number - 1], asked).unwrap().text;
        let kept = squeezed(&text);
        let cells = grids[number - 1].rows.iter().skip(1).flatten();
        for cell in cells.flat_map(|cell| cell.text.split(|letter: char| !letter.is_alphabetic())) {
            // what is read is written in the language's own words
            let read = [
                "mdr",
                "højst",
                "max",
                "t",
                "uge",
                "uger",
                "år",
                "års",
                "jf",
                "og",
                "alle",
                "undtagen",
                "timer",
                "måneder",
                "ugentligt",
                "kan",
                "skal",
                "varighed",
            ];
            if !cell.is_empty() && !read.contains(&cell.to_lowercase().as_str()) {
                assert!(kept.contains(&squeezed(cell)), "{name}: »{cell}« is lost");
            }
        }
    }
}

/// Numbers that look random and are the same each time.
fn noise(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    }
}

#[test]
fn any_table_at_all_becomes_a_policy_that_can_be_read() {
    const WORDS: [&str; 44] = [
        "Kan",
        "Skal",
        "må ikke",
        "x",
        "ja",
        "-",
        "–",
        "",
        "1-2",
        "1,5",
        "under 30",
        "over 30 timer",
        "½ år",
        "18-29 år",
        "{",
        "}",
        "\"",
        "| a",
        "# b",
        "§ 85",
        "SEL § 85",
        "LAB § 31 b, stk. 2",
        "regel",
        "tabel x",
        "kommune",
        "```",
        "a, b",
        "2.13",
        "og",
        "eller ikke",
        "altid",
        "1.1.2024",
        "Social mentor",
        "Social mentr til unge under 30 år",
        "målgruppe",
        "alder",
        "(",
        "999999999999999999",
        "\u{202e}vendt",
        "e\u{301}",
        "Ѕосiаl",
        "støtte, støtte",
        "\\",
        "*[a](b)*",
    ];
    const HEADINGS: [&str; 14] = [
        "Type",
        "Støtte",
        "Skal/kan",
        "Kan",
        "Ugentlige timer",
        "Varighed",
        "Målgruppe",
        "Hjemmel",
        "Gælder fra",
        "Nr.",
        "Alder",
        "Bemærk \"dette\" | her",
        "",
        "Når",
    ];
    let workspace = Workspace::new(around(), options());
    let empty = Workspace::new(Vec::new(), options());
    for seed in 0..400 {
        let mut any = noise(seed + 1);
        let width = 1 + any(7);
        let mut lines =
            vec![(0..width).map(|_| HEADINGS[any(HEADINGS.len())].to_owned()).collect::<Vec<_>>()];
        for _ in 0..1 + any(6) {
            let mut cell = |_| {
                let words: Vec<&str> = (0..1 + any(2)).map(|_| WORDS[any(WORDS.len())]).collect();
                words.join([" ", "\n", ", "][any(3)])
            };
            lines.push((0..width).map(&mut cell).collect());
        }
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let csv: Vec<String> =
            lines.iter().map(|line| line.iter().map(quoted).collect::<Vec<_>>().join(";")).collect();
        let Ok(grids) = tables("a.csv", csv.join("\n").as_bytes()) else { continue };
        for (workspace, place) in [(&workspace, "Slagelse"), (&empty, "Ny")] {
            for literate in [false, true] {
                let mut asked = ImportAsked::of("a.csv", 1);
                asked.place = Some(place);
                asked.literate = literate;
                let Ok(imported) = workspace.import(&grids[0], asked) else {
                    assert!(grids[0].rows.len() < 3, "{csv:#?}");
                    continue;
                };
                let name = if literate { "a.hjemmel.md" } else { "a.hjemmel" };
                assert_eq!(hjemmel::format(name, &imported.text).as_ref(), Ok(&imported.text), "{csv:#?}");
            }
        }
    }
}

fn run(folder: &Path, words: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    program.current_dir(folder).env_clear().args(words).output().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("import-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A zip file of one part that unpacks to very much.
fn bomb() -> Vec<u8> {
    use std::io::{Cursor, Write};
    let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
    file.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..130 {
        file.write_all(&zeros).unwrap();
    }
    file.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_document_is_refused_in_words() {
    let folder = folder("bad");
    let whole = document("slagelse.docx");
    let files: [(&str, Vec<u8>, &str); 12] = [
        ("half.docx", whole[..whole.len() / 2].to_vec(), "or it is damaged"),
        ("empty.docx", Vec::new(), "is empty"),
        ("bomb.docx", bomb(), "unpacks to more than 128 MB"),
        ("sheet.docx", document("slagelse.xlsx"), "is no Word document"),
        ("word.xlsx", whole.clone(), "is no Excel workbook"),
        ("locked.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest".to_vec(), "protected by a password"),
        ("locked.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest".to_vec(), "protected by a password"),
        ("text.xlsx", b"Type;Timer\n".to_vec(), "is no Excel document"),
        ("binary.csv", vec![0, 159, 146, 150, 0, 1], "is no text"),
        ("old.doc", b"x".to_vec(), "save it as .docx"),
        ("prose.md", b"# No table\n".to_vec(), "there is no table"),
        ("paper.pdf", b"%PDF".to_vec(), "none of .docx, .xlsx, .csv and .md"),
    ];
    for (name, bytes, expected) in files {
        fs::write(folder.join(name), bytes).unwrap();
        let output = run(&folder, &["import", name, "--in", "Ny", "--lang", "en"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}: {told}");
        assert!(told.contains(expected) && output.stdout.is_empty(), "{name}: {told}");
        assert!(!told.contains("bug in hjemmel"), "{name}: {told}");
    }
    for (name, expected) in [("missing.docx", "does not exist"), (".", "not an ordinary file")] {
        let output = run(&folder, &["import", name, "--lang", "en"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && told.contains(expected), "{name}: {told}");
    }
}

#[test]
fn any_cut_or_turned_byte_ends_in_a_table_or_in_words() {
    for name in ["slagelse.docx", "merged.docx", "slagelse.xlsx", "merged.xlsx"] {
        let whole = document(name);
        let mut any = noise(7);
        for _ in 0..150 {
            let mut bytes = whole.clone();
            if any(2) == 0 {
                bytes.truncate(any(whole.len()));
            }
            for _ in 0..any(4) {
                let at = any(bytes.len().max(1));
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << (at % 8));
            }
            let _ = tables(name, &bytes);
        }
    }
}

#[test]
fn a_sheet_that_claims_every_row_and_column_is_refused_at_once() {
    let told = tables("far.xlsx", &document("far.xlsx")).unwrap_err();
    assert!(told.en.contains("more than 200 columns"), "{}", told.en);
}

#[test]
fn a_file_is_written_whole_and_never_over_another() {
    let folder = folder("out");
    fs::write(folder.join("ny.md"), document("ny.md")).unwrap();
    fs::write(folder.join("to.docx"), document("slagelse.docx")).unwrap();
    let import = |words: &[&str]| {
        let output = run(&folder, &[&["import"], words, &["--lang", "da"]].concat());
        let told =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code(), told)
    };
    let (code, told) = import(&["ny.md", "--in", "Ny", "--out", "ny.hjemmel.md"]);
    assert!(code == Some(0) && told.contains("skrev `ny.hjemmel.md`"), "{told}");
    let first = fs::read_to_string(folder.join("ny.hjemmel.md")).unwrap();
    let (code, told) = import(&["ny.md", "--in", "Ny", "--out", "ny.hjemmel.md"]);
    assert!(code == Some(2) && told.contains("findes allerede"), "{told}");
    // a file that is replaced is not asked for its words: the same comes out again
    let (code, told) = import(&["ny.md", "--in", "Ny", "--out", "ny.hjemmel.md", "--force"]);
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(fs::read_to_string(folder.join("ny.hjemmel.md")).unwrap(), first);
    let (code, told) = import(&["ny.md", "--out", "ny.txt"]);
    assert!(code == Some(2) && told.contains("ingen regelfil"), "{told}");
    let (code, told) = import(&["to.docx"]);
    assert!(code == Some(2) && told.contains("--table 2: Voksenafdelingen"), "{told}");
    let (code, told) = import(&["to.docx", "--table", "3"]);
    assert!(code == Some(2) && told.contains("har ikke den tabel"), "{told}");
    let (code, told) = import(&["to.docx", "--table", "2", "--in", "Nix"]);
    assert!(code == Some(2) && told.contains("ingen kommune eller institution `Nix`"), "{told}");
}
