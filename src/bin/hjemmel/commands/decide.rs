//! `hjemmel decide`: what one citizen gets, and why.

use super::asking::{answered, workspace};
use crate::args::{DecideArgs, Least};
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::facts::Facts;
use crate::language;
use crate::terminal::fitted;
use anstream::ColorChoice;
use hjemmel::export::{DecisionPage, WhyNotPage, decision_formats, no_letter};
use hjemmel::report::Look;
use hjemmel::{Grant, Lang, Outcome, Possible, Reasons, Text, Workspace};

pub(crate) fn run(args: &DecideArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let config = Config::find(&args.paths)?;
    let lang = language::choose(lang, config.language);
    #[cfg(feature = "population")]
    if args.many.citizens.is_asked() {
        return crate::population::decide(args, &config, lang).map_err(|failure| failure.told_in(lang));
    }
    decide(args, &config, lang, color).map_err(|failure| failure.told_in(lang))
}

fn decide(args: &DecideArgs, config: &Config, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    if args.format == "letter" && args.why_not.is_some() {
        return Err(Text {
            en: "a letter tells what is decided: ask --why-not in another format".to_owned(),
            da: "et brev siger, hvad der er afgjort: spørg med --why-not i et andet format".to_owned(),
        }
        .into());
    }
    let facts = Facts::read(args, config)?;
    let workspace = workspace(&args.paths, config, &args.written)?;
    let threads = super::threads_for(None, [&workspace])?;
    let (reasons, possible) = threads.install(|| decided(args, &facts, &workspace))?;
    let at_least = args.at_least.map_or(Grant::May, Least::grant);
    let asked = |support: &String| {
        let answer =
            threads.install(|| workspace.why_not(&args.municipality, &facts.words(), support, at_least));
        let named = reasons.supports.iter().find(|told| told.support.name == *support);
        let title = named.map_or(support.as_str(), |told| told.support.title.as_str());
        Ok::<_, Failure>((title.to_owned(), answer?))
    };
    let why_not = args.why_not.as_ref().map(asked).transpose()?;
    let page = DecisionPage {
        reasons: &reasons,
        possible: possible.as_ref(),
        why: args.why,
        why_not: why_not.as_ref().map(|(support, answer)| WhyNotPage { support, at_least, answer }),
        chosen: args.support.is_some(),
        day_from: facts.day_is_configured.then_some("reference_date, hjemmel.toml"),
        lang,
        width: fitted(Look::plain(lang)).width,
    };
    let formats = decision_formats();
    let format = formats.iter().find(|format| format.name == args.format).unwrap_or(&formats[0]);
    if let Some(hindered) = no_letter(&page).filter(|_| format.name == "letter") {
        if !hindered.contradicted {
            return Err(hindered.reason.into());
        }
        exit::tell(lang, &[hindered.reason]);
        return Ok(exit::FINDINGS);
    }
    let code = answered(&(format.render)(&page), args.written.out.as_deref(), color)?;
    let mut decided = reasons.supports.iter().filter(|support| support.certain);
    let undecided = decided.any(|support| support.decision.is_undecided());
    let settled = possible.iter().flat_map(|possible| &possible.supports);
    let mut settled = settled.filter_map(|support| match &support.decisions[..] {
        [way] => Some(way),
        _ => None,
    });
    Ok(if undecided || settled.any(Outcome::is_undecided) { exit::FINDINGS } else { code })
}

/// The decisions with their reasons; where something is not known, also what can be decided.
fn decided(
    args: &DecideArgs,
    facts: &Facts,
    workspace: &Workspace,
) -> Result<(Reasons, Option<Possible>), Failure> {
    let (words, support) = (facts.words(), args.support.as_deref());
    let reasons = workspace.reasons(&args.municipality, &words, support);
    let reasons = reasons.map_err(|problems| facts.told(problems))?;
    let is_open = reasons.supports.iter().any(|support| !support.certain);
    let possible =
        if is_open { Some(workspace.possible(&args.municipality, &words, support)?) } else { None };
    Ok((reasons, possible))
}
