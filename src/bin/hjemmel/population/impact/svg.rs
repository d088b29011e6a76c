//! The counts as a drawing to put before a council: bars that add up to everybody, and bars from the least to the
//! greatest. Every number also stands as a number, every colour has its word and differs in grey too.

use super::page::wrapped;
use super::report::{Report, Told, ends, term_title, word};
use super::tally::{Group, place};
use hjemmel::population::Word;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 280.0;
const RIGHT: f64 = 150.0;
const BAR: f64 = 16.0;
const STEP: f64 = 27.0;
/// From a group's first bar to its second.
const PAIR: f64 = 19.0;
/// So many letters of a name fit beside the bars.
const NAME: usize = 38;
const INK: &str = "#1a1a1a";
const LETTERS: &str = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/// The colours of the words (after Okabe and Ito), from dark to light. Those whose grey is that of another have a pattern.
fn color(word: Word) -> &'static str {
    match word {
        Word::Must => "#00507d",
        Word::Right => "#7cc5ee",
        Word::May => "#f7ec8a",
        Word::Forbidden => "url(#forbidden)",
        Word::Contradicted => "url(#torn)",
        Word::Open => "url(#open)",
        _ => "#ffffff",
    }
}

struct Drawing {
    body: String,
    y: f64,
}

impl Drawing {
    fn words(&mut self, x: f64, size: f64, style: &str, words: &str) {
        let (y, words) = (self.y, escaped(words));
        self.body.push_str(&format!(
            "<text x=\"{x:.0}\" y=\"{y:.1}\" font-size=\"{size}\" {style}>{words}</text>\n"
        ));
    }

    fn bar(&mut self, x: f64, width: f64, fill: &str, told: &str) {
        let y = self.y - BAR + 4.0;
        let told = escaped(told);
        self.body.push_str(&format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{BAR}\" fill=\"{fill}\" stroke=\"{INK}\" stroke-width=\"0.6\"><title>{told}</title></rect>\n"
        ));
    }

    fn heading(&mut self, words: &str) {
        self.y += 34.0;
        self.words(20.0, 16.0, "font-weight=\"bold\"", words);
        self.y += 8.0;
    }

    /// A name beside one or two bars, on two lines where it is long.
    fn name(&mut self, words: &str, bars: usize) {
        let mut lines = wrapped(words, NAME);
        if lines.len() > 2 {
            lines.truncate(2);
            lines[1].push('…');
        }
        let (top, size) = (self.y, if lines.len() > 1 { 12.0 } else { 13.0 });
        self.y += (bars as f64 - 1.0) * PAIR / 2.0 - (lines.len() as f64 - 1.0) * 6.5;
        for line in &lines {
            self.words(LEFT - 10.0, size, "text-anchor=\"end\"", line);
            self.y += 13.0;
        }
        self.y = top;
    }

    /// A line of colours and what they mean.
    fn legend(&mut self, entries: &[(&str, String)]) {
        self.y += 18.0;
        let mut x = LEFT;
        for (fill, words) in entries {
            self.bar(x, BAR, fill, words);
            self.words(x + BAR + 5.0, 12.5, "", words);
            x += BAR + 24.0 + words.chars().count() as f64 * 6.6;
        }
    }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The whole drawing.
pub(super) fn drawing(report: &Report<'_>) -> String {
    let mut drawing = Drawing { body: String::new(), y: 30.0 };
    drawing.words(20.0, 21.0, "font-weight=\"bold\"", &report.title());
    drawing.y += 22.0;
    drawing.words(20.0, 13.0, "", &report.about());
    by_support(report, &mut drawing);
    for grouping in 0..report.plan.groupings.len() {
        for term in 0..report.plan.terms.len() {
            by_group(report, &mut drawing, grouping, term);
        }
    }
    drawing.y += 16.0;
    for note in report.notes() {
        for line in wrapped(&note, 150) {
            drawing.y += 16.0;
            drawing.words(20.0, 11.5, "", &line);
        }
    }
    let (height, title, told) = (drawing.y + 20.0, escaped(&report.title()), escaped(&described(report)));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" role=\"img\" aria-labelledby=\"title desc\" font-family=\"{LETTERS}\" fill=\"{INK}\">\n<title id=\"title\">{title}</title>\n<desc id=\"desc\">{told}</desc>\n<defs><pattern id=\"open\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"#ffffff\"/><path d=\"M0 6 L6 0\" stroke=\"{INK}\" stroke-width=\"1\"/></pattern><pattern id=\"forbidden\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\"><rect width=\"4\" height=\"4\" fill=\"#a63a00\"/><path d=\"M0 2 H4\" stroke=\"#ffffff\" stroke-width=\"1.2\"/></pattern><pattern id=\"torn\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"#e3a9c9\"/><path d=\"M0 6 L6 0 M0 0 L6 6\" stroke=\"{INK}\" stroke-width=\"0.8\"/></pattern></defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{}</svg>\n",
        drawing.body
    )
}

/// The same in words, for those who cannot see it.
fn described(report: &Report<'_>) -> String {
    let mut told = vec![report.about()];
    for support in report.told_of().0 {
        told.push(format!("{}: {}.", report.plan.shape(support).title, in_words(report, support)));
    }
    told.join(" ")
}

fn in_words(report: &Report<'_>, support: usize) -> String {
    let row = report.row(&report.tally.all, support);
    let told = Word::ALL.iter().zip(row).filter(|(_, told)| *told != Told::Number(0));
    let told = told.map(|(own, told)| format!("{} {}", report.words(&word(*own)), report.number(told)));
    told.collect::<Vec<_>>().join(", ")
}

/// For each support a bar that adds up to everybody.
fn by_support(report: &Report<'_>, drawing: &mut Drawing) {
    drawing.heading(&report.say("Who gets what", "Hvem får hvad"));
    let used = report.used();
    let entry = |used: &Word| (color(*used), report.words(&word(*used)).to_owned());
    drawing.legend(&used.iter().map(entry).collect::<Vec<_>>());
    // the two columns of numbers beside the bars
    let columns = [WIDTH - RIGHT + 60.0, WIDTH - 20.0];
    let end = "text-anchor=\"end\"";
    for (x, words) in columns.iter().zip(kinds(report)) {
        drawing.words(*x, 12.5, end, &words);
    }
    let whole = report.tally.all.citizens.max(1) as f64;
    let room = WIDTH - LEFT - RIGHT;
    for support in report.told_of().0 {
        drawing.y += STEP;
        drawing.name(&report.plan.shape(support).title, 1);
        let row = report.row(&report.tally.all, support);
        let mut x = LEFT;
        // what is too few to be told is drawn as what is left
        for own in Word::ALL {
            let told = row[place(own)];
            let Told::Number(count) = told else { continue };
            if count > 0 {
                let width = room * count as f64 / whole;
                let words = word(own);
                drawing.bar(
                    x,
                    width,
                    color(own),
                    &format!("{} {}", report.words(&words), report.number(told)),
                );
                x += width;
            }
        }
        let number = |told: Told| match told {
            Told::Number(count) => count,
            Told::Few => 0,
        };
        let (must, right) = (row[place(Word::Must)], row[place(Word::Right)]);
        let due = report.amount((number(must) + number(right)) as f64);
        // a few more are not told
        let more = if must == Told::Few || right == Told::Few { "+" } else { "" };
        drawing.words(columns[0], 12.5, end, &format!("{due}{more}"));
        drawing.words(columns[1], 12.5, end, &report.number(row[place(Word::May)]));
    }
}

/// What is due, and what may be given.
fn kinds(report: &Report<'_>) -> [String; 2] {
    [report.say("due", "har ret"), report.say("may get", "kan få")]
}

/// For each group what is due and what may be given, from the least to the greatest.
fn by_group(report: &Report<'_>, drawing: &mut Drawing, grouping: usize, term: usize) {
    let shape = &report.plan.terms[term];
    let groups = report.groups(grouping);
    let small = |group: &Group, kind: usize| (1..report.at_least).contains(&group.sums[term][kind].grants);
    let most = groups.iter().flat_map(|(_, group)| {
        (0..2).filter(|kind| !small(group, *kind)).map(|kind| {
            let (least, greatest) = ends(shape, &group.sums[term][kind]);
            greatest.unwrap_or(least)
        })
    });
    let most = most.fold(0.0, f64::max);
    if most <= 0.0 {
        return;
    }
    drawing.heading(&report.headed(grouping, &term_title(shape)));
    let between = report.say(
        "from the least to the greatest the rules allow",
        "fra det mindste til det største, reglerne tillader",
    );
    let [due, may] = kinds(report);
    drawing.legend(&[(color(Word::Must), due), (color(Word::May), may), (color(Word::Open), between)]);
    let room = WIDTH - LEFT - RIGHT - 60.0;
    for (title, group) in groups {
        let shown = |kind: &usize| group.sums[term][*kind].grants > 0 && !small(group, *kind);
        let shown: Vec<usize> = (0..2).filter(shown).collect();
        for (at, kind) in shown.iter().enumerate() {
            let sum = &group.sums[term][*kind];
            drawing.y += if at == 0 { STEP } else { PAIR };
            if at == 0 {
                drawing.name(report.words(title), shown.len());
            }
            let (least, greatest) = ends(shape, sum);
            let (low, high) = report.sum(shape, sum);
            let told = report.say(format!("{low} to {high}"), format!("{low} til {high}"));
            let fill = color(if *kind == 0 { Word::Must } else { Word::May });
            let from = room * least / most;
            drawing.bar(LEFT, from.max(0.5), fill, &told);
            // what lies between the least and the greatest is the rules' own freedom
            let to = greatest.map_or(from, |greatest| room * greatest / most);
            if to > from {
                drawing.bar(LEFT + from, to - from, "url(#open)", &told);
            }
            let x = LEFT + to.max(from) + 8.0;
            let told = if greatest.is_none() {
                report
                    .say(format!("at least {low}, no upper line"), format!("mindst {low}, ingen øvre grænse"))
            } else {
                told
            };
            drawing.words(x, 12.5, "", &told);
        }
    }
}
