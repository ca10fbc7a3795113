//! The words: every key that is used is there, every key that is there is used and seen, and all follow the house's tone.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use roster::{gallery, web::words};

use super::SAMPLES;

/// A message of the words.
pub struct Message {
    pub key: String,
    /// The texts, one for each variant.
    pub texts: Vec<String>,
    /// The places to fill.
    pub places: BTreeSet<String>,
}

/// A use of a key, with the places that are filled there; `None` when that cannot be told from the text around it.
struct Use {
    key: String,
    places: Option<BTreeSet<String>>,
    file: String,
}

/// Texts in the sources that look like keys and are none: names of icons, headers, cookies, fields and files.
const NOT_KEYS: [&str; 16] = [
    "arrow-left",
    "sign-out",
    "display-name",
    "no-store",
    "roster-browser",
    "roster-flash",
    "roster-theme",
    "sec-fetch-dest",
    "x-request-id",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "kept-form",
    "same-origin",
    "content-security-policy",
    "error-",
];

/// Returns all messages, in the order of the files.
pub fn messages() -> Vec<Message> {
    let mut all: Vec<Message> = Vec::new();
    for line in words::sources().iter().flat_map(|(_, source)| source.lines()) {
        if line.starts_with('#') || line.trim().is_empty() || line.trim() == "}" {
            continue;
        }
        if line.starts_with(' ') {
            let variant =
                line.trim().trim_start_matches('*').split_once(']').map_or(line.trim(), |(_, text)| text.trim());
            let message = all.last_mut().expect("a variant follows its message");
            message.texts.push(variant.to_owned());
            message.places.extend(places_in(variant));
        } else if let Some((key, text)) = line.split_once(" = ") {
            let is_choice = text.trim_end().ends_with("->");
            all.push(Message {
                key: key.to_owned(),
                places: places_in(text),
                texts: if is_choice { vec![] } else { vec![text.trim().to_owned()] },
            });
        } else {
            panic!("{line:?} is neither a message nor a part of one");
        }
    }
    all
}

fn places_in(text: &str) -> BTreeSet<String> {
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    text.split('$').skip(1).map(|rest| rest.split(ends).next().unwrap_or_default().to_owned()).collect()
}

/// Returns the text of every file below a folder whose name ends so, by its path; samples and tests left out.
fn files(folder: &str, ending: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(ending) && !name.ends_with("samples.rs") && !name.contains("emulator") {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                all.insert(name, text);
            }
        }
    }
    all
}

/// Returns every quoted text that could be a key, with what stands before and after it.
fn quoted(text: &str) -> Vec<(&str, &str, &str)> {
    let is_key =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    let between = quotes.windows(2).map(|pair| (&text[..pair[0]], &text[pair[0] + 1..pair[1]], &text[pair[1] + 1..]));
    between.filter(|(_, word, _)| is_key(word)).collect()
}

/// Reads a chain such as `|name("person", …)|count("n", …)|t`, and returns the places it fills and what follows it.
fn chain(mut rest: &str, joint: char) -> (BTreeSet<String>, &str) {
    let mut places = BTreeSet::new();
    loop {
        let next = rest.trim_start();
        let Some(call) = next.strip_prefix(joint) else { return (places, rest) };
        let filler = ["name(\"", "count(\"", "word(\""].into_iter().find_map(|start| call.strip_prefix(start));
        let Some(inside) = filler else { return (places, next) };
        places.insert(inside.split('"').next().unwrap_or_default().to_owned());
        let mut depth = 1;
        let end = inside.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth == 0
        });
        rest = end.map_or("", |(at, _)| &inside[at + 1..]);
    }
}

fn uses_in_templates() -> Vec<Use> {
    let mut uses = Vec::new();
    for (file, text) in files("templates", ".html") {
        for (before, key, after) in quoted(&text) {
            let (places, after) = chain(after, '|');
            let is_said = ["|t ", "|plain ", "|t|", "|plain|"].iter().any(|end| after.starts_with(end));
            let is_given = before.rsplit("{%").next().is_some_and(|call| {
                let kinds = [" call ui::empty(frame, \"", " call ui::crumb(frame, \""];
                !call.contains("%}") && kinds.iter().any(|kind| call.starts_with(kind))
            });
            if is_said || is_given {
                uses.push(Use { key: key.to_owned(), places: is_said.then_some(places), file: file.clone() });
            }
        }
    }
    uses
}

fn uses_in_rust() -> Vec<Use> {
    let mut uses = Vec::new();
    for folder in ["src/features", "src/web", "src/sign_in"] {
        for (file, text) in files(folder, ".rs") {
            for (before, key, after) in quoted(&text) {
                let is_phrase = before.ends_with("Phrase::new(");
                if !is_phrase && (!key.contains('-') || NOT_KEYS.contains(&key)) {
                    continue;
                }
                let places = is_phrase.then(|| chain(after.strip_prefix(')').unwrap_or(after), '.').0);
                uses.push(Use { key: key.to_owned(), places, file: file.clone() });
            }
        }
    }
    // The pages of troubles put the two sentences of each together from the first part of their keys.
    let troubles = uses.iter().filter(|one| one.file.ends_with("trouble_pages.rs") && one.key.starts_with("error-"));
    let named: Vec<Use> = troubles
        .flat_map(|one| ["title", "text"].map(|part| (format!("{}-{part}", one.key), one.file.clone())))
        .map(|(key, file)| Use { key, places: None, file })
        .collect();
    let is_first_part = |one: &Use| named.iter().any(|whole| whole.key == format!("{}-title", one.key));
    uses.retain(|one| !is_first_part(one) || messages().iter().any(|message| message.key == one.key));
    uses.extend(named.into_iter().filter(|whole| messages().iter().any(|message| message.key == whole.key)));
    uses
}

#[test]
fn every_key_that_is_used_is_there_and_has_its_places_filled() {
    let known: BTreeMap<String, BTreeSet<String>> =
        messages().into_iter().map(|message| (message.key, message.places)).collect();

    let mut complaints = Vec::new();
    for one in uses_in_templates().into_iter().chain(uses_in_rust()) {
        match known.get(&one.key) {
            None => complaints.push(format!("{}: {:?} is not in the words", one.file, one.key)),
            Some(places) if one.places.as_ref().is_some_and(|filled| filled != places) => {
                complaints.push(format!("{}: {:?} wants {places:?} and gets {:?}", one.file, one.key, one.places));
            }
            Some(_) => {}
        }
    }

    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_key_that_is_there_is_used_once_at_least_and_defined_once() {
    let used: BTreeSet<String> = uses_in_templates().into_iter().chain(uses_in_rust()).map(|one| one.key).collect();

    let mut seen = BTreeSet::new();
    let mut complaints = Vec::new();
    for message in messages() {
        if !used.contains(&message.key) {
            complaints.push(format!("{:?} is not used", message.key));
        }
        if !seen.insert(message.key.clone()) {
            complaints.push(format!("{:?} is defined twice", message.key));
        }
    }

    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_words_keep_the_tone_of_the_house() {
    let mut complaints = Vec::new();

    for message in messages() {
        for text in &message.texts {
            complaints.extend(faults(&message.key, text).into_iter().map(|fault| format!("{}: {fault}", message.key)));
        }
    }

    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn faults(key: &str, text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut faults = Vec::new();
    for mark in ['<', '&', '\'', '"', '!'] {
        if text.contains(mark) {
            faults.push(format!("{text:?} has {mark:?}"));
        }
    }
    for word in ["please", "oops", "invalid", "successfully", "sorry"] {
        if lower.split(|c: char| !c.is_alphabetic()).any(|known| known == word) {
            faults.push(format!("{text:?} says {word:?}"));
        }
    }
    if text.contains("  ") {
        faults.push(format!("{text:?} has two blanks"));
    }
    if (key.ends_with("-text") || key.starts_with("refusal-") || key.starts_with("ended-")) && !text.ends_with('.') {
        faults.push(format!("{text:?} is a sentence without an end"));
    }
    if key.ends_with("-title") && text.ends_with('.') {
        faults.push(format!("{text:?} is a title with a full stop"));
    }
    faults
}

#[test]
fn a_text_out_of_tone_is_noticed() {
    for text in ["Don't.", "You & I.", "Done!", "Please wait.", "Invalid input.", "No end"] {
        assert!(!faults("some-text", text).is_empty(), "{text:?}");
    }
    assert!(!faults("some-title", "Ends.").is_empty());
    assert!(faults("some-text", "It’s saved.").is_empty());
}

#[test]
fn every_sentence_is_seen_in_a_sample() {
    let files = gallery::files().into_iter().map(|file| file.html);
    let seen = SAMPLES.iter().map(|sample| plain(&sample.html)).chain(files).collect::<Vec<_>>().join("\n");

    let unseen: Vec<String> = messages()
        .into_iter()
        .filter(|message| !message.texts.iter().any(|text| seen.contains(longest_part(text))))
        .map(|message| message.key)
        .collect();

    assert!(unseen.is_empty(), "{unseen:?}");
}

/// Returns a page without its marks, with escapes undone and names gone.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_mark = false;
    for c in html.chars() {
        match c {
            '<' => in_mark = true,
            '>' => in_mark = false,
            c if !in_mark || c != '\n' => text.push(c),
            _ => {}
        }
    }
    text.replace("&#39;", "’").replace("&#8217;", "’")
}

fn longest_part(text: &str) -> &str {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((part, more)) = rest.split_once('{') {
        parts.push(part);
        rest = more.split_once('}').map_or("", |(_, after)| after);
    }
    parts.push(rest);
    parts.into_iter().map(str::trim).max_by_key(|part| part.len()).unwrap_or_default()
}
