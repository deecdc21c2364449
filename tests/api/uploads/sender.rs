//! Whoever sends a photo in parts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, RequestBuilder};
use support::{Answer, Draft, Person, Picture, TestApp, report};

/// The type of a part.
pub const PART: &str = "application/offset+octet-stream";

/// A photo that somebody announced and sends in parts.
pub struct Sender<'a> {
    /// Who.
    pub who: &'a Person,
    /// Where to.
    pub url: String,
    /// What.
    pub picture: Picture,
    /// Its report.
    pub draft: Draft,
    /// Its issue.
    pub issue: i64,
}

/// A JPEG of this length at least, unlike any other.
pub fn large(least: usize) -> Picture {
    Picture::jpeg_of(least)
}

/// Announces a picture and is about to send it.
pub async fn announces(town: &TestApp, who: &'static str, picture: Picture) -> Sender<'static> {
    let who: &'static Person = Box::leak(Box::new(town.inspector(who)));
    announced(town, who, picture).await
}

/// The same by anybody.
pub async fn announced<'a>(town: &TestApp, who: &'a Person, picture: Picture) -> Sender<'a> {
    let draft = report().at(town.spot(0)).picture(&picture);
    let receipt = who.submits(&draft).await.ok();
    let photo = &receipt["photos"][0];
    assert_eq!((&photo["state"], &photo["offset"]), (&"announced".into(), &0.into()));
    let url = photo["upload_url"].as_str().unwrap().to_owned();
    Sender { who, url, picture, draft, issue: receipt["issue"].as_i64().unwrap() }
}

impl Sender<'_> {
    /// A request to the upload's address.
    pub fn request(&self, method: &str) -> RequestBuilder {
        self.request_to(method, &self.url)
    }

    /// A request to any address.
    pub fn request_to(&self, method: &str, url: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let path = url.split_once("/api/v1").unwrap().1;
        self.who.request(method, path).header("tus-resumable", "1.0.0")
    }

    /// Asks how far it is.
    pub async fn looks(&self) -> Answer {
        says_version(self.who.sends(self.request("HEAD")).await)
    }

    /// The durable offset.
    pub async fn offset(&self) -> usize {
        let seen = self.looks().await;
        assert_eq!(seen.status, 200, "{}", seen.header("upload-offset"));
        seen.header("upload-offset").parse().unwrap()
    }

    /// A part of the photo as a request.
    pub fn part(&self, from: usize, until: usize) -> RequestBuilder {
        self.bytes(from, self.picture.bytes[from..until].to_vec())
    }

    /// Any bytes as a request.
    pub fn bytes(&self, offset: usize, bytes: Vec<u8>) -> RequestBuilder {
        self.request("PATCH")
            .header("upload-offset", offset.to_string())
            .header("content-type", PART)
            .body(bytes)
    }

    /// Sends a part of the photo.
    pub async fn sends(&self, from: usize, until: usize) -> Answer {
        self.asks(self.part(from, until)).await
    }

    /// Sends a request.
    pub async fn asks(&self, request: RequestBuilder) -> Answer {
        says_version(self.who.sends(request).await)
    }

    /// Sends what is missing, from where it is.
    pub async fn goes_on(&self) -> Answer {
        let offset = self.offset().await;
        self.sends(offset, self.picture.bytes.len()).await
    }

    /// The photo's line in its report's receipt.
    pub async fn line(&self) -> serde_json::Value {
        self.who.submits(&self.draft).await.ok()["photos"][0].clone()
    }

    /// Says that the photo is here, whole, bound once.
    pub async fn is_here(&self) {
        let size = self.picture.bytes.len();
        assert_eq!(self.offset().await, size);
        let line = self.line().await;
        assert_eq!((&line["state"], &line["offset"]), (&"stored".into(), &size.into()));
        let events = self.who.gets(&format!("/issues/{}/events", self.issue)).await.ok();
        let sha256 = self.picture.sha256();
        let own = events["items"].as_array().unwrap_or_else(|| events.as_array().unwrap());
        let own = own.iter().filter(|event| event["payload"]["sha256"] == sha256.as_str());
        assert_eq!(own.count(), 1, "{events}");
        let got = self.who.gets(&format!("/photos/{}", self.picture.sha256())).await;
        assert!(got.bytes == self.picture.bytes);
    }

    /// `Upload-Metadata` that names the photo.
    pub fn metadata(&self) -> String {
        let id = self.picture.id.to_string();
        metadata(&[("photo_id", &id), ("sha256", &self.picture.sha256())])
    }

    /// A creation as a request.
    pub fn creation(&self, metadata: &str) -> RequestBuilder {
        self.request_to("POST", "/api/v1/uploads")
            .header("upload-length", self.picture.bytes.len().to_string())
            .header("upload-metadata", metadata)
    }
}

/// Keys and values as tus has them.
pub fn metadata(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).collect();
    pairs.join(",")
}

/// Every answer says which version is spoken.
pub fn says_version(answer: Answer) -> Answer {
    assert_eq!(answer.header("tus-resumable"), "1.0.0", "{} {}", answer.status, answer.body);
    answer
}
