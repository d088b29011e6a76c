//! A JUnit document, as CI servers read it: suites of cases and what became of each. Times are left out: the same cases
//! give the same bytes.

/// One suite.
#[derive(Debug)]
pub(crate) struct Suite<'a> {
    pub(crate) name: &'a str,
    pub(crate) cases: Vec<Case<'a>>,
}

/// One case.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    pub(crate) name: String,
    pub(crate) class: &'a str,
    /// file and line
    pub(crate) place: Option<(&'a str, usize)>,
    pub(crate) fate: Fate,
    /// `type`, `message` and the whole text of what did not pass; of what passed only the text is told
    pub(crate) told: (&'a str, String, String),
}

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Passed,
    Failed,
    Error,
    Skipped,
}

/// The document. The strictest readers know a sum of what is skipped of a suite, not of all suites together.
pub(crate) fn document(suites: &[Suite<'_>]) -> String {
    let count = |fate: Fate| suites.iter().map(|suite| suite.count(fate)).sum::<usize>();
    let cases: usize = suites.iter().map(|suite| suite.cases.len()).sum();
    let (failures, errors) = (count(Fate::Failed), count(Fate::Error));
    let mut page = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    page += &format!(
        "<testsuites name=\"{}\" tests=\"{cases}\" failures=\"{failures}\" errors=\"{errors}\">\n",
        env!("CARGO_PKG_NAME")
    );
    suites.iter().for_each(|suite| suite.write(&mut page));
    page + "</testsuites>\n"
}

impl Suite<'_> {
    fn count(&self, fate: Fate) -> usize {
        self.cases.iter().filter(|case| case.fate == fate).count()
    }

    fn write(&self, page: &mut String) {
        let (name, tests, skipped) = (safe(self.name), self.cases.len(), self.count(Fate::Skipped));
        let (errors, failures) = (self.count(Fate::Error), self.count(Fate::Failed));
        *page += &format!(
            "    <testsuite name=\"{name}\" tests=\"{tests}\" skipped=\"{skipped}\" errors=\"{errors}\" failures=\"{failures}\">\n"
        );
        self.cases.iter().for_each(|case| case.write(page));
        *page += "    </testsuite>\n";
    }
}

impl Case<'_> {
    fn write(&self, page: &mut String) {
        *page +=
            &format!("        <testcase name=\"{}\" classname=\"{}\"", safe(&self.name), safe(self.class));
        if let Some((file, line)) = self.place {
            *page += &format!(" file=\"{}\" line=\"{line}\"", safe(file));
        }
        let (kind, message, text) = (safe(self.told.0), safe(&self.told.1), safe(&self.told.2));
        let tag = match self.fate {
            Fate::Passed if text.is_empty() => return *page += "/>\n",
            Fate::Passed => {
                *page += &format!(">\n            <system-out>{text}</system-out>\n        </testcase>\n");
                return;
            }
            Fate::Failed => "failure",
            Fate::Error => "error",
            Fate::Skipped => "skipped",
        };
        *page += &format!(">\n            <{tag} message=\"{message}\" type=\"{kind}\">{text}</{tag}>\n");
        *page += "        </testcase>\n";
    }
}

/// A text that no reader of XML takes for something else; what XML cannot hold is left out.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '&' => safe += "&amp;",
            '\'' => safe += "&apos;",
            '"' => safe += "&quot;",
            '\t' | '\n' | '\r' => safe.push(letter),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            letter => safe.push(letter),
        }
    }
    safe
}
