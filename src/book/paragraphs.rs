//! The index of paragraphs: of each source its editions, and of each provision the rules that rest on it.

use super::addresses::Address;
use super::html::Html;
use super::phrases::{Phrases, days};
use super::view::{Contents, Link};
use super::words;
use crate::ground::{Window, text, titled};
use crate::model::{Citation, Edition, Model, Module, ModuleId};
use serde::Serialize;
use std::collections::BTreeMap;

/// A source and what rests on it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Source {
    id: String,
    sort: String,
    title: Html,
    name: String,
    editions: Vec<Html>,
    rules: Vec<Link>,
    provisions: Vec<Provision>,
}

/// A provision and what rests on it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Provision {
    id: String,
    name: String,
    title: Html,
    /// whether complaints can be made, and what has replaced it
    remarks: Vec<Html>,
    rules: Vec<Link>,
    /// its parts: `stk. 2`
    parts: Vec<Provision>,
    /// a part, which has a smaller heading
    is_part: bool,
}

impl Source {
    /// The places on the page, each with its name and further words.
    pub(super) fn places(&self) -> Vec<(String, String, String)> {
        let mut places = vec![(self.id.clone(), self.name.clone(), self.title.plain())];
        for provision in &self.provisions {
            for one in std::iter::once(provision).chain(&provision.parts) {
                places.push((one.id.clone(), format!("{} {}", self.name, one.name), one.title.plain()));
            }
        }
        places
    }
}

/// Everything that is cited, by rules, offers and complaints.
pub(super) fn all_citations(model: &Model) -> impl Iterator<Item = &Citation> {
    let of_rules = model.rules.iter().flat_map(|rule| &rule.basis);
    let of_offers = model.promises.offers.iter().flat_map(|offer| &offer.basis);
    let complaints = model.modules.iter().filter_map(|module| module.complaint.as_ref());
    of_rules.chain(of_offers).chain(complaints.flat_map(|complaint| &complaint.basis))
}

pub(super) fn sources(phrases: &Phrases<'_>, window: Window) -> (Vec<Source>, Vec<Contents>) {
    let model = phrases.model;
    let mut cited: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    let mut rests = |basis: &[Citation], link: &Link| {
        for citation in basis {
            let links = cited.entry(citation.text.clone()).or_default();
            if !links.iter().any(|known| known.href == link.href && known.words == link.words) {
                links.push(link.clone());
            }
        }
    };
    for rule in &model.rules {
        let address = phrases.addresses.rule(&rule.name);
        rests(&rule.basis, &self::link(phrases, address, &rule.name, &rule.title));
    }
    for offer in &model.promises.offers {
        let address = phrases.addresses.near(offer.name_span);
        rests(&offer.basis, &self::link(phrases, Some(&address), &offer.name, &offer.title));
    }
    let mut sources = Vec::new();
    let mut contents = Vec::new();
    for (index, module) in model.modules.iter().enumerate() {
        let id = ModuleId(index as u32);
        let is_cited = all_citations(model).any(|citation| citation.source == id);
        if module.paragraphs.is_empty() && !is_cited {
            continue;
        }
        let source = source(phrases, window, (id, module), &cited);
        contents.push(Contents {
            level: 2,
            href: format!("#{}", source.id),
            words: phrases.danish(&module.name),
        });
        sources.push(source);
    }
    (sources, contents)
}

fn link(phrases: &Phrases<'_>, address: Option<&Address>, name: &str, title: &str) -> Link {
    Link {
        href: address.map(|address| phrases.href(address)).unwrap_or_default(),
        words: phrases.danish(name),
        more: phrases.danish(title),
    }
}

fn source(
    phrases: &Phrases<'_>,
    window: Window,
    (id, module): (ModuleId, &Module),
    cited: &BTreeMap<String, Vec<Link>>,
) -> Source {
    let mut provisions: Vec<Provision> = Vec::new();
    for paragraph in &module.paragraphs {
        let mut remarks = Vec::new();
        if let Some(appeal) = paragraph.appeal {
            remarks.push(phrases.say(&match appeal {
                true => text!(en: "decisions can be appealed", da: "der kan klages over afgørelsen"),
                false => text!(en: "no appeal", da: "der kan ikke klages over afgørelsen"),
            }));
        }
        if let Some(successor) = &paragraph.successor {
            let mut html = phrases.say(&text!(en: "replaced by ", da: "afløst af "));
            html.push(&phrases.provision(successor));
            remarks.push(html);
        }
        let text = format!("{} {}", module.name, paragraph.name);
        provisions.push(provision(phrases, &text, &paragraph.name, &paragraph.title, remarks, cited));
    }
    let mut rest: Vec<&str> =
        all_citations(phrases.model).filter(|one| one.source == id).map(|one| one.text.as_str()).collect();
    rest.sort_unstable();
    rest.dedup();
    for text in rest {
        let name = text.strip_prefix(&module.name).unwrap_or(text).trim();
        if name.is_empty() || provisions.iter().any(|known| known.name == name) {
            continue;
        }
        let (whole, part) = name.split_once(", ").unwrap_or((name, ""));
        let at = provisions.iter().position(|known| known.name == whole && !part.is_empty());
        match at {
            Some(at) => {
                let part = provision(phrases, text, name, "", Vec::new(), cited);
                provisions[at].parts.push(Provision { is_part: true, ..part });
            }
            None => provisions.push(provision(phrases, text, name, "", Vec::new(), cited)),
        }
    }
    provisions.sort_by_cached_key(|provision| in_order(&provision.name));
    for provision in &mut provisions {
        provision.parts.sort_by_cached_key(|part| in_order(&part.name));
    }
    let title = titled(&module.title, &module.name);
    let editions = module.editions.iter().map(|edition| self::edition(phrases, window, edition));
    Source {
        id: phrases.addresses.provision(&module.name).map(|address| address.id.clone()).unwrap_or_default(),
        sort: words::module_kind(module.kind).get(phrases.lang).to_owned(),
        title: phrases.leading(phrases.addresses.module(&module.name), title),
        name: module.name.clone(),
        editions: editions.collect(),
        rules: cited.get(&module.name).cloned().unwrap_or_default(),
        provisions,
    }
}

fn provision(
    phrases: &Phrases<'_>,
    text: &str,
    name: &str,
    title: &str,
    remarks: Vec<Html>,
    cited: &BTreeMap<String, Vec<Link>>,
) -> Provision {
    let address = phrases.addresses.provision(text);
    Provision {
        id: address.map(|address| address.id.clone()).unwrap_or_default(),
        name: name.to_owned(),
        title: phrases.danish(title),
        remarks,
        rules: cited.get(text).cloned().unwrap_or_default(),
        parts: Vec::new(),
        is_part: false,
    }
}

/// An edition with its days, and whether it was in force in the period that is looked at.
fn edition(phrases: &Phrases<'_>, window: Window, edition: &Edition) -> Html {
    let mut html = phrases.danish(&edition.title);
    html.push_text(", ");
    html.push(&phrases.say(&days(edition.from, edition.to)));
    let begins = edition.from.is_none_or(|from| from <= window.to);
    let ends = edition.to.is_none_or(|to| to >= window.from);
    if !(begins && ends) {
        html.push(&phrases.say(&text!(
            en: " (not in the period looked at)",
            da: " (ikke i den periode, der ses på)"
        )));
    }
    html
}

/// Chapters first, then paragraphs by their numbers: § 9 stands before § 31 b.
fn in_order(name: &str) -> impl Ord + use<> {
    let is_paragraph = name.starts_with('§');
    let mut numbers: Vec<(u64, String)> = Vec::new();
    let mut rest = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    while !rest.is_empty() {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        rest = &rest[digits.len()..];
        let words: String = rest.chars().take_while(|letter| !letter.is_ascii_digit()).collect();
        rest = &rest[words.len()..];
        numbers.push((digits.parse().unwrap_or(u64::MAX), words));
    }
    (is_paragraph, numbers)
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn paragraphs_stand_by_their_numbers() {
        let mut names = vec![
            "§ 118 a",
            "§ 31 c",
            "§ 118",
            "§ 9",
            "kap. 10",
            "kap. 9 b",
            "§ 31 b, stk. 10",
            "§ 31 b, stk. 2",
        ];
        names.sort_by_cached_key(|name| in_order(name));
        assert_eq!(
            names,
            ["kap. 9 b", "kap. 10", "§ 9", "§ 31 b, stk. 2", "§ 31 b, stk. 10", "§ 31 c", "§ 118", "§ 118 a"]
        );
    }
}
