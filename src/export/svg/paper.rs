//! A drawing as it grows: shapes and words, and how wide words are.

use crate::ground::Lang;

/// Letters of any browser; the widths below are those of the widest of them.
const LETTERS: &str = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/// How wide words come out at most. No font is asked: the drawing is the same everywhere.
pub(in crate::export) fn width_of(words: &str, size: f64, bold: bool) -> f64 {
    let em: f64 = words.chars().map(letter).sum();
    em * size * if bold { 1.08 } else { 1.0 }
}

fn letter(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '|' | '\'' | '.' | ',' | ':' | ';' | '!' => 0.31,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | '"' | '`' => 0.39,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | 'æ' | 'Æ' | '…' | '→' | '–' => 0.92,
        'a'..='z' | 'ø' | 'å' | 'é' | '§' => 0.59,
        'A'..='Z' | 'Ø' | 'Å' => 0.73,
        '0'..='9' | '*' | '·' => 0.6,
        other if other.is_ascii() => 0.7,
        _ => 1.0,
    }
}

/// Words at a place.
#[derive(Clone, Copy, Debug)]
pub(in crate::export) struct Pen {
    pub size: f64,
    pub bold: bool,
    pub color: &'static str,
    /// whether the place is the middle of the words, and not their beginning
    pub middle: bool,
}

/// A drawing.
#[derive(Debug, Default)]
pub(in crate::export) struct Paper {
    body: String,
}

impl Paper {
    /// One line of words; `y` is its baseline.
    pub(in crate::export) fn words(&mut self, x: f64, y: f64, pen: Pen, words: &str) {
        let anchor = if pen.middle { " text-anchor=\"middle\"" } else { "" };
        let weight = if pen.bold { " font-weight=\"bold\"" } else { "" };
        self.body.push_str(&format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{anchor}{weight}>{}</text>\n",
            number(x),
            number(y),
            number(pen.size),
            pen.color,
            escaped(words)
        ));
    }

    /// One line of words that rises by 45 degrees from its beginning.
    pub(in crate::export) fn leaning(&mut self, x: f64, y: f64, pen: Pen, words: &str) {
        let (x, y) = (number(x), number(y));
        self.body.push_str(&format!("<g transform=\"translate({x} {y}) rotate(-45)\">\n"));
        self.words(0.0, 0.0, pen, words);
        self.body.push_str("</g>\n");
    }

    /// A rectangle by its upper left corner, with the attributes of its look.
    pub(in crate::export) fn rectangle(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        look: &str,
    ) {
        self.body.push_str(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {look}/>\n",
            number(x),
            number(y),
            number(width),
            number(height)
        ));
    }

    /// A line that bends softly at its inner points (a quadratic curve from middle to middle).
    pub(in crate::export) fn curve(&mut self, points: &[(f64, f64)], look: &str) {
        let at = |(x, y): (f64, f64)| format!("{} {}", number(x), number(y));
        let [first, inner @ .., last] = points else { return };
        let mut way = format!("M{}", at(*first));
        for (index, point) in inner.iter().enumerate() {
            let next = inner.get(index + 1);
            let end = next.map_or(*last, |next| ((point.0 + next.0) / 2.0, (point.1 + next.1) / 2.0));
            way.push_str(&format!(" Q{} {}", at(*point), at(end)));
        }
        if inner.is_empty() {
            way.push_str(&format!(" L{}", at(*last)));
        }
        self.body.push_str(&format!("<path d=\"{way}\" {look}/>\n"));
    }

    /// The whole drawing on white, as wide and as high as given.
    pub(in crate::export) fn page(
        self,
        size: (f64, f64),
        lang: Lang,
        title: &str,
        description: &str,
    ) -> String {
        let (width, height) = (number(size.0.ceil()), number(size.1.ceil()));
        let lang = if lang == Lang::Da { "da" } else { "en" };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title description\" xml:lang=\"{lang}\" \
             font-family=\"{LETTERS}\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n\
             <defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" \
             markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"#444444\"/></marker></defs>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escaped(title),
            escaped(description),
            self.body
        )
    }
}

/// With at most one decimal, and none where it is 0.
fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

/// Letters as XML has them.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            control if control.is_control() => text.push(' '),
            other => text.push(other),
        }
    }
    text
}
