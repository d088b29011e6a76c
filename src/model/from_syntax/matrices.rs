//! Matrices: one rule for each column and what its cells say, over all rows that say it.

use super::conditions::all;
use super::lexicon::Lexicon;
use super::modules::period;
use super::problems::{Problems, error};
use super::rules::{Draft, Place, Resolved};
use super::vocabulary::title;
use crate::ground::{Diagnostic, Span, text};
use crate::model::{Effect, EffectKind, Formula, Grade, Rule, RuleSet, SupportId};
use crate::syntax::ast::{self, Mark};
use std::collections::{BTreeMap, BTreeSet};

/// What cells of one column share: a meaning, or a sign that has none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Says(Grade, bool),
    /// the sign, and where it is told
    Unknown(String, Span),
}

/// The cells of one column that mean the same.
struct Group<'a> {
    column: usize,
    meaning: Meaning,
    /// the rows' conditions; nothing where one of them could not be read
    rows: Option<Vec<Formula>>,
    /// its first cell
    span: Span,
    when_span: Span,
    broken: bool,
    heading: &'a ast::MatrixColumn,
}

/// A matrix as its rules need it.
struct Reading<'a> {
    matrix: &'a ast::Matrix,
    name: String,
    clauses: Resolved,
    /// the whole matrix
    span: Span,
    /// what is wrong in the clauses or the heading, and so in every rule
    faults: Vec<Span>,
}

impl Lexicon<'_> {
    /// A matrix as rules, and the problems of its clauses, its rows and each rule.
    pub(super) fn matrix<'a>(
        &self,
        matrix: &'a ast::Matrix,
        span: Span,
        place: Place<'_>,
        problems: &mut Problems,
    ) -> Vec<Draft<'a>> {
        let name = place.full(&matrix.name.text);
        let mut of_clauses = Problems::of_rule(place.module_name, &name);
        let clauses = self.clauses(&matrix.clauses, place, &mut of_clauses);
        let mut faults = of_clauses.faults().to_vec();
        faults.extend(matrix.fact.is_none().then_some(span));
        problems.take(of_clauses);
        // a row that cannot be read is told once, and only the rules it belongs to are wrong
        let mut own = Problems::of_rule(place.module_name, &name);
        let rows: Vec<Option<Formula>> = matrix
            .rows
            .iter()
            .map(|row| self.comparison(matrix.fact.as_ref()?, &row.test, &mut own).filter(|_| !row.broken))
            .collect();
        let groups = groups(matrix, &rows, &mut own);
        problems.take(own);
        let reading = Reading { matrix, name, clauses, span, faults };
        let mut taken = BTreeSet::new();
        let mut drafts = Vec::with_capacity(groups.len());
        for group in groups {
            let (draft, of_rule) = self.group(&reading, group, place, &mut taken);
            problems.take(of_rule);
            drafts.push(draft);
        }
        drafts
    }

    fn group<'a>(
        &self,
        reading: &Reading<'a>,
        group: Group<'a>,
        place: Place<'_>,
        taken: &mut BTreeSet<String>,
    ) -> (Draft<'a>, Problems) {
        let Reading { matrix, clauses, .. } = reading;
        let heading = group.heading;
        let name = rule_name(&reading.name, heading, &group.meaning, taken);
        let mut problems = Problems::of_rule(place.module_name, &name);
        problems.follow_all(&reading.faults);
        if group.broken || group.rows.is_none() {
            problems.follow(reading.span);
        }
        let mut when = clauses.when.clone();
        if let Some(condition) = &heading.when {
            when.extend(self.readable_parts(condition, &mut problems));
        }
        // of a row that cannot be read nobody knows whom it reaches: the rule covers everyone the rest leaves
        when.extend(group.rows.map(any));
        let mut of_effects = Problems::of_rule(place.module_name, &name);
        let effects = |supports: Vec<SupportId>, kind: EffectKind| -> Vec<Effect> {
            let effect = |support| Effect {
                kind: kind.clone(),
                support: Some(support),
                bounds: Vec::new(),
                span: group.span,
            };
            supports.into_iter().map(effect).collect()
        };
        let effects = match &group.meaning {
            Meaning::Says(grade, duty) => {
                let supports = self.given(&heading.supports, Some(*grade), &mut of_effects);
                effects(supports, EffectKind::Grade { grade: *grade, duty: *duty })
            }
            // what is said is not known, but of whom and of what is
            Meaning::Unknown(_, told) => {
                problems.follow(*told);
                effects(self.given(&heading.supports, None, &mut of_effects), EffectKind::Terms)
            }
        };
        let half_read = group.broken || of_effects.failed();
        problems.join(of_effects);
        let basis = self.basis(&heading.basis, &mut problems);
        let valid = heading.valid.and_then(|valid| period(Some(valid), &mut problems));
        let rule = Rule {
            name,
            title: title(matrix.title.as_ref()),
            module: place.module,
            places: clauses.places.clone(),
            when: all(when),
            valid: valid.unwrap_or_else(|| clauses.valid.clone()),
            basis: if heading.basis.is_empty() { clauses.basis.clone() } else { basis },
            effects: if group.broken { Vec::new() } else { effects },
            thresholds: Vec::new(),
            asks: Vec::new(),
            exception_to: RuleSet::default(),
            responsible: clauses.responsible.clone(),
            deviable: clauses.deviable.clone(),
            reason: clauses.reason.clone(),
            has_error: problems.failed(),
            faults: problems.faults().to_vec(),
            of_table: true,
            half_read,
            name_span: group.span,
            when_span: group.when_span,
            span: group.span,
        };
        let exception_to = &matrix.clauses.exception_to;
        (Draft { rule, exception_to, table: Some(reading.name.clone()), first_row_wins: false }, problems)
    }
}

/// The cells of each column by what they mean, in the order of their first cells. A sign without a meaning is told once.
fn groups<'a>(matrix: &'a ast::Matrix, rows: &[Option<Formula>], problems: &mut Problems) -> Vec<Group<'a>> {
    let signs: BTreeMap<&str, &ast::Sign> =
        matrix.signs.iter().map(|sign| (sign.sign.text.as_str(), sign)).collect();
    let mut unknown: BTreeMap<&str, Span> = BTreeMap::new();
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (row, formula) in matrix.rows.iter().zip(rows) {
        for cell in &row.cells {
            let Some(heading) = matrix.columns.get(cell.column) else { continue };
            let meaning = match &cell.mark {
                Mark::Grade(grade, duty) => Meaning::Says(*grade, *duty),
                Mark::Sign(sign) => match signs.get(sign.as_str()) {
                    Some(known) => Meaning::Says(known.grade, known.duty),
                    None => {
                        let told = *unknown.entry(sign).or_insert_with(|| {
                            problems.tell(sign_without_meaning(sign, cell.span, matrix));
                            cell.span
                        });
                        Meaning::Unknown(sign.clone(), told)
                    }
                },
            };
            let known =
                groups.iter_mut().find(|group| group.column == cell.column && group.meaning == meaning);
            let Some(group) = known else {
                groups.push(Group {
                    column: cell.column,
                    meaning,
                    rows: formula.clone().map(|formula| vec![formula]),
                    span: cell.span,
                    when_span: row.test.span,
                    broken: row.broken || heading.broken,
                    heading,
                });
                continue;
            };
            group.broken |= row.broken;
            group.rows = group.rows.take().zip(formula.clone()).map(|(mut rows, formula)| {
                rows.push(formula);
                rows
            });
        }
    }
    groups
}

/// `Aalborg.mentortyper.tilbudsmentor`; where that is taken, with the grade or the sign, then with a number.
fn rule_name(
    matrix: &str,
    heading: &ast::MatrixColumn,
    meaning: &Meaning,
    taken: &mut BTreeSet<String>,
) -> String {
    let column = heading.supports.first().map_or("?", |support| &support.text);
    let plain = format!("{matrix}.{column}");
    let mark = match meaning {
        Meaning::Says(grade, duty) => {
            format!("{}{}", grade.word().replace(" ", "-"), if *duty { "-som-pligt" } else { "" })
        }
        Meaning::Unknown(sign, _) => sign.clone(),
    };
    let marked = format!("{plain}-{mark}");
    let numbered = (2..).map(|number| format!("{marked}-{number}"));
    let mut names = [plain, marked.clone()].into_iter().chain(numbered);
    let free = names.find(|name| !taken.contains(name)).unwrap_or(marked);
    taken.insert(free.clone());
    free
}

/// Any of the rows holds; tests of the one fact are one test.
fn any(rows: Vec<Formula>) -> Formula {
    let mut parts: Vec<Formula> = Vec::with_capacity(rows.len());
    for row in rows {
        match (parts.last_mut(), row) {
            (Some(Formula::Test(fact, set)), Formula::Test(other, more)) if *fact == other => {
                *set = set.union(&more);
            }
            (_, row) => parts.push(row),
        }
    }
    if parts.len() == 1 { parts.pop().unwrap_or(Formula::Never) } else { Formula::Or(parts) }
}

fn sign_without_meaning(sign: &str, span: Span, matrix: &ast::Matrix) -> Diagnostic {
    let name = &matrix.name.text;
    let message = text!(
        en: "the matrix `{name}` does not say what `{sign}` means",
        da: "matricen `{name}` siger ikke, hvad `{sign}` betyder"
    );
    let finding = error("unknown-name", message)
        .label(span, text!(en: "a sign without a meaning", da: "et tegn uden betydning"));
    let other = matrix.signs.iter().find(|known| known.sign.text.to_lowercase() == sign.to_lowercase());
    match other.map(|known| &known.sign) {
        Some(known) => {
            let declared = &known.text;
            finding
                .label(
                    known.span,
                    text!(en: "only `{declared}` is explained", da: "kun `{declared}` er forklaret"),
                )
                .help(text!(
                    en: "upper and lower case differ: write `{declared}` in the cell, or add `{sign} = kan` to `tegn`",
                    da: "der er forskel på store og små bogstaver: skriv `{declared}` i cellen, eller tilføj `{sign} = kan` til `tegn`"
                ))
        }
        None => finding.help(text!(
            en: "add a line above the rows: `tegn {sign} = kan`, or the grade that is meant",
            da: "tilføj en linje over rækkerne: `tegn {sign} = kan` eller den grad, der er ment"
        )),
    }
}
