//! People and pictures that were read a moment ago, kept for everybody for some minutes.
//!
//! The directory tells everybody the same about a person, but for what the scopes of a token leave out; so people are kept
//! apart by that. Whether somebody may be shown at all is for the page to decide, before it asks here.

use std::mem::size_of;

use moka::future::Cache;

use super::{AsPerson, Error, Limits, Photo, PhotoSize};
use crate::domain::{directory::Person, ids::PersonId};

/// How many people are kept at most. A person is below one kilobyte.
const MOST_PEOPLE: u64 = 10_000;

/// What is kept. Copies share it.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// By person, and whether the token may read more of others than name and mail.
    people: Cache<(PersonId, bool), Option<Person>>,
    /// By person and size.
    photos: Cache<(PersonId, PhotoSize), Option<Photo>>,
}

impl Kept {
    /// Starts empty.
    pub fn new(limits: &Limits) -> Self {
        let weight = |_: &(PersonId, PhotoSize), photo: &Option<Photo>| {
            let bytes =
                photo.as_ref().map_or(0, |photo| photo.bytes.len()) + 2 * size_of::<(PersonId, PhotoSize, Photo)>();
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        Self {
            people: Cache::builder().max_capacity(MOST_PEOPLE).time_to_live(limits.keep_people).build(),
            photos: Cache::builder()
                .max_capacity(limits.keep_photo_bytes)
                .weigher(weight)
                .time_to_live(limits.keep_photos)
                .build(),
        }
    }
}

// Each reader asks the directory with their own token: an answer that is waited for together would hand one person's
// refusal, or their request to sign in again, to another.
impl AsPerson<'_> {
    /// Returns a person as they were read some minutes ago at most, or reads them. For showing only: what decides is read
    /// with [`AsPerson::person`].
    ///
    /// # Errors
    /// As [`AsPerson::person`].
    pub async fn person_as_kept(self, person: PersonId) -> Result<Option<Person>, Error> {
        let (kept, key) = (&self.graph.kept.people, (person, self.token.allows("User.Read.All")));
        if let Some(found) = kept.get(&key).await {
            return Ok(found);
        }
        let read = self.person(person).await?;
        kept.insert(key, read.clone()).await;
        Ok(read)
    }

    /// Returns the picture of a person as it was read some minutes ago at most, or reads it.
    ///
    /// # Errors
    /// As [`AsPerson::photo`].
    pub async fn photo_as_kept(self, person: PersonId, size: PhotoSize) -> Result<Option<Photo>, Error> {
        let (kept, key) = (&self.graph.kept.photos, (person, size));
        if let Some(found) = kept.get(&key).await {
            return Ok(found);
        }
        let read = self.photo(person, size).await?;
        kept.insert(key, read.clone()).await;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn pictures_take_no_more_memory_than_allowed() {
        let kept = Kept::new(&Limits { keep_photo_bytes: 50_000, ..Limits::default() });

        for n in 0..200 {
            let photo = Photo { content_type: "image/png", bytes: vec![0; 1000].into() };
            kept.photos.insert((PersonId(Uuid::from_u128(n)), PhotoSize::Small), Some(photo)).await;
        }
        kept.photos.run_pending_tasks().await;

        let held = kept.photos.weighted_size();
        assert!((20_000..=50_000).contains(&held), "{held}");
    }
}
