//! A base map 底图 of the operator's choice, drawn under the district's own.

use serde::{Deserialize, Serialize};
use url::Url;

/// A base map 底图: pictures of a map service or of the operator's own tile server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BaseMapSettings {
    /// Addresses of its layers, the lowest first, each with `{z}`, `{x}` and `{y}` for a tile in Web
    /// Mercator on WGS-84 or CGCS2000; one that begins with `/` is on the server's own address. None
    /// for a map of the district's own data alone.
    pub tiles: Vec<String>,
    /// Whose map it is, shown on it.
    pub attribution: String,
}

impl BaseMapSettings {
    /// Where tiles come from besides the server itself: what the pages' policy has to allow.
    pub fn origins(&self) -> Vec<String> {
        let mut origins: Vec<String> =
            self.tiles.iter().filter_map(|tiles| origin(tiles).ok().flatten()).collect();
        origins.sort();
        origins.dedup();
        origins
    }
}

/// The origin of a layer's tiles; none where it is the server's own.
///
/// # Errors
///
/// What is wrong with the address, and what to write instead.
pub(super) fn origin(tiles: &str) -> Result<Option<String>, &'static str> {
    if ["{z}", "{x}", "{y}"].iter().any(|part| !tiles.contains(part)) {
        return Err(
            "an address needs {z}, {x} and {y}, such as https://example.cn/{z}/{x}/{y}.png",
        );
    }
    if tiles.starts_with('/') && !tiles.starts_with("//") {
        return Ok(None);
    }
    let refused =
        "it is no address of tiles; write https://…/{z}/{x}/{y}.png, or /… on this server";
    let url = Url::parse(tiles).map_err(|_malformed| refused)?;
    // It becomes a part of a header that the pages rest on.
    let plain = |host: &str| {
        host.chars().all(|sign| sign.is_ascii_alphanumeric() || ".-:[]".contains(sign))
    };
    let is_web = matches!(url.scheme(), "http" | "https");
    match url.host_str() {
        Some(host) if is_web && plain(host) => Ok(Some(url.origin().ascii_serialization())),
        _ => Err(refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_of_tiles_is_what_the_policy_allows() {
        let tianditu =
            "https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=1";
        assert_eq!(origin(tianditu), Ok(Some("https://t0.tianditu.gov.cn".to_owned())));
        assert_eq!(
            origin("http://10.1.2.3:8099/{z}/{x}/{y}.png"),
            Ok(Some("http://10.1.2.3:8099".to_owned()))
        );
        assert_eq!(origin("/tiles/{z}/{x}/{y}.webp"), Ok(None));
        for wrong in [
            "https://example.cn/{z}/{x}.png",
            "//example.cn/{z}/{x}/{y}",
            "tiles/{z}/{x}/{y}",
            "javascript:{z}{x}{y}",
            "https://*/{z}/{x}/{y}",
            "https://t{s}.example.cn/{z}/{x}/{y}",
            "https://a'b;script-src/{z}/{x}/{y}",
        ] {
            assert!(origin(wrong).is_err(), "{wrong}");
        }
        let twice = BaseMapSettings {
            tiles: vec![tianditu.to_owned(), tianditu.replace("vec_w", "cva_w")],
            attribution: String::new(),
        };
        assert_eq!(twice.origins(), ["https://t0.tianditu.gov.cn"]);
    }
}
