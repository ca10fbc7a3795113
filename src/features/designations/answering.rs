//! Owners who cannot sign in, said to administrators before somebody waits for an answer in vain.

use crate::{domain::accounts::Answering, store::catalogue::Entry, web::words::Phrase};

/// What is the matter with the owners of a group.
pub(super) struct Matter {
    /// How many of them cannot sign in.
    pub title: Phrase,
    /// What follows.
    pub text: &'static str,
}

/// Says what is the matter with the owners of a group; nothing when it is not known who can sign in, and of a group that has
/// no owner, which is said elsewhere.
pub(super) fn matter(entry: &Entry) -> Option<Matter> {
    let (owners, unable) = (entry.owners.len(), entry.unable.as_ref().map_or(0, Vec::len));
    if unable == 0 {
        return None;
    }
    let some = || Phrase::new("owners-some-cannot").count("unable", unable).count("owners", owners);
    let (title, text) = match entry.answering() {
        Answering::NotKnown => return None,
        Answering::NobodyCanAnswer => (Phrase::new("owners-none-can").count("owners", owners), "owners-none-can-text"),
        Answering::OnlyOneCanAnswer => (some(), "owners-one-can-text"),
        Answering::SeveralCanAnswer => (some(), "owners-several-can-text"),
    };
    Some(Matter { title, text })
}
