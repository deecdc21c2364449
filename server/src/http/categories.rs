//! `/categories`: the taxonomy, of every standard.

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use domain::access::{Action, Role, Subject, may};
use domain::taxonomy::{Category, Condition, Group, Responsible};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::ListProblems;
use crate::problem::Error;
use crate::spelled::Spelled;

/// Of which standard, for which year.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CategoryQuery {
    /// Only categories of this standard.
    #[param(example = "city")]
    standard: Option<String>,
    /// Only conditions that count in this evaluation year.
    #[param(example = 2026)]
    counts_for: Option<i16>,
    /// Conditions that are not published too (the office and administrators only).
    #[serde(default)]
    unpublished: bool,
}

/// Whom a standard itself makes responsible 责任主体.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"lead": "shizheng", "cooperating": ["@subdistrict", "@owner"]}))]
pub struct ResponsibleView {
    /// Who answers for it: a bureau's code, or a symbol that is resolved where the problem is.
    pub lead: String,
    /// Who helps.
    pub cooperating: Vec<String>,
}

/// A condition 立案条件.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ConditionView {
    /// Its code.
    pub code: String,
    /// What must be seen to file it.
    pub opens_when: String,
    /// What must be seen to close it.
    pub closes_when: String,
    /// 1 is the gravest.
    pub gravity: u8,
    /// 处置时限; empty where there is none.
    pub limit: String,
    /// 处置时限 as its source wrote it, where that reads otherwise.
    pub limit_text: Option<String>,
    /// Whether it may be reported and filed by.
    pub published: bool,
    /// Why it may not.
    pub unpublished_why: Option<String>,
    /// Whom its standard makes responsible, where it says.
    pub responsible: Option<ResponsibleView>,
    /// The evaluation years it counts for; none for every year.
    pub counts_for: Vec<i16>,
}

/// A category 小类.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "0101", "standard": "city", "group": "event", "class": "市容环境",
    "name": "暴露垃圾", "name_en": "Exposed rubbish", "pinyin": "bao lu la ji", "initials": "bllj", "counted": false, "aliases": ["垃圾", "乱倒垃圾"], "family": "0101", "conditions": [{"code": "0101A",
    "opens_when": "公共场所散落 ≥ 1 m²", "closes_when": "清净", "gravity": 1, "limit": "2紧急工作时",
    "limit_text": "2小时", "published": true, "unpublished_why": null, "responsible":
    {"lead": "huanwei", "cooperating": ["@subdistrict"]}, "counts_for": [2026]}]}))]
pub struct CategoryView {
    /// Its code.
    pub code: String,
    /// The standard it belongs to, for example `city` or `civilized`.
    pub standard: String,
    /// `component` or `event`.
    pub group: String,
    /// Big class 大类.
    pub class: String,
    /// Its name.
    pub name: String,
    /// Its English name.
    pub name_en: Option<String>,
    /// Its name in pinyin without tones, a space after each syllable, ü as v: to be found by typing it.
    pub pinyin: String,
    /// The initials of those syllables.
    pub initials: String,
    /// Whether it can be counted (`PUT /counts/{id}`): of n seen, k were right.
    pub counted: bool,
    /// Other words that people use for it 别名.
    pub aliases: Vec<String>,
    /// Reports of one family can be the same problem.
    pub family: String,
    /// Its conditions, the gravest first.
    pub conditions: Vec<ConditionView>,
}

/// Every category.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CategoryList {
    /// By code.
    pub items: Vec<CategoryView>,
}

/// List the taxonomy
///
/// Categories with their conditions, closing conditions and limits, of every standard. What nothing
/// can be filed by (a category of which no condition is published) is left out, unless the office
/// asks for it.
#[utoipa::path(tag = "reference", operation_id = "list_categories", params(CategoryQuery),
    responses((status = 200, description = "Every category.", body = CategoryList), ListProblems))]
#[get("/categories")]
pub async fn list_categories(
    app: Data<App>,
    who: SignedIn,
    query: Query<CategoryQuery>,
) -> Result<Json<CategoryList>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ListCategories, &Subject::None)?;
    if query.unpublished && !matches!(actor.role, Role::Office | Role::Admin) {
        return Err(Error::Forbidden);
    }
    let gazetteer = app.gazetteer();
    let items = gazetteer.categories().filter_map(|category| query.view(category)).collect();
    Ok(Json(CategoryList { items }))
}

impl CategoryQuery {
    /// A category with the conditions that are asked for; none where there are none.
    pub(super) fn view(&self, category: &Category) -> Option<CategoryView> {
        if self.standard.as_ref().is_some_and(|wanted| *wanted != category.standard) {
            return None;
        }
        let wanted = |condition: &&Condition| {
            (self.unpublished || condition.published)
                && self.counts_for.is_none_or(|year| condition.counts_in(year))
        };
        let conditions: Vec<ConditionView> =
            category.conditions.iter().filter(wanted).map(ConditionView::from).collect();
        if conditions.is_empty() && !category.conditions.is_empty() {
            return None;
        }
        let Spelled { pinyin, initials } = Spelled::of(&category.name);
        Some(CategoryView {
            code: category.code.clone(),
            standard: category.standard.clone(),
            group: match category.group {
                Group::Component => "component".to_owned(),
                Group::Event => "event".to_owned(),
            },
            class: category.class.clone(),
            name: category.name.clone(),
            pinyin,
            initials,
            counted: category.counted,
            name_en: category.name_en.clone(),
            aliases: category.aliases.clone(),
            family: category.family.clone(),
            conditions,
        })
    }
}

impl From<&Condition> for ConditionView {
    fn from(condition: &Condition) -> Self {
        Self {
            code: condition.code.clone(),
            opens_when: condition.opens_when.clone(),
            closes_when: condition.closes_when.clone(),
            gravity: condition.gravity,
            limit: condition.limit.clone(),
            limit_text: condition.limit_text.clone(),
            published: condition.published,
            unpublished_why: condition.unpublished_why.clone(),
            responsible: condition.responsible.as_ref().map(ResponsibleView::from),
            counts_for: condition.counts_for.clone(),
        }
    }
}

impl From<&Responsible> for ResponsibleView {
    fn from(responsible: &Responsible) -> Self {
        Self {
            lead: responsible.lead.to_string(),
            cooperating: responsible.cooperating.iter().map(ToString::to_string).collect(),
        }
    }
}
