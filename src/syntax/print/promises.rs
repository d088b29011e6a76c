//! Matrices, and what is offered, promised, shown and accepted.

use super::Page;
use super::words::{after, bound, citation, condition, grade_word, names, path, period, test};
use crate::ground::iso_date;
use crate::syntax::ast::{
    Accept, ClaimKind, Example, ExpectationKind, Grade, Guarantee, Mark, Matrix, Offer, TermBound,
};

impl Page {
    pub(super) fn matrix(&mut self, matrix: &Matrix) {
        self.head("matrix", &matrix.name, matrix.title.as_ref());
        self.clauses(&matrix.clauses);
        for sign in &matrix.signs {
            self.line(format!("sign {} = {}", sign.sign.text, grade(sign.grade, sign.duty)));
        }
        self.clause("fact", matrix.fact.as_ref().map(|fact| &fact.text));
        for column in &matrix.columns {
            self.line(format!(
                "column {}{}",
                names(&column.supports),
                if column.broken { ", broken" } else { "" }
            ));
            self.depth += 1;
            for cited in &column.basis {
                self.line(format!("basis {}", citation(cited)));
            }
            self.clause("when", column.when.as_ref().map(condition));
            self.clause("valid", column.valid.as_ref().map(period));
            self.depth -= 1;
        }
        for row in &matrix.rows {
            self.line(format!("row {}{}", test(&row.test), if row.broken { ", broken" } else { "" }));
            self.depth += 1;
            for cell in &row.cells {
                let mark = match &cell.mark {
                    Mark::Grade(written, duty) => grade(*written, *duty),
                    Mark::Sign(sign) => format!("sign {sign}"),
                };
                self.line(format!("column {}: {mark}", cell.column + 1));
            }
            self.depth -= 1;
        }
    }

    pub(super) fn offer(&mut self, offer: &Offer) {
        self.head("offer", &offer.name, offer.title.as_ref());
        self.clauses(&offer.clauses);
        let listed = |list: &[_]| (!list.is_empty()).then(|| names(list));
        self.clause("delivers", listed(&offer.delivers));
        self.clause("performs", listed(&offer.performs));
        self.bounds(&offer.terms);
    }

    pub(super) fn guarantee(&mut self, guarantee: &Guarantee) {
        self.head("guarantee", &guarantee.name, guarantee.title.as_ref());
        if !guarantee.places.is_empty() {
            self.line(format!("in {}", names(&guarantee.places)));
        }
        self.clause("when", guarantee.when.as_ref().map(condition));
        for claim in &guarantee.claims {
            let words = match &claim.kind {
                ClaimKind::Exists { at_least, kind } => {
                    format!("exists at least {} {}", grade_word(*at_least), kind.text)
                }
                ClaimKind::AtLeast { grade, support } => {
                    format!("at least {} {}", grade_word(*grade), support.text)
                }
                ClaimKind::AtMost { grade, support } => {
                    format!("at most {} {}", grade_word(*grade), support.text)
                }
                ClaimKind::NotGranted { support } => format!("not {}", support.text),
                ClaimKind::NotBoth(one, other) => format!("not both {} and {}", one.text, other.text),
                ClaimKind::Terms { support, .. } => format!("terms of {}", support.text),
            };
            self.line(format!("then {words}"));
            if let ClaimKind::Terms { terms, .. } = &claim.kind {
                self.bounds(terms);
            }
        }
    }

    pub(super) fn example(&mut self, example: &Example) {
        self.line(format!("example{}", after(Some(&example.title))));
        self.depth = 1;
        self.clause("in", example.place.as_ref().map(|place| &place.text));
        self.clause("given", example.given.as_ref().map(condition));
        for expected in &example.expects {
            let kind = match expected.kind {
                ExpectationKind::Grade(grade) => grade_word(grade).to_owned(),
                ExpectationKind::Perform(grade) => format!("{} perform", grade_word(grade)),
                ExpectationKind::NotGranted => "not".to_owned(),
                ExpectationKind::Refused => "refused".to_owned(),
            };
            let at = expected.at.as_ref().map(|at| format!(" at {}", at.text)).unwrap_or_default();
            self.line(format!("then {kind} {}{at}", expected.support.text));
            self.bounds(&expected.terms);
        }
    }

    pub(super) fn accept(&mut self, accept: &Accept) {
        self.line(format!("accept {}", accept.check.text));
        self.depth = 1;
        self.clause("in", accept.place.as_ref().map(path));
        self.clause("rule", accept.rule.as_ref().map(path));
        self.clause("when", accept.when.as_ref().map(condition));
        self.clause("reason", accept.reason.as_ref().map(|reason| &reason.text));
        self.clause("until", accept.until.map(|date| iso_date(date.day)));
    }

    fn bounds(&mut self, terms: &[TermBound]) {
        self.depth += 1;
        for term in terms {
            self.line(bound(term));
        }
        self.depth -= 1;
    }
}

fn grade(grade: Grade, duty: bool) -> String {
    format!("{}{}", grade_word(grade), if duty { " as a duty" } else { "" })
}
