//! Which values a setting may have, beyond its type.

use std::net::SocketAddr;

use toml::Value;
use tracing_subscriber::EnvFilter;

use super::{Settings, base_map, notices};

/// Numbers outside of which a setting makes no sense. What is not named here has its type's own.
const RANGES: &[(&str, i64, i64)] = &[
    ("threads", 1, 256),
    ("max_photo_mib", 1, 1024),
    ("max_json_kib", 16, 64 * 1024),
    ("max_import_mib", 1, 4096),
    ("operations.drain_notice_s", 0, 600),
    ("photos.memory_mib", 16, 1024 * 1024),
    ("photos.workers", 1, 256),
    ("photos.max_megapixels", 1, 2000),
    ("photos.uploads_at_once", 1, 100_000),
    ("photos.uploads_days", 1, 3650),
    ("photos.upload_stall_s", 1, 3600),
    ("evidence.within_m", 10, 5000),
    ("evidence.accuracy_at_most_m", 10, 10_000),
    ("evidence.camera_clock_minutes", 0, 24 * 60),
    ("evidence.visit_minutes", 1, 24 * 60),
    ("evidence.alike_percent", 60, 100),
    ("evidence.alike_notice_percent", 60, 100),
    ("evidence.own_alike_percent", 60, 100),
    ("verification.low_gravity_days", 0, 3_660),
    ("verification.sample_percent", 0, 100),
    ("verification.self_handled_percent", 0, 100),
    ("verification.after_failure_percent", 0, 100),
    ("verification.after_failure_next", 0, 10_000),
    ("verification.hold_minutes", 5, 7 * 24 * 60),
    ("verification.filing_hours", 1, 1_000),
    ("verification.dispatch_hours", 1, 1_000),
    ("verification.verification_hours", 1, 1_000),
    ("paper.photos", 0, 100),
    ("links.max_days", 0, 366),
    ("links.per_issue", 1, 1000),
    ("links.drafts", 1, 1000),
    ("links.photos", 1, 20),
    ("links.max_photo_mib", 1, 1024),
    ("notices.due_soon_hours", 1, 240),
    ("notices.keep_days", 1, 3650),
    ("notices.attempts", 1, 50),
    ("notices.timeout_s", 1, 120),
    ("notices.mail_port", 1, 65_535),
    ("sign_in.lock_after", 1, 1000),
    ("sign_in.lock_minutes", 1, 7 * 24 * 60),
    ("sign_in.password_score", 0, 4),
    ("sign_in.password_days", 0, 3650),
    ("sign_in.idle_minutes", 0, 7 * 24 * 60),
    ("sign_in.handheld_idle_days", 0, 3650),
    ("changes.keep_days", 0, 3650),
    ("changes.max_waiting", 1, 100_000),
    ("changes.max_waiting_per_account", 1, 100_000),
];

/// What is wrong with one value, and what to write instead.
pub(super) fn wrong(key: &str, value: &Value) -> Option<String> {
    let (_, least, most) = RANGES.iter().find(|(name, ..)| *name == key)?;
    let number = value.as_integer()?;
    (number < *least || number > *most)
        .then(|| format!("{number} makes no sense; write a number from {least} to {most}"))
}

/// What is wrong with settings that are each right alone: the key to look at, and what to do.
pub(super) fn together(settings: &Settings) -> Vec<(&'static str, String)> {
    let mut wrong = Vec::new();
    let mut says = |key, what: &str| wrong.push((key, what.to_owned()));
    if !(settings.public_url.is_empty()
        || settings.public_url.starts_with("https://")
        || settings.public_url.starts_with("http://"))
    {
        says("public_url", "it is no address; write it as https://zhoubian.example");
    }
    let database = settings.database.reveal().map(str::parse::<schema::DbUrl>);
    if let Some(Err(_)) = database {
        says("database", "it is no database; write sqlite:FILE or postgres://…");
    }
    if EnvFilter::try_new(&settings.log).is_err() {
        says("log", "it is no filter; write for example \"info\" or \"warn,zhoubian=debug\"");
    }
    if settings.demo && !settings.host.is_loopback() && !settings.demo_reachable_by_others {
        says(
            "demo",
            "--demo makes accounts whose password is public, and `host` can be reached by others; \
             listen on 127.0.0.1, or add --demo-reachable-by-others if that is meant",
        );
    }
    for tiles in &settings.base_map.tiles {
        if let Err(what) = base_map::origin(tiles) {
            says("base_map.tiles", what);
        }
    }
    for origin in &settings.notices.origins {
        if !notices::is_origin(origin) {
            says(
                "notices.origins",
                "it is no origin; write it as https://robots.example, with its port if it has one, without a path",
            );
        }
    }
    if !settings.notices.mail_server.is_empty() && !settings.notices.mail_from.contains('@') {
        says("notices.mail_from", "mail needs a sender; write it as zhoubian@district.example");
    }
    let operations = &settings.operations;
    let reachable = |address: SocketAddr| !address.ip().is_loopback();
    if operations.metrics_address.is_some_and(reachable) && !operations.metrics_reachable_by_others
    {
        says(
            "operations.metrics_address",
            "others can reach it; write 127.0.0.1:9090, or set metrics_reachable_by_others = true \
             if that is meant",
        );
    }
    if settings.photos.memory_mib < usize::try_from(settings.max_photo_mib).unwrap_or(usize::MAX) {
        says("photos.memory_mib", "a photo of max_photo_mib does not fit; write at least as much");
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_is_of_a_setting_and_holds_its_default() {
        let defaults = Value::try_from(Settings::default()).unwrap();
        for &(key, least, most) in RANGES {
            let path = key.split('.');
            let value = path.fold(&defaults, |value, name| &value[name]);
            let value = value.as_integer().unwrap_or_else(|| panic!("{key} is no number"));
            assert!((least..=most).contains(&value), "{key}");
        }
        assert_eq!(together(&Settings::default()), []);
    }
}
