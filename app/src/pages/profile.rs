//! The viewer's account: who they are, how others see them, how it looks, and what opens it.

use crate::{
    api,
    live::{LiveResource, live_resource},
    parts::{
        frame::frame_viewer,
        language_switch::LanguageSwitch,
        loaded::{first_read, loaded},
        main_choice::MainChoice,
        me_tabs::{MeTab, MeTabs},
        password_form::PasswordChange,
        person::avatar,
        session_list::SessionList,
        theme_switch::ThemeSwitch,
        title::page_title,
        token_list::TokenList,
    },
    text::language,
    view::{
        dynamic::{dyn_view, memo},
        erased::{ErasedView, IntoErased},
    },
};
use domain::{EventScope, Frame, Me, Viewer};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Profile() -> impl IntoView {
    let title = language().profile().title;
    page_title(move || title.to_owned());
    let first = first_read(api::account::read_account);
    view! {
        <header class="page-head"><h1>{title}</h1></header>
        <MeTabs tab=MeTab::Profile />
        {loaded(first, move |viewer, me| view! { <Account viewer=viewer first=me /> }.erased())}
    }
}

#[component]
fn Account(viewer: Viewer, first: Me) -> impl IntoView {
    let labels = language().profile();
    let me = first.person.clone();
    let seq = first.seq;
    let kept = live_resource(first, memo(|| ()), |()| api::account::read_account());
    kept.follow(seq, follow);
    let shown = kept.shown;
    let changed = Callback::new(move |()| kept.read_anew());
    view! {
        <div class="columns">
            <div class="column-main">
                <section class="card section">
                    <h2>{labels.you}</h2>
                    {dyn_view(move || shown.with(about))}
                </section>
                <MainChoice me=shown on_done=changed />
                <PasswordChange username=me.username.clone() />
                <SessionList />
                <TokenList me=me.id seq=seq />
            </div>
            <div class="column-side">
                <section class="card section appearance">
                    <h2>{labels.appearance}</h2>
                    <ThemeSwitch viewer=frame_viewer(viewer) />
                    <LanguageSwitch />
                </section>
                <section class="card section">
                    <h2>{labels.rights}</h2>
                    {dyn_view(move || shown.with(rights))}
                </section>
            </div>
        </div>
    }
}

/// Whatever happens to the account, it is read anew: characters, state and rights hang together.
fn follow(kept: LiveResource<Me>, frame: &Frame) {
    let Some(me) = kept.shown.try_with_untracked(|me| me.person.id) else { return };
    let Frame::Event { logged, .. } = frame else { return };
    let mine = logged.event.subject.as_ref().is_some_and(|subject| subject.id == me);
    if mine && matches!(logged.event.what.touches(), EventScope::Account | EventScope::Rights) {
        kept.read_anew();
    }
}

fn about(me: &Me) -> impl IntoView + use<> {
    let labels = language().profile();
    let email = me.email.clone().unwrap_or_else(|| labels.no_email.to_owned());
    view! {
        <div class="who">
            {avatar(&me.person)}
            <strong>{me.person.display_name().to_owned()}</strong>
        </div>
        <dl class="facts-list">
            <div><dt>{labels.username}</dt><dd>{me.person.username.clone()}</dd></div>
            <div><dt>{labels.email}</dt><dd>{email}</dd></div>
            <div>
                <dt>{labels.state}</dt>
                <dd>{me.state.name.clone()}<p class="hint">{labels.state_hint}</p></dd>
            </div>
        </dl>
    }
}

fn rights(me: &Me) -> ErasedView {
    let words = language();
    if me.permissions.is_empty() {
        return view! { <p class="hint">{words.profile().no_rights}</p> }.erased();
    }
    let lines: Vec<_> =
        me.permissions.iter().map(|permission| view! { <li>{words.permission(permission)}</li> }).collect();
    view! { <ul class="plain-list">{lines}</ul> }.erased()
}
