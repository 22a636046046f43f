//! A window above the page that takes the whole attention: the page behind it rests, the focus stays inside, Escape or a
//! click beside it closes it, and the focus returns to where it came from. There is none without script.

use crate::view::{
    dynamic::{dyn_attr, dyn_view},
    erased::ErasedView,
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// The window. What is in it is drawn anew each time it opens.
#[component]
pub(crate) fn Dialog(
    /// Whether it is open. Closing it from inside sets this too.
    open: RwSignal<bool>,
    /// What it is called by screen readers.
    label: &'static str,
    /// What it looks like, for the style sheet.
    kind: &'static str,
    /// What is in it.
    content: Box<dyn Fn() -> ErasedView + Send>,
) -> impl IntoView {
    let window = NodeRef::<html::Dialog>::new();
    Effect::new(move |before: Option<()>| {
        let opens = open.get();
        let Some(window) = window.get_untracked() else { return };
        if opens {
            // Refused only where it is open already.
            let _ = window.show_modal();
        } else if before.is_some() {
            window.close();
        }
    });
    // What is in the window covers all of it: only the ground around is the window itself.
    let beside = move |event: web_sys::MouseEvent| {
        if event.target().is_some_and(|target| target.dyn_into::<HtmlDialogElement>().is_ok()) {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=window
            class="dialog"
            data-kind=kind
            aria-label=label
            data-open=dyn_attr(move || open.get().then_some("yes"))
            on:click=beside
            on:close=move |_| open.set(false)
        >
            {dyn_view(move || open.get().then(|| view! { <div class="dialog-inside">{content()}</div> }))}
        </dialog>
    }
}
