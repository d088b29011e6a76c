//! The counts as a drawing to put before a council: bars that add up to everybody, and bars from the least to the
//! greatest. Every number also stands as a number, every colour has its word and differs in grey too.

use super::report::{Report, Told, ends, term_title, word};
use super::tally::{Group, place};
use hjemmel::population::Word;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 280.0;
const RIGHT: f64 = 130.0;
const BAR: f64 = 16.0;
const STEP: f64 = 27.0;
const INK: &str = "#1a1a1a";
const LETTERS: &str = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/// The colours of the words (after Okabe and Ito), from dark to light.
fn color(word: Word) -> &'static str {
    match word {
        Word::Must => "#00507d",
        Word::Right => "#7cc5ee",
        Word::May => "#f7ec8a",
        Word::Forbidden => "#a63a00",
        Word::Contradicted => "#e3a9c9",
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

    fn name(&mut self, words: &str) {
        self.y += STEP;
        let x = LEFT - 10.0;
        // a name that would leave the sheet is pressed together
        let room = LEFT - 30.0;
        let fit = if words.chars().count() as f64 * 7.2 > room {
            format!("text-anchor=\"end\" textLength=\"{room:.0}\" lengthAdjust=\"spacingAndGlyphs\"")
        } else {
            "text-anchor=\"end\"".to_owned()
        };
        self.words(x, 13.0, &fit, words);
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
        for line in lines(&note, 125) {
            drawing.y += 16.0;
            drawing.words(20.0, 11.5, "", &line);
        }
    }
    let (height, title, told) = (drawing.y + 20.0, escaped(&report.title()), escaped(&described(report)));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" role=\"img\" aria-labelledby=\"title desc\" font-family=\"{LETTERS}\" fill=\"{INK}\">\n<title id=\"title\">{title}</title>\n<desc id=\"desc\">{told}</desc>\n<defs><pattern id=\"open\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"#ffffff\"/><path d=\"M0 6 L6 0\" stroke=\"{INK}\" stroke-width=\"1\"/></pattern></defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{}</svg>\n",
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
    drawing.y += 18.0;
    let mut x = LEFT;
    for used in report.used() {
        let words = word(used);
        drawing.bar(x, BAR, color(used), report.words(&words));
        drawing.words(x + BAR + 5.0, 12.5, "", report.words(&words));
        x += BAR + 24.0 + report.words(&words).chars().count() as f64 * 7.0;
    }
    let whole = report.tally.all.citizens.max(1) as f64;
    let room = WIDTH - LEFT - RIGHT;
    for support in report.told_of().0 {
        drawing.name(&report.plan.shape(support).title);
        let row = report.row(&report.tally.all, support);
        let mut x = LEFT;
        let mut granted = 0;
        let mut is_hidden = false;
        // what is too few to be told is drawn as what is left
        for own in Word::ALL {
            let told = row[place(own)];
            let Told::Number(count) = told else {
                is_hidden = true;
                continue;
            };
            if own.is_granted() {
                granted += count;
            }
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
        let granted = report.amount(granted as f64);
        let more = if is_hidden { "+" } else { "" };
        drawing.words(
            WIDTH - RIGHT + 10.0,
            12.5,
            "",
            &report.say(format!("{granted}{more} get it"), format!("{granted}{more} får den")),
        );
    }
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
    drawing.heading(&format!("{}: {}", report.grouping(grouping), term_title(shape)));
    let room = WIDTH - LEFT - RIGHT - 60.0;
    let kinds = [report.say("due", "har ret"), report.say("may get", "kan få")];
    for (title, group) in groups {
        for (kind, kind_word) in kinds.iter().enumerate() {
            let sum = &group.sums[term][kind];
            if sum.grants == 0 || small(group, kind) {
                continue;
            }
            drawing.name(&format!("{}: {kind_word}", report.words(title)));
            let (least, greatest) = ends(shape, sum);
            let (low, high) = report.sum(shape, sum);
            let told = report.say(format!("{low} to {high}"), format!("{low} til {high}"));
            let fill = color(if kind == 0 { Word::Must } else { Word::May });
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

fn lines(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let line = lines.len() - 1;
        if !lines[line].is_empty() && lines[line].chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !lines[line].is_empty() {
                lines[line].push(' ');
            }
            lines[line].push_str(word);
        }
    }
    lines
}
