//! Which settings there are: what serde knows of the structures they are read into.

use serde::de::value::Error;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

use crate::config::{
    BaseMapSettings, ChangeSettings, EvidenceSettings, LinkSettings, NoticeSettings,
    OperationSettings, PaperSettings, PhotoSettings, RateSettings, Settings, SignInSettings,
    VerificationSettings,
};

/// The dotted key of every setting, in the order of a file.
pub(super) fn known() -> impl Iterator<Item = String> {
    let sections = [
        ("operations", of::<OperationSettings>()),
        ("photos", of::<PhotoSettings>()),
        ("evidence", of::<EvidenceSettings>()),
        ("verification", of::<VerificationSettings>()),
        ("paper", of::<PaperSettings>()),
        ("links", of::<LinkSettings>()),
        ("notices", of::<NoticeSettings>()),
        ("sign_in", of::<SignInSettings>()),
        ("rates", of::<RateSettings>()),
        ("changes", of::<ChangeSettings>()),
        ("base_map", of::<BaseMapSettings>()),
    ];
    let is_section = move |name: &str| sections.iter().any(|(section, _)| *section == name);
    let plain = of::<Settings>().iter().filter(move |name| !is_section(name));
    let plain = plain.map(|name| (*name).to_owned());
    let within = |(section, names): (&'static str, &'static [&'static str])| {
        names.iter().map(move |name| format!("{section}.{name}"))
    };
    plain.chain(sections.into_iter().flat_map(within))
}

/// The names of a structure's fields.
fn of<T: Deserialize<'static>>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // It never succeeds: it is asked only for the names.
    drop(T::deserialize(Probe(&mut names)));
    names
}

struct Probe<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        Err(Error::custom("only asked for its fields"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::custom("no structure"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
