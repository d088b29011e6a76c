//! The prose of a text as pieces of a page. Markup that stands in it is words like all others; nothing is fetched.

use super::html::Html;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A piece of a text, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// its level in the text, and its words
    Heading {
        level: usize,
        words: String,
    },
    Prose(Html),
    /// a fence tagged `hjemmel`: the bytes inside
    Policy(Range<usize>),
}

/// Reads prose. `place` says where a link to another text leads, if anywhere.
pub(super) fn pieces(text: &str, place: &dyn Fn(&str) -> Option<String>) -> Vec<Piece> {
    let mut reader = Reader { pieces: Vec::new(), open: Vec::new(), policies: Vec::new(), place };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.pieces
}

/// An element that is not closed yet.
struct Open<'a> {
    tag: Tag<'a>,
    inner: Html,
    words: String,
    /// a policy: what stands in it is read elsewhere
    is_policy: bool,
}

struct Reader<'a, 'p> {
    pieces: Vec<Piece>,
    open: Vec<Open<'a>>,
    /// policies inside a list or a quotation come right behind it
    policies: Vec<Range<usize>>,
    place: &'p dyn Fn(&str) -> Option<String>,
}

impl<'a> Reader<'a, '_> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                let is_policy = is_policy(&tag);
                if is_policy {
                    self.policies.push(range);
                }
                self.open.push(Open { tag, inner: Html::default(), words: String::new(), is_policy });
            }
            Event::End(end) => self.end(end),
            Event::Text(words) => self.words(&words),
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.put(&Html::element("code", &[], &Html::text(&words)), &words);
            }
            Event::Html(words) | Event::InlineHtml(words) if words.trim_start().starts_with("<!--") => {}
            Event::Html(words) | Event::InlineHtml(words) => self.words(&words),
            Event::SoftBreak => self.words("\n"),
            Event::HardBreak => {
                let mut line = Html::default();
                line.open("br", &[]);
                self.put(&line, " ");
            }
            Event::Rule => {
                let mut line = Html::default();
                line.open("hr", &[]);
                self.put(&line, "");
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn words(&mut self, words: &str) {
        self.put(&Html::text(words), words);
    }

    fn put(&mut self, html: &Html, words: &str) {
        match self.open.last_mut() {
            Some(open) => {
                open.inner.push(html);
                open.words.push_str(words);
            }
            None => self.pieces.push(Piece::Prose(html.clone())),
        }
    }

    fn end(&mut self, _end: TagEnd) {
        let Some(closed) = self.open.pop() else { return };
        let is_outermost = self.open.is_empty();
        match closed.tag {
            Tag::Heading { level, .. } if is_outermost => {
                self.pieces.push(Piece::Heading { level: depth(level), words: closed.words });
            }
            _ if closed.is_policy => {}
            _ => {
                let (html, words) = (self.element(&closed), closed.words);
                if !html.is_empty() {
                    self.put(&html, &words);
                }
            }
        }
        if is_outermost {
            self.pieces.extend(self.policies.drain(..).map(Piece::Policy));
        }
    }

    fn element(&self, closed: &Open<'_>) -> Html {
        let inner = &closed.inner;
        let in_head = self.open.last().is_some_and(|open| matches!(open.tag, Tag::TableHead));
        let name = match &closed.tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock => "p",
            Tag::BlockQuote(_) => "blockquote",
            Tag::CodeBlock(_) => {
                return Html::element("pre", &[], &Html::element("code", &[], inner));
            }
            Tag::List(None) => "ul",
            Tag::List(Some(1)) => "ol",
            Tag::List(Some(first)) => {
                return Html::element("ol", &[("start", &first.to_string())], inner);
            }
            Tag::Item => "li",
            Tag::Table(_) => {
                let table = Html::element("table", &[], inner);
                return Html::element("div", &[("class", "scroll"), ("tabindex", "0")], &table);
            }
            Tag::TableHead => {
                return Html::element("thead", &[], &Html::element("tr", &[], inner));
            }
            Tag::TableRow => "tr",
            Tag::TableCell if in_head && !inner.is_empty() => {
                return Html::element("th", &[("scope", "col")], inner);
            }
            Tag::TableCell => "td",
            Tag::Emphasis => "em",
            Tag::Strong => "strong",
            Tag::Strikethrough => "s",
            Tag::Link { dest_url, .. } => {
                let href = (self.place)(dest_url);
                return href.map_or_else(|| inner.clone(), |href| Html::link(&href, inner));
            }
            _ => return inner.clone(),
        };
        if inner.is_empty() && name == "p" {
            return Html::default();
        }
        Html::element(name, &[], inner)
    }
}

fn is_policy(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => info.split([' ', '\t', ',']).next() == Some("hjemmel"),
        _ => false,
    }
}

fn depth(level: HeadingLevel) -> usize {
    level as usize
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn html(text: &str) -> String {
        let told = pieces(text, &|href| href.starts_with("https://").then(|| href.to_owned()));
        told.iter().map(|piece| format!("{piece:?}\n")).collect()
    }

    #[test]
    fn markup_in_prose_is_words() {
        let told = html("Hej <script>alert(1)</script> **du**\n\n<div onclick=\"x\">\n\n<!-- skjult -->\n");
        assert!(told.contains("&lt;script&gt;") && told.contains("<strong>du</strong>"), "{told}");
        assert!(!told.contains("<script") && !told.contains("<div") && !told.contains("skjult"), "{told}");
    }

    #[test]
    fn only_what_leads_somewhere_is_a_link() {
        let told = html("[a](javascript:alert(1)) [b](https://retsinformation.dk) ![c](https://x.dk/y.png)");
        assert!(!told.contains("javascript") && !told.contains("<img"), "{told}");
        assert!(told.contains("retsinformation"), "{told}");
    }

    #[test]
    fn a_policy_in_a_list_comes_behind_it() {
        let text = "- et\n\n  ```hjemmel\n  art a\n  ```\n\n# Videre\n";
        let told = pieces(text, &|_| None);
        assert!(
            matches!(told.as_slice(), [Piece::Prose(_), Piece::Policy(_), Piece::Heading { .. }]),
            "{told:?}"
        );
    }
}
