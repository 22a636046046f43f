//! A form that is a draft first: sent, it goes into the address of its page, where one sees what it would do. Without script
//! it is posted to the page, which sends it on there, or is the answer where no address may tell it.

use super::{account_field::account_field, query_form::asked_for};
use crate::view::erased::ErasedChildren;
use crate::{
    browser,
    input::{DRAFT_FIELD, LOOK},
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

/// The form.
#[component]
pub(crate) fn DraftForm(
    /// The path of the page.
    action: String,
    /// Its id, where a button outside of it sends it.
    #[prop(default = None)]
    id: Option<&'static str>,
    /// How far the draft is once it is sent.
    #[prop(default = LOOK)]
    stage: &'static str,
    /// Fields and a button.
    children: ErasedChildren,
) -> impl IntoView {
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(address) = form.and_then(|form| asked_for(&form)) {
            event.prevent_default();
            navigate(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    };
    Effect::new(|_| browser::give_back_typed());
    view! {
        <form class="command draft" id=id method="post" action=action on:submit=submit>
            <input type="hidden" name=DRAFT_FIELD value=stage />
            {account_field()}
            {children.draw()}
        </form>
    }
}
