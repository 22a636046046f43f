//! What the keys of the page do, and the switch that turns them off. This is what is in the window that the frame opens.

use super::{
    icon::{Glyph, Icon},
    keys::{Shortcut, control_key, use_keys},
};
use crate::text::language;
use crate::view::{
    dynamic::{dyn_attr, dyn_view},
    erased::IntoErased,
};
use leptos::prelude::*;

/// What is in the window with the keys.
#[component]
pub(crate) fn KeyLines(
    /// Whether the window is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let labels = language().frame();
    let keys = use_keys();
    let line = |key: String, does: String| {
        view! { <div class="key-line"><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> }
    };
    let of_page = move || {
        let mut shortcuts = keys.shortcuts();
        shortcuts.retain(|shortcut| !matches!(shortcut.key, "" | "?"));
        shortcuts.reverse();
        if shortcuts.is_empty() {
            return view! { <p class="hint">{labels.keys_none}</p> }.erased();
        }
        let lines: Vec<_> =
            shortcuts.into_iter().map(|Shortcut { key, label, .. }| line(key.to_owned(), label)).collect();
        view! { <dl class="key-lines">{lines}</dl> }.erased()
    };
    let switch = move |_| keys.turn(keys.are_off());
    view! {
        <header class="dialog-head">
            <h2>{labels.keys}</h2>
            <button class="icon-button" type="button" on:click=move |_| open.set(false)>
                <Glyph icon=Icon::Cross />
                <span class="sr">{labels.close}</span>
            </button>
        </header>
        <h3>{labels.keys_here}</h3>
        {dyn_view(of_page)}
        <h3>{labels.keys_everywhere}</h3>
        <dl class="key-lines">
            {line(format!("{} K", control_key()), labels.key_palette.to_owned())}
            {line("?".to_owned(), labels.key_help.to_owned())}
            {line(labels.escape.to_owned(), labels.key_close.to_owned())}
        </dl>
        <label class="switch-line">
            <input type="checkbox" checked=dyn_attr(move || (!keys.are_off()).then_some("")) on:change=switch />
            <span>{labels.keys_on}<span class="hint">{labels.keys_on_hint}</span></span>
        </label>
    }
}
