//! Cursors as callers are given them: the store's own with a mark, so that one that was made up, cut or taken from another
//! list is told from one of ours. The mark keeps no secret, and nothing depends on its being unforgeable.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

const MARK: usize = 6;

/// What cursors look like, and that there may be none.
pub(super) const PATTERN: &str = "^([A-Za-z0-9_-]{9,})?$";

fn mark(path: &str, cursor: &str) -> [u8; 32] {
    Sha256::new().chain_update(path).chain_update([0]).chain_update(cursor).finalize().into()
}

/// A cursor of the list at this path.
pub(super) fn written(path: &str, cursor: &str) -> String {
    let mut bytes = mark(path, cursor)[..MARK].to_vec();
    bytes.extend_from_slice(cursor.as_bytes());
    BASE64URL_NOPAD.encode(&bytes)
}

/// The store's cursor; `None` where it is none of this list's.
pub(super) fn read(path: &str, written: &str) -> Option<String> {
    let bytes = BASE64URL_NOPAD.decode(written.as_bytes()).ok()?;
    let (marked, cursor) = bytes.split_at_checked(MARK)?;
    let cursor = std::str::from_utf8(cursor).ok()?;
    (mark(path, cursor)[..MARK] == *marked).then(|| cursor.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cursors_of_the_same_list_are_read() {
        let cursor = written("/groups", "pilots,7");
        assert_eq!(read("/groups", &cursor).as_deref(), Some("pilots,7"));
        assert_eq!(read("/users", &cursor), None);
        for nonsense in ["", "x", "pilots,7", "!!", &cursor[1..], &format!("{cursor}AA")] {
            assert_eq!(read("/groups", nonsense), None, "{nonsense}");
        }
    }
}
