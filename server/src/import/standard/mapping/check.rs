//! What a mapping cannot mean.

use domain::deadline::{Limit, Unit};
use domain::matching::MAX_MATCH_RADIUS;

use super::{Lead, Mapping, Override};
use crate::import::taxonomy::target;
use crate::import::text;

impl Mapping {
    /// Says the first thing that is wrong.
    pub(super) fn check(&self) -> Result<(), String> {
        self.check_words()?;
        self.check_limits()?;
        for (unit, targets) in &self.units {
            for named in targets.named() {
                target(named).map_err(|why| format!("units.{unit:?}: {why}"))?;
            }
        }
        Self::check_radius("defaults", self.defaults.match_radius_m)?;
        for (code, category) in &self.categories {
            Self::check_override(code, category)?;
        }
        Ok(())
    }

    fn check_words(&self) -> Result<(), String> {
        if let Some(standard) = &self.standard {
            text::code("standard", standard)?;
        }
        match &self.lead {
            Some(Lead::Word(word)) if word != "first" => {
                return Err(format!("lead {word:?} is neither \"first\" nor a list of targets"));
            }
            Some(Lead::Preferred(targets)) => {
                targets.iter().try_for_each(|named| target(named).map(drop))?;
            }
            _ => {}
        }
        let prefixes = [&self.codes.component, &self.codes.event];
        for prefix in prefixes.into_iter().flatten() {
            text::code("codes", prefix)?;
        }
        Ok(())
    }

    fn check_limits(&self) -> Result<(), String> {
        for (word, unit) in self.limits.units.iter().filter(|(_, unit)| !unit.is_empty()) {
            if !Unit::ALL.iter().any(|known| known.word() == unit) {
                let known = Unit::ALL.map(Unit::word).join(", ");
                return Err(format!("limits.units.{word:?}: {unit:?} is none of {known}"));
            }
            if Unit::ALL.iter().any(|known| known.word() == word && word != unit) {
                return Err(format!("limits.units.{word:?}: it means itself already"));
            }
        }
        for (text, limit) in self.limits.texts.iter().filter(|(_, limit)| !limit.is_empty()) {
            let read: Result<Limit, _> = limit.parse();
            read.map_err(|error| format!("limits.texts.{text:?}: {limit:?}: {error}"))?;
        }
        Ok(())
    }

    fn check_radius(place: &str, radius_m: Option<f64>) -> Result<(), String> {
        let most = MAX_MATCH_RADIUS.0;
        match radius_m {
            Some(radius) if !(radius > 0.0 && radius <= most) => {
                Err(format!("{place}.match_radius_m {radius} is not above 0 and at most {most}"))
            }
            _ => Ok(()),
        }
    }

    fn check_override(code: &str, category: &Override) -> Result<(), String> {
        if let Some(family) = &category.family {
            text::code("family", family)?;
        }
        Self::check_radius(&format!("categories.{code}"), category.match_radius_m)
    }
}
