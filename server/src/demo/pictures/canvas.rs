//! A sheet of pixels and the few shapes that the pictures are made of.

/// Width in pixels.
pub(super) const WIDTH: u32 = 480;
/// Height in pixels.
pub(super) const HEIGHT: u32 = 360;

const CHANNELS: usize = 3;

/// Red, green, blue.
pub(super) type Colour = [u8; CHANNELS];

/// Pixels row by row; whatever lies outside the sheet is not drawn.
pub(super) struct Canvas(Vec<u8>);

impl Canvas {
    pub(super) fn new() -> Self {
        Self(vec![255; WIDTH as usize * HEIGHT as usize * CHANNELS])
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The colour of a pixel; white outside.
    pub(super) fn at(&self, [x, y]: [i32; 2]) -> Colour {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return [255; CHANNELS];
        };
        let from = (y * WIDTH as usize + x) * CHANNELS;
        let pixel = self.0.get(from..).and_then(|rest| rest.first_chunk());
        pixel.copied().unwrap_or([255; CHANNELS])
    }

    pub(super) fn dot(&mut self, x: i32, y: i32, colour: Colour) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
        if x < WIDTH && y < HEIGHT {
            let at = (y * WIDTH + x) as usize * CHANNELS;
            self.0[at..at + CHANNELS].copy_from_slice(&colour);
        }
    }

    /// A rectangle from its upper left corner.
    pub(super) fn rect(&mut self, [x, y]: [i32; 2], [width, height]: [i32; 2], colour: Colour) {
        for row in y..y + height {
            for column in x..x + width {
                self.dot(column, row, colour);
            }
        }
    }

    /// An ellipse by its centre and its two radii.
    pub(super) fn oval(&mut self, [x, y]: [i32; 2], [wide, high]: [i32; 2], colour: Colour) {
        for down in -high..=high {
            for right in -wide..=wide {
                if right * right * high * high + down * down * wide * wide
                    <= wide * wide * high * high
                {
                    self.dot(x + right, y + down, colour);
                }
            }
        }
    }

    /// A stroke of some thickness.
    pub(super) fn stroke(&mut self, [x, y]: [i32; 2], to: [i32; 2], thick: i32, colour: Colour) {
        let (dx, dy) = (to[0] - x, to[1] - y);
        let steps = dx.abs().max(dy.abs()).max(1);
        for step in 0..=steps {
            let corner = [x + dx * step / steps, y + dy * step / steps];
            self.rect(corner, [thick, thick], colour);
        }
    }

    /// A ring by its centre, its radius and its thickness.
    pub(super) fn ring(&mut self, [x, y]: [i32; 2], radius: i32, thick: i32, colour: Colour) {
        let (outer, inner) = (radius * radius, (radius - thick) * (radius - thick));
        for down in -radius..=radius {
            for right in -radius..=radius {
                if (inner..=outer).contains(&(right * right + down * down)) {
                    self.dot(x + right, y + down, colour);
                }
            }
        }
    }
}
