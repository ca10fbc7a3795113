//! Style sheets, script and icons: built into the binary, named by their content, kept by browsers for a year.

use std::{fmt::Write as _, sync::Arc};

use aws_lc_rs::digest;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

use super::{app::App, form::Id, trouble::Trouble};

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

#[derive(Debug)]
struct Asset {
    address_name: String,
    content_type: &'static str,
    body: Vec<u8>,
}

/// The addresses of the assets, and what is behind them.
#[derive(Debug, Clone)]
pub struct Assets {
    all: Arc<Vec<Asset>>,
    /// The one style sheet, its parts joined in the order of `app.css`.
    pub css: Arc<str>,
    /// The script.
    pub js: Arc<str>,
    /// The sprite of icons.
    pub icons: Arc<str>,
    /// The icon of the tab.
    pub favicon: Arc<str>,
}

impl Assets {
    /// Reads the assets from the binary and names them by their content.
    #[must_use]
    pub fn load() -> Self {
        let css = asset("app", "css", "text/css; charset=utf-8", style_sheet().into_bytes());
        let js = asset("app", "js", "text/javascript; charset=utf-8", file("js/app.js"));
        let icons = asset("icons", "svg", "image/svg+xml", file("icons.svg"));
        let favicon = asset("favicon", "svg", "image/svg+xml", file("favicon.svg"));
        let address = |asset: &Asset| Arc::from(format!("/static/{}", asset.address_name));
        Self {
            css: address(&css),
            js: address(&js),
            icons: address(&icons),
            favicon: address(&favicon),
            all: Arc::new(vec![css, js, icons, favicon]),
        }
    }
}

/// Returns the style sheet with its parts in place of the imports: one request instead of five.
#[must_use]
pub fn style_sheet() -> String {
    let entry = String::from_utf8_lossy(&file("css/app.css")).into_owned();
    let mut joined = String::new();
    for line in entry.lines() {
        let part = line.trim().strip_prefix("@import").and_then(|rest| rest.split('"').nth(1));
        match part {
            Some(name) => joined.push_str(&String::from_utf8_lossy(&file(&format!("css/{name}")))),
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    joined
}

/// Returns an asset as the gallery writes it beside the pages.
#[must_use]
pub fn file(path: &str) -> Vec<u8> {
    Files::get(path).map(|file| file.data.into_owned()).unwrap_or_default()
}

fn asset(name: &str, extension: &str, content_type: &'static str, body: Vec<u8>) -> Asset {
    let digest = digest::digest(&digest::SHA256, &body);
    let hash = digest.as_ref()[..6].iter().fold(String::new(), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    });
    Asset { address_name: format!("{name}.{hash}.{extension}"), content_type, body }
}

/// Answers with an asset.
///
/// # Errors
/// [`Trouble::NotFound`] when no asset has that name.
pub async fn show(State(app): State<App>, Id(name): Id<String>) -> Result<Response, Trouble> {
    let asset = app.assets.all.iter().find(|asset| asset.address_name == name).ok_or(Trouble::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    Ok((StatusCode::OK, headers, asset.body.clone()).into_response())
}
