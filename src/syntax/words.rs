//! What the rules of the grammar are called in messages, and which keyword each of them stands for.

use super::parse::Rule;
use crate::ground::{Text, text};

/// What was expected, from the most to the least telling; a message shows the first few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phrase {
    Claim,
    Expectation,
    Relation,
    OfferClause,
    Condition,
    Value,
    Date,
    Period,
    Number,
    Provision,
    Source,
    Name,
    Quoted,
    Type,
    Heading,
    Sign,
    RateUnit,
    Grade,
    To,
    RightParenthesis,
    Joiner,
    Comparison,
    Keyword(&'static str),
    Clause,
    HeaderClause,
    Effect,
    Colon,
    Equals,
    Dash,
    Open,
    Comma,
    Close,
    End,
}

/// The most phrases a label shows.
const MOST: usize = 2;

/// `a value or a name`: what could have stood there, for a label.
pub(super) fn expected(rules: &[Rule]) -> Option<Text> {
    let mut phrases: Vec<Phrase> = rules.iter().filter_map(|rule| phrase(*rule)).collect();
    phrases.sort_unstable();
    phrases.dedup();
    const WHOLE: [Phrase; 3] = [Phrase::Claim, Phrase::Expectation, Phrase::OfferClause];
    if let Some(whole) = WHOLE.into_iter().find(|whole| phrases.contains(whole)) {
        phrases = vec![whole];
    }
    if phrases.contains(&Phrase::Value) {
        phrases.retain(|phrase| !matches!(phrase, Phrase::Date | Phrase::Number | Phrase::Name));
    }
    if phrases.contains(&Phrase::Clause) || phrases.contains(&Phrase::HeaderClause) {
        phrases.retain(|phrase| !matches!(phrase, Phrase::Keyword(_) | Phrase::Effect));
    }
    if phrases.iter().any(|phrase| !is_an_end(*phrase)) {
        phrases.retain(|phrase| !is_an_end(*phrase));
    }
    // an end alone is nothing to wait for
    phrases.retain(|phrase| *phrase != Phrase::End);
    phrases.truncate(MOST);
    let words: Vec<Text> = phrases.into_iter().map(say).collect();
    let join = |or: &str, pick: fn(&Text) -> &String| {
        let words: Vec<&str> = words.iter().map(|text| pick(text).as_str()).collect();
        match words.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [start @ .., last] => format!("{} {or} {last}", start.join(", ")),
        }
    };
    (!words.is_empty()).then(|| Text { en: join("or", |text| &text.en), da: join("eller", |text| &text.da) })
}

/// Whether a phrase only says that the item could have ended, or gone on with a list.
fn is_an_end(phrase: Phrase) -> bool {
    matches!(phrase, Phrase::Dash | Phrase::Comma | Phrase::Close | Phrase::End)
}

fn say(phrase: Phrase) -> Text {
    match phrase {
        Phrase::Claim => {
            text!(en: "a claim such as `findes mentorstøtte`", da: "et krav som `findes mentorstøtte`")
        }
        Phrase::Expectation => {
            text!(en: "an outcome such as `ret til mentor`", da: "et udfald som `ret til mentor`")
        }
        Phrase::Relation => text!(en: "a clause such as `svarer til`", da: "et led som `svarer til`"),
        Phrase::OfferClause => text!(en: "a clause such as `leverer`", da: "et led som `leverer`"),
        Phrase::Condition => text!(en: "a condition", da: "en betingelse"),
        Phrase::Value => text!(en: "a value", da: "en værdi"),
        Phrase::Date => text!(en: "a date such as `2015-08-24`", da: "en dato som `2015-08-24`"),
        Phrase::Period => {
            text!(en: "a period such as `fra 2015-01-01`", da: "en periode som `fra 2015-01-01`")
        }
        Phrase::Number => text!(en: "a number", da: "et tal"),
        Phrase::Provision => text!(en: "a provision such as `§ 85`", da: "en bestemmelse som `§ 85`"),
        Phrase::Source => text!(en: "a source such as `LAB § 93`", da: "en kilde som `LAB § 93`"),
        Phrase::Name => text!(en: "a name", da: "et navn"),
        Phrase::Quoted => text!(en: "a text in quotation marks", da: "en tekst i anførselstegn"),
        Phrase::Type => {
            text!(en: "a type such as `ja/nej`", da: "en type som `ja/nej`")
        }
        Phrase::Heading => text!(en: "a column's name", da: "en kolonnes navn"),
        Phrase::Sign => text!(en: "a sign such as `x`", da: "et tegn som `x`"),
        Phrase::RateUnit => {
            text!(en: "`tal`, `kr`, `varighed` or a unit", da: "`tal`, `kr`, `varighed` eller en enhed")
        }
        Phrase::Grade => text!(en: "a grade such as `kan`", da: "en grad som `kan`"),
        Phrase::To => Text::same("`til`"),
        Phrase::RightParenthesis => Text::same("`)`"),
        Phrase::Joiner => Text::same("`og`"),
        Phrase::Comparison => {
            text!(en: "a comparison such as `er`", da: "en sammenligning som `er`")
        }
        Phrase::Keyword(word) => Text::same(format!("`{word}`")),
        Phrase::Clause => text!(en: "a clause such as `når`", da: "et led som `når`"),
        Phrase::HeaderClause => text!(en: "a clause such as `udgave`", da: "et led som `udgave`"),
        Phrase::Effect => text!(en: "an effect such as `kan give`", da: "en virkning som `kan give`"),
        Phrase::Colon => Text::same("`:`"),
        Phrase::Equals => Text::same("`=`"),
        Phrase::Dash => Text::same("`-`"),
        Phrase::Open => Text::same("`{`"),
        Phrase::Comma => text!(en: "a comma", da: "et komma"),
        Phrase::Close => Text::same("`}`"),
        Phrase::End => Text::default(),
    }
}

/// What a rule of the grammar is called. What may merely follow (a unit, `stk. 2`) is not worth a word.
fn phrase(rule: Rule) -> Option<Phrase> {
    Some(match rule {
        Rule::condition | Rule::operand | Rule::group | Rule::left | Rule::k_not | Rule::k_always => {
            Phrase::Condition
        }
        Rule::comparison | Rule::decided | Rule::k_has_claim | Rule::k_can_get => Phrase::Condition,
        Rule::k_exists => Phrase::Claim,
        Rule::k_refused => Phrase::Expectation,
        Rule::k_delivers | Rule::k_performs => Phrase::OfferClause,
        Rule::k_matches | Rule::k_replaces | Rule::k_supplements | Rule::k_excludes => Phrase::Relation,
        Rule::k_without_decision => Phrase::Relation,
        Rule::sign | Rule::sign_meaning => Phrase::Sign,
        Rule::rate_unit => Phrase::RateUnit,
        Rule::k_ceiling | Rule::k_at | Rule::k_exactly | Rule::further => return None,
        Rule::soonest
        | Rule::listed_word
        | Rule::bound_word
        | Rule::dotted
        | Rule::bound_test
        | Rule::cell_value => Phrase::Value,
        Rule::date => Phrase::Date,
        Rule::period | Rule::cell_valid => Phrase::Period,
        Rule::quantity
        | Rule::compound
        | Rule::number
        | Rule::plain
        | Rule::integer
        | Rule::range
        | Rule::plain_range => Phrase::Number,
        Rule::numeral | Rule::sections | Rule::section | Rule::chapter | Rule::provision => Phrase::Provision,
        Rule::citation | Rule::citations => Phrase::Source,
        Rule::name
        | Rule::word
        | Rule::names
        | Rule::path
        | Rule::bound
        | Rule::expected_bound
        | Rule::parent => Phrase::Name,
        Rule::list_value | Rule::list_word => Phrase::Name,
        Rule::quoted | Rule::eli => Phrase::Quoted,
        Rule::yes_no_type | Rule::number_type | Rule::duration_type | Rule::money_type | Rule::date_type => {
            Phrase::Type
        }
        Rule::workdays_type | Rule::k_workdays => Phrase::Type,
        Rule::list_type | Rule::k_yes_no | Rule::k_assessed => Phrase::Type,
        Rule::k_number | Rule::k_duration | Rule::k_money | Rule::k_date | Rule::k_ordered => Phrase::Type,
        Rule::cell_heading => Phrase::Heading,
        Rule::cell_grade => Phrase::Grade,
        Rule::cell_when => Phrase::Condition,
        Rule::cell_test | Rule::cell_bound => Phrase::Value,
        Rule::cell_basis => Phrase::Source,
        Rule::cell_name | Rule::cell_supports => Phrase::Name,
        Rule::c_must_assess | Rule::c_must | Rule::c_must_not | Rule::c_may | Rule::c_right => Phrase::Grade,
        Rule::c_should_not | Rule::c_should => Phrase::Grade,
        Rule::k_to => Phrase::To,
        Rule::right => Phrase::RightParenthesis,
        Rule::k_and | Rule::k_or => Phrase::Joiner,
        Rule::test | Rule::k_is | Rule::k_under | Rule::k_over | Rule::k_at_least | Rule::k_at_most => {
            Phrase::Comparison
        }
        Rule::k_basis | Rule::k_valid | Rule::k_applies_in | Rule::k_when | Rule::k_exception => {
            Phrase::Clause
        }
        Rule::k_responsible | Rule::k_referred | Rule::k_deviable | Rule::k_reason | Rule::k_reading => {
            Phrase::Clause
        }
        Rule::k_first_row => Phrase::Clause,
        Rule::k_edition
        | Rule::k_paragraph
        | Rule::k_status
        | Rule::k_adopted
        | Rule::k_revised
        | Rule::k_complaint => Phrase::HeaderClause,
        Rule::g_must_assess | Rule::g_must | Rule::g_must_not | Rule::g_may | Rule::g_right => Phrase::Effect,
        Rule::g_should_not | Rule::g_should | Rule::grade_effect | Rule::k_applies_to => Phrase::Effect,
        Rule::k_precondition | Rule::k_lapses | Rule::perform_effect => Phrase::Effect,
        Rule::p_must | Rule::p_must_not | Rule::p_may | Rule::p_should | Rule::p_should_not => Phrase::Effect,
        Rule::colon => Phrase::Colon,
        Rule::equals => Phrase::Equals,
        Rule::dash => Phrase::Dash,
        Rule::open => Phrase::Open,
        Rule::close => Phrase::Close,
        Rule::comma => Phrase::Comma,
        Rule::EOI => Phrase::End,
        _ => Phrase::Keyword(keyword(rule)?),
    })
}

/// The keyword a rule reads, where it reads one.
pub(super) fn keyword(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::k_and => "og",
        Rule::k_or => "eller",
        Rule::k_not => "ikke",
        Rule::k_always => "altid",
        Rule::k_is => "er",
        Rule::k_under => "under",
        Rule::k_over => "over",
        Rule::k_at_least => "mindst",
        Rule::k_at_most => "højst",
        Rule::k_from => "fra",
        Rule::k_to => "til",
        Rule::k_edition => "udgave",
        Rule::k_eli => "eli",
        Rule::k_valid => "gyldig",
        Rule::k_paragraph => "paragraf",
        Rule::k_appeal => "klage",
        Rule::k_complaint => "klage til",
        Rule::k_through => "gennem",
        Rule::k_which => "som",
        Rule::k_within => "inden",
        Rule::k_after => "efter",
        Rule::k_yes => "ja",
        Rule::k_no => "nej",
        Rule::k_successor => "afløses af",
        Rule::k_status => "status",
        Rule::k_guiding => "vejledende",
        Rule::k_binding => "bindende",
        Rule::k_adopted => "vedtaget",
        Rule::k_by => "af",
        Rule::k_revised => "revideres",
        Rule::k_covers => "omfatter",
        Rule::k_assessed => "skøn",
        Rule::k_typical => "typisk",
        Rule::k_fixed => "fast",
        Rule::k_internal => "internt",
        Rule::k_more => "mere er bedre",
        Rule::k_less => "mindre er bedre",
        Rule::k_yes_no => "ja/nej",
        Rule::k_number => "tal",
        Rule::k_decimals => "decimal",
        Rule::k_duration => "varighed",
        Rule::k_money => "kr",
        Rule::k_date => "dato",
        Rule::k_ordered => "i rækkefølge",
        Rule::k_if => "hvis",
        Rule::k_then => "så",
        Rule::k_basis => "hjemmel",
        Rule::k_applies_in => "gælder i",
        Rule::k_when => "når",
        Rule::k_exception => "undtagelse fra",
        Rule::k_responsible => "ansvarlig",
        Rule::k_referred => "henvises til",
        Rule::k_deviable => "kan fraviges",
        Rule::k_reason => "fordi",
        Rule::k_reading => "tolkning",
        Rule::k_first_row => "første række gælder",
        Rule::g_must_assess => "skal vurdere",
        Rule::g_must => "skal give",
        Rule::g_must_not => "må ikke give",
        Rule::g_may => "kan give",
        Rule::g_right => "ret til",
        Rule::g_should_not => "bør ikke give",
        Rule::g_should => "bør give",
        Rule::k_duty => "som pligt",
        Rule::k_with => "med",
        Rule::k_only_when => "kun når",
        Rule::k_applies_to => "gælder for",
        Rule::k_precondition => "forudsætning for",
        Rule::k_lapses => "bortfalder",
        Rule::p_must => "skal udføre",
        Rule::p_must_not => "må ikke udføre",
        Rule::p_may => "kan udføre",
        Rule::p_should_not => "bør ikke udføre",
        Rule::p_should => "bør udføre",
        Rule::k_at => "ved",
        Rule::k_ceiling => "som loft",
        Rule::k_workdays => "hverdage",
        Rule::k_matches => "svarer til",
        Rule::k_replaces => "erstatter",
        Rule::k_supplements => "supplerer",
        Rule::k_excludes => "udelukker",
        Rule::k_without_decision => "uden afgørelse",
        Rule::k_signs => "tegn",
        Rule::k_delivers => "leverer",
        Rule::k_performs => "udfører",
        Rule::k_exists => "findes",
        Rule::k_both => "både",
        Rule::k_given => "givet",
        Rule::k_refused => "afslag",
        Rule::k_exactly => "netop",
        Rule::k_in => "i",
        Rule::k_for => "for",
        Rule::k_until => "indtil",
        Rule::m_may => "kan",
        Rule::m_right => "ret",
        Rule::m_must => "skal",
        _ => return None,
    })
}

/// Every keyword that stands inside items, by its first word.
pub(super) fn is_keyword(word: &str) -> bool {
    const FIRST_WORDS: [&str; 83] = [
        "og",
        "eller",
        "ikke",
        "altid",
        "er",
        "under",
        "over",
        "mindst",
        "højst",
        "fra",
        "til",
        "udgave",
        "eli",
        "gyldig",
        "paragraf",
        "klage",
        "gennem",
        "inden",
        "efter",
        "ja",
        "nej",
        "afløses",
        "status",
        "vejledende",
        "bindende",
        "vedtaget",
        "af",
        "revideres",
        "omfatter",
        "skøn",
        "typisk",
        "fast",
        "internt",
        "mere",
        "mindre",
        "tal",
        "decimal",
        "varighed",
        "kr",
        "dato",
        "hvis",
        "så",
        "hjemmel",
        "gælder",
        "når",
        "undtagelse",
        "ansvarlig",
        "henvises",
        "kan",
        "fordi",
        "tolkning",
        "første",
        "skal",
        "må",
        "ret",
        "bør",
        "som",
        "med",
        "kun",
        "forudsætning",
        "bortfalder",
        "give",
        "i",
        "for",
        "vurdere",
        "udføre",
        "ved",
        "hverdage",
        "snarest",
        "svarer",
        "erstatter",
        "supplerer",
        "udelukker",
        "uden",
        "tegn",
        "leverer",
        "udfører",
        "findes",
        "både",
        "givet",
        "afslag",
        "netop",
        "indtil",
    ];
    FIRST_WORDS.contains(&word)
}
