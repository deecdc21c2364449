//! Cities' standards: workbooks and tables.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhoubian::import::{FileKind, Options, Source, read};

/// What it leaves to be said, as an office writes it.
const MAPPING: &str = r#"
    lead = "first"
    [sheets]
    "standard.csv" = "component"
    [limits.units]
    "天" = "自然日"
    "小时" = "紧急工作时"
    [units]
    "市政中心" = "shizheng"
    "所属街办" = "@subdistrict"
    "产权单位" = "@owner"
"#;

fuzz_target!(|bytes: &[u8]| {
    for name in ["standard.xlsx", "standard.csv"] {
        let source = Source::new(FileKind::Standard, name, bytes);
        let _ = read(&source);
        let options = Options { mapping: Some(MAPPING.to_owned()), ..Options::default() };
        let _ = read(&Source { options, ..source });
    }
});
