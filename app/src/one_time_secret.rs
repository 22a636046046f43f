//! Answers to forms without script that hold a one-time secret. Where a form with script shows the answer in place, one
//! without gets a page that is the answer itself: a secret never stands in an address.

use crate::{
    api::{
        invitations::CreateInvitation,
        tokens::CreateToken,
        users::{CreateUser, MakeResetLink},
    },
    secret::Secret,
    wire,
};
use domain::FreshUser;
use leptos::server_fn::ServerFn;

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
pub enum SecretAnswer {
    /// The page with a secret.
    Once(ShownOnce),
    /// Another page: there is no secret.
    Elsewhere(String),
}

/// A server function whose answers may hold a one-time secret.
pub struct OneTimeSecret {
    path: &'static str,
    /// The page of its form, where that takes back what was typed, by its address, when the form is refused.
    pub form_page: Option<&'static str>,
    /// Reads its answer; beside it, the page on which the form stood.
    read: fn(&str, &str) -> Option<SecretAnswer>,
}

static FUNCTIONS: [OneTimeSecret; 4] = [
    OneTimeSecret {
        path: CreateToken::PATH,
        form_page: None,
        read: |answer, page| Some(shown(Secret::Token(wire::read(answer).ok()?), page)),
    },
    OneTimeSecret {
        path: MakeResetLink::PATH,
        form_page: None,
        read: |answer, page| Some(shown(Secret::PasswordLink(wire::read(answer).ok()?), page)),
    },
    OneTimeSecret {
        path: CreateInvitation::PATH,
        form_page: Some("/admin/invitations"),
        read: |answer, page| Some(shown(Secret::Invitation(wire::read(answer).ok()?), page)),
    },
    OneTimeSecret {
        path: CreateUser::PATH,
        form_page: Some("/admin/users/new"),
        read: |answer, _| {
            let made: FreshUser = wire::read(answer).ok()?;
            let onward = format!("/admin/users/{}", made.user);
            Some(match made.link {
                Some(link) => shown(Secret::PasswordLink(link), &onward),
                None => SecretAnswer::Elsewhere(onward),
            })
        },
    },
];

impl OneTimeSecret {
    /// The function at this path, where its answers may hold one.
    #[must_use]
    pub fn at(path: &str) -> Option<&'static Self> {
        FUNCTIONS.iter().find(|function| function.path == path)
    }

    /// What an answer tells; `page` is where the form stood. `None` where it is no answer of this function.
    #[must_use]
    pub fn told(&self, answer: &str, page: &str) -> Option<SecretAnswer> {
        (self.read)(answer, page)
    }
}

fn shown(secret: Secret, onward: &str) -> SecretAnswer {
    SecretAnswer::Once(ShownOnce { secret, onward: onward.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_tells_its_secret_and_where_to_go_on() {
        let link = r#"{"token":"abc","ends_at":1}"#;
        let told = |path: &str, answer: &str| OneTimeSecret::at(path)?.told(answer, "/here");
        let Some(SecretAnswer::Once(shown)) = told(CreateToken::PATH, "\"abc\"") else { panic!("no secret") };
        assert_eq!((shown.secret.text("https://a"), shown.onward.as_str()), ("abc".to_owned(), "/here"));
        let Some(SecretAnswer::Once(shown)) = told(MakeResetLink::PATH, link) else { panic!("no secret") };
        assert_eq!(shown.secret.text("https://a"), "https://a/reset/abc");
        let Some(SecretAnswer::Once(shown)) = told(CreateInvitation::PATH, link) else { panic!("no secret") };
        assert_eq!(shown.secret.text("https://a"), "https://a/register?invitation=abc");
        let made = format!("{{\"user\":7,\"link\":{link}}}");
        let Some(SecretAnswer::Once(shown)) = told(CreateUser::PATH, &made) else { panic!("no secret") };
        assert_eq!(shown.onward, "/admin/users/7");
        let plain = told(CreateUser::PATH, r#"{"user":7,"link":null}"#);
        assert_eq!(plain, Some(SecretAnswer::Elsewhere("/admin/users/7".to_owned())));
        assert_eq!(told(CreateToken::PATH, "nonsense"), None);
        assert!(!format!("{shown:?}").contains("abc"), "it is never printed");
    }
}
