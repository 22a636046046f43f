//! The connection mark: silent while what is shown is true.

use super::icon::{Glyph, Icon};
use crate::view::{dynamic::dyn_view, erased::IntoErased};
use crate::{
    browser,
    live::{Connection, use_live},
    text::language,
};
use leptos::prelude::*;

/// The mark.
#[component]
pub(crate) fn ConnectionMark() -> impl IntoView {
    let connection = use_live().connection();
    let labels = language().labels();
    let mark = |kind, icon, words: String| {
        view! { <p class="connection-mark" data-kind=kind><Glyph icon=icon />{words}</p> }.erased()
    };
    view! {
        <div class="connection" role="status">
            {dyn_view(move || match connection.get() {
                Connection::Connecting | Connection::Live => None,
                Connection::Reconnecting => {
                    Some(mark("reconnecting", Icon::Reconnecting, labels.reconnecting.to_owned()))
                }
                Connection::SignedOut => Some(view! {
                    <p class="connection-mark" data-kind="signed-out">
                        <span>{labels.signed_out}</span>
                        <a href=browser::sign_in_address() rel="external" on:click=|_| browser::keep_typed()>
                            {labels.sign_in}
                        </a>
                    </p>
                }.erased()),
                Connection::Offline(since) => {
                    Some(mark("offline", Icon::Offline, format!("{} {since}", labels.offline_since)))
                }
            })}
        </div>
    }
}
