//! Where one is signed in, and ending it there.

use super::{
    credential_list::{credential_list, trouble, way_in},
    field::Tick,
    icon::{Glyph, Icon},
    loaded::first_read,
    post_form::{PostForm, Reply},
    time::When,
    toast::use_toast,
};
use crate::api::sessions::{EndOtherSessions, EndSession};
use crate::view::{
    dynamic::{dyn_view, memo},
    erased::{ErasedView, IntoErased},
};
use crate::{
    api, browser,
    live::{LiveResource, live_resource},
    text::language,
};
use domain::{SessionId, SessionRow};
use leptos::{prelude::*, server_fn::ServerFn};

type Sessions = LiveResource<Vec<SessionRow>>;

/// The list.
#[component]
pub(crate) fn SessionList() -> impl IntoView {
    let labels = language().profile();
    let first = first_read(api::sessions::list_sessions);
    credential_list((labels.sessions, labels.sessions_hint), first, list)
}

fn list(sessions: Vec<SessionRow>) -> ErasedView {
    let kept = live_resource(sessions, memo(|| ()), |()| api::sessions::list_sessions());
    let lines = move || kept.shown.with(|sessions| sessions.iter().map(|one| session(one, kept)).collect::<Vec<_>>());
    let has_others = move || kept.shown.with(|sessions| sessions.len() > 1);
    view! {
        <ul class="lines">{dyn_view(lines)}</ul>
        {dyn_view(move || has_others().then(|| end_others(kept)))}
        <form method="post" action="/logout/everywhere">
            <Tick name="tokens" label=language().profile().revoke_all ticked=false />
            <button class="text-button">{language().labels().sign_out_everywhere}</button>
        </form>
        {trouble(kept)}
    }
    .erased()
}

/// The id of a session's line on the page.
fn row_id(session: SessionId) -> String {
    format!("session-{session}")
}

fn session(session: &SessionRow, kept: Sessions) -> ErasedView {
    let words = language();
    let labels = words.profile();
    let id = session.id;
    let name = words.browser(&session.user_agent);
    let toast = use_toast();
    let on_reply = Callback::new(move |(_, reply): Reply| {
        if reply.is_ok() {
            browser::pass_on(&row_id(id));
            kept.shown.try_update(|sessions| sessions.retain(|session| session.id != id));
            toast.say(labels.session_ended.to_owned());
        }
    });
    let rest = words.of_session(&name);
    let end = if session.present {
        view! { <span class="badge" data-kind="open"><Glyph icon=Icon::Check />{labels.this_session}</span> }.erased()
    } else {
        view! {
            <PostForm action=EndSession::PATH on_reply=on_reply>
                <input type="hidden" name="session" value=id.to_string() />
                <button class="button">{labels.end}<span class="sr">{rest}</span></button>
            </PostForm>
        }
        .erased()
    };
    let facts = vec![
        view! { {labels.signed_in} " " <When at=session.created_at /> }.erased(),
        view! { {labels.last_used} " " <When at=session.last_seen_at /> }.erased(),
    ];
    way_in(row_id(id), name, facts, end)
}

fn end_others(kept: Sessions) -> ErasedView {
    let labels = language().profile();
    let toast = use_toast();
    let on_reply = Callback::new(move |(_, reply): Reply| {
        if reply.is_ok() {
            browser::focus_in_place(browser::MAIN);
            kept.shown.try_update(|sessions| sessions.retain(|session| session.present));
            toast.say(labels.others_ended.to_owned());
        }
    });
    view! {
        <PostForm action=EndOtherSessions::PATH on_reply=on_reply>
            <button class="button">{labels.end_others}</button>
        </PostForm>
    }
    .erased()
}
