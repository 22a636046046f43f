//! The way in. A plain form: it works before, and without, any script.

use crate::{
    address::given,
    backend::backend,
    browser::UNASKED_FIELD,
    page_query::use_query,
    parts::{
        entrance::{Entrance, intro},
        field::Field,
        title::page_title,
    },
    text::language,
    typed::{ACCOUNT_FIELD, TYPED, TYPED_FOR, Typed},
    view::{
        dynamic::once_here,
        erased::{ErasedView, IntoErased},
    },
};
use domain::RegistrationStatus;
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Login() -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let own = words.entrance();
    page_title(|| labels.sign_in.to_owned());
    let query = use_query().get_untracked();
    let problem = words.login_problem(&given(&query, "problem"));
    let username = given(&query, "username");
    let next = given(&query, "next");
    let knows_name = !username.is_empty();
    // Whoever did not ask for this page may still be writing what was meant for another.
    let is_asked = given(&query, UNASKED_FIELD).is_empty();
    let done = (given(&query, "done") == "password").then_some(own.password_done);
    let typed = use_context::<Typed>();
    let action = typed.as_ref().map_or_else(|| "/login".to_owned(), |typed| typed.page.clone());
    let kept = typed.clone().map(carried);
    view! {
        <Entrance title=labels.sign_in.erased() intro=intro(own.login_intro)>
            {problem.map(|problem| view! {
                <div class="notice" data-kind="problem" role="alert"><p>{problem}</p></div>
            })}
            {typed.is_some().then(|| view! { <div class="notice" role="status"><p>{own.typed_kept}</p></div> })}
            {done.map(|done| view! { <div class="notice" data-kind="done" role="status"><p>{done}</p></div> })}
            <form class="entrance-form" method="post" action=action>
                {kept}
                <input type="hidden" name="next" value=next />
                <Field
                    name="username"
                    label=own.login_name
                    autocomplete="username"
                    value=username
                    first=is_asked && !knows_name
                />
                <Field
                    name="password"
                    label=own.password
                    kind="password"
                    autocomplete="current-password"
                    first=is_asked && knows_name
                />
                <button class="button" data-verb="enter">{labels.sign_in}</button>
            </form>
            {way_to_register(own.wants_account)}
        </Entrance>
    }
}

/// What was typed into another form, as fields of this one.
fn carried(typed: Typed) -> ErasedView {
    let own = [(ACCOUNT_FIELD.to_owned(), typed.account), (TYPED_FOR.to_owned(), typed.action)];
    let fields = typed.fields.into_iter().map(|(name, value)| (format!("{TYPED}{name}"), value));
    let fields: Vec<ErasedView> = own
        .into_iter()
        .chain(fields)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.erased())
        .collect();
    view! { {fields} }.erased()
}

/// The way to an account of one's own, where it is open to all.
fn way_to_register(label: &'static str) -> ErasedView {
    once_here(move || {
        Suspend::new(async move {
            let door = match backend() {
                Ok(backend) => backend.registration_status(None).await.ok(),
                Err(_) => None,
            };
            let open = door == Some(RegistrationStatus::Open);
            open.then(|| view! { <p class="intro"><a href="/register">{label}</a></p> }).erased()
        })
    })
}
