//! `hjemmel approve`: says in a file in git that somebody who must look at a change has, and finds it right.

use crate::approvals::{self, Approval, append, needed};
use crate::args::ApproveArgs;
use crate::exit::{CLEAN, Failure, remark};
use crate::files::shown;
use crate::language;
use crate::versions::{Versions, who_git_knows};
use anstream::ColorChoice;
use hjemmel::export::{Approved, Needed, classes_in_words};
use hjemmel::{Day, Diff, Lang, Text, iso_date};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) fn run(args: &ApproveArgs, lang: Option<Lang>, color: ColorChoice) -> Result<u8, Failure> {
    let versions = Versions::named(&args.versions, args.base.as_deref())?;
    let lang = language::choose(lang, versions.config.language);
    approve(args, &versions, lang, color).map_err(|failure| failure.told_in(lang))
}

fn approve(args: &ApproveArgs, versions: &Versions, lang: Lang, color: ColorChoice) -> Result<u8, Failure> {
    let config = &versions.config;
    let path = approvals::file(config)?;
    let roles = config.approval.all_roles();
    if !roles.contains(&args.role.as_str()) {
        return Err(no_role(&args.role, &roles).into());
    }
    if args.reason.trim().is_empty() {
        return Err(Failure::from(Text {
            en: "an approval has a reason: `--reason \"…\"`".to_owned(),
            da: "en godkendelse har en grund: `--reason \"…\"`".to_owned(),
        }));
    }
    let given = approvals::read(&path)?;
    let diff = diff(args, versions)?;
    if diff.unread.1 > 0 {
        return Err(unread(diff.unread.1).into());
    }
    let Some(change) = diff.hash.clone() else { return Err(not_proven().into()) };
    let needed = needed(config, &diff, &given);
    let Some(own) = needed.iter().find(|needed| needed.role == args.role) else {
        remark(lang, &[not_asked(&args.role, &diff)]);
        return Ok(CLEAN);
    };
    if let Some(known) = &own.approved {
        remark(lang, &[known_already(&args.role, known)]);
        return Ok(CLEAN);
    }
    let by = match &args.by {
        Some(by) => by.clone(),
        None => who_git_knows(config.folder.as_deref())?,
    };
    let date = iso_date(args.date.unwrap_or_else(today));
    let who = Approved { by, date, reason: args.reason.trim().to_owned() };
    append(&path, &Approval { change, role: args.role.clone(), who })?;
    super::print(&told(own, &shown(&path), &needed, lang), color)?;
    Ok(CLEAN)
}

fn diff(args: &ApproveArgs, versions: &Versions) -> Result<Diff, Failure> {
    let [(_, before), (_, after)] = versions.workspaces(args.window, args.budget)?;
    Ok(super::threads(None)?.install(|| after.since(&before)))
}

/// What was approved, where that stands, and who else is asked.
fn told(own: &Needed, path: &str, needed: &[Needed], lang: Lang) -> String {
    let (role, Text { en, da }) = (&own.role, classes_in_words(&own.classes));
    let mut lines = vec![Text {
        en: format!("approved as {role}: {en}; it stands in `{path}`, commit it with the change"),
        da: format!(
            "godkendt som {role}: {da}; det står i `{path}`, som skal med i samme commit som ændringen"
        ),
    }];
    for other in needed.iter().filter(|other| other.role != own.role && other.approved.is_none()) {
        let (role, Text { en, da }) = (&other.role, classes_in_words(&other.classes));
        lines.push(Text {
            en: format!("{role} has not approved yet: {en}"),
            da: format!("{role} har endnu ikke godkendt: {da}"),
        });
    }
    lines.iter().map(|line| format!("{}\n", line.get(lang))).collect()
}

/// An approval is made on a day; this is the only clock there is.
fn today() -> Day {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Day::try_from(since.as_secs() / 86_400).unwrap_or_default()
}

fn no_role(role: &str, roles: &[&str]) -> Text {
    let all: Vec<String> = roles.iter().map(|role| format!("`{role}`")).collect();
    let all = all.join(", ");
    if roles.is_empty() {
        return approvals::no_role_at_all();
    }
    Text {
        en: format!("`{role}` is no role of `[approval]` in hjemmel.toml; there is {all}"),
        da: format!("`{role}` er ingen rolle i `[approval]` i hjemmel.toml; der er {all}"),
    }
}

fn unread(errors: usize) -> Text {
    match errors {
        1 => Text {
            en: "an error keeps some of the new version from being read, and nobody can approve what is not read: `hjemmel check` tells the error".to_owned(),
            da: "en fejl gør, at noget af den nye version ikke kan læses, og det, der ikke er læst, kan ingen godkende: `hjemmel check` viser fejlen".to_owned(),
        },
        _ => Text {
            en: format!("{errors} errors keep some of the new version from being read, and nobody can approve what is not read: `hjemmel check` tells the errors"),
            da: format!("{errors} fejl gør, at noget af den nye version ikke kan læses, og det, der ikke er læst, kan ingen godkende: `hjemmel check` viser fejlene"),
        },
    }
}

fn not_proven() -> Text {
    Text {
        en: "not proven what changes: `hjemmel diff` tells what is open, and that cannot be approved".to_owned(),
        da: "det er ikke bevist, hvad der ændrer sig: `hjemmel diff` viser, hvad der er åbent, og det kan ikke godkendes"
            .to_owned(),
    }
}

fn not_asked(role: &str, diff: &Diff) -> Text {
    if diff.changes.is_empty() && diff.new_places.is_empty() && diff.gone_places.is_empty() {
        return Text {
            en: "nothing changes for any citizen: there is nothing to approve".to_owned(),
            da: "intet ændrer sig for nogen borger: der er intet at godkende".to_owned(),
        };
    }
    Text {
        en: format!("nothing in this change is for {role} to approve: nothing was written"),
        da: format!("intet i denne ændring skal godkendes af {role}: intet er skrevet"),
    }
}

fn known_already(role: &str, known: &Approved) -> Text {
    let Approved { by, date, .. } = known;
    Text {
        en: format!("this change is approved as {role} already, by {by} on {date}: nothing was written"),
        da: format!("denne ændring er allerede godkendt som {role}, af {by} den {date}: intet er skrevet"),
    }
}
