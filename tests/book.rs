//! The book: every page is whole, every way in it leads somewhere, no word of a policy becomes markup.

mod folder;
mod page;

use hjemmel::{Book, BookAsked, Lang, Options, SourceFile, Workspace};
use page::Page;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

fn made(files: Vec<SourceFile>, lang: Lang) -> Book {
    let workspace = Workspace::new(files, Options::default());
    let checked = workspace.check();
    workspace.book(&checked, BookAsked::new(lang)).unwrap()
}

/// The book of the policies in a language, made once for all tests.
fn of_policies(lang: Lang) -> &'static Book {
    static BOOKS: [OnceLock<Book>; 2] = [OnceLock::new(), OnceLock::new()];
    BOOKS[usize::from(lang == Lang::En)].get_or_init(|| made(texts("policies"), lang))
}

/// The texts below a folder of the repository.
fn texts(folder: &str) -> Vec<SourceFile> {
    fn walk(at: &Path, found: &mut Vec<SourceFile>) {
        for entry in fs::read_dir(at).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.to_string_lossy().ends_with(".hjemmel.md")
                || path.extension().is_some_and(|ending| ending == "hjemmel")
            {
                let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
                let name = name.to_string_lossy().replace('\\', "/");
                found.push(SourceFile::new(name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    found
}

fn read(book: &Book) -> BTreeMap<&str, Page> {
    let pages = book.files.iter().filter(|file| file.path.ends_with(".html"));
    pages.map(|file| (file.path.as_str(), Page::read(&file.path, &file.text))).collect()
}

/// Where a link on a page leads: a file of the book and a place in it.
fn target(page: &str, href: &str) -> (String, String) {
    let (path, place) = href.split_once('#').unwrap_or((href, ""));
    if path.is_empty() {
        return (page.to_owned(), place.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop().unwrap_or_else(|| panic!("{page}: `{href}` leads out of the book"));
            }
            other => parts.push(other),
        }
    }
    (parts.join("/"), place.to_owned())
}

/// Every page is well formed, has one heading of the first level and none too deep; every link leads somewhere.
fn assert_whole(book: &Book) {
    let pages = read(book);
    let files: BTreeSet<&str> = book.files.iter().map(|file| file.path.as_str()).collect();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        broken.extend(page.problems.iter().map(|problem| format!("{path}: {problem}")));
        for href in &page.links {
            if href.starts_with("https://")
                || href.starts_with("http://")
                || href.starts_with("mailto:")
                || href == "data:,"
            {
                continue;
            }
            let (to, place) = target(path, href);
            let leads = match pages.get(to.as_str()) {
                Some(page) => place.is_empty() || page.ids.contains(&place),
                None => files.contains(to.as_str()),
            };
            if !leads {
                broken.push(format!("{path}: `{href}` leads nowhere"));
            }
        }
        for source in &page.fetched {
            let (to, _) = target(path, source);
            if !files.contains(to.as_str()) && source != "data:," {
                broken.push(format!("{path}: `{source}` is not in the book"));
            }
        }
    }
    for href in hits(book) {
        let (to, place) = target("index.html", &href);
        if !pages.get(to.as_str()).is_some_and(|page| place.is_empty() || page.ids.contains(&place)) {
            broken.push(format!("soeg-indeks.js: `{href}` leads nowhere"));
        }
    }
    broken.truncate(40);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// Where the entries of the search lead.
fn hits(book: &Book) -> Vec<String> {
    let index = book.files.iter().find(|file| file.path == "soeg-indeks.js").unwrap();
    let rows = index.text.lines().filter(|line| line.starts_with('['));
    let rows =
        rows.map(|line| serde_json::from_str::<serde_json::Value>(line.trim_end_matches(',')).unwrap());
    rows.map(|row| row[2].as_str().unwrap().to_owned()).collect()
}

fn text_of<'a>(book: &'a Book, path: &str) -> &'a str {
    let file = book.files.iter().find(|file| file.path == path);
    file.map(|file| file.text.as_str()).unwrap_or_else(|| panic!("no `{path}`"))
}

#[test]
fn the_book_of_the_policies_is_whole_in_both_languages() {
    for lang in [Lang::Da, Lang::En] {
        let book = of_policies(lang);
        assert_whole(book);
        for path in [
            "index.html",
            "steder/slagelse.html",
            "dokumenter/kommuner-slagelse.html",
            "figurer/slagelse-social-mentor.svg",
        ] {
            text_of(book, path);
        }
        let word = if lang == Lang::Da { "lang=\"da\"" } else { "lang=\"en\"" };
        assert!(text_of(book, "index.html").contains(word));
        let rules = Workspace::new(texts("policies"), Options::default());
        let rules = rules.check().findings.len();
        let told = book.files.iter().filter(|file| file.path.ends_with(".html"));
        let told: usize = told.map(|file| file.text.matches("<article class=\"finding ").count()).sum();
        assert!(told >= rules, "each finding is told in full somewhere: {told} of {rules}");
    }
}

#[test]
fn every_construct_of_the_language_is_shown() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for entry in fs::read_dir(examples).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert_whole(&made(texts(&format!("examples/{name}")), Lang::En));
    }
}

#[test]
fn texts_with_errors_have_a_book_too() {
    for folder in ["tests/cases/syntax", "tests/cases/checks/unknown-name", "tests/cases/checks/cycle"] {
        for text in texts(folder) {
            assert_whole(&made(vec![text], Lang::Da));
        }
    }
}

#[test]
fn a_book_of_nothing_can_be_opened() {
    assert_whole(&made(vec![SourceFile::new("tom.hjemmel", "")], Lang::Da));
    assert_whole(&made(vec![SourceFile::new("tom.hjemmel.md", "# Kun ord\n\nIngen regler.\n")], Lang::En));
}

/// Everything that can be written by hand, with markup in it.
const HOSTILE: &str = r#"# Hej <script>alert("prosa")</script> & <b onmouseover="x()">fed</b>

<img src="x" onerror="alert(1)"> [her](javascript:alert(2)) ![billede](https://example.org/x.png)

```hjemmel
lov LAB "Lov <script>alert(3)</script>" {
    udgave "LBK \"><script>" eli "javascript:alert(4)" gyldig fra 2014-01-01
    paragraf § 1 "<script>alert(5)</script>"
}
kommune Byen "Byen <script>alert(6)</script>" { vedtaget 2015-01-01 af "<script>" omfatter alder under 3: hjælp }
oplysning alder "Alder <script>": tal 0-5
oplysning farve "Farve" { rød "<script>alert(7)</script>" blå }
art hjælp "Hjælp <script>"
støtte a-b "A </title><script>alert(8)</script>": hjælp
vilkår timer "Timer <script>": tal 0-9
# en bemærkning <script>alert(9)</script>
regel r1 "Regel <script>alert(10)</script>" {
    hjemmel LAB § 1
    når farve er rød
    kan give a-b med timer 2
    fordi "<script>alert(11)</script>"
    tolkning "</pre></details><script>alert(12)</script>"
}
eksempel "Eksempel <script>alert(13)</script>" { i Byen givet farve er blå så ikke a-b }
```
"#;

#[test]
fn no_word_of_a_policy_is_markup() {
    for lang in [Lang::Da, Lang::En] {
        let book = made(vec![SourceFile::new("<script>.hjemmel.md", HOSTILE)], lang);
        assert_whole(&book);
        for file in book.files.iter().filter(|file| file.path.ends_with(".html")) {
            let scripts = file.text.matches("<script").count();
            let own = file.text.matches("<script src=\"").count();
            assert_eq!(scripts, own, "{}", file.path);
            for word in ["javascript:", "onerror=\"", "onmouseover=\"", "<img src=\"x", "example.org"] {
                let raw = file.text.replace("&quot;", "");
                let in_markup = raw.split('<').skip(1).filter_map(|rest| rest.split('>').next());
                let found = in_markup.into_iter().any(|tag| tag.contains(word));
                assert!(!found, "{}: `{word}` stands in a tag", file.path);
            }
        }
        for file in book.files.iter().filter(|file| file.path.ends_with(".svg")) {
            assert!(!file.text.contains("<script"), "{}", file.path);
        }
    }
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    let book = of_policies(Lang::Da);
    for (path, page) in read(book) {
        for source in &page.fetched {
            assert!(!source.contains("//"), "{path}: fetches `{source}`");
        }
    }
    for file in &book.files {
        let is_code =
            file.path.ends_with(".css") || file.path.ends_with("soeg.js") || file.path.ends_with("bog.js");
        if is_code {
            for word in
                ["http:", "https:", "url(", "@import", "fetch(", "XMLHttpRequest", "innerHTML", "eval("]
            {
                assert!(!file.text.contains(word), "{}: `{word}`", file.path);
            }
        }
    }
}

#[test]
fn words_lead_to_where_they_are_explained() {
    let book = of_policies(Lang::Da);
    let document = text_of(book, "dokumenter/kommuner-slagelse.html");
    let page = Page::read("kommuner-slagelse", document);
    for link in [
        "../ordliste.html#oplysning-alder",
        "../ordliste.html#begreb-kan-ikke-deltage",
        "../stoetter/udskrivningskoordinator.html",
        "../paragraffer.html#lab-31-b-stk-2",
        "../kontroller.html#undercut",
        "../dokumenter/kommuner-slagelse.html#regel-unge-s7",
    ] {
        assert!(page.links.iter().any(|one| one == link), "the table leads to {link}");
    }
    let leads =
        |page: &str, to: &str| Page::read(page, text_of(book, page)).links.iter().any(|link| link == to);
    assert!(leads("paragraffer.html", "dokumenter/kommuner-slagelse.html#regel-unge-s7"));
    assert!(leads("ordliste.html", "dokumenter/kommuner-slagelse.html#regel-unge-s1"));
}

#[test]
fn a_text_is_found_under_the_same_address_however_it_was_asked_for() {
    let with = |folder: &str| {
        let named = |file: SourceFile| SourceFile::new(file.name.replacen("policies", folder, 1), file.text);
        made(texts("policies").into_iter().map(named).collect(), Lang::Da)
    };
    let (one, other) = (with("policies"), with("/home/jens/../regler"));
    assert_eq!(one.files, other.files);
}
