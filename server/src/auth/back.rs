//! Back to the form of a way in that was refused, with what was typed but for the passwords.

use crate::{answer, pages, process::Process};
use axum::{http::request::Parts, response::Response};
use std::sync::Arc;

/// Leads to the page of the form, whose address tells it what it shows. Addresses are kept in histories and in the logs of
/// proxies: what is nobody else's business stands in none, and the page is the answer itself then.
pub(super) async fn back(process: &Arc<Process>, parts: Parts, path: &str, typed: &[(&str, &str)]) -> Response {
    let place = answer::with_query(path, typed);
    if typed.iter().any(|(name, value)| is_private(name, value)) {
        pages::draw(process, parts, &place).await
    } else {
        answer::see_other(&place)
    }
}

/// E-mail addresses, wherever they were typed, and the tokens of invitations.
pub(super) fn is_private(name: &str, value: &str) -> bool {
    const AT: [char; 3] = ['@', '\u{fe6b}', '\u{ff20}'];
    value.contains(AT) || (!value.is_empty() && matches!(name, "email" | "invitation"))
}

/// The same of the fields of a form, as they would stand in an address.
pub(crate) fn has_private(query: &str) -> bool {
    const AT: [&str; 3] = ["%40", "%EF%B9%AB", "%EF%BC%A0"];
    query.split('&').filter_map(|pair| pair.split_once('=')).any(|(name, value)| {
        let encoded = value.to_ascii_uppercase();
        is_private(name, value) || AT.iter().any(|at| encoded.contains(at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_private_is_told_by_field_and_by_look() {
        for (name, value) in [("username", "ana@example.org"), ("username", "ana\u{ff20}b"), ("email", "no address")] {
            assert!(is_private(name, value), "{name} {value}");
        }
        for (name, value) in [("username", "ana"), ("email", ""), ("invitation", ""), ("problem", "wrong")] {
            assert!(!is_private(name, value), "{name} {value}");
        }
        assert!(is_private("invitation", "abc"));
        assert!(has_private("deed=edit&email=x&draft=look") && has_private("username=ana%40b") && has_private("a=b@c"));
        assert!(!has_private("deed=edit&username=ana&email=&draft=look"));
    }
}
