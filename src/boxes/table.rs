//! A table as classes: each dimension is cut at the bounds that occur, and values no rule tells apart are one class.

use super::changed::Sides;
use super::{BoxRule, Dimension, Point, Region};
use rustc_hash::FxHashMap;
use std::fmt;

/// Rules over dimensions, ready to be asked.
#[derive(Clone, Debug)]
pub struct Table {
    pub(super) dimensions: Vec<Dimension>,
    pub(super) space: Space,
    /// the boxes of all rules in the order in which they decide
    pub(super) pieces: Pieces,
    /// for each piece the place of its rule in the list given
    pub(super) rule_of: Vec<u32>,
    /// for each rule of the list given its outcome and its pieces
    pub(super) outcomes: Vec<u32>,
    pub(super) pieces_of: Vec<std::ops::Range<u32>>,
    /// what each rule of the list given asks, and the order in which they decide
    asked: Vec<Asked>,
    order: Vec<u32>,
}

/// The rules of two tables on common classes, in the order in which they decide.
pub(super) struct Merged {
    pub space: Space,
    pub pieces: Pieces,
    pub outcomes: Vec<u32>,
    pub sides: Vec<Sides>,
}

/// What cannot be a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableError {
    /// a dimension without values
    Empty {
        /// its place
        dimension: usize,
    },
    /// a rule asks a dimension the table does not have
    Unknown {
        /// the rule's place
        rule: usize,
        /// what it asks
        dimension: usize,
    },
    /// a rule falls into too many boxes to be handled
    TooFine {
        /// the rule's place
        rule: usize,
    },
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableError::Empty { dimension } => write!(f, "dimension {dimension} has no values"),
            TableError::Unknown { rule, dimension } => write!(f, "rule {rule} asks dimension {dimension}"),
            TableError::TooFine { rule } => write!(f, "rule {rule} falls into too many boxes"),
        }
    }
}

impl std::error::Error for TableError {}

/// The most boxes one rule may fall into: only unions of intervals in dimensions of over 64 classes split a rule.
const MOST_PIECES: usize = 4096;

/// Some classes of one dimension: a mask where there are at most 64, else the first and the last of a run.
pub(super) type Cell = u64;

/// The classes of all dimensions.
#[derive(Clone, Debug)]
pub(super) struct Space {
    pub axes: Vec<Axis>,
    /// every class of every dimension
    pub whole: Vec<Cell>,
}

/// The classes of one dimension.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    /// whether a cell is a mask
    pub mask: bool,
    /// the values of each class
    pub classes: Vec<Vec<(i64, i64)>>,
    /// how many values lie in the classes before each one; one entry more than there are classes
    pub before: Vec<u128>,
}

/// Boxes, flat: a cell for each dimension.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    width: usize,
    cells: Vec<Cell>,
    /// the dimensions each piece does not admit whole, one piece after another
    asks: Vec<u32>,
    /// where those of each piece begin, and where the last end
    begins: Vec<u32>,
}

impl Pieces {
    pub(super) fn new(width: usize) -> Self {
        Pieces { width, cells: Vec::new(), asks: Vec::new(), begins: vec![0] }
    }

    pub(super) fn push(&mut self, space: &Space, cells: &[Cell]) {
        let asks = |at: &usize| !space.axes[*at].within(space.whole[*at], cells[*at]);
        self.asks.extend((0..cells.len()).filter(asks).map(|at| at as u32));
        self.cells.extend(cells);
        self.begins.push(self.asks.len() as u32);
    }

    /// The dimensions a piece does not admit whole.
    pub(super) fn asks(&self, piece: u32) -> &[u32] {
        let begins = &self.begins[piece as usize..];
        &self.asks[begins[0] as usize..begins[1] as usize]
    }

    pub(super) fn get(&self, piece: u32) -> &[Cell] {
        &self.cells[piece as usize * self.width..][..self.width]
    }
}

pub(super) fn run(low: u32, high: u32) -> Cell {
    (u64::from(low) << 32) | u64::from(high)
}

pub(super) fn ends(cell: Cell) -> (u32, u32) {
    ((cell >> 32) as u32, cell as u32)
}

impl Axis {
    fn new(classes: Vec<Vec<(i64, i64)>>) -> Self {
        let mut before = vec![0];
        for class in &classes {
            let size: u128 = class.iter().map(|(low, high)| u128::from(low.abs_diff(*high)) + 1).sum();
            before.push(before[before.len() - 1] + size);
        }
        Axis { mask: classes.len() <= 64, classes, before }
    }

    pub(super) fn whole(&self) -> Cell {
        let many = self.classes.len();
        if self.mask { u64::MAX >> (64 - many) } else { run(0, many as u32 - 1) }
    }

    /// What two cells share; nothing where they share none.
    pub(super) fn meet(&self, a: Cell, b: Cell) -> Option<Cell> {
        if self.mask {
            return (a & b != 0).then_some(a & b);
        }
        let ((a, b), (c, d)) = (ends(a), ends(b));
        let (low, high) = (a.max(c), b.min(d));
        (low <= high).then(|| run(low, high))
    }

    /// Whether all of `inner` lies in `outer`.
    pub(super) fn within(&self, inner: Cell, outer: Cell) -> bool {
        if self.mask {
            return inner & !outer == 0;
        }
        let ((a, b), (c, d)) = (ends(inner), ends(outer));
        c <= a && b <= d
    }

    /// What is left of a cell without another one: at most two cells.
    pub(super) fn without(&self, cell: Cell, other: Cell) -> [Option<Cell>; 2] {
        if self.mask {
            return [(cell & !other != 0).then_some(cell & !other), None];
        }
        let ((a, b), (c, d)) = (ends(cell), ends(other));
        if d < a || b < c {
            return [Some(cell), None];
        }
        [(a < c).then(|| run(a, c - 1)), (d < b).then(|| run(d + 1, b))]
    }

    /// The first and the last class of a cell.
    pub(super) fn span(&self, cell: Cell) -> (u32, u32) {
        if self.mask { (cell.trailing_zeros(), 63 - cell.leading_zeros()) } else { ends(cell) }
    }

    /// How many values a cell has.
    pub(super) fn size(&self, cell: Cell) -> u128 {
        if !self.mask {
            let (low, high) = ends(cell);
            return self.before[high as usize + 1] - self.before[low as usize];
        }
        let mut rest = cell;
        let mut size = 0;
        while rest != 0 {
            let class = rest.trailing_zeros() as usize;
            size += self.before[class + 1] - self.before[class];
            rest &= rest - 1;
        }
        size
    }

    /// The classes of a cell.
    pub(super) fn each(&self, cell: Cell) -> impl Iterator<Item = usize> + use<> {
        let (low, high) = self.span(cell);
        let mask = self.mask;
        (low as usize..=high as usize).filter(move |class| !mask || cell >> class & 1 == 1)
    }

    /// The values of some classes as ascending intervals.
    pub(super) fn values(&self, classes: impl Iterator<Item = usize>) -> Vec<(i64, i64)> {
        joined(classes.flat_map(|class| self.classes[class].iter().copied()).collect())
    }

    /// The class of a value.
    pub(super) fn class_of(&self, value: i64) -> Option<usize> {
        let holds = |class: &Vec<(i64, i64)>| class.iter().any(|(low, high)| *low <= value && value <= *high);
        if self.mask {
            return self.classes.iter().position(holds);
        }
        // classes of one interval each, ascending
        let at = self.classes.partition_point(|class| class[0].1 < value);
        self.classes.get(at).is_some_and(holds).then_some(at)
    }
}

impl Space {
    fn new(axes: Vec<Axis>) -> Self {
        let whole = axes.iter().map(Axis::whole).collect();
        Space { axes, whole }
    }

    pub(super) fn region(&self, cells: &[Cell]) -> Region {
        Region(self.axes.iter().zip(cells).map(|(axis, cell)| axis.values(axis.each(*cell))).collect())
    }

    pub(super) fn point(&self, cells: &[Cell]) -> Point {
        let first = |(axis, cell): (&Axis, &Cell)| axis.classes[axis.span(*cell).0 as usize][0].0;
        self.axes.iter().zip(cells).map(first).collect()
    }
}

/// Intervals ascending, touching ones as one.
fn joined(mut ranges: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    ranges.retain(|(low, high)| low <= high);
    ranges.sort_unstable();
    let mut list: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
    for (low, high) in ranges {
        match list.last_mut() {
            Some(last) if low.checked_sub(1).is_none_or(|below| below <= last.1) => last.1 = last.1.max(high),
            _ => list.push((low, high)),
        }
    }
    list
}

impl Table {
    /// Cuts the dimensions at the bounds that occur.
    ///
    /// # Errors
    ///
    /// Where a dimension has no values, a rule asks one that is not there, or a rule falls into too many boxes.
    pub fn new(dimensions: &[Dimension], rules: &[BoxRule]) -> Result<Table, TableError> {
        if let Some(dimension) = dimensions.iter().position(|d| d.low > d.high) {
            return Err(TableError::Empty { dimension });
        }
        let asked = asked(dimensions, rules)?;
        let all: Vec<&Asked> = asked.iter().collect();
        let space = Space::new(cut(dimensions, &all));
        let mut order: Vec<u32> = (0..rules.len() as u32).collect();
        order.sort_by_key(|rule| rules[*rule as usize].rank);
        let mut pieces = Pieces::new(dimensions.len());
        let mut rule_of = Vec::new();
        let mut pieces_of = vec![0..0; rules.len()];
        for rule in order.iter().map(|rule| *rule as usize) {
            let from = rule_of.len() as u32;
            let boxes = boxes(&space, &asked[rule]).ok_or(TableError::TooFine { rule })?;
            for cells in boxes {
                pieces.push(&space, &cells);
                rule_of.push(rule as u32);
            }
            pieces_of[rule] = from..rule_of.len() as u32;
        }
        let outcomes = rules.iter().map(|rule| rule.outcome).collect();
        Ok(Table {
            dimensions: dimensions.to_vec(),
            space,
            pieces,
            rule_of,
            outcomes,
            pieces_of,
            asked,
            order,
        })
    }

    /// What the rules ask and decide, in the order in which they decide.
    pub(super) fn in_order(&self) -> Vec<(&Asked, u32)> {
        let rule = |at: &u32| (&self.asked[*at as usize], self.outcomes[*at as usize]);
        self.order.iter().map(rule).collect()
    }

    /// The dimensions as they were given.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// How many rules there are.
    pub fn rules(&self) -> usize {
        self.outcomes.len()
    }

    /// The rule that decides a point, by its place in the list given; none where no rule holds or the point lies
    /// outside the dimensions.
    pub fn decide(&self, point: &[i64]) -> Option<u32> {
        let classes = self.classes(point)?;
        (0..self.rule_of.len()).find(|piece| self.holds(*piece, &classes)).map(|piece| self.rule_of[piece])
    }

    /// All rules that hold at a point, the deciding one first.
    pub fn matches(&self, point: &[i64]) -> Vec<u32> {
        let Some(classes) = self.classes(point) else { return Vec::new() };
        let pieces = (0..self.rule_of.len()).filter(|piece| self.holds(*piece, &classes));
        pieces.map(|piece| self.rule_of[piece]).collect()
    }

    fn classes(&self, point: &[i64]) -> Option<Vec<Cell>> {
        let class = |(axis, value): (&Axis, &i64)| {
            let class = axis.class_of(*value)?;
            Some(if axis.mask { 1 << class } else { run(class as u32, class as u32) })
        };
        if point.len() != self.space.axes.len() {
            return None;
        }
        self.space.axes.iter().zip(point).map(class).collect()
    }

    fn holds(&self, piece: usize, classes: &[Cell]) -> bool {
        let cells = self.pieces.get(piece as u32).iter().zip(classes);
        cells.zip(&self.space.axes).all(|((cell, class), axis)| axis.within(*class, *cell))
    }
}

impl Merged {
    /// Nothing where a rule falls into too many boxes.
    pub(super) fn new(dimensions: &[Dimension], rules: &[(&Asked, u32, Sides)]) -> Option<Self> {
        let all: Vec<&Asked> = rules.iter().map(|(asked, ..)| *asked).collect();
        let space = Space::new(cut(dimensions, &all));
        let mut merged =
            Merged { space, pieces: Pieces::new(dimensions.len()), outcomes: Vec::new(), sides: Vec::new() };
        for (asked, outcome, sides) in rules {
            for cells in boxes(&merged.space, asked)? {
                merged.pieces.push(&merged.space, &cells);
                merged.outcomes.push(*outcome);
                merged.sides.push(*sides);
            }
        }
        Some(merged)
    }
}

/// What a rule asks, in normal form: for each dimension ascending intervals, or nothing where it asks nothing.
pub(super) type Asked = Vec<Option<Vec<(i64, i64)>>>;

fn asked(dimensions: &[Dimension], rules: &[BoxRule]) -> Result<Vec<Asked>, TableError> {
    let mut list = Vec::with_capacity(rules.len());
    for (at, rule) in rules.iter().enumerate() {
        let mut asked: Asked = vec![None; dimensions.len()];
        for (dimension, ranges) in &rule.when {
            let Some(domain) = dimensions.get(*dimension) else {
                return Err(TableError::Unknown { rule: at, dimension: *dimension });
            };
            let own =
                joined(ranges.iter().map(|(a, b)| (*a.max(&domain.low), *b.min(&domain.high))).collect());
            let slot = &mut asked[*dimension];
            let both = match slot.take() {
                None => own,
                Some(other) => shared(&other, &own),
            };
            *slot = (both != [(domain.low, domain.high)]).then_some(both);
        }
        list.push(asked);
    }
    Ok(list)
}

fn shared(a: &[(i64, i64)], b: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let pairs = a.iter().flat_map(|(low, high)| b.iter().map(move |(l, h)| (*low.max(l), *high.min(h))));
    joined(pairs.collect())
}

/// The classes of every dimension: runs between two cuts, and of a list alike runs as one.
fn cut(dimensions: &[Dimension], rules: &[&Asked]) -> Vec<Axis> {
    let axis = |(at, dimension): (usize, &Dimension)| {
        let mut starts = vec![dimension.low];
        for ranges in rules.iter().filter_map(|rule| rule[at].as_ref()) {
            for (low, high) in ranges {
                starts.push(*low);
                if *high < dimension.high {
                    starts.push(high + 1);
                }
            }
        }
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).map(|next| next - 1).chain([dimension.high]);
        let runs: Vec<(i64, i64)> = starts.iter().copied().zip(ends).collect();
        if dimension.ordered {
            return Axis::new(runs.into_iter().map(|run| vec![run]).collect());
        }
        Axis::new(alike(&runs, at, rules))
    };
    dimensions.iter().enumerate().map(axis).collect()
}

/// Runs that the same rules admit are one class, if that leaves few enough for masks; else each run is one.
fn alike(runs: &[(i64, i64)], at: usize, rules: &[&Asked]) -> Vec<Vec<(i64, i64)>> {
    const MOST: usize = 512;
    let single = || runs.iter().map(|run| vec![*run]).collect();
    if runs.len() > MOST {
        return single();
    }
    // two runs are alike if they go through the same sets of rules: refine by one rule after another
    let mut part = vec![0_u32; runs.len()];
    let mut parts = 1;
    for ranges in rules.iter().filter_map(|rule| rule[at].as_ref()) {
        let mut seen: FxHashMap<(u32, bool), u32> = FxHashMap::default();
        let mut fresh = 0;
        let (mut range, mut next) = (0, vec![0; runs.len()]);
        for (run, slot) in runs.iter().zip(&mut next).enumerate().map(|(i, (run, slot))| ((i, run), slot)) {
            while range < ranges.len() && ranges[range].1 < run.1.0 {
                range += 1;
            }
            let inside = range < ranges.len() && ranges[range].0 <= run.1.0;
            *slot = *seen.entry((part[run.0], inside)).or_insert_with(|| {
                fresh += 1;
                fresh - 1
            });
        }
        part = next;
        parts = fresh;
        if parts as usize == runs.len() || parts > 64 {
            break;
        }
    }
    if parts > 64 {
        return single();
    }
    let mut classes: Vec<Vec<(i64, i64)>> = vec![Vec::new(); parts.max(1) as usize];
    for (run, part) in runs.iter().zip(part) {
        classes[part as usize].push(*run);
    }
    classes
}

/// The boxes of a rule; nothing where there would be too many.
fn boxes(space: &Space, asked: &Asked) -> Option<Vec<Vec<Cell>>> {
    let mut list: Vec<Vec<Cell>> = vec![Vec::with_capacity(asked.len())];
    for (axis, ranges) in space.axes.iter().zip(asked) {
        let cells = match ranges {
            None => vec![axis.whole()],
            Some(ranges) => cells(axis, ranges),
        };
        if list.len() * cells.len() > MOST_PIECES {
            return None;
        }
        let longer = |start: Vec<Cell>| {
            cells
                .iter()
                .map(move |cell| start.iter().copied().chain([*cell]).collect())
                .collect::<Vec<Vec<Cell>>>()
        };
        list = list.into_iter().flat_map(longer).collect();
    }
    Some(list)
}

fn cells(axis: &Axis, ranges: &[(i64, i64)]) -> Vec<Cell> {
    if axis.mask {
        let inside = |class: &Vec<(i64, i64)>| {
            ranges.iter().any(|(low, high)| *low <= class[0].0 && class[0].0 <= *high)
        };
        let mask = axis.classes.iter().enumerate().filter(|(_, class)| inside(class));
        let mask = mask.fold(0, |mask, (at, _)| mask | 1 << at);
        return if mask == 0 { Vec::new() } else { vec![mask] };
    }
    let at = |value: i64| axis.classes.partition_point(|class| class[0].1 < value) as u32;
    ranges.iter().map(|(low, high)| run(at(*low), at(*high))).collect()
}
