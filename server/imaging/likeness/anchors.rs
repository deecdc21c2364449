//! The striking spots of a picture: where a blob of some pixels is lighter or darker than what is
//! around it (the difference of two Gaussians; Lowe, "Distinctive image features", 2004).

use super::grey::Grey;

/// Deviations of the two Gaussians, pixels.
const INNER: f32 = 2.2;
const OUTER: f32 = 3.8;
/// How far around a spot nothing may be more striking, pixels.
const APART: usize = 5;
/// What is fainter than this is noise, greys.
const FAINT: f32 = 1.0;
/// How many times more curved one way than the other a spot may be.
const CURVED: f32 = 8.0;

/// The most striking spots that are this far from the edges, the most striking first.
pub(super) fn of(grey: &Grey, margin: usize, count: usize) -> Vec<(usize, usize)> {
    let (inner, outer) = (grey.blurred(INNER), grey.blurred(OUTER));
    let signed: Vec<f32> = inner.at.iter().zip(&outer.at).map(|(a, b)| a - b).collect();
    let strength: Vec<f32> = signed.iter().map(|both| both.abs()).collect();
    let mut found = Vec::new();
    for y in margin..grey.height.saturating_sub(margin) {
        for x in margin..grey.width.saturating_sub(margin) {
            let own = strength[y * grey.width + x];
            if own >= FAINT
                && is_peak(&strength, grey, (x, y), own)
                && !is_edge(&signed, grey.width, (x, y))
            {
                found.push((own * worth(grey, (x, y), margin), x, y));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(count);
    found.into_iter().map(|(_, x, y)| (x, y)).collect()
}

/// What lies so near the edge that a copy may have been cropped of it is worth half.
fn worth(grey: &Grey, (x, y): (usize, usize), margin: usize) -> f32 {
    let within = |at: usize, side: usize| at.min(side - at) >= margin + side / 10;
    if within(x, grey.width) && within(y, grey.height) { 1.0 } else { 0.5 }
}

/// Whether it is far more curved one way than the other: anywhere along an edge is as striking.
fn is_edge(signed: &[f32], width: usize, (x, y): (usize, usize)) -> bool {
    let at = |right: usize, down: usize| signed[(y + down - 1) * width + x + right - 1];
    let across = at(0, 1) + at(2, 1) - 2.0 * at(1, 1);
    let down = at(1, 0) + at(1, 2) - 2.0 * at(1, 1);
    let both = (at(2, 2) - at(0, 2) - at(2, 0) + at(0, 0)) / 4.0;
    let (sum, product) = (across + down, across * down - both * both);
    product <= 0.0 || sum * sum * CURVED >= (CURVED + 1.0) * (CURVED + 1.0) * product
}

fn is_peak(strength: &[f32], grey: &Grey, (x, y): (usize, usize), own: f32) -> bool {
    let rows = y.saturating_sub(APART)..(y + APART + 1).min(grey.height);
    let (left, right) = (x.saturating_sub(APART), (x + APART + 1).min(grey.width));
    rows.into_iter().all(|row| {
        let row = &strength[row * grey.width..][left..right];
        row.iter().all(|other| *other <= own)
    })
}
