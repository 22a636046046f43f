//! Answers to forms without script that show something once. Where a form with script shows the answer in place, one
//! without gets a page that is the answer itself: a secret never stands in an address.

use crate::{secret::Secret, wire};
use domain::{FreshLink, FreshUser};

/// The path under which the page is drawn. Nobody gets there by it: it shows what was just made, and nothing else.
pub const PAGE: &str = "/once";

/// The page's subject. Provided as a context by whoever has the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownOnce {
    /// What is shown.
    pub secret: Secret,
    /// Where one goes on to.
    pub onward: String,
}

/// What whoever sent a form without script gets for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The page with a secret.
    Once(ShownOnce),
    /// Another page: there is no secret.
    Elsewhere(String),
}

/// Whether the answers of this server function may hold a secret.
#[must_use]
pub fn tells_secrets(path: &str) -> bool {
    matches!(
        path,
        "/api/tokens/create" | "/api/users/create" | "/api/users/make_reset_link" | "/api/invitations/create"
    )
}

/// The page of its form, where that takes back what was typed, by its address, when the form is refused.
#[must_use]
pub fn takes_back(path: &str) -> Option<&'static str> {
    match path {
        "/api/users/create" => Some("/admin/users/new"),
        "/api/invitations/create" => Some("/admin/invitations"),
        _ => None,
    }
}

/// What an answer of such a server function tells; `page` is where the form stood. `None` where it is no answer of it.
#[must_use]
pub fn told(path: &str, answer: &str, page: &str) -> Option<Told> {
    let once = |secret, onward: &str| Told::Once(ShownOnce { secret, onward: onward.to_owned() });
    let link = || wire::read::<FreshLink>(answer).ok();
    match path {
        "/api/tokens/create" => Some(once(Secret::Token(wire::read(answer).ok()?), page)),
        "/api/users/make_reset_link" => Some(once(Secret::PasswordLink(link()?), page)),
        "/api/invitations/create" => Some(once(Secret::Invitation(link()?), page)),
        "/api/users/create" => {
            let made: FreshUser = wire::read(answer).ok()?;
            let onward = format!("/admin/users/{}", made.user);
            Some(match made.link {
                Some(link) => once(Secret::PasswordLink(link), &onward),
                None => Told::Elsewhere(onward),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_tells_its_secret_and_where_to_go_on() {
        let link = r#"{"token":"abc","ends_at":1}"#;
        let told = |path: &str, answer: &str| told(path, answer, "/here");
        let Some(Told::Once(shown)) = told("/api/tokens/create", "\"abc\"") else { panic!("no secret") };
        assert_eq!((shown.secret.text("https://a"), shown.onward.as_str()), ("abc".to_owned(), "/here"));
        let Some(Told::Once(shown)) = told("/api/users/make_reset_link", link) else { panic!("no secret") };
        assert_eq!(shown.secret.text("https://a"), "https://a/reset/abc");
        let Some(Told::Once(shown)) = told("/api/invitations/create", link) else { panic!("no secret") };
        assert_eq!(shown.secret.text("https://a"), "https://a/register?invitation=abc");
        let made = format!("{{\"user\":7,\"link\":{link}}}");
        let Some(Told::Once(shown)) = told("/api/users/create", &made) else { panic!("no secret") };
        assert_eq!(shown.onward, "/admin/users/7");
        let plain = told("/api/users/create", r#"{"user":7,"link":null}"#);
        assert_eq!(plain, Some(Told::Elsewhere("/admin/users/7".to_owned())));
        assert_eq!(told("/api/tokens/create", "nonsense"), None);
        assert!(!format!("{shown:?}").contains("abc"), "it is never printed");
    }
}
