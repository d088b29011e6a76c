//! `hjemmel diff --population`: how many the changes of one place happen to.

use super::parsed::Parsed;
use super::run::{Opened, only_counted};
use crate::args::CountedArgs;
use crate::exit::Failure;
use hjemmel::population::{Asked, Heads};
use hjemmel::{Day, Diff, Lang, People, Text, Workspace};
use std::path::Path;

/// Counts whom the changes of a place happen to, and writes it into them, where somebody is to be counted. Says how many
/// rows were bad and are not counted; nothing where Ctrl-C ended it.
pub(crate) fn count(
    args: &CountedArgs,
    after: &Workspace,
    diff: &mut Diff,
    (out, day): (Option<&Path>, Option<Day>),
    lang: Lang,
) -> Result<Option<u64>, Failure> {
    let citizens = &args.citizens;
    if !citizens.is_asked() {
        return Ok(Some(0));
    }
    let Some(place) = args.municipality.as_deref() else {
        return Err(Text {
            en: "whose citizens are these? write `--in MUNICIPALITY`".to_owned(),
            da: "hvis borgere er det? skriv `--in KOMMUNE`".to_owned(),
        }
        .into());
    };
    only_counted(citizens, out, "diff")?;
    let asked = Asked { place, ..Asked::default() };
    let opened = Opened::new(after, citizens, asked, &[], args.date.or(day), lang)?;
    let mut changed: Vec<_> = diff
        .changes
        .iter_mut()
        .flat_map(|change| &mut change.places)
        .filter(|of| of.place == place)
        .collect();
    let regions: Vec<_> = changed.iter().map(|of| (of.region.as_slice(), of.in_full.as_ref())).collect();
    let headcount = opened.decider.headcount(&regions);
    let mut rejects = opened.rejects(citizens, lang)?;
    let (mut heads, mut all) = (vec![Heads::default(); changed.len()], 0);
    let work = |parsed: Parsed| Ok((headcount.count(&parsed.batch), parsed.batch.rows() as u64, parsed.bad));
    let whole = opened.each(citizens, lang, work, |counted| {
        let (counted, rows, bad) = counted?;
        rejects.take(&bad)?;
        all += rows;
        heads.iter_mut().zip(counted).for_each(|(sum, more)| *sum = sum.plus(more));
        Ok(())
    })?;
    if !whole {
        return Ok(None);
    }
    for (of, heads) in changed.iter_mut().zip(heads) {
        of.people = Some(People::new(heads.inside, heads.open, all));
    }
    Ok(Some(rejects.finish()?))
}
