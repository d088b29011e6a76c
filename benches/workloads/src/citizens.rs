//! W5: a million citizens, decided by the rules of the first municipality of W2.

use crate::{NumpyRandom, Seed, municipal};

/// What the published ones are seeded with.
const SEED: u64 = 20_131;

/// Citizens in columns, one for each of [`crate::municipal_dims`].
pub struct Citizens {
    /// The values of all citizens, by dimension.
    pub columns: Vec<Vec<i32>>,
}

impl Citizens {
    /// How many the published answers speak of.
    pub const PUBLISHED: usize = 1_000_000;

    /// So many citizens, each value as likely as another.
    pub fn new(seed: &Seed, count: usize) -> Citizens {
        let mut random = NumpyRandom::new(SEED + seed.number());
        let columns = municipal::dims().into_iter().map(|dim| {
            let (lo, hi) = (dim.lo as i32, dim.hi as i32);
            (0..count).map(|_| random.between(lo, hi)).collect()
        });
        Citizens { columns: columns.collect() }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.columns[0].len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values of one of them.
    pub fn row(&self, citizen: usize) -> Vec<i64> {
        self.columns.iter().map(|column| i64::from(column[citizen])).collect()
    }

    /// All columns one after the other, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.columns.iter().flatten().flat_map(|value| value.to_le_bytes()).collect()
    }
}
