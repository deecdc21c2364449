//! What a photo shows of itself, and the pictures made of it: bytes in, bytes out; no files, no
//! clock, no async. Every photo is hostile until it is looked at, and the memory it may take is given.
