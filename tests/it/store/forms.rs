//! Sign-ins on their way and held forms: given out once, to whom they belong.

use roster::store::{HeldForms, Logins, SealKeys, Store};

use super::each_database;
use super::{HOUR, noon};

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
        forms.put("form", "browser", "alan", &"reason=parser", noon() + HOUR).await.unwrap();

        let other_person: Option<String> = forms.peek("form", "browser", "ada", noon()).await.unwrap();
        let other_browser: Option<String> = forms.peek("form", "other", "alan", noon()).await.unwrap();
        let late: Option<String> = forms.peek("form", "browser", "alan", noon() + HOUR).await.unwrap();
        let shown: Option<String> = forms.peek("form", "browser", "alan", noon()).await.unwrap();

        assert_eq!((other_person, other_browser, late), (None, None, None));
        assert_eq!(shown.as_deref(), Some("reason=parser"));
        assert_eq!(forms.sweep(noon() + HOUR).await.unwrap(), 1);
    })
    .await;
}
