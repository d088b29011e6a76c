//! A page for each support and each kind: what it is, who speaks of it, and how it is decided in each place.

use super::addresses::Sort;
use super::figures::{self, Drawings, Figure};
use super::glossary::collated;
use super::html::Html;
use super::items::Items;
use super::material::Material;
use super::phrases::{Phrases, grade_class, grade_words};
use super::uses::{User, Uses};
use super::view::{Line, Link, Row};
use super::vocabulary;
use super::words::{self, Label};
use crate::ground::{text, titled};
use crate::model::{EffectKind, Model, Rule, Support, SupportId};
use crate::syntax::ast::ItemKind;
use serde::Serialize;

impl SupportPage {
    /// As the policies call it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// Supports and kinds have pages; tasks and steps stand in the glossary.
pub(super) fn has_page(support: &Support) -> bool {
    support.is_given()
}

/// A page about a support.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SupportPage {
    #[serde(skip)]
    pub path: String,
    pub title: String,
    name: String,
    sort: String,
    rows: Vec<Row>,
    /// what lies right below it
    members: Vec<Link>,
    speakers: Vec<Speaker>,
    places: Vec<Decided>,
    findings: Vec<Line>,
    uses: Vec<Link>,
}

/// One who speaks of it, and by which rules.
#[derive(Clone, Debug, Serialize)]
struct Speaker {
    title: Html,
    sort: String,
    rules: Vec<Spoken>,
}

#[derive(Clone, Debug, Serialize)]
struct Spoken {
    grades: Html,
    link: Link,
}

/// How it is decided in one place.
#[derive(Clone, Debug, Serialize)]
struct Decided {
    id: String,
    place: Link,
    figure: Figure,
}

/// Somebody who uses a word, as a link.
pub(super) fn user(phrases: &Phrases<'_>, user: &User) -> Link {
    Link {
        href: phrases.href(&user.address),
        words: phrases.danish(&user.name),
        more: phrases.danish(&user.title),
    }
}

pub(super) fn pages(
    material: &Material<'_>,
    items: &Items<'_>,
    uses: &Uses,
    drawings: &Drawings,
) -> Vec<SupportPage> {
    let model = material.model;
    let ids = model.support_ids().filter(|id| has_page(&model.supports[id.index()]));
    ids.filter_map(|id| page(material, items, uses, drawings, id)).collect()
}

fn page(
    material: &Material<'_>,
    items: &Items<'_>,
    uses: &Uses,
    drawings: &Drawings,
    id: SupportId,
) -> Option<SupportPage> {
    let (model, phrases) = (material.model, &items.phrases);
    let support = &model.supports[id.index()];
    let address = phrases.addresses.word(Sort::Support, &support.name)?;
    let declared = material.trees.iter().flat_map(|tree| &tree.items).find(|item| match &item.kind {
        ItemKind::Support(known) => known.name.text == support.name,
        ItemKind::Kind(known) => known.name.text == support.name,
        _ => false,
    });
    let entry = declared.and_then(|item| vocabulary::entry(items, item));
    let sort = match support.is_kind {
        true => text!(en: "kind of support", da: "art"),
        false => text!(en: "support", da: "støtte"),
    };
    let members = model.supports.iter().filter(|other| other.parent == Some(id) && has_page(other));
    let member = |other: &Support| {
        let address = phrases.addresses.word(Sort::Support, &other.name);
        Link {
            href: address.map(|address| phrases.href(address)).unwrap_or_default(),
            words: phrases.danish(titled(&other.title, &other.name)),
            more: Html::default(),
        }
    };
    let spoken: Vec<&str> = model.rules.iter().map(|rule| rule.name.as_str()).collect();
    let others =
        uses.users(Sort::Support, &support.name).filter(|user| !spoken.contains(&user.name.as_str()));
    Some(SupportPage {
        path: address.page.clone(),
        title: titled(&support.title, &support.name).to_owned(),
        name: support.name.clone(),
        sort: items.say(&sort),
        rows: entry.map(|entry| entry.rows).unwrap_or_default(),
        members: members.map(member).collect(),
        speakers: speakers(model, items, id),
        places: places(material, items, drawings, &support.name),
        findings: items.findings.lines(&|finding| finding.support.as_deref() == Some(&support.name), phrases),
        uses: others.map(|user| self::user(phrases, user)).collect(),
    })
}

/// Whether a rule speaks of a support: of itself, or of a kind above it.
fn speaks(model: &Model, rule: &Rule, id: SupportId) -> bool {
    let mut above = Some(id);
    while let Some(one) = above {
        if rule.effects.iter().any(|effect| effect.support == Some(one)) {
            return true;
        }
        above = model.supports[one.index()].parent;
    }
    false
}

fn speakers(model: &Model, items: &Items<'_>, id: SupportId) -> Vec<Speaker> {
    let phrases = &items.phrases;
    let mut speakers = Vec::new();
    let mut modules: Vec<_> = model.modules.iter().enumerate().collect();
    modules.sort_by_key(|(index, module)| (module.kind, *index));
    for (index, module) in modules {
        let rules = model.rules.iter().filter(|rule| rule.module.index() == index);
        let rules: Vec<Spoken> =
            rules.filter(|rule| speaks(model, rule, id)).map(|rule| spoken(items, rule)).collect();
        if !rules.is_empty() {
            let title = titled(&module.title, &module.name);
            speakers.push(Speaker {
                title: phrases.leading(phrases.addresses.module(&module.name), title),
                sort: items.say(&words::module_kind(module.kind)),
                rules,
            });
        }
    }
    speakers
}

fn spoken(items: &Items<'_>, rule: &Rule) -> Spoken {
    let phrases = &items.phrases;
    let mut grades: Vec<Html> = Vec::new();
    for effect in &rule.effects {
        let html = match &effect.kind {
            EffectKind::Grade { grade, .. } => {
                let class = format!("grade {}", grade_class(*grade));
                Html::element("b", &[("class", &class)], &phrases.say(&grade_words(*grade)))
            }
            EffectKind::Terms => phrases.say(&Label::Terms.text()),
            EffectKind::Precondition(_) => phrases.say(&text!(en: "precondition", da: "forudsætning")),
            EffectKind::Lapses => phrases.say(&text!(en: "lapses", da: "bortfalder")),
        };
        if !grades.contains(&html) {
            grades.push(html);
        }
    }
    let address = phrases.addresses.rule(&rule.name);
    Spoken {
        grades: Html::joined(&grades, " "),
        link: Link {
            href: address.map(|address| phrases.href(address)).unwrap_or_default(),
            words: phrases.danish(&rule.name),
            more: phrases.danish(&rule.title),
        },
    }
}

fn places(material: &Material<'_>, items: &Items<'_>, drawings: &Drawings, name: &str) -> Vec<Decided> {
    let phrases = &items.phrases;
    let mut places = Vec::new();
    for overview in material.overviews {
        let Some((_, graph)) = overview.decisions.iter().find(|(support, _)| support == name) else {
            continue;
        };
        let Some(address) = phrases.addresses.place(&overview.place) else { continue };
        places.push(Decided {
            id: super::addresses::slug(&overview.place),
            place: Link {
                href: phrases.href(address),
                words: phrases.danish(&overview.place),
                more: Html::default(),
            },
            figure: figures::figure(phrases, drawings, (&overview.place, name), graph),
        });
    }
    places
}

/// A line of the list of all supports, as deep as its kind lies.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Listed {
    pub href: String,
    pub words: Html,
    pub is_kind: bool,
    pub below: Vec<Listed>,
}

/// Kinds with what lies below them.
pub(super) fn tree(model: &Model, phrases: &Phrases<'_>) -> Vec<Listed> {
    below(model, phrases, None)
}

fn below(model: &Model, phrases: &Phrases<'_>, parent: Option<SupportId>) -> Vec<Listed> {
    let ids = model.support_ids().filter(|id| {
        let support = &model.supports[id.index()];
        support.parent == parent && has_page(support)
    });
    let mut listed: Vec<Listed> = ids
        .map(|id| {
            let support = &model.supports[id.index()];
            let address = phrases.addresses.word(Sort::Support, &support.name);
            Listed {
                href: address.map(|address| phrases.href(address)).unwrap_or_default(),
                words: phrases.danish(titled(&support.title, &support.name)),
                is_kind: support.is_kind,
                below: below(model, phrases, Some(id)),
            }
        })
        .collect();
    listed.sort_by_cached_key(|one| collated(&one.words.plain()));
    listed
}
