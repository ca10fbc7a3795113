//! Pictures of people. Those of groups take scopes that Roster does not ask for (Graph, "Get profilePhoto").

use std::sync::Arc;

use reqwest::StatusCode;

use super::{
    AsPerson, Error,
    call::{
        Call,
        Piece::{self, Id, Word},
    },
    people::unless_gone,
    send::Reply,
};
use crate::domain::ids::PersonId;

/// The largest picture that is taken, in bytes. Graph's own largest, 648 by 648, stays well below.
const LARGEST: usize = 1024 * 1024;

/// How large a picture is, in pixels each way. Graph knows more sizes than we use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhotoSize {
    /// 48, for a line of a list.
    Small,
    /// 96, the same for dense screens.
    Medium,
    /// 240, for the head of a page.
    Large,
}

impl PhotoSize {
    fn word(self) -> Piece {
        Word(match self {
            Self::Small => "48x48",
            Self::Medium => "96x96",
            Self::Large => "240x240",
        })
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// `image/jpeg`, `image/png` or `image/gif`; nothing else is taken, so that no script can hide in a picture.
    pub content_type: &'static str,
    /// The picture itself.
    pub bytes: Arc<[u8]>,
}

impl AsPerson<'_> {
    /// Reads the picture of the person whose token it is, `None` when there is none.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn my_photo(self, size: PhotoSize) -> Result<Option<Photo>, Error> {
        self.photo_at(&[Word("me"), Word("photos"), size.word(), Word("$value")]).await
    }

    /// Reads the picture of a person, `None` when there is none, or nobody, or no mailbox to keep one in.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn photo(self, person: PersonId, size: PhotoSize) -> Result<Option<Photo>, Error> {
        self.photo_at(&[Word("users"), Id(person.0), Word("photos"), size.word(), Word("$value")]).await
    }

    async fn photo_at(self, path: &[Piece]) -> Result<Option<Photo>, Error> {
        let reply = self.waits().reply(&Call::read(path), self.graph.deadline(), StatusCode::OK).await;
        unless_gone(reply.and_then(|reply| Photo::read(&reply).map(Some)))
    }
}

impl Photo {
    fn read(reply: &Reply) -> Result<Self, Error> {
        let content_type = known(reply.content_type()).ok_or(Error::Garbled)?;
        let bytes = reply.body();
        if bytes.is_empty() || bytes.len() > LARGEST {
            return Err(Error::Garbled);
        }
        Ok(Self { content_type, bytes: bytes.into() })
    }
}

fn known(said: &str) -> Option<&'static str> {
    match said.to_ascii_lowercase().as_str() {
        // Graph's own samples write it without the e.
        "image/jpeg" | "image/jpg" => Some("image/jpeg"),
        "image/png" => Some("image/png"),
        "image/gif" => Some("image/gif"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_pictures_are_taken() {
        assert_eq!(known("image/JPG"), Some("image/jpeg"));
        assert_eq!(known("image/png"), Some("image/png"));
        for other in ["image/svg+xml", "text/html", "", "application/octet-stream"] {
            assert_eq!(known(other), None, "{other}");
        }
    }
}
