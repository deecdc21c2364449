//! Which jurisdiction (辖区) a position lies in.

mod hierarchy;
mod level;
mod locate;
mod nesting;
mod outline;

use std::collections::HashMap;

use geo::MultiPolygon;
use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};

pub use level::{Level, UnknownLevel};
pub use locate::{BORDER, Located, Placement};
pub use nesting::Misfit;

use outline::Outline;

/// An area with its borders, as it is imported.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaShape {
    /// The area's code, unique among areas of all levels.
    pub code: String,
    /// Its Chinese name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The code of the area it is part of; none for a district.
    pub parent: Option<String>,
    /// Its ground: x is the longitude, y the latitude, in WGS-84 degrees. May not cross the 180th
    /// meridian.
    pub shape: MultiPolygon<f64>,
}

/// Why a set of areas cannot be indexed. Each variant names the first area at fault, by code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AreaError {
    /// Two areas share a code.
    #[error("two areas have the code `{0}`")]
    DuplicateCode(String),
    /// An area names a parent that is not in the set.
    #[error("area `{code}` is part of `{parent}`, which is not there")]
    UnknownParent {
        /// The area at fault.
        code: String,
        /// The parent it names.
        parent: String,
    },
    /// An area is, by way of its parents, part of itself.
    #[error("area `{0}` is part of itself")]
    ParentCycle(String),
    /// An area's shape has no polygon, or one without three finite corners.
    #[error("area `{0}` covers nothing")]
    EmptyShape(String),
}

/// The areas of all levels, indexed by code, by parent and by where they lie.
#[derive(Debug, Clone)]
pub struct AreaIndex {
    areas: Vec<AreaShape>,
    by_code: HashMap<String, usize>,
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    /// One entry per polygon, so that an exclave does not stretch its area's box.
    parts: RTree<GeomWithData<Rectangle<[f64; 2]>, Part>>,
}

/// One polygon of an area's shape.
#[derive(Debug, Clone)]
struct Part {
    area: usize,
    outline: Outline,
}

impl AreaIndex {
    /// Index `areas`, keeping their order.
    ///
    /// # Errors
    /// [`AreaError`] when the areas are no forest or one covers nothing.
    pub fn new(areas: Vec<AreaShape>) -> Result<Self, AreaError> {
        let by_code = hierarchy::by_code(&areas)?;
        let parents = hierarchy::parents(&areas, &by_code)?;
        let children = hierarchy::children(&parents);
        let mut parts = Vec::new();
        for (area, shape) in areas.iter().enumerate() {
            let empty = || AreaError::EmptyShape(shape.code.clone());
            if shape.shape.0.is_empty() {
                return Err(empty());
            }
            for polygon in &shape.shape {
                let outline = Outline::new(polygon).ok_or_else(empty)?;
                let envelope = outline.grown_box(BORDER);
                parts.push(GeomWithData::new(envelope, Part { area, outline }));
            }
        }
        Ok(Self { areas, by_code, parents, children, parts: RTree::bulk_load(parts) })
    }

    /// The areas, in the order given to [`AreaIndex::new`].
    pub fn areas(&self) -> &[AreaShape] {
        &self.areas
    }

    /// The index, in [`AreaIndex::areas`], of the area with this code.
    pub fn index_of(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The indices of the area with this code and of all areas below it, the area first, each
    /// before those below it. Empty when there is no such area.
    pub fn within(&self, code: &str) -> Vec<usize> {
        let mut found: Vec<usize> = self.index_of(code).into_iter().collect();
        let mut next = 0;
        while let Some(&area) = found.get(next) {
            found.extend(&self.children[area]);
            next += 1;
        }
        found
    }

    /// The area that the one with this code lies in at `level`: itself or one above it, and the finest
    /// that is coarser where its chain has none of that level. None where there is no such area.
    pub fn at_level(&self, code: &str, level: Level) -> Option<&AreaShape> {
        let chain = self.chain(self.index_of(code)?);
        chain.into_iter().map(|area| &self.areas[area]).find(|area| area.level <= level)
    }

    /// The area and all it is part of, finest first.
    fn chain(&self, area: usize) -> Vec<usize> {
        std::iter::successors(Some(area), |&area| self.parents[area]).collect()
    }
}

#[cfg(test)]
mod tests;
