//! Which area is part of which.

use std::collections::HashMap;

use super::{AreaError, AreaShape};

pub(super) fn by_code(areas: &[AreaShape]) -> Result<HashMap<String, usize>, AreaError> {
    let mut by_code = HashMap::with_capacity(areas.len());
    for (index, area) in areas.iter().enumerate() {
        if by_code.insert(area.code.clone(), index).is_some() {
            return Err(AreaError::DuplicateCode(area.code.clone()));
        }
    }
    Ok(by_code)
}

/// The index of every area's parent; following them always ends.
pub(super) fn parents(
    areas: &[AreaShape],
    by_code: &HashMap<String, usize>,
) -> Result<Vec<Option<usize>>, AreaError> {
    let parent_of = |area: &AreaShape| match &area.parent {
        None => Ok(None),
        Some(parent) => by_code.get(parent).copied().map(Some).ok_or_else(|| {
            AreaError::UnknownParent { code: area.code.clone(), parent: parent.clone() }
        }),
    };
    let parents = areas.iter().map(parent_of).collect::<Result<Vec<_>, _>>()?;
    match (0..areas.len()).find(|&area| is_part_of_itself(area, &parents)) {
        Some(area) => Err(AreaError::ParentCycle(areas[area].code.clone())),
        None => Ok(parents),
    }
}

fn is_part_of_itself(area: usize, parents: &[Option<usize>]) -> bool {
    let above = std::iter::successors(parents[area], |&above| parents[above]);
    // Bounded, as an area below a cycle never comes back to itself.
    above.take(parents.len()).any(|above| above == area)
}

pub(super) fn children(parents: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); parents.len()];
    for (area, parent) in parents.iter().enumerate() {
        if let Some(parent) = *parent {
            children[parent].push(area);
        }
    }
    children
}
