//! The public door of the library.

#[cfg(feature = "book")]
use crate::book::{Book, BookAsked};
use crate::export;
use crate::ground::{Accepted, Diagnostic, Open, Options, Selection, SourceFile, Sources, Text, Window};
use crate::import::{Grid, ImportAsked, Imported};
use crate::known::{Compared, Known};
use crate::mend::{self, Mended};
use crate::pipeline;
use crate::population::{self, Decider};
use crate::queries::{
    Asked, CompareAsked, Coverage, Decision, Diff, Graph, Matrix, MatrixAsked, Meaning, Mutation,
    PlacesCompared, Possible, Problem, Reasons, Tested, TestsAsked, WhyNot,
};
use crate::queries::{Rehearsal, Sheet, SheetAsked};
use crate::verdict::Grant;

/// All texts below one `hjemmel.toml`, and how to look at them.
#[derive(Clone, Debug)]
pub struct Workspace {
    sources: Sources,
    options: Options,
}

/// What a check of a workspace found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// the findings, by file, then position, then check
    pub findings: Vec<Diagnostic>,
    /// what was found and is accepted by the policies themselves, in the same order
    pub accepted: Vec<Accepted>,
    /// false when some task ran out of budget
    pub proven: bool,
    /// what was left open, when not proven
    pub open: Vec<Open>,
    /// how many rules have an error in them; what that keeps from being asked is told with the errors
    pub rules_with_errors: usize,
    /// how many of those stand where coverage is asked: nobody they may be about is told as a `gap` or an
    /// `unserved-right`
    pub taken_as_covering: usize,
    /// which checks were left out, see [`Checked::select`]
    pub selection: Selection,
    /// how many findings of the others the reader's settings take out; none, as a check leaves the library
    pub turned_off: usize,
    /// what of it was known before, where that was asked, see [`Workspace::against`]
    pub compared: Option<Compared>,
    /// the days that were looked at
    pub window: Window,
}

impl Checked {
    /// Leaves out what some checks found and left open. They have done their work all the same: a finding that is
    /// told as part of another one's cause is not told again because the other is left out. What is accepted although
    /// the law gives more stays in every report.
    #[must_use]
    pub fn select(mut self, selection: Selection) -> Self {
        let left_out = |check: &&'static str| selection.left_out.contains(check);
        self.findings.retain(|finding| !left_out(&finding.check));
        self.accepted.retain(|accepted| accepted.is_of_law || !left_out(&accepted.finding.check));
        if let Some(compared) = &mut self.compared {
            compared.old.retain(|old| old.is_of_law || !left_out(&old.finding.check));
            compared.gone.retain(|known| !selection.left_out.iter().any(|check| *check == known.check));
        }
        for open in &mut self.open {
            open.checks.retain(|check| !left_out(check));
        }
        self.open.retain(|open| !open.checks.is_empty());
        self.proven = self.open.is_empty();
        Checked { selection, ..self }
    }
}

impl Workspace {
    /// A workspace of the given texts.
    pub fn new(files: Vec<SourceFile>, options: Options) -> Self {
        Workspace { sources: Sources::new(files), options }
    }

    /// The texts, sorted by name.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The options the workspace was made with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The trees of the texts as indented lines, to see what was read.
    #[doc(hidden)]
    pub fn show_tree(&self) -> String {
        pipeline::show_tree(&self.sources)
    }

    /// The model the texts become, to see what was understood.
    #[doc(hidden)]
    pub fn show_model(&self) -> String {
        pipeline::show_model(&self.sources, &self.options)
    }

    /// Only what keeps the texts from being formatted, see [`format()`]: the rules are not looked at.
    pub fn unformatted(&self) -> Checked {
        pipeline::unformatted(&self.sources, &self.options)
    }

    /// Every finding, exactly.
    pub fn check(&self) -> Checked {
        pipeline::check(&self.sources, &self.options)
    }

    /// Divides what was found into what is new and what was known before: a finding in the region that is known is old, and of
    /// one that has grown only the new part is left. Rules and texts may have moved and been renamed. What cannot be proven
    /// to be known is new.
    #[must_use]
    pub fn against(&self, checked: Checked, known: &[Known]) -> Checked {
        pipeline::against(&self.sources, &self.options, checked, known)
    }

    /// What there is to know of what was found, whether it was known before or not: sorted, without places in texts.
    pub fn known(&self, checked: &Checked) -> Vec<Known> {
        pipeline::known(&self.sources, &self.options, checked)
    }

    /// What changes for citizens from another version of these texts to this one, on the days both look at. Names of rules, their
    /// order and their layout change nothing.
    pub fn since(&self, before: &Workspace) -> Diff {
        pipeline::diff((&before.sources, &before.options), (&self.sources, &self.options))
    }

    /// What these texts mean: what is decided of whom, in each place, on which provisions. Names of rules, their order and
    /// their layout are no part of it. Rules with an error in them are left out.
    pub fn meaning(&self) -> Meaning {
        pipeline::meaning(&self.sources, &self.options)
    }

    /// How two municipalities or institutions treat twins, or one of them the two sides of a line.
    ///
    /// # Errors
    /// A place, support or fact nobody declared; a value that is none of the fact's.
    pub fn compare(&self, asked: CompareAsked<'_>) -> Result<PlacesCompared, Text> {
        pipeline::compare(&self.sources, &self.options, asked)
    }

    /// What was found, where each finding keeps its fix only if the fix was tried in memory and helps: the finding is
    /// gone, and no error and no warning has come in its place. In large workspaces the last ones are not tried.
    #[must_use]
    pub fn prove_fixes(&self, checked: Checked) -> Checked {
        mend::proved(&self.sources, &self.options, checked)
    }

    /// The texts with every sure fix made that helps, of the findings that are wanted. Nothing is written anywhere.
    pub fn mend(&self, wanted: &dyn Fn(&Diagnostic) -> bool) -> Mended {
        mend::mended(&self.sources, &self.options, wanted)
    }

    /// What one citizen gets from a municipality or an institution, support by support. `facts` gives every fact (also `dato`) by name,
    /// each value as the language writes it. A day
    /// outside the window is looked at alone. Rules with an error in them are left out.
    ///
    /// # Errors
    /// An unknown municipality or institution, a fact unknown, missing, given twice or outside its domain, a citizen that an
    /// `antag` excludes.
    pub fn decide(&self, place: &str, facts: &[(String, String)]) -> Result<Vec<Decision>, Text> {
        pipeline::decide(&self.sources, &self.options, place, facts)
    }

    /// What can be decided of a citizen of whom `facts` tells what is known, and what to ask next, the most decisive
    /// first; of all supports, or of one (a kind: of all below it). Rules with an error in them are left out.
    ///
    /// # Errors
    /// A place, support or fact nobody declared; a fact given twice or outside its domain; a citizen that the `antag`
    /// leave no room for; more steps than are allowed.
    pub fn possible(
        &self,
        place: &str,
        facts: &[(String, String)],
        support: Option<&str>,
    ) -> Result<Possible, Text> {
        pipeline::possible(&self.sources, &self.options, place, facts, support)
    }

    /// The same with the reasons, of every support that is judged or of one and those below it. Facts that are not given
    /// are not known: what rests on them is left open ([`SupportReasons::certain`](crate::SupportReasons)).
    ///
    /// # Errors
    /// An unknown municipality, institution or support; facts unknown, given twice or outside their domain, all of
    /// them; a citizen that an `antag` excludes, whatever is not known.
    pub fn reasons(
        &self,
        place: &str,
        facts: &[(String, String)],
        support: Option<&str>,
    ) -> Result<Reasons, Vec<Problem>> {
        pipeline::reasons(&self.sources, &self.options, place, facts, support)
    }

    /// Makes a municipality or an institution ready to decide many citizens at once, each as [`Workspace::reasons`]
    /// decides one.
    ///
    /// # Errors
    /// An unknown municipality, institution or support.
    pub fn population(&self, asked: population::Asked<'_>) -> Result<Decider, Text> {
        pipeline::population(&self.sources, &self.options, asked)
    }

    /// Runs the examples and the guarantees. Rules with an error in them are left out, and what they may have meant is
    /// not judged.
    pub fn test(&self, asked: TestsAsked<'_>) -> Tested {
        pipeline::test(&self.sources, &self.options, asked)
    }

    /// What the examples show of the rules, their boundaries and their exceptions; with `missing`, examples of what they
    /// do not. Rules with an error in them are left out.
    ///
    /// # Errors
    /// More steps than are allowed.
    pub fn coverage(&self, missing: bool) -> Result<Coverage, Text> {
        pipeline::coverage(&self.sources, &self.options, missing)
    }

    /// The smallest change of what is known of a citizen that would have given a support by `at_least` or a stronger
    /// grant. Rules with an error in them are left out.
    ///
    /// # Errors
    /// As [`Workspace::possible`]; a kind of which no rule decides as a whole.
    pub fn why_not(
        &self,
        place: &str,
        facts: &[(String, String)],
        support: &str,
        at_least: Grant,
    ) -> Result<WhyNot, Text> {
        pipeline::why_not(&self.sources, &self.options, (place, facts), support, at_least)
    }

    /// Changes each rule a little, one change at a time, and says whether the examples and guarantees notice; where they
    /// do not, with an example that would. Rules with an error in them are left as they are.
    ///
    /// # Errors
    /// More steps than are allowed.
    pub fn mutate(&self) -> Result<Vec<Mutation>, Text> {
        pipeline::mutate(&self.sources, &self.options)
    }

    /// An overview of a municipality: target groups against supports. Rules with an error in them are left out.
    ///
    /// # Errors
    /// A municipality, fact or department nobody declared; rows that are no list; more steps than are allowed.
    pub fn matrix(&self, asked: MatrixAsked<'_>) -> Result<Matrix, Text> {
        pipeline::matrix(&self.sources, &self.options, asked)
    }

    /// The decisions of a place as a sheet of columns that a foreign engine can compute, see [`export`](crate::export).
    ///
    /// # Errors
    /// A municipality or a support nobody declared; what a sheet cannot say.
    pub fn sheet(&self, asked: SheetAsked<'_>) -> Result<Sheet, Text> {
        pipeline::sheet(&self.sources, &self.options, asked)
    }

    /// Rows to try a sheet on in a foreign engine, at every line that is drawn and beside it, with what the plain evaluator says
    /// of them. The seed 0 begins with the lines, others give random rows.
    ///
    /// # Errors
    /// As [`Workspace::sheet`].
    #[doc(hidden)]
    pub fn rehearsal(&self, asked: SheetAsked<'_>, rows: usize, seed: u64) -> Result<Rehearsal, Text> {
        pipeline::rehearsal(&self.sources, &self.options, asked, rows, seed)
    }

    /// The policies as a site, with what was found in them.
    ///
    /// # Errors
    /// A page that cannot be written: a bug.
    #[cfg(feature = "book")]
    pub fn book(&self, checked: &Checked, asked: BookAsked<'_>) -> Result<Book, Text> {
        pipeline::book(&self.sources, &self.options, checked, asked)
    }

    /// A graph to be drawn, see [`export`](crate::export). Rules with an error in them are left out of decisions.
    ///
    /// # Errors
    /// A support, municipality or thing nobody declared; a decision that takes more steps than are allowed.
    pub fn graph(&self, asked: Asked<'_>) -> Result<Graph, Text> {
        pipeline::graph(&self.sources, &self.options, asked)
    }

    /// A first `tabel` out of a table of a document, with the words of this workspace; see `documents`. What is not read
    /// stands as a comment at its row.
    ///
    /// # Errors
    /// A municipality or institution nobody declared, where some are; a table without rows.
    pub fn import(&self, grid: &Grid, asked: ImportAsked<'_>) -> Result<Imported, Text> {
        pipeline::import(&self.sources, &self.options, grid, asked)
    }
}

/// What a workspace means, as text: one place after the other, as [`export::snapshot`](crate::export::snapshot) writes
/// each. For `insta::assert_snapshot!` and the like in tests of one's own.
pub fn snapshot(workspace: &Workspace) -> String {
    let meaning = workspace.meaning();
    let pages: Vec<String> = meaning.places.iter().map(export::snapshot).collect();
    pages.join("\n")
}

/// A text in the one style of the language, for people and for version control: the same tree, the same comments.
/// In Markdown (a `name` that ends in `.md`) only the blocks tagged `hjemmel` are written anew; the line ends of the
/// text stay, and so does a byte order mark. Formatting twice changes nothing.
///
/// # Errors
/// What cannot be read. Such a text has no format. The findings point into a file with the number 0.
pub fn format(name: &str, text: &str) -> Result<String, Vec<Diagnostic>> {
    pipeline::format(&SourceFile::new(name, text))
}
