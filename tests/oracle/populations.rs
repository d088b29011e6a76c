//! Populations against single cases: every cell of every row is what `decide` says of that citizen alone, told as
//! docs/semantics.md, section 17, tells it; and the grades are the same words.

use super::compare::{Difference, workspace};
use super::policy::{DATE, Domain, Policy, Speaker};
use super::random::Random;
use super::region::Space;
use hjemmel::population::{Asked, Batch, Cell, CellKind, Decider, NOT_KNOWN, Word};
use hjemmel::{Grant, SupportReasons, Workspace};
use std::collections::BTreeMap;

/// How often what was seen, over all policies.
pub(crate) type Uses = BTreeMap<&'static str, u64>;

type Row = Vec<(String, String)>;

/// How many days after the window a day lies that is not looked at.
const BEYOND: i64 = 400;

/// Every difference between a small population and its citizens one by one.
pub(crate) fn differences(policy: &Policy, seed: u64, uses: &mut Uses) -> Vec<Difference> {
    let space = Space::new(policy);
    let workspace = workspace(policy);
    let mut random = Random::new(seed);
    let decides = |place: &Speaker| matches!(place, Speaker::Town | Speaker::OtherTown | Speaker::Home);
    let places: Vec<Speaker> = policy.speakers().into_iter().filter(decides).collect();
    let place = random.pick(&places).name();
    let rows: Vec<Row> = (0..24).map(|_| row(policy, &space, &mut random)).collect();
    let mut differences = Vec::new();
    for rules in [false, true] {
        let asked = Asked { place, rules, ..Asked::default() };
        let decider = match workspace.population(asked) {
            Ok(decider) => decider,
            // where no rule heard speaks of anything there are no columns
            Err(problem) if problem.en.starts_with("no rule heard") => continue,
            Err(problem) => {
                differences.push(Difference { kind: "no population".to_owned(), words: problem.en });
                continue;
            }
        };
        if !rules && !decider.slow().is_empty() {
            differences.push(Difference { kind: "slow".to_owned(), words: format!("{:?}", decider.slow()) });
        }
        let population = Population { workspace: &workspace, policy, place, decider: &decider, rules };
        population.compare(&rows, uses, &mut differences);
    }
    differences
}

/// A citizen, of whom not everything may be known, sometimes on a day that is not looked at.
fn row(policy: &Policy, space: &Space<'_>, random: &mut Random) -> Row {
    let profile = random.pick(&space.profiles);
    let is_partial = random.chance(40);
    let is_outside = random.chance(10);
    let mut row = Vec::new();
    for (at, (fact, value)) in policy.facts.iter().zip(profile).enumerate() {
        if at == DATE {
            let day = if is_outside { policy.window.1 + BEYOND } else { *value };
            row.push((fact.name.clone(), hjemmel::iso_date(day)));
        } else if !is_partial || random.chance(60) {
            row.push((fact.name.clone(), fact.domain.word(*value)));
        }
    }
    row
}

struct Population<'a> {
    workspace: &'a Workspace,
    policy: &'a Policy,
    place: &'a str,
    decider: &'a Decider,
    rules: bool,
}

impl Population<'_> {
    fn compare(&self, rows: &[Row], uses: &mut Uses, differences: &mut Vec<Difference>) {
        let decider = self.decider;
        let mut differ = |kind: &str, words: String| {
            differences.push(Difference { kind: format!("population: {kind}"), words });
        };
        let batch = self.batch(rows);
        let mut excluded: Vec<usize> = decider.excluded(&batch).iter().map(|one| one.row).collect();
        excluded.dedup();
        let kept: Vec<usize> = (0..rows.len()).filter(|row| !excluded.contains(row)).collect();
        let batch = batch.only(&kept);
        let decided = decider.decide(&batch);
        for row in &excluded {
            *uses.entry("excluded").or_default() += 1;
            match self.workspace.reasons(self.place, &rows[*row], None) {
                Err(problems) if problems[0].words.en.starts_with("there can be no such citizen") => {}
                _ => differ("excluded", format!("{:?}", rows[*row])),
            }
        }
        for (at, row) in kept.iter().enumerate() {
            let row = &rows[*row];
            let reasons = match self.workspace.reasons(self.place, row, None) {
                Ok(reasons) => reasons,
                Err(problems) => {
                    differ("not excluded", format!("{row:?}: {}", problems[0].words.en));
                    continue;
                }
            };
            for told in &reasons.supports {
                let name = &told.support.name;
                let place = decider.supports().iter().position(|shape| shape.name == *name);
                let right = self.right(told);
                // the columns are those of the days that are looked at
                let beyond = hjemmel::iso_date(self.policy.window.1 + BEYOND);
                let is_looked_at = row.iter().all(|(_, word)| *word != beyond);
                let Some(place) = place else {
                    if is_looked_at && right.iter().any(|(_, cell)| cell.is_some()) {
                        differ("no column", format!("{name}, {row:?}: {right:?}"));
                    }
                    continue;
                };
                let column = &decided.supports[place];
                let outcome = &column.outcomes[column.of_row[at] as usize];
                *uses.entry(outcome.word.word().unwrap_or("nothing")).or_default() += 1;
                let columns = decider.supports()[place].columns();
                let got: BTreeMap<String, Option<String>> = columns
                    .iter()
                    .zip(&outcome.cells)
                    .map(|(column, cell)| (column.name.clone(), written(cell, column.kind)))
                    .collect();
                for (column, cell) in right {
                    if !is_looked_at && !got.contains_key(&column) {
                        continue;
                    }
                    let got = got.get(&column).cloned().flatten();
                    *uses.entry("cells").or_default() += u64::from(cell.is_some());
                    if got != cell {
                        differ("cell", format!("{column}, {row:?}: right {cell:?}, got {got:?}"));
                    }
                }
            }
        }
        if !self.rules {
            self.compare_grades(&batch, &decided, &mut differ, uses);
        }
    }

    fn compare_grades(
        &self,
        batch: &Batch,
        decided: &hjemmel::population::Decided,
        differ: &mut impl FnMut(&str, String),
        uses: &mut Uses,
    ) {
        let window = self.policy.window;
        for (at, shape) in self.decider.supports().iter().enumerate() {
            let Some(grades) = self.decider.grades(&shape.name) else {
                *uses.entry("no grades").or_default() += 1;
                continue;
            };
            let column = |fact: &usize| -> Vec<i32> {
                let value = |value: &i64| i32::try_from(*value).unwrap_or(i32::MIN);
                batch
                    .column(*fact)
                    .map_or(vec![i32::MIN; batch.rows()], |all| all.iter().map(value).collect())
            };
            let columns: Vec<Vec<i32>> = grades.facts().iter().map(column).collect();
            let columns: Vec<&[i32]> = columns.iter().map(Vec::as_slice).collect();
            let mut codes = vec![0; batch.rows()];
            grades.fill(&columns, &mut codes);
            for (row, code) in codes.iter().enumerate() {
                let day = batch.column(self.decider.day()).map_or(0, |days| days[row]);
                let own = &decided.supports[at];
                let word = own.outcomes[own.of_row[row] as usize].word;
                let is_within = (window.0..=window.1).contains(&day);
                if is_within && Word::ALL[usize::from(*code)] != word {
                    differ("grade", format!("{}: {code}, not {word:?}", shape.name));
                }
                *uses.entry("grades").or_default() += u64::from(is_within);
            }
        }
    }

    fn batch(&self, rows: &[Row]) -> Batch {
        let facts = self.decider.facts();
        let mut batch = Batch::new(facts.len(), rows.len());
        for (at, fact) in facts.iter().enumerate() {
            let value = |row: &Row| {
                let word = row.iter().find(|(name, _)| *name == fact.name);
                word.map_or(NOT_KNOWN, |(_, word)| fact.read(word).expect(word))
            };
            batch.put(at, rows.iter().map(value).collect());
        }
        batch
    }

    /// The columns of a support that say something, by the definition.
    fn right(&self, told: &SupportReasons) -> Vec<(String, Option<String>)> {
        let name = &told.support.name;
        let decision = &told.decision;
        let column = |rest: &str| format!("{name}{rest}");
        if !told.certain {
            let word = (column(""), Some("uafklaret".to_owned()));
            let mut all = vec![word, (column(".også"), None), (column(".regler"), None)];
            all.extend(self.policy.terms.iter().map(|term| (column(&format!(".{}.fra", term.name)), None)));
            return all;
        }
        let (word, granted) = match decision.grant {
            None => (Some("modstrid"), false),
            Some(Grant::Must) => (Some("skal"), true),
            Some(Grant::Right) => (Some("ret"), true),
            Some(Grant::May) => (Some("kan"), true),
            Some(Grant::Forbidden) => (Some("må ikke"), false),
            Some(_) => (None, false),
        };
        let mut right = vec![(column(""), word.map(str::to_owned))];
        let mut also = Vec::new();
        let said = [
            (decision.duty && granted, "som pligt"),
            (decision.to_be_assessed, "skal vurdere"),
            (decision.recommended, "bør"),
            (decision.discouraged, "bør ikke"),
        ];
        also.extend(said.iter().filter(|(holds, _)| *holds).map(|(_, word)| (*word).to_owned()));
        // a decision has its terms in the order in which they are declared
        let undecided = decision.terms.iter().filter(|own| granted && own.ranges.is_none());
        also.extend(undecided.map(|own| format!("modstrid om {}", own.term)));
        for term in &self.policy.terms {
            let own = decision.terms.iter().find(|decided| decided.term == term.name).filter(|_| granted);
            let values = term.domain.values();
            let within = |value: &&i64| {
                let ranges = own.and_then(|own| own.ranges.as_ref()).into_iter().flatten();
                let mut ends = ranges.map(|(low, high)| (term.domain.value(low), term.domain.value(high)));
                ends.any(|(low, high)| {
                    low.is_some_and(|l| l <= **value) && high.is_some_and(|h| **value <= h)
                })
            };
            let allowed: Vec<i64> = values.iter().filter(within).copied().collect();
            let cell = |value: Option<&i64>| value.map(|value| word_of(&term.domain, *value));
            if term.domain.ordered() && !matches!(term.domain, Domain::List { .. }) {
                let (first, last) = (values.first(), values.last());
                let low = allowed.first().filter(|low| Some(*low) != first);
                let high = allowed.last().filter(|high| Some(*high) != last);
                right.push((column(&format!(".{}.fra", term.name)), cell(low)));
                right.push((column(&format!(".{}.til", term.name)), cell(high)));
            } else {
                let words: Vec<String> = allowed.iter().map(|value| word_of(&term.domain, *value)).collect();
                let words = (!words.is_empty()).then(|| words.join("|"));
                right.push((column(&format!(".{}", term.name)), words));
            }
        }
        let joined = |words: Vec<String>| (!words.is_empty()).then(|| words.join("|"));
        right.push((column(".også"), joined(also)));
        if self.rules {
            right.push((column(".regler"), joined(decision.rules.clone())));
        }
        right
    }
}

fn word_of(domain: &Domain, value: i64) -> String {
    match domain {
        Domain::Money { .. } => format!("{}.{:02}", value / 100, value % 100),
        Domain::Decimal { .. } => format!("{}.{}", value / 10, value % 10),
        _ => domain.word(value),
    }
}

fn written(cell: &Cell, kind: CellKind) -> Option<String> {
    match (cell, kind) {
        (Cell::Empty, _) => None,
        (Cell::Text(words), _) => Some(words.clone()),
        (Cell::Number(number), CellKind::Number(0)) => Some(number.to_string()),
        (Cell::Number(number), CellKind::Number(decimals)) => {
            let scale = 10_i64.pow(decimals.into());
            Some(format!("{}.{:0width$}", number / scale, number % scale, width = decimals.into()))
        }
        (Cell::Day(day), CellKind::Day) => Some(hjemmel::iso_date(*day)),
        other => panic!("a cell of another kind: {other:?}"),
    }
}
