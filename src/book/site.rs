//! The whole book: which pages there are, and what stands on each.

use super::addresses::{
    Address, Addresses, CHECKS, DOCUMENTS, EXAMPLES, FINDINGS, FRONT, GLOSSARY, PARAGRAPHS, SEARCH, SUPPORTS,
    is_place,
};
use super::document::document;
use super::figures::{self, Drawings};
use super::findings::Findings;
use super::frame::{Frame, Page, root};
use super::glossary;
use super::html::Html;
use super::items::Items;
use super::lists;
use super::material::Material;
use super::paragraphs;
use super::phrases::{Phrases, days};
use super::places;
use super::search::{self, Hit, rank};
use super::supports;
use super::uses::Uses;
use super::view::{Block, Contents};
use super::{Book, BookFile};
use crate::ground::{FileId, Text, text, titled};
use crate::syntax::ast::ItemKind;
use minijinja::{Value, context};

/// Writes the book.
///
/// # Errors
/// A template that does not fit: a bug.
pub(super) fn book(material: &Material<'_>) -> Result<Book, Text> {
    let addresses = Addresses::of(material);
    let findings = Findings::of(material, &addresses);
    let uses = Uses::of(material.model, &addresses);
    let window = days(Some(material.window.from), Some(material.window.to));
    let title = title(material);
    let frame = Frame::new(material.asked.lang, title.clone(), &window)?;
    let mut site = Site {
        material,
        addresses: &addresses,
        findings: &findings,
        frame,
        files: Vec::new(),
        hits: Vec::new(),
    };
    site.front(&title)?;
    site.documents()?;
    site.places()?;
    let drawings = figures::drawings(material);
    site.supports(&uses, &drawings)?;
    site.paragraphs()?;
    site.glossary(&uses)?;
    site.lists()?;
    site.search()?;
    site.files.extend(drawings.into_iter().map(|(path, text)| BookFile { path, text }));
    let scripts: [(&str, &str); 3] = [
        ("bog.css", include_str!("assets/bog.css")),
        ("bog.js", include_str!("assets/bog.js")),
        ("soeg.js", include_str!("assets/soeg.js")),
    ];
    site.files.extend(scripts.map(|(path, text)| BookFile { path: path.to_owned(), text: text.to_owned() }));
    let mut files = site.files;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok(Book { files })
}

/// What the book is called: as asked, else by those whose rules it holds.
fn title(material: &Material<'_>) -> String {
    if let Some(title) = material.asked.title {
        return title.to_owned();
    }
    let places = material.model.modules.iter().filter(|module| is_place(module.kind));
    let names: Vec<&str> = places.map(|module| titled(&module.title, &module.name)).collect();
    let book = text!(en: "Rules on support", da: "Regler om støtte");
    let book = book.get(material.asked.lang);
    if names.is_empty() || names.len() > 3 {
        return book.to_owned();
    }
    format!("{book}: {}", crate::ground::list(&names).get(material.asked.lang))
}

struct Site<'a> {
    material: &'a Material<'a>,
    addresses: &'a Addresses,
    findings: &'a Findings<'a>,
    frame: Frame,
    files: Vec<BookFile>,
    hits: Vec<Hit>,
}

impl<'a> Site<'a> {
    fn items(&self, path: &str, module: Option<&'a str>) -> Items<'a> {
        Items {
            phrases: Phrases {
                addresses: self.addresses,
                model: self.material.model,
                sources: self.material.sources,
                lang: self.material.asked.lang,
                root: root(path),
                module,
            },
            findings: self.findings,
            tests: self.material.tests,
        }
    }

    fn say(&self, words: &Text) -> String {
        words.get(self.material.asked.lang).to_owned()
    }

    fn write(&mut self, page: &Page<'_>) -> Result<(), Text> {
        let text = self.frame.page(page)?;
        self.files.push(BookFile { path: page.path.to_owned(), text });
        Ok(())
    }

    fn hit(&mut self, sort: &str, title: &str, address: &Address, words: &str, rank: u8) {
        self.hits.push(Hit::new(sort, title, address, words, rank));
    }

    fn front(&mut self, title: &str) -> Result<(), Text> {
        let items = self.items(FRONT, None);
        let body = lists::front(self.material, &items);
        let page = Page { path: FRONT, template: "front.html", title, contents: &[], body };
        self.write(&page)
    }

    fn documents(&mut self) -> Result<(), Text> {
        let items = self.items(DOCUMENTS, None);
        let body = lists::documents(self.material, &items);
        let title = self.say(&text!(en: "Documents", da: "Dokumenter"));
        self.write(&Page {
            path: DOCUMENTS,
            template: "documents.html",
            title: &title,
            contents: &[],
            body,
        })?;
        let names = self.material.short_names();
        for (at, name) in names.iter().enumerate() {
            let file = FileId(at as u32);
            let path = self.addresses.document(file).to_owned();
            let module = speaker(self.material, file);
            let items = self.items(&path, module);
            let document = document(self.material, &items, file, name);
            self.found_in(&path, &document.title, &document.blocks);
            let body = context! { blocks => &document.blocks, file => name };
            self.write(&Page {
                path: &path,
                template: "document.html",
                title: &document.title,
                contents: &document.contents,
                body,
            })?;
        }
        Ok(())
    }

    /// What can be found on the page of a text.
    fn found_in(&mut self, path: &str, title: &str, blocks: &[Block]) {
        let document = self.say(&text!(en: "document", da: "dokument"));
        let section = self.say(&text!(en: "section", da: "afsnit"));
        self.hit(&document, title, &Address::new(path, ""), "", rank::PAGE);
        let mut heading: Option<(String, Address)> = None;
        let mut prose = String::new();
        for block in blocks {
            match block {
                Block::Heading { id, words, .. } => {
                    let before = heading.replace((words.plain(), Address::new(path, id)));
                    self.section(&section, before, &mut prose);
                }
                Block::Prose { html } | Block::Remark { html } => {
                    prose.push(' ');
                    prose.push_str(&html.plain());
                }
                Block::Card(card) => {
                    let mut words = vec![card.name.clone()];
                    words.extend(card.effects.iter().map(Html::plain));
                    words.extend(card.rows.iter().map(|row| row.value.plain()));
                    let address = Address::new(path, &card.id);
                    let rank = if card.is_rule { rank::RULE } else { rank::OTHER };
                    self.hit(&card.sort, &card.title.plain(), &address, &words.join(" "), rank);
                    let rows = card.table.iter().flat_map(|table| &table.rows);
                    for row in rows {
                        let Some(id) = &row.id else { continue };
                        let cells: Vec<String> = row.cells.iter().map(|cell| cell.html.plain()).collect();
                        let title =
                            format!("{}, {}", card.title.plain(), cells.first().cloned().unwrap_or_default());
                        let rule = self.say(&text!(en: "rule", da: "regel"));
                        self.hit(&rule, &title, &Address::new(path, id), &cells.join(" "), rank::RULE);
                    }
                }
                Block::Entries { .. } | Block::Findings { .. } => {}
            }
        }
        self.section(&section, heading, &mut prose);
    }

    fn section(&mut self, sort: &str, heading: Option<(String, Address)>, prose: &mut String) {
        if let Some((title, address)) = heading {
            self.hit(sort, &title, &address, prose.trim(), rank::OTHER);
        }
        prose.clear();
    }

    fn places(&mut self) -> Result<(), Text> {
        let items = self.items("steder/", None);
        for page in places::pages(self.material, &items) {
            let sort = self.say(&text!(en: "place", da: "sted"));
            self.hit(&sort, &page.title, &Address::new(&page.path, ""), "", rank::PAGE);
            let body = context! { place => &page };
            self.write(&Page {
                path: &page.path,
                template: "place.html",
                title: &page.title,
                contents: &[],
                body,
            })?;
        }
        Ok(())
    }

    fn supports(&mut self, uses: &Uses, drawings: &Drawings) -> Result<(), Text> {
        let items = self.items(SUPPORTS, None);
        let title = self.say(&text!(en: "Supports", da: "Støtter"));
        let body = context! { tree => supports::tree(self.material.model, &items.phrases) };
        self.write(&Page { path: SUPPORTS, template: "supports.html", title: &title, contents: &[], body })?;
        let items = self.items("stoetter/", None);
        for page in supports::pages(self.material, &items, uses, drawings) {
            let sort = self.say(&text!(en: "support", da: "støtte"));
            self.hit(&sort, &page.title, &Address::new(&page.path, ""), page.name(), rank::PAGE);
            let body = context! { support => &page };
            self.write(&Page {
                path: &page.path,
                template: "support.html",
                title: &page.title,
                contents: &[],
                body,
            })?;
        }
        Ok(())
    }

    fn paragraphs(&mut self) -> Result<(), Text> {
        let items = self.items(PARAGRAPHS, None);
        let (sources, contents) = paragraphs::sources(&items.phrases, self.material.window);
        let sort = self.say(&text!(en: "paragraph", da: "paragraf"));
        for source in &sources {
            for (id, title, words) in source.places() {
                self.hit(&sort, &title, &Address::new(PARAGRAPHS, &id), &words, rank::PAGE);
            }
        }
        let title = self.say(&text!(en: "Paragraphs", da: "Paragraffer"));
        let body = context! { sources => &sources };
        self.write(&Page {
            path: PARAGRAPHS,
            template: "paragraphs.html",
            title: &title,
            contents: &contents,
            body,
        })
    }

    fn glossary(&mut self, uses: &Uses) -> Result<(), Text> {
        let items = self.items(GLOSSARY, None);
        let groups = glossary::groups(self.material, &items, uses);
        for entry in groups.iter().flat_map(|group| &group.entries) {
            let mut words = vec![entry.name.clone()];
            words.extend(entry.rows.iter().map(|row| row.value.plain()));
            let title = entry.title.plain();
            let address = Address::new(GLOSSARY, &entry.id);
            self.hits.push(Hit::new(&entry.sort, &title, &address, &words.join(" "), rank::WORD));
        }
        let contents = groups.iter().map(|group| Contents {
            level: 2,
            href: format!("#{}", group.id),
            words: Html::text(&group.title),
        });
        let contents: Vec<Contents> = contents.collect();
        let title = self.say(&text!(en: "Glossary", da: "Ordliste"));
        let body = context! { groups => &groups, supports => format!("{}{SUPPORTS}", root(GLOSSARY)) };
        self.write(&Page {
            path: GLOSSARY,
            template: "glossary.html",
            title: &title,
            contents: &contents,
            body,
        })
    }

    fn lists(&mut self) -> Result<(), Text> {
        let items = self.items(FINDINGS, None);
        let title = self.say(&text!(en: "Findings", da: "Fund"));
        let (body, contents) = lists::findings(self.material, &items);
        self.write(&Page {
            path: FINDINGS,
            template: "lists.html",
            title: &title,
            contents: &contents,
            body,
        })?;
        let title = self.say(&text!(en: "Examples and guarantees", da: "Eksempler og garantier"));
        let (body, contents) = lists::examples(self.material, &items);
        self.write(&Page {
            path: EXAMPLES,
            template: "lists.html",
            title: &title,
            contents: &contents,
            body,
        })?;
        let title = self.say(&text!(en: "What the checks mean", da: "Hvad kontrollerne betyder"));
        let (body, contents) = lists::checks(self.material, &items);
        let sort = self.say(&text!(en: "check", da: "kontrol"));
        for card in self.material.cards {
            let title = super::words::check_name(card, self.material.asked.lang);
            let address = Address::new(CHECKS, card.name);
            let words = format!("{} {}", card.name, card.about.get(self.material.asked.lang));
            self.hits.push(Hit::new(&sort, title, &address, &words, rank::WORD));
        }
        self.write(&Page { path: CHECKS, template: "lists.html", title: &title, contents: &contents, body })
    }

    fn search(&mut self) -> Result<(), Text> {
        let title = self.say(&text!(en: "Search", da: "Søg"));
        let body = Value::from_serialize(std::collections::BTreeMap::<&str, &str>::new());
        self.write(&Page { path: SEARCH, template: "search.html", title: &title, contents: &[], body })?;
        let text = search::index(&self.hits);
        self.files.push(BookFile { path: "soeg-indeks.js".to_owned(), text });
        Ok(())
    }
}

/// Whose words a text holds: the first who speaks in it.
fn speaker<'a>(material: &Material<'a>, file: FileId) -> Option<&'a str> {
    let tree = material.trees.get(file.0 as usize)?;
    tree.items.iter().find_map(|item| match &item.kind {
        ItemKind::Module(module) => Some(module.name.text.as_str()),
        _ => None,
    })
}
