//! Who is heard where: the layers of law, and of each module below it.

use super::{Domain, FactId, Model, ModuleId, ModuleKind, RuleId};

/// Who speaks: all national law together, or one module below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Layer {
    /// every lov and bekendtgørelse
    Law,
    /// a trial, a region, a municipality, an institution, or a guidance that is compared with them
    Module(ModuleId),
}

impl Layer {
    /// The layer a rule speaks in; nothing for the rules of one who only is cited or offers.
    pub(crate) fn of(model: &Model, rule: RuleId) -> Option<Layer> {
        Layer::of_module(model, model.rules[rule.index()].module)
    }

    /// The layer a module speaks in.
    pub(crate) fn of_module(model: &Model, module: ModuleId) -> Option<Layer> {
        match model.modules[module.index()].kind {
            ModuleKind::Law | ModuleKind::Order => Some(Layer::Law),
            ModuleKind::Source | ModuleKind::Provider => None,
            ModuleKind::Trial
            | ModuleKind::Region
            | ModuleKind::Municipality
            | ModuleKind::Institution
            | ModuleKind::Guidance => Some(Layer::Module(module)),
        }
    }

    /// What kind of module speaks; the law is a lov.
    pub(crate) fn kind(self, model: &Model) -> ModuleKind {
        match self {
            Layer::Law => ModuleKind::Law,
            Layer::Module(module) => model.modules[module.index()].kind,
        }
    }
}

/// Where one asks, and who is heard there: `docs/semantics.md`, section 3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// the highest first; the last one is the place's own
    pub layers: Vec<Layer>,
}

impl Place {
    /// The law alone.
    pub(crate) fn law() -> Self {
        Place { layers: vec![Layer::Law] }
    }

    /// Where a module is at home. One that only is cited or offers has no place of its own: there the law is heard.
    pub(crate) fn of(model: &Model, module: ModuleId) -> Self {
        let own = Layer::Module(module);
        let layers = match model.modules[module.index()].kind {
            ModuleKind::Law | ModuleKind::Order | ModuleKind::Source | ModuleKind::Provider => {
                vec![Layer::Law]
            }
            ModuleKind::Trial | ModuleKind::Region => vec![Layer::Law, own],
            ModuleKind::Municipality => Place::layers_in(model, module),
            ModuleKind::Institution => {
                let above = model.modules[module.index()].applies_in.first();
                let mut layers = above.map_or(vec![Layer::Law], |above| Place::layers_in(model, *above));
                layers.push(own);
                layers
            }
            ModuleKind::Guidance => vec![own],
        };
        Place { layers }
    }

    /// The layers of a municipality: the law, the trials that name it, the regions that do, itself.
    fn layers_in(model: &Model, municipality: ModuleId) -> Vec<Layer> {
        let naming = |kind: ModuleKind| {
            let modules = model.modules.iter().enumerate();
            let naming = modules.filter(move |(_, m)| m.kind == kind && m.applies_in.contains(&municipality));
            naming.map(|(index, _)| Layer::Module(ModuleId(index as u32)))
        };
        let trials = naming(ModuleKind::Trial);
        let regions = naming(ModuleKind::Region);
        std::iter::once(Layer::Law)
            .chain(trials)
            .chain(regions)
            .chain([Layer::Module(municipality)])
            .collect()
    }

    /// The place's own layer.
    pub(crate) fn own(&self) -> Layer {
        self.layers.last().copied().unwrap_or(Layer::Law)
    }

    /// The place's own module; nothing where the law alone is heard.
    pub(crate) fn module(&self) -> Option<ModuleId> {
        match self.own() {
            Layer::Law => None,
            Layer::Module(module) => Some(module),
        }
    }

    /// The layers that decide here: a guidance decides nothing, beside others or where it is at home.
    pub(crate) fn deciding<'a>(&'a self, model: &'a Model) -> impl Iterator<Item = Layer> + 'a {
        let decides = |layer: &Layer| layer.kind(model) != ModuleKind::Guidance;
        self.layers.iter().copied().filter(decides)
    }

    /// Whether a layer is heard here.
    pub(crate) fn hears(&self, layer: Layer) -> bool {
        self.layers.contains(&layer)
    }

    /// The layers that bind a layer of this place, the highest first: those above it, but a region binds nobody and a
    /// region and a trial do not bind each other.
    pub(crate) fn above(&self, model: &Model, layer: Layer) -> Vec<Layer> {
        let own = layer.kind(model);
        let binds = |above: &Layer| match above.kind(model) {
            ModuleKind::Law => own != ModuleKind::Guidance,
            ModuleKind::Trial | ModuleKind::Municipality => own.decides(),
            _ => false,
        };
        self.layers.iter().copied().take_while(|above| *above != layer).filter(binds).collect()
    }

    /// Whether an exception of one layer from a rule of another is heard here: within a layer, and a trial's from
    /// the law.
    pub(crate) fn may_except(&self, model: &Model, exception: Layer, from: Layer) -> bool {
        let heard = self.hears(exception) && self.hears(from);
        heard && (exception == from || (from == Layer::Law && exception.kind(model) == ModuleKind::Trial))
    }

    /// The rules heard here, in their order.
    pub(crate) fn rules(&self, model: &Model) -> Vec<RuleId> {
        let mut rules: Vec<RuleId> = match self.layers.first() {
            Some(Layer::Law) => model.law_rules(),
            _ => Vec::new(),
        };
        for layer in &self.layers {
            if let Layer::Module(module) = layer {
                rules.extend(model.rules_of(*module));
            }
        }
        rules.sort_unstable();
        rules
    }
}

impl Model {
    /// Every place where something is asked: the law alone, and each module that speaks below it, in order.
    pub(crate) fn places(&self) -> Vec<Place> {
        let modules = (0..self.modules.len() as u32).map(ModuleId);
        let below = modules.filter(|id| matches!(Layer::of_module(self, *id), Some(Layer::Module(_))));
        std::iter::once(Place::law()).chain(below.map(|id| Place::of(self, id))).collect()
    }

    /// The rules of a module, in their order.
    pub(crate) fn rules_of(&self, module: ModuleId) -> impl Iterator<Item = RuleId> + use<> {
        let from = self.rules.partition_point(|rule| rule.module < module);
        let to = self.rules.partition_point(|rule| rule.module <= module);
        (from as u32..to as u32).map(RuleId)
    }

    /// The list that most of a module's own rules ask, the first declared of several: who its target groups are.
    pub(crate) fn most_asked_list(&self, module: ModuleId) -> Option<FactId> {
        let mut counts = vec![0_usize; self.facts.len()];
        for id in self.rules_of(module) {
            for fact in super::asks::facts_asked_by(&self.concepts, self.rule(id)) {
                counts[fact.index()] += 1;
            }
        }
        let lists = self.fact_ids().filter(|id| matches!(self.facts[id.index()].domain, Domain::List { .. }));
        let asked = lists.filter(|id| counts[id.index()] > 0);
        asked.max_by_key(|id| (counts[id.index()], std::cmp::Reverse(*id)))
    }

    fn law_rules(&self) -> Vec<RuleId> {
        let modules = (0..self.modules.len() as u32).map(ModuleId);
        let law = modules.filter(|id| Layer::of_module(self, *id) == Some(Layer::Law));
        law.flat_map(|id| self.rules_of(id)).collect()
    }
}
