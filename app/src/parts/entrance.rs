//! What the ways in have in common: the name of the place, what one does here, and below it the form or the reason why
//! there is none.

use super::{
    field::Field,
    icon::{Glyph, Icon},
};
use crate::text::{Language, language};
use crate::view::erased::{ErasedView, IntoErased};
use leptos::prelude::*;

/// The page of a way in.
#[component]
pub(crate) fn Entrance(
    /// What one does here.
    title: ErasedView,
    /// What it is good for, or why it is closed.
    intro: ErasedView,
    /// The form, and the ways on.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="entrance-card">
            <p class="brand"><span class="mark"><Glyph icon=Icon::Muster /></span>{language().labels().muster}</p>
            <h1>{title}</h1>
            {intro}
            {children()}
        </div>
    }
}

/// What a new account is made from: its name, its address, its password twice.
#[component]
pub(crate) fn NewAccount(
    /// The name as it was sent before.
    username: String,
    /// The address as it was sent before.
    email: String,
    /// The field that something is the matter with, and what.
    problem: Option<(&'static str, &'static str)>,
    /// The code of a character in the name that cannot stand there; empty where there is none.
    character: String,
) -> impl IntoView {
    let words = language();
    let own = words.entrance();
    let character = words.username_character(&character);
    let of = move |field: &str| said_of(problem, field);
    let first = problem.map_or("username", |(concerned, _)| concerned);
    view! {
        <Field
            name="username"
            label=own.username
            hint=own.username_hint
            autocomplete="username"
            problem=character.or(of("username"))
            value=username
            first=first == "username"
        />
        <Field
            name="email"
            label=own.email
            kind="email"
            hint=own.email_hint
            autocomplete="email"
            problem=of("email")
            value=email
            optional=true
            first=first == "email"
        />
        <Passwords label=own.password problem=problem first=first />
    }
}

/// A new password and the same once more.
#[component]
pub(crate) fn Passwords(
    /// What the first of the two is called.
    label: &'static str,
    /// The field that something is the matter with, and what.
    problem: Option<(&'static str, &'static str)>,
    /// The field that one begins with.
    first: &'static str,
) -> impl IntoView {
    let own = language().entrance();
    view! {
        <Field
            name="password"
            label=label
            kind="password"
            hint=own.password_hint
            autocomplete="new-password"
            problem=said_of(problem, "password")
            first=first == "password"
        />
        <Field
            name="password_again"
            label=own.password_again
            kind="password"
            autocomplete="new-password"
            problem=said_of(problem, "password_again")
            first=first == "password_again"
        />
    }
}

/// A sentence below the title.
pub(crate) fn intro(sentence: impl Into<String>) -> ErasedView {
    view! { <p class="intro">{sentence.into()}</p> }.erased()
}

/// The way to those who have an account already.
pub(crate) fn to_sign_in(words: Language) -> ErasedView {
    view! { <p class="intro"><a href="/login">{words.entrance().has_account}</a></p> }.erased()
}

fn said_of(problem: Option<(&'static str, &'static str)>, field: &str) -> Option<String> {
    problem.filter(|(concerned, _)| *concerned == field).map(|(_, sentence)| sentence.to_owned())
}
