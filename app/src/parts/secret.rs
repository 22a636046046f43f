//! What is shown this once: the secret of a token, a link to set a password, an invitation. Only its hash is kept.

use super::{
    icon::{Glyph, Icon},
    toast::use_toast,
};
use crate::view::erased::{ErasedView, IntoErased};
use crate::{browser, secret::Secret, text::language};
use leptos::prelude::*;

/// The id of the field with the secret.
pub(crate) const SECRET: &str = "secret";

/// The secret on the page where it was asked for. It comes by a fetch, so only the browser draws it.
pub(crate) fn shown_once(secret: &Secret) -> ErasedView {
    let words = language();
    let labels = words.one_time_secret();
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
    .erased()
}

/// Brings the secret, which is drawn by the next frame, under the eyes of whoever asked for it.
pub(crate) fn focus_secret() {
    request_animation_frame(|| browser::focus(SECRET));
}
