//! Sign-ins on their way and held forms: given out once, to whom they belong.

use jiff::SignedDuration;
use roster::store::{FORMS_OF_ONE, HeldForms, Logins, SIGN_INS, SIGN_INS_OF_ONE, SealKeys, Store};

use super::each_database;
use super::{HOUR, ada, alan, noon};

fn keys() -> SealKeys {
    SealKeys::new(vec![[1; 32]]).unwrap()
}

fn held(store: &Store) -> HeldForms {
    HeldForms::new(store.clone(), keys())
}

#[tokio::test]
async fn a_sign_in_is_given_out_once_to_the_browser_that_began_it() {
    each_database(async |database| {
        let logins = Logins::new(database.store.clone(), keys());
        logins.put("state", "browser", &("nonce", 7), noon() + HOUR).await.unwrap();

        let stranger: Option<(String, i64)> = logins.take("state", "other", noon()).await.unwrap();
        let owner: Option<(String, i64)> = logins.take("state", "browser", noon()).await.unwrap();
        let again: Option<(String, i64)> = logins.take("state", "browser", noon()).await.unwrap();

        assert_eq!((stranger, owner, again), (None, Some(("nonce".into(), 7)), None));
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_is_worth_nothing_after_its_time_and_is_swept() {
    each_database(async |database| {
        let logins = Logins::new(database.store.clone(), keys());
        logins.put("state", "browser", &"nonce", noon()).await.unwrap();
        logins.put("other", "browser", &"nonce", noon() + HOUR).await.unwrap();

        let late: Option<String> = logins.take("state", "browser", noon()).await.unwrap();
        let swept = logins.sweep(noon()).await.unwrap();

        assert_eq!((late, swept), (None, 1));
        assert_eq!(logins.take::<String>("other", "browser", noon()).await.unwrap().as_deref(), Some("nonce"));
    })
    .await;
}

#[tokio::test]
async fn a_held_form_is_shown_to_its_sender_only() {
    each_database(async |database| {
        let forms = held(&database.store);
        forms.put("form", "browser", alan().id, &"reason=parser", noon() + HOUR).await.unwrap();

        let other_person: Option<String> = forms.peek("form", "browser", ada().id, noon()).await.unwrap();
        let other_browser: Option<String> = forms.peek("form", "other", alan().id, noon()).await.unwrap();
        let late: Option<String> = forms.peek("form", "browser", alan().id, noon() + HOUR).await.unwrap();
        let shown: Option<String> = forms.peek("form", "browser", alan().id, noon()).await.unwrap();

        assert_eq!((other_person, other_browser, late), (None, None, None));
        assert_eq!(shown.as_deref(), Some("reason=parser"));
        assert_eq!(forms.sweep(noon() + HOUR).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_form_kept_under_a_previous_server_key_is_shown() {
    each_database(async |database| {
        held(&database.store).put("form", "browser", alan().id, &"reason=parser", noon() + HOUR).await.unwrap();
        let rotated = HeldForms::new(database.store.clone(), SealKeys::new(vec![[2; 32], [1; 32]]).unwrap());

        let shown: Option<String> = rotated.peek("form", "browser", alan().id, noon()).await.unwrap();

        assert_eq!(shown.as_deref(), Some("reason=parser"));
    })
    .await;
}

#[tokio::test]
async fn of_many_forms_of_one_person_the_latest_are_kept() {
    each_database(async |database| {
        let forms = held(&database.store);
        forms.put("of ada", "browser", ada().id, &"", noon() + HOUR).await.unwrap();
        for at in 0..=FORMS_OF_ONE {
            let until = noon() + HOUR + SignedDuration::from_secs(i64::try_from(at).unwrap());
            forms.put(&format!("form {at}"), "browser", alan().id, &"", until).await.unwrap();
        }

        let first: Option<String> = forms.peek("form 0", "browser", alan().id, noon()).await.unwrap();
        let second: Option<String> = forms.peek("form 1", "browser", alan().id, noon()).await.unwrap();
        let others: Option<String> = forms.peek("of ada", "browser", ada().id, noon()).await.unwrap();

        assert_eq!((first.is_some(), second.is_some(), others.is_some()), (false, true, true));
    })
    .await;
}

#[tokio::test]
async fn of_many_sign_ins_in_one_browser_the_latest_go_on() {
    each_database(async |database| {
        let logins = Logins::new(database.store.clone(), keys());
        logins.put("elsewhere", "other", &"nonce", noon() + HOUR).await.unwrap();
        for at in 0..=SIGN_INS_OF_ONE {
            let until = noon() + HOUR + SignedDuration::from_secs(i64::try_from(at).unwrap());
            logins.put(&format!("state {at}"), "browser", &"nonce", until).await.unwrap();
        }

        let first: Option<String> = logins.take("state 0", "browser", noon()).await.unwrap();
        let second: Option<String> = logins.take("state 1", "browser", noon()).await.unwrap();
        let others: Option<String> = logins.take("elsewhere", "other", noon()).await.unwrap();

        assert_eq!((first.is_some(), second.is_some(), others.is_some()), (false, true, true));
    })
    .await;
}

#[tokio::test]
async fn a_flood_of_sign_ins_neither_fills_the_database_nor_keeps_anybody_out() {
    each_database(async |database| {
        let logins = Logins::new(database.store.clone(), keys());
        let flood = "INSERT INTO login (key, browser_hash, sealed, expires_at)
                     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
                     SELECT 'k' || CAST(i AS TEXT), 'b' || CAST(i AS TEXT), 'x', 1 FROM n";
        database.tamper(flood).await.unwrap();

        logins.put("state", "browser", &"nonce", noon() + HOUR).await.unwrap();
        let left: usize = database.text("SELECT CAST(COUNT(*) AS TEXT) FROM login").await.parse().unwrap();
        let mine: Option<String> = logins.take("state", "browser", noon()).await.unwrap();

        assert!(left < SIGN_INS, "{left}");
        assert_eq!(mine.as_deref(), Some("nonce"));
    })
    .await;
}
