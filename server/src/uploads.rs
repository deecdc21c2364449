//! Photos that come in parts (tus 1.0): who writes which, and how their bytes get to the disk.

mod address;
mod feed;
mod sum;
mod turns;
mod writer;

pub use address::UploadId;
pub(crate) use address::{file_name, key_of_file};
pub use feed::{Ending, Fed, Feed, feed};
pub use sum::Sum;
pub use turns::{Turn, Uploads};
pub use writer::{Came, Writing, write};
