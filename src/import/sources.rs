//! Sources in a cell: `jf. SEL §85 stk. 2`, `Lov om social service § 85`.

use super::cells::fits;
use super::lexicon::Lexicon;
use super::words::squeezed;

/// A cell as citations of the language, where it can be read as such.
pub(super) fn citations(words: &str, lexicon: &Lexicon) -> Option<String> {
    let plain =
        words.replace(['(', ')'], " ").replace(" og § ", ", § ").replace(" og §", ", §").replace(';', ",");
    let mut plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    for lead in ["jf. ", "jf ", "jvf. ", "efter ", "i henhold til ", "iht. "] {
        if let Some(start) = plain.get(..lead.len()).filter(|start| start.to_lowercase() == lead) {
            plain = plain[start.len()..].to_owned();
        }
    }
    let plain =
        plain.trim_end_matches('.').replace("stk ", "stk. ").replace(" stk.", ", stk.").replace(",, ", ", ");
    let parts: Vec<String> = plain.split(", ").map(|part| with_known_name(part.trim(), lexicon)).collect();
    let cited = parts.join(", ");
    // a paragraph alone does not say of which law
    let names_law = cited.starts_with(char::is_alphabetic);
    let is_cited = names_law && (cited.contains('§') || is_source(&cited, lexicon));
    (is_cited && fits("hjemmel", &cited)).then_some(cited)
}

fn is_source(words: &str, lexicon: &Lexicon) -> bool {
    lexicon.sources.iter().any(|source| source.name == words)
}

/// `Lov om social service § 85` by the name the workspace has for that law.
fn with_known_name(part: &str, lexicon: &Lexicon) -> String {
    let (law, provision) = match part.find(['§']).or_else(|| part.find("kap.")) {
        Some(at) => (part[..at].trim(), &part[at..]),
        None => (part, ""),
    };
    let law = law.trim_end_matches(',').trim();
    let wanted = squeezed(law);
    let genitive = wanted.strip_suffix('s').unwrap_or(&wanted);
    let is = |word: &str| !wanted.is_empty() && (squeezed(word) == wanted || squeezed(word) == genitive);
    let known = lexicon.sources.iter().find(|source| is(&source.name) || is(&source.title));
    let law = known.map_or(law, |source| source.name.as_str());
    format!("{law} {provision}").trim().to_owned()
}
