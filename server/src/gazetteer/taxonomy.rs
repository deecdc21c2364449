//! Categories and conditions by code.

use std::collections::{BTreeMap, HashMap};

use domain::deadline::Limit;
use domain::likely::Lexicon;
use domain::taxonomy::{Category, Condition};

use super::items::ConditionItem;

/// The taxonomy, indexed.
#[derive(Debug, Default)]
pub(super) struct Taxonomy {
    pub(super) categories: BTreeMap<String, Category>,
    /// Category and place among its conditions, by condition code.
    conditions: HashMap<String, (String, usize)>,
    limits: HashMap<String, Limit>,
    pub(super) lexicon: Lexicon,
}

impl Taxonomy {
    /// Puts conditions into their categories, gravest first. The error says what does not fit.
    pub(super) fn new(
        categories: Vec<Category>,
        mut conditions: Vec<ConditionItem>,
    ) -> Result<Self, String> {
        conditions.sort_by(|a, b| {
            let order =
                |item: &ConditionItem| (item.condition.gravity, item.condition.code.clone());
            order(a).cmp(&order(b))
        });
        let categories = categories.into_iter().map(|category| (category.code.clone(), category));
        let mut taxonomy = Self { categories: categories.collect(), ..Self::default() };
        conditions.into_iter().try_for_each(|item| taxonomy.add(item))?;
        taxonomy.lexicon = Lexicon::new(taxonomy.categories.values());
        Ok(taxonomy)
    }

    fn add(&mut self, item: ConditionItem) -> Result<(), String> {
        let ConditionItem { category: code, condition } = item;
        let Some(category) = self.categories.get_mut(&code) else {
            return Err(format!("condition {} is of category {code}, unknown", condition.code));
        };
        if !condition.limit.is_empty() {
            let limit = condition.limit.parse();
            let limit = limit.map_err(|error| format!("condition {}: {error}", condition.code))?;
            self.limits.insert(condition.code.clone(), limit);
        }
        self.conditions.insert(condition.code.clone(), (code, category.conditions.len()));
        category.conditions.push(condition);
        Ok(())
    }

    pub(super) fn condition(&self, code: &str) -> Option<(&Category, &Condition)> {
        let (category, index) = self.conditions.get(code)?;
        let category = self.categories.get(category)?;
        Some((category, category.conditions.get(*index)?))
    }

    pub(super) fn limit(&self, condition: &str) -> Option<&Limit> {
        self.limits.get(condition)
    }
}
