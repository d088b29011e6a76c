//! The same question for a clause-learning solver: a clause for each rule, a literal for each class of a list, and
//! order literals for numbers.

use super::split::Live;
use super::table::{Axis, Cell, Pieces, Space, ends, run};
use super::{Meter, Spent};
use batsat::{Callbacks, ClauseKind, Lit, Solver, SolverInterface, lbool};
use std::cell::Cell as Shared;

/// Ends the solver when its allowance is spent: it is asked at every decision, and told of every clause learnt.
struct Allowance {
    left: Shared<u64>,
}

impl Callbacks for Allowance {
    fn on_new_clause(&mut self, clause: &[Lit], _kind: ClauseKind) {
        self.left.set(self.left.get().saturating_sub(64 * clause.len() as u64));
    }

    fn stop(&self) -> bool {
        self.left.set(self.left.get().saturating_sub(32));
        self.left.get() == 0
    }
}

/// The classes of one dimension in the box, and the literals that tell them apart.
struct Told {
    /// the classes in runs that no live piece tells apart, by their first; one more than the last at the end
    runs: Vec<u32>,
    /// of a list: the literal of each run; of numbers: that the value lies before the start of each run but the first
    literals: Vec<Lit>,
}

/// A box and the pieces that meet it, as clauses: each says that the point lies outside a piece.
struct Posed {
    solver: Solver<Allowance>,
    told: Vec<Told>,
    /// for each piece the literal under which its clause holds, where they are asked one by one
    selected: Vec<Lit>,
}

impl Posed {
    fn new(
        space: &Space,
        pieces: &Pieces,
        cells: &[Cell],
        live: &[Live],
        one_by_one: bool,
        meter: &mut Meter,
    ) -> Result<Self, Spent> {
        let allowance = Allowance { left: Shared::new(meter.left) };
        let mut solver = Solver::new(batsat::SolverOpts::default(), allowance);
        let told: Vec<Told> = (0..cells.len())
            .map(|at| Told::new(&mut solver, &space.axes[at], cells[at], at, pieces, live))
            .collect();
        let mut selected = Vec::new();
        for one in live {
            meter.take(1)?;
            let mut clause = Vec::new();
            if one_by_one {
                let selector = Lit::new(solver.new_var_default(), true);
                clause.push(!selector);
                selected.push(selector);
            }
            let own = pieces.get(one.piece);
            for at in pieces.asks(one.piece).iter().map(|at| *at as usize) {
                told[at].outside(&space.axes[at], cells[at], own[at], &mut clause);
            }
            solver.add_clause_reuse(&mut clause);
        }
        Ok(Posed { solver, told, selected })
    }

    /// Whether there is a point.
    fn is_open(&mut self, meter: &mut Meter) -> Result<bool, Spent> {
        let answer = self.solver.solve_limited(&self.selected);
        meter.left = meter.left.min(self.solver.cb().left.get());
        match () {
            () if answer == lbool::TRUE => Ok(true),
            () if answer == lbool::FALSE => Ok(false),
            () => Err(Spent),
        }
    }
}

/// Pieces that cover a box, among those that do: the ones whose clauses the solver needs. Nothing where they do not.
pub(super) fn core(
    space: &Space,
    pieces: &Pieces,
    cells: &[Cell],
    live: &[Live],
    meter: &mut Meter,
) -> Result<Option<Vec<u32>>, Spent> {
    let mut posed = Posed::new(space, pieces, cells, live, true, meter)?;
    if posed.is_open(meter)? {
        return Ok(None);
    }
    let Posed { solver, selected, .. } = &mut posed;
    let needed = |(_, selector): &(&Live, &Lit)| solver.unsat_core_contains_var(selector.var());
    Ok(Some(live.iter().zip(selected.iter()).filter(needed).map(|(one, _)| one.piece).collect()))
}

/// An open point of a box, as the solver finds it.
pub(super) fn open(
    space: &Space,
    pieces: &Pieces,
    cells: &[Cell],
    live: &[Live],
    meter: &mut Meter,
) -> Result<Option<Vec<Cell>>, Spent> {
    let mut posed = Posed::new(space, pieces, cells, live, false, meter)?;
    if !posed.is_open(meter)? {
        return Ok(None);
    }
    let holds = |literal: Lit| posed.solver.value_lit(literal) == lbool::TRUE;
    let point = posed.told.iter().zip(&space.axes).zip(cells);
    Ok(Some(point.map(|((told, axis), cell)| told.value(axis, *cell, &holds)).collect()))
}

impl Told {
    fn new(
        solver: &mut Solver<Allowance>,
        axis: &Axis,
        cell: Cell,
        at: usize,
        pieces: &Pieces,
        live: &[Live],
    ) -> Self {
        if axis.mask {
            let runs: Vec<u32> = axis.each(cell).map(|class| class as u32).collect();
            let literals: Vec<Lit> = runs.iter().map(|_| Lit::new(solver.new_var_default(), true)).collect();
            // some class, and one only
            solver.add_clause_reuse(&mut literals.clone());
            for (index, literal) in literals.iter().enumerate() {
                for other in &literals[..index] {
                    solver.add_clause_reuse(&mut vec![!*literal, !*other]);
                }
            }
            return Told { runs, literals };
        }
        let (low, high) = ends(cell);
        let mut runs = vec![low];
        for one in live {
            let (first, last) = ends(pieces.get(one.piece)[at]);
            runs.extend(
                [first, last.saturating_add(1)].into_iter().filter(|start| low < *start && *start <= high),
            );
        }
        runs.sort_unstable();
        runs.dedup();
        let literals: Vec<Lit> =
            runs.iter().skip(1).map(|_| Lit::new(solver.new_var_default(), true)).collect();
        for pair in literals.windows(2) {
            solver.add_clause_reuse(&mut vec![!pair[0], pair[1]]);
        }
        Told { runs, literals }
    }

    /// Adds what says that the value is not among those a piece admits.
    fn outside(&self, axis: &Axis, cell: Cell, own: Cell, clause: &mut Vec<Lit>) {
        if axis.within(cell, own) {
            return;
        }
        if axis.mask {
            let admitted = self.runs.iter().zip(&self.literals).filter(|(class, _)| own >> **class & 1 == 0);
            clause.extend(admitted.map(|(_, literal)| *literal));
            return;
        }
        let ((low, high), (first, last)) = (ends(cell), ends(own));
        let before = |start: u32| self.runs.binary_search(&start).ok().map(|place| self.literals[place - 1]);
        if low < first {
            clause.extend(before(first));
        }
        if last < high {
            clause.extend(before(last + 1).map(|literal| !literal));
        }
    }

    fn value(&self, axis: &Axis, cell: Cell, holds: &dyn Fn(Lit) -> bool) -> Cell {
        let place = self.literals.iter().position(|literal| holds(*literal));
        if axis.mask {
            return place.map_or(cell, |place| 1 << self.runs[place]);
        }
        let place = place.unwrap_or(self.literals.len());
        let last = self.runs.get(place + 1).map_or(ends(cell).1, |next| next - 1);
        run(self.runs[place], last)
    }
}
