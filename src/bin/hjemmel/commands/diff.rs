//! `hjemmel diff`: shows what changes for citizens between two versions.

use super::asking::answered;
use crate::approvals::{self, needed};
use crate::args::{DiffArgs, FailingChange};
use crate::config::Config;
use crate::exit::{CLEAN, FINDINGS, Failure, UNABLE};
use crate::language;
use crate::terminal::fitted;
use crate::versions::Versions;
use anstream::ColorChoice;
use hjemmel::export::{FindingsMoved, ReviewPage, Reviewed, review_formats};
use hjemmel::report::Look;
use hjemmel::{ChangeClass, Checked, Diff, Lang};

pub(crate) fn run(args: &DiffArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let versions = Versions::named(&args.versions, args.base.as_deref())?;
    let lang = language::choose(lang, versions.config.language);
    diff(args, &versions, lang, color).map_err(|failure| failure.told_in(lang))
}

fn diff(args: &DiffArgs, versions: &Versions, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let config = &versions.config;
    let approvals = match args.require_approval {
        true => Some(asked_of(config)?),
        false => None,
    };
    let [(was, before), (is, after)] = versions.workspaces(args.written.window, args.written.budget)?;
    #[cfg_attr(not(feature = "population"), expect(unused_mut, reason = "only people are written into it"))]
    let (mut diff, checked, proven) = super::threads(None)?.install(|| {
        let (diff, checked) = (after.since(&before), before.check());
        let now = after.against(after.check(), &before.known(&checked));
        let proven = checked.proven && now.proven;
        (diff, now, proven)
    });
    #[cfg(feature = "population")]
    let bad = {
        let (out, day) = (args.written.out.as_deref(), config.reference_date);
        let Some(bad) = crate::population::count(&args.many, &after, &mut diff, (out, day), lang)? else {
            return Ok(crate::exit::INTERRUPTED);
        };
        bad
    };
    #[cfg(not(feature = "population"))]
    let bad = 0;
    let findings = moved(&checked, proven);
    let needed = approvals.map(|given| needed(config, &diff, &given));
    let formats = review_formats();
    let format = formats.iter().find(|format| format.name == args.format).unwrap_or(&formats[0]);
    let page = ReviewPage {
        what: Reviewed::Versions {
            diff: &diff,
            sources: [before.sources(), after.sources()],
            names: [&was, &is],
            findings: Some(findings),
            approvals: needed.as_deref(),
        },
        lang,
        width: fitted(Look::plain(lang)).width,
    };
    answered(&(format.render)(&page), args.written.out.as_deref(), color)?;
    let is_missing = needed.iter().flatten().any(|needed| needed.approved.is_none());
    let is_unread = needed.is_some() && diff.unread.1 > 0;
    Ok(match () {
        () if is_missing || is_unread => FINDINGS,
        () if args.fail_on.iter().any(|change| happens(*change, &diff, &findings)) => FINDINGS,
        () if bad > 0 => FINDINGS,
        () if !diff.open.is_empty() || !findings.proven => UNABLE,
        () => CLEAN,
    })
}

/// The approvals there are, where some are asked for.
fn asked_of(config: &Config) -> Result<Vec<approvals::Approval>, Failure> {
    let path = approvals::file(config)?;
    if config.approval.all_roles().is_empty() {
        return Err(approvals::no_role_at_all().into());
    }
    approvals::read(&path)
}

fn moved(checked: &Checked, proven: bool) -> FindingsMoved<'_> {
    let compared = checked.compared.as_ref();
    FindingsMoved {
        introduced: &checked.findings,
        resolved: compared.map_or(&[], |compared| &compared.gone),
        remaining: compared.map_or(0, |compared| compared.old.len()),
        proven,
    }
}

fn happens(change: FailingChange, diff: &Diff, findings: &FindingsMoved<'_>) -> bool {
    let mut classes = approvals::classes(diff);
    match change {
        FailingChange::Narrowed => classes
            .any(|class| matches!(class, ChangeClass::Narrowed | ChangeClass::Gone | ChangeClass::Mixed)),
        FailingChange::Widened => {
            classes.any(|class| matches!(class, ChangeClass::Widened | ChangeClass::New | ChangeClass::Mixed))
        }
        FailingChange::Any => classes.next().is_some(),
        FailingChange::NewFindings => !findings.introduced.is_empty(),
    }
}
