//! Populations from the outside: files in, files out, and what becomes of them when something is wrong.

mod page;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const POLICY: &str = r#"
kilde Loven "Lov om hjælp" { paragraf § 1 "Hjælp" }
kommune Byen "Byen Kommune"
oplysning alder "Alder": tal 0-120 år
oplysning ydelse "Ydelse" { su "SU" kontanthjælp "Kontanthjælp" 2.10 "Gruppe 2.10" }
oplysning syg "Syg": ja/nej
oplysning formue "Formue": kr 0-100000
antag "Ingen under 18 får SU": ikke (ydelse er su og alder under 18)
art hjælp "Hjælp"
støtte mentor "Mentor": hjælp
støtte bil "Bil": hjælp
vilkår timer "Timer om ugen": tal 0-37, 1 decimal, mere er bedre
vilkår pris "Pris om ugen": kr 0-10000, mindre er bedre
vilkår længde "Længde": varighed 0 dage-2 år, mere er bedre
afdeling unge "Ungeafdelingen" omfatter alder under 30
afdeling voksne "Voksenafdelingen" omfatter alder mindst 30
regel r1 "Mentor" { hjemmel Loven § 1   når alder under 30 og syg   skal give mentor med timer 1,5-3, længde mindst 6 måneder, pris højst 500 kr }
regel r2 "Mentor" { hjemmel Loven § 1   når alder mindst 30   kan give mentor med timer 1-2 }
regel r3 "Bil" { hjemmel Loven § 1   når formue over 50000 kr   må ikke give bil }
regel r4 "Bil" { hjemmel Loven § 1   når ydelse er kontanthjælp   skal give bil }
"#;

/// An empty folder with the policy in it.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("population").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("byen.hjemmel"), POLICY).unwrap();
    fs::write(folder.join("hjemmel.toml"), "edition = 1\nlanguage = \"da\"\n").unwrap();
    folder
}

fn program(folder: &Path, line: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_hjemmel"));
    program.current_dir(folder).env_clear().args(line.split_whitespace());
    program
}

/// Runs a command line, and gives the exit code and what is told beside.
fn run(folder: &Path, line: &str) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = program(folder, line).output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

/// Decides a text of citizens, and gives the exit code, what is told, and the decisions.
fn decided(name: &str, file: &str, text: &[u8], more: &str) -> (Option<i32>, String, String) {
    let folder = folder(name);
    fs::write(folder.join(file), text).unwrap();
    let (code, told) = run(&folder, &format!("decide . --in Byen --population {file} --out ud.csv {more}"));
    (code, told, fs::read_to_string(folder.join("ud.csv")).unwrap_or_default())
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const CITIZENS: &str = "id,dato,alder,ydelse,syg,formue,navn
1,2016-03-01,24,kontanthjælp,ja,\"60000,5\",\"Møller, A\"
2,01-03-2016,45,2.10,nej,0,B
3,1.3.2016,17,kontanthjælp,,49999.99 kr,C
4,2016-03-01,,su,1,,D
";

const DECISIONS: &str = "id,bil,mentor,mentor.også,mentor.længde.fra,mentor.længde.til,mentor.pris.fra,mentor.pris.til,mentor.timer.fra,mentor.timer.til
1,modstrid,skal,,6 måneder,,,500,1.5,3
2,,kan,,,,,,1,2
3,skal,uafklaret,,,,,,,
4,uafklaret,uafklaret,,,,,,,
";

#[test]
fn citizens_come_in_and_decisions_go_out() {
    let (code, told, page) = decided("first", "b.csv", CITIZENS.as_bytes(), "--keep id");
    assert_eq!(page, DECISIONS, "{told}");
    assert_eq!(code, Some(1), "one decision is contradicted: {told}");
    for said in ["`navn`", "4 rækker er læst", "3 afgørelser hviler på", "i 1 afgørelser modsiger"] {
        assert!(told.contains(said), "{said}: {told}");
    }
    // a pipe is no terminal
    assert!(!told.contains('\r') && !told.contains('%'), "{told:?}");
}

#[test]
fn every_way_to_write_csv_is_read() {
    let semicolons =
        CITIZENS.replace("\"60000,5\"", "60000.5").replace("\"Møller, A\"", "Møller").replace(',', ";");
    let texts = [
        format!("\u{feff}{CITIZENS}"),
        CITIZENS.replace('\n', "\r\n"),
        CITIZENS.trim_end().to_owned(),
        CITIZENS.replace("id,", "\"id\",").replace("Møller, A", "Møller \"\"Mølle\"\"\nA"),
    ];
    for text in texts {
        let (_, told, page) = decided("written", "b.csv", text.as_bytes(), "--keep id");
        assert_eq!(page, DECISIONS, "{text}\n{told}");
    }
    // where the population has semicolons, the decisions have them too, and decimals a comma
    let (_, told, page) = decided("semicolons", "b.csv", semicolons.as_bytes(), "--keep id");
    assert_eq!(
        page,
        DECISIONS.replace('.', "¤").replace(',', ";").replace("1¤5", "1,5").replace('¤', "."),
        "{told}"
    );
    let latin: Vec<u8> = CITIZENS.chars().map(|c| c as u8).collect();
    let (code, told, _) = decided("latin", "b.csv", &latin, "");
    assert_eq!(code, Some(2));
    assert!(told.contains("b.csv:2: ikke UTF-8"), "{told}");
}

const BAD: &str = "id,dato,alder,ydelse,syg,formue
1,2016-03-01,24,kontanthjælp,ja,0
2,2016-03-01,hundrede,arbejde,ja,0
3,2016-03-01,24
4,,24,su,ja,0
5,2016-03-01,17,su,ja,0
6,2016-03-01,130,su,ja,1
7,2016-02-30,30,su,ja,1
8,2016-03-01,30,su,ja,1
";

#[test]
fn bad_rows_are_never_dropped_in_silence() {
    let (code, told, page) = decided("bad", "b.csv", BAD.as_bytes(), "");
    assert_eq!((code, page.as_str()), (Some(2), ""), "{told}");
    assert!(told.contains("b.csv:3, kolonne `alder`: `hundrede` er ikke en værdi af `alder`"), "{told}");
    assert_eq!(
        names(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("population/bad")),
        ["b.csv", "byen.hjemmel", "hjemmel.toml"]
    );
    let (code, told, page) = decided("rejects", "b.csv", BAD.as_bytes(), "--keep id --rejects fejl.csv");
    assert_eq!(code, Some(1), "{told}");
    let ids: Vec<&str> = page.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids, ["1", "8"]);
    assert!(told.contains("6 af dem er dårlige og ikke afgjort: fejl.csv"), "{told}");
    let rejects =
        fs::read_to_string(Path::new(env!("CARGO_TARGET_TMPDIR")).join("population/rejects/fejl.csv"))
            .unwrap();
    insta::with_settings!({ snapshot_path => "population", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("rejects", rejects);
    });
}

#[test]
fn json_lines_are_read_and_told_line_by_line() {
    let text = concat!(
        "{\"id\": 7, \"dato\": \"2016-03-01\", \"alder\": 24, \"ydelse\": \"kontanthjælp\", \"syg\": true, \"formue\": 60000.5}\n",
        "\n",
        "{\"id\": \"x\\\"y\", \"dato\": \"2016-03-01\", \"alder\": null, \"ydelse\": 2.10}\n",
        "{\"id\": 8, \"dato\": \"2016-03-01\"\n",
        "{\"id\": 9, \"alder\": 3, \"alder\": 4}\n",
        "{\"id\": [1], \"dato\": \"2016-03-01\", \"alder\": 45, \"formue\": 0}",
    );
    let folder = folder("jsonl");
    fs::write(folder.join("b.jsonl"), text).unwrap();
    let (code, told) = run(
        &folder,
        "decide . --in Byen --population b.jsonl --out ud.jsonl --keep id --rejects fejl.csv --support bil",
    );
    assert_eq!(code, Some(1), "{told}");
    let page = fs::read_to_string(folder.join("ud.jsonl")).unwrap();
    assert_eq!(page, "{\"id\":7,\"bil\":\"modstrid\"}\n{\"id\":[1],\"bil\":\"uafklaret\"}\n", "{told}");
    let rejects = fs::read_to_string(folder.join("fejl.csv")).unwrap();
    let lines: Vec<&str> = rejects.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(lines, ["3", "4", "5"], "{rejects}");
}

#[test]
fn all_forms_and_any_number_of_threads_give_the_same() {
    let folder = folder("forms");
    let page = |file: &str| fs::read(folder.join(file)).unwrap();
    for form in ["csv", "jsonl", "parquet"] {
        let line = format!(
            "decide . --in Byen --generate 20000 --seed 7 --date 2016-03-01 --save b.{form} --out direkte.{form} --rules"
        );
        run(&folder, &line);
        for jobs in [1, 3] {
            let line = format!(
                "decide . --in Byen --population b.{form} --keep borger --out ud{jobs}.{form} --rules --jobs {jobs}"
            );
            let (code, told) = run(&folder, &line);
            assert!(code == Some(1) || code == Some(0), "{told}");
        }
        assert_eq!(page(&format!("ud1.{form}")), page(&format!("ud3.{form}")), "{form}");
        let line =
            format!("decide . --in Byen --population b.{form} --keep borger --out af-{form}.csv --rules");
        run(&folder, &line);
        assert_eq!(page(&format!("af-{form}.csv")), page("af-csv.csv"), "{form}");
        if form != "parquet" {
            // of Parquet the file also says that the citizens are made up
            assert_eq!(page(&format!("direkte.{form}")), page(&format!("ud1.{form}")), "{form}");
        }
    }
    let text = String::from_utf8(page("ud1.csv")).unwrap();
    let own = |at: usize| format!("syntetisk-{at:07},");
    assert!(
        text.lines().skip(1).enumerate().all(|(at, line)| line.starts_with(&own(at + 1))),
        "in their order"
    );
    assert_eq!(text.lines().count(), 20_001);
    // what is written as Parquet says the same as CSV
    let (_, _) = run(&folder, "decide . --in Byen --population b.csv --out igen.parquet --keep borger");
    let from_parquet = parquet_rows(&folder.join("ud1.parquet"));
    let from_csv: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
    assert_eq!(from_parquet, from_csv);
    for word in ["skal", "kan", "modstrid", "må ikke"] {
        assert!(text.contains(word), "{word}");
    }
}

/// The rows of a Parquet file as CSV has them.
fn parquet_rows(path: &Path) -> Vec<String> {
    use arrow_array::cast::AsArray;
    use arrow_array::{Array, types::Decimal128Type};
    let file = fs::File::open(path).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let mut rows = Vec::new();
    for batch in reader.build().unwrap() {
        let batch = batch.unwrap();
        for row in 0..batch.num_rows() {
            let cell = |array: &arrow_array::ArrayRef| {
                if array.is_null(row) {
                    return String::new();
                }
                match array.as_string_opt::<i32>() {
                    Some(words) => words.value(row).to_owned(),
                    None => {
                        let scaled = array.as_primitive::<Decimal128Type>();
                        let number = scaled.value(row) as f64 / 10_f64.powi(i32::from(scaled.scale()));
                        number.to_string()
                    }
                }
            };
            rows.push(batch.columns().iter().map(cell).collect::<Vec<_>>().join(","));
        }
    }
    rows
}

/// Words over and over, as Parquet keeps them, are read as if each stood there alone.
#[test]
fn words_in_parquet_are_read_as_in_csv() {
    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use std::sync::Arc;
    const ROWS: usize = 70_000;
    let folder = folder("words");
    let alder = ["24", "", " 52 ", "101 år", "år 3", "17"];
    let ydelse = ["su", "kontanthjælp", "", "2.10"];
    let columns: [(&str, Vec<String>); 5] = [
        ("borger", (0..ROWS).map(|row| format!("b{row}")).collect()),
        ("dato", vec!["2016-03-01".to_owned(); ROWS]),
        // what is no age stands in some parts of the file only
        (
            "alder",
            (0..ROWS).map(|row| alder[row / 7 % if row < 20_000 { 6 } else { 4 }].to_owned()).collect(),
        ),
        ("ydelse", (0..ROWS).map(|row| ydelse[row % 4].to_owned()).collect()),
        // more words than a block has rows
        ("formue", (0..ROWS).map(|row| format!("{}", row * 7 % 100_003)).collect()),
    ];
    let names = columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",");
    let rows = (0..ROWS).map(|row| columns.iter().map(|(_, all)| &*all[row]).collect::<Vec<_>>().join(","));
    let csv = format!("{names}\n{}\n", rows.collect::<Vec<_>>().join("\n"));
    fs::write(folder.join("b.csv"), csv).unwrap();
    let words = |all: &[String]| -> ArrayRef {
        let said = |word: &String| (!word.is_empty()).then(|| word.clone());
        Arc::new(all.iter().map(said).collect::<StringArray>())
    };
    let table = RecordBatch::try_from_iter(columns.iter().map(|(name, all)| (*name, words(all)))).unwrap();
    let file = fs::File::create(folder.join("b.parquet")).unwrap();
    let mut writer = parquet::arrow::ArrowWriter::try_new(file, table.schema(), None).unwrap();
    writer.write(&table).unwrap();
    writer.close().unwrap();
    for form in ["csv", "parquet"] {
        let line = format!(
            "decide . --in Byen --population b.{form} --keep borger --out ud-{form}.csv --rejects fejl-{form}.csv"
        );
        let (code, told) = run(&folder, &line);
        assert_eq!(code, Some(1), "{told}");
        run(&folder, &line.replace("csv --rejects", "parquet --rejects"));
    }
    let page = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    assert_eq!(page("ud-parquet.csv"), page("ud-csv.csv"));
    let decided: Vec<String> = page("ud-csv.csv").lines().skip(1).map(str::to_owned).collect();
    assert!(decided.len() > 1 << 16, "more than one group of rows");
    assert_eq!(parquet_rows(&folder.join("ud-parquet.parquet")), decided);
    // the rows of Parquet are told by their number, those of CSV by their line
    let told = |file: &str| -> Vec<String> {
        page(file).lines().map(|line| line.split_once(',').unwrap().1.to_owned()).collect()
    };
    assert_eq!(told("fejl-parquet.csv"), told("fejl-csv.csv"));
    assert!(told("fejl-csv.csv").len() > 1000);
}

#[test]
fn what_is_written_is_whole_or_not_there() {
    let folder = folder("whole");
    run(&folder, "decide . --in Byen --generate 3000 --date 2016-03-01 --save b.parquet");
    let whole = fs::read(folder.join("b.parquet")).unwrap();
    fs::write(folder.join("ud.csv"), "det gamle").unwrap();
    for (cut, name) in [(whole.len() / 2, "halv.parquet"), (4, "kort.parquet"), (0, "tom.parquet")] {
        fs::write(folder.join(name), &whole[..cut]).unwrap();
        let (code, told) = run(&folder, &format!("decide . --in Byen --population {name} --out ud.csv"));
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains("kan ikke læses som Parquet"), "{told}");
    }
    // damage in the middle is found when that is read
    let mut broken = whole.clone();
    let half = broken.len() / 2;
    broken[40..half].fill(0xff);
    fs::write(folder.join("brudt.parquet"), broken).unwrap();
    let (code, told) =
        run(&folder, "decide . --in Byen --population brudt.parquet --out ud.csv --keep borger");
    assert_eq!(code, Some(2), "{told}");
    assert_eq!(fs::read_to_string(folder.join("ud.csv")).unwrap(), "det gamle");
    let cases = [
        ("decide . --in Byen --population b.parquet --out b.parquet", "nævnt to gange"),
        ("decide . --in Byen --population b.parquet", "skriv `--out FIL`"),
        ("decide . --in Byen --population b.parquet --out ud.xlsx", "ender hverken på"),
        ("decide . --in Byen --population b.parquet --out ud.csv --keep bogrer", "mente du `borger`?"),
        ("decide . --in Byen --population b.parquet --out ud.csv --why", "handler om én borger"),
        ("decide . --in Byen --population ingen.csv --out ud.csv", "der er ingen sådan fil"),
        ("decide . --in Byen --population b.parquet --out ingen/ud.csv", "kan ikke skrives"),
    ];
    for (line, said) in cases {
        let (code, told) = run(&folder, line);
        assert_eq!(code, Some(2), "{line}: {told}");
        assert!(told.contains(said), "{line}: {told}");
    }
    let left: Vec<String> = names(&folder).into_iter().filter(|name| name.contains(".new")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = folder("full");
    run(&folder, "decide . --in Byen --generate 3000 --date 2016-03-01 --save b.csv");
    let (code, told) = run(&folder, "decide . --in Byen --population b.csv --out /dev/full");
    assert_eq!(code, Some(2), "its name has no ending: {told}");
    std::os::unix::fs::symlink("/dev/full", folder.join("fuld.csv")).unwrap();
    let (code, told) = run(&folder, "decide . --in Byen --population b.csv --out fuld.csv");
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("kan ikke skrives"), "{told}");
}

#[test]
fn a_line_without_an_end_is_told_and_not_swallowed() {
    let mut text = CITIZENS.replace("\"Møller, A\"", "\"Møller, A").into_bytes();
    text.extend(b"5,2016-03-01,24,su,ja,0,E\n".repeat(800_000));
    let (code, told, _) = decided("huge", "b.csv", &text, "");
    assert_eq!(code, Some(2));
    assert!(told.contains("mangler der et anførselstegn?"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_memory_is_bounded_and_ctrl_c_leaves_nothing() {
    let folder = folder("stopped");
    let mut child =
        program(&folder, "decide . --in Byen --generate 100000000 --date 2016-03-01 --out ud.csv")
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
    let size = || -> u64 {
        let files = names(&folder).into_iter().filter(|name| name.contains(".new"));
        files.map(|name| fs::metadata(folder.join(name)).map_or(0, |file| file.len())).sum()
    };
    let begun = std::time::Instant::now();
    // some hundred thousand rows
    while size() < 20_000_000 && begun.elapsed().as_secs() < 300 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.split_whitespace().next().unwrap().parse().unwrap();
    assert!(peak < 400_000, "{peak} kB");
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(names(&folder), ["byen.hjemmel", "hjemmel.toml"]);
}

#[test]
fn impact_counts_what_is_decided() {
    let folder = folder("impact");
    fs::write(folder.join("b.csv"), CITIZENS).unwrap();
    let all = |format: &str| {
        let line = format!("impact . --in Byen --population b.csv --at-least 1 --format {format}");
        String::from_utf8(program(&folder, &line).output().unwrap().stdout).unwrap()
    };
    let json: serde_json::Value = serde_json::from_str(&all("json")).unwrap();
    let group = &json["all"];
    let support = |at: usize| &group["supports"][at]["decisions"];
    assert_eq!((&support(0)["modstrid"], &support(0)["skal"]), (&1.into(), &1.into()), "{json:#}");
    assert_eq!(
        (&support(1)["skal"], &support(1)["kan"], &support(1)["uafklaret"]),
        (&1.into(), &1.into(), &2.into())
    );
    // hours: due 1,5 to 3 (citizen 1), may 1 to 2 (citizen 2); the price has an upper line alone
    assert_eq!(
        (&group["sums"][1]["due"]["least"], &group["sums"][1]["due"]["greatest"]),
        (&1.5.into(), &3.0.into())
    );
    assert_eq!(
        (&group["sums"][1]["may"]["least"], &group["sums"][1]["may"]["greatest"]),
        (&1.0.into(), &2.0.into())
    );
    assert_eq!(
        (&group["sums"][0]["due"]["least"], &group["sums"][0]["due"]["greatest"]),
        (&0.0.into(), &500.0.into())
    );
    let departments = &json["groupings"][0]["groups"];
    assert_eq!(departments[0]["group"], "Ungeafdelingen");
    assert_eq!((&departments[0]["citizens"], &departments[1]["citizens"]), (&2.into(), &1.into()));
    assert_eq!(departments[2]["group"], "afdelingen kendes ikke");
    for format in ["text", "markdown", "csv", "svg"] {
        let page = all(format);
        assert!(!page.contains("Møller"), "{page}");
        let line = format!("impact . --in Byen --generate 5000 --seed 3 --date 2016-03-01 --format {format}");
        let page = String::from_utf8(program(&folder, &line).output().unwrap().stdout).unwrap();
        insta::with_settings!({ snapshot_path => "population", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("impact-{format}"), page);
        });
    }
    // four citizens are few: nothing about them is told
    let line = "impact . --in Byen --population b.csv --format csv";
    let page = String::from_utf8(program(&folder, line).output().unwrap().stdout).unwrap();
    assert!(page.lines().skip(1).all(|line| line.ends_with(",<5")), "{page}");
}
