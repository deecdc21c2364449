use super::*;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

const NOW: Timestamp = Timestamp::constant(1_767_225_600, 0);

fn keys() -> Keys {
    Keys::ephemeral(NOW).unwrap()
}

fn claims() -> Claims {
    claims_at(NOW)
}

fn claims_at(now: Timestamp) -> Claims {
    Claims::new(7, Uuid::from_u128(1), Role::Inspector, now)
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A token with any header and claims, rightly signed with the newest key of `keys`.
fn forged(keys: &Keys, header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", part(header), part(claims));
    let secret = EncodingKey::from_secret(&keys.ring().signing(NOW).secret);
    let mac = jsonwebtoken::crypto::sign(message.as_bytes(), &secret, ALGORITHM).unwrap();
    format!("{message}.{mac}")
}

fn header(keys: &Keys) -> Value {
    json!({"typ": "JWT", "alg": "HS256", "kid": keys.ring().signing(NOW).kid})
}

fn refused(keys: &Keys, token: &str) -> bool {
    matches!(keys.verify(token, NOW), Err(Error::Unauthenticated))
}

#[test]
fn a_token_says_what_was_put_in() {
    let keys = keys();
    let token = keys.issue(&claims()).unwrap();
    assert_eq!(keys.verify(&token, NOW).unwrap(), claims());
}

#[test]
fn the_forger_below_can_make_good_tokens() {
    let keys = keys();
    let token = forged(&keys, &header(&keys), &json!(claims()));
    assert_eq!(keys.verify(&token, NOW).unwrap(), claims());
}

#[test]
fn its_life_ends_to_the_second() {
    let keys = keys();
    let token = keys.issue(&claims()).unwrap();
    let end = NOW + jiff::SignedDuration::from_secs(ACCESS_LIFE_S);
    let before = end - jiff::SignedDuration::from_micros(1);
    assert!(keys.verify(&token, before).is_ok());
    assert!(matches!(keys.verify(&token, end), Err(Error::TokenExpired)));
}

#[test]
fn a_forged_token_that_has_also_expired_is_not_called_expired() {
    let (ours, theirs) = (keys(), keys());
    let mut claims = claims();
    claims.exp = 0;
    assert!(refused(&ours, &theirs.issue(&claims).unwrap()));
}

#[test]
fn no_algorithm_but_ours_is_believed() {
    let keys = keys();
    for alg in ["none", "None", "NONE", "HS384", "HS512", "RS256", "ES256", "EdDSA", "hs256", ""] {
        let mut header = header(&keys);
        header["alg"] = json!(alg);
        let token = forged(&keys, &header, &json!(claims()));
        assert!(refused(&keys, &token), "{alg}");
        let (unsigned, _mac) = token.rsplit_once('.').unwrap();
        assert!(refused(&keys, &format!("{unsigned}.")), "{alg}, unsigned");
        assert!(refused(&keys, unsigned), "{alg}, without a signature");
    }
}

#[test]
fn another_key_under_our_name_is_refused() {
    let (ours, theirs) = (keys(), keys());
    let token = forged(&theirs, &header(&ours), &json!(claims()));
    assert!(refused(&ours, &token));
}

#[test]
fn a_kid_is_looked_up_and_never_followed() {
    let keys = keys();
    for kid in [
        json!("unknown"),
        json!(""),
        json!("../../../dev/null"),
        json!("keys.json"),
        json!("' OR 1=1 --"),
        json!(0),
        json!(null),
    ] {
        let mut header = header(&keys);
        header["kid"] = kid.clone();
        assert!(refused(&keys, &forged(&keys, &header, &json!(claims()))), "{kid}");
    }
    let bare = json!({"typ": "JWT", "alg": "HS256"});
    assert!(refused(&keys, &forged(&keys, &bare, &json!(claims()))));
}

#[test]
fn keys_that_come_with_the_token_are_ignored() {
    let (ours, theirs) = (keys(), keys());
    let mut header = header(&ours);
    header["jwk"] =
        json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(&theirs.ring().signing(NOW).secret)});
    header["jku"] = json!("https://example.invalid/keys.json");
    assert!(refused(&ours, &forged(&theirs, &header, &json!(claims()))));
}

#[test]
fn every_claim_must_be_there_and_right() {
    let keys = keys();
    let wrong = [
        ("iss", json!("elsewhere")),
        ("iss", json!(["elsewhere", ISSUER])),
        ("aud", json!("another-api")),
        ("aud", json!([AUDIENCE, "another-api"])),
        ("sub", json!(7)),
        ("sub", json!("seven")),
        ("sid", json!("1")),
        ("role", json!("emperor")),
        ("exp", json!("9999999999")),
        ("exp", json!(-1)),
        ("exp", json!(u64::MAX)),
        ("exp", json!(1e300)),
    ];
    for (name, value) in wrong {
        let mut claims = json!(claims());
        claims[name] = value.clone();
        assert!(refused(&keys, &forged(&keys, &header(&keys), &claims)), "{name}: {value}");
    }
    for name in ["iss", "aud", "sub", "sid", "role", "iat", "exp"] {
        let mut claims = json!(claims());
        claims.as_object_mut().unwrap().remove(name);
        assert!(refused(&keys, &forged(&keys, &header(&keys), &claims)), "without {name}");
    }
}

#[test]
fn a_payload_changed_after_signing_is_refused() {
    let keys = keys();
    let token = keys.issue(&claims()).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let mut admin = claims();
    admin.role = Role::Admin;
    assert!(refused(&keys, &format!("{}.{}.{}", parts[0], part(&json!(admin)), parts[2])));
}

#[test]
fn what_is_no_token_is_refused() {
    let keys = keys();
    for text in ["", ".", "..", "...", "a.b.c", "zr1.x.y", "\u{0}", "ü.ü.ü"] {
        assert!(refused(&keys, text), "{text:?}");
    }
}

mod file {
    use super::*;
    use std::fs;
    use std::path::PathBuf;

    /// A folder of its own, removed at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            let folder = std::env::temp_dir().join(format!("zhoubian-keys-{}", Uuid::new_v4()));
            fs::create_dir(&folder).unwrap();
            Self(folder)
        }

        fn keys(&self) -> PathBuf {
            self.0.join("keys.json")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    #[test]
    fn tokens_outlive_a_restart() {
        let folder = Folder::new();
        let token = Keys::load_or_create(&folder.0, NOW).unwrap().issue(&claims()).unwrap();
        let again = Keys::load_or_create(&folder.0, NOW).unwrap();
        assert!(again.verify(&token, NOW).is_ok());
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "no draft is left behind");
    }

    #[test]
    fn servers_that_start_together_share_their_keys() {
        let folder = Folder::new();
        let load = || Keys::load_or_create(&folder.0, NOW).unwrap();
        let all: Vec<Keys> = std::thread::scope(|scope| {
            let started: Vec<_> = (0..8).map(|_| scope.spawn(load)).collect();
            started.into_iter().map(|server| server.join().unwrap()).collect()
        });
        let token = all[0].issue(&claims()).unwrap();
        assert!(all.iter().all(|keys| keys.verify(&token, NOW).is_ok()));
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "no draft is left behind");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new();
        Keys::load_or_create(&folder.0, NOW).unwrap();
        let mode = fs::metadata(folder.keys()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn the_newest_key_signs_and_the_others_still_verify() {
        let folder = Folder::new();
        let first = Keys::load_or_create(&folder.0, NOW).unwrap();
        let mut saved: Value = serde_json::from_slice(&fs::read(folder.keys()).unwrap()).unwrap();
        let newer = json!({
            "kid": "newer",
            "secret": URL_SAFE_NO_PAD.encode([7; 32]),
            "created_at": "2026-01-01T00:00:00.000001Z",
        });
        saved["keys"].as_array_mut().unwrap().push(newer);
        fs::write(folder.keys(), saved.to_string()).unwrap();
        let both = Keys::load_or_create(&folder.0, NOW).unwrap();
        assert!(both.verify(&first.issue(&claims()).unwrap(), NOW).is_ok());
        let later = NOW + SIGNS_AFTER + jiff::SignedDuration::from_secs(1);
        let token = both.issue(&claims_at(later)).unwrap();
        assert_eq!(jsonwebtoken::decode_header(&token).unwrap().kid.as_deref(), Some("newer"));
        assert!(refused(&first, &token));
    }

    #[test]
    fn a_file_that_is_no_good_is_an_error_and_stays() {
        let folder = Folder::new();
        let short = json!({"keys": [{
            "kid": "short", "secret": "c2hvcnQ", "created_at": "2027-01-01T00:00:00Z",
        }]});
        for content in ["", "{}", r#"{"keys": []}"#, &short.to_string()] {
            fs::write(folder.keys(), content).unwrap();
            let refusal = Keys::load_or_create(&folder.0, NOW);
            assert!(matches!(refusal, Err(Error::Internal(_))), "{content}");
            assert_eq!(fs::read_to_string(folder.keys()).unwrap(), content);
        }
    }

    fn kid(token: &str) -> Option<String> {
        jsonwebtoken::decode_header(token).unwrap().kid
    }

    #[test]
    fn a_rotation_is_followed_and_signs_once_everybody_has_read_it() {
        let folder = Folder::new();
        let server = Keys::load_or_create(&folder.0, NOW).unwrap();
        let before = server.issue(&claims()).unwrap();
        let newer = rotate(&folder.0, NOW).unwrap();
        assert!(server.follow().unwrap());
        assert!(!server.follow().unwrap(), "nothing changed since");
        assert_ne!(kid(&server.issue(&claims()).unwrap()), Some(newer.clone()));
        let later = NOW + SIGNS_AFTER;
        let after = server.issue(&claims_at(later)).unwrap();
        assert_eq!(kid(&after), Some(newer));
        assert!(server.verify(&before, later).is_ok());
        assert!(server.verify(&after, later).is_ok());
    }

    #[test]
    fn a_withdrawn_key_verifies_nothing_any_more() {
        let folder = Folder::new();
        let server = Keys::load_or_create(&folder.0, NOW).unwrap();
        let before = server.issue(&claims()).unwrap();
        let old = kid(&before).unwrap();
        let later = NOW + SIGNS_AFTER;
        let refused = |now| match withdraw(&folder.0, &old, now) {
            Err(Error::Invalid { code, .. }) => code,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(NOW), "key-signs", "the only one");
        rotate(&folder.0, NOW).unwrap();
        assert_eq!(refused(NOW), "key-signs", "the newer one does not sign yet");
        withdraw(&folder.0, &old, later).unwrap();
        assert_eq!(refused(later), "key-unknown");
        assert!(server.verify(&before, later).is_ok(), "until it is read");
        assert!(server.follow().unwrap());
        assert!(refused_at(&server, &before, later));
    }

    fn refused_at(keys: &Keys, token: &str, now: Timestamp) -> bool {
        matches!(keys.verify(token, now), Err(Error::Unauthenticated))
    }

    #[test]
    fn a_lost_answer_is_given_again_across_a_rotation() {
        let folder = Folder::new();
        let server = Keys::load_or_create(&folder.0, NOW).unwrap();
        let token = RefreshToken::random(Uuid::from_u128(7)).unwrap();
        let given = token.successor(&server, NOW).unwrap();
        rotate(&folder.0, NOW).unwrap();
        server.follow().unwrap();
        let later = NOW + SIGNS_AFTER;
        assert!(token.successor(&server, later).unwrap() != given, "by the newer key");
        assert!(token.successor_given(&server, &given.digest()) == Some(given));
    }

    #[test]
    fn keys_are_listed_without_their_secrets() {
        let folder = Folder::new();
        let server = Keys::load_or_create(&folder.0, NOW).unwrap();
        let newer = rotate(&folder.0, NOW + jiff::SignedDuration::from_secs(60)).unwrap();
        let at = |seconds| {
            let now = NOW + jiff::SignedDuration::from_secs(seconds);
            let lines = list(&folder.0, now).unwrap();
            lines.into_iter().map(|line| (line.kid, line.signs)).collect::<Vec<_>>()
        };
        let old = kid(&server.issue(&claims()).unwrap()).unwrap();
        assert_eq!(at(60), [(newer.clone(), false), (old.clone(), true)]);
        assert_eq!(at(70), [(newer, true), (old, false)]);
        let shown = format!("{:?} {server:?}", list(&folder.0, NOW).unwrap());
        let saved: Value = serde_json::from_slice(&fs::read(folder.keys()).unwrap()).unwrap();
        for key in saved["keys"].as_array().unwrap() {
            assert!(!shown.contains(key["secret"].as_str().unwrap()));
        }
    }

    #[test]
    fn those_who_rotate_at_once_lose_no_key() {
        let folder = Folder::new();
        Keys::load_or_create(&folder.0, NOW).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| rotate(&folder.0, NOW).unwrap());
            }
        });
        assert_eq!(list(&folder.0, NOW).unwrap().len(), 5);
        let names: Vec<_> =
            fs::read_dir(&folder.0).unwrap().map(|one| one.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "the file, its lock and no draft: {names:?}");
    }

    #[test]
    fn a_file_that_breaks_leaves_the_keys_at_hand_in_use() {
        let folder = Folder::new();
        let server = Keys::load_or_create(&folder.0, NOW).unwrap();
        let token = server.issue(&claims()).unwrap();
        fs::write(folder.keys(), "{").unwrap();
        assert!(server.follow().is_err());
        assert!(server.verify(&token, NOW).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_rewritten_file_is_still_its_owner_s_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new();
        Keys::load_or_create(&folder.0, NOW).unwrap();
        rotate(&folder.0, NOW).unwrap();
        let mode = fs::metadata(folder.keys()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
