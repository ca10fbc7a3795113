//! Made-up people, groups and requests, on a fixed clock, from which the gallery draws pages.

mod standings;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{
    designation::Designation,
    directory::{Group, GroupFacts, PersonRef},
    ids::{GroupId, OperationId, PersonId, RequestId},
    lasting::Lasting,
    operation::{self, DirectoryRefusal, Kind, Operation},
    questions::{Answer, Question},
    request::{self, Asker, Decision, EndReason, JoinRequest, State},
    review_due::Reviews,
    terms::Terms,
    viewer::{Role, Viewer},
};

pub use crate::domain::samples::standings::every_standing;

/// Everybody in the samples.
pub const PEOPLE: [&str; 12] = [
    "Alan Turing",
    "Grace Hopper",
    "Ada Lovelace",
    "Katherine Johnson",
    "Barbara Liskov",
    "Joan Clarke",
    "Margaret Hamilton",
    "Mary Jackson",
    "Annie Easley",
    "Radia Perlman",
    "فاطمة الفهري",
    "Tim Berners",
];

/// Groups of the samples, each with what it is for.
pub const GROUPS: [(&str, &str); 8] = [
    ("Compiler Team", "Writes and looks after the company’s compiler."),
    ("Cryptography Research", "Old ciphers and new proofs."),
    ("Data Platform", "The warehouse, its pipelines and its dashboards."),
    ("Flight Dynamics", "Trajectories, from the first sketch to the landing."),
    ("Language Design", "What the next version of the language looks like."),
    ("Network Operations", "Keeps the bridges spanning."),
    ("Reading Circle", "A book a month."),
    ("مكتبة القرويين", "حفظ المخطوطات وفهرستها وإتاحتها للباحثين"),
];

/// What Alan writes when he asks.
pub const REASON: &str =
    "I am moving the numeric library to the new back end and want to send the changes myself.\nGrace knows of it.";

/// Returns the moment at which all samples are drawn.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::from_second(1_795_425_240).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Returns the moment some hours before [`now`].
#[must_use]
pub fn hours_ago(hours: i64) -> Timestamp {
    now() - SignedDuration::from_hours(hours)
}

/// Returns a name of 120 letters without a blank.
#[must_use]
pub fn long_name() -> String {
    "Flussschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung".chars().cycle().take(120).collect()
}

/// Returns an Arabic name of 120 letters and blanks.
#[must_use]
pub fn long_arabic_name() -> String {
    "فريق حفظ المخطوطات وفهرستها ".chars().cycle().take(119).chain(['ة']).collect()
}

/// Returns every name in the samples, of people and of groups.
#[must_use]
pub fn names() -> Vec<String> {
    let known = PEOPLE.into_iter().chain(GROUPS.into_iter().map(|(name, _)| name));
    known.map(str::to_owned).chain([long_name(), long_arabic_name()]).collect()
}

/// Returns an id that belongs to a text, always the same.
fn id_of(text: &str) -> Uuid {
    // FNV-1a, which is enough to tell a handful of names apart.
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    Uuid::from_u64_pair(hash, hash.rotate_left(32))
}

/// Returns a person of that name.
#[must_use]
pub fn person(name: &str) -> PersonRef {
    PersonRef { id: PersonId(id_of(name)), name: name.to_owned() }
}

/// Returns the people of these names.
#[must_use]
pub fn people(names: &[&str]) -> Vec<PersonRef> {
    names.iter().copied().map(person).collect()
}

/// Returns a signed-in person of that name with roles in Roster.
#[must_use]
pub fn viewer(name: &str, roles: &[Role]) -> Viewer {
    Viewer {
        id: person(name).id,
        tenant: Uuid::nil(),
        name: name.to_owned(),
        username: username(name),
        guest: false,
        roles: roles.to_vec(),
    }
}

/// Returns a signed-in guest.
#[must_use]
pub fn guest() -> Viewer {
    Viewer { guest: true, username: "tim@fabrikam.example".to_owned(), ..viewer("Tim Berners", &[]) }
}

fn username(name: &str) -> String {
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    let first = if first.is_ascii() { first } else { "fatima".to_owned() };
    format!("{first}@contoso.example")
}

/// Returns a security group that can take part.
#[must_use]
pub fn group(name: &str) -> Group {
    let description = GROUPS.into_iter().find(|(known, _)| *known == name).map_or("", |(_, description)| description);
    let facts = GroupFacts { security_enabled: true, ..GroupFacts::default() };
    Group { id: GroupId(id_of(name)), name: name.to_owned(), description: description.to_owned(), facts }
}

/// Returns the facts of a Microsoft 365 group.
#[must_use]
pub fn microsoft365() -> GroupFacts {
    GroupFacts { group_types: vec!["Unified".to_owned()], mail_enabled: true, ..GroupFacts::default() }
}

/// Returns the designation of a group on the usual terms.
#[must_use]
pub fn designation(group: &Group) -> Designation {
    Designation {
        group: group.id,
        terms: Terms { gives: "Write access to the sources and the build machines.".to_owned(), ..Terms::default() },
        version: 3,
        designated_by: person("Ada Lovelace"),
        designated_at: hours_ago(24 * 40),
        terms_by: person("Ada Lovelace"),
        terms_at: hours_ago(24 * 40),
        opened_by: None,
        suspended: None,
        reviews: Reviews::since(hours_ago(24 * 40)),
    }
}

/// Returns an open request.
#[must_use]
pub fn request(person_name: &str, group_name: &str, reason: &str) -> JoinRequest {
    let asked_at = hours_ago(20);
    JoinRequest {
        id: RequestId(id_of(&format!("{person_name} asks for {group_name}"))),
        kind: request::Kind::Join,
        group: group(group_name).id,
        group_name: group_name.to_owned(),
        requester: person(person_name),
        asker: Asker {
            username: username(person_name),
            job_title: "Mathematician".to_owned(),
            department: "Research".to_owned(),
            guest: false,
        },
        reason: reason.to_owned(),
        answers: vec![],
        days: None,
        state: State::Open,
        end_reason: None,
        version: 1,
        asked_at,
        lapses_at: request::lapses_at(&Terms::default(), asked_at),
        ended_at: None,
        consented: vec![],
        decision: None,
        operation: None,
    }
}

/// Returns questions that a group asks, one that needs an answer and one that needs none.
#[must_use]
pub fn questions() -> Vec<Question> {
    let asked = [("Which team do you work with?", true), ("Until when will you need it?", false)];
    asked.map(|(text, required)| Question { text: text.to_owned(), required }).into()
}

/// Returns what was answered to them.
#[must_use]
pub fn answers() -> Vec<Answer> {
    let answered = questions().into_iter().zip(["Numerics", ""]);
    answered.map(|(question, answer)| Answer { question: question.text, answer: answer.to_owned() }).collect()
}

/// Returns Alan's open request for the compiler team.
#[must_use]
pub fn open() -> JoinRequest {
    request("Alan Turing", "Compiler Team", REASON)
}

/// Returns a request as an owner answered it.
#[must_use]
pub fn answered(mut request: JoinRequest, state: State, message: &str) -> JoinRequest {
    request.state = state;
    request.version += 1;
    request.decision = Some(Decision { by: person("Grace Hopper"), at: hours_ago(2), message: message.to_owned() });
    request
}

/// Returns a request as it ended without an answer.
#[must_use]
pub fn ended(mut request: JoinRequest, reason: EndReason) -> JoinRequest {
    request.state = State::Ended;
    request.end_reason = Some(reason);
    request.ended_at = Some(hours_ago(1));
    request
}

/// Returns an approved request with the directory write that follows it.
#[must_use]
pub fn approved(request: JoinRequest, state: operation::State, refusal: Option<DirectoryRefusal>) -> JoinRequest {
    let mut request = answered(request, State::Approved, "Welcome. The build machines know you from tomorrow.");
    request.operation = Some(Operation {
        request: Some(request.id),
        state,
        refusal,
        finished_at: matches!(state, operation::State::Applied | operation::State::Refused).then(|| hours_ago(1)),
        ..write(Kind::Add, &request.requester.name, &request.group_name)
    });
    request
}

/// Returns a directory write whose answer was lost.
#[must_use]
pub fn write(kind: Kind, person_name: &str, group_name: &str) -> Operation {
    Operation {
        id: OperationId(id_of(&format!("{person_name} in or out of {group_name}"))),
        kind,
        group: group(group_name).id,
        group_name: group_name.to_owned(),
        person: person(person_name),
        request: None,
        decided_by: person(if kind == Kind::Remove { person_name } else { "Grace Hopper" }),
        reason: String::new(),
        state: operation::State::Unknown,
        version: 2,
        attempt: 1,
        lease_until: now() + operation::LEASE,
        refusal: None,
        negative_at: None,
        created_at: hours_ago(2),
        finished_at: None,
        carried_out_by: Some(person("Grace Hopper")),
        until: None,
    }
}

/// Returns the designation of a group whose memberships last 90 days.
#[must_use]
pub fn designation_with_ends(group: &Group) -> Designation {
    let usual = designation(group);
    Designation { terms: Terms { lasting: Lasting::Days { usual: 90, most: 180 }, ..usual.terms }, ..usual }
}

/// Returns the removal of somebody whose membership has come to its end.
#[must_use]
pub fn ended_membership(person_name: &str, group_name: &str) -> Operation {
    let group = (group(group_name).id, group_name);
    let end = hours_ago(30);
    Operation::at_its_end(group, &person(person_name), &person("Grace Hopper"), end, hours_ago(29))
}
