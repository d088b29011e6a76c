//! `accepter`: which findings are known and lived with.

use super::lexicon::Lexicon;
use super::names::{Sort, Space};
use super::problems::{Problems, error};
use super::promises::{Author, Known};
use crate::ground::{Diagnostic, Span, text};
use crate::model::{Accept, AcceptPlace, ModuleId, ModuleKind};
use crate::syntax::ast;

const MODULES: [Sort; 7] = [
    Sort::Municipality,
    Sort::Institution,
    Sort::Law,
    Sort::Trial,
    Sort::Region,
    Sort::Guidance,
    Sort::Provider,
];

impl Lexicon<'_> {
    /// An acceptance; nothing where some part of it is wrong: it would accept too much.
    pub(super) fn accept(
        &self,
        accept: &ast::Accept,
        span: Span,
        author: Author<'_>,
        known: &Known<'_>,
        problems: &mut Problems,
    ) -> Option<Accept> {
        let check = self.check(&accept.check, known, problems);
        let place = match &accept.place {
            Some(path) => self.place_of_findings(path, author, problems),
            None => Some(own_findings(author)),
        };
        let rule = accept.rule.as_ref().map(|path| self.rule_named(path, author, known, problems));
        let when = accept.when.as_ref().map(|when| self.facts_formula(when, problems));
        let accepted = Accept {
            check: check?,
            place: place?,
            rule: transposed(rule)?,
            when: transposed(when)?,
            reason: accept.reason.as_ref().map(|reason| reason.text.clone()),
            until: accept.until.map(|date| date.day),
            span,
        };
        Some(accepted).filter(|_| !problems.failed())
    }

    /// The check by its Danish name or its own.
    fn check(&self, word: &ast::Name, known: &Known<'_>, problems: &mut Problems) -> Option<&'static str> {
        let meant = known.checks.iter().find(|card| card.name == word.text || card.danish == word.text);
        if meant.is_none() {
            let check = &word.text;
            let words = known.checks.iter().flat_map(|card| [card.danish, card.name]);
            let help = self.names.suggestion(check, words).unwrap_or_else(
                || text!(en: "`hjemmel checks` lists them", da: "`hjemmel checks` viser dem alle"),
            );
            let message = text!(en: "there is no check `{check}`", da: "der er ingen kontrol `{check}`");
            let label = text!(en: "unknown", da: "ukendt");
            problems.tell(error("unknown-name", message).label(word.span, label).help(help));
        }
        meant.map(|card| card.name)
    }

    /// `Slagelse`, `Slagelse.Ungeafdelingen`, or a department of the file's own municipality.
    fn place_of_findings(
        &self,
        path: &ast::Path,
        author: Author<'_>,
        problems: &mut Problems,
    ) -> Option<AcceptPlace> {
        let module_name = |id: ModuleId| Some(self.modules.get(id.index())?.name.as_str());
        let (module, department) = match path.names.as_slice() {
            [first, second, ..] => {
                let (_, module) = self.names.find(&[Space::Modules], first, &MODULES, problems)?;
                (ModuleId(module), second)
            }
            [only] => {
                let own = author.place.map(|place| Space::Departments(place.module));
                let spaces: Vec<Space> = own.into_iter().chain([Space::Modules]).collect();
                let wanted: Vec<Sort> = [Sort::Department].into_iter().chain(MODULES).collect();
                let (sort, index) = self.names.find(&spaces, only, &wanted, problems)?;
                if sort != Sort::Department {
                    return Some(AcceptPlace::Of(module_name(ModuleId(index))?.to_owned()));
                }
                (author.place?.module, only)
            }
            [] => return None,
        };
        self.names.find(&[Space::Departments(module)], department, &[Sort::Department], problems)?;
        Some(AcceptPlace::Of(format!("{}.{}", module_name(module)?, department.text)))
    }

    /// The full name of a rule or a table.
    fn rule_named(
        &self,
        path: &ast::Path,
        author: Author<'_>,
        known: &Known<'_>,
        problems: &mut Problems,
    ) -> Option<String> {
        let words: Vec<&str> = path.names.iter().map(|name| name.text.as_str()).collect();
        let written = words.join(".");
        let is_rule = |full: &str| {
            let inside = |name: &str| name.strip_prefix(full).is_some_and(|rest| rest.starts_with('.'));
            known.rules.iter().any(|rule| rule.name == full || (full.contains('.') && inside(&rule.name)))
        };
        let relative = author.full(&written);
        let found = [relative, written.clone()].into_iter().find(|full| is_rule(full));
        if found.is_none() {
            problems.tell(self.no_such_rule(&written, path.span, author, known));
        }
        found
    }

    fn no_such_rule(&self, written: &str, span: Span, author: Author<'_>, known: &Known<'_>) -> Diagnostic {
        let own = author.full("");
        let full = known.rules.iter().map(|rule| rule.name.as_str());
        let relative = full.clone().filter_map(|name| name.strip_prefix(own.as_str()));
        let help = self.names.suggestion(written, relative.chain(full)).unwrap_or_else(|| {
            text!(
                en: "name a rule as `Module.rule`, a row as `Module.table.row`",
                da: "skriv en regel som `Modul.regel` og en række som `Modul.tabel.række`"
            )
        });
        let message = text!(en: "`{written}` is no rule or table", da: "`{written}` er hverken en regel eller en tabel");
        error("unknown-name", message)
            .label(span, text!(en: "leads to no rule", da: "fører ikke til nogen regel"))
            .help(help)
    }
}

/// Without `i`: what is found in the file's own module, and from a file of none what is found anywhere.
fn own_findings(author: Author<'_>) -> AcceptPlace {
    match (author.place, author.kind) {
        (None, _) => AcceptPlace::Everywhere,
        (Some(_), Some(ModuleKind::Law | ModuleKind::Order)) => AcceptPlace::Law,
        (Some(place), _) => AcceptPlace::Of(place.module_name.to_owned()),
    }
}

/// What was written and wrong is nothing at all; what was not written is no wish.
fn transposed<T>(written: Option<Option<T>>) -> Option<Option<T>> {
    match written {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}
