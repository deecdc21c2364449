//! How somebody else has to look at an issue, and why this way.

use domain::workflow::{Draw, Owed, Way};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A draw 抽样, as anybody can reckon it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CheckDraw, example = json!({"seed": "zhoubian", "of": "412", "percent": 30, "number": 2117,
    "raised_by": null, "raised_left": null}))]
pub struct DrawView {
    /// The published seed.
    pub seed: String,
    /// What was drawn for: the issue's number, or the report's id where its finder fixed it.
    pub of: String,
    /// The share, per cent.
    pub percent: u32,
    /// The first 8 bytes of SHA-256 of `seed/of/at` modulo 10,000, `at` being when the rectification arrived in
    /// microseconds since 1970: below `percent` × 100 it is looked at.
    pub number: u32,
    /// The issue whose failed check raised the bureau's share; null where it is everybody's.
    #[schema(required)]
    pub raised_by: Option<i64>,
    /// How many more of the bureau's rectifications have the higher share.
    #[schema(required)]
    pub raised_left: Option<u32>,
}

impl DrawView {
    fn new(draw: &Draw) -> Self {
        let (seed, of) = (draw.seed.clone(), draw.of.clone());
        let raised = draw.raised.as_ref();
        Self {
            seed,
            of,
            percent: draw.percent,
            number: draw.number,
            raised_by: raised.map(|raised| raised.issue),
            raised_left: raised.map(|raised| raised.left),
        }
    }
}

/// A look that is owed 核查, and why this way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Check, example = json!({"way": "on_site", "because": "drawn", "draw": {"seed": "zhoubian", "of": "412",
    "percent": 30, "number": 2117, "raised_by": null, "raised_left": null}}))]
pub struct CheckView {
    /// `on_site` or `desk`.
    #[schema(value_type = String)]
    pub way: Way,
    /// `every` (all of its gravity are), `rework` (it failed before), `contradicted` (a later report says it is not
    /// done), `drawn` or `left_out` (by the draw).
    pub because: String,
    /// The draw, where there was one.
    #[schema(required)]
    pub draw: Option<DrawView>,
}

impl CheckView {
    /// What is owed, for people.
    pub fn new(owed: &Owed) -> Self {
        Self {
            way: owed.way,
            because: owed.because.word().to_owned(),
            draw: owed.because.draw().map(DrawView::new),
        }
    }
}
