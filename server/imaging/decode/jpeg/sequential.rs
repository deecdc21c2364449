//! A sequential JPEG with one scan, strip by strip.

use super::{
    color::Rows,
    huffman::{Bits, Table},
    scaled,
    segments::{Part, Segments},
    transform::Transform,
};
use crate::{Unreadable, decode::Picture};

/// One component while its strip is filled.
struct Plane<'a> {
    dc: &'a Table,
    ac: &'a Table,
    quantization: [f32; 64],
    across: usize,
    down: usize,
    predictor: i32,
    /// Bytes of a row of the strip.
    stride: usize,
    strip: Vec<u8>,
}

/// Decodes with each block of eight brought down to N samples.
pub(super) fn decode<const N: usize>(segments: &Segments<'_>) -> Result<Picture, Unreadable> {
    let (across, down) = segments.frame.most();
    let columns = (segments.frame.width as usize).div_ceil(8 * across);
    let lines = (segments.frame.height as usize).div_ceil(8 * down);
    let planes = segments.parts.iter().map(|part| plane::<N>(segments, *part, columns));
    let mut planes = planes.collect::<Result<Vec<_>, _>>()?;
    let transform = Transform::<N>::new();
    let mut bits = Bits::new(segments.data);
    let (width, height) = scaled(&segments.frame);
    let mut rows = Rows::new(segments, width, height);
    let mut done = 0;
    for _ in 0..lines {
        for column in 0..columns {
            if segments.restart > 0 && done > 0 && done % segments.restart == 0 {
                bits.restart(number(done / segments.restart))?;
                for plane in &mut planes {
                    plane.predictor = 0;
                }
            }
            for plane in &mut planes {
                unit(plane, column, &transform, &mut bits)?;
            }
            done += 1;
        }
        bits.check()?;
        rows.push(&planes.iter().map(|plane| (&plane.strip[..], plane.stride)), down * N);
    }
    Ok(Picture { width, height, rgb: rows.finish() })
}

/// The number in the marker of the n-th restart: 0 for the first, then up to 7 and around.
#[allow(clippy::cast_possible_truncation)]
fn number(restart: usize) -> u8 {
    ((restart - 1) % 8) as u8
}

fn plane<'a, const N: usize>(
    segments: &'a Segments<'_>,
    part: Part,
    columns: usize,
) -> Result<Plane<'a>, Unreadable> {
    let component = segments.frame.components[part.component];
    let (across, down) = (component.across, component.down);
    let table = segments.quantization[component.quantization].ok_or(Unreadable::Corrupt)?;
    let stride = columns * across * N;
    Ok(Plane {
        dc: segments.dc[part.dc].as_deref().ok_or(Unreadable::Corrupt)?,
        ac: segments.ac[part.ac].as_deref().ok_or(Unreadable::Corrupt)?,
        quantization: table.map(f32::from),
        across,
        down,
        predictor: 0,
        stride,
        strip: vec![0; stride * down * N],
    })
}

/// All blocks of one component in one MCU.
fn unit<const N: usize>(
    plane: &mut Plane<'_>,
    column: usize,
    transform: &Transform<N>,
    bits: &mut Bits<'_>,
) -> Result<(), Unreadable> {
    for line in 0..plane.down {
        for step in 0..plane.across {
            let mut coefficients = [0.0; 65];
            let last = block(plane, &mut coefficients, &transform.place, bits)?;
            let at = line * N * plane.stride + (column * plane.across + step) * N;
            transform.invert(&coefficients, last, &mut plane.strip[at..], plane.stride);
        }
    }
    Ok(())
}

/// Reads one block (T.81, F.2.2), and gives the place in zigzag order of its last coefficient.
#[inline]
fn block(
    plane: &mut Plane<'_>,
    coefficients: &mut [f32; 65],
    places: &[u8; 64],
    bits: &mut Bits<'_>,
) -> Result<usize, Unreadable> {
    plane.predictor = plane.predictor.wrapping_add(bits.dc(plane.dc)?);
    coefficients[0] = plane.predictor as f32 * plane.quantization[0];
    let (mut at, mut last) = (1, 0);
    while at < 64 {
        let Some((run, value)) = bits.ac(plane.ac)? else { break };
        at += run;
        if at > 63 {
            return Err(Unreadable::Corrupt);
        }
        coefficients[usize::from(places[at])] = value as f32 * plane.quantization[at];
        last = at;
        at += 1;
    }
    Ok(last)
}
