//! The tree as indented lines: what tests compare and what a reader sees who asks what was read.

mod promises;
mod words;

use super::ast::{
    Clauses, ColumnKind, Complaint, Effect, EffectKind, File, ItemKind, Module, ModuleKind, Name, Paragraph,
    Quoted, RelationKind, Row, Support, Table, Type,
};
use crate::ground::iso_date;
use std::fmt::Display;
use words::{after, bound, citation, condition, grade_word, names, path, period, test, value};

/// The items of a file, one line for each thing that was written.
pub(crate) fn print(file: &File) -> String {
    let mut page = Page { lines: String::new(), depth: 0 };
    for item in &file.items {
        page.depth = 0;
        page.item(&item.kind);
    }
    page.lines
}

struct Page {
    lines: String,
    depth: usize,
}

impl Page {
    fn line(&mut self, words: impl Display) {
        let indent = "  ".repeat(self.depth + 1);
        self.lines.push_str(&format!("{indent}{words}\n"));
    }

    /// The head of an item; what follows stands below it.
    fn head(&mut self, keyword: &str, name: &Name, title: Option<&Quoted>) {
        self.line(format!("{keyword} {}{}", name.text, after(title)));
        self.depth = 1;
    }

    fn clause(&mut self, word: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.line(format!("{word} {value}"));
        }
    }

    fn item(&mut self, kind: &ItemKind) {
        match kind {
            ItemKind::Module(module) => self.module(module),
            ItemKind::Fact(fact) => {
                self.head("fact", &fact.name, fact.title.as_ref());
                if fact.assessed {
                    self.line("assessed");
                }
                self.value_type(&fact.kind);
                self.clause("typical", fact.typical.as_ref().map(value));
                if fact.fixed {
                    self.line("fixed");
                }
            }
            ItemKind::Concept(concept) => {
                self.head("concept", &concept.name, concept.title.as_ref());
                self.line(condition(&concept.condition));
            }
            ItemKind::Assumption(assumption) => {
                self.line(format!("assumption{}", after(Some(&assumption.title))));
                self.depth = 1;
                self.clause("if", assumption.when.as_ref().map(condition));
                self.line(format!("then {}", condition(&assumption.then)));
            }
            ItemKind::Kind(kind) => {
                self.head("kind", &kind.name, kind.title.as_ref());
                self.clause("below", kind.parent.as_ref().map(|parent| &parent.text));
            }
            ItemKind::Support(support) => self.support(support),
            ItemKind::Term(term) => {
                self.head("term", &term.name, term.title.as_ref());
                self.value_type(&term.kind);
                self.clause("better", term.more_is_better.map(|more| if more { "more" } else { "less" }));
                if term.internal {
                    self.line("internal");
                }
            }
            ItemKind::Unit(unit) => {
                self.head("unit", &unit.name, unit.title.as_ref());
                self.clause("successor", unit.successor.as_ref().map(|next| &next.text));
                self.clause("successor from", unit.successor_from.map(|date| iso_date(date.day)));
            }
            ItemKind::Department(department) => {
                self.head("department", &department.name, department.title.as_ref());
                self.clause("serves", department.scope.as_ref().map(condition));
            }
            ItemKind::Rule(rule) => {
                self.head("rule", &rule.name, rule.title.as_ref());
                self.clauses(&rule.clauses);
                for effect in &rule.effects {
                    self.effect(effect);
                }
            }
            ItemKind::Table(table) => self.table(table),
            ItemKind::Matrix(matrix) => self.matrix(matrix),
            ItemKind::Rate(rate) => {
                self.head("rate", &rate.name, rate.title.as_ref());
                self.clause("unit", rate.unit.as_ref().map(|unit| &unit.text));
                for (from, worth) in &rate.values {
                    self.line(format!("from {}: {}", iso_date(from.day), value(worth)));
                }
            }
            ItemKind::Task(task) => {
                self.head("task", &task.name, task.title.as_ref());
                self.clause("below", task.kind.as_ref().map(|kind| &kind.text));
            }
            ItemKind::Step(step) => self.head("step", &step.name, step.title.as_ref()),
            ItemKind::Offer(offer) => self.offer(offer),
            ItemKind::Guarantee(guarantee) => self.guarantee(guarantee),
            ItemKind::Example(example) => self.example(example),
            ItemKind::Accept(accept) => self.accept(accept),
            ItemKind::Silence(silence) => self.line(format!("silence {}", names(&silence.supports))),
            ItemKind::Broken { keyword, name } => {
                let name = name.as_ref().map_or(String::new(), |name| format!(" {}", name.text));
                self.line(format!("broken {keyword}{name}"));
            }
        }
    }

    fn support(&mut self, support: &Support) {
        self.head("support", &support.name, support.title.as_ref());
        self.clause("below", support.kind.as_ref().map(|kind| &kind.text));
        for relation in &support.relations {
            let word = match relation.kind {
                RelationKind::Matches => "matches",
                RelationKind::Replaces => "replaces",
                RelationKind::Supplements => "supplements",
                RelationKind::Excludes => "excludes",
            };
            self.line(format!("{word} {}", names(&relation.supports)));
        }
        if support.without_decision.is_some() {
            self.line("without a decision");
        }
    }

    fn module(&mut self, module: &Module) {
        let keyword = match module.kind {
            ModuleKind::Law => "law",
            ModuleKind::Source => "source",
            ModuleKind::Municipality => "municipality",
            ModuleKind::Order => "order",
            ModuleKind::Trial => "trial",
            ModuleKind::Region => "region",
            ModuleKind::Institution => "institution",
            ModuleKind::Guidance => "guidance",
            ModuleKind::Provider => "provider",
        };
        self.head(keyword, &module.name, module.title.as_ref());
        if !module.declares {
            self.line("repeated");
        }
        self.clause("guiding", module.guiding);
        self.clause("adopted", module.adopted.map(|date| iso_date(date.day)));
        self.clause("adopted by", module.adopted_by.as_ref().map(|by| &by.text));
        self.clause("revised", module.revised.map(|date| iso_date(date.day)));
        if !module.applies_in.is_empty() {
            self.line(format!("applies in {}", names(&module.applies_in)));
        }
        self.clause("valid", module.valid.as_ref().map(period));
        if let Some(scope) = &module.scope {
            self.line(format!("covers {}: {}", condition(&scope.condition), names(&scope.kinds)));
        }
        if let Some(complaint) = &module.complaint {
            self.complaint(complaint);
        }
        for edition in &module.editions {
            let eli = edition.eli.as_ref().map_or(String::new(), |eli| format!(" eli {}", eli.text));
            let valid = edition.valid.map_or(String::new(), |valid| format!(" valid {}", period(&valid)));
            self.line(format!("edition{}{eli}{valid}", after(Some(&edition.title))));
        }
        for paragraph in &module.paragraphs {
            self.paragraph(paragraph);
        }
    }

    fn complaint(&mut self, complaint: &Complaint) {
        let text = |words: &Option<Quoted>| words.as_ref().map(|words| words.text.clone());
        self.line(format!("complaint to {}", complaint.to.text));
        self.depth += 1;
        self.clause("through", text(&complaint.through));
        self.clause("which", text(&complaint.which));
        self.clause("within", complaint.within.as_ref());
        self.clause("after", text(&complaint.after));
        self.clause("basis", Some(complaint.basis.iter().map(citation).collect::<Vec<_>>().join(", ")));
        self.depth -= 1;
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        self.line(format!("paragraph {}{}", paragraph.provision, after(paragraph.title.as_ref())));
        self.depth += 1;
        self.clause("appeal", paragraph.appeal);
        self.clause("successor", paragraph.successor.as_ref().map(citation));
        self.depth -= 1;
    }

    fn value_type(&mut self, kind: &Type) {
        let range = |low, high| format!("{} to {}", value(low), value(high));
        match kind {
            Type::YesNo => self.line("yes or no"),
            Type::List { values, ordered } => {
                self.line(if *ordered { "ordered list" } else { "list" });
                self.depth += 1;
                for value in values {
                    self.line(format!("{}{}", value.name.text, after(value.title.as_ref())));
                }
                self.depth -= 1;
            }
            Type::Number { low, high, decimals, unit } => {
                let unit = unit.as_ref().map_or(String::new(), |unit| format!(" {}", unit.text));
                self.line(format!("number {}{unit}, {decimals} decimals", range(low, high)));
            }
            Type::Duration { low, high } => self.line(format!("duration {}", range(low, high))),
            Type::Workdays { low, high } => self.line(format!("workdays {}", range(low, high))),
            Type::Money { low, high } => self.line(format!("money {}", range(low, high))),
            Type::Date(days) => self.line(format!("date {}", period(days))),
        }
    }

    fn clauses(&mut self, clauses: &Clauses) {
        let joined = |parts: Vec<String>| (!parts.is_empty()).then(|| parts.join(", "));
        self.clause("basis", joined(clauses.basis.iter().map(citation).collect()));
        self.clause("valid", clauses.valid.as_ref().map(period));
        self.clause("places", joined(clauses.places.iter().map(|name| name.text.clone()).collect()));
        self.clause("when", clauses.when.as_ref().map(condition));
        self.clause("exception to", joined(clauses.exception_to.iter().map(path).collect()));
        self.clause("responsible", clauses.responsible.as_ref().map(|name| &name.text));
        self.clause("referred to", clauses.referred_to.as_ref().map(|name| &name.text));
        if let Some(deviable) = &clauses.deviable {
            self.line(format!("deviable {}", deviable.when.as_ref().map_or("always".to_owned(), condition)));
        }
        self.clause("reason", clauses.reason.as_ref().map(|reason| &reason.text));
        self.clause("reading", clauses.reading.as_ref().map(|reading| &reading.text));
        if clauses.first_row_wins {
            self.line("first row wins");
        }
    }

    fn effect(&mut self, effect: &Effect) {
        let supports = names(&effect.supports);
        match &effect.kind {
            EffectKind::Grade { grade, duty, .. } => {
                self.line(format!(
                    "{} {supports}{}",
                    grade_word(*grade),
                    if *duty { " as a duty" } else { "" }
                ));
            }
            EffectKind::Terms => self.line(format!("terms of {supports}")),
            EffectKind::Precondition(needed) => {
                self.line(format!("precondition of {supports}: {}", condition(needed)));
            }
            EffectKind::Lapses => self.line("lapses"),
            EffectKind::Perform { grade, at } => {
                let at = if at.is_empty() { String::new() } else { format!(" at {}", names(at)) };
                self.line(format!("{} perform {supports}{at}", grade_word(*grade)));
            }
        }
        self.depth += 1;
        for term in &effect.terms {
            self.line(bound(term));
        }
        if let EffectKind::Grade { only_when: Some(only_when), .. } = &effect.kind {
            self.line(format!("only when {}", condition(only_when)));
        }
        self.depth -= 1;
    }

    fn table(&mut self, table: &Table) {
        self.head("table", &table.name, table.title.as_ref());
        self.clauses(&table.clauses);
        let columns = table.columns.iter().map(|column| match &column.kind {
            ColumnKind::Rule => "regel".to_owned(),
            ColumnKind::Support => "støtte".to_owned(),
            ColumnKind::Task => "opgave".to_owned(),
            ColumnKind::When => "når".to_owned(),
            ColumnKind::Grade => "grad".to_owned(),
            ColumnKind::Basis => "hjemmel".to_owned(),
            ColumnKind::Valid => "gyldig".to_owned(),
            ColumnKind::Named(name) => name.text.clone(),
            ColumnKind::Prose(title) => format!("\"{}\"", title.text),
        });
        let columns: Vec<String> = columns.collect();
        self.line(format!("columns {}", columns.join(", ")));
        for row in &table.rows {
            self.row(table, row);
        }
    }

    fn row(&mut self, table: &Table, row: &Row) {
        let name = row.name.as_ref().map_or("without a name", |name| name.text.as_str());
        self.line(format!("row {name}{}", if row.broken { ", broken" } else { "" }));
        self.depth += 1;
        if !row.supports.is_empty() {
            self.line(format!("supports {}", names(&row.supports)));
        }
        self.clause("when", row.when.as_ref().map(condition));
        if let Some((grade, duty, _)) = row.grade {
            self.line(format!("{}{}", grade_word(grade), if duty { " as a duty" } else { "" }));
        }
        for cited in &row.basis {
            self.line(format!("basis {}", citation(cited)));
        }
        self.clause("valid", row.valid.as_ref().map(period));
        for cell in &row.cells {
            if let Some(ColumnKind::Named(name)) = table.columns.get(cell.column).map(|column| &column.kind) {
                let ceiling = if cell.ceiling.is_some() { " as a ceiling" } else { "" };
                self.line(format!("{} {}{ceiling}", name.text, test(&cell.test)));
            }
        }
        self.depth -= 1;
    }
}
