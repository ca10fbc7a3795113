//! The files of the project, read from disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file: where it is below the root of the project, and its text.
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    /// Returns the file's place among the modules; the root of the library and of the program are `lib` and `main`.
    pub fn module(&self) -> Vec<String> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        path.trim_end_matches("/mod").split('/').map(str::to_owned).collect()
    }
}

/// Returns the path of something below the root of the project.
pub fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Returns every file below a folder whose name ends as given, in order.
pub fn files(folder: &str, ending: &str) -> Vec<File> {
    let mut found = Vec::new();
    gather(&root(folder), ending, &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!found.is_empty(), "{folder} holds no {ending}");
    found
}

fn gather(folder: &Path, ending: &str, found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            let name = path.strip_prefix(root("")).unwrap().to_string_lossy().into_owned();
            found.push(File { text: fs::read_to_string(&path).unwrap(), path: name });
        }
    }
}

/// Returns the lines that a check sees, each with its number.
pub fn numbered(text: &str, is_seen: impl Fn(&str) -> bool) -> Vec<String> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| is_seen(line.trim_start()))
        .map(|(at, line)| format!("line {}: {}", at + 1, line.trim()))
        .collect()
}
