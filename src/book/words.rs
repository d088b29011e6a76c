//! The book's own words, in both languages.

use crate::ground::{Card, Lang, Severity, Text, text};
use crate::model::ModuleKind;
use std::collections::BTreeMap;

/// A check by the name a reader of the language knows it by.
pub(super) fn check_name(card: &Card, lang: Lang) -> &'static str {
    match lang {
        Lang::Da => card.danish,
        Lang::En => card.name,
    }
}

/// A heading above the checks of one severity.
pub(super) fn severity_heading(severity: Severity) -> Text {
    match severity {
        Severity::Error => text!(en: "Errors", da: "Fejl"),
        Severity::Warning => text!(en: "Warnings", da: "Advarsler"),
        Severity::Note => text!(en: "Notes", da: "Bemærkninger"),
    }
}

/// What kind of speaker a module is.
pub(super) fn module_kind(kind: ModuleKind) -> Text {
    match kind {
        ModuleKind::Law => text!(en: "law", da: "lov"),
        ModuleKind::Source => text!(en: "source", da: "kilde"),
        ModuleKind::Municipality => text!(en: "municipality", da: "kommune"),
        ModuleKind::Order => text!(en: "order", da: "bekendtgørelse"),
        ModuleKind::Trial => text!(en: "trial", da: "forsøg"),
        ModuleKind::Region => text!(en: "region", da: "region"),
        ModuleKind::Institution => text!(en: "institution", da: "institution"),
        ModuleKind::Guidance => text!(en: "guidance", da: "vejledning"),
        ModuleKind::Provider => text!(en: "provider", da: "leverandør"),
    }
}

/// A heading above all modules of a kind.
pub(super) fn module_kinds(kind: ModuleKind) -> Text {
    match kind {
        ModuleKind::Law => text!(en: "Laws", da: "Love"),
        ModuleKind::Source => text!(en: "Sources that are only cited", da: "Kilder, der kun henvises til"),
        ModuleKind::Municipality => text!(en: "Municipalities", da: "Kommuner"),
        ModuleKind::Order => text!(en: "Orders", da: "Bekendtgørelser"),
        ModuleKind::Trial => text!(en: "Trials", da: "Forsøg"),
        ModuleKind::Region => text!(en: "Regions", da: "Regioner"),
        ModuleKind::Institution => text!(en: "Institutions", da: "Institutioner"),
        ModuleKind::Guidance => text!(en: "Guidance", da: "Vejledninger"),
        ModuleKind::Provider => text!(en: "Providers", da: "Leverandører"),
    }
}

/// What stands in front of something a rule or a finding says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Label {
    Who,
    When,
    Example,
    Rules,
    Basis,
    Valid,
    Places,
    Exception,
    Responsible,
    Referred,
    Deviable,
    Because,
    Reading,
    FirstRow,
    Status,
    Adopted,
    Revised,
    Promises,
    Complaint,
    Editions,
    Paragraphs,
    Values,
    Typical,
    Means,
    Kind,
    Relation,
    Better,
    Serves,
    Successor,
    Delivers,
    Performs,
    Terms,
    Given,
    Until,
    About,
    Note,
}

impl Label {
    pub(super) fn text(self) -> Text {
        match self {
            Label::Who => text!(en: "For whom", da: "Hvem"),
            Label::When => text!(en: "When", da: "Når"),
            Label::Example => text!(en: "Example", da: "Eksempel"),
            Label::Rules => text!(en: "Rules", da: "Regler"),
            Label::Basis => text!(en: "Rests on", da: "Hjemmel"),
            Label::Valid => text!(en: "In force", da: "Gyldig"),
            Label::Places => text!(en: "Holds in", da: "Gælder i"),
            Label::Exception => text!(en: "Exception from", da: "Undtagelse fra"),
            Label::Responsible => text!(en: "Responsible", da: "Ansvarlig"),
            Label::Referred => text!(en: "Referred to", da: "Henvises til"),
            Label::Deviable => text!(en: "May be departed from", da: "Kan fraviges"),
            Label::Because => text!(en: "Because", da: "Fordi"),
            Label::Reading => text!(en: "How the text is read", da: "Sådan er teksten læst"),
            Label::FirstRow => text!(en: "Order", da: "Rækkefølge"),
            Label::Status => text!(en: "Status", da: "Status"),
            Label::Adopted => text!(en: "Adopted", da: "Vedtaget"),
            Label::Revised => text!(en: "To be revised", da: "Revideres"),
            Label::Promises => text!(en: "Promises", da: "Lover"),
            Label::Complaint => text!(en: "Complaints", da: "Klage"),
            Label::Editions => text!(en: "Editions", da: "Udgaver"),
            Label::Paragraphs => text!(en: "Paragraphs", da: "Paragraffer"),
            Label::Values => text!(en: "Values", da: "Værdier"),
            Label::Typical => text!(en: "Typically", da: "Typisk"),
            Label::Means => text!(en: "Means", da: "Betyder"),
            Label::Kind => text!(en: "Kind", da: "Art"),
            Label::Relation => text!(en: "Beside others", da: "Ved siden af andre"),
            Label::Better => text!(en: "Better for the citizen", da: "Bedst for borgeren"),
            Label::Serves => text!(en: "Serves", da: "Omfatter"),
            Label::Successor => text!(en: "Replaced by", da: "Afløses af"),
            Label::Delivers => text!(en: "Delivers", da: "Leverer"),
            Label::Performs => text!(en: "Carries out", da: "Udfører"),
            Label::Terms => text!(en: "On terms", da: "Vilkår"),
            Label::Given => text!(en: "The citizen", da: "Borgeren"),
            Label::Until => text!(en: "Until", da: "Indtil"),
            Label::About => text!(en: "About", da: "Om"),
            Label::Note => text!(en: "Remark", da: "Bemærk"),
        }
    }
}

/// The words that stand in the templates, by their names there.
pub(super) fn of_templates(lang: Lang) -> BTreeMap<&'static str, String> {
    let words = [
        ("documents", text!(en: "Documents", da: "Dokumenter")),
        ("supports", text!(en: "Supports", da: "Støtter")),
        ("paragraphs", text!(en: "Paragraphs", da: "Paragraffer")),
        ("glossary", text!(en: "Glossary", da: "Ordliste")),
        ("findings", text!(en: "Findings", da: "Fund")),
        ("examples", text!(en: "Examples", da: "Eksempler")),
        ("checks", text!(en: "Checks", da: "Kontroller")),
        ("search", text!(en: "Search", da: "Søg")),
        ("search_label", text!(en: "Search the rules", da: "Søg i reglerne")),
        ("skip", text!(en: "Skip to the contents", da: "Gå til indholdet")),
        ("main_nav", text!(en: "Main menu", da: "Hovedmenu")),
        ("on_this_page", text!(en: "On this page", da: "På denne side")),
        ("source", text!(en: "As it is written", da: "Sådan er det skrevet")),
        ("more", text!(en: "Whom, example and rules", da: "Hvem, eksempel og regler")),
        ("help", text!(en: "Next step:", da: "Næste skridt:")),
        ("at", text!(en: "Found in:", da: "Fundet i:")),
        ("mentioned", text!(en: "Also involved in", da: "Indgår også i")),
        ("one_finding", text!(en: "finding", da: "fund")),
        ("many_findings", text!(en: "findings", da: "fund")),
        ("used_in", text!(en: "Used in", da: "Bruges i")),
        ("used_by", text!(en: "Used by", da: "Bruges af")),
        (
            "made",
            text!(en: "Made from the policies by hjemmel {{version}}. The days looked at: {{window}}.",
                  da: "Dannet af reglerne med hjemmel {{version}}. Der er set på perioden {{window}}."),
        ),
        (
            "needs_script",
            text!(en: "The search needs JavaScript. Everything is also in the glossary, the list of paragraphs and the list of documents.",
                  da: "Søgningen kræver JavaScript. Alt står også i ordlisten, paragraflisten og listen over dokumenter."),
        ),
        (
            "no_hits",
            text!(en: "Nothing found. Try fewer or shorter words.",
                  da: "Intet fundet. Prøv med færre eller kortere ord."),
        ),
        ("one_hit", text!(en: "1 result", da: "1 resultat")),
        ("hits", text!(en: "{{count}} results", da: "{{count}} resultater")),
        (
            "first_hits",
            text!(en: "{{count}} results, the best {{shown}} are shown", da: "{{count}} resultater, de {{shown}} bedste vises"),
        ),
        ("who_gets", text!(en: "Who gets what", da: "Hvem får hvad")),
        ("nobody_gets", text!(en: "No rule gives anything here.", da: "Ingen regel giver noget her.")),
        ("how_decided", text!(en: "How it is decided", da: "Sådan afgøres det")),
        ("no_findings", text!(en: "Nothing was found.", da: "Der er ingen fund.")),
        ("heard", text!(en: "Also heard here", da: "Her gælder også")),
        ("departments", text!(en: "Departments", da: "Afdelinger")),
        ("rules", text!(en: "Rules", da: "Regler")),
        ("no_rules", text!(en: "No rule speaks of it.", da: "Ingen regel taler om den.")),
        ("below", text!(en: "Below it", da: "Herunder")),
        ("kind", text!(en: "kind", da: "art")),
        (
            "supports_intro",
            text!(en: "Everything that can be given, below its kind. Each has a page with the rules that speak of it and the way to the decision.",
                  da: "Alt, der kan gives, under sin art. Hver har en side med de regler, der taler om den, og vejen til afgørelsen."),
        ),
        (
            "paragraphs_intro",
            text!(en: "Each source with its editions, and below each provision the rules that rest on it.",
                  da: "Hver kilde med sine udgaver, og under hver bestemmelse de regler, der hviler på den."),
        ),
        ("whole_source", text!(en: "Rest on the source as a whole:", da: "Hviler på kilden som helhed:")),
        ("nothing_rests", text!(en: "No rule rests on it.", da: "Ingen regel hviler på den.")),
        ("no_paragraphs", text!(en: "No source is cited.", da: "Ingen kilde er nævnt.")),
        (
            "glossary_intro",
            text!(en: "What the words of the rules mean, and which rules use them. What can be given has pages of its own:",
                  da: "Hvad reglernes ord betyder, og hvilke regler der bruger dem. Det, der kan gives, har sine egne sider:"),
        ),
        ("drawing", text!(en: "The way to the decision.", da: "Vejen til afgørelsen.")),
        ("drawing_alt", text!(en: "The same stands in words below.", da: "Det samme står i ord nedenfor.")),
        (
            "steps",
            text!(en: "The same in words, question by question", da: "Det samme i ord, spørgsmål for spørgsmål"),
        ),
        ("question", text!(en: "question", da: "spørgsmål")),
        (
            "search_help",
            text!(en: "The beginning or a part of a word is enough: koordinator also finds udskrivningskoordinator.",
                              da: "Begyndelsen eller en del af et ord er nok: koordinator finder også udskrivningskoordinator."),
        ),
    ];
    words.into_iter().map(|(name, words)| (name, words.get(lang).to_owned())).collect()
}
