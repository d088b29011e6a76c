//! A piece of a page. Words are escaped when they are put in: no word of a policy becomes markup.

use minijinja::Value;
use serde::{Serialize, Serializer};

/// Markup that is well formed, with every word in it escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Html(String);

impl Html {
    /// Words.
    pub(super) fn text(words: &str) -> Self {
        let mut html = Html::default();
        html.push_text(words);
        html
    }

    /// `<name attributes>inner</name>`
    pub(super) fn element(name: &str, attributes: &[(&str, &str)], inner: &Html) -> Self {
        let mut html = Html::default();
        html.open(name, attributes);
        html.push(inner);
        html.close(name);
        html
    }

    /// `<a href>inner</a>`
    pub(super) fn link(href: &str, inner: &Html) -> Self {
        Html::element("a", &[("href", href)], inner)
    }

    /// A list: `<ul class><li>…`
    pub(super) fn list(class: &str, items: &[Html]) -> Self {
        let mut list = Html::default();
        for item in items {
            list.push(&Html::element("li", &[], item));
        }
        Html::element("ul", &[("class", class)], &list)
    }

    /// Pieces with the same words between them.
    pub(super) fn joined(pieces: &[Html], between: &str) -> Self {
        let mut html = Html::default();
        for (at, piece) in pieces.iter().enumerate() {
            if at > 0 {
                html.push_text(between);
            }
            html.push(piece);
        }
        html
    }

    pub(super) fn push(&mut self, other: &Html) {
        self.0.push_str(&other.0);
    }

    pub(super) fn push_text(&mut self, words: &str) {
        for letter in words.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\n' | '\t' => self.0.push(letter),
                unseen if unseen.is_control() || is_turning(unseen) => self.0.push('\u{FFFD}'),
                other => self.0.push(other),
            }
        }
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (key, value) in attributes {
            self.0.push(' ');
            self.0.push_str(key);
            self.0.push_str("=\"");
            self.push_text(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    pub(super) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// The words alone.
    pub(super) fn plain(&self) -> String {
        let mut words = String::new();
        let mut inside = false;
        for letter in self.0.chars() {
            match letter {
                '<' => {
                    inside = true;
                    // two elements are two words
                    words.push(if words.ends_with([' ', '(']) { '\0' } else { ' ' });
                }
                '>' if inside => inside = false,
                _ if inside => {}
                letter => words.push(letter),
            }
        }
        let words: String = words.replace('\0', "");
        let words =
            words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Letters that would turn the direction of what stands behind them.
fn is_turning(letter: char) -> bool {
    matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}
