//! Guarantees, examples, offers and acceptances beside a policy: made at random, and written as their authors would.

use super::conditions::Conditions;
use super::policy::{Basis, Cond, DATE, Grade, Period, Policy, Speaker, Test};
use super::random::Random;
use super::text::{basis_words, cond_words, period_words, test_of_term};
use super::words::{rate_bound, rate_cond};
use hjemmel::Day;

/// What is said beside the rules.
pub(crate) struct Promises {
    pub(crate) guarantees: Vec<Guarantee>,
    pub(crate) examples: Vec<Example>,
    pub(crate) offers: Vec<Offer>,
    pub(crate) accept: Accept,
}

pub(crate) struct Guarantee {
    /// none: every kommune
    pub(crate) places: Vec<Speaker>,
    pub(crate) when: Option<Cond>,
    pub(crate) claim: Claim,
}

pub(crate) struct Example {
    pub(crate) place: Speaker,
    pub(crate) given: Cond,
    pub(crate) claim: Claim,
}

pub(crate) enum Claim {
    AtLeast(Grade, usize),
    AtMost(Grade, usize),
    Exactly(Grade, usize),
    Said(Grade, usize),
    NotGranted(usize),
    Refused(usize),
    NotBoth(usize, usize),
    Within(usize, usize, Test),
    /// a grant with a bound on a term: the decided values lie within it, or are just these
    With(Grade, usize, (usize, Test), bool),
    /// of a task or a step, with `ved` or without; without a grade: neither kan nor skal
    Done(Option<Grade>, usize, Option<usize>),
}

impl Claim {
    /// The supports and kinds it names.
    pub(crate) fn names(&self) -> Vec<usize> {
        match self {
            Claim::AtLeast(_, name)
            | Claim::AtMost(_, name)
            | Claim::Exactly(_, name)
            | Claim::Said(_, name)
            | Claim::NotGranted(name)
            | Claim::Refused(name)
            | Claim::Done(_, name, _)
            | Claim::With(_, name, ..)
            | Claim::Within(name, ..) => vec![*name],
            Claim::NotBoth(one, other) => vec![*one, *other],
        }
    }
}

pub(crate) struct Offer {
    pub(crate) basis: Vec<Basis>,
    pub(crate) valid: Option<Period>,
    pub(crate) delivers: Vec<usize>,
    /// at most one for each term
    pub(crate) bounds: Vec<(usize, Test)>,
    pub(crate) fault: Option<OfferFault>,
}

/// What cannot be read in an offer.
#[derive(Clone, Copy)]
pub(crate) enum OfferFault {
    /// `leverer …, ubekendt`
    Delivers,
    /// `med ubekendt 1`, and no bound that could be read
    Terms,
    /// `hjemmel …, Ubekendt § 1`
    Basis,
}

impl Offer {
    /// It is sold on this day; one with an error always is.
    pub(crate) fn stands(&self, policy: &Policy, profile: &[i64]) -> bool {
        if self.fault.is_some() {
            return true;
        }
        let day = profile[DATE];
        let in_force = |basis: &Basis| {
            let editions = match basis {
                Basis::Law => &policy.law_editions,
                Basis::OtherLaw => &policy.other_law_editions,
                Basis::Source => &policy.source_editions,
            };
            editions.is_empty() || editions.iter().any(|edition| edition.holds(day))
        };
        self.valid.is_none_or(|valid| valid.holds(day))
            && (self.basis.is_empty() || self.basis.iter().any(in_force))
    }

    /// Its name or a kind above it is on the list; one with an error may deliver it.
    pub(crate) fn delivers(&self, policy: &Policy, support: usize) -> bool {
        self.fault.is_some() || self.delivers.iter().any(|name| policy.is_at_or_above(*name, support))
    }
}

/// `accepter CHECK i Byen når C`
pub(crate) struct Accept {
    pub(crate) check: &'static str,
    pub(crate) when: Cond,
    pub(crate) until: Option<Day>,
}

const GRANTS: [Grade; 3] = [Grade::May, Grade::Right, Grade::Must];
const ACCEPTED: [&str; 6] =
    ["contradiction", "mixed-grades", "undercut", "gap", "failed-guarantee", "above-law"];

/// The promises of a seed.
pub(crate) fn promises(policy: &Policy, seed: u64) -> Promises {
    let mut make = Maker { random: Random::new(seed ^ 0x0070_726f_6d69_7365), policy };
    let guarantees = (0..make.random.between(1, 3)).map(|_| make.guarantee()).collect();
    let examples = (0..make.random.between(1, 3)).map(|_| make.example()).collect();
    let offers = (0..make.random.between(1, 3)).map(|_| make.offer()).collect();
    let from = policy.window.0;
    let until = make.random.chance(40).then(|| from + make.random.between(0, 4) as Day - 2);
    let accept = Accept { check: make.random.pick::<&str>(&ACCEPTED), when: make.cond(1), until };
    Promises { guarantees, examples, offers, accept }
}

struct Maker<'a> {
    random: Random,
    policy: &'a Policy,
}

impl Maker<'_> {
    fn cond(&mut self, depth: usize) -> Cond {
        let mut cond = Conditions { random: &mut self.random, policy: self.policy }.cond(depth);
        if !self.policy.words.rates.is_empty() {
            rate_cond(self.policy, &mut cond, &mut self.random);
        }
        cond
    }

    fn name(&mut self) -> usize {
        self.random.between(0, self.policy.supports.len() - 1)
    }

    fn support(&mut self) -> usize {
        let supports: Vec<usize> =
            (0..self.policy.supports.len()).filter(|at| !self.policy.supports[*at].is_kind).collect();
        *self.random.pick(&supports)
    }

    fn bound(&mut self, term: usize) -> Test {
        let domain = &self.policy.terms[term].domain;
        let mut test = Conditions { random: &mut self.random, policy: self.policy }.bound(domain);
        if !self.policy.words.rates.is_empty() {
            rate_bound(self.policy, term, &mut test, &mut self.random);
        }
        test
    }

    fn within(&mut self, name: usize) -> Claim {
        let term = self.random.between(0, self.policy.terms.len() - 1);
        Claim::Within(name, term, self.bound(term))
    }

    fn guarantee(&mut self) -> Guarantee {
        let places = match self.random.between(0, 3) {
            0 => Vec::new(),
            1 if self.policy.home.is_some() => vec![Speaker::Home],
            2 => vec![Speaker::Town, Speaker::OtherTown],
            _ => vec![Speaker::Town],
        };
        let when = self.random.chance(70).then(|| self.cond(1));
        let (name, grade) = (self.name(), *self.random.pick(&GRANTS));
        let claim = match self.random.between(0, 4) {
            0 => Claim::AtLeast(grade, name),
            1 => Claim::AtMost(grade, name),
            2 => Claim::NotGranted(name),
            3 => Claim::NotBoth(name, self.name()),
            _ => self.within(name),
        };
        Guarantee { places, when, claim }
    }

    fn example(&mut self) -> Example {
        let place = match self.random.between(0, 4) {
            0 => Speaker::OtherTown,
            1 if self.policy.home.is_some() => Speaker::Home,
            _ => Speaker::Town,
        };
        let given = Cond::And(vec![self.cond(0), self.cond(1)]);
        let (name, grade) = (self.name(), *self.random.pick(&GRANTS));
        let claim = match self.random.between(0, 8) {
            6.. => {
                let term = self.random.between(0, self.policy.terms.len() - 1);
                let bound = (term, self.bound(term));
                Claim::With(grade, name, bound, self.random.chance(60))
            }
            0 => Claim::Said(*self.random.pick(&[Grade::Should, Grade::ShouldNot, Grade::MustAssess]), name),
            1 => Claim::Refused(name),
            2 => Claim::NotGranted(name),
            _ => Claim::Exactly(grade, name),
        };
        Example { place, given, claim }
    }

    fn offer(&mut self) -> Offer {
        let mut delivers = vec![if self.random.chance(35) { self.name() } else { self.support() }];
        if self.random.chance(40) {
            delivers.push(self.support());
            delivers.sort_unstable();
            delivers.dedup();
        }
        let (from, to) = self.policy.window;
        let middle = from + self.random.between(0, (to - from) as usize) as Day;
        let valid = self.random.chance(25).then_some(Period { from: None, to: Some(middle) });
        let basis = vec![*self.random.pick(&[Basis::Law, Basis::OtherLaw, Basis::Source])];
        let bounds = (0..self.policy.terms.len()).map(|term| (term, self.bound(term))).collect();
        let faults = [OfferFault::Delivers, OfferFault::Terms, OfferFault::Basis];
        let fault = self.random.chance(6).then(|| *self.random.pick(&faults));
        Offer { basis, valid, delivers, bounds, fault }
    }
}

/// The files that say it.
pub(crate) fn files(policy: &Policy, promises: &Promises) -> Vec<(&'static str, String)> {
    let name = |at: usize| policy.supports[at].name.as_str();
    let mut out = String::new();
    for (at, guarantee) in promises.guarantees.iter().enumerate() {
        let places: Vec<&str> = guarantee.places.iter().map(|place| place.name()).collect();
        out += &format!("garanti g{at} \"Garanti\" {{\n");
        if !places.is_empty() {
            out += &format!("    i {}\n", places.join(", "));
        }
        if let Some(when) = &guarantee.when {
            out += &format!("    når {}\n", cond_words(policy, when));
        }
        out += &format!("    så {}\n}}\n", claim(policy, &guarantee.claim));
    }
    for (at, example) in promises.examples.iter().enumerate() {
        let given = cond_words(policy, &example.given);
        let place = example.place.name();
        let claim = claim(policy, &example.claim);
        out += &format!("eksempel \"e{at}\" {{\n    i {place}\n    givet {given}\n    så {claim}\n}}\n");
    }
    let accept = &promises.accept;
    let until = accept.until.map(|day| format!(" indtil {}", hjemmel::iso_date(day))).unwrap_or_default();
    let when = cond_words(policy, &accept.when);
    out += &format!("accepter {} i Byen når {when} fordi \"Det ved vi\"{until}\n", accept.check);
    let mut sold = "leverandør Sælger \"Sælger\"\n".to_owned();
    for (at, offer) in promises.offers.iter().enumerate() {
        let basis = basis_words(&offer.basis);
        let more = |fault: fn(&OfferFault) -> bool, words: &'static str| match &offer.fault {
            Some(found) if fault(found) => words,
            _ => "",
        };
        let unknown = more(|fault| matches!(fault, OfferFault::Basis), ", Ubekendt § 1");
        sold += &format!("forløb o{at} \"Forløb\" {{\n    hjemmel {basis}{unknown}\n");
        if let Some(valid) = offer.valid {
            sold += &format!("    gyldig {}\n", period_words(valid));
        }
        let delivers: Vec<&str> = offer.delivers.iter().map(|at| name(*at)).collect();
        let unknown = more(|fault| matches!(fault, OfferFault::Delivers), ", ubekendt");
        sold += &format!("    leverer {}{unknown}\n", delivers.join(", "));
        let bounds: Vec<String> =
            offer.bounds.iter().map(|(term, test)| test_of_term(policy, *term, test)).collect();
        if matches!(offer.fault, Some(OfferFault::Terms)) {
            sold += "    med ubekendt 1\n";
        } else if !bounds.is_empty() {
            sold += &format!("    med {}\n", bounds.join(", "));
        }
        sold += "}\n";
    }
    vec![("løfter.hjemmel", out), ("sælger.hjemmel", sold)]
}

/// What stands behind `så`.
pub(super) fn claim(policy: &Policy, claim: &Claim) -> String {
    let name = |at: &usize| policy.supports[*at].name.as_str();
    let word = |grade: &Grade| match grade {
        Grade::May => "kan",
        Grade::Right => "ret",
        _ => "skal",
    };
    match claim {
        Claim::AtLeast(Grade::May, at) if policy.supports[*at].is_kind => format!("findes {}", name(at)),
        Claim::AtLeast(grade, at) if policy.supports[*at].is_kind => {
            format!("findes mindst {} {}", word(grade), name(at))
        }
        Claim::AtLeast(grade, at) => format!("mindst {} {}", word(grade), name(at)),
        Claim::AtMost(grade, at) => format!("højst {} {}", word(grade), name(at)),
        Claim::Exactly(Grade::Right, at) => format!("ret til {}", name(at)),
        Claim::Exactly(grade, at) => format!("{} give {}", word(grade), name(at)),
        Claim::Said(Grade::Should, at) => format!("bør give {}", name(at)),
        Claim::Said(Grade::ShouldNot, at) => format!("bør ikke give {}", name(at)),
        Claim::Said(_, at) => format!("skal vurdere {}", name(at)),
        Claim::NotGranted(at) => format!("ikke {}", name(at)),
        Claim::Refused(at) => format!("afslag {}", name(at)),
        Claim::NotBoth(one, other) => format!("ikke både {} og {}", name(one), name(other)),
        Claim::Done(grade, task, at) => {
            let verb = match grade {
                None => "ikke",
                Some(Grade::May) => "kan udføre",
                Some(Grade::MustNot) => "må ikke udføre",
                Some(Grade::Should) => "bør udføre",
                Some(Grade::ShouldNot) => "bør ikke udføre",
                Some(_) => "skal udføre",
            };
            let at = at.map(|at| format!(" ved {}", name(&at))).unwrap_or_default();
            format!("{verb} {}{at}", name(task))
        }
        Claim::With(grade, at, (term, test), exactly) => {
            let own = self::claim(policy, &Claim::Exactly(*grade, *at));
            let bound = test_of_term(policy, *term, test);
            let term = &policy.terms[*term].name;
            let words = bound.strip_prefix(term.as_str()).unwrap_or_default();
            let exactly = if *exactly { " netop" } else { "" };
            format!("{own} med {term}{exactly}{words}")
        }
        Claim::Within(at, term, test) => format!("{} med {}", name(at), test_of_term(policy, *term, test)),
    }
}
