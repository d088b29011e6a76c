//! `lov`, `kommune` and the other words for who speaks.

use super::ast::{Complaint, Edition, Module, ModuleKind, Paragraph, Scope};
use super::parse::{Reader, Rule};
use crate::ground::{Span, text};
use pest::iterators::{Pair, Pairs};

impl Reader<'_> {
    pub(super) fn module(&mut self, pairs: Pairs<'_, Rule>) -> Option<Module> {
        let mut kind = None;
        let mut name = None;
        let mut title = None;
        let mut body = None;
        for pair in pairs {
            match pair.as_rule() {
                Rule::k_law => kind = Some(ModuleKind::Law),
                Rule::k_source => kind = Some(ModuleKind::Source),
                Rule::k_municipality => kind = Some(ModuleKind::Municipality),
                Rule::k_order => kind = Some(ModuleKind::Order),
                Rule::k_region => kind = Some(ModuleKind::Region),
                Rule::k_trial => kind = Some(ModuleKind::Trial),
                Rule::k_institution => kind = Some(ModuleKind::Institution),
                Rule::k_guidance => kind = Some(ModuleKind::Guidance),
                Rule::k_provider => kind = Some(ModuleKind::Provider),
                Rule::name => name = Some(self.name(&pair)),
                Rule::quoted => title = Some(self.quoted(&pair)),
                Rule::module_body => body = Some(pair),
                _ => {}
            }
        }
        let mut module = Module {
            kind: kind?,
            name: name?,
            title,
            declares: body.is_some(),
            editions: Vec::new(),
            paragraphs: Vec::new(),
            guiding: None,
            adopted: None,
            adopted_by: None,
            revised: None,
            scope: None,
            applies_in: Vec::new(),
            valid: None,
            complaint: None,
        };
        if let Some(body) = body {
            self.module_body(&mut module, body)?;
        }
        Some(module)
    }

    fn module_body(&mut self, module: &mut Module, body: Pair<'_, Rule>) -> Option<()> {
        let mut seen = Vec::new();
        for clause in body.into_inner() {
            self.only_once(&mut seen, &clause);
            match clause.as_rule() {
                Rule::edition => module.editions.push(self.edition(clause)?),
                Rule::paragraph => module.paragraphs.push(self.paragraph(clause)?),
                Rule::status => {
                    module.guiding = clause.into_inner().find_map(|word| match word.as_rule() {
                        Rule::k_guiding => Some(true),
                        Rule::k_binding => Some(false),
                        _ => None,
                    });
                }
                Rule::adopted => {
                    for inner in clause.into_inner() {
                        match inner.as_rule() {
                            Rule::date => module.adopted = Some(self.date(&inner)),
                            Rule::quoted => module.adopted_by = Some(self.quoted(&inner)),
                            _ => {}
                        }
                    }
                }
                Rule::revised => {
                    let date = clause.into_inner().find(|inner| inner.as_rule() == Rule::date)?;
                    module.revised = Some(self.date(&date));
                }
                Rule::scope => module.scope = Some(self.scope(clause)?),
                Rule::complaint => module.complaint = Some(self.complaint(clause)?),
                Rule::places => {
                    let span = self.span(&clause);
                    module.applies_in = self.names_in(clause);
                    self.placed(module.kind, span);
                }
                Rule::valid => {
                    let period = clause.into_inner().find(|inner| inner.as_rule() == Rule::period)?;
                    module.valid = Some(self.period(period));
                }
                _ => {}
            }
        }
        Some(())
    }

    /// Law counts everywhere, and a municipality in itself.
    fn placed(&mut self, kind: ModuleKind, clause: Span) {
        let is_placed = matches!(kind, ModuleKind::Trial | ModuleKind::Region | ModuleKind::Institution);
        if !is_placed {
            self.tell(
                clause,
                text!(
                    en: "`gælder i` belongs to a `forsøg`, a `region` or an `institution`",
                    da: "`gælder i` hører til et `forsøg`, en `region` eller en `institution`"
                ),
                text!(en: "says nothing here", da: "siger intet her"),
                Some(text!(en: "remove it", da: "fjern det")),
            );
        }
    }

    fn edition(&mut self, clause: Pair<'_, Rule>) -> Option<Edition> {
        let (mut title, mut eli, mut valid) = (None, None, None);
        for inner in clause.into_inner() {
            match inner.as_rule() {
                Rule::quoted => title = Some(self.quoted(&inner)),
                Rule::eli => eli = inner.into_inner().next().map(|quoted| self.quoted(&quoted)),
                Rule::period => valid = Some(self.period(inner)),
                _ => {}
            }
        }
        Some(Edition { title: title?, eli, valid })
    }

    fn paragraph(&mut self, clause: Pair<'_, Rule>) -> Option<Paragraph> {
        let span = self.span(&clause);
        let (mut provision, mut title, mut appeal, mut successor) = (None, None, None, None);
        let mut seen = Vec::new();
        for inner in clause.into_inner() {
            self.only_once(&mut seen, &inner);
            match inner.as_rule() {
                Rule::provision => provision = self.provision(inner),
                Rule::quoted => title = Some(self.quoted(&inner)),
                Rule::appeal => appeal = Some(inner.into_inner().any(|word| word.as_rule() == Rule::k_yes)),
                Rule::successor => {
                    let cited = inner.into_inner().find(|part| part.as_rule() == Rule::citation)?;
                    successor = self.citation(cited, &mut None);
                }
                _ => {}
            }
        }
        Some(Paragraph { provision: provision?, title, appeal, successor, span })
    }

    fn complaint(&mut self, clause: Pair<'_, Rule>) -> Option<Complaint> {
        let (mut to, mut through, mut which, mut after) = (None, None, None, None);
        let (mut within, mut basis) = (None, Vec::new());
        let mut before = Rule::k_complaint;
        for inner in clause.into_inner() {
            match inner.as_rule() {
                Rule::quoted => {
                    let words = Some(self.quoted(&inner));
                    match before {
                        Rule::k_through => through = words,
                        Rule::k_which => which = words,
                        Rule::k_after => after = words,
                        _ => to = words,
                    }
                }
                Rule::deadline => {
                    let words: Vec<&str> = inner.into_inner().map(|part| part.as_str().trim()).collect();
                    within = Some(words.join(" "));
                }
                Rule::citations => basis = self.citations(inner),
                keyword => before = keyword,
            }
        }
        Some(Complaint { to: to?, through, which, within, after, basis })
    }

    fn scope(&mut self, clause: Pair<'_, Rule>) -> Option<Scope> {
        let span = self.span(&clause);
        let (mut condition, mut kinds) = (None, Vec::new());
        for inner in clause.into_inner() {
            match inner.as_rule() {
                Rule::condition => condition = Some(self.condition(inner)),
                Rule::names => kinds = self.names(inner),
                _ => {}
            }
        }
        Some(Scope { condition: condition?, kinds, span })
    }
}
