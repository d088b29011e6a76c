//! How far it is, on a terminal only.

use super::source::{Kind, Source};
use hjemmel::{Lang, grouped};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::Instant;

/// A bar with the rate and the time that is left.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    lang: Lang,
    rows: u64,
}

impl Progress {
    pub(super) fn new(source: &Source, lang: Lang) -> Self {
        let target = if io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(source.length), target);
        let left = match lang {
            Lang::Da => "tilbage",
            Lang::En => "left",
        };
        let page = match source.kind {
            Kind::Csv { .. } | Kind::Jsonl => {
                format!("{{bar:24}} {{percent:>3}} % · {{msg}} · {{eta}} {left}")
            }
            Kind::Parquet { .. } | Kind::MadeUp(_) => {
                format!("{{bar:24}} {{percent:>3}} % · {{msg}} · {{eta}} {left}")
            }
        };
        if let Ok(style) = ProgressStyle::with_template(&page) {
            bar.set_style(style);
        }
        Progress { bar, begun: Instant::now(), lang, rows: 0 }
    }

    /// The source is read so far, and so many more rows are done.
    pub(super) fn step(&mut self, read: u64, rows: u64) {
        self.rows += rows;
        if self.bar.is_hidden() {
            return;
        }
        let rate = (self.rows as f64 / self.begun.elapsed().as_secs_f64().max(0.001)) as u64;
        let (rows, rate) = (grouped(self.rows, self.lang), grouped(rate, self.lang));
        self.bar.set_message(match self.lang {
            Lang::Da => format!("{rows} rækker, {rate} i sekundet"),
            Lang::En => format!("{rows} rows, {rate} a second"),
        });
        self.bar.set_position(read);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
