//! Many people at once, in a browser: a pasted list, an uploaded one, and a bar that moves by itself.

use std::{io::Write as _, time::Duration};

use roster_emulator::{Action, Fault};

use crate::support::{browser::Browser, portal::Portal, ran};

/// An owner pastes a list, sees it under way and done without doing anything, and removes the same people with a file.
async fn many(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let grace = Browser::open(script).await?;
    grace.sign_in(&portal.address, "Grace Hopper").await;

    grace.click("Groups I own").await;
    grace.click("Compiler Team").await;
    grace.click("Members").await;
    grace.click("Add or remove many").await;
    let people = "ken.thompson@contoso.example\nsophie.wilson@contoso.example\nnobody@contoso.example\n";
    grace.type_into("people", people).await;
    grace.click("Look people up").await;
    grace.sees("Nobody goes by this").await;
    portal.emulator.fault(Fault::on("PATCH", "/groups/").answer(Action::Stall(Duration::from_secs(2))));
    grace.click("Add 2 people").await;
    grace.sees("0 of 2 done").await;
    grace.sees("The list is carried out").await;
    assert!(portal.is_member("Compiler Team", "Ken Thompson") && portal.is_member("Compiler Team", "Sophie Wilson"));

    let mut file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
    file.write_all(b"Name;Mail\nKen Thompson;ken.thompson@contoso.example\n").unwrap();
    grace.click("Add or remove many").await;
    grace.click_at("//label[@for='upload-remove']").await;
    let field = grace.find("//input[@type='file']").await;
    field.send_keys(file.path().to_str().unwrap()).await.unwrap();
    grace.click("Look people up from the file").await;
    grace.click("Remove one person").await;
    grace.sees("The removals are carried out").await;

    assert!(!portal.is_member("Compiler Team", "Ken Thompson"));
    assert_eq!(grace.complaints().await, Vec::<String>::new());
    grace.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_carried_out_with_and_without_script() {
    if many(false).await.is_some() && many(true).await.is_some() {
        ran("visit::many");
    }
}
