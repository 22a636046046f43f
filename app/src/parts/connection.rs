//! The connection mark: silent while what is shown is true.

use super::icon::{Glyph, Icon};
use crate::view::dynamic::dyn_view;
use crate::{
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
        view! { <p class="connection-mark" data-kind=kind><Glyph icon=icon />{words}</p> }
    };
    view! {
        <div class="connection" role="status">
            {dyn_view(move || match connection.get() {
                Connection::Connecting | Connection::Live => None,
                Connection::Reconnecting => {
                    Some(mark("reconnecting", Icon::Reconnecting, labels.reconnecting.to_owned()))
                }
                Connection::Offline(since) => {
                    Some(mark("offline", Icon::Offline, format!("{} {since}", labels.offline_since)))
                }
            })}
        </div>
    }
}
