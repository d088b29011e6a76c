//! The random numbers of numpy's `Generator(PCG64(seed))`, as far as whole numbers of 32 bits go.

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

/// `numpy.random.Generator(numpy.random.PCG64(seed))`.
pub struct NumpyRandom {
    state: u128,
    increment: u128,
    /// The upper half of the last draw, which the next draw of 32 bits takes.
    half: Option<u32>,
}

impl NumpyRandom {
    /// Seeded by a number, through numpy's `SeedSequence`.
    pub fn new(seed: u64) -> NumpyRandom {
        let words = seed_words(seed);
        let wide = |at: usize| u128::from(words[at]) << 64 | u128::from(words[at + 1]);
        let mut random = NumpyRandom { state: 0, increment: wide(2) << 1 | 1, half: None };
        random.step();
        random.state = random.state.wrapping_add(wide(0));
        random.step();
        random
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }

    fn word(&mut self) -> u32 {
        if let Some(half) = self.half.take() {
            return half;
        }
        self.step();
        let folded = (self.state >> 64) as u64 ^ self.state as u64;
        let drawn = folded.rotate_right((self.state >> 122) as u32);
        self.half = Some((drawn >> 32) as u32);
        drawn as u32
    }

    /// One of `integers(lo, hi + 1, dtype=int32)`: the upper half of a product, drawn anew where that would favour some.
    pub fn between(&mut self, lo: i32, hi: i32) -> i32 {
        let last = (i64::from(hi) - i64::from(lo)) as u32;
        if last == 0 {
            return lo;
        }
        let count = last.checked_add(1).expect("not all numbers of 32 bits are asked for");
        let mut product = u64::from(self.word()) * u64::from(count);
        if (product as u32) < count {
            let threshold = (u32::MAX - last) % count;
            while (product as u32) < threshold {
                product = u64::from(self.word()) * u64::from(count);
            }
        }
        (i64::from(lo) + (product >> 32) as i64) as i32
    }
}

/// What `SeedSequence(seed).generate_state(4, uint64)` gives.
fn seed_words(seed: u64) -> [u64; 4] {
    let entropy = [seed as u32, (seed >> 32) as u32, 0, 0];
    let mut constant = 0x43b0_d7e5u32;
    let mut hashed = |value: u32| {
        let mixed = value ^ constant;
        constant = constant.wrapping_mul(0x931e_8875);
        let mixed = mixed.wrapping_mul(constant);
        mixed ^ mixed >> 16
    };
    let mut pool = entropy.map(&mut hashed);
    for from in 0..4 {
        for to in (0..4).filter(|to| *to != from) {
            let left = 0xca01_f9ddu32.wrapping_mul(pool[to]);
            let mixed = left.wrapping_sub(0x4973_f715u32.wrapping_mul(hashed(pool[from])));
            pool[to] = mixed ^ mixed >> 16;
        }
    }
    let mut constant = 0x8b51_f9ddu32;
    let mut half = |at: usize| {
        let mixed = pool[at % 4] ^ constant;
        constant = constant.wrapping_mul(0x58f3_8ded);
        let mixed = mixed.wrapping_mul(constant);
        u64::from(mixed ^ mixed >> 16)
    };
    std::array::from_fn(|word| half(2 * word) | half(2 * word + 1) << 32)
}
