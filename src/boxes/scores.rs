//! Where in each dimension rules begin and end, to find the cut that parts them best.

use super::table::Space;

/// The weight of the rules that end at, or begin behind, each class of each dimension.
pub(super) struct Scores {
    /// where each dimension's classes begin
    offset: Vec<usize>,
    begin: Vec<u64>,
    end: Vec<u64>,
    /// classes of each dimension where something begins or ends
    touched: Vec<Vec<u32>>,
    begins: Vec<u64>,
    /// what the rules that ask each dimension admit there: a mask, or the first and the last class
    pub admitted: Vec<(u64, u64)>,
    /// the dimensions some rule asks in the box
    pub asked: Vec<u32>,
    noted: Vec<bool>,
}

impl Scores {
    pub(super) fn new(space: &Space) -> Self {
        let mut offset = Vec::with_capacity(space.axes.len());
        let mut many = 0;
        for axis in &space.axes {
            offset.push(many);
            many += axis.classes.len();
        }
        Scores {
            offset,
            begin: vec![0; many],
            end: vec![0; many],
            touched: vec![Vec::new(); space.axes.len()],
            begins: vec![0; space.axes.len()],
            admitted: vec![(0, 0); space.axes.len()],
            asked: Vec::new(),
            noted: vec![false; space.axes.len()],
        }
    }

    /// Notes what a rule admits of a dimension; before it is added.
    pub(super) fn admit(&mut self, at: usize, own: (u64, u64), mask: bool) {
        let known = &mut self.admitted[at];
        *known = match (self.noted[at], mask) {
            (false, _) => own,
            (true, true) => (known.0 | own.0, 0),
            (true, false) => (known.0.min(own.0), known.1.max(own.1)),
        };
    }

    /// Notes where a rule begins and ends.
    pub(super) fn add(&mut self, at: usize, weight: u64, begins_after: Option<u32>, ends_at: Option<u32>) {
        if !std::mem::replace(&mut self.noted[at], true) {
            self.asked.push(at as u32);
        }
        if let Some(place) = begins_after {
            self.begin[self.offset[at] + place as usize] += weight;
            self.begins[at] += weight;
            self.touched[at].push(place);
        }
        if let Some(place) = ends_at {
            self.end[self.offset[at] + place as usize] += weight;
            self.touched[at].push(place);
        }
    }

    /// Forgets everything noted.
    pub(super) fn forget(&mut self) {
        for at in std::mem::take(&mut self.asked) {
            self.best(at as usize, (u32::MAX, u32::MAX));
        }
    }

    /// The best place of a dimension to cut behind and what it is worth; forgets the dimension.
    pub(super) fn best(&mut self, at: usize, (first, last): (u32, u32)) -> ((u64, u64), u32) {
        self.noted[at] = false;
        let mut touched = std::mem::take(&mut self.touched[at]);
        if touched.is_empty() {
            return ((0, 0), 0);
        }
        let offset = self.offset[at];
        let (mut out, mut into) = (self.begins[at], 0);
        let mut best = ((0, 0), 0);
        let mut look = |place: u32| {
            let begin = std::mem::take(&mut self.begin[offset + place as usize]);
            into += std::mem::take(&mut self.end[offset + place as usize]);
            let score = ((out + 1).saturating_mul(into + 1), out + into);
            if score > best.0 {
                best = (score, place);
            }
            out -= begin;
        };
        if first < last && touched.len() * 4 > (last - first) as usize {
            (first..=last).for_each(&mut look);
        } else {
            touched.sort_unstable();
            touched.dedup();
            touched.iter().copied().for_each(&mut look);
        }
        touched.clear();
        self.touched[at] = touched;
        self.begins[at] = 0;
        best
    }
}
