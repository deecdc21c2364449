//! In which language a file is written.

/// One of the two languages of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// 中文, unless something else is asked for.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// What an `Accept-Language` asks for (RFC 9110, 12.5.4): the one of the two that weighs more, the
    /// one named first where both weigh the same.
    pub fn asked(header: Option<&str>) -> Self {
        let mut best = (0.0, Self::Chinese);
        for range in header.unwrap_or_default().split(',') {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let weight =
                weight.trim().strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok());
            let weight = weight.unwrap_or(0.0);
            let language = Self::of(tag.trim());
            if let Some(language) = language.filter(|_| weight > best.0) {
                best = (weight, language);
            }
        }
        best.1
    }

    fn of(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" | "*" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// Its tag, for `Content-Language`.
    pub fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }

    /// The one of two texts that is in it.
    pub fn pick<T>(self, chinese: T, english: T) -> T {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}
