//! `undtagelse fra`: paths to the rules they mean, once all rules have their names and numbers.

use super::lexicon::Lexicon;
use super::names::duplicate;
use super::problems::{Problems, error};
use super::rules::Draft;
use crate::ground::{Diagnostic, Span, text};
use crate::model::{Module, ModuleId, ModuleKind, Rule, RuleId, RuleSet};
use crate::syntax::ast;
use std::collections::BTreeMap;

/// What a path can lead to.
#[derive(Clone, Debug)]
struct Target {
    rules: RuleSet,
    module: ModuleId,
    span: Span,
    /// the item could not be read: paths into it are not told
    unreadable: bool,
}

/// A table's full name and where its name stands.
pub(super) type TableName<'a> = (String, ModuleId, &'a ast::Name);

/// Sorts the drafts, numbers them, finds the rules they except from, and tells names used twice.
pub(super) fn settle(
    lexicon: &Lexicon<'_>,
    mut drafts: Vec<Draft<'_>>,
    tables: &[TableName<'_>],
    problems: &mut Problems,
) -> Vec<Rule> {
    drafts.sort_by_key(|draft| (draft.rule.module, draft.rule.span));
    let paths = Paths::of(&mut drafts, tables, lexicon, problems);
    let links: Vec<RuleSet> =
        (0..drafts.len()).map(|index| paths.exceptions(index, &mut drafts, lexicon, problems)).collect();
    let rules = drafts.into_iter().zip(links);
    rules.map(|(draft, exception_to)| Rule { exception_to, ..draft.rule }).collect()
}

struct Paths {
    targets: BTreeMap<String, Target>,
    /// by module
    modules: Vec<RuleSet>,
}

impl Paths {
    fn of(
        drafts: &mut [Draft<'_>],
        tables: &[TableName<'_>],
        lexicon: &Lexicon<'_>,
        problems: &mut Problems,
    ) -> Self {
        let mut paths =
            Paths { targets: BTreeMap::new(), modules: vec![RuleSet::default(); lexicon.modules.len()] };
        let mut tables: Vec<&TableName<'_>> = tables.iter().collect();
        tables.sort_by_key(|(_, module, word)| (*module, word.span));
        let mut tables = tables.into_iter().peekable();
        for (index, draft) in drafts.iter_mut().enumerate() {
            let here = (draft.rule.module, draft.rule.name_span);
            while let Some(table) = tables.next_if(|(_, module, word)| (*module, word.span) < here) {
                paths.table(table, lexicon, problems);
            }
            paths.rule(RuleId(index as u32), draft, lexicon, problems);
        }
        tables.for_each(|table| paths.table(table, lexicon, problems));
        paths
    }

    fn table(&mut self, table: &TableName<'_>, lexicon: &Lexicon<'_>, problems: &mut Problems) {
        let (name, module, word) = table;
        match self.targets.get(name) {
            Some(first) => problems.take(twice(lexicon, *module, name, word.span, first.span)),
            None => {
                let target =
                    Target { rules: RuleSet::default(), module: *module, span: word.span, unreadable: false };
                self.targets.insert(name.clone(), target);
            }
        }
    }

    fn rule(&mut self, id: RuleId, draft: &mut Draft<'_>, lexicon: &Lexicon<'_>, problems: &mut Problems) {
        let rule = &mut draft.rule;
        if let Some(of_module) = self.modules.get_mut(rule.module.index()) {
            of_module.push(id);
        }
        if let Some(table) = draft.table.as_ref().and_then(|table| self.targets.get_mut(table)) {
            table.rules.push(id);
        }
        let unreadable = rule.has_error && rule.effects.is_empty();
        let Some(first) = self.targets.get(&rule.name) else {
            let target = Target {
                rules: [id].into_iter().collect(),
                module: rule.module,
                span: rule.name_span,
                unreadable,
            };
            self.targets.insert(rule.name.clone(), target);
            return;
        };
        if !(unreadable && first.unreadable) {
            let twice = twice(lexicon, rule.module, &rule.name, rule.name_span, first.span);
            rule.faults.extend(twice.faults());
            problems.take(twice);
        }
        rule.has_error = true;
    }

    /// The rules that rule `index` is an exception from; a path that leads nowhere is told and makes it wrong.
    fn exceptions(
        &self,
        index: usize,
        drafts: &mut [Draft<'_>],
        lexicon: &Lexicon<'_>,
        problems: &mut Problems,
    ) -> RuleSet {
        let own = RuleId(index as u32);
        let Some(draft) = drafts.get_mut(index) else { return RuleSet::default() };
        let module = draft.rule.module;
        let module_name = lexicon.modules.get(module.index()).map(|module| module.name.as_str());
        let mut found: Vec<RuleId> = Vec::new();
        // a table's paths are told with its first row
        let rows = draft.table.as_ref().and_then(|table| self.targets.get(table)).map(|table| &table.rules);
        let first = rows.is_none_or(|rows| rows.iter().next() == Some(own));
        for path in draft.exception_to {
            let whose = draft.table.as_ref().unwrap_or(&draft.rule.name);
            let mut of_path = Problems::of_rule(module_name.unwrap_or_default(), whose);
            found.extend(self.follow(path, module, own, lexicon, &mut of_path));
            draft.rule.has_error |= of_path.failed();
            draft.rule.faults.extend(of_path.faults());
            if first {
                problems.take(of_path);
            }
        }
        let mut found: RuleSet = found.into_iter().collect();
        if draft.first_row_wins {
            for rows in rows.into_iter().flat_map(RuleSet::stretches).filter(|rows| rows.end > own.0 + 1) {
                found.add(rows.start.max(own.0 + 1)..rows.end, |_| {});
            }
        }
        found
    }

    fn follow(
        &self,
        path: &ast::Path,
        module: ModuleId,
        own: RuleId,
        lexicon: &Lexicon<'_>,
        problems: &mut Problems,
    ) -> Vec<RuleId> {
        let words: Vec<&str> = path.names.iter().map(|name| name.text.as_str()).collect();
        let written = words.join(".");
        let of = |id: ModuleId| lexicon.modules.get(id.index());
        let relative = of(module).map(|module| format!("{}.{written}", module.name)).unwrap_or_default();
        let group = |rules: &RuleSet| rules.iter().filter(|rule| *rule != own).collect();
        if let Some(target) = self.targets.get(&relative).or_else(|| self.targets.get(&written)) {
            if let Some(speaker) = of(target.module).filter(|_| is_foreign(lexicon, module, target.module)) {
                problems.tell(foreign_rule(&written, speaker, path.span));
                return Vec::new();
            }
            // a rule that names itself is kept: the loop is told with the other loops
            let itself = target.rules.len() == 1 && target.rules.contains(own);
            return if itself { vec![own] } else { group(&target.rules) };
        }
        if let Ok(found) = lexicon.modules.binary_search_by(|module| module.name.as_str().cmp(&written)) {
            let named = ModuleId(found as u32);
            if let Some(speaker) = of(named).filter(|_| is_foreign(lexicon, module, named)) {
                problems.tell(foreign_rule(&written, speaker, path.span));
                return Vec::new();
            }
            return self.modules.get(found).map(group).unwrap_or_default();
        }
        let table = words.split_last().filter(|(_, table)| !table.is_empty()).and_then(|(_, table)| {
            let table = table.join(".");
            let in_module =
                of(module).and_then(|module| self.targets.get(&format!("{}.{table}", module.name)));
            in_module.or_else(|| self.targets.get(&table))
        });
        match table.filter(|target| target.unreadable) {
            Some(table) => problems.follow(table.span),
            None => problems.tell(self.unknown(&written, module, path.span, lexicon)),
        }
        Vec::new()
    }

    fn unknown(&self, written: &str, module: ModuleId, span: Span, lexicon: &Lexicon<'_>) -> Diagnostic {
        let own = lexicon.modules.get(module.index()).map(|module| format!("{}.", module.name));
        let full = self.targets.keys().map(String::as_str);
        let relative = full.clone().filter_map(|name| name.strip_prefix(own.as_deref()?));
        let modules = lexicon.modules.iter().map(|module| module.name.as_str());
        let help = lexicon.names.suggestion(written, relative.chain(full).chain(modules));
        let message = text!(
            en: "`{written}` is no rule, table or module",
            da: "`{written}` er hverken en regel, en tabel eller et modul"
        );
        let label = text!(en: "leads to no rule", da: "fører ikke til nogen regel");
        error("unknown-name", message).label(span, label).help(help.unwrap_or_else(|| {
            text!(
                en: "name a rule as `Module.rule`, a row as `Module.table.row`",
                da: "skriv en regel som `Modul.regel` og en række som `Modul.tabel.række`"
            )
        }))
    }
}

/// Whether a module below the law names a rule of another one that is not heard where it speaks.
fn is_foreign(lexicon: &Lexicon<'_>, module: ModuleId, named: ModuleId) -> bool {
    let below = |id: ModuleId| {
        let of = lexicon.modules.get(id.index());
        of.filter(|of| {
            use ModuleKind::{Institution, Municipality, Region, Trial};
            matches!(of.kind, Municipality | Institution | Region | Trial)
        })
    };
    let (Some(own), Some(other)) = (below(module), below(named)) else { return false };
    let town = match own.kind {
        ModuleKind::Municipality => Some(module),
        ModuleKind::Institution => own.applies_in.first().copied(),
        _ => None,
    };
    let names_town = |town: ModuleId| {
        town == named
            || (matches!(other.kind, ModuleKind::Trial | ModuleKind::Region)
                && other.applies_in.contains(&town))
    };
    module != named && !town.is_some_and(names_town)
}

fn foreign_rule(written: &str, speaker: &Module, span: Span) -> Diagnostic {
    let name = &speaker.name;
    let (message, label) = if speaker.kind == ModuleKind::Municipality {
        (
            text!(
                en: "`{written}` is a rule of another municipality, which has no say here",
                da: "`{written}` er en anden kommunes regel, som ikke gælder her"
            ),
            text!(en: "another municipality", da: "en anden kommune"),
        )
    } else {
        (
            text!(
                en: "`{written}` is a rule of `{name}`, which has no say here",
                da: "`{written}` er en regel i `{name}`, som ikke gælder her"
            ),
            text!(en: "not heard here", da: "høres ikke her"),
        )
    };
    error("unknown-name", message).label(span, label).help(text!(
        en: "name a rule of the same module or of a lov",
        da: "nævn en regel i samme modul eller i en lov"
    ))
}

fn twice(lexicon: &Lexicon<'_>, module: ModuleId, name: &str, one: Span, other: Span) -> Problems {
    let module = lexicon.modules.get(module.index()).map(|module| module.name.as_str());
    let mut problems = Problems::of_rule(module.unwrap_or_default(), name);
    problems.tell(duplicate(name, one.max(other), Some(one.min(other))));
    problems
}
