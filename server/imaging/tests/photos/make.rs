//! Photos of every kind, good and bad, made on the spot.

#![allow(dead_code, clippy::unwrap_used, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::io::Write;

/// Row after row of RGB.
pub struct Scene {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
}

/// The colours of the quarters of a scene: upper left, upper right, lower left, lower right.
pub const QUARTERS: [[u8; 3]; 4] = [[220, 30, 30], [30, 200, 40], [30, 40, 220], [200, 200, 200]];

/// Four quarters of different colours.
pub fn quarters(width: usize, height: usize) -> Scene {
    let quarter = |at: usize| {
        let (x, y) = (at % width, at / width);
        QUARTERS[usize::from(x >= width / 2) + 2 * usize::from(y >= height / 2)]
    };
    Scene { width, height, rgb: (0..width * height).flat_map(quarter).collect() }
}

/// Waves and blocks that a seed decides; the same scene at every size.
pub fn scene(width: usize, height: usize, seed: u32) -> Scene {
    let mut state = u64::from(seed) * 2_654_435_761 + 1;
    let mut number = move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 24) as f32
    };
    let waves: [[f32; 3]; 5] =
        std::array::from_fn(|_| [number() * 9.0, number() * 9.0, number() * 6.3]);
    let blocks: [[f32; 5]; 6] = std::array::from_fn(|_| {
        [number(), number(), 0.1 + number() * 0.3, 0.1 + number() * 0.3, number()]
    });
    let pixel = |at: usize| {
        let (x, y) = (
            ((at % width) as f32 + 0.5) / width as f32,
            ((at / width) as f32 + 0.5) / height as f32,
        );
        let wave: f32 = waves.iter().map(|[a, b, c]| (a * x + b * y + c).sin()).sum::<f32>() * 18.0;
        let inside =
            |b: &&[f32; 5]| (b[0]..b[0] + b[2]).contains(&x) && (b[1]..b[1] + b[3]).contains(&y);
        let block = blocks.iter().rev().find(inside).map_or(0.0, |b| b[4] * 160.0 - 80.0);
        [128.0 + wave + block, 120.0 + wave * 0.6 - block * 0.5, 110.0 - wave + block * 0.8]
            .map(|value| value as u8)
    };
    Scene { width, height, rgb: (0..width * height).flat_map(pixel).collect() }
}

/// Nothing but grain, the worst there is for what must be compressed.
pub fn noise(width: usize, height: usize) -> Scene {
    let mut state = 88_172_645_463_325_252_u64;
    let mut rgb = Vec::with_capacity(width * height * 3);
    while rgb.len() < width * height * 3 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        rgb.extend_from_slice(&state.to_le_bytes()[..3]);
    }
    Scene { width, height, rgb }
}

/// How a JPEG is written.
#[derive(Clone, Copy)]
pub struct Jpeg {
    pub quality: u8,
    pub sampling: SamplingFactor,
    pub progressive: bool,
    pub restart: u16,
}

pub const BASELINE: Jpeg =
    Jpeg { quality: 85, sampling: SamplingFactor::F_2_2, progressive: false, restart: 0 };
pub const PROGRESSIVE: Jpeg = Jpeg { progressive: true, ..BASELINE };

impl Jpeg {
    pub fn of(self, scene: &Scene) -> Vec<u8> {
        self.with(&scene.rgb, scene.width, scene.height, ColorType::Rgb)
    }

    pub fn with(self, pixels: &[u8], width: usize, height: usize, colors: ColorType) -> Vec<u8> {
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, self.quality);
        encoder.set_sampling_factor(self.sampling);
        encoder.set_progressive(self.progressive);
        if self.restart > 0 {
            encoder.set_restart_interval(self.restart);
        }
        encoder.encode(pixels, width as u16, height as u16, colors).unwrap();
        jpeg
    }
}

/// A JPEG with an EXIF structure behind its first marker.
pub fn with_exif(jpeg: &[u8], tiff: &[u8]) -> Vec<u8> {
    let mut all = jpeg[..2].to_vec();
    all.extend([0xFF, 0xE1]);
    all.extend((tiff.len() as u16 + 8).to_be_bytes());
    all.extend(b"Exif\0\0");
    all.extend(tiff);
    all.extend(&jpeg[2..]);
    all
}

/// A TIFF structure that holds nothing but an orientation.
pub fn orientation(number: u16) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    tiff.extend(number.to_be_bytes());
    tiff.extend([0; 6]);
    tiff
}

/// A JPEG whose frame header is changed: marker and bits of a sample.
pub fn with_frame(jpeg: &[u8], marker: u8, precision: u8) -> Vec<u8> {
    let mut jpeg = jpeg.to_vec();
    let at = frame(&jpeg);
    (jpeg[at + 1], jpeg[at + 4]) = (marker, precision);
    jpeg
}

/// A JPEG that states another size.
pub fn with_size(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = jpeg.to_vec();
    let at = frame(&jpeg);
    jpeg[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

fn frame(jpeg: &[u8]) -> usize {
    jpeg.windows(2).position(|pair| matches!(pair, [0xFF, 0xC0..=0xC2])).unwrap()
}

/// One chunk of a PNG.
pub fn chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = (body.len() as u32).to_be_bytes().to_vec();
    chunk.extend(name);
    chunk.extend(body);
    chunk.extend(crc32fast::hash(&chunk[4..]).to_be_bytes());
    chunk
}

pub fn deflated(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

/// A PNG out of its rows as they are stored, filter bytes included.
pub fn png(
    (width, height): (usize, usize),
    (depth, color, interlace): (u8, u8, u8),
    between: &[u8],
    rows: &[u8],
) -> Vec<u8> {
    let mut header = (width as u32).to_be_bytes().to_vec();
    header.extend((height as u32).to_be_bytes());
    header.extend([depth, color, 0, 0, interlace]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(chunk(*b"IHDR", &header));
    png.extend(between);
    for part in deflated(rows).chunks(1 << 16) {
        png.extend(chunk(*b"IDAT", part));
    }
    png.extend(chunk(*b"IEND", b""));
    png
}

/// Rows of samples with a filter byte each.
pub fn filtered(samples: &[u8], row: usize) -> Vec<u8> {
    samples.chunks(row).flat_map(|row| [&[0], row].concat()).collect()
}

/// An 8-bit RGB PNG.
pub fn png_of(scene: &Scene) -> Vec<u8> {
    let rows = filtered(&scene.rgb, scene.width * 3);
    png((scene.width, scene.height), (8, 2, 0), b"", &rows)
}

/// The same in the seven passes of Adam7.
pub fn interlaced(scene: &Scene) -> Vec<u8> {
    let mut rows = Vec::new();
    for (x0, y0, dx, dy) in [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ] {
        for y in (y0..scene.height).step_by(dy).filter(|_| x0 < scene.width) {
            rows.push(0);
            for x in (x0..scene.width).step_by(dx) {
                rows.extend(&scene.rgb[(y * scene.width + x) * 3..][..3]);
            }
        }
    }
    png((scene.width, scene.height), (8, 2, 1), b"", &rows)
}

/// A lossless WebP.
pub fn webp_of(scene: &Scene) -> Vec<u8> {
    let mut webp = Vec::new();
    let (width, height) = (scene.width as u32, scene.height as u32);
    image_webp::WebPEncoder::new(&mut webp)
        .encode(&scene.rgb, width, height, image_webp::ColorType::Rgb8)
        .unwrap();
    webp
}

/// A chunk of a RIFF file.
pub fn riff(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = name.to_vec();
    chunk.extend((body.len() as u32).to_le_bytes());
    chunk.extend(body);
    chunk.resize(chunk.len().next_multiple_of(2), 0);
    chunk
}

/// A WebP of these chunks.
pub fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    riff(*b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
}

/// The chunk that says what a WebP holds.
pub fn extended(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let mut body = vec![flags, 0, 0, 0];
    body.extend(&(width - 1).to_le_bytes()[..3]);
    body.extend(&(height - 1).to_le_bytes()[..3]);
    riff(*b"VP8X", &body)
}

/// Lossy WebP, which nothing here can write: quarters of 64 × 48 pixels.
pub const LOSSY: &[u8] = include_bytes!("files/lossy.webp");
/// The same with its lower right quarter transparent.
pub const LOSSY_ALPHA: &[u8] = include_bytes!("files/lossy-alpha.webp");
/// Quarters of 64 × 48 pixels as HEIC.
pub const HEIC: &[u8] = include_bytes!("files/upright.heic");

/// An animation of two lossy pictures.
pub fn animated() -> Vec<u8> {
    let mut frame = vec![0; 6];
    frame.extend(&63_u32.to_le_bytes()[..3]);
    frame.extend(&47_u32.to_le_bytes()[..3]);
    frame.extend([100, 0, 0, 0]);
    frame.extend(&LOSSY[12..]);
    let frame = riff(*b"ANMF", &frame);
    webp(&[extended(0b10, 64, 48), riff(*b"ANIM", &[0; 6]), frame.clone(), frame])
}
