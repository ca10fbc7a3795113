//! The gallery: every page drawn from made-up samples, to be looked at and to be checked.
//!
//! `roster pages DIR` writes it. The pages open from the disk; icons come from a file of their own, which browsers take
//! over HTTP only, so to see everything run `python3 -m http.server --directory DIR` and open what it names.

use std::{collections::BTreeMap, fs, io, path::Path};

use askama::Template;

use crate::{
    features::{
        approvals, commissions, designations, groups, home, memberships, mirror, new_groups, owned, requests,
        responsibilities,
    },
    sign_in,
    web::{assets, trouble_samples},
};

pub use crate::web::samples::Sample;

#[derive(Template)]
#[template(path = "gallery.html")]
struct Index<'a> {
    count: usize,
    slices: BTreeMap<&'a str, Vec<&'a str>>,
}

/// Draws every sample of every page.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut all = home::samples::samples();
    all.extend(groups::samples::samples());
    all.extend(requests::samples::samples());
    all.extend(approvals::samples::samples());
    all.extend(memberships::samples::samples());
    all.extend(designations::samples::samples());
    all.extend(responsibilities::samples::samples());
    all.extend(commissions::samples::samples());
    all.extend(new_groups::samples::samples());
    all.extend(mirror::samples::samples());
    all.extend(owned::samples::samples());
    all.extend(sign_in::samples::samples());
    all.extend(trouble_samples::samples());
    all
}

/// Writes every sample of a file that people take away.
#[must_use]
pub fn files() -> Vec<Sample> {
    owned::samples::files()
}

/// Writes one HTML file for each sample, what they need beside them, and a page that lists them. Returns how many.
///
/// # Errors
/// When a file cannot be written.
pub fn write(folder: &Path) -> io::Result<usize> {
    let all = samples();
    write_assets(&folder.join("assets"))?;
    for sample in &all {
        let path = folder.join(format!("{}.html", sample.name));
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, &sample.html)?;
    }
    for file in files() {
        fs::write(folder.join(file.name), file.html)?;
    }
    let mut slices: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (slice, page) in all.iter().filter_map(|sample| sample.name.split_once('/')) {
        slices.entry(slice).or_default().push(page);
    }
    let index = Index { count: all.len(), slices }.render().map_err(io::Error::other)?;
    fs::write(folder.join("index.html"), index)?;
    Ok(all.len())
}

fn write_assets(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("app.css"), assets::style_sheet())?;
    fs::write(folder.join("app.js"), assets::file("js/app.js"))?;
    fs::write(folder.join("icons.svg"), assets::file("icons.svg"))?;
    fs::write(folder.join("favicon.svg"), assets::file("favicon.svg"))
}
