//! Small vocabularies full of slips, and sentences that name some of their words: what `similar-names` and `unused` should
//! tell of them, docs/semantics.md, section 6, Words.

use super::compare::Difference;
use super::random::Random;
use super::slips::{are_alike, are_values_alike, fewest_steps, mutated};
use hjemmel::{Options, SourceFile, Window, Workspace};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const CHECKS: [&str; 2] = ["similar-names", "unused"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Fact,
    Concept,
    Term,
    Rate,
    Kind,
    Support,
    Task,
    Step,
    Unit,
    /// of one of the two kommuner
    Department(usize),
    Law,
    Source,
    Town,
}

impl Sort {
    const OF_WORDS: [Sort; 11] = [
        Sort::Fact,
        Sort::Concept,
        Sort::Term,
        Sort::Rate,
        Sort::Kind,
        Sort::Support,
        Sort::Task,
        Sort::Step,
        Sort::Unit,
        Sort::Department(0),
        Sort::Department(1),
    ];

    /// Within a space a name stands once.
    fn space(self) -> usize {
        match self {
            Sort::Fact | Sort::Concept | Sort::Term | Sort::Rate => 0,
            Sort::Kind | Sort::Support | Sort::Task | Sort::Step => 1,
            Sort::Unit => 2,
            Sort::Law | Sort::Source | Sort::Town => 3,
            Sort::Department(town) => 4 + town,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Sort::Fact => "oplysning",
            Sort::Concept => "begreb",
            Sort::Term => "vilkår",
            Sort::Rate => "sats",
            Sort::Kind => "art",
            Sort::Support => "støtte",
            Sort::Task => "opgave",
            Sort::Step => "sagsskridt",
            Sort::Unit => "enhed",
            Sort::Department(_) => "afdeling",
            Sort::Law => "lov",
            Sort::Source => "kilde",
            Sort::Town => "kommune",
        }
    }

    fn can_be_unused(self) -> bool {
        !matches!(self, Sort::Law | Sort::Source | Sort::Town)
    }
}

struct Word {
    sort: Sort,
    name: String,
    /// the art behind the colon
    kind: Option<usize>,
    /// the støtte or art it `svarer til`
    related: Option<usize>,
}

/// What a sentence writes.
enum Named {
    Word(usize),
    /// a name nobody declared in the space that is looked in, and the sorts that are wanted there
    Other(String, &'static [Sort]),
}

#[derive(Default)]
pub(crate) struct Vocabulary {
    words: Vec<Word>,
    named: Vec<Named>,
    /// by file: the first kommune's, the second's, the provider's
    sentences: [String; 3],
    /// oplysninger and their values
    lists: Vec<(&'static str, Vec<String>)>,
    has_rules: bool,
    is_broken: bool,
}

/// The vocabulary of a seed.
pub(crate) fn vocabulary(seed: u64) -> Vocabulary {
    let mut maker = Maker { random: Random::new(seed ^ 0x776f_7264), made: Vocabulary::default(), number: 0 };
    for sort in [Sort::Town, Sort::Town, Sort::Law, Sort::Source, Sort::Fact, Sort::Support, Sort::Term] {
        while !maker.declare(sort) {}
    }
    for _ in 0..maker.random.between(4, 16) {
        let sort = *maker.random.pick(&Sort::OF_WORDS);
        maker.declare(sort);
        if maker.random.chance(8) {
            let sort = *maker.random.pick(&[Sort::Law, Sort::Source]);
            maker.declare(sort);
        }
    }
    for name in &["zkxx", "wlqq"][..maker.random.between(0, 2)] {
        maker.list(name);
    }
    let rules = !maker.random.chance(8);
    for at in 0..maker.made.words.len() {
        if maker.random.chance(55) {
            maker.sentence(at, rules);
        }
    }
    if rules {
        for _ in 0..maker.random.between(0, 2) {
            maker.mistake();
        }
    }
    if maker.random.chance(6) {
        maker.made.is_broken = true;
        maker.made.sentences[0] += "regel i-stykker { når og }\n";
    }
    maker.made
}

struct Maker {
    random: Random,
    made: Vocabulary,
    number: usize,
}

impl Maker {
    /// A new word: mostly a slip of one that is there.
    fn declare(&mut self, sort: Sort) -> bool {
        let name = if self.made.words.is_empty() || self.random.chance(40) {
            let parts = [
                "mentor",
                "jobparat",
                "udslusning",
                "koordinator",
                "kontaktperson",
                "social",
                "bad",
                "tilbud",
            ];
            let more = ["mentor", "tilbudsmentor", "trin", "ung", "værested", "lovlig", "efterværn", "åben"];
            let mut name = (*self.random.pick(&parts)).to_owned();
            for _ in 0..*self.random.pick(&[0, 0, 1, 1, 2]) {
                name += &format!("-{}", self.random.pick(&more));
            }
            name
        } else {
            let known = self.random.between(0, self.made.words.len() - 1);
            mutated(&self.made.words[known].name, &mut self.random)
        };
        let taken = |word: &Word| word.sort.space() == sort.space() && word.name == name;
        if !is_name(&name) || self.made.words.iter().any(taken) {
            return false;
        }
        let below = matches!(sort, Sort::Kind | Sort::Support | Sort::Task) && self.random.chance(60);
        let kind = if below { self.some(|sort| sort == Sort::Kind) } else { None };
        let relates = sort == Sort::Support && self.random.chance(20);
        let related =
            if relates { self.some(|sort| matches!(sort, Sort::Support | Sort::Kind)) } else { None };
        self.made.words.push(Word { sort, name, kind, related });
        true
    }

    /// An oplysning with a list of values, mostly slips of each other.
    fn list(&mut self, name: &'static str) {
        let mut values = vec!["enlig-forsørger".to_owned()];
        for _ in 0..self.random.between(1, 4) {
            let known = self.random.pick(&values).clone();
            let plain = ["samlevende", "gift", "kontanthjælp", "uden-for-målgruppen"];
            let value = if self.random.chance(35) {
                (*self.random.pick(&plain)).to_owned()
            } else {
                mutated(&known, &mut self.random)
            };
            if is_name(&value) && !values.contains(&value) {
                values.push(value);
            }
        }
        let value = values[0].clone();
        self.write(0, format!("antag \"Altid\": {name} er {value} eller {name} er ikke {value}"));
        self.made.lists.push((name, values));
    }

    fn some(&mut self, wanted: impl Fn(Sort) -> bool) -> Option<usize> {
        let words = &self.made.words;
        let fitting: Vec<usize> = (0..words.len()).filter(|at| wanted(words[*at].sort)).collect();
        (!fitting.is_empty()).then(|| *self.random.pick(&fitting))
    }

    /// The name of a word of a sort, which is then named.
    fn any(&mut self, wanted: Sort) -> String {
        let at = self.some(|sort| sort == wanted).unwrap_or_default();
        self.made.named.push(Named::Word(at));
        self.made.words[at].name.clone()
    }

    fn write(&mut self, file: usize, text: String) {
        self.made.has_rules |= ["regel ", "tabel ", "matrix "].iter().any(|item| text.starts_with(item));
        self.made.sentences[file] += &text;
        self.made.sentences[file].push('\n');
    }

    fn rule(&mut self, file: usize, clauses: &str) {
        let source = self.any(Sort::Source);
        self.number += 1;
        let number = self.number;
        self.write(file, format!("regel r{number} {{ hjemmel {source} § 1   {clauses} }}"));
    }

    /// Something that names a word, and it may be others with it.
    fn sentence(&mut self, at: usize, rules: bool) {
        let (sort, name) = (self.made.words[at].sort, self.made.words[at].name.clone());
        let file = if let Sort::Department(town) = sort { town } else { self.random.between(0, 1) };
        if !sort.can_be_unused() {
            return;
        }
        self.made.named.push(Named::Word(at));
        self.number += 1;
        let number = self.number;
        let kind_of_sentence = self.random.between(0, if rules { 7 } else { 2 });
        match (sort, kind_of_sentence) {
            (Sort::Fact | Sort::Concept, 0) => {
                self.write(file, format!("antag \"Altid\": {name} eller ikke {name}"))
            }
            (Sort::Fact | Sort::Concept, 1) => {
                let support = self.any(Sort::Support);
                self.write(file, format!("garanti g{number} \"G\" {{ når {name}   så ikke {support} }}"));
            }
            (Sort::Fact | Sort::Concept, 2) => {
                self.write(file, format!("accepter hul når {name} fordi \"Så\""))
            }
            (Sort::Fact | Sort::Concept, 3) => {
                let support = self.any(Sort::Support);
                self.write(file, format!("eksempel \"E\" {{ givet {name}   så ikke {support} }}"));
            }
            (Sort::Fact, 4) => {
                let (support, source) = (self.any(Sort::Support), self.any(Sort::Source));
                let head = format!("| regel | støtte | grad | {name} |\n|---|---|---|---|");
                let rows = format!("{head}\n| a | {support} | kan | ja |");
                self.write(file, format!("tabel t{number} \"T\" {{\nhjemmel {source} § 1\n{rows}\n}}"));
            }
            (Sort::Fact, 5) => {
                let (support, source) = (self.any(Sort::Support), self.any(Sort::Source));
                let rows = format!("tegn x = kan\n| {name} | {support} |\n|---|---|\n| ja | x |");
                self.write(file, format!("matrix m{number} \"M\" {{\nhjemmel {source} § 1\n{rows}\n}}"));
            }
            (Sort::Fact | Sort::Concept, _) => {
                let support = self.any(Sort::Support);
                self.rule(file, &format!("når ikke {name}   kan give {support}"));
            }
            (Sort::Term, 0..3) => {
                let support = self.any(Sort::Support);
                self.write(file, format!("garanti g{number} \"G\" {{ så {support} med {name} højst 3 }}"));
            }
            (Sort::Term, 3) => self.offer(number, &format!("med {name} 1")),
            (Sort::Term, 4) => {
                let support = self.any(Sort::Support);
                self.rule(file, &format!("gælder for {support}: {name} mindst 1"));
            }
            (Sort::Term, _) => {
                let support = self.any(Sort::Support);
                self.rule(file, &format!("kan give {support} med {name} 1"));
            }
            (Sort::Rate, 0..3) => {
                let (support, term) = (self.any(Sort::Support), self.any(Sort::Term));
                self.write(
                    file,
                    format!("garanti g{number} \"G\" {{ så {support} med {term} højst {name} }}"),
                );
            }
            (Sort::Rate, _) => {
                let (support, term) = (self.any(Sort::Support), self.any(Sort::Term));
                self.rule(file, &format!("kan give {support} med {term} mindst {name}"));
            }
            (Sort::Support | Sort::Kind, 0) => self.write(file, format!("intet serviceniveau for {name}")),
            (Sort::Support | Sort::Kind, 1) => {
                self.write(file, format!("garanti g{number} \"G\" {{ så ikke {name} }}"))
            }
            (Sort::Support | Sort::Kind, 2) => {
                self.write(2, format!("forløb f{number} \"F\" {{ leverer {name} }}"));
            }
            (Sort::Support | Sort::Kind, 3) if self.has(Sort::Step) => {
                let step = self.any(Sort::Step);
                self.rule(file, &format!("når har krav på {name}   skal udføre {step}"));
            }
            (Sort::Support, 4) if self.has(Sort::Task) => {
                let task = self.any(Sort::Task);
                self.rule(file, &format!("kan udføre {task} ved {name}"));
            }
            (Sort::Support | Sort::Kind, _) => self.rule(file, &format!("kan give {name}")),
            (Sort::Task | Sort::Step, 0..3) => self.offer(number, &format!("udfører {name}")),
            (Sort::Task | Sort::Step, _) => self.rule(file, &format!("skal udføre {name}")),
            (Sort::Unit, 0..3) => {
                let other = format!("enhed overtaget-{number} \"E\" {{ afløses af {name} fra 2015-01-01 }}");
                self.write(file, other);
                let word =
                    Word { sort: Sort::Unit, name: format!("overtaget-{number}"), kind: None, related: None };
                self.made.words.push(word);
            }
            (Sort::Unit, _) => {
                let (support, clause) =
                    (self.any(Sort::Support), *self.random.pick(&["ansvarlig", "henvises til"]));
                // a department of one's own may be meant as well
                let words = self.made.words.iter().enumerate();
                let own = |word: &Word| word.sort == Sort::Department(file) && word.name == name;
                let same: Vec<usize> = words.filter(|(_, word)| own(word)).map(|(at, _)| at).collect();
                self.made.named.extend(same.into_iter().map(Named::Word));
                self.rule(file, &format!("{clause} {name}   kan give {support}"));
            }
            (Sort::Department(_), 0..3) => {
                let towns: Vec<&Word> =
                    self.made.words.iter().filter(|word| word.sort == Sort::Town).collect();
                let place =
                    if self.random.chance(50) { format!("{}.{name}", towns[file].name) } else { name };
                self.write(file, format!("accepter hul i {place} fordi \"Så\""));
            }
            (Sort::Department(_), _) => {
                let support = self.any(Sort::Support);
                self.rule(file, &format!("gælder i {name}   kan give {support}"));
            }
            (Sort::Law | Sort::Source | Sort::Town, _) => {}
        }
    }

    fn has(&self, wanted: Sort) -> bool {
        self.made.words.iter().any(|word| word.sort == wanted)
    }

    fn offer(&mut self, number: usize, clause: &str) {
        let support = self.any(Sort::Support);
        self.write(2, format!("forløb f{number} \"F\" {{ leverer {support}   {clause} }}"));
    }

    /// A name that is wrong where it stands: of another sort, or spelt wrong.
    fn mistake(&mut self) {
        let known = self.random.between(0, self.made.words.len() - 1);
        let name = self.made.words[known].name.clone();
        let name = if self.random.chance(60) { mutated(&name, &mut self.random) } else { name };
        if !is_name(&name) {
            return;
        }
        let support = self.any(Sort::Support);
        if self.random.chance(50) {
            self.made.named.push(Named::Other(name.clone(), &[Sort::Fact, Sort::Concept]));
            self.rule(0, &format!("når {name}   kan give {support}"));
        } else {
            self.made.named.push(Named::Other(name.clone(), &[Sort::Support, Sort::Kind]));
            self.rule(1, &format!("kan give {support}, {name}"));
        }
    }
}

fn is_name(name: &str) -> bool {
    let starts = name.chars().next().is_some_and(char::is_alphabetic);
    starts && name.chars().count() > 2 && name.split('-').all(|part| !part.is_empty())
}

impl Vocabulary {
    pub(crate) fn whole(&self) -> String {
        let files = self.files().into_iter();
        files.map(|(name, text)| format!("# ---- {name}\n{text}")).collect()
    }

    fn files(&self) -> Vec<(String, String)> {
        let mut files = vec![("ord.hjemmel".to_owned(), String::new())];
        let towns: Vec<&Word> = self.words.iter().filter(|word| word.sort == Sort::Town).collect();
        for (at, town) in towns.iter().enumerate() {
            files.push((format!("by-{at}.hjemmel"), format!("kommune {} \"By\"\n", town.name)));
        }
        for word in &self.words {
            let (sort, name) = (word.sort.word(), &word.name);
            let kind = word.kind.map(|kind| format!(": {}", self.words[kind].name)).unwrap_or_default();
            let related = word.related.map(|other| format!(" {{ svarer til {} }}", self.words[other].name));
            let related = related.unwrap_or_default();
            let (file, text) = match word.sort {
                Sort::Town => continue,
                // stands with the one it takes over from
                Sort::Unit if name.starts_with("overtaget-") => continue,
                Sort::Law => {
                    files.push((format!("lov-{name}.hjemmel"), format!("lov {name} \"Lov\"\n")));
                    continue;
                }
                Sort::Source => (0, format!("kilde {name} \"Kilde\"")),
                Sort::Fact => (0, format!("oplysning {name} \"Oplysning\": ja/nej")),
                Sort::Concept => (0, format!("begreb {name} = altid")),
                Sort::Term => (0, format!("vilkår {name} \"Vilkår\": tal 0-9")),
                Sort::Rate => (0, format!("sats {name} \"Sats\": tal {{ fra 2015-01-01: 2 }}")),
                Sort::Department(town) => (1 + town, format!("afdeling {name} \"Afdeling\"")),
                _ => (0, format!("{sort} {name} \"{sort}\"{kind}{related}")),
            };
            files[file].1 += &format!("{text}\n");
        }
        for (name, values) in &self.lists {
            files[0].1 += &format!("oplysning {name} \"Liste\" {{ {} }}\n", values.join(" "));
        }
        files[1].1 += &self.sentences[0];
        files[2].1 += &self.sentences[1];
        files.push((
            "sælger.hjemmel".to_owned(),
            format!("leverandør Forhandler \"Sælger\"\n{}", self.sentences[2]),
        ));
        files
    }

    /// What should be told: the check, and the words.
    fn due(&self) -> Vec<(&'static str, String)> {
        let mut due = Vec::new();
        for (at, one) in self.words.iter().enumerate() {
            for other in self.words[at + 1..].iter().filter(|other| other.sort == one.sort) {
                let of_people = matches!(one.sort, Sort::Support | Sort::Unit | Sort::Department(_));
                if are_alike(&one.name, &other.name, of_people) && !self.are_related(one, other) {
                    due.push(("similar-names", pair(&one.name, &other.name)));
                }
            }
        }
        for (list, values) in &self.lists {
            for (at, one) in values.iter().enumerate() {
                let alike = values[at + 1..].iter().filter(|other| are_values_alike(one, other));
                due.extend(alike.map(|other| ("similar-names", format!("{} {list}", pair(one, other)))));
            }
        }
        if self.has_rules && !self.is_broken {
            let named = self.named();
            let unused = (0..self.words.len()).filter(|at| !self.is_used(*at, &named));
            due.extend(
                unused
                    .map(|at| ("unused", format!("{} {}", self.words[at].sort.word(), self.words[at].name))),
            );
        }
        due.sort();
        due
    }

    /// A relation to an art is one to each støtte below it.
    fn are_related(&self, one: &Word, other: &Word) -> bool {
        let names = |from: &Word, to: &Word| {
            from.related.is_some_and(|target| {
                let target = &self.words[target];
                let mut path = Some(to);
                while let Some(word) = path {
                    if word.sort.space() == target.sort.space() && word.name == target.name {
                        return true;
                    }
                    path = word.kind.map(|kind| &self.words[kind]);
                }
                false
            })
        };
        names(one, other) || names(other, one)
    }

    /// By space and name.
    fn named(&self) -> BTreeSet<(usize, String)> {
        let related = self.words.iter().filter_map(|word| word.related).map(|other| &self.words[other]);
        let mut named: BTreeSet<(usize, String)> =
            related.map(|word| (word.sort.space(), word.name.clone())).collect();
        for written in &self.named {
            match written {
                Named::Word(at) => {
                    named.insert((self.words[*at].sort.space(), self.words[*at].name.clone()));
                }
                Named::Other(name, wanted) => named.extend(self.meant(name, wanted)),
            }
        }
        named
    }

    /// What is named where a word of these sorts is wanted.
    fn meant(&self, name: &str, wanted: &[Sort]) -> Vec<(usize, String)> {
        let own = wanted[0].space();
        let written: BTreeSet<usize> =
            self.words.iter().filter(|word| word.name == name).map(|word| word.sort.space()).collect();
        if written.contains(&own) {
            return vec![(own, name.to_owned())];
        }
        let elsewhere: Vec<(usize, String)> =
            written.into_iter().filter(|space| *space < 4).map(|space| (space, name.to_owned())).collect();
        if !elsewhere.is_empty() {
            return elsewhere;
        }
        let letters = name.chars().count();
        let most = if letters < 3 { 0 } else { letters / 3 };
        let candidates = self.words.iter().filter(|word| wanted.contains(&word.sort));
        let scored = candidates.map(|word| (fewest_steps(name, &word.name), word.name.clone()));
        let nearest = scored.filter(|(steps, _)| *steps <= most).min();
        // every word that is written so
        nearest.into_iter().flat_map(|(_, name)| (0..6).map(move |space| (space, name.clone()))).collect()
    }

    fn is_used(&self, at: usize, named: &BTreeSet<(usize, String)>) -> bool {
        let is_named =
            |at: usize| named.contains(&(self.words[at].sort.space(), self.words[at].name.clone()));
        match self.words[at].sort {
            Sort::Law | Sort::Source | Sort::Town => true,
            Sort::Kind => is_named(at) || self.words.iter().any(|word| word.kind == Some(at)),
            Sort::Support => {
                let path = std::iter::successors(Some(at), |at| self.words[*at].kind);
                path.into_iter().any(is_named)
            }
            _ => is_named(at),
        }
    }
}

fn pair(one: &str, other: &str) -> String {
    if one < other { format!("{one} {other}") } else { format!("{other} {one}") }
}

/// Every difference; none when the library is right. And what fires.
pub(crate) fn differences(made: &Vocabulary) -> (Vec<Difference>, BTreeSet<&'static str>) {
    let files = made.files().into_iter().map(|(name, text)| SourceFile::new(name, text)).collect();
    let mut options = Options::default();
    let day = hjemmel::day_of(2015, 6, 1).unwrap_or_default();
    options.window = Some(Window { from: day, to: day });
    let checked = Workspace::new(files, options).check();
    let right = made.due();
    let mut got: Vec<(&'static str, String)> = Vec::new();
    for finding in checked.findings.iter().filter(|finding| CHECKS.contains(&finding.check)) {
        let quoted: Vec<&str> = finding.message.en.split('`').collect();
        got.push(match finding.check {
            "similar-names" => {
                let list = quoted.get(5).map(|list| format!(" {list}")).unwrap_or_default();
                ("similar-names", pair(quoted[1], quoted[3]) + &list)
            }
            _ => {
                let sort = quoted[2].split(' ').nth(5).unwrap_or_default().trim_end_matches(',');
                ("unused", format!("{sort} {}", quoted[1]))
            }
        });
    }
    got.sort();
    let mut counts: BTreeMap<&(&str, String), (usize, usize)> = BTreeMap::new();
    right.iter().for_each(|one| counts.entry(one).or_default().0 += 1);
    got.iter().for_each(|one| counts.entry(one).or_default().1 += 1);
    let differing = counts.into_iter().filter(|(_, (right, got))| right != got);
    let differences = differing.map(|((check, words), (right, got))| Difference {
        kind: format!("{} {check}", if right > got { "missing" } else { "too much" }),
        words: format!("{words}: right {right}, got {got}"),
    });
    (differences.collect(), right.iter().map(|(check, _)| *check).collect())
}
