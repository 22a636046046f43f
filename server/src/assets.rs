//! What the browser loads: script, WebAssembly and style under content-hashed names, and the sprite of icons. A release
//! build carries the files in the binary; a debug build reads them from `target/site` when it starts.

use crate::answer;
use app::{Assets as Hrefs, error::AppError, parts::icon};
use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use rust_embed::{Embed, EmbeddedFile};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::{Arc, LazyLock},
};

/// Names change with their content, so nothing is ever asked for twice.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Names stay, so the browser asks whether the content did too.
const ASK_AGAIN: &str = "no-cache";

/// The folder that `cargo xtask build` fills.
#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
struct Site;

/// Which files the build made, by `cargo xtask build`.
#[derive(Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
    /// The style sheets of the chunks, by name.
    sheets: BTreeMap<String, String>,
    /// What is loaded later, by the name of the chunk.
    chunks: BTreeMap<String, Vec<String>>,
}

/// One file in every form it can be sent in.
struct File {
    content_type: &'static str,
    cache_control: &'static str,
    etag: HeaderValue,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// All files, in memory: those of a release build are part of the binary and cost none.
pub struct Assets {
    files: HashMap<String, File>,
    hrefs: Arc<Hrefs>,
    built: bool,
}

impl Assets {
    /// Those of this binary, loaded once. Without a build, the pages name files that are not there, and work as pages
    /// without script do.
    #[must_use]
    pub fn get() -> &'static Self {
        static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::load);
        &ASSETS
    }

    fn load() -> Self {
        let manifest = Site::get("assets.json").and_then(|file| serde_json::from_slice::<Manifest>(&file.data).ok());
        let built = manifest.is_some();
        let manifest = manifest.unwrap_or_else(|| Manifest {
            js: "muster.js".to_owned(),
            wasm: "muster.wasm".to_owned(),
            css: "muster.css".to_owned(),
            sheets: BTreeMap::new(),
            chunks: BTreeMap::new(),
        });
        let mut files: HashMap<String, File> = Site::iter()
            .filter_map(|path| path.strip_prefix("pkg/").map(str::to_owned))
            .filter(|name| !is_compressed(name))
            .filter_map(|name| Some((name.clone(), File::embedded(&format!("pkg/{name}"))?)))
            .collect();
        let sprite = Bytes::from(icon::sprite());
        let icons = format!("icons.{}.svg", HEXLOWER.encode(&Sha256::digest(&sprite)[..8]));
        let href = |name: &str| format!("/pkg/{name}");
        let stamp = Site::get("pkg/build.txt").map(|_| href("build.txt"));
        let hrefs = Arc::new(Hrefs {
            build: stamp,
            js: href(&manifest.js),
            wasm: href(&manifest.wasm),
            css: href(&manifest.css),
            sheets: manifest.sheets.into_iter().map(|(chunk, sheet)| (chunk, href(&sheet))).collect(),
            icons: href(&icons),
            chunks: manifest
                .chunks
                .into_iter()
                .map(|(chunk, files)| (chunk, files.iter().map(|file| href(file)).collect()))
                .collect(),
        });
        let etag = etag(&Sha256::digest(&sprite).into());
        let sprite = File {
            content_type: content_type(&icons),
            cache_control: FOR_EVER,
            etag,
            plain: sprite,
            brotli: None,
            gzip: None,
        };
        files.insert(icons, sprite);
        Self { files, hrefs, built }
    }

    /// Whether there are any but the icons.
    #[must_use]
    pub const fn are_built(&self) -> bool {
        self.built
    }

    /// Where the document finds them.
    #[must_use]
    pub fn hrefs(&self) -> Arc<Hrefs> {
        Arc::clone(&self.hrefs)
    }
}

impl File {
    /// A file of the folder with its compressed siblings.
    fn embedded(path: &str) -> Option<Self> {
        let file = Site::get(path)?;
        let sibling = |ending: &str| Site::get(&format!("{path}.{ending}")).map(bytes);
        let name = path.rsplit('/').next().unwrap_or(path);
        Some(Self {
            content_type: content_type(name),
            cache_control: if is_hashed(name) { FOR_EVER } else { ASK_AGAIN },
            etag: etag(&file.metadata.sha256_hash()),
            brotli: sibling("br"),
            gzip: sibling("gz"),
            plain: bytes(file),
        })
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let compressed = [("br", &self.brotli), ("gzip", &self.gzip)]
            .into_iter()
            .find_map(|(name, bytes)| Some((name, bytes.clone().filter(|_| accepts(headers, name))?)));
        let (encoding, body) = match compressed {
            Some((name, bytes)) => (Some(name), bytes),
            None => (None, self.plain.clone()),
        };
        let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == self.etag);
        let (status, body) = if known { (StatusCode::NOT_MODIFIED, Bytes::new()) } else { (StatusCode::OK, body) };
        let mut response = (status, Body::from(body)).into_response();
        let answer = response.headers_mut();
        answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache_control));
        answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        answer.insert(header::ETAG, self.etag.clone());
        if let Some(encoding) = encoding {
            answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

/// `GET /pkg/…`
pub(crate) async fn serve(
    State(assets): State<&'static Assets>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    match assets.files.get(&name) {
        Some(file) => file.answer(&headers),
        None => answer::plain(StatusCode::NOT_FOUND, answer::language(&headers).trouble(&AppError::NotFound)),
    }
}

fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}

fn etag(hash: &[u8; 32]) -> HeaderValue {
    HeaderValue::try_from(format!("\"{}\"", HEXLOWER.encode(&hash[..12]))).expect("a hexadecimal number is ASCII")
}

fn is_compressed(name: &str) -> bool {
    [".br", ".gz"].iter().any(|ending| name.ends_with(ending))
}

/// `muster.0123456789abcdef.js`: eight hexadecimal digits or more between two dots.
fn is_hashed(name: &str) -> bool {
    name.split('.').skip(1).any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

/// Whether the browser takes this encoding. One that it names with weight zero it does not take.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|offer| {
            let mut parts = offer.split(';').map(str::trim);
            let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
            let refused = parts.any(|part| part.trim_start_matches("q=").parse() == Ok(0.0_f32));
            named && !refused
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> File {
        File {
            content_type: content_type("a.js"),
            cache_control: FOR_EVER,
            etag: etag(&[7; 32]),
            plain: Bytes::from_static(b"plain"),
            brotli: Some(Bytes::from_static(b"br")),
            gzip: Some(Bytes::from_static(b"gz")),
        }
    }

    fn answer_to(name: header::HeaderName, value: &'static str) -> Response {
        file().answer(&HeaderMap::from_iter([(name, HeaderValue::from_static(value))]))
    }

    #[test]
    fn the_smallest_form_that_is_accepted_is_sent() {
        for (accept, encoding) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip;q=0.5", Some("gzip")),
            ("identity", None),
        ] {
            let response = answer_to(header::ACCEPT_ENCODING, accept);
            let sent = response.headers().get(header::CONTENT_ENCODING).map(|sent| sent.to_str().expect("is ASCII"));
            assert_eq!(sent, encoding, "{accept}");
        }
    }

    #[test]
    fn what_the_browser_has_is_not_sent_again() {
        let etag = "\"070707070707070707070707\"";
        assert_eq!(answer_to(header::IF_NONE_MATCH, etag).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer_to(header::IF_NONE_MATCH, "\"other\"").status(), StatusCode::OK);
    }

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        assert!(is_hashed("muster.0123456789abcdef.js"));
        assert!(!is_hashed("muster.js"));
        assert!(!is_hashed("decade.css"));
    }
}
