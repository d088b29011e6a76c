//! Graphs and overviews from the outside: what each form promises, on the real policies.

use hjemmel::export::{graph_formats, matrix_formats};
use hjemmel::{Asked, Graph, Lang, MatrixAsked, Options, SourceFile, Window, Workspace, day_of};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|path| path.to_str().unwrap().ends_with(".hjemmel.md")).collect()
}

/// The policies, on the days that their hjemmel.toml says.
pub(crate) fn policies() -> Workspace {
    let read = |path: &PathBuf| SourceFile::new(path.to_str().unwrap(), fs::read_to_string(path).unwrap());
    let mut options = Options::default();
    options.window = Some(Window { from: day_of(2015, 8, 24).unwrap(), to: day_of(2019, 12, 31).unwrap() });
    Workspace::new(files(Path::new("policies")).iter().map(read).collect(), options)
}

fn written(graph: &Graph, form: &str, lang: Lang) -> String {
    let form = graph_formats().iter().find(|format| format.name == form).unwrap();
    (form.render)(graph, lang, 80)
}

/// Every graph a reader of Slagelse would ask for.
fn graphs() -> &'static [Graph] {
    static GRAPHS: OnceLock<Vec<Graph>> = OnceLock::new();
    GRAPHS.get_or_init(drawn)
}

fn drawn() -> Vec<Graph> {
    let workspace = policies();
    let slagelse = Asked { municipality: Some("Slagelse"), ..Asked::default() };
    let supports = ["studiestartskoordinator", "ret-og-pligtmentor", "udskrivningskoordinator"];
    let asked = supports.map(|support| Asked { support: Some(support), ..slagelse });
    let on = ["LAB § 31 b", "alder", "Slagelse.unge.s7"].map(|thing| Asked { on: Some(thing), ..slagelse });
    let all = asked.into_iter().chain(on).chain([slagelse, Asked::default()]);
    all.map(|asked| workspace.graph(asked).unwrap()).collect()
}

/// Where a page does not have the shape of `docs/graph.schema.json`.
fn broken_promises(page: &str) -> Vec<String> {
    let schema = serde_json::from_str(&fs::read_to_string("docs/graph.schema.json").unwrap()).unwrap();
    let page = serde_json::from_str(page).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    schema.iter_errors(&page).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_json_has_the_documented_shape() {
    for graph in graphs() {
        let page = written(graph, "json", Lang::Da);
        assert_eq!(broken_promises(&page), Vec::<String>::new());
    }
    let wrong = written(&graphs()[0], "json", Lang::Da).replace("\"label\"", "\"words\"");
    assert!(!broken_promises(&wrong).is_empty(), "the schema is closed");
}

#[test]
fn a_graph_is_the_same_each_time() {
    for (one, other) in graphs().iter().zip(&drawn()) {
        for format in graph_formats() {
            assert_eq!(written(one, format.name, Lang::Da), written(other, format.name, Lang::Da));
        }
    }
}

#[test]
fn text_fits_the_page() {
    for line in graphs().iter().flat_map(|graph| {
        let page = written(graph, "text", Lang::Da);
        page.lines().map(str::to_owned).collect::<Vec<_>>()
    }) {
        assert!(unicode_width::UnicodeWidthStr::width(line.as_str()) <= 80, "{line}");
    }
}

/// The numbers of an element's attributes.
fn attributes(element: &str, names: &[&str]) -> Option<Vec<f64>> {
    let number =
        |name: &&str| element.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?.parse::<f64>().ok();
    names.iter().map(number).collect()
}

#[test]
fn a_drawing_is_no_wider_than_a_screen_and_no_box_lies_on_another() {
    for graph in graphs().iter().take(6) {
        let page = written(graph, "svg", Lang::Da);
        let title = &graph.title.da;
        assert!(page.contains("<title id=") && page.contains("<desc id="), "{title}");
        let size = attributes(page.lines().next().unwrap(), &["width", "height"]).unwrap();
        assert!(size[0] <= 1920.0, "{title}: {} wide", size[0]);
        let is_box = |line: &&str| line.starts_with("<rect x=") && line.contains("stroke=");
        let boxes: Vec<Vec<f64>> = page
            .lines()
            .filter(is_box)
            .map(|line| attributes(line, &["x", "y", "width", "height"]).unwrap())
            .collect();
        assert!(boxes.len() >= 2, "{title}");
        for (at, one) in boxes.iter().enumerate() {
            assert!(one[0] >= 0.0 && one[0] + one[2] <= size[0] && one[1] + one[3] <= size[1], "{title}");
            for other in &boxes[at + 1..] {
                let apart = |from: usize, long: usize| {
                    one[from] + one[long] <= other[from] || other[from] + other[long] <= one[from]
                };
                assert!(apart(0, 2) || apart(1, 3), "{title}: {one:?} lies on {other:?}");
            }
        }
    }
}

#[test]
fn the_lost_figures_of_slagelse_are_drawn_anew() {
    let workspace = policies();
    for department in ["Ungeafdelingen", "Voksenafdelingen"] {
        let asked =
            MatrixAsked { municipality: "Slagelse", department: Some(department), ..MatrixAsked::default() };
        let matrix = workspace.matrix(asked).unwrap();
        for format in matrix_formats() {
            let page = (format.render)(&matrix, Lang::Da, 80);
            assert!(page.contains("skal") && page.contains("grå zone"), "{page}");
            if format.name == "text" {
                crate::snapshot(Path::new("tests/policies"), department, &page);
                let wide = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > 80;
                assert_eq!(page.lines().find(wide), None);
            }
        }
    }
}
