//! Every table as a value, for what goes through all of them: backup, restore, check.
//!
//! Names and types come from [`crate::tables`], so a column that is added there is here as well. A
//! table that is added there has to be added to [`all`]; a test compares that with the databases.

use diesel::expression::Expression;
use diesel::query_source::Table;
use diesel::sql_types::{BigInt, Binary, Bool, Double, Integer, Nullable, Text};

use crate::columns::sql::{Document, Instant, Uuid};
use crate::tables;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 64 bits.
    Whole,
    /// A whole number of 32 bits.
    Small,
    /// Yes or no.
    Flag,
    /// Text.
    Text,
    /// A JSON document.
    Document,
    /// A number in double precision.
    Real,
    /// Bytes.
    Bytes,
    /// A UUID.
    Uuid,
    /// An instant.
    Instant,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be null.
    pub nullable: bool,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
}

impl Listed {
    fn of<T: Table<AllColumns: Columns>>(name: &'static str) -> Self {
        Self { name, columns: T::AllColumns::list() }
    }

    /// The names of its columns, quoted, for a statement.
    pub fn names(&self) -> String {
        let names: Vec<String> =
            self.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        names.join(", ")
    }
}

macro_rules! listed {
    ($($name:ident),* $(,)?) => {
        vec![$(Listed::of::<tables::$name::table>(stringify!($name))),*]
    };
}

/// Every table.
pub fn all() -> Vec<Listed> {
    listed![
        installation,
        feed_head,
        reference_item,
        rules_version,
        calendar_version,
        campaign,
        reference_import,
        account,
        sign_in_failure,
        machine_secret,
        handover,
        session,
        issue,
        issue_bureau,
        issue_offer,
        issue_point,
        issue_span,
        part_span,
        report,
        photo,
        photo_file,
        photo_mark,
        photo_alike,
        upload,
        event,
        feed,
        command,
        suggestion,
        observed_count,
        viewing,
        card,
        card_issue,
        card_event,
        card_number,
        card_rules,
        suspension,
        bulletin,
        verification_task,
        sample_raise,
        desk_wait,
        guest_link,
        guest_draft,
        notice_head,
        notice,
        notice_mark,
        channel,
        message,
    ]
}

/// What an SQL type holds.
trait Holds {
    const KIND: Kind;
    const NULLABLE: bool = false;
}

macro_rules! holds {
    ($($sql:ty => $kind:ident),* $(,)?) => { $(impl Holds for $sql { const KIND: Kind = Kind::$kind; })* };
}

holds! {
    BigInt => Whole,
    Integer => Small,
    Bool => Flag,
    Text => Text,
    Document => Document,
    Double => Real,
    Binary => Bytes,
    Uuid => Uuid,
    Instant => Instant,
}

impl<T: Holds + diesel::sql_types::SqlType<IsNull = diesel::sql_types::is_nullable::NotNull>> Holds
    for Nullable<T>
{
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;
}

/// A tuple of columns.
trait Columns {
    fn list() -> Vec<Column>;
}

macro_rules! columns {
    () => {};
    ($first:ident $($rest:ident)*) => {
        impl<$first, $($rest),*> Columns for ($first, $($rest,)*)
        where
            $first: diesel::query_source::Column + Expression<SqlType: Holds>,
            $($rest: diesel::query_source::Column + Expression<SqlType: Holds>,)*
        {
            fn list() -> Vec<Column> {
                vec![one::<$first>(), $(one::<$rest>()),*]
            }
        }
        columns!($($rest)*);
    };
}

columns!(A B C D E F G H I J K L M N O P Q R S T U V W X Y Z);

fn one<C: diesel::query_source::Column + Expression<SqlType: Holds>>() -> Column {
    Column { name: C::NAME, kind: C::SqlType::KIND, nullable: C::SqlType::NULLABLE }
}
