//! The frame every page stands in, and the templates.

use super::addresses::{
    CHECKS, DOCUMENTS, EXAMPLES, FINDINGS, FRONT, GLOSSARY, PARAGRAPHS, SEARCH, SUPPORTS,
};
use super::view::Contents;
use super::words;
use crate::ground::{Lang, Text, text};
use minijinja::{Environment, UndefinedBehavior, Value, context};
use serde::Serialize;

const TEMPLATES: [(&str, &str); 12] = [
    ("base.html", include_str!("templates/base.html")),
    ("parts.html", include_str!("templates/parts.html")),
    ("front.html", include_str!("templates/front.html")),
    ("documents.html", include_str!("templates/documents.html")),
    ("document.html", include_str!("templates/document.html")),
    ("place.html", include_str!("templates/place.html")),
    ("supports.html", include_str!("templates/supports.html")),
    ("support.html", include_str!("templates/support.html")),
    ("paragraphs.html", include_str!("templates/paragraphs.html")),
    ("glossary.html", include_str!("templates/glossary.html")),
    ("lists.html", include_str!("templates/lists.html")),
    ("search.html", include_str!("templates/search.html")),
];

/// What all pages of a book share.
pub(super) struct Frame {
    templates: Environment<'static>,
    lang: Lang,
    title: String,
}

/// One page to be written.
pub(super) struct Page<'a> {
    pub path: &'a str,
    pub template: &'static str,
    pub title: &'a str,
    pub contents: &'a [Contents],
    pub body: Value,
}

#[derive(Serialize)]
struct Entry {
    href: String,
    words: String,
    /// `page`: this very page; `true`: a page below it; empty: neither
    current: &'static str,
}

impl Frame {
    pub(super) fn new(lang: Lang, title: String, window: &Text) -> Result<Self, Text> {
        let mut templates = Environment::new();
        templates.set_trim_blocks(true);
        templates.set_lstrip_blocks(true);
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, text) in TEMPLATES {
            templates.add_template(name, text).map_err(|error| unwritten(name, &error))?;
        }
        let mut said = words::of_templates(lang);
        if let Some(made) = said.get_mut("made") {
            *made =
                made.replace("{version}", env!("CARGO_PKG_VERSION")).replace("{window}", window.get(lang));
        }
        templates.add_global("t", Value::from_serialize(&said));
        templates.add_global("lang", if lang == Lang::Da { "da" } else { "en" });
        Ok(Frame { templates, lang, title })
    }

    pub(super) fn page(&self, page: &Page<'_>) -> Result<String, Text> {
        let root = root(page.path);
        let template = self.templates.get_template(page.template).map_err(|e| unwritten(page.path, &e))?;
        let context = context! {
            root,
            book => &self.title,
            title => page.title,
            is_front => page.path == FRONT,
            is_search => page.path == SEARCH,
            nav => self.navigation(page.path, root),
            search => format!("{root}{SEARCH}"),
            front => format!("{root}{FRONT}"),
            contents => page.contents,
            ..page.body.clone()
        };
        let mut html = template.render(context).map_err(|error| unwritten(page.path, &error))?;
        html.push('\n');
        Ok(html)
    }

    fn navigation(&self, path: &str, root: &str) -> Vec<Entry> {
        let entry = |page: &str, below: &str, words: Text| Entry {
            href: format!("{root}{page}"),
            words: words.get(self.lang).to_owned(),
            current: match path {
                path if path == page => "page",
                path if !below.is_empty() && path.starts_with(below) => "true",
                _ => "",
            },
        };
        vec![
            entry(FRONT, "steder/", text!(en: "Overview", da: "Overblik")),
            entry(DOCUMENTS, "dokumenter/", text!(en: "Documents", da: "Dokumenter")),
            entry(SUPPORTS, "stoetter/", text!(en: "Supports", da: "Støtter")),
            entry(PARAGRAPHS, "", text!(en: "Paragraphs", da: "Paragraffer")),
            entry(GLOSSARY, "", text!(en: "Glossary", da: "Ordliste")),
            entry(FINDINGS, "", text!(en: "Findings", da: "Fund")),
            entry(EXAMPLES, "", text!(en: "Examples", da: "Eksempler")),
            entry(CHECKS, "", text!(en: "Checks", da: "Kontroller")),
        ]
    }
}

/// The way from a page to the front page.
pub(super) fn root(path: &str) -> &'static str {
    if path.contains('/') { "../" } else { "" }
}

/// A template that does not fit what it is given: a bug, told with its place.
fn unwritten(page: &str, error: &minijinja::Error) -> Text {
    let error = format!("{error:#}");
    text!(en: "the page `{page}` could not be written: {error}", da: "siden `{page}` kunne ikke skrives: {error}")
}
