//! Every address that somebody could type, who knows or guesses what is in either world.

use roster_emulator::Emulator;
use uuid::Uuid;

use super::company::{EXTRA, SECRET, WHISPER, World};

/// What the parts of addresses can name.
pub struct Ids {
    /// A group that hides its members.
    pub whisper: Uuid,
    groups: Vec<Uuid>,
    people: Vec<Uuid>,
    requests: Vec<String>,
    owed: Vec<Uuid>,
    asset: String,
}

impl Ids {
    pub fn of(one: &World, other: &World) -> Self {
        let emulator: &Emulator = &one.portal.emulator;
        let nowhere = Uuid::from_u128(0xdead);
        let known = ["Compiler Team", "Network Operations", "Reading Circle"].map(|name| emulator.group_named(name));
        let own = (0..one.own.len()).map(own);
        let people = ["Alan Turing", "Frances Allen", "Ken Thompson", "Linus Pauling", "Donald Knuth"];
        let strangers = |of: fn(&World) -> &Vec<Uuid>| {
            of(one).iter().chain(of(other)).copied().chain([nowhere]).collect::<Vec<_>>()
        };
        Self {
            whisper: WHISPER,
            groups: known.into_iter().chain([WHISPER, SECRET, EXTRA, nowhere]).collect(),
            people: people.map(|name| emulator.person_named(name)).into_iter().chain([nowhere]).collect(),
            requests: strangers(|world| &world.requests).iter().map(ToString::to_string).chain(own).collect(),
            owed: strangers(|world| &world.owed),
            asset: one.portal.app.assets.css.trim_start_matches("/static/").to_owned(),
        }
    }

    /// Returns the addresses of a route.
    ///
    /// # Panics
    /// When the route has a part that nothing is known to put into: a new kind of address needs a line here.
    pub fn addresses(&self, route: &str) -> Vec<String> {
        let all = |ids: &[Uuid]| ids.iter().map(|id| route.replacen("{id}", &id.to_string(), 1)).collect::<Vec<_>>();
        let first: Vec<String> = match route {
            // Each answer has a state of its own to come back with; it is open to everybody and knows of nobody.
            "/sign-in" => Vec::new(),
            "/groups" => searches(),
            "/admin/groups" => ["", "?q=nightingale", "?q=zebra"].map(|query| format!("{route}{query}")).to_vec(),
            "/approvals/owed/{id}" => all(&self.owed),
            route if route.starts_with("/requests/{id}") || route.starts_with("/approvals/{id}") => {
                self.requests.iter().map(|id| route.replacen("{id}", id, 1)).collect()
            }
            route if route.contains("{id}") => all(&self.groups),
            route => vec![route.to_owned()],
        };
        let with_people = first.into_iter().flat_map(|path| self.for_people(&path));
        let whole = with_people.flat_map(|path| with_queries(&path)).map(|path| {
            let path = path
                .replace("{name}", &self.asset)
                .replace("{key}", "a-key-that-nobody-was-given")
                .replace("{review}", &Uuid::from_u128(0x4e7).to_string())
                .replace("{job}", &Uuid::from_u128(0x10b).to_string());
            assert!(!path.contains('{'), "{path} has a part that nothing is put into");
            path
        });
        whole.collect()
    }

    fn for_people(&self, path: &str) -> Vec<String> {
        if !path.contains("{person}") {
            return vec![path.to_owned()];
        }
        self.people.iter().map(|person| path.replace("{person}", &person.to_string())).collect()
    }
}

/// Stands in an address for the id of a request of those who look, which each world has given it.
pub fn own(n: usize) -> String {
    format!("OWN-{n}")
}

/// Words that match what is hidden only, mistyped too, and every way to narrow, turn and count the list.
fn searches() -> Vec<String> {
    let words =
        ["", "nightingale", "nightingal", "zebra", "harvest", "acquisition", "barbara", "ken thompson", "whisper"];
    let narrowed = ["", "&show=mine", "&kind=security", "&kind=microsoft365", "&join=open", "&join=guests"];
    let all =
        words.iter().flat_map(|words| narrowed.map(|filter| format!("/groups?q={}{filter}", words.replace(' ', "+"))));
    all.chain(["/groups".to_owned(), "/groups?after=m".to_owned(), "/groups?before=z".to_owned()]).collect()
}

/// Pages that look for something take words.
fn with_queries(path: &str) -> Vec<String> {
    let more: &[&str] = match path.rsplit('/').next() {
        Some("members") => &["", "?q=ken", "?view=all", "?sort=ends", "?sort=lately"],
        Some("add") => &["", "?q=ken"],
        _ => &[""],
    };
    more.iter().map(|query| format!("{path}{query}")).collect()
}
