//! From the text of units to whom it means, with what the mapping says.

use domain::routing::Target;
use domain::taxonomy::Responsible;

use super::mapping::{Lead, Mapping};
use super::squeezed;
use crate::import::taxonomy::target;

/// What stands between units whatever they are called. 和 and 及 do too, and are parts of names as
/// well (住房和城乡建设局): there it depends on what the mapping knows.
const BETWEEN: [char; 7] = ['、', '，', ',', ';', '；', '\n', '/'];
const AND: [char; 2] = ['和', '及'];
/// How many units may stand between 和 and 及 without another mark.
const DEPTH: u8 = 8;

/// Whom a text means, and what of it the mapping does not cover.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// In the order of the text, none twice.
    pub targets: Vec<Target>,
    /// Texts of single units that the mapping has no line for.
    pub unknown: Vec<String>,
}

impl Mapping {
    /// Takes a text of units apart.
    pub(super) fn named(&self, text: &str) -> Named {
        let lines: Vec<String> = text.lines().map(squeezed).collect();
        let text = lines.join("\n");
        let mut named = Named::default();
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let skipped = rest.trim_start_matches(BETWEEN);
            let known = without_and(skipped).find_map(|at| Some((at, self.known_at(at, DEPTH)?)));
            let (from, length) =
                known.unwrap_or_else(|| (skipped, skipped.find(BETWEEN).unwrap_or(skipped.len())));
            self.take(&from[..length], &mut named);
            rest = &from[length..];
        }
        named
    }

    /// How long the longest text is that the mapping has a line for at this place; 各 may stand
    /// before it.
    fn known_at(&self, rest: &str, depth: u8) -> Option<usize> {
        let each = rest.strip_prefix('各');
        let lengths = self.units.keys().filter_map(|key| {
            let key = squeezed(key);
            let text = [Some(rest), each].into_iter().flatten().find(|text| text.starts_with(&key));
            text.filter(|_| !key.is_empty()).map(|text| rest.len() - text.len() + key.len())
        });
        lengths.filter(|length| self.ends(&rest[*length..], depth)).max()
    }

    /// Whether a unit may end before this: with the text, at a mark, or at 和 or 及 where the mapping
    /// knows what follows.
    fn ends(&self, rest: &str, depth: u8) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        rest.is_empty()
            || rest.starts_with(BETWEEN)
            || without_and(rest).skip(1).any(|after| self.known_at(after, depth).is_some())
    }

    fn take(&self, piece: &str, named: &mut Named) {
        let line = self.line(piece).or_else(|| self.line(piece.strip_prefix('各')?));
        let Some(targets) = line else {
            let unknown = piece.trim_start_matches('及').to_owned();
            if !unknown.is_empty() && !named.unknown.contains(&unknown) {
                named.unknown.push(unknown);
            }
            return;
        };
        for target in targets {
            if !named.targets.contains(&target) {
                named.targets.push(target);
            }
        }
    }

    /// The mapping's line for a text, filled in.
    fn line(&self, text: &str) -> Option<Vec<Target>> {
        let (_, targets) = self.units.iter().find(|(key, _)| squeezed(key) == text)?;
        let targets: Option<Vec<Target>> =
            targets.named().into_iter().map(|named| target(named).ok()).collect();
        targets.filter(|targets| !targets.is_empty())
    }

    /// Which of these leads, and that the others cooperate; none of none.
    pub(super) fn responsible(&self, targets: &[Target]) -> Option<Responsible> {
        let preferred: &[String] = match &self.lead {
            Some(Lead::Preferred(preferred)) => preferred,
            _ => &[],
        };
        let wanted = preferred.iter().filter_map(|named| target(named).ok());
        let lead = wanted.into_iter().find(|target| targets.contains(target));
        let lead = lead.or_else(|| targets.first().cloned())?;
        let cooperating = targets.iter().filter(|target| **target != lead).cloned().collect();
        Some(Responsible { lead, cooperating })
    }
}

/// A text, and what is left of it without one 和 or 及 in front, without two, and so on: names begin
/// with them too (和平街道办).
fn without_and(text: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(text), |text| text.strip_prefix(AND))
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNITS: &str = r#"
        [units]
        "所属街办" = "@subdistrict"
        "属地行政执法部门" = "@enforcement"
        "产权单位" = "@owner"
        "市政中心" = "shizheng"
        "市住房和城乡建设局" = "zhujian"
        "环卫部门" = "huanwei"
        "各供油、供气部门" = ["gongyou", "gongqi"]
        "水务局" = ""
        "和平街道办" = "heping"
    "#;

    fn named(text: &str) -> (Vec<String>, Vec<String>) {
        let named = Mapping::read(UNITS).unwrap().named(text);
        (named.targets.iter().map(ToString::to_string).collect(), named.unknown)
    }

    fn targets(text: &str) -> Vec<String> {
        let (targets, unknown) = named(text);
        assert_eq!(unknown, Vec::<String>::new(), "{text}");
        targets
    }

    #[test]
    fn units_are_told_apart_at_every_mark_cities_use() {
        assert_eq!(targets("所属街办、属地行政执法部门"), ["@subdistrict", "@enforcement"]);
        assert_eq!(
            targets("\n市政中心，所属街办;环卫部门"),
            ["shizheng", "@subdistrict", "huanwei"]
        );
        assert_eq!(targets("市政中心\n环卫部门、"), ["shizheng", "huanwei"]);
        assert_eq!(targets("市政中心、市政中心"), ["shizheng"]);
        assert_eq!(targets("市政 中心"), ["shizheng"], "a stray blank");
    }

    #[test]
    fn and_is_a_mark_only_where_both_sides_are_known() {
        assert_eq!(targets("市住房和城乡建设局"), ["zhujian"]);
        assert_eq!(targets("属地行政执法部门和环卫部门"), ["@enforcement", "huanwei"]);
        assert_eq!(targets("属地行政执法部门和和环卫部门"), ["@enforcement", "huanwei"]);
        assert_eq!(targets("市住房和城乡建设局及市政中心"), ["zhujian", "shizheng"]);
        assert_eq!(targets("市政中心、及各产权单位"), ["shizheng", "@owner"]);
        assert_eq!(targets("市政中心和和平街道办、和平街道办"), ["shizheng", "heping"]);
        assert_eq!(named("市政中心和园林局"), (vec![], vec!["市政中心和园林局".to_owned()]));
    }

    #[test]
    fn a_line_of_the_mapping_may_hold_marks_and_several_targets() {
        assert_eq!(
            targets("市政中心、各供油、供气部门、各产权单位"),
            ["shizheng", "gongyou", "gongqi", "@owner"]
        );
    }

    #[test]
    fn what_has_no_line_or_an_empty_one_is_listed_whole() {
        let unknown = vec!["水务局".to_owned(), "河道管理部门".to_owned()];
        assert_eq!(
            named("市政中心、水务局、河道管理部门、及水务局"),
            (vec!["shizheng".into()], unknown)
        );
    }

    #[test]
    fn the_first_named_leads_unless_another_is_preferred() {
        let lead = |rule: &str, text: &str| {
            let mapping = Mapping::read(&format!("{rule}\n{UNITS}")).unwrap();
            let named = mapping.named(text).targets;
            mapping
                .responsible(&named)
                .map(|found| (found.lead.to_string(), found.cooperating.len()))
        };
        assert_eq!(lead("", "市政中心、所属街办"), Some(("shizheng".into(), 1)));
        let prefer = "lead = [\"@owner\", \"@subdistrict\"]";
        assert_eq!(lead(prefer, "市政中心、所属街办"), Some(("@subdistrict".into(), 1)));
        assert_eq!(lead(prefer, "市政中心"), Some(("shizheng".into(), 0)));
        assert_eq!(lead(prefer, ""), None);
    }

    #[test]
    fn a_mapping_that_means_nothing_is_refused() {
        for (text, why) in [
            ("units.x = \"@nobody\"", "@nobody"),
            ("units.x = \"@standard\"", "itself"),
            ("units.x = \"a b\"", "no code"),
            ("lead = \"last\"", "lead"),
            ("limits.units.\"天\" = \"日\"", "none of"),
            ("limits.units.\"工作日\" = \"自然日\"", "itself"),
            ("limits.texts.x = \"soon\"", "soon"),
            ("colour = 1", "colour"),
            ("defaults.match_radius_m = 0.0", "match_radius_m"),
            ("categories.C0101.match_radius_m = 1e9", "match_radius_m"),
            ("categories.C0101.radius = 1.0", "radius"),
        ] {
            let refused = Mapping::read(text).unwrap_err();
            assert!(refused.contains(why), "{text}: {refused}");
        }
    }
}
