//! Which face of a collection writes Chinese as it is written on the mainland: the same code point
//! looks different in faces for Japan, Korea, Taiwan and Hong Kong.

use ttf_parser::{Face, fonts_in_collection, name_id};

/// Collections have a few dozen faces at most.
const MOST: u32 = 64;

/// The number of the face for Simplified Chinese, or else of the first one.
pub(super) fn simplified(font: &[u8]) -> u32 {
    let count = fonts_in_collection(font).unwrap_or(1).min(MOST);
    let faces = (0..count).filter_map(|index| Some((index, Face::parse(font, index).ok()?)));
    let mut found = faces.filter(|(_, face)| is_simplified(face)).collect::<Vec<_>>();
    // Beside each proportional face Noto has one for code, with letters of half the width.
    found.sort_by_key(|(index, face)| {
        (face.is_monospaced(), names(face).any(|n| n.contains("Mono")), *index)
    });
    found.first().map_or(0, |(index, _)| *index)
}

fn is_simplified(face: &Face<'_>) -> bool {
    names(face).any(|name| {
        name.split([' ', '-', '_']).any(|word| matches!(word, "SC" | "CN" | "GB" | "Hans"))
    })
}

fn names<'a>(face: &'a Face<'_>) -> impl Iterator<Item = String> + 'a {
    let wanted = [name_id::FAMILY, name_id::FULL_NAME, name_id::TYPOGRAPHIC_FAMILY];
    face.names()
        .into_iter()
        .filter(move |name| wanted.contains(&name.name_id))
        .filter_map(|name| name.to_string())
}
