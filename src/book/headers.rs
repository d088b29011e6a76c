//! Headers: who speaks, since when, on which editions, and what is promised.

use super::addresses::Sort;
use super::html::Html;
use super::items::{Draft, Items};
use super::phrases::cited;
use super::view::Row;
use super::words::{self, Label};
use crate::ground::{Text, date_in_words, text};
use crate::syntax::ast::{Complaint, Edition, Module, ModuleKind, Name, Paragraph};

pub(super) fn module(items: &Items<'_>, module: &Module) -> Draft {
    let mut rows = Vec::new();
    if let Some(guiding) = module.guiding {
        let words = match guiding {
            true => text!(en: "guiding", da: "vejledende"),
            false => text!(en: "binding", da: "bindende"),
        };
        rows.push(items.row(Label::Status, items.phrases.say(&words)));
    }
    rows.extend(adopted(items, module));
    if let Some(revised) = module.revised {
        rows.push(items.row(Label::Revised, items.phrases.say(&date_in_words(revised.day))));
    }
    if let Some(valid) = &module.valid {
        rows.push(items.row(Label::Valid, items.phrases.period(valid)));
    }
    if !module.applies_in.is_empty() {
        rows.push(items.row(Label::Places, modules(items, &module.applies_in)));
    }
    if let Some(scope) = &module.scope {
        let kinds: Vec<&str> = scope.kinds.iter().map(|kind| kind.text.as_str()).collect();
        let mut html = items.phrases.words(Sort::Support, &kinds);
        html.push(&items.phrases.say(&text!(en: " when ", da: ", når ")));
        html.push(&items.phrases.condition(&scope.condition));
        rows.push(items.row(Label::Promises, html));
    }
    if !module.editions.is_empty() {
        let editions: Vec<Html> = module.editions.iter().map(|one| edition(items, one)).collect();
        rows.push(items.row(Label::Editions, Html::list("values", &editions)));
    }
    if !module.paragraphs.is_empty() {
        let one = |paragraph: &Paragraph| self::paragraph(items, &module.name.text, paragraph);
        let all: Vec<Html> = module.paragraphs.iter().map(one).collect();
        rows.push(items.row(Label::Paragraphs, Html::list("values", &all)));
    }
    if let Some(complaint) = &module.complaint {
        rows.push(items.row(Label::Complaint, self::complaint(items, complaint)));
    }
    let known = items.phrases.model.modules.iter().find(|known| known.name == module.name.text);
    let title = known.map(|known| known.title.as_str()).filter(|title| !title.is_empty());
    Draft {
        sort: words::module_kind(module.kind),
        title: items.phrases.danish(title.unwrap_or(&module.name.text)),
        name: module.name.text.clone(),
        rows,
        effects: overview(items, module).into_iter().collect(),
        ..Draft::default()
    }
}

/// The way to the overview of one who decides.
fn overview(items: &Items<'_>, module: &Module) -> Option<Html> {
    let is_decided = matches!(module.kind, ModuleKind::Municipality | ModuleKind::Institution);
    let address = items.phrases.addresses.place(&module.name.text).filter(|_| is_decided)?;
    let words = items.phrases.say(&text!(en: "Overview: who gets what", da: "Overblik: hvem får hvad"));
    Some(Html::link(&items.phrases.href(address), &words))
}

fn adopted(items: &Items<'_>, module: &Module) -> Option<Row> {
    let mut html = items.phrases.say(&date_in_words(module.adopted?.day));
    if let Some(by) = &module.adopted_by {
        html.push(&items.phrases.say(&text!(en: " by ", da: " af ")));
        html.push(&items.phrases.danish(&by.text));
    }
    Some(items.row(Label::Adopted, html))
}

fn modules(items: &Items<'_>, names: &[Name]) -> Html {
    let one = |name: &Name| items.phrases.leading(items.phrases.addresses.module(&name.text), &name.text);
    Html::joined(&names.iter().map(one).collect::<Vec<_>>(), ", ")
}

fn edition(items: &Items<'_>, edition: &Edition) -> Html {
    let mut html = items.phrases.danish(&edition.title.text);
    if let Some(valid) = &edition.valid {
        html.push_text(", ");
        html.push(&items.phrases.period(valid));
    }
    html
}

fn paragraph(items: &Items<'_>, module: &str, paragraph: &Paragraph) -> Html {
    let name = paragraph.provision.to_string();
    let address = items.phrases.addresses.provision(&format!("{module} {name}"));
    let mut html = items.phrases.leading(address, &name);
    if let Some(title) = &paragraph.title {
        html.push_text(" ");
        html.push(&items.phrases.danish(&title.text));
    }
    if let Some(successor) = &paragraph.successor {
        html.push(&items.phrases.say(&text!(en: ", replaced by ", da: ", afløses af ")));
        html.push(&items.phrases.provision(&cited(successor)));
    }
    html
}

fn complaint(items: &Items<'_>, complaint: &Complaint) -> Html {
    let Complaint { to, through, which, within, after, basis } = complaint;
    let quoted = |before: Text, words: &str| {
        let mut html = items.phrases.say(&before);
        html.push(&items.phrases.danish(words));
        html
    };
    let mut html = quoted(text!(en: "to ", da: "til "), &to.text);
    if let Some(through) = through {
        html.push(&quoted(text!(en: " through ", da: " gennem "), &through.text));
    }
    if let Some(which) = which {
        html.push(&quoted(text!(en: ", which ", da: ", som "), &which.text));
    }
    if let Some(within) = within {
        html.push(&quoted(text!(en: ", within ", da: ", inden "), within));
    }
    if let Some(after) = after {
        html.push(&quoted(text!(en: " after ", da: " efter "), &after.text));
    }
    if !basis.is_empty() {
        html.push_text(" (");
        html.push(&items.phrases.citations(basis));
        html.push_text(")");
    }
    html
}
