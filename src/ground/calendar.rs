//! Days as numbers: one scale for every date in a policy.

use super::Text;
use jiff::civil::Date;

/// Days since 1970-01-01.
pub type Day = i64;

/// The day of a calendar date, or nothing where there is no such date (30 February).
pub fn day_of(year: i16, month: i8, day: i8) -> Option<Day> {
    let date = Date::new(year, month, day).ok()?;
    Some(i64::from(epoch().until(date).ok()?.get_days()))
}

fn epoch() -> Date {
    Date::constant(1970, 1, 1)
}

fn date_of(day: Day) -> Date {
    let span = jiff::Span::new().try_days(day).unwrap_or_default();
    epoch().checked_add(span).unwrap_or(if day < 0 { Date::MIN } else { Date::MAX })
}

/// The first and the last day of the year a day lies in.
pub(crate) fn year_of(day: Day) -> (Day, Day) {
    let year = date_of(day).year();
    (day_of(year, 1, 1).unwrap_or(day), day_of(year, 12, 31).unwrap_or(day))
}

/// `2015-08-24`, as the language writes dates.
pub fn iso_date(day: Day) -> String {
    date_of(day).to_string()
}

/// The months in Danish, January first.
pub(crate) const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// `24. august 2015` and `24 August 2015`, as people write dates.
pub fn date_in_words(day: Day) -> Text {
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let date = date_of(day);
    let month = (date.month() - 1) as usize;
    let (number, year) = (date.day(), date.year());
    Text { en: format!("{number} {} {year}", EN[month]), da: format!("{number}. {} {year}", MONTHS[month]) }
}
