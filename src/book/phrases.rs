//! Conditions, effects and values as sentences whose words lead to where they are explained.

use super::addresses::{Address, Addresses, Sort};
use super::html::Html;
use crate::ground::{Lang, Sources, Span, Text, text};
use crate::model::{Domain, Model};
use crate::queries::TestKind;
use crate::syntax::ast::{
    Citation, Condition, Effect, EffectKind, Grade, Op, Path, Period, TermBound, Test, Value, ValueKind,
};

/// Who writes sentences on one page.
#[derive(Clone, Copy)]
pub(super) struct Phrases<'a> {
    pub addresses: &'a Addresses,
    pub model: &'a Model,
    pub sources: &'a Sources,
    pub lang: Lang,
    /// the way from the page to the front page: empty, or `../`
    pub root: &'static str,
    /// whose words are read: departments and rules may be named without it
    pub module: Option<&'a str>,
}

impl Phrases<'_> {
    /// Words of the book itself.
    pub(super) fn say(&self, words: &Text) -> Html {
        Html::text(words.get(self.lang))
    }

    /// Words of the policies, which are Danish.
    pub(super) fn danish(&self, words: &str) -> Html {
        match self.lang {
            Lang::Da => Html::text(words),
            Lang::En => Html::element("span", &[("lang", "da")], &Html::text(words)),
        }
    }

    pub(super) fn href(&self, address: &Address) -> String {
        format!("{}{}", self.root, address.href())
    }

    /// Words of the policies that lead somewhere, where there is somewhere to lead to.
    pub(super) fn leading(&self, address: Option<&Address>, words: &str) -> Html {
        let Some(address) = address else { return self.danish(words) };
        let href = self.href(address);
        let lang = [("href", href.as_str()), ("lang", "da")];
        let attributes = if self.lang == Lang::Da { &lang[..1] } else { &lang[..] };
        Html::element("a", attributes, &Html::text(words))
    }

    /// A declared word as people read it.
    pub(super) fn word(&self, sort: Sort, name: &str) -> Html {
        let address = match sort {
            Sort::Department => self.addresses.department(self.module, name),
            _ => self.addresses.word(sort, name),
        };
        self.leading(address, &self.shown(sort, name))
    }

    /// What a declared word is called.
    fn shown(&self, sort: Sort, name: &str) -> String {
        let model = self.model;
        let title = match sort {
            Sort::Support => model.supports.iter().find(|s| s.name == name).map(|s| &s.title),
            Sort::Unit => model.units.iter().find(|unit| unit.name == name).map(|unit| &unit.title),
            Sort::Department => {
                let last = name.rsplit('.').next().unwrap_or(name);
                model.departments.iter().find(|department| department.name == last).map(|d| &d.title)
            }
            Sort::Fact | Sort::Concept | Sort::Term | Sort::Rate => None,
        };
        title.filter(|title| !title.is_empty()).cloned().unwrap_or_else(|| plain(name))
    }

    /// Several words: `a, b eller c`.
    pub(super) fn words(&self, sort: Sort, names: &[&str]) -> Html {
        let pieces: Vec<Html> = names.iter().map(|name| self.word(sort, name)).collect();
        Html::joined(&pieces, ", ")
    }

    /// A condition; one of several parts as a list.
    pub(super) fn condition(&self, condition: &Condition) -> Html {
        let (parts, head) = match condition {
            Condition::And(parts) => (parts, text!(en: "all of these hold:", da: "alt dette gælder:")),
            Condition::Or(parts) => (parts, text!(en: "one of these holds:", da: "ét af dette gælder:")),
            _ => return self.inline(condition),
        };
        let items: Vec<Html> = parts.iter().map(|part| self.inline(part)).collect();
        let mut html = self.say(&head);
        html.push(&Html::list("parts", &items));
        html
    }

    /// A condition in one line.
    pub(super) fn inline(&self, condition: &Condition) -> Html {
        match condition {
            Condition::Always(_) => self.say(&text!(en: "always", da: "altid")),
            Condition::Test { fact, test, .. } => {
                let mut html = self.word(Sort::Fact, &fact.text);
                html.push_text(" ");
                html.push(&self.test(test, Some(&fact.text), false));
                html
            }
            Condition::Name(name) => {
                let is_fact = self.addresses.word(Sort::Fact, &name.text).is_some();
                self.word(if is_fact { Sort::Fact } else { Sort::Concept }, &name.text)
            }
            Condition::Not(inner, _) => {
                let mut html = self.say(&text!(en: "not ", da: "ikke "));
                html.push(&self.nested(inner));
                html
            }
            Condition::And(parts) => self.chain(parts, &text!(en: " and ", da: " og ")),
            Condition::Or(parts) => self.chain(parts, &text!(en: " or ", da: " eller ")),
            Condition::Decided { support, due, .. } => {
                let words = if *due {
                    text!(en: "has a claim to ", da: "har krav på ")
                } else {
                    text!(en: "can get ", da: "kan få ")
                };
                let mut html = self.say(&words);
                html.push(&self.word(Sort::Support, &support.text));
                html
            }
        }
    }

    fn chain(&self, parts: &[Condition], between: &Text) -> Html {
        let pieces: Vec<Html> = parts.iter().map(|part| self.nested(part)).collect();
        Html::joined(&pieces, between.get(self.lang))
    }

    fn nested(&self, condition: &Condition) -> Html {
        if !matches!(condition, Condition::And(_) | Condition::Or(_)) {
            return self.inline(condition);
        }
        let mut html = Html::text("(");
        html.push(&self.inline(condition));
        html.push_text(")");
        html
    }

    /// A comparison without its left side; in a cell, equality goes without saying.
    pub(super) fn test(&self, test: &Test, fact: Option<&str>, in_cell: bool) -> Html {
        let values: Vec<Html> = test.values.iter().map(|value| self.value(value, fact, in_cell)).collect();
        let one = values.first().cloned().unwrap_or_default();
        let (before, html) = match test.op {
            Op::Is if in_cell => (Text::default(), Html::joined(&values, ", ")),
            Op::Is => (text!(en: "is ", da: "er "), self.any(&values)),
            Op::IsNot if in_cell => (text!(en: "not ", da: "ikke "), self.any(&values)),
            Op::IsNot => (text!(en: "is not ", da: "er ikke "), self.any(&values)),
            Op::Under => (text!(en: "under ", da: "under "), one),
            Op::Over => (text!(en: "over ", da: "over "), one),
            Op::AtLeast => (text!(en: "at least ", da: "mindst "), one),
            Op::AtMost => (text!(en: "at most ", da: "højst "), one),
            Op::Between if in_cell => (Text::default(), Html::joined(&values, "–")),
            Op::Between => {
                let to = text!(en: " to ", da: " til ");
                (text!(en: "from ", da: "fra "), Html::joined(&values, to.get(self.lang)))
            }
        };
        let mut words = self.say(&before);
        words.push(&html);
        words
    }

    /// `a`, `a eller b`, `a, b eller c`
    fn any(&self, values: &[Html]) -> Html {
        let [start @ .., before, last] = values else { return Html::joined(values, "") };
        let mut html = Html::default();
        for value in start {
            html.push(value);
            html.push_text(", ");
        }
        html.push(before);
        html.push(&self.say(&text!(en: " or ", da: " eller ")));
        html.push(last);
        html
    }

    fn value(&self, value: &Value, fact: Option<&str>, in_cell: bool) -> Html {
        match &value.kind {
            ValueKind::Word(word) if self.addresses.word(Sort::Rate, word).is_some() => {
                self.word(Sort::Rate, word)
            }
            ValueKind::Word(word) => {
                let title = fact.filter(|_| !in_cell && is_number(word));
                let title = title.and_then(|fact| value_title(self.model, fact, word));
                match title {
                    Some(title) => self.danish(&format!("{word} ({title})")),
                    None => self.danish(&plain(word)),
                }
            }
            _ => self.danish(self.written(value.span).trim()),
        }
    }

    /// As it stands in the text.
    pub(super) fn written(&self, span: Span) -> &str {
        self.sources.words(span)
    }

    /// What a rule says.
    pub(super) fn effect(&self, effect: &Effect) -> Html {
        let names: Vec<&str> = effect.supports.iter().map(|name| name.text.as_str()).collect();
        let supports = self.words(Sort::Support, &names);
        let mut html = Html::default();
        match &effect.kind {
            EffectKind::Grade { grade, duty, only_when } => {
                html.push(&self.grade(*grade, &given_words(*grade)));
                html.push_text(" ");
                html.push(&supports);
                if *duty {
                    html.push(
                        &self.say(&text!(en: " as a duty for the citizen", da: " som pligt for borgeren")),
                    );
                }
                self.push_terms(&mut html, &effect.terms);
                if let Some(only_when) = only_when {
                    html.push(&self.say(&text!(en: ", but only when ", da: ", men kun når ")));
                    html.push(&self.inline(only_when));
                }
            }
            EffectKind::Terms => {
                html.push(&self.say(&text!(en: "For ", da: "For ")));
                html.push(&supports);
                html.push(&self.say(&text!(en: " holds: ", da: " gælder: ")));
                html.push(&self.bounds(&effect.terms));
            }
            EffectKind::Precondition(condition) => {
                html.push(&supports);
                html.push(&self.say(&text!(en: " can only be given when ", da: " kan kun gives, når ")));
                html.push(&self.inline(condition));
            }
            EffectKind::Lapses => html.push(&self.say(&text!(
                en: "The rule this is an exception from does not hold",
                da: "Den regel, der gøres undtagelse fra, bortfalder"
            ))),
            EffectKind::Perform { grade, at } => {
                html.push(&self.grade(*grade, &done_words(*grade)));
                html.push_text(" ");
                html.push(&supports);
                if !at.is_empty() {
                    let at: Vec<&str> = at.iter().map(|name| name.text.as_str()).collect();
                    html.push(&self.say(&text!(en: " in ", da: " ved ")));
                    html.push(&self.words(Sort::Support, &at));
                }
            }
        }
        html
    }

    fn push_terms(&self, html: &mut Html, terms: &[TermBound]) {
        if !terms.is_empty() {
            html.push(&self.say(&text!(en: " with ", da: " med ")));
            html.push(&self.bounds(terms));
        }
    }

    /// A grade that stands out, by its word and its colour.
    pub(super) fn grade(&self, grade: Grade, words: &Text) -> Html {
        let class = format!("grade {}", grade_class(grade));
        Html::element("b", &[("class", &class)], &self.say(words))
    }

    pub(super) fn bounds(&self, bounds: &[TermBound]) -> Html {
        let pieces: Vec<Html> = bounds.iter().map(|bound| self.bound(bound)).collect();
        Html::joined(&pieces, ", ")
    }

    fn bound(&self, bound: &TermBound) -> Html {
        let mut html = self.word(Sort::Term, &bound.term.text);
        html.push_text(" ");
        let is_plain = matches!(bound.bound.op, Op::Is);
        html.push(&self.test(&bound.bound, None, is_plain));
        if bound.ceiling {
            html.push(&self.say(&text!(en: " as a ceiling", da: " som loft")));
        }
        html
    }

    /// What a rule rests on, each leading to the index of paragraphs.
    pub(super) fn citations(&self, citations: &[Citation]) -> Html {
        let pieces: Vec<Html> = citations.iter().map(|citation| self.citation(citation)).collect();
        Html::joined(&pieces, ", ")
    }

    pub(super) fn citation(&self, citation: &Citation) -> Html {
        self.provision(&cited(citation))
    }

    /// A provision as citations write it.
    pub(super) fn provision(&self, words: &str) -> Html {
        self.leading(self.addresses.provision(words), words)
    }

    /// `fra 1. januar 2015 til 31. december 2016`
    pub(super) fn period(&self, period: &Period) -> Html {
        let (from, to) = (period.from.map(|date| date.day), period.to.map(|date| date.day));
        self.say(&days(from, to))
    }

    /// Rules that are named in another one.
    pub(super) fn paths(&self, paths: &[Path]) -> Html {
        let path = |path: &Path| {
            let names: Vec<&str> = path.names.iter().map(|name| name.text.as_str()).collect();
            self.rule(&names.join("."))
        };
        Html::joined(&paths.iter().map(path).collect::<Vec<_>>(), ", ")
    }

    /// A rule by its name, with its module or without.
    pub(super) fn rule(&self, name: &str) -> Html {
        let full = self.module.map(|module| format!("{module}.{name}"));
        let address = self.addresses.rule(name).or_else(|| full.and_then(|full| self.addresses.rule(&full)));
        self.leading(address, name)
    }

    /// A message: what stands in backticks is a word of the policies, and leads there.
    pub(super) fn message(&self, words: &str) -> Html {
        let mut html = Html::default();
        for (at, part) in words.split('`').enumerate() {
            if at % 2 == 0 {
                html.push_text(part);
                continue;
            }
            let attributes: &[(&str, &str)] = if self.lang == Lang::Da { &[] } else { &[("lang", "da")] };
            let inner = Html::element("code", attributes, &Html::text(part));
            match self.named(part) {
                Some(address) => html.push(&Html::link(&self.href(address), &inner)),
                None => html.push(&inner),
            }
        }
        html
    }

    /// Whatever is called so: a rule, a provision, a support, a fact …
    fn named(&self, words: &str) -> Option<&Address> {
        let sorts =
            [Sort::Support, Sort::Fact, Sort::Concept, Sort::Term, Sort::Unit, Sort::Department, Sort::Rate];
        let rule = self.addresses.rule(words).or_else(|| self.addresses.provision(words));
        let rule = rule.filter(|_| words.contains(['.', ' ']));
        rule.or_else(|| sorts.iter().find_map(|sort| self.addresses.word(*sort, words)))
            .or_else(|| self.addresses.module(words))
    }
}

/// A name as people read it.
pub(super) fn plain(name: &str) -> String {
    name.replace('-', " ")
}

/// The title of an example as it stands, the name of a guarantee as people read it.
pub(super) fn plain_title(name: &str, kind: TestKind) -> String {
    if kind == TestKind::Guarantee { plain(name) } else { name.to_owned() }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
}

/// The title of a list value, where it has one.
pub(super) fn value_title<'a>(model: &'a Model, fact: &str, value: &str) -> Option<&'a str> {
    let fact = model.facts.iter().find(|known| known.name == fact)?;
    let Domain::List { values, .. } = &fact.domain else { return None };
    let title = values.iter().find(|known| known.name == value).map(|known| known.title.as_str());
    title.filter(|title| !title.is_empty())
}

/// A period in words; nothing where it has no end.
pub(super) fn days(from: Option<i64>, to: Option<i64>) -> Text {
    let day = crate::ground::date_in_words;
    match (from.map(day), to.map(day)) {
        (Some(from), Some(to)) => Text {
            en: format!("from {} to {}", from.en, to.en),
            da: format!("fra {} til {}", from.da, to.da),
        },
        (Some(from), None) => Text { en: format!("from {}", from.en), da: format!("fra {}", from.da) },
        (None, Some(to)) => Text { en: format!("until {}", to.en), da: format!("til {}", to.da) },
        (None, None) => text!(en: "always", da: "altid"),
    }
}

pub(super) fn grade_class(grade: Grade) -> &'static str {
    match grade {
        Grade::May => "may",
        Grade::Right => "right",
        Grade::Must => "must",
        Grade::MustNot => "forbidden",
        Grade::Should | Grade::ShouldNot | Grade::MustAssess => "advice",
    }
}

fn given_words(grade: Grade) -> Text {
    match grade {
        Grade::May => text!(en: "may give", da: "kan give"),
        Grade::Right => text!(en: "right to", da: "ret til"),
        Grade::Must => text!(en: "must give", da: "skal give"),
        Grade::MustNot => text!(en: "must not give", da: "må ikke give"),
        Grade::Should => text!(en: "ought to give", da: "bør give"),
        Grade::ShouldNot => text!(en: "ought not to give", da: "bør ikke give"),
        Grade::MustAssess => text!(en: "must assess", da: "skal vurdere"),
    }
}

/// What is done, rather than given.
pub(super) fn done_words(grade: Grade) -> Text {
    match grade {
        Grade::May | Grade::Right => text!(en: "may carry out", da: "kan udføre"),
        Grade::Must => text!(en: "must carry out", da: "skal udføre"),
        Grade::MustNot => text!(en: "must not carry out", da: "må ikke udføre"),
        Grade::Should | Grade::MustAssess => text!(en: "ought to carry out", da: "bør udføre"),
        Grade::ShouldNot => text!(en: "ought not to carry out", da: "bør ikke udføre"),
    }
}

/// A grade alone, as a cell of a table has it.
pub(super) fn grade_words(grade: Grade) -> Text {
    match grade {
        Grade::May => text!(en: "may", da: "kan"),
        Grade::Right => text!(en: "right", da: "ret"),
        Grade::Must => text!(en: "must", da: "skal"),
        Grade::MustNot => text!(en: "must not", da: "må ikke"),
        Grade::Should => text!(en: "ought to", da: "bør"),
        Grade::ShouldNot => text!(en: "ought not to", da: "bør ikke"),
        Grade::MustAssess => text!(en: "must assess", da: "skal vurdere"),
    }
}

/// A citation as the language writes it: `LAB § 31 b, stk. 2`.
pub(super) fn cited(citation: &Citation) -> String {
    let source = &citation.source.text;
    citation.provision.as_ref().map_or_else(|| source.clone(), |one| format!("{source} {one}"))
}
