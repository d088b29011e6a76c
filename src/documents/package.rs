//! The zip file around a Word or Excel document, unpacked within bounds.

use crate::ground::{Text, text};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most that all parts of a document may unpack to.
const MOST_BYTES: u64 = 128 * 1024 * 1024;

/// The most parts a document may have.
const MOST_PARTS: usize = 10_000;

/// The parts of a document by their names.
pub(super) type Parts = BTreeMap<String, Vec<u8>>;

/// The text parts of the document, `*.xml` and `*.rels`; everything is unpacked once to see that it can be.
pub(super) fn parts(name: &str, bytes: &[u8], program: &str) -> Result<Parts, Text> {
    const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if bytes.is_empty() {
        return Err(text!(en: "`{name}` is empty", da: "`{name}` er tom"));
    }
    if bytes.starts_with(&COMPOUND) {
        return Err(text!(
            en: "`{name}` is protected by a password or has an old format: open it in {program} and save a copy without a password",
            da: "`{name}` er beskyttet med adgangskode eller har et gammelt format: åbn den i {program}, og gem en kopi uden adgangskode"
        ));
    }
    let broken = || {
        text!(
            en: "`{name}` is no {program} document, or it is damaged: open it in {program} and save it anew",
            da: "`{name}` er ikke et {program}-dokument, eller det er beskadiget: åbn det i {program}, og gem det igen"
        )
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > MOST_PARTS {
        return Err(broken());
    }
    let mut parts = Parts::new();
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| broken())?;
        let of_part = part.name().map_err(|_| broken())?.into_owned();
        let mut content = Vec::new();
        part.take(left + 1).read_to_end(&mut content).map_err(|_| broken())?;
        let size = content.len() as u64;
        if size > left {
            let most = MOST_BYTES / 1024 / 1024;
            return Err(text!(
                en: "`{name}` unpacks to more than {most} MB: save only the table itself",
                da: "`{name}` fylder mere end {most} MB, når den er pakket ud: gem kun selve tabellen"
            ));
        }
        left -= size;
        if of_part.ends_with(".xml") || of_part.ends_with(".rels") {
            parts.insert(of_part, content);
        }
    }
    Ok(parts)
}
