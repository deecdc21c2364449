//! The kinds of reference items.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a reference item is. In the order in which kinds may name one another: an item names only
/// items of its own kind or of those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What holds for the whole installation; one item, [`Kind::THE_ONE`].
    District,
    /// A year of the statutory calendar, by its number.
    Calendar,
    /// A jurisdiction 辖区.
    Area,
    /// A fixed anchor 固定点位.
    Point,
    /// A back street or compound 场所.
    Place,
    /// A responsible unit 责任单位.
    Bureau,
    /// What can be wrong 小类, without its conditions.
    Category,
    /// A gravity 立案条件 of a category.
    Condition,
    /// A kind of site, such as main roads.
    SiteKind,
    /// What is looked at on the sites of a kind 检查项.
    CheckItem,
    /// Any place with a checklist 测评点位.
    Site,
    /// Something of use on the street 设施.
    Facility,
    /// Where and when stalls are allowed 疏导点.
    PermittedZone,
    /// A camera that can be a source 视频点位.
    Camera,
    /// Who answers for a place 包保.
    Duty,
    /// The division of work; one item, [`Kind::THE_ONE`].
    Rules,
    /// A time with shorter limits 迎检时限.
    LimitPeriod,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 17] = [
        Self::District,
        Self::Calendar,
        Self::Area,
        Self::Point,
        Self::Place,
        Self::Bureau,
        Self::Category,
        Self::Condition,
        Self::SiteKind,
        Self::CheckItem,
        Self::Site,
        Self::Facility,
        Self::PermittedZone,
        Self::Camera,
        Self::Duty,
        Self::Rules,
        Self::LimitPeriod,
    ];

    /// The code of an item of which there is only one.
    pub const THE_ONE: &str = "default";

    /// The word for it in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Calendar => "calendar",
            Self::Area => "area",
            Self::Point => "point",
            Self::Place => "place",
            Self::Bureau => "bureau",
            Self::Category => "category",
            Self::Condition => "condition",
            Self::SiteKind => "site_kind",
            Self::CheckItem => "check_item",
            Self::Site => "site",
            Self::Facility => "facility",
            Self::PermittedZone => "permitted_zone",
            Self::Camera => "camera",
            Self::Duty => "duty",
            Self::Rules => "rules",
            Self::LimitPeriod => "limit_period",
        }
    }

    /// The kind of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
