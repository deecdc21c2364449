//! The columns of a standard, and the headers cities give them.

use serde::Deserialize;

/// A column that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum Field {
    /// 大类代码.
    ClassCode,
    /// 大类名称.
    Class,
    /// 小类代码.
    Code,
    /// 小类名称.
    Name,
    /// 立案条件.
    OpensWhen,
    /// 结案条件.
    ClosesWhen,
    /// 处置时限.
    Limit,
    /// 责任主体.
    Units,
}

/// Every column; [`Field::index`] is its place here.
pub(in super::super) const FIELDS: [Field; 8] = [
    Field::ClassCode,
    Field::Class,
    Field::Code,
    Field::Name,
    Field::OpensWhen,
    Field::ClosesWhen,
    Field::Limit,
    Field::Units,
];

impl Field {
    /// Its place in [`FIELDS`].
    pub(in super::super) fn index(self) -> usize {
        self as usize
    }

    /// Its key in `[columns]`.
    pub(in super::super) fn key(self) -> &'static str {
        match self {
            Self::ClassCode => "class_code",
            Self::Class => "class",
            Self::Code => "code",
            Self::Name => "name",
            Self::OpensWhen => "opens_when",
            Self::ClosesWhen => "closes_when",
            Self::Limit => "limit",
            Self::Units => "units",
        }
    }

    /// The headers it is known by unless the mapping says others.
    pub(in super::super) fn headers(self) -> &'static [&'static str] {
        match self {
            Self::ClassCode => &["大类代码", "大类编码", "大类编号"],
            Self::Class => &["大类名称", "大类"],
            Self::Code => &["小类代码", "小类编码", "小类编号"],
            Self::Name => &["小类名称", "小类"],
            Self::OpensWhen => &["立案条件", "立案标准"],
            Self::ClosesWhen => &["结案条件", "结案标准"],
            Self::Limit => &["处置时限", "处理时限", "办理时限"],
            Self::Units => &["责任主体", "责任单位", "处置单位", "处置主体"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_knows_its_place() {
        assert!(FIELDS.into_iter().enumerate().all(|(place, field)| field.index() == place));
    }
}
