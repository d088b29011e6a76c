//! `hjemmel decide --population`: many citizens in, their decisions out.

use super::arrays::{Layout, Rows};
use super::flow::flow;
use super::kept::{Kept, KeptKind};
use super::parsed::{Bad, Parsed, Wanted};
use super::progress::Progress;
use super::rejects::Rejects;
use super::source::{Form, Kind, Next, Source};
use super::stop;
use super::to_parquet::ParquetFile;
use super::to_text::Page;
use super::whole::{Pen, Whole};
use crate::args::{Citizens, DecideArgs};
use crate::commands::asking::workspace;
use crate::config::Config;
use crate::exit::{self, Failure};
use crate::files::shown;
use hjemmel::population::{Asked, Batch, Decided, Decider, FactKind, NOT_KNOWN, SupportShape, Word};
use hjemmel::{Day, Lang, Text, Workspace, grouped};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread;

/// Decides everybody.
pub(crate) fn decide(args: &DecideArgs, config: &Config, lang: Lang) -> Result<u8, Failure> {
    let citizens = &args.many.citizens;
    beside_the_point(args)?;
    let out = args.written.out.as_deref();
    if out.is_none() && citizens.save.is_none() {
        return Err(Text {
            en: "where do the decisions go? write `--out FILE`, a .csv, .jsonl or .parquet file".to_owned(),
            da: "hvor skal afgørelserne hen? skriv `--out FIL`, en .csv-, .jsonl- eller .parquet-fil"
                .to_owned(),
        }
        .into());
    }
    let files = [citizens.population.as_deref(), out, citizens.save.as_deref(), citizens.rejects.as_deref()];
    all_apart(&files)?;
    let workspace = workspace(&args.paths, config, &args.written)?;
    let asked = Asked {
        place: &args.municipality,
        support: args.support.as_deref(),
        rules: args.many.rules,
        ..Asked::default()
    };
    let keep = args.many.keep.as_slice();
    let opened = Opened::new(&workspace, citizens, asked, keep, args.date.or(config.reference_date), lang)?;
    let Opened { decider, .. } = &opened;
    let names: Vec<(String, KeptKind)> =
        opened.kept_names().into_iter().zip(opened.source.kept.iter().copied()).collect();
    let decided =
        out.map(|out| Out::begin(out, &names, decider.supports(), &opened, citizens)).transpose()?;
    let (facts, fact_names) = (citizens.save.as_deref(), opened.fact_names());
    let saved = facts.map(|save| Out::begin(save, &fact_names, &[], &opened, citizens)).transpose()?;
    let mut written =
        Written { decided, saved, rejects: opened.rejects(citizens, lang)?, counts: Counts::default() };
    let work = |parsed: Parsed| Ok(written_forms(&opened, parsed, out, facts, &names, &fact_names));
    let forms = opened.each(citizens, lang, work, |forms| written.take(forms?))?;
    if !forms {
        return Ok(exit::INTERRUPTED);
    }
    let Written { decided, saved, rejects, counts } = written;
    // they come into being together
    for out in [saved, decided].into_iter().flatten() {
        out.finish()?;
    }
    let bad = rejects.finish()?;
    opened.tell_missing(&counts.seen, lang);
    counts.tell(bad, citizens, lang);
    Ok(if bad > 0 || counts.contradicted > 0 { exit::FINDINGS } else { exit::CLEAN })
}

/// Flags that are about one citizen.
fn beside_the_point(args: &DecideArgs) -> Result<(), Failure> {
    let flags = [
        ("--facts", args.facts.is_some()),
        ("--fact", !args.fact.is_empty()),
        ("--why", args.why),
        ("--why-not", args.why_not.is_some()),
        ("--format", args.format != "text"),
    ];
    let problem = |(flag, _): &(&str, bool)| Text {
        en: format!("`{flag}` is about one citizen, and a population is many"),
        da: format!("`{flag}` handler om én borger, og en population er mange"),
    };
    let problems: Vec<Text> = flags.iter().filter(|(_, is_given)| *is_given).map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(Failure::new(problems)) }
}

/// Where citizens are only counted none of them is written down, and no file is read and written.
pub(super) fn only_counted(citizens: &Citizens, out: Option<&Path>, command: &str) -> Result<(), Failure> {
    if citizens.save.is_some() {
        return Err(Text {
            en: format!("`--save` goes with `decide`: nothing about a citizen leaves `{command}`"),
            da: format!("`--save` hører til `decide`: intet om en borger forlader `{command}`"),
        }
        .into());
    }
    all_apart(&[citizens.population.as_deref(), out, citizens.rejects.as_deref()])
}

/// No file is read and written, or written twice.
fn all_apart(files: &[Option<&Path>]) -> Result<(), Failure> {
    let mut seen = Vec::new();
    for path in files.iter().flatten() {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        if seen.contains(&real) {
            let name = shown(path);
            return Err(Text {
                en: format!("`{name}` is named twice: what is written goes to a file of its own"),
                da: format!("`{name}` er nævnt to gange: det, der skrives, skal i sin egen fil"),
            }
            .into());
        }
        seen.push(real);
    }
    Ok(())
}

/// A place made ready, and citizens to read.
pub(super) struct Opened {
    pub(super) decider: Decider,
    wanted: Wanted,
    pub(super) source: Source,
    next: std::sync::Mutex<Option<Next>>,
}

impl Opened {
    pub(super) fn new(
        workspace: &Workspace,
        citizens: &Citizens,
        asked: Asked<'_>,
        keep: &[String],
        day: Option<Day>,
        lang: Lang,
    ) -> Result<Opened, Failure> {
        let made = |asked: Asked<'_>| {
            crate::commands::threads(citizens.jobs)?.install(|| workspace.population(asked))
        };
        // a column `dato` counts before what the settings say
        let has_days = match citizens.population.as_deref() {
            Some(path) => has_column(path, "dato")?,
            None => false,
        };
        let decider = made(Asked { day: day.filter(|_| !has_days), ..asked })?;
        let mut wanted = Wanted::new(&decider, keep);
        let (source, next) = match (&citizens.population, citizens.generate) {
            (Some(path), _) => Source::open(path, &wanted)?,
            (None, count) => {
                let synthetic = decider.synthetic(citizens.seed, day)?;
                wanted.keep = vec!["borger".to_owned()];
                Source::made_up(synthetic, count.unwrap_or_default())
            }
        };
        if let (Kind::Jsonl, Some(problem)) = (&source.kind, wanted.day_problem(&source.name, has_days)) {
            return Err(problem.into());
        }
        let slow = decider.slow();
        if !slow.is_empty() {
            let names = slow.join("`, `");
            exit::remark(
                lang,
                &[Text {
                    en: format!("decided one by one, because the diagrams grow too large: `{names}`"),
                    da: format!("afgøres en for en, fordi diagrammerne bliver for store: `{names}`"),
                }],
            );
        }
        let opened = Opened { decider, wanted, source, next: std::sync::Mutex::new(Some(next)) };
        opened.tell_unread(lang);
        Ok(opened)
    }

    fn kept_names(&self) -> Vec<String> {
        self.wanted.keep.clone()
    }

    /// Where bad rows go.
    pub(super) fn rejects(&self, citizens: &Citizens, lang: Lang) -> Result<Rejects<'_>, Failure> {
        Rejects::begin(citizens.rejects.as_deref(), &self.source.name, lang)
    }

    /// Reads everybody, works on some at a time on all threads, and puts what comes of it in order. False where Ctrl-C
    /// ended it.
    pub(super) fn each<D: Send>(
        &self,
        citizens: &Citizens,
        lang: Lang,
        work: impl Fn(Parsed) -> Result<D, Failure> + Sync,
        mut put: impl FnMut(Result<D, Failure>) -> Result<(), Failure>,
    ) -> Result<bool, Failure> {
        stop::listen();
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        let threads = citizens.jobs.map_or_else(cores, usize::from);
        let mut progress = Progress::new(&self.source, lang);
        let Some(mut next) = self.next.lock().ok().and_then(|mut next| next.take()) else { return Ok(true) };
        let read = move || if stop::is_asked() { Ok(None) } else { next() };
        let parse = |(block, at)| {
            let parsed = self.source.parse(block, &self.decider, &self.wanted);
            match parsed {
                Ok(parsed) => {
                    let rows = parsed.rows;
                    (work(parsed), at, rows)
                }
                Err(failure) => (Err(failure), at, 0),
            }
        };
        flow(threads, read, parse, |(made, at, rows)| {
            if stop::is_asked() {
                return Ok(());
            }
            progress.step(at, rows);
            put(made)
        })?;
        drop(progress);
        if stop::is_asked() {
            exit::tell(
                lang,
                &[Text {
                    en: "interrupted: nothing is written".to_owned(),
                    da: "afbrudt: intet er skrevet".to_owned(),
                }],
            );
            return Ok(false);
        }
        Ok(true)
    }

    fn tell_unread(&self, lang: Lang) {
        if !self.source.unread.is_empty() {
            let names = self.source.unread.join("`, `");
            exit::remark(
                lang,
                &[Text {
                    en: format!("columns that are no facts are not read: `{names}`"),
                    da: format!("kolonner, der ikke er oplysninger, læses ikke: `{names}`"),
                }],
            );
        }
    }

    /// Tells which facts are known of nobody and are asked by some rule.
    pub(super) fn tell_missing(&self, seen: &[bool], lang: Lang) {
        let is_there = |fact: usize| match &self.source.kind {
            Kind::Csv { roles, .. } | Kind::Parquet { roles } => {
                roles.iter().any(|role| role.fact == Some(fact))
            }
            Kind::Jsonl => seen.get(fact).copied().unwrap_or(false),
            Kind::MadeUp(_) => true,
        };
        let is_missing = |fact: &usize| *fact != self.decider.day() && !is_there(*fact);
        let missing = self.decider.asked_facts().into_iter().filter(is_missing);
        let names: Vec<&str> = missing.map(|fact| self.decider.facts()[fact].name.as_str()).collect();
        if !names.is_empty() {
            let names = names.join("`, `");
            exit::remark(
                lang,
                &[Text {
                    en: format!("facts without a column are known of nobody: `{names}`"),
                    da: format!("oplysninger uden kolonne kendes ikke for nogen: `{names}`"),
                }],
            );
        }
    }

    fn fact_names(&self) -> Vec<(String, KeptKind)> {
        let fact = |fact: &hjemmel::population::FactColumn| {
            let kind = match fact.kind {
                FactKind::Number(0) => KeptKind::Whole,
                FactKind::Number(_) | FactKind::Money => KeptKind::Real,
                _ => KeptKind::Text,
            };
            (fact.name.clone(), kind)
        };
        let own = std::iter::once(("borger".to_owned(), KeptKind::Text));
        own.chain(self.decider.facts().iter().map(fact)).collect()
    }

    /// Citizens as a population file has them.
    fn facts_of(&self, batch: &Batch) -> Vec<Kept> {
        let column = |(at, fact): (usize, &hjemmel::population::FactColumn)| {
            let values = batch.column(at).unwrap_or_default().iter();
            let word = |value: &i64| (*value != NOT_KNOWN).then(|| fact.write(*value));
            match fact.kind {
                FactKind::Number(0) => Kept::Whole(values.map(|value| Some(*value)).collect()),
                FactKind::Number(_) | FactKind::Money => {
                    Kept::Real(values.map(|value| word(value).and_then(|word| word.parse().ok())).collect())
                }
                _ => Kept::Text(values.map(word).collect()),
            }
        };
        self.decider.facts().iter().enumerate().map(column).collect()
    }
}

/// Whether a file has a column of this name; JSON lines have it where the first line has.
fn has_column(path: &Path, name: &str) -> Result<bool, Failure> {
    super::source::columns(path).map(|columns| columns.iter().any(|column| column == name))
}

/// Some rows in the forms they are written in.
struct Forms {
    decided: Option<Piece>,
    saved: Option<Piece>,
    bad: Vec<Bad>,
    counts: Counts,
}

enum Piece {
    Text(String),
    Rows(Rows),
}

fn written_forms(
    opened: &Opened,
    parsed: Parsed,
    out: Option<&Path>,
    save: Option<&Path>,
    names: &[(String, KeptKind)],
    fact_names: &[(String, KeptKind)],
) -> Forms {
    let Parsed { batch, kept, bad, rows, seen, .. } = parsed;
    let saved = save.map(|save| {
        let mut columns = kept.clone();
        columns.extend(opened.facts_of(&batch));
        piece(opened, save, fact_names, columns, None, batch.rows())
    });
    let mut counts = Counts { rows, seen, ..Counts::default() };
    let decided = out.map(|out| {
        let decided = opened.decider.decide(&batch);
        counts.count(&decided);
        piece(opened, out, names, kept, Some(decided), batch.rows())
    });
    Forms { decided, saved, bad, counts }
}

fn piece(
    opened: &Opened,
    path: &Path,
    names: &[(String, KeptKind)],
    kept: Vec<Kept>,
    decided: Option<Decided>,
    rows: usize,
) -> Piece {
    match Form::of(path) {
        Ok(Form::Parquet) => Piece::Rows(Rows::new(rows, kept, decided)),
        form => {
            let supports = decided.as_ref().map_or(&[][..], |_| opened.decider.supports());
            Piece::Text(page(opened, names, supports, form.ok()).rows(&kept, decided.as_ref(), rows))
        }
    }
}

fn page(
    opened: &Opened,
    names: &[(String, KeptKind)],
    supports: &[SupportShape],
    form: Option<Form>,
) -> Page {
    let columns = supports.iter().flat_map(SupportShape::columns).collect();
    let kept = names.iter().map(|(name, _)| name.clone()).collect();
    let separator = (form == Some(Form::Csv)).then(|| opened.source.separator.unwrap_or(b','));
    Page { kept, columns, separator }
}

/// A file of rows in the making.
enum Out {
    Text(Whole, Pen),
    Parquet(Box<ParquetFile>),
}

impl Out {
    fn begin(
        path: &Path,
        names: &[(String, KeptKind)],
        supports: &[SupportShape],
        opened: &Opened,
        citizens: &Citizens,
    ) -> Result<Self, Failure> {
        match Form::of(path)? {
            Form::Parquet => {
                let made_up =
                    citizens.generate.map(|_| ("hjemmel.syntetisk".to_owned(), citizens.seed.to_string()));
                let layout = Layout::new(names, supports);
                let (notes, threads) =
                    (made_up.into_iter().collect(), crate::commands::threads(citizens.jobs)?);
                Ok(Out::Parquet(Box::new(ParquetFile::begin(path, layout, notes, threads)?)))
            }
            form => {
                let (whole, mut pen) = Whole::begin(path)?;
                let heading = page(opened, names, supports, Some(form)).heading();
                pen.write_all(heading.as_bytes()).map_err(|error| whole.failed(&error))?;
                Ok(Out::Text(whole, pen))
            }
        }
    }

    fn write(&mut self, piece: Piece) -> Result<(), Failure> {
        match (self, piece) {
            (Out::Text(whole, pen), Piece::Text(rows)) => {
                pen.write_all(rows.as_bytes()).map_err(|error| whole.failed(&error))
            }
            (Out::Parquet(file), Piece::Rows(rows)) => file.write(rows),
            _ => Ok(()),
        }
    }

    fn finish(self) -> Result<(), Failure> {
        match self {
            Out::Text(whole, pen) => whole.finish_pen(pen),
            Out::Parquet(file) => file.finish(),
        }
    }
}

/// All that is being written.
struct Written<'a> {
    decided: Option<Out>,
    saved: Option<Out>,
    rejects: Rejects<'a>,
    counts: Counts,
}

impl Written<'_> {
    fn take(&mut self, forms: Forms) -> Result<(), Failure> {
        self.rejects.take(&forms.bad)?;
        self.counts.add(&forms.counts);
        for (out, piece) in [(&mut self.decided, forms.decided), (&mut self.saved, forms.saved)] {
            if let (Some(out), Some(piece)) = (out, piece) {
                out.write(piece)?;
            }
        }
        Ok(())
    }
}

/// What is told at the end.
#[derive(Default)]
struct Counts {
    rows: u64,
    /// decisions, not citizens
    open: u64,
    contradicted: u64,
    seen: Vec<bool>,
}

impl Counts {
    fn count(&mut self, decided: &Decided) {
        for support in &decided.supports {
            let open: Vec<bool> = support.outcomes.iter().map(|outcome| outcome.word == Word::Open).collect();
            let torn: Vec<bool> = support
                .outcomes
                .iter()
                .map(|outcome| outcome.word == Word::Contradicted || outcome.undecided_term)
                .collect();
            for row in &support.of_row {
                self.open += u64::from(open[*row as usize]);
                self.contradicted += u64::from(torn[*row as usize]);
            }
        }
    }

    fn add(&mut self, more: &Counts) {
        self.rows += more.rows;
        self.open += more.open;
        self.contradicted += more.contradicted;
        self.seen.resize(more.seen.len(), false);
        self.seen.iter_mut().zip(&more.seen).for_each(|(seen, more)| *seen |= more);
    }

    fn tell(&self, bad: u64, citizens: &Citizens, lang: Lang) {
        let number = |number: u64| grouped(number, lang);
        let (rows, open, torn) = (number(self.rows), number(self.open), number(self.contradicted));
        let made_up = citizens.generate.is_some();
        let mut told = vec![match made_up {
            true => Text {
                en: format!("{rows} made up citizens; nothing in them is about anybody"),
                da: format!("{rows} opdigtede borgere; intet i dem handler om nogen"),
            },
            false => Text { en: format!("{rows} rows are read"), da: format!("{rows} rækker er læst") },
        }];
        if let (Some(path), 1..) = (&citizens.rejects, bad) {
            let (name, bad) = (shown(path), number(bad));
            told.push(Text {
                en: format!("{bad} of them are bad and not decided: {name}"),
                da: format!("{bad} af dem er dårlige og ikke afgjort: {name}"),
            });
        }
        if self.open > 0 {
            told.push(Text {
                en: format!("{open} decisions rest on what is not known: `uafklaret`"),
                da: format!("{open} afgørelser hviler på, hvad der ikke er oplyst: `uafklaret`"),
            });
        }
        if self.contradicted > 0 {
            told.push(Text {
                en: format!("in {torn} decisions the rules contradict each other: `modstrid`"),
                da: format!("i {torn} afgørelser modsiger reglerne hinanden: `modstrid`"),
            });
        }
        exit::remark(lang, &told);
    }
}
