//! Cited sources: spelt one way, and their paragraphs looked up among the declared ones.

use super::lexicon::Lexicon;
use super::names::{Sort, Space, duplicate};
use super::problems::{Problems, error};
use crate::ground::{Diagnostic, text};
use crate::model::{Citation, ModuleId, Paragraph};
use crate::syntax::ast::{self, Provision};
use std::collections::BTreeMap;

const SOURCES: [Sort; 3] = [Sort::Law, Sort::Source, Sort::Municipality];

/// Where a paragraph stands among its kind: § or chapter, then number, then letter.
type Place = (bool, u64, String);

/// The declared paragraphs of one source, for looking up.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    /// the first of each, with the last where a range was declared, and the index in the module
    places: BTreeMap<Place, (Place, usize)>,
    ranges: bool,
}

impl Paragraphs {
    /// The paragraphs of a header, each told once.
    pub(super) fn of_header(
        declared: &[ast::Paragraph],
        module: &str,
        problems: &mut Problems,
    ) -> (Vec<Paragraph>, Self) {
        let (mut list, mut known): (Vec<Paragraph>, Self) = (Vec::new(), Self::default());
        for paragraph in declared {
            let provision = &paragraph.provision;
            let name = provision.to_string();
            let place = place(provision.chapter, &provision.number);
            if let Some((_, index)) = known.places.get(&place) {
                let first = list.get(*index).map(|first| first.span);
                let finding = duplicate(&format!("{module} {name}"), paragraph.span, first);
                problems.tell(finding.help(text!(en: "remove one of them", da: "fjern den ene")));
                continue;
            }
            let last =
                provision.last.as_ref().map_or(place.clone(), |last| self::place(provision.chapter, last));
            known.ranges |= last != place;
            known.places.insert(place, (last, list.len()));
            list.push(Paragraph {
                name,
                title: paragraph.title.as_ref().map(|title| title.text.clone()).unwrap_or_default(),
                appeal: paragraph.appeal,
                successor: paragraph.successor.as_ref().map(spell_citation),
                successor_source: None,
                span: paragraph.span,
            });
        }
        (list, known)
    }

    fn declares(&self, wanted: &Place) -> bool {
        self.places.contains_key(wanted)
            || self.ranges && self.places.iter().any(|(first, (last, _))| first <= wanted && wanted <= last)
    }

    /// The declared paragraphs that a provision, or a range of them, means.
    fn meant_by(&self, provision: &Provision) -> Vec<usize> {
        let first = place(provision.chapter, &provision.number);
        let last = provision.last.as_ref().map_or(first.clone(), |last| place(provision.chapter, last));
        let meant = self.places.iter().filter(|(start, (end, _))| **start <= last && first <= *end);
        meant.map(|(_, (_, index))| *index).collect()
    }

    /// Whether the source lists its paragraphs (or its chapters) at all.
    fn lists(&self, chapters: bool) -> bool {
        self.places.keys().any(|(chapter, ..)| *chapter == chapters)
    }

    fn nearest(&self, wanted: &Place) -> Option<usize> {
        let same_kind = self.places.iter().filter(|((chapter, ..), _)| *chapter == wanted.0);
        let by_distance = same_kind.min_by_key(|((_, number, letter), _)| {
            (number.abs_diff(wanted.1), strsim::levenshtein(letter, &wanted.2))
        });
        by_distance.map(|(_, (_, index))| *index)
    }
}

fn place(chapter: bool, number: &str) -> Place {
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    let letter = number[digits.len()..].trim().to_lowercase();
    (chapter, digits.parse().unwrap_or(u64::MAX), letter)
}

/// `LAB § 31 b, stk. 2`
fn spell_citation(citation: &ast::Citation) -> String {
    match &citation.provision {
        Some(provision) => format!("{} {provision}", citation.source.text),
        None => citation.source.text.clone(),
    }
}

impl Lexicon<'_> {
    /// Resolves the sources of a rule; an unknown source is left out.
    pub(super) fn basis(&self, cited: &[ast::Citation], problems: &mut Problems) -> Vec<Citation> {
        cited.iter().filter_map(|citation| self.citation(citation, problems)).collect()
    }

    /// Resolves one citation.
    pub(super) fn citation(&self, cited: &ast::Citation, problems: &mut Problems) -> Option<Citation> {
        let (_, index) = self.names.find(&[Space::Modules], &cited.source, &SOURCES, problems)?;
        let source = ModuleId(index);
        let mut paragraphs = Vec::new();
        if let Some(provision) = &cited.provision {
            self.look_up(source, provision, problems);
            let known = self.paragraphs.get(source.index());
            paragraphs = known.map(|known| known.meant_by(provision)).unwrap_or_default();
        }
        Some(Citation { source, paragraphs, text: spell_citation(cited), span: cited.span })
    }

    fn look_up(&self, source: ModuleId, provision: &Provision, problems: &mut Problems) {
        let Some(known) = self.paragraphs.get(source.index()) else { return };
        if !known.lists(provision.chapter) {
            return;
        }
        for number in std::iter::once(&provision.number).chain(&provision.last) {
            let wanted = place(provision.chapter, number);
            if !known.declares(&wanted) {
                problems.tell(self.unknown_paragraph(source, provision, number, known.nearest(&wanted)));
            }
        }
    }

    fn unknown_paragraph(
        &self,
        source: ModuleId,
        provision: &Provision,
        number: &str,
        nearest: Option<usize>,
    ) -> Diagnostic {
        let module = self.modules.get(source.index());
        let name = module.map(|module| module.name.as_str()).unwrap_or_default();
        let sign = if provision.chapter { "kap." } else { "§" };
        let message = text!(
            en: "`{name}` declares no `{sign} {number}`",
            da: "`{name}` har ingen `{sign} {number}` blandt sine paragraffer"
        );
        let finding = error("unknown-paragraph", message)
            .label(provision.span, text!(en: "not a paragraph of `{name}`", da: "findes ikke i `{name}`"));
        let Some(near) = module.zip(nearest).and_then(|(module, index)| module.paragraphs.get(index)) else {
            return finding;
        };
        let paragraph = &near.name;
        let help = match &near.successor {
            Some(successor) => text!(
                en: "the nearest is `{name} {paragraph}`, replaced by `{successor}`; or declare `paragraf {sign} {number}`",
                da: "den nærmeste er `{name} {paragraph}`, afløst af `{successor}`; eller tilføj `paragraf {sign} {number}`"
            ),
            None => text!(
                en: "did you mean `{name} {paragraph}`? if not, declare `paragraf {sign} {number}`",
                da: "mente du `{name} {paragraph}`? ellers tilføj `paragraf {sign} {number}`"
            ),
        };
        let mut meant = Provision { number: String::new(), ..provision.clone() }.to_string();
        let small = meant.find(", ").map(|at| meant.split_off(at)).unwrap_or_default();
        finding
            .guess(provision.span, format!("{paragraph}{small}"))
            .label(near.span, text!(en: "the nearest declared paragraph", da: "den nærmeste paragraf"))
            .help(help)
    }
}
