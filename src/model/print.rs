//! The model as text, for tests and for a look inside: everything later rooms can see, one thing a line.

use super::{
    Bound, Domain, EffectKind, FactId, Formula, Model, Module, Role, Rule, RuleId, Support, SupportId,
    ValueSet,
};
use crate::ground::{Day, iso_date};
use std::fmt::Write;

/// The whole model.
pub(crate) fn print(model: &Model) -> String {
    let mut out = String::new();
    let days = Domain::Date { low: model.window.from, high: model.window.to };
    let window = ValueSet::range(model.window.from, model.window.to);
    line(&mut out, format_args!("window {}", set(&days, &window)));
    vocabulary(&mut out, model);
    for module in &model.modules {
        print_module(&mut out, model, module, &days);
    }
    for department in &model.departments {
        let module = model.modules.get(department.module.index()).map_or("?", |module| &module.name);
        let scope = formula(model, &department.scope);
        line(&mut out, format_args!("department {module}.{} serves {scope}", department.name));
        title(&mut out, &department.title);
    }
    for rule in &model.rules {
        print_rule(&mut out, model, rule);
    }
    for offer in &model.promises.offers {
        line(&mut out, format_args!("offer {}", offer.name));
        title(&mut out, &offer.title);
        list(&mut out, "delivers", offer.delivers.iter().map(|id| support_name(model, *id)).collect());
    }
    out
}

fn vocabulary(out: &mut String, model: &Model) {
    for fact in &model.facts {
        let (values, typical) = (whole(&fact.domain), fact.domain.spell(fact.typical));
        let assessed = if fact.assessed { ", assessed" } else { "" };
        let fixed = if fact.fixed && fact.name != "dato" { ", fixed" } else { "" };
        line(out, format_args!("fact {}: {values}, typical {typical}{assessed}{fixed}", fact.name));
        title(out, &fact.title);
    }
    for concept in &model.concepts {
        line(out, format_args!("concept {} = {}", concept.name, formula(model, &concept.formula)));
    }
    for assumption in &model.assumptions {
        line(out, format_args!("assume {}", formula(model, &assumption.formula)));
        title(out, &assumption.title);
    }
    for support in &model.supports {
        let word = match support.role {
            Role::Support if support.is_kind => "kind",
            Role::Support => "support",
            Role::Task => "task",
            Role::Pair(_) => "pair",
            Role::Step => "step",
        };
        let parent = support.parent.map(|parent| format!(" below {}", support_name(model, parent)));
        line(out, format_args!("{word} {}{}", support.name, parent.unwrap_or_default()));
        title(out, &support.title);
        relations(out, model, support);
    }
    for unit in &model.units {
        let successor = unit.successor.as_ref();
        let successor = successor.map(|(next, from)| format!(" -> {next} from {}", iso_date(*from)));
        line(out, format_args!("unit {}{}", unit.name, successor.unwrap_or_default()));
        title(out, &unit.title);
    }
    for term in &model.terms {
        let better = match term.more_is_better {
            Some(true) => ", more is better",
            Some(false) => ", less is better",
            None => "",
        };
        let internal = if term.internal { ", internal" } else { "" };
        line(out, format_args!("term {}: {}{better}{internal}", term.name, whole(&term.domain)));
        title(out, &term.title);
    }
}

fn relations(out: &mut String, model: &Model, support: &Support) {
    for (relation, other) in &support.relations {
        line(out, format_args!("  {relation:?} {}", support_name(model, *other)));
    }
    if support.without_decision {
        line(out, format_args!("  without a decision"));
    }
}

fn print_module(out: &mut String, model: &Model, module: &Module, days: &Domain) {
    let guiding = if module.guiding { "guiding" } else { "binding" };
    let in_force = set(days, &module.in_force);
    line(out, format_args!("{:?} {} {guiding}, in force {in_force}", module.kind, module.name));
    title(out, &module.title);
    if let Some(valid) = &module.valid {
        line(out, format_args!("  speaks {}", set(days, valid)));
    }
    let places = module.applies_in.iter().filter_map(|place| model.modules.get(place.index()));
    list(out, "in", places.map(|place| place.name.as_str()).collect());
    for edition in &module.editions {
        let day = |day: Option<Day>| day.map(iso_date).unwrap_or_default();
        let eli = edition.eli.as_deref().unwrap_or_default();
        let (from, to) = (day(edition.from), day(edition.to));
        line(out, format_args!("  edition {:?} {from}..{to} {eli}", edition.title));
    }
    for paragraph in &module.paragraphs {
        let successor = paragraph.successor.as_ref().map(|successor| format!(" -> {successor}"));
        let appeal = match paragraph.appeal {
            Some(true) => ", appeal",
            Some(false) => ", no appeal",
            None => "",
        };
        line(out, format_args!("  {}{appeal}{}", paragraph.name, successor.unwrap_or_default()));
        title(out, &paragraph.title);
    }
    if let Some(complaint) = &module.complaint {
        line(out, format_args!("  complaint to {:?}", complaint.to));
        let words =
            |words: &Option<String>| words.iter().map(|words| format!("{words:?}")).collect::<String>();
        let (within, after) = (complaint.within.as_deref().unwrap_or_default(), words(&complaint.after));
        line(
            out,
            format_args!("    through {} which {}", words(&complaint.through), words(&complaint.which)),
        );
        line(out, format_args!("    within {within} after {after}"));
        let basis: Vec<&str> = complaint.basis.iter().map(|citation| citation.text.as_str()).collect();
        line(out, format_args!("    basis {}", basis.join(", ")));
    }
    if let Some(scope) = &module.scope {
        let kinds: Vec<&str> = scope.kinds.iter().map(|kind| support_name(model, *kind)).collect();
        line(out, format_args!("  promises {}: {}", formula(model, &scope.formula), kinds.join(", ")));
    }
    list(
        out,
        "silent on",
        module.silent_on.iter().map(|(support, _)| support_name(model, *support)).collect(),
    );
}

fn print_rule(out: &mut String, model: &Model, rule: &Rule) {
    let error = if rule.has_error { " ERROR" } else { "" };
    line(out, format_args!("rule {}{error}: {}", rule.name, formula(model, &rule.when)));
    title(out, &rule.title);
    let days = Domain::Date { low: model.window.from, high: model.window.to };
    if rule.valid != ValueSet::all() {
        line(out, format_args!("  valid {}", set(&days, &rule.valid)));
    }
    let places = rule.places.iter().filter_map(|place| model.departments.get(place.index()));
    let basis = rule.basis.iter().map(|citation| citation.text.as_str());
    let name = |id: RuleId| model.rules.get(id.index()).map_or("?", |rule| rule.name.as_str());
    list(out, "in", places.map(|place| place.name.as_str()).collect());
    list(out, "basis", basis.collect());
    list(out, "exception to", rule.exception_to.iter().map(name).collect());
    list(out, "responsible", rule.responsible.iter().map(String::as_str).collect());
    list(out, "because", rule.reason.iter().map(String::as_str).collect());
    if rule.deviable != Formula::Never {
        line(out, format_args!("  deviable {}", formula(model, &rule.deviable)));
    }
    for effect in &rule.effects {
        let kind = match &effect.kind {
            EffectKind::Grade { grade, duty } => {
                format!("{grade:?}{}", if *duty { " as a duty" } else { "" })
            }
            EffectKind::Terms => "Terms".to_owned(),
            EffectKind::Precondition(condition) => format!("Requires {}", formula(model, condition)),
            EffectKind::Lapses => "Lapses".to_owned(),
        };
        let support = effect.support.map_or("everything", |support| support_name(model, support));
        let bounds: Vec<String> = effect.bounds.iter().map(|one| bound(model, one)).collect();
        line(out, format_args!("  {support}: {kind} {}", bounds.join(", ")));
    }
}

fn line(out: &mut String, words: std::fmt::Arguments<'_>) {
    // writing to a String cannot fail
    let _ = writeln!(out, "{}", words.to_string().trim_end());
}

fn title(out: &mut String, title: &str) {
    if !title.is_empty() {
        line(out, format_args!("  title {title:?}"));
    }
}

fn list(out: &mut String, what: &str, words: Vec<&str>) {
    if !words.is_empty() {
        line(out, format_args!("  {what} {}", words.join(", ")));
    }
}

fn support_name(model: &Model, id: SupportId) -> &str {
    model.supports.get(id.index()).map_or("?", |support| &support.name)
}

fn bound(model: &Model, bound: &Bound) -> String {
    let Some(term) = model.terms.get(bound.term.index()) else { return String::new() };
    let values =
        if bound.set == ValueSet::all() { "soonest".to_owned() } else { set(&term.domain, &bound.set) };
    let days = Domain::Date { low: model.window.from, high: model.window.to };
    let dated = if bound.days == ValueSet::all() {
        String::new()
    } else {
        format!(" on {}", set(&days, &bound.days))
    };
    format!("{} {values}{}{dated}", term.name, if bound.ceiling { " as a ceiling" } else { "" })
}

fn formula(model: &Model, whole: &Formula) -> String {
    let join = |parts: &[Formula], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| formula(model, part)).collect();
        format!("({})", parts.join(word))
    };
    match whole {
        Formula::Always => "always".to_owned(),
        Formula::Never => "never".to_owned(),
        Formula::Test(fact, values) => test(model, *fact, values),
        Formula::Concept(id) => {
            model.concepts.get(id.index()).map_or("?".to_owned(), |concept| concept.name.clone())
        }
        Formula::Decided { support, due } => {
            format!("{} {}", if *due { "due" } else { "given" }, support_name(model, *support))
        }
        Formula::Not(inner) => format!("not {}", formula(model, inner)),
        Formula::And(parts) => join(parts, " and "),
        Formula::Or(parts) => join(parts, " or "),
    }
}

fn test(model: &Model, id: FactId, values: &ValueSet) -> String {
    let fact = model.facts.get(id.index());
    fact.map_or_else(String::new, |fact| format!("{} {}", fact.name, set(&fact.domain, values)))
}

/// Every value of a domain.
fn whole(domain: &Domain) -> String {
    let (low, high) = domain.bounds();
    set(domain, &ValueSet::range(low, high))
}

/// `{18 år..29 år, 67 år}`
fn set(domain: &Domain, values: &ValueSet) -> String {
    let end = |value: i64| match value {
        ValueSet::MIN | ValueSet::MAX => String::new(),
        value => domain.spell(value),
    };
    let range = |(low, high): &(i64, i64)| {
        if low == high { end(*low) } else { format!("{}..{}", end(*low), end(*high)) }
    };
    let ranges: Vec<String> = values.ranges().iter().map(range).collect();
    format!("{{{}}}", ranges.join(", "))
}
