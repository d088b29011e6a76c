//! The random numbers of CPython's `random.Random(text)`: a Mersenne twister, and what its module draws from it.

use sha2::{Digest, Sha512};

const WORDS: usize = 624;
const SHIFT: usize = 397;

/// `random.Random(text)`.
pub struct PythonRandom {
    state: [u32; WORDS],
    next: usize,
}

impl PythonRandom {
    /// Seeded by a text, as version 2 of the seeding does: its bytes and then their SHA-512 are one large number.
    pub fn new(seed: &str) -> PythonRandom {
        let mut bytes = seed.as_bytes().to_vec();
        bytes.extend(Sha512::digest(seed.as_bytes()));
        let mut key: Vec<u32> = bytes
            .rchunks(4)
            .map(|chunk| chunk.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)))
            .collect();
        while key.len() > 1 && key.last() == Some(&0) {
            key.pop();
        }
        let mut random = PythonRandom { state: [0; WORDS], next: WORDS };
        random.seed_by_array(&key);
        random
    }

    fn seed_by_number(&mut self, seed: u32) {
        self.state[0] = seed;
        for at in 1..WORDS {
            let last = self.state[at - 1];
            self.state[at] = 1_812_433_253u32.wrapping_mul(last ^ last >> 30).wrapping_add(at as u32);
        }
    }

    fn seed_by_array(&mut self, key: &[u32]) {
        self.seed_by_number(19_650_218);
        let (mut at, mut of_key) = (1, 0);
        for _ in 0..WORDS.max(key.len()) {
            let last = self.state[at - 1];
            self.state[at] = (self.state[at] ^ (last ^ last >> 30).wrapping_mul(1_664_525))
                .wrapping_add(key[of_key])
                .wrapping_add(of_key as u32);
            at = self.after(at);
            of_key = (of_key + 1) % key.len();
        }
        for _ in 1..WORDS {
            let last = self.state[at - 1];
            self.state[at] =
                (self.state[at] ^ (last ^ last >> 30).wrapping_mul(1_566_083_941)).wrapping_sub(at as u32);
            at = self.after(at);
        }
        self.state[0] = 1 << 31;
        self.next = WORDS;
    }

    /// The next place of the seeding, which goes from the last one back to 1 and carries the word along.
    fn after(&mut self, at: usize) -> usize {
        if at + 1 < WORDS {
            return at + 1;
        }
        self.state[0] = self.state[WORDS - 1];
        1
    }

    fn refill(&mut self) {
        for at in 0..WORDS {
            let both = self.state[at] & 1 << 31 | self.state[(at + 1) % WORDS] & !(1 << 31);
            let odd = if both & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[at] = self.state[(at + SHIFT) % WORDS] ^ both >> 1 ^ odd;
        }
        self.next = 0;
    }

    /// 32 random bits.
    pub fn word(&mut self) -> u32 {
        if self.next == WORDS {
            self.refill();
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9d2c_5680;
        word ^= word << 15 & 0xefc6_0000;
        word ^ word >> 18
    }

    /// `random()`: a number from 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        let (high, low) = (self.word() >> 5, self.word() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// `randrange(count)`.
    pub fn below(&mut self, count: usize) -> usize {
        let count = u32::try_from(count).expect("no list is that long");
        let bits = 32 - count.leading_zeros();
        loop {
            let drawn = self.word() >> (32 - bits);
            if drawn < count {
                return drawn as usize;
            }
        }
    }

    /// `randint(lo, hi)`: both ends may come.
    pub fn between(&mut self, lo: i64, hi: i64) -> i64 {
        lo + self.below((hi - lo + 1) as usize) as i64
    }

    /// `choice(list)`.
    pub fn choice<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// `shuffle(list)`.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }

    /// `sample(range(count), size)`: by swapping in a pool where that takes less room than remembering what was drawn.
    pub fn sample(&mut self, count: usize, size: usize) -> Vec<usize> {
        let mut remembering = 21;
        if size > 5 {
            remembering += 4usize.pow(((size * 3) as f64).log(4.0).ceil() as u32);
        }
        if count <= remembering {
            let mut pool: Vec<usize> = (0..count).collect();
            return (0..size).map(|taken| pool.swap_remove(self.below(count - taken))).collect();
        }
        let mut drawn = std::collections::HashSet::new();
        (0..size)
            .map(|_| {
                loop {
                    let at = self.below(count);
                    if drawn.insert(at) {
                        return at;
                    }
                }
            })
            .collect()
    }

    /// `choices(range(len), weights)[0]`.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u32 = weights.iter().sum();
        let drawn = self.unit() * f64::from(total);
        let mut sum = 0;
        let below = weights.iter().take(weights.len() - 1).take_while(|weight| {
            sum += **weight;
            f64::from(sum) <= drawn
        });
        below.count()
    }
}
