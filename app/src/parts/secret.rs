//! What is shown this once: the secret of a token, a link to set a password, an invitation. Only its hash is kept.

use super::{
    icon::{Glyph, Icon},
    piece::{IntoPiece, Piece},
    toast::use_toast,
};
use crate::{
    browser,
    text::{Language, language},
};
use domain::FreshLink;
use leptos::prelude::*;
use std::fmt;

/// The id of the field with the secret.
pub(crate) const SECRET: &str = "secret";

/// A secret. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    /// Of a token of the API.
    Token(String),
    /// Of a link by which somebody sets a password.
    PasswordLink(FreshLink),
    /// Of an invitation.
    Invitation(FreshLink),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl Secret {
    /// What it is called, and what to do with it.
    pub(crate) fn said(&self, words: Language) -> (&'static str, String) {
        let own = words.once();
        let until = |hint: &str, link: &FreshLink| format!("{hint} {}", words.good_until(link.ends_at));
        match self {
            Self::Token(_) => (own.token, own.token_hint.to_owned()),
            Self::PasswordLink(link) => (own.password_link, until(own.password_link_hint, link)),
            Self::Invitation(link) => (own.invitation, until(own.invitation_hint, link)),
        }
    }

    /// What is copied. Links are whole where it is known under which address this is reached.
    pub(crate) fn text(&self, origin: &str) -> String {
        match self {
            Self::Token(token) => token.clone(),
            Self::PasswordLink(link) => format!("{origin}/reset/{}", link.token),
            Self::Invitation(link) => format!("{origin}/register?invitation={}", link.token),
        }
    }
}

/// The secret on the page where it was asked for. It comes by a fetch, so only the browser draws it.
pub(crate) fn shown_once(secret: &Secret) -> Piece {
    let words = language();
    let labels = words.once();
    let (label, hint) = secret.said(words);
    let toast = use_toast();
    let copy =
        move |_| toast.say(if browser::copy_from(SECRET) { labels.copied } else { labels.not_copied }.to_owned());
    view! {
        <div class="new-secret" role="status">
            <label for=SECRET>{label}</label>
            <p class="hint" id="secret-hint">{hint}</p>
            <div class="field-line">
                <input id=SECRET type="text" readonly value=secret.text(&browser::origin()) aria-describedby="secret-hint" />
                <button class="button" type="button" on:click=copy><Glyph icon=Icon::Copy />{labels.copy}</button>
            </div>
        </div>
    }
    .piece()
}

/// Brings the secret, which is drawn by the next frame, under the eyes of whoever asked for it.
pub(crate) fn focus_secret() {
    request_animation_frame(|| browser::focus(SECRET));
}
