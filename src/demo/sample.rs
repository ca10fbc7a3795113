//! What has happened at the made-up company before anybody visits: groups take part, and people have asked.

use jiff::SignedDuration;
use roster_emulator::Emulator;
use secrecy::SecretString;

use crate::{
    domain::{
        directory::{Group, PersonRef},
        directory_copy::Wanted,
        ids::{GroupId, PersonId},
        request::Asker,
        terms::Terms,
    },
    features::{designations::designate, mirror, requests::ask},
    graph::AccessToken,
    portal::Portal,
    sign_in::SCOPES,
    store::CopiedGroup,
};

/// How many groups of a large company take part besides the sample's.
const TAKE_PART_MORE: usize = 250;

/// The groups of the sample company that take part, with what membership gives.
const TAKE_PART: [(&str, &str); 8] = [
    ("Compiler Team", "Write access to the compiler’s source and its build machines."),
    ("Cryptography Research", "The key vault for research and the team’s site."),
    ("Data Platform", "Read access to the warehouse and its dashboards."),
    ("Flight Dynamics", "Trajectory files and the weekly report."),
    ("Language Design", "The design notes and the meeting on Thursdays."),
    ("Data Stewards", ""),
    ("Network Operations", "The on-call calendar and the network console, read only."),
    ("Reading Circle", "A book a month. Everybody is welcome."),
];

/// What people of the sample company ask for before anybody visits, so that an owner has something to answer.
const ASKED: [(&str, &str, &str); 3] = [
    (
        "Katherine Johnson",
        "Compiler Team",
        "I check the numeric library before the next flight and want to send the fixes myself.",
    ),
    ("فاطمة الفهري", "Cryptography Research", "أعمل على أرشيف المخطوطات وأحتاج إلى قراءة دراسات التعمية القديمة."),
    ("Barbara Liskov", "Data Platform", "The usage figures of the language service are in the warehouse."),
];

/// Reads the directory and lets the sample groups take part, as the company's administrator. Returns whether any is new;
/// with kept data they take part already, on terms that may have been changed since. Of a large company more groups take part.
pub(super) async fn designate(portal: &Portal, directory: &Emulator, large: bool) -> Result<bool, String> {
    let admin = directory.person_named("Ada Lovelace");
    let by = PersonRef { id: PersonId(admin), name: "Ada Lovelace".to_owned() };
    let now = portal.app.clock.now();
    let token = AccessToken {
        secret: SecretString::from(directory.token(admin)),
        expires_at: now + SignedDuration::from_mins(60),
        scopes: SCOPES.iter().map(ToString::to_string).collect(),
    };
    let wanted = Wanted::ByAnAdministrator { at: now, even_if_it_loses: false };
    mirror::refresh(&portal.app, &token, &by, wanted).await.map_err(|trouble| format!("{trouble:?}"))?;
    let copy = portal.app.store.directory();
    let mut wanted = Vec::new();
    for (name, gives) in TAKE_PART {
        let found = copy.group(GroupId(directory.group_named(name))).await.map_err(|error| error.to_string())?;
        let open = name == "Reading Circle";
        let terms = Terms { gives: gives.to_owned(), guests_may_ask: open, reason_required: !open, ..Terms::default() };
        wanted.extend(found.map(|found| (found.group, terms)));
    }
    if large {
        let all = copy.groups_changed_since(0).await.map_err(|error| error.to_string())?;
        wanted.extend(some_of(all, directory));
    }
    let mut is_new = false;
    for (group, terms) in wanted {
        let recorded = designate::record(&portal.app.store, &group, &terms, &by, None, now).await;
        is_new |= recorded.map_err(|error| error.to_string())?;
    }
    Ok(is_new)
}

/// Chooses evenly among the groups of a large company whose owners can decide: they are there, and Graph lets them.
fn some_of(all: Vec<CopiedGroup>, directory: &Emulator) -> impl Iterator<Item = (Group, Terms)> {
    let is_there =
        |owner: &PersonRef| directory.person(&owner.id.to_string()).is_some_and(|person| person.account_enabled);
    let fits = |copied: &CopiedGroup| {
        let is_sample = TAKE_PART.iter().any(|(name, _)| *name == copied.group.name);
        !is_sample && copied.group.facts.eligibility().is_ok() && copied.owners.iter().any(is_there)
    };
    let fitting: Vec<CopiedGroup> = all.into_iter().filter(fits).collect();
    let step = fitting.len().div_ceil(TAKE_PART_MORE).max(1);
    fitting.into_iter().step_by(step).map(|copied| {
        let terms = Terms { gives: copied.group.description.clone(), ..Terms::default() };
        (copied.group, terms)
    })
}

/// Keeps the requests of the sample company.
pub(super) async fn ask(portal: &Portal, directory: &Emulator) -> Result<(), String> {
    for (person, group_name, reason) in ASKED {
        let Some(known) = directory.person(person) else { continue };
        let group = GroupId(directory.group_named(group_name));
        let found = portal.app.store.designations().find(group).await.map_err(|error| error.to_string())?;
        let Some(designation) = found else { continue };
        let wish = ask::Wish {
            group_name,
            requester: PersonRef { id: PersonId(known.id), name: person.to_owned() },
            asker: Asker {
                username: known.user_principal_name,
                job_title: known.job_title.unwrap_or_default(),
                department: known.department.unwrap_or_default(),
                guest: false,
            },
            said: ask::Said { reason: reason.to_owned(), ..ask::Said::default() },
        };
        let asked = ask::record(&portal.app.store, wish, &designation, portal.app.clock.now()).await;
        asked.map_err(|error| error.to_string())?.map_err(|refusal| format!("{refusal:?}"))?;
    }
    Ok(())
}
