//! What a column of a sheet is computed from: a small language of its own, in names, that any engine with three truth
//! values can say.

/// An expression. A truth value is true, false or not known; what is made of it is as Kleene has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Expr {
    /// true or false
    Constant(bool),
    /// a whole number
    Number(i64),
    /// a word of the policies, or a value of a fact or a term
    Value(SheetValue),
    /// no value at all
    Nothing,
    /// the citizen's value of a fact
    Fact(String),
    /// another column
    Column(String),
    /// the value of a fact lies in one of these ranges, both ends included and open where nothing stands; not known where the
    /// fact is not
    Within(String, Vec<(Option<SheetValue>, Option<SheetValue>)>),
    /// the value of a fact is one of these; not known where the fact is not
    OneOf(String, Vec<SheetValue>),
    /// a number of thirds that is a whole number of days or of months
    IsDuration(String),
    /// the opposite
    Not(Box<Expr>),
    /// all of them
    All(Vec<Expr>),
    /// one of them
    Any(Vec<Expr>),
    /// whether each of them is known: never itself not known
    Known(Vec<Expr>),
    /// a number that is another
    Is(Box<Expr>, i64),
    /// a number that is another or more
    AtLeast(Box<Expr>, i64),
    /// two sets of signs have one in common
    Meets(Box<Expr>, Box<Expr>),
    /// the signs that sets have in common
    Common(Vec<Expr>),
    /// the greatest of some numbers
    Greatest(Vec<Expr>),
    /// the first whose condition is true, else the last
    First(Vec<(Expr, Expr)>, Box<Expr>),
    /// the words whose conditions are true, joined by a vertical bar; nothing where there are none
    Joined(Vec<(Expr, String)>),
}

/// A value as a foreign engine knows values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SheetValue {
    /// with a point before its decimals
    Number(String),
    /// `2015-08-24`
    Day(String),
    /// a word
    Word(String),
    /// ja, nej
    Truth(bool),
}

/// The opposite.
pub(super) fn not(inner: Expr) -> Expr {
    match inner {
        Expr::Constant(holds) => Expr::Constant(!holds),
        Expr::Not(inner) => *inner,
        other => Expr::Not(Box::new(other)),
    }
}

/// All of them, as short as it can be said.
pub(super) fn all(parts: impl IntoIterator<Item = Expr>) -> Expr {
    let mut list = Vec::new();
    for part in parts {
        match part {
            Expr::Constant(true) => {}
            Expr::Constant(false) => return Expr::Constant(false),
            Expr::All(inner) => list.extend(inner),
            other => list.push(other),
        }
    }
    once_each(&mut list);
    match list.len() {
        0 => Expr::Constant(true),
        1 => list.remove(0),
        _ => Expr::All(list),
    }
}

/// One of them, as short as it can be said.
pub(super) fn any(parts: impl IntoIterator<Item = Expr>) -> Expr {
    let mut list = Vec::new();
    for part in parts {
        match part {
            Expr::Constant(false) => {}
            Expr::Constant(true) => return Expr::Constant(true),
            Expr::Any(inner) => list.extend(inner),
            other => list.push(other),
        }
    }
    once_each(&mut list);
    match list.len() {
        0 => Expr::Constant(false),
        1 => list.remove(0),
        _ => Expr::Any(list),
    }
}

/// Whether all of them are known.
pub(super) fn known(parts: impl IntoIterator<Item = Expr>) -> Expr {
    let mut list = Vec::new();
    for part in parts {
        match part {
            Expr::Constant(_) | Expr::Known(_) => {}
            Expr::Not(inner) => list.push(*inner),
            other => list.push(other),
        }
    }
    once_each(&mut list);
    if list.is_empty() { Expr::Constant(true) } else { Expr::Known(list) }
}

/// The first whose condition is true, else the last.
pub(super) fn first(ways: impl IntoIterator<Item = (Expr, Expr)>, last: Expr) -> Expr {
    let mut list = Vec::new();
    let mut last = last;
    for (condition, value) in ways {
        match condition {
            Expr::Constant(false) => {}
            Expr::Constant(true) => {
                last = value;
                break;
            }
            condition => list.push((condition, value)),
        }
    }
    if list.is_empty() { last } else { Expr::First(list, Box::new(last)) }
}

pub(super) fn is(value: &Expr, number: i64) -> Expr {
    match value {
        Expr::Number(own) => Expr::Constant(*own == number),
        _ => Expr::Is(Box::new(value.clone()), number),
    }
}

pub(super) fn at_least(value: &Expr, number: i64) -> Expr {
    match value {
        Expr::Number(own) => Expr::Constant(*own >= number),
        _ => Expr::AtLeast(Box::new(value.clone()), number),
    }
}

pub(super) fn meets(one: &Expr, other: &Expr) -> Expr {
    Expr::Meets(Box::new(one.clone()), Box::new(other.clone()))
}

/// The signs in common.
pub(super) fn common(mut parts: Vec<Expr>) -> Expr {
    once_each(&mut parts);
    if parts.len() == 1 { parts.remove(0) } else { Expr::Common(parts) }
}

pub(super) fn greatest(mut parts: Vec<Expr>) -> Expr {
    once_each(&mut parts);
    if parts.len() == 1 { parts.remove(0) } else { Expr::Greatest(parts) }
}

/// Only the first of those alike.
fn once_each(list: &mut Vec<Expr>) {
    let mut seen = std::collections::BTreeSet::new();
    list.retain(|part| seen.insert(part.clone()));
}

impl Expr {
    /// The facts and the columns it reads.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.visit(&mut |expr| match expr {
            Expr::Column(name)
            | Expr::Fact(name)
            | Expr::IsDuration(name)
            | Expr::Within(name, _)
            | Expr::OneOf(name, _) => names.push(name.as_str()),
            _ => {}
        });
        names
    }

    /// The columns it reads.
    pub(super) fn columns(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.visit(&mut |expr| {
            if let Expr::Column(name) = expr {
                names.push(name.as_str());
            }
        });
        names
    }

    /// Itself and everything in it.
    fn visit<'a>(&'a self, look: &mut impl FnMut(&'a Expr)) {
        look(self);
        match self {
            Expr::Not(inner) | Expr::Is(inner, _) | Expr::AtLeast(inner, _) => inner.visit(look),
            Expr::All(parts)
            | Expr::Any(parts)
            | Expr::Known(parts)
            | Expr::Common(parts)
            | Expr::Greatest(parts) => parts.iter().for_each(|part| part.visit(look)),
            Expr::Meets(one, other) => {
                one.visit(look);
                other.visit(look);
            }
            Expr::First(ways, last) => {
                for (condition, value) in ways {
                    condition.visit(look);
                    value.visit(look);
                }
                last.visit(look);
            }
            Expr::Joined(words) => words.iter().for_each(|(condition, _)| condition.visit(look)),
            Expr::Constant(_)
            | Expr::Number(_)
            | Expr::Value(_)
            | Expr::Nothing
            | Expr::Fact(_)
            | Expr::Column(_)
            | Expr::Within(..)
            | Expr::OneOf(..)
            | Expr::IsDuration(_) => {}
        }
    }
}
