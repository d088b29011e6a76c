//! Grades alone, as fast as memory allows: for benchmarks, and for programs that have the columns in memory already.

use super::decider::Decider;
use super::layers::{Block, Layers};
use super::outcome::Word;

/// So many citizens are looked up at a time: their places fit into the first cache.
const CHUNK: usize = 1024;
/// What a value adds that is none of its fact's: no table is that long.
const BEYOND: u32 = 1 << 24;

/// One fact, by its values.
#[derive(Clone, Debug)]
struct Asked {
    column: usize,
    low: i32,
    adds: Vec<u32>,
    /// what a value adds that is none of the fact's
    unknown: u32,
}

#[derive(Clone, Debug)]
struct Look {
    asked: Vec<Asked>,
    product: u32,
    table: Vec<u32>,
    /// where those stand of whom something is not known
    lost: u32,
}

/// The grade of one support for columns of coded values in memory.
#[derive(Clone, Debug)]
pub struct Grades {
    facts: Vec<usize>,
    looks: Vec<Look>,
    /// the code of each answer of the last table
    codes: Vec<u8>,
}

impl Decider {
    /// The grades of a support; nothing where its diagram has outgrown its budget, or a fact has too many values to be
    /// looked up by them.
    pub fn grades(&self, support: &str) -> Option<Grades> {
        let at = self.supports().iter().position(|shape| shape.name == support)?;
        let (layers, words, of_all) = self.within().layers(at)?;
        Grades::new(self, layers, &words, of_all)
    }
}

impl Grades {
    /// The code of what rests on what is not known. The others are the places in [`Word::ALL`].
    pub const OPEN: u8 = 6;

    fn new(decider: &Decider, layers: &Layers, words: &[Word], of_all: bool) -> Option<Self> {
        let code = |word: &Word| Word::ALL.iter().position(|other| other == word).unwrap_or(0) as u8;
        let mut codes: Vec<u8> = words.iter().map(code).collect();
        codes.push(Grades::OPEN);
        let open = codes.len() as u32 - 1;
        if layers.blocks.is_empty() {
            return Some(Grades {
                facts: Vec::new(),
                looks: Vec::new(),
                codes: vec![codes[layers.constant as usize]],
            });
        }
        let mut facts = Vec::new();
        let mut looks = Vec::new();
        for (number, block) in layers.blocks.iter().enumerate() {
            let next = layers.blocks.get(number + 1);
            let lost = next.map_or(open, |next: &Block| next.table.len() as u32 / next.product);
            let mut asked = Vec::new();
            for own in &block.asked {
                let by_value = decider.within().classes.of(own.fact)?.by_value()?;
                let low = i32::try_from(by_value.0).ok()?;
                facts.push(own.fact.index());
                let adds = by_value.1.iter().map(|class| own.adds[usize::from(*class)]).collect();
                let unknown = own.adds.last().copied().filter(|_| of_all).unwrap_or(BEYOND);
                asked.push(Asked { column: facts.len() - 1, low, adds, unknown });
            }
            let mut table = block.table.clone();
            table.extend(std::iter::repeat_n(lost, block.product as usize));
            looks.push(Look { asked, product: block.product, table, lost });
        }
        Some(Grades { facts, looks, codes })
    }

    /// The facts whose columns are looked at, in their order, by their places.
    pub fn facts(&self) -> &[usize] {
        &self.facts
    }

    /// The code of the grade of each citizen: its place in [`Word::ALL`]. A value that is none of its fact's, like
    /// `i32::MIN`, is not known.
    pub fn fill(&self, columns: &[&[i32]], codes: &mut [u8]) {
        if self.looks.is_empty() || columns.len() < self.facts.len() {
            return codes.fill(self.codes[0]);
        }
        let mut places = [0_u32; CHUNK];
        for (at, codes) in codes.chunks_mut(CHUNK).enumerate() {
            let from = at * CHUNK;
            let places = &mut places[..codes.len()];
            places.fill(0);
            for look in &self.looks {
                places.iter_mut().for_each(|place| *place *= look.product);
                for asked in &look.asked {
                    let column = &columns[asked.column][from..from + codes.len()];
                    let adds = asked.adds.as_slice();
                    for (place, value) in places.iter_mut().zip(column) {
                        let at = value.wrapping_sub(asked.low) as u32 as usize;
                        *place += adds.get(at).copied().unwrap_or(asked.unknown);
                    }
                }
                for place in places.iter_mut() {
                    *place = look.table.get(*place as usize).copied().unwrap_or(look.lost);
                }
            }
            for (code, place) in codes.iter_mut().zip(places.iter()) {
                *code = self.codes[*place as usize];
            }
        }
    }
}
