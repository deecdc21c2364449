//! What photos are recognised by.

diesel::table! {
    photo_mark (key, photo, spot) {
        key -> BigInt,
        photo -> BigInt,
        spot -> Integer,
        bits -> BigInt,
    }
}

diesel::table! {
    photo_alike (sha256, other) {
        sha256 -> Binary,
        other -> Binary,
        percent -> Double,
    }
}
