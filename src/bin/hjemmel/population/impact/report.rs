//! What is told of the counts, whatever the form: small numbers are left out here.

use super::tally::{Group, Plan, Sum, Tally};
use hjemmel::population::{CellKind, TermShape, Word};
use hjemmel::{Lang, Text, grouped};

/// Everything a form needs.
pub(super) struct Report<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) tally: &'a Tally,
    pub(super) bad: u64,
    /// of citizens who are made up
    pub(super) seed: Option<u64>,
    /// counts below this are not told
    pub(super) at_least: u64,
    pub(super) lang: Lang,
}

/// A count as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Number(u64),
    /// there are some, too few to be told
    Few,
}

/// A word in the reader's language.
pub(super) fn word(word: Word) -> Text {
    let (en, da) = match word {
        Word::Nothing => ("nothing", "intet"),
        Word::Contradicted => ("contradicted", "modstrid"),
        Word::Open => ("open", "uafklaret"),
        Word::Forbidden => ("må ikke", "må ikke"),
        Word::Must => ("skal", "skal"),
        Word::Right => ("ret", "ret"),
        _ => ("kan", "kan"),
    };
    Text { en: en.to_owned(), da: da.to_owned() }
}

impl Report<'_> {
    pub(super) fn words<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.lang)
    }

    /// One of two sentences.
    pub(super) fn say(&self, en: impl Into<String>, da: impl Into<String>) -> String {
        match self.lang {
            Lang::Da => da.into(),
            Lang::En => en.into(),
        }
    }

    /// What it is about.
    pub(super) fn title(&self) -> String {
        let place = self.plan.decider.place_title();
        self.say(format!("{place}: what the rules come to"), format!("{place}: hvad reglerne fører til"))
    }

    /// Whose decisions these are.
    pub(super) fn about(&self) -> String {
        let citizens = grouped(self.tally.all.citizens, self.lang);
        let mut about = match self.seed {
            Some(seed) => self.say(
                format!("{citizens} made up citizens (seed {seed}): a trial, no forecast."),
                format!("{citizens} opdigtede borgere (frø {seed}): en prøve, ingen prognose."),
            ),
            None => self.say(format!("{citizens} citizens."), format!("{citizens} borgere.")),
        };
        if let Some(day) = self.plan.decider.day_of_all() {
            let day = hjemmel::date_in_words(day);
            about.push_str(&self.say(format!(" On {}.", day.en), format!(" Den {}.", day.da)));
        }
        if self.bad > 0 {
            let bad = grouped(self.bad, self.lang);
            about.push_str(&self.say(
                format!(" {bad} rows were bad and are not counted."),
                format!(" {bad} rækker var dårlige og er ikke talt med."),
            ));
        }
        about
    }

    /// What the reader must know to read the numbers.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = vec![
            self.say(
                "A citizen is counted once for each støtte. Nothing: no rule gives or refuses it.",
                "En borger tælles én gang for hver støtte. Intet: ingen regel giver eller afslår den.",
            ),
            self.say(
                "Contradicted and open decisions are counted apart and are in no sum.",
                "Modstrid og uafklarede afgørelser er talt for sig og er ikke med i nogen sum.",
            ),
        ];
        if !self.plan.terms.is_empty() {
            notes.push(self.say(
                "Sums add up the least and the greatest that the rules allow, over all støtter that are given; what may be given is not what will be. »–«: the rules draw no upper line.",
                "Summerne lægger det mindste og det største sammen, som reglerne tillader, over alle de støtter, der gives; hvad der kan gives, er ikke hvad der bliver givet. »–«: reglerne sætter ingen øvre grænse.",
            ));
        }
        if self.at_least > 1 {
            let (least, most) = (self.at_least, self.at_least - 1);
            notes.push(self.say(
                format!("»<{least}«: from 1 to {most}; another number beside it, and sums of so few, are left out too."),
                format!("»<{least}«: fra 1 til {most}; et andet tal ved siden af og summer for så få er også udeladt."),
            ));
        }
        notes
    }

    /// A count, told unless it is small.
    pub(super) fn told(&self, count: u64) -> Told {
        if count > 0 && count < self.at_least { Told::Few } else { Told::Number(count) }
    }

    /// The counts of a support by word. Where one alone is too small, the next is left out with it, or it could be
    /// worked out from the whole.
    pub(super) fn row(&self, group: &Group, support: usize) -> Vec<Told> {
        let counts = Word::ALL.map(|word| group.count(support, word));
        let mut told: Vec<Told> = counts.iter().map(|count| self.told(*count)).collect();
        if told.iter().filter(|told| **told == Told::Few).count() == 1 {
            let rest = (0..told.len()).filter(|at| matches!(told[*at], Told::Number(1..)));
            if let Some(next) = rest.min_by_key(|at| counts[*at]) {
                told[next] = Told::Few;
            }
        }
        told
    }

    /// A count in words.
    pub(super) fn number(&self, told: Told) -> String {
        match told {
            Told::Number(number) => grouped(number, self.lang),
            Told::Few => format!("<{}", self.at_least),
        }
    }

    /// The two ends of a sum in words.
    pub(super) fn sum(&self, term: &TermShape, sum: &Sum) -> (String, String) {
        if sum.grants > 0 && sum.grants < self.at_least {
            return ("..".to_owned(), "..".to_owned());
        }
        let ends = ends(term, sum);
        let words = |end: Option<f64>| end.map_or_else(|| "–".to_owned(), |end| self.amount(end));
        (words(Some(ends.0)), words(ends.1))
    }

    /// A rounded number.
    pub(super) fn amount(&self, amount: f64) -> String {
        let sign = if amount < 0.0 { "-" } else { "" };
        format!("{sign}{}", grouped(amount.abs().round() as u64, self.lang))
    }

    /// The supports somebody gets or is refused, and those that nobody is told anything of.
    pub(super) fn told_of(&self) -> (Vec<usize>, Vec<usize>) {
        let all = &self.tally.all;
        (0..self.plan.supports.len()).partition(|at| all.count(*at, Word::Nothing) < all.citizens)
    }

    /// The words that occur.
    pub(super) fn used(&self) -> Vec<Word> {
        let all = &self.tally.all;
        let occurs = |word: &Word| (0..self.plan.supports.len()).any(|at| all.count(at, *word) > 0);
        Word::ALL.into_iter().filter(occurs).collect()
    }

    /// The groups somebody is in, of a grouping.
    pub(super) fn groups(&self, grouping: usize) -> Vec<&(Text, Group)> {
        self.tally.groups[grouping].iter().filter(|(_, group)| group.citizens > 0).collect()
    }

    /// What a grouping is called.
    pub(super) fn grouping(&self, grouping: usize) -> String {
        let title = self.plan.decider.grouping_title(&self.plan.groupings[grouping]);
        self.words(&title).to_owned()
    }

    /// Something told by group: what citizens are counted by, which may be a question, before it.
    pub(super) fn headed(&self, grouping: usize, words: &str) -> String {
        let title = self.grouping(grouping);
        let mark = if title.ends_with(['?', ':', '.']) { "" } else { ":" };
        format!("{title}{mark} {words}")
    }
}

/// The two ends of a sum as numbers; the greatest only where every grant has one.
pub(super) fn ends(term: &TermShape, sum: &Sum) -> (f64, Option<f64>) {
    let decimals = match term.kind {
        CellKind::Number(decimals) => decimals,
        _ => 0,
    };
    let scale = 10_f64.powi(i32::from(decimals));
    (sum.least as f64 / scale, (sum.open == 0).then_some(sum.greatest as f64 / scale))
}

/// A term's title with its unit.
pub(super) fn term_title(term: &TermShape) -> String {
    match (&term.unit, term.is_money) {
        (Some(unit), _) => format!("{} ({unit})", term.title),
        (None, true) => format!("{} (kr)", term.title),
        (None, false) => term.title.clone(),
    }
}
