//! How somebody comes into their account, and ending that: a link to set a password, a password, their sessions.

use super::{
    command_form::{Answer, CommandForm},
    field::{Field, Tick},
    post_form::{PostForm, Reply},
    secret::{focus_secret, shown_once},
    toast::use_toast,
    user_form::refused,
};
use crate::api::users::{EndSessions, MakeResetLink, SetPassword};
use crate::view::{
    dynamic::dyn_view,
    erased::{ErasedView, IntoErased},
};
use crate::{secret::Secret, text::language, wire};
use domain::{UserAction, UserId, UserPage};
use leptos::{prelude::*, server_fn::ServerFn};

/// The ways in. One's own are on one's profile: nobody sets their own password without the old one.
///
/// `secret` is the link that was just made. The page holds it: this part is drawn anew with every event about the user, and
/// making the link is one.
pub(crate) fn credential_list(
    page: &UserPage,
    me: UserId,
    secret: RwSignal<Option<Secret>>,
    changed: Callback<()>,
) -> ErasedView {
    let words = language();
    let labels = words.users();
    let user = page.row.person.id;
    let has_password = if page.has_password { labels.has_password } else { labels.no_password };
    let password = match (user == me, refused(page, UserAction::SetPassword)) {
        (true, _) => view! { <p><a href="/me/profile">{labels.own_account}</a></p> }.erased(),
        (false, Some(why)) => closed(labels.make_link, why),
        (false, None) => password(page, secret, changed),
    };
    let sessions = match refused(page, UserAction::EndSessions) {
        Some(why) => closed(labels.end_sessions, why),
        None => end_sessions(user, changed),
    };
    view! {
        <section class="card section">
            <h2>{labels.way_in_title}</h2>
            <p>{has_password}</p>
            {password}
            <h3>{labels.sessions} ": " {words.number(page.sessions.into())}</h3>
            {sessions}
        </section>
    }
    .erased()
}

/// A button that says why it does nothing.
fn closed(label: &'static str, why: String) -> ErasedView {
    view! {
        <div class="command refused">
            <button class="button" type="button" aria-disabled="true">{label}</button>
            <p class="why">{why}</p>
        </div>
    }
    .erased()
}

fn password(page: &UserPage, secret: RwSignal<Option<Secret>>, changed: Callback<()>) -> ErasedView {
    let labels = language().users();
    let (user, username) = (page.row.person.id, page.row.person.username.clone());
    let toast = use_toast();
    let on_link = Callback::new(move |(_, reply): Reply| {
        if let Some(link) = reply.ok().and_then(|body| wire::read(&body).ok()) {
            secret.set(Some(Secret::PasswordLink(link)));
            focus_secret();
        }
    });
    let on_password = Callback::new(move |(_, answer): Answer| {
        if answer.is_ok() {
            toast.say(labels.password_is_set.to_owned());
            changed.run(());
        }
    });
    view! {
        {dyn_view(move || secret.with(|secret| secret.as_ref().map(shown_once)))}
        <p class="hint">{labels.make_link_hint}</p>
        <PostForm action=MakeResetLink::PATH on_reply=on_link>
            <input type="hidden" name="user" value=user.to_string() />
            <button class="button">{labels.make_link}</button>
        </PostForm>
        <details class="more">
            <summary>{labels.set_password}</summary>
            <CommandForm action=SetPassword::PATH about=("user", user.0) on_answer=on_password>
                <input type="text" name="username" value=username.clone() autocomplete="off" hidden />
                <Field
                    name="password"
                    kind="password"
                    label=labels.password
                    hint=labels.set_password_hint
                    autocomplete="new-password"
                />
                <button class="button">{labels.set_password_submit}</button>
            </CommandForm>
        </details>
    }
    .erased()
}

fn end_sessions(user: UserId, changed: Callback<()>) -> ErasedView {
    let labels = language().users();
    let toast = use_toast();
    let on_answer = Callback::new(move |(_, answer): Answer| {
        if answer.is_ok() {
            toast.say(labels.sessions_ended.to_owned());
            changed.run(());
        }
    });
    view! {
        <CommandForm action=EndSessions::PATH about=("user", user.0) on_answer=on_answer>
            <Tick name="tokens" label=labels.revoke_tokens ticked=false />
            <button class="button" data-verb="reject">{labels.end_sessions}</button>
        </CommandForm>
    }
    .erased()
}
