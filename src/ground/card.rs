//! What a check is, for whoever asks.

use super::{Severity, Text};

/// A check's published names, its strongest severity, what it is about and why it matters.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Card {
    /// kebab-case, names the problem
    pub name: &'static str,
    /// the same in Danish, to be said aloud; `explain` knows it too
    pub danish: &'static str,
    /// the strongest severity it has
    pub severity: Severity,
    /// one line
    pub about: Text,
    /// when it holds, why it matters, what to do
    pub explanation: Text,
    /// exactly when it holds, in the words of `docs/semantics.md`
    pub definition: Text,
    /// the sections of `docs/semantics.md` that define those words
    pub sections: &'static str,
    /// why the law, or good law-making, asks for it
    pub reason: Text,
    /// Markdown with the files of an example it finds and of the same mended: see [`Card::example`]
    pub example: &'static str,
}

/// A file of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExampleFile {
    /// its name in the folder of the policies
    pub name: &'static str,
    /// what stands in it
    pub text: &'static str,
    /// whether it is part of the example that the check finds
    pub bad: bool,
    /// whether it is part of the mended one
    pub good: bool,
}

impl Card {
    /// The files of the example: each is a fenced block whose fence says `both`, `bad` or `good` and the file's name.
    pub fn example(&self) -> Vec<ExampleFile> {
        let blocks = self.example.split("\n```").skip(1).step_by(2);
        let file = |block: &'static str| {
            let (fence, text) = block.split_once('\n')?;
            let mut words = fence.split(' ').skip(1);
            let (part, name) = (words.next()?, words.next()?);
            Some(ExampleFile { name, text, bad: part != "good", good: part != "bad" })
        };
        blocks.filter_map(file).collect()
    }
}
