//! Places: files as URIs, and regions whose columns count UTF-16 units.

use crate::ground::{SourceFile, Sources, Span};
use serde::Serialize;
use std::fmt::Write;

/// What paths are relative to: the folder the program ran in, which in CI is the repository's.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Snippet>,
}

#[derive(Serialize)]
struct Snippet {
    text: String,
}

/// A file.
pub(super) fn artifact(name: &str) -> ArtifactLocation {
    let is_absolute = name.starts_with('/') || name.get(1..3).is_some_and(|drive| drive == ":/");
    let mut uri = String::new();
    if is_absolute {
        uri.push_str(if name.starts_with('/') { "file://" } else { "file:///" });
    }
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            b':' if is_absolute => uri.push(':'),
            other => {
                let _ = write!(uri, "%{other:02X}");
            }
        }
    }
    ArtifactLocation { uri, uri_base_id: (!is_absolute).then_some(ROOT), index: None }
}

/// A place in a text of the workspace.
pub(super) fn physical(span: Span, sources: &Sources) -> PhysicalLocation {
    let words = sources.words(span);
    let snippet = (!words.is_empty()).then(|| Snippet { text: words.to_owned() });
    PhysicalLocation {
        artifact_location: in_file(span, sources),
        region: Region { snippet, ..region(span, sources) },
    }
}

/// The file of a place.
pub(super) fn in_file(span: Span, sources: &Sources) -> ArtifactLocation {
    ArtifactLocation { index: Some(span.file.0), ..artifact(&sources.file(span.file).name) }
}

/// The lines and columns of a place, without its words.
pub(super) fn region(span: Span, sources: &Sources) -> Region {
    let file = sources.file(span.file);
    let (start_line, start_column) = at(file, span.start);
    let (end_line, end_column) = at(file, span.end);
    Region { start_line, start_column, end_line, end_column, snippet: None }
}

/// A line and a column in UTF-16 units, both from 1. A byte order mark is no part of the text.
fn at(file: &SourceFile, offset: u32) -> (usize, usize) {
    let line = file.position(offset).line;
    let (_, start) = file.line(line);
    let end = (offset as usize).min(file.text.len());
    let before = file.text.get(start..end).unwrap_or_default();
    let before = if line == 1 { before.trim_start_matches('\u{feff}') } else { before };
    (line, before.encode_utf16().count() + 1)
}
