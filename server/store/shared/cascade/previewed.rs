//! What would follow from a change: everybody it touches settled by the same rules, and nothing written.

use super::{AT_ONCE, load, touched};
use crate::{
    Conn,
    shared::{Fault, name},
};
use domain::{Cascade, Person, PreviewBuilder, UserId, settle};

/// How many times some of those touched are looked for: some ten thousand people, or some hundred thousand of whom few
/// are touched. The lock of the change is held for so long.
const ROUNDS: usize = 34;

/// How far was counted.
pub(crate) struct Extent {
    /// Whether everybody was.
    pub(crate) complete: bool,
    /// Whether they are too many for one transaction.
    pub(crate) in_steps: bool,
}

/// The key by which people are sorted.
pub(crate) fn key(person: &Person) -> String {
    name::order(person.display_name())
}

/// Adds what would follow to the foresight.
pub(crate) async fn add(
    conn: &mut Conn,
    wanted: Cascade,
    preview_builder: &mut PreviewBuilder<'_>,
) -> Result<Extent, Fault> {
    let mut last = UserId::UNASSIGNED;
    let mut in_steps = None;
    for _ in 0..ROUNDS {
        let touched = touched::list(conn, wanted.who, last, AT_ONCE + 1).await?;
        let in_steps = *in_steps.get_or_insert(!touched.fits_at_once());
        if !touched.people.is_empty() {
            let (citizens, realm) = load(conn, &touched.people).await?;
            preview_builder.note_internal(realm.groups.values());
            for citizen in &citizens {
                preview_builder.follows(&citizen.person, key, &settle(citizen, &realm, wanted.trigger).events);
            }
        }
        if touched.complete {
            return Ok(Extent { complete: true, in_steps });
        }
        last = touched.last;
    }
    Ok(Extent { complete: false, in_steps: true })
}
