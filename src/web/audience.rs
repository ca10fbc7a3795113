//! The field for the group whose members may ask: what was typed, found among the groups that a person sees.

use crate::{
    domain::{
        audience::{self, Audience, Unsuitable},
        ids::GroupId,
        text,
        viewer::Viewer,
    },
    store::catalogue::{Entry, Place, Search, Snapshot, fold},
};

use super::{form::Fields, words::Phrase};

/// The field of the name.
pub const FIELD: &str = "audience";
/// The mark that says which group the name in the field stood for.
pub const MARK: &str = "audience_id";
/// The most groups that are looked through for one of exactly this name.
const LOOKED_THROUGH: usize = 50;
/// The most names that are offered instead.
const OFFERED: usize = 3;

/// From which groups a person chooses: administrators from all, owners from those that they see in Roster.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// The groups.
    pub groups: &'a Snapshot,
    /// Who chooses.
    pub viewer: &'a Viewer,
    /// The group that people would ask to join, where it is known already.
    pub own: Option<GroupId>,
}

impl Choice<'_> {
    /// Reads the group whose members may ask; none when nothing was typed. `now` is the one that the form was drawn with, which
    /// stays as it is, whether or not the person sees it.
    ///
    /// # Errors
    /// What is wrong with it, and what could be typed instead.
    pub fn read(&self, fields: &Fields, now: Option<&Audience>) -> Result<Option<Audience>, Phrase> {
        let typed = text::clean(fields.get(FIELD));
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let mark: Option<GroupId> = fields.get(MARK).parse().ok();
        if let Some(now) = now.filter(|now| now.name == typed && mark.is_none_or(|mark| mark == now.group)) {
            return Ok(Some(now.clone()));
        }
        let marked = mark.and_then(|mark| self.seen(mark)).filter(|entry| entry.group.name == typed);
        let entry = match marked.or_else(|| typed.parse().ok().and_then(|id| self.seen(id))) {
            Some(entry) => entry,
            None => self.called(typed)?,
        };
        match audience::suits(&entry.group, self.own) {
            Ok(()) => Ok(Some(Audience { group: entry.group.id, name: entry.group.name.clone() })),
            Err(unsuitable) => Err(slip(unsuitable, &entry)),
        }
    }

    fn seen(&self, group: GroupId) -> Option<Entry> {
        self.groups.any(group).filter(|entry| self.sees(entry)).map(|entry| (*entry).clone())
    }

    fn sees(&self, entry: &Entry) -> bool {
        !entry.gone && audience::may_name(self.viewer, entry.designation.is_some(), &entry.owners)
    }

    fn called(&self, typed: &str) -> Result<Entry, Phrase> {
        let search = Search { words: typed, ..Search::default() };
        let found = self.groups.search_all(&search, &Place::Start, LOOKED_THROUGH).entries;
        let seen: Vec<_> = found.iter().filter(|entry| self.sees(entry)).collect();
        let wished = fold(typed);
        let mut exact = seen.iter().filter(|entry| entry.fold.split_whitespace().eq(wished.split_whitespace()));
        match (exact.next(), exact.next()) {
            (Some(entry), None) => Ok((***entry).clone()),
            (Some(_), Some(_)) => Err(Phrase::new("terms-audience-several").name("typed", typed)),
            (None, _) if seen.is_empty() => Err(Phrase::new("terms-audience-none").name("typed", typed)),
            (None, _) => {
                let names: Vec<&str> = seen.iter().take(OFFERED).map(|entry| entry.group.name.as_str()).collect();
                Err(Phrase::new("terms-audience-similar").name("typed", typed).name("names", names.join(" · ")))
            }
        }
    }
}

fn slip(unsuitable: Unsuitable, entry: &Entry) -> Phrase {
    let key = match unsuitable {
        Unsuitable::Itself => "terms-audience-itself",
        Unsuitable::Gone => "terms-audience-gone",
        Unsuitable::Hidden => "terms-audience-hidden",
    };
    Phrase::new(key).name("group", &entry.group.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{samples, viewer::Role};

    fn entry(name: &str, takes_part: bool) -> Entry {
        let group = samples::group(name);
        let designation = takes_part.then(|| samples::designation(&group));
        Entry::new(group, vec![samples::person("Grace Hopper")], designation, false)
    }

    fn groups() -> Snapshot {
        let mut twin = entry("Research", false);
        twin.group.id = samples::group("Other Research").id;
        let mut hidden = entry("Talent Reviews", true);
        hidden.group.facts.visibility = Some("HiddenMembership".to_owned());
        let all = vec![
            entry("Compiler Team", true),
            entry("Kernel Team", false),
            entry("Research", true),
            twin,
            hidden,
            entry("مكتبة القرويين", true),
        ];
        Snapshot::new(all, 1)
    }

    fn typed(name: &str, roles: &[Role], body: &str) -> Result<Option<String>, String> {
        let (groups, viewer) = (groups(), samples::viewer(name, roles));
        let choice = Choice { groups: &groups, viewer: &viewer, own: Some(samples::group("Compiler Team").id) };
        let read = choice.read(&Fields::parse(body.as_bytes()), None);
        read.map(|audience| audience.map(|audience| audience.name)).map_err(|slip| slip.key().to_owned())
    }

    fn no(key: &str) -> Result<Option<String>, String> {
        Err(key.to_owned())
    }

    #[test]
    fn a_group_is_found_by_its_whole_name_in_any_case_or_by_its_id() {
        let ada = |body: &str| typed("Ada Lovelace", &[Role::Administrator], body);
        let kernel = samples::group("Kernel Team").id;

        assert_eq!(ada("audience="), Ok(None));
        assert_eq!(ada("audience=+%E2%80%8F"), Ok(None));
        assert_eq!(ada("audience=kernel++TEAM"), Ok(Some("Kernel Team".to_owned())));
        assert_eq!(ada(&format!("audience={kernel}")), Ok(Some("Kernel Team".to_owned())));
        assert_eq!(ada("audience=مكتبة القرويين"), Ok(Some("مكتبة القرويين".to_owned())));
        assert_eq!(ada("audience=Kernel"), no("terms-audience-similar"));
        assert_eq!(ada("audience=Gardeners"), no("terms-audience-none"));
        assert_eq!(ada("audience=Research"), no("terms-audience-several"));
        assert_eq!(ada("audience=Compiler Team"), no("terms-audience-itself"));
        assert_eq!(ada("audience=Talent Reviews"), no("terms-audience-hidden"));
    }

    #[test]
    fn owners_find_only_what_they_see_in_roster() {
        let kernel = samples::group("Kernel Team").id;

        assert_eq!(typed("Mary Jackson", &[], "audience=Kernel Team"), no("terms-audience-none"));
        assert_eq!(typed("Mary Jackson", &[], &format!("audience={kernel}")), no("terms-audience-none"));
        assert_eq!(typed("Mary Jackson", &[], &format!("audience=Kernel Team&audience_id={kernel}")).ok(), None);
        assert_eq!(typed("Mary Jackson", &[], "audience=Research"), Ok(Some("Research".to_owned())));
        assert_eq!(typed("Grace Hopper", &[], "audience=Kernel Team"), Ok(Some("Kernel Team".to_owned())));
    }

    #[test]
    fn the_group_that_holds_stays_though_the_person_does_not_see_it_and_the_one_that_was_chosen_is_sent_again() {
        let (groups, mary) = (groups(), samples::viewer("Mary Jackson", &[]));
        let choice = Choice { groups: &groups, viewer: &mary, own: None };
        let kernel = samples::group("Kernel Team");
        let now = Audience { group: kernel.id, name: kernel.name };
        let other = samples::group("Other Research").id;
        let grace = Choice { viewer: &samples::viewer("Grace Hopper", &[]), ..choice };

        let kept = Fields::parse(format!("audience=Kernel+Team&audience_id={}", now.group).as_bytes());
        let again = Fields::parse(format!("audience=Research&audience_id={other}").as_bytes());

        assert_eq!(choice.read(&kept, Some(&now)), Ok(Some(now)));
        assert_eq!(grace.read(&again, None).map(|audience| audience.map(|audience| audience.group)), Ok(Some(other)));
    }
}
