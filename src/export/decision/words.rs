//! The phrases of a decision.

use crate::ground::{Text, text};
use crate::queries::{
    LayerReasons, Outcome, Part, PartForce, PartReasons, Reasons, Role, RuleFate, RuleReasons, SpokenRule,
    SupportReasons, TermDecision, TermReasons, grant_in_words,
};
use crate::verdict::{Grant, Step};

/// Who speaks: the law has no name of its own.
pub(super) fn layer(reasons: &Reasons, at: usize) -> Text {
    match reasons.layers.get(at) {
        Some(named) if !named.title.is_empty() => Text::same(&named.title),
        _ => text!(en: "The law", da: "Loven"),
    }
}

/// `Social mentor: skal gives, som pligt for borgeren`; where something is not known, all that can be decided.
pub(super) fn outcome(support: &SupportReasons, possible: Option<&[Outcome]>) -> Text {
    let title = &support.support.title;
    let Some(ways) = possible else {
        let duty = support.decision.duty;
        let Text { en, da } = decided(support, support.decision.grant, duty);
        return text!(en: "{title}: {en}", da: "{title}: {da}");
    };
    if let [way] = ways {
        let Text { en, da } = way_in_words(support, way);
        return text!(en: "{title}: {en}", da: "{title}: {da}");
    }
    text!(en: "{title}: open", da: "{title}: åben")
}

/// What is decided in one way.
pub(super) fn way_in_words(support: &SupportReasons, way: &Outcome) -> Text {
    decided(support, way.grant, way.duty)
}

fn decided(support: &SupportReasons, grant: Option<Grant>, duty: bool) -> Text {
    let Text { en, da } = grant_in_words(grant, is_given(support));
    if duty && grant.is_some_and(Grant::is_granted) {
        return text!(en: "{en}, a duty for the citizen", da: "{da}, som pligt for borgeren");
    }
    Text { en, da }
}

fn is_given(support: &SupportReasons) -> bool {
    matches!(support.role, Role::Support | Role::Kind)
}

/// What else is decided in one way.
pub(super) fn in_one_line(support: &SupportReasons, way: &Outcome) -> Vec<Text> {
    let mut words = flags_of(way, is_given(support));
    for (term, values) in &way.terms {
        words.push(match values {
            Some(values) => Text::same(format!("{term}: {values}")),
            None => text!(en: "{term}: undecided", da: "{term}: uafklaret"),
        });
    }
    words
}

/// Several phrases as one.
pub(super) fn joined(all: &[Text]) -> Text {
    let join = |pick: fn(&Text) -> &str| all.iter().map(pick).collect::<Vec<_>>().join("; ");
    Text { en: join(|text| &text.en), da: join(|text| &text.da) }
}

/// The same of several, as the beginning of a line.
pub(super) fn of_many(support: &SupportReasons) -> Text {
    let flags = flags(support);
    match (support.decision.grant, support.role) {
        (Some(Grant::Must), Role::Task | Role::Step) => text!(en: "Must be carried out", da: "Skal udføres"),
        (Some(Grant::May), Role::Task | Role::Step) => text!(en: "May be carried out", da: "Kan udføres"),
        (Some(Grant::Forbidden), Role::Task | Role::Step) => {
            text!(en: "Must not be carried out", da: "Må ikke udføres")
        }
        (Some(Grant::None), Role::Task) if flags.is_empty() => {
            text!(en: "Tasks no rule speaks of here", da: "Opgaver, som ingen regel nævner her")
        }
        (Some(Grant::None), Role::Step) if flags.is_empty() => {
            text!(en: "Steps no rule speaks of here", da: "Sagsskridt, som ingen regel nævner her")
        }
        (Some(Grant::None), Role::Task | Role::Step) => {
            text!(en: "Ought to be weighed", da: "Bør overvejes")
        }
        _ => text!(en: "Not given by any rule", da: "Gives ikke efter nogen regel"),
    }
}

/// What is said beside the grant.
pub(super) fn flags(support: &SupportReasons) -> Vec<Text> {
    let decision = &support.decision;
    let said = (decision.to_be_assessed, decision.recommended, decision.discouraged);
    flags_in_words(said, is_given(support))
}

/// The same of what can be decided.
pub(super) fn flags_of(way: &Outcome, is_given: bool) -> Vec<Text> {
    flags_in_words((way.to_be_assessed, way.recommended, way.discouraged), is_given)
}

fn flags_in_words((assess, should, should_not): (bool, bool, bool), is_given: bool) -> Vec<Text> {
    let mut flags = Vec::new();
    if assess {
        flags.push(text!(en: "must be assessed", da: "skal vurderes"));
    }
    if should {
        flags.push(if is_given {
            text!(en: "ought to be given", da: "bør gives")
        } else {
            text!(en: "ought to be carried out", da: "bør udføres")
        });
    }
    if should_not {
        flags.push(if is_given {
            text!(en: "ought not to be given", da: "bør ikke gives")
        } else {
            text!(en: "ought not to be carried out", da: "bør ikke udføres")
        });
    }
    flags
}

/// `Timer om ugen: fra 1 til 3`
pub(super) fn title(term: &TermDecision) -> Text {
    let name = &term.title;
    let mark = if name.ends_with('?') { "" } else { ":" };
    match &term.told {
        Some(words) => Text::same(format!("{name}{mark} {words}")),
        None => text!(
            en: "{name}{mark} undecided, the rules contradict each other",
            da: "{name}{mark} uafklaret, reglerne modsiger hinanden"
        ),
    }
}

/// `LAB.n2 (LAB § 31 b, stk. 2)`
pub(super) fn rule_in_words(rule: &RuleReasons) -> String {
    if rule.provisions.is_empty() {
        rule.name.clone()
    } else {
        format!("{} ({})", rule.name, rule.provisions.join("; "))
    }
}

/// What a layer says of the grant, and what that does.
pub(super) fn step_in_words(reasons: &Reasons, told: &LayerReasons) -> Text {
    let Text { en, da } = layer(reasons, told.layer);
    let word = match told.grant {
        Some(Grant::Must) => "skal",
        Some(Grant::Right) => "ret",
        Some(Grant::May) => "kan",
        Some(Grant::Forbidden) => "må ikke",
        Some(Grant::None) | None => "–",
    };
    match told.step {
        Step::Silent => {
            text!(en: "{en}: does not say whether it is given", da: "{da}: siger ikke, om den gives")
        }
        Step::Decides => text!(en: "{en}: {word}", da: "{da}: {word}"),
        Step::Strengthens => text!(en: "{en}: {word}, more than above", da: "{da}: {word}, mere end ovenfor"),
        Step::Refuses => text!(
            en: "{en}: {word}, and nothing above requires it",
            da: "{da}: {word}, og intet ovenfor kræver den"
        ),
        Step::Confirms | Step::Narrows => {
            text!(en: "{en}: {word}, as above", da: "{da}: {word}, som ovenfor")
        }
        Step::Withholds => text!(
            en: "{en}: kan, but a precondition of its own is not met",
            da: "{da}: kan, men dens egen forudsætning er ikke opfyldt"
        ),
        Step::Displaced => text!(
            en: "{en}: {word}, displaced by what is decided above",
            da: "{da}: {word}, fortrængt af det, der er afgjort ovenfor"
        ),
        Step::Settled => text!(
            en: "{en}: contradicts itself; what is decided above holds",
            da: "{da}: modsiger sig selv; det, der er afgjort ovenfor, gælder"
        ),
        Step::Undecided => text!(
            en: "{en}: contradicts itself, and nothing above settles it",
            da: "{da}: modsiger sig selv, og intet ovenfor afgør det"
        ),
        Step::TooLate => text!(
            en: "{en}: {word}, but it is left undecided above",
            da: "{da}: {word}, men ovenfor er det uafklaret"
        ),
    }
}

/// What a layer says of a term, and what that does.
pub(super) fn step_of_term(told: &TermReasons) -> Text {
    if told.step == Step::Displaced && !told.contradiction.is_empty() {
        let name = &told.own.title;
        return text!(
            en: "{name}: contradicts itself; what is above holds",
            da: "{name}: modsiger sig selv; det ovenfor gælder"
        );
    }
    let Text { en, da } = title(&told.own);
    match told.step {
        Step::Narrows => {
            text!(en: "{en}, which narrows what is above", da: "{da}, som indsnævrer det ovenfor")
        }
        Step::Displaced => text!(
            en: "{en}, displaced: it has nothing in common with what is above",
            da: "{da}, fortrængt: det har intet til fælles med det ovenfor"
        ),
        Step::TooLate => {
            text!(en: "{en}, but it is undecided above", da: "{da}, men ovenfor er det uafklaret")
        }
        Step::Confirms => text!(en: "{en}, as above", da: "{da}, som ovenfor"),
        _ => Text { en, da },
    }
}

/// Whether a rule counts: `+`, `~` set aside, `–` does not apply, `?` open.
pub(super) fn mark(reasons: &Reasons, spoken: &SpokenRule) -> &'static str {
    match reasons.rule(&spoken.rule).map(|rule| &rule.fate) {
        Some(RuleFate::Applies) => {
            let counts = |part: &PartReasons| matches!(part.force, PartForce::Active);
            let open = |part: &PartReasons| matches!(part.force, PartForce::Open);
            if spoken.parts.is_empty() || spoken.parts.iter().any(counts) {
                "+"
            } else if spoken.parts.iter().any(open) {
                "?"
            } else {
                "~"
            }
        }
        Some(RuleFate::Open) => "?",
        _ => "–",
    }
}

/// One part of a rule; without the reasons only what counts.
pub(super) fn part_in_words(reasons: &Reasons, told: &PartReasons, why: bool) -> Option<Text> {
    let counts = matches!(told.force, PartForce::Active | PartForce::Open);
    if !why && !counts || told.force == PartForce::OtherDay {
        return None;
    }
    let said = match &told.part {
        Part::Grade { word, duty, of } => {
            let duty = if *duty { " som pligt" } else { "" };
            match of {
                Some(of) => text!(en: "{word}{duty}, of {of}", da: "{word}{duty}, om {of}"),
                None => Text::same(format!("{word}{duty}")),
            }
        }
        Part::Term { term, words, ceiling } => {
            let ceiling = if *ceiling { " som loft" } else { "" };
            Text::same(format!("{term} {words}{ceiling}"))
        }
        Part::Precondition(judged) => {
            match judged.as_ref().map(|judged| (judged.holds, reasons.because(judged))) {
                None => text!(en: "a precondition", da: "en forudsætning"),
                Some((Some(true), Text { en, da })) => {
                    text!(en: "its precondition is met: {en}", da: "forudsætningen er opfyldt: {da}")
                }
                Some((Some(false), Text { en, da })) => {
                    text!(en: "its precondition is not met: {en}", da: "forudsætningen er ikke opfyldt: {da}")
                }
                Some((None, Text { en, da })) => {
                    text!(en: "its precondition is open: {en}", da: "forudsætningen er åben: {da}")
                }
            }
        }
    };
    let Text { en, da } = said;
    Some(match &told.force {
        PartForce::SetAside(by) => {
            let by = by.join(", ");
            text!(en: "{en} (set aside by {by})", da: "{da} (sat ud af kraft af {by})")
        }
        PartForce::GivesWay(to) => {
            let to = to.join(", ");
            text!(en: "{en} (gives way to {to})", da: "{da} (viger for {to})")
        }
        PartForce::Open => text!(en: "{en} (open)", da: "{da} (åben)"),
        PartForce::Idle | PartForce::Active | PartForce::OtherDay => Text { en, da },
    })
}

/// Why a rule applies, or why not.
pub(super) fn why_not(reasons: &Reasons, rule: &RuleReasons) -> Option<Text> {
    let settled = |judged: &Option<crate::queries::Judgement>| {
        judged.as_ref().map(|judged| reasons.because(judged)).unwrap_or_default()
    };
    Some(match &rule.fate {
        RuleFate::Applies => {
            let Text { en, da } = settled(&rule.condition);
            if en.is_empty() {
                return None;
            }
            text!(en: "because {en}", da: "fordi {da}")
        }
        RuleFate::Fails => {
            let Text { en, da } = settled(&rule.condition);
            text!(en: "does not apply: {en}", da: "gælder ikke: {da}")
        }
        RuleFate::OtherDepartment => {
            let Text { en, da } = settled(&rule.department);
            text!(en: "does not apply: {en}", da: "gælder ikke: {da}")
        }
        RuleFate::OtherDay(days) if days.is_empty() => {
            text!(en: "is in force on no day", da: "gælder ingen dag")
        }
        RuleFate::OtherDay(days) => {
            let Text { en, da } = in_force(days);
            text!(en: "not in force on the day: {en}", da: "gælder ikke den dag: {da}")
        }
        RuleFate::Unanswered(support) => text!(
            en: "does not apply: what is decided on {support} is undecided",
            da: "gælder ikke: afgørelsen om {support} er uafklaret"
        ),
        RuleFate::Open => {
            let (condition, department) = (settled(&rule.condition), settled(&rule.department));
            let Text { en, da } = if condition.en.is_empty() { department } else { condition };
            text!(en: "open: {en}", da: "åben: {da}")
        }
    })
}

/// The days a rule is in force.
fn in_force(days: &[(Option<String>, Option<String>)]) -> Text {
    let one = |(from, to): &(Option<String>, Option<String>)| match (from, to) {
        (None, None) => text!(en: "always", da: "altid"),
        (Some(from), None) => text!(en: "from {from}", da: "fra {from}"),
        (None, Some(to)) => text!(en: "until {to}", da: "til {to}"),
        (Some(from), Some(to)) => text!(en: "from {from} to {to}", da: "fra {from} til {to}"),
    };
    joined(&days.iter().map(one).collect::<Vec<_>>())
}
