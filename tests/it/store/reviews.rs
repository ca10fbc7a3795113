//! Reviews: frozen members, answers, and the end.

use roster::{
    domain::{
        directory::Person,
        event::EventKind,
        ids::ReviewId,
        review_due::Reviews as DueReviews,
        reviewing::{Answer, Review, Tally},
        terms::Terms,
    },
    store::{Moved, ReviewRows},
};

use super::{HOUR, ada, alan, compilers, event, event_count, grace, noon};
use crate::support::database::each_database;

fn review() -> Review {
    Review { id: ReviewId::new(), group: compilers(), started_by: grace(), started_at: noon(), ended: None }
}

fn member(n: u128) -> Person {
    let id = roster::domain::ids::PersonId(uuid::Uuid::from_u128(n));
    Person {
        id,
        name: format!("Member {n}"),
        username: format!("member.{n}@contoso.example"),
        mail: String::new(),
        job_title: String::new(),
        department: String::new(),
        guest: None,
        enabled: None,
    }
}

#[tokio::test]
async fn one_review_of_a_group_is_under_way_and_its_members_are_those_of_its_beginning() {
    each_database(async |database| {
        let (reviews, told) = (database.store.reviews(), event(EventKind::ReviewStarted));
        let (first, second) = (review(), review());
        let members: Vec<Person> = (1..=1234).map(member).collect();

        let begun = reviews.start(&first, &members, &told).await.unwrap();
        let again = reviews.start(&second, &members[..1], &told).await.unwrap();
        let page = reviews.rows(first.id, ReviewRows::All, 1000, 20).await.unwrap();

        assert_eq!((begun, again), (Moved::Yes, Moved::No));
        assert_eq!(page.iter().map(|row| row.place).collect::<Vec<_>>(), (1001..=1020).collect::<Vec<_>>());
        assert_eq!(page[0].person.name, "Member 1001");
        assert_eq!(reviews.find(first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(reviews.of_group(compilers(), 5).await.unwrap(), [first]);
        assert_eq!(event_count(&database.store).await, 1);
    })
    .await;
}

#[tokio::test]
async fn answers_are_kept_until_the_review_ends_and_never_after() {
    each_database(async |database| {
        let (reviews, told) = (database.store.reviews(), event(EventKind::ReviewEnded));
        let one = review();
        assert!(reviews.start(&one, &[member(1), member(2), member(3)], &told).await.unwrap().is_yes());
        let answers = [(1, Some(Answer::Keep), String::new()), (3, Some(Answer::Remove), "Left.".to_owned())];

        let kept = reviews.answer(one.id, &answers, &ada(), noon() + HOUR).await.unwrap();
        let ended = reviews.end(&one, &alan(), noon() + HOUR, &told).await.unwrap();
        let twice = reviews.end(&one, &ada(), noon() + HOUR, &told).await.unwrap();
        let late = reviews.answer(one.id, &[(2, Some(Answer::Remove), "Late.".to_owned())], &ada(), noon()).await;

        assert_eq!((kept, ended, twice, late.unwrap()), (Moved::Yes, Moved::Yes, Moved::No, Moved::No));
        assert_eq!(reviews.tally(one.id).await.unwrap(), Tally { members: 3, kept: 1, to_remove: 1 });
        let removed = reviews.rows(one.id, ReviewRows::Answered(Some(Answer::Remove)), 0, 9).await.unwrap();
        assert_eq!(removed[0].reason, "Left.");
        assert_eq!(removed[0].answered, Some((ada(), noon() + HOUR)));
        assert_eq!(reviews.rows(one.id, ReviewRows::Answered(None), 0, 9).await.unwrap()[0].place, 2);
        assert_eq!(reviews.find(one.id).await.unwrap().unwrap().ended, Some((alan(), noon() + HOUR)));
        assert!(reviews.start(&review(), &[], &told).await.unwrap().is_yes(), "the next one can begin");
    })
    .await;
}

#[tokio::test]
async fn the_catalogue_learns_of_a_review_and_since_when_the_terms_ask_for_one() {
    each_database(async |database| {
        let (reviews, designations) = (database.store.reviews(), database.store.designations());
        let told = event(EventKind::DesignationChanged);
        let every = |review_days| Terms { review_days, ..Terms::default() };
        let one = review();
        let stands = async |change| {
            let news = designations.changed_since(change).await.unwrap();
            let change = database.store.requests().counts(alan().id, noon()).await.unwrap().change;
            (news.first().map(|it| it.reviews), change)
        };
        let asked_since = async || designations.find(compilers()).await.unwrap().unwrap().reviews.asked_since;

        let made = designations.designate(compilers(), &every(None), &ada(), None, noon(), &told).await;
        assert!(made.unwrap().is_yes());
        let (_, change) = stands(0).await;
        assert!(reviews.start(&one, &[member(1)], &told).await.unwrap().is_yes());
        let (begun, change) = stands(change).await;
        let kept = [(1, Some(Answer::Keep), String::new())];
        assert!(reviews.answer(one.id, &kept, &alan(), noon()).await.unwrap().is_yes());
        assert!(reviews.end(&one, &alan(), noon() + HOUR, &told).await.unwrap().is_yes());
        let (ended, change) = stands(change).await;
        assert!(!reviews.end(&one, &alan(), noon() + HOUR * 2, &told).await.unwrap().is_yes());
        let (twice, _) = stands(change).await;

        let usual = DueReviews::since(noon());
        assert_eq!(begun, Some(DueReviews { is_under_way: true, ..usual }));
        assert_eq!(ended, Some(DueReviews { ended_at: Some(noon() + HOUR), ..usual }));
        assert_eq!(twice, None, "nothing changed");

        let set = |terms, version, hours| (terms, version, noon() + HOUR * hours);
        for (terms, version, at) in [set(every(Some(90)), 1, 3), set(Terms { open_days: 3, ..every(Some(90)) }, 2, 4)] {
            let set = designations.designate(compilers(), &terms, &ada(), Some(version), at, &told).await.unwrap();
            assert!(set.is_yes());
            assert_eq!(asked_since().await, noon() + HOUR * 3);
        }
        let by_an_owner =
            designations.change_open_terms(compilers(), &every(Some(30)), &grace(), 3, noon() + HOUR * 5, &told).await;
        assert!(by_an_owner.unwrap().is_yes());
        assert_eq!(asked_since().await, noon() + HOUR * 5);
    })
    .await;
}
