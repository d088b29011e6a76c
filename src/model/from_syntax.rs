//! Trees to model: names resolved, types checked, unresolved things kept as errors of their rule.
mod alike;
mod bounds;
mod accepts;
mod citations;
mod coding;
mod conditions;
mod domains;
mod examples;
mod exceptions;
mod guarantees;
mod lexicon;
mod matrices;
mod modules;
mod names;
mod offers;
mod problems;
mod rates;
mod relations;
mod promises;
mod rules;
mod silence;

mod tables;
mod targets;
#[cfg(test)]
mod tests;
mod thresholds;
mod unfit;
mod unused;
mod vocabulary;
mod window;

use super::asks;
use super::doubt::Doubt;
use super::{
    Assumption, Complaint, Concept, ConceptId, Department, DepartmentId, Formula, Model, ModuleId, Scope,
    SupportId,
};
use crate::ground::{Card, Diagnostic, Options, Sources, Span};
use crate::syntax::ast::{self, ItemKind};
pub(crate) use alike::{are_names_alike, stem as stem_of};
use lexicon::Lexicon;
use modules::Home;
pub(crate) use names::nearest;
use problems::Problems;
use promises::Known;
use rayon::prelude::*;
use rules::Place;

/// Resolves all files together. The files' order does not matter. `checks` are those an `accepter` can name.
pub(crate) fn from_syntax(
    files: &[ast::File],
    sources: &Sources,
    options: &Options,
    checks: &[Card],
) -> (Model, Vec<Diagnostic>) {
    let window = options.window.unwrap_or_else(|| window::of_policies(files));
    let mut problems = Problems::of_vocabulary();
    let mut names = names::Names::new();
    let headers = modules::read(files, &mut names, &mut problems);
    let words = vocabulary::read(files, &headers.homes, window, sources, &mut names, &mut problems);
    let mut lexicon = Lexicon {
        sources,
        names,
        facts: words.facts,
        terms: words.terms,
        supports: words.supports,
        rates: words.rates,
        pairs: words.pairs,
        window,
        told_rates: std::sync::Mutex::default(),
        asking: std::collections::BTreeSet::new(),
        modules: headers.modules,
        paragraphs: headers.paragraphs,
    };
    let mut doubt = Doubt::default();
    let concepts = concepts(&lexicon, &words.concepts, &mut doubt, &mut problems);
    lexicon.asking = asks::asking(&concepts);
    let assumptions = assumptions(&lexicon, &words.assumptions, &mut problems);
    let departments = departments(&lexicon, &words.departments, &mut doubt, &mut problems);
    successors(&mut lexicon, &headers.declaring, &mut problems);
    let rules = rules(&lexicon, files, &headers.homes, &mut problems);
    let known = Known { rules: &rules, checks };
    let promises = lexicon.promises(files, &headers.homes, &known, &mut problems);
    let scopes: Vec<Option<Scope>> = headers
        .declaring
        .iter()
        .map(|header| header.and_then(|header| scope(&lexicon, header, &mut problems)))
        .collect();
    complaints(&mut lexicon, &headers.declaring, &mut problems);
    let silences = silences(&lexicon, files, &headers.homes, &mut problems);
    for (module, scope) in lexicon.modules.iter_mut().zip(scopes) {
        module.scope = scope;
    }
    for (module, silent_on) in silences {
        if let Some(module) = lexicon.modules.get_mut(module.index()) {
            module.silent_on.extend(silent_on);
        }
    }
    let declared = lexicon.names.declared();
    let mut findings = problems.into_findings();
    findings.extend(alike::find(&declared, &lexicon.supports));
    findings.extend(alike::values(files));
    // what stands in a file of nobody's is not looked at
    if findings.iter().all(|finding| finding.check != "unclear-header") {
        findings.extend(unused::find(&declared, &lexicon.supports, files));
    }
    let mut model = Model {
        facts: lexicon.facts,
        concepts,
        assumptions,
        supports: lexicon.supports,
        terms: lexicon.terms,
        units: words.units,
        modules: lexicon.modules,
        departments,
        rules,
        promises,
        asked: Vec::new(),
        window,
        reference: options.reference_date,
    };
    let guarantees = model.promises.guarantees.iter();
    let asked = guarantees.flat_map(|guarantee| asks::asked_in(&model.concepts, &guarantee.when));
    model.asked = asked.collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    let concepts = &model.concepts;
    model.rules.par_iter_mut().with_min_len(FEWEST_APART).for_each(|rule| {
        rule.asks = asks::asked_by(concepts, rule);
    });
    doubt.spread(&mut model);
    widen_faults(&mut model, files);
    (model, findings)
}

/// Of a declaration that is wrong the rules know only the name; what is wrong with it may be told anywhere in it.
fn widen_faults(model: &mut Model, files: &[ast::File]) {
    let is_rule =
        |item: &ast::Item| matches!(item.kind, ItemKind::Rule(_) | ItemKind::Table(_) | ItemKind::Matrix(_));
    let items = files.iter().flat_map(|file| &file.items);
    let mut declarations: Vec<Span> = items.filter(|item| !is_rule(item)).map(|item| item.span).collect();
    declarations.sort_unstable();
    for fault in model.rules.iter_mut().flat_map(|rule| &mut rule.faults) {
        let next = declarations.partition_point(|span| (span.file, span.start) <= (fault.file, fault.start));
        let declaration = next.checked_sub(1).and_then(|at| declarations.get(at));
        if let Some(span) = declaration.filter(|span| span.holds(*fault)) {
            *fault = *span;
        }
    }
}

fn concepts(
    lexicon: &Lexicon<'_>,
    declared: &[&ast::Concept],
    doubt: &mut Doubt,
    problems: &mut Problems,
) -> Vec<Concept> {
    let mut concepts = Vec::with_capacity(declared.len());
    for (index, concept) in declared.iter().enumerate() {
        let mut own = Problems::of_vocabulary();
        let formula = lexicon.formula(&concept.condition, &mut own).unwrap_or(Formula::Never);
        if let Some(fault) = own.faults().first() {
            doubt.concepts.insert(ConceptId(index as u32), *fault);
        }
        problems.take(own);
        concepts.push(Concept { name: concept.name.text.clone(), formula, span: concept.name.span });
    }
    concepts
}

/// An assumption with an error in it assumes nothing.
fn assumptions(
    lexicon: &Lexicon<'_>,
    declared: &[(&ast::Assumption, Span)],
    problems: &mut Problems,
) -> Vec<Assumption> {
    let mut assumptions = Vec::with_capacity(declared.len());
    for (assumption, span) in declared {
        let when = assumption.when.as_ref().map(|when| lexicon.facts_formula(when, problems));
        let then = lexicon.facts_formula(&assumption.then, problems);
        let formula = match (when, then) {
            (None, Some(then)) => then,
            (Some(Some(when)), Some(then)) => Formula::Or(vec![Formula::Not(Box::new(when)), then]),
            (Some(None), _) | (_, None) => continue,
        };
        assumptions.push(Assumption { title: assumption.title.text.clone(), formula, span: *span });
    }
    assumptions
}

/// A department whose `omfatter` is wrong serves nobody, so that nothing is asked about it.
fn departments(
    lexicon: &Lexicon<'_>,
    declared: &[(ModuleId, &ast::Department)],
    doubt: &mut Doubt,
    problems: &mut Problems,
) -> Vec<Department> {
    let mut departments = Vec::with_capacity(declared.len());
    for (index, (module, department)) in declared.iter().enumerate() {
        let module_name = lexicon.modules.get(module.index()).map(|module| module.name.as_str());
        let mut own = Problems::of_module(module_name.unwrap_or_default());
        let scope = match &department.scope {
            None => Some(Formula::Always),
            Some(scope) => lexicon.facts_formula(scope, &mut own),
        };
        if let Some(fault) = own.faults().first() {
            doubt.departments.insert(DepartmentId(index as u32), *fault);
        }
        problems.take(own);
        departments.push(Department {
            name: department.name.text.clone(),
            title: vocabulary::title(department.title.as_ref()),
            module: *module,
            scope: scope.unwrap_or(Formula::Never),
            span: department.name.span,
        });
    }
    departments
}

/// The sources that paragraphs are replaced by must exist.
fn successors(lexicon: &mut Lexicon<'_>, headers: &[Option<&ast::Module>], problems: &mut Problems) {
    for (index, header) in headers.iter().enumerate() {
        let Some(header) = header else { continue };
        let mut own = Problems::of_module(&header.name.text);
        for paragraph in &header.paragraphs {
            let Some(successor) = &paragraph.successor else { continue };
            let source = lexicon.citation(successor, &mut own).map(|citation| citation.source);
            let declared = lexicon.modules.get_mut(index).map(|module| module.paragraphs.as_mut_slice());
            let declared = declared.unwrap_or_default().iter_mut().find(|known| known.span == paragraph.span);
            if let Some(declared) = declared {
                declared.successor_source = source;
            }
        }
        problems.take(own);
    }
}

/// How the decisions of each source are appealed; what that rests on must exist.
fn complaints(lexicon: &mut Lexicon<'_>, headers: &[Option<&ast::Module>], problems: &mut Problems) {
    for (index, header) in headers.iter().enumerate() {
        let Some((header, written)) = header.and_then(|header| Some((header, header.complaint.as_ref()?)))
        else {
            continue;
        };
        let mut own = Problems::of_module(&header.name.text);
        let text = |words: &Option<ast::Quoted>| words.as_ref().map(|words| words.text.clone());
        let complaint = Complaint {
            to: written.to.text.clone(),
            through: text(&written.through),
            which: text(&written.which),
            within: written.within.clone(),
            after: text(&written.after),
            basis: lexicon.basis(&written.basis, &mut own),
        };
        if let Some(module) = lexicon.modules.get_mut(index) {
            module.complaint = Some(complaint);
        }
        problems.take(own);
    }
}

/// What a municipality promises; with an error in it, nothing is asked about it.
fn scope(lexicon: &Lexicon<'_>, header: &ast::Module, problems: &mut Problems) -> Option<Scope> {
    let written = header.scope.as_ref()?;
    let mut own = Problems::of_module(&header.name.text);
    let formula = lexicon.facts_formula(&written.condition, &mut own);
    let kinds = lexicon.supports(&written.kinds, &mut own);
    let failed = own.failed();
    problems.take(own);
    formula.filter(|_| !failed).map(|formula| Scope { formula, kinds, span: written.span })
}

/// What each municipality is silent on, and where it says so.
fn silences(
    lexicon: &Lexicon<'_>,
    files: &[ast::File],
    homes: &[Home],
    problems: &mut Problems,
) -> Vec<(ModuleId, Vec<(SupportId, Span)>)> {
    let mut silences = Vec::new();
    for (file, home) in files.iter().zip(homes) {
        let Home::Of(module) = *home else { continue };
        let Some(module_name) = lexicon.modules.get(module.index()).map(|module| module.name.as_str()) else {
            continue;
        };
        let written = file.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Silence(silence) => Some(silence),
            _ => None,
        });
        for name in written.flat_map(|silence| &silence.supports) {
            let mut own = Problems::of_module(module_name);
            let found = lexicon.supports(std::slice::from_ref(name), &mut own);
            silences.push((module, found.into_iter().map(|support| (support, name.span)).collect()));
            problems.take(own);
        }
    }
    silences
}

/// How many rules are worth being resolved by another thread.
const FEWEST_APART: usize = 64;

/// How many items are resolved side by side before they are put to the others.
const MOST_APART: usize = 1_024;

/// What an item that says what holds becomes.
struct Resolved<'a> {
    drafts: Vec<rules::Draft<'a>>,
    /// of one with rows
    table: Option<exceptions::TableName<'a>>,
    problems: Problems,
}

/// The rules of all files. They are resolved side by side; where something is told, that is done again in its turn.
fn rules(
    lexicon: &Lexicon<'_>,
    files: &[ast::File],
    homes: &[Home],
    problems: &mut Problems,
) -> Vec<super::Rule> {
    let mut items = Vec::new();
    for (file, home) in files.iter().zip(homes) {
        let Home::Of(module) = *home else { continue };
        let Some(module_name) = lexicon.modules.get(module.index()).map(|module| module.name.as_str()) else {
            continue;
        };
        items.extend(file.items.iter().map(|item| (item, Place { module, module_name })));
    }
    let resolve = |(item, place)| resolved(lexicon, item, place);
    let many = |(item, _): &(&ast::Item, Place<'_>)| match &item.kind {
        ItemKind::Table(table) => table.rows.len(),
        _ => 1,
    };
    // a list that grew would for a while stand in memory three times
    let (mut drafts, mut tables) = (Vec::with_capacity(items.iter().map(many).sum()), Vec::new());
    // not all at once: what is resolved apart is moved together, and stands in memory twice until then
    for some in items.chunks(MOST_APART) {
        let apart: Vec<Resolved<'_>> =
            lexicon.names.apart(|| some.par_iter().copied().map(resolve).collect());
        for (found, item) in apart.into_iter().zip(some) {
            let found = if found.problems.has_findings() { resolve(*item) } else { found };
            drafts.extend(found.drafts);
            tables.extend(found.table);
            problems.take(found.problems);
        }
    }
    exceptions::settle(lexicon, drafts, &tables, problems)
}

fn resolved<'a>(lexicon: &Lexicon<'_>, item: &'a ast::Item, place: Place<'_>) -> Resolved<'a> {
    let mut problems = Problems::of_vocabulary();
    let (mut table, module) = (None, place.module);
    let drafts = match &item.kind {
        ItemKind::Rule(rule) => {
            let (draft, own) = lexicon.rule(rule, item.span, place);
            problems.take(own);
            vec![draft]
        }
        ItemKind::Table(written) => {
            table = Some((place.full(&written.name.text), module, &written.name));
            lexicon.table(written, place, &mut problems)
        }
        ItemKind::Matrix(matrix) => {
            table = Some((place.full(&matrix.name.text), module, &matrix.name));
            lexicon.matrix(matrix, item.span, place, &mut problems)
        }
        ItemKind::Broken { keyword, name } if ["regel", "tabel", "matrix"].contains(&keyword.as_str()) => {
            vec![lexicon.unreadable(keyword, name.as_ref(), item.span, place)]
        }
        _ => Vec::new(),
    };
    Resolved { drafts, table, problems }
}
