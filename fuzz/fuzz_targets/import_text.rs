//! Files of reference data: tables, GeoJSON, TOML and JSON, in any encoding. The first byte says which.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhoubian::import::{FileKind, Source, read};

const KINDS: [FileKind; 15] = [
    FileKind::District,
    FileKind::Areas,
    FileKind::Points,
    FileKind::Places,
    FileKind::Bureaus,
    FileKind::Taxonomy,
    FileKind::SiteKinds,
    FileKind::Checklists,
    FileKind::Sites,
    FileKind::Facilities,
    FileKind::PermittedZones,
    FileKind::Cameras,
    FileKind::Duties,
    FileKind::Routing,
    FileKind::Calendar,
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, file)) = bytes.split_first() else { return };
    let kind = KINDS[usize::from(*first) % KINDS.len()];
    for row in read(&Source::new(kind, "file", file)) {
        if let Err(refused) = row.outcome {
            assert!(!refused.why.is_empty());
        }
    }
    if kind == FileKind::Routing
        && let Ok(text) = std::str::from_utf8(file)
    {
        let _ = zhoubian::rules::Draft::read(text);
    }
});
