//! `hjemmel impact`: what a policy comes to for a whole population, for those who decide on it.

mod data;
mod page;
mod report;
mod svg;
mod tally;

use super::parsed::Parsed;
use super::run::{Opened, only_counted};
use crate::args::{ImpactArgs, ImpactForm};
use crate::commands::asking::{answered, workspace};
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::language;
use anstream::ColorChoice;
use hjemmel::population::{Asked, CellKind, Decider, Grouping, TermShape};
use hjemmel::{Lang, Text};
use report::Report;
use tally::Plan;

/// The terms that are added up where none is named.
const USUAL: [&str; 3] = ["timer", "pris", "pris-om-ugen"];

pub(crate) fn run(args: &ImpactArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let config = Config::find(&args.paths)?;
    let lang = language::choose(lang, config.language);
    impact(args, &config, lang, color).map_err(|failure| failure.told_in(lang))
}

fn impact(args: &ImpactArgs, config: &Config, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let citizens = &args.citizens;
    if !citizens.is_asked() {
        return Err(Text {
            en: "whose impact? write `--population FILE`, or `--generate 10000` to try it".to_owned(),
            da: "for hvem? skriv `--population FIL`, eller `--generate 10000` for at prøve det".to_owned(),
        }
        .into());
    }
    only_counted(citizens, args.written.out.as_deref(), "impact")?;
    let workspace = workspace(&args.paths, config, &args.written)?;
    let asked = Asked { place: &args.municipality, support: args.support.as_deref(), ..Asked::default() };
    let opened = Opened::new(&workspace, citizens, asked, &[], args.date.or(config.reference_date), lang)?;
    let decider = &opened.decider;
    let plan = Plan {
        decider,
        groupings: groupings(decider, &args.by)?,
        supports: supports(decider),
        terms: terms(decider, &args.sum)?,
    };
    let mut rejects = opened.rejects(citizens, lang)?;
    let mut tally = plan.nobody();
    let work = |parsed: Parsed| {
        let decided = decider.decide(&parsed.batch);
        let mut counted = plan.count(&parsed.batch, &decided);
        counted.rows = parsed.rows;
        counted.seen = parsed.seen;
        Ok((counted, parsed.bad))
    };
    let whole = opened.each(citizens, lang, work, |counted| {
        let (counted, bad) = counted?;
        rejects.take(&bad)?;
        tally.add(&counted);
        Ok(())
    })?;
    if !whole {
        return Ok(exit::INTERRUPTED);
    }
    let bad = rejects.finish()?;
    opened.tell_missing(&tally.seen, lang);
    let report = Report {
        plan: &plan,
        tally: &tally,
        bad,
        seed: citizens.generate.map(|_| citizens.seed),
        at_least: args.at_least,
        lang,
    };
    let page = match args.format {
        ImpactForm::Text => page::text(&report),
        ImpactForm::Markdown => page::markdown(&report),
        ImpactForm::Json => data::json(&report),
        ImpactForm::Csv => data::csv(&report),
        ImpactForm::Svg => svg::drawing(&report),
    };
    let code = answered(&page, args.written.out.as_deref(), color)?;
    Ok(if bad > 0 { exit::FINDINGS } else { code })
}

fn groupings(decider: &Decider, asked: &[String]) -> Result<Vec<Grouping>, Failure> {
    if !asked.is_empty() {
        return Ok(asked.iter().map(|name| decider.grouping(name)).collect::<Result<_, _>>()?);
    }
    let departments = decider.has_departments().then_some(Grouping::Departments);
    Ok(departments.into_iter().chain(decider.target_groups()).collect())
}

/// What is given; tasks and steps only where nothing else is asked about.
fn supports(decider: &Decider) -> Vec<usize> {
    let all = decider.supports();
    let given: Vec<usize> = (0..all.len()).filter(|at| all[*at].is_given).collect();
    if given.is_empty() { (0..all.len()).collect() } else { given }
}

/// The terms of numbers that some support has.
fn terms(decider: &Decider, asked: &[String]) -> Result<Vec<TermShape>, Failure> {
    let mut all: Vec<TermShape> = Vec::new();
    for term in decider.supports().iter().filter(|shape| shape.is_given).flat_map(|shape| &shape.terms) {
        if matches!(term.kind, CellKind::Number(_)) && all.iter().all(|known| known.name != term.name) {
            all.push(term.clone());
        }
    }
    if asked.is_empty() {
        all.retain(|term| USUAL.contains(&term.name.as_str()));
        return Ok(all);
    }
    let found = |name: &String| {
        let found = all.iter().find(|term| term.name == *name).cloned();
        let names: Vec<String> = all.iter().map(|term| format!("`{}`", term.name)).collect();
        let names = names.join(", ");
        found.ok_or_else(|| Text {
            en: format!("no støtte here has a term of numbers `{name}`; there is {names}"),
            da: format!("ingen støtte her har et vilkår med tal `{name}`; der er {names}"),
        })
    };
    Ok(asked.iter().map(found).collect::<Result<_, _>>()?)
}
