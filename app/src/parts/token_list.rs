//! One's tokens of the API: making one, whose secret is shown this once, and revoking them.

use super::{
    command_form::{Answer, CommandForm},
    credential_list::{credential_list, trouble, way_in},
    field::Field,
    loaded::first_read,
    post_form::{PostForm, Reply},
    secret::{focus_secret, shown_once},
    time::When,
    toast::use_toast,
};
use crate::api::tokens::{CreateToken, RevokeToken};
use crate::view::{
    dynamic::{dyn_view, memo},
    erased::{ErasedView, IntoErased},
};
use crate::{
    api, browser,
    live::{LiveResource, live_resource, use_live},
    secret::Secret,
    text::language,
    wire,
};
use domain::{EventScope, Frame, Seq, TokenId, TokenName, TokenRow, UserId};
use leptos::{prelude::*, server_fn::ServerFn};

type Tokens = LiveResource<Vec<TokenRow>>;

/// The list, and the form for another.
#[component]
pub(crate) fn TokenList(
    /// Whose they are.
    me: UserId,
    /// Where the page was read: what happens to them later is followed.
    seq: Seq,
) -> impl IntoView {
    let labels = language().profile();
    let first = first_read(api::tokens::list_tokens);
    credential_list((labels.tokens, labels.tokens_hint), first, move |tokens| list(tokens, me, seq))
}

fn list(tokens: Vec<TokenRow>, me: UserId, seq: Seq) -> ErasedView {
    let labels = language().profile();
    let kept = live_resource(tokens, memo(|| ()), |()| api::tokens::list_tokens());
    use_live().follow(seq, move |frame| {
        let concerned = match frame {
            Frame::Event { logged, .. } => {
                let mine = logged.event.subject.as_ref().is_some_and(|subject| subject.id == me);
                mine && logged.event.what.touches() == EventScope::Account
            }
            Frame::Reset { .. } => true,
            Frame::Touched { .. }
            | Frame::Counted { .. }
            | Frame::AdminChanged { .. }
            | Frame::Notified(_)
            | Frame::Unread(_)
            | Frame::SignedOut => false,
        };
        if concerned {
            kept.read_anew();
        }
    });
    let secret = RwSignal::new(None::<Secret>);
    let lines = move || {
        kept.shown.with(|tokens| {
            if tokens.is_empty() {
                view! { <p class="hint">{labels.no_tokens}</p> }.erased()
            } else {
                let lines: Vec<_> = tokens.iter().map(|one| token(one, me, kept)).collect();
                view! { <ul class="lines">{lines}</ul> }.erased()
            }
        })
    };
    view! {
        {dyn_view(move || secret.with(|secret| secret.as_ref().map(shown_once)))}
        {dyn_view(lines)}
        <Create kept=kept secret=secret />
        {trouble(kept)}
    }
    .erased()
}

/// The form for another token.
#[component]
fn Create(kept: Tokens, secret: RwSignal<Option<Secret>>) -> impl IntoView {
    let labels = language().profile();
    let on_reply = Callback::new(move |(_, reply): Reply| {
        if let Some(made) = reply.ok().and_then(|body| wire::read(&body).ok()) {
            secret.set(Some(Secret::Token(made)));
            focus_secret();
            kept.read_anew();
        }
    });
    view! {
        <details class="more">
            <summary>{labels.create_token}</summary>
            <PostForm action=CreateToken::PATH on_reply=on_reply resets=true>
                <Field
                    name="name"
                    label=labels.token_name
                    hint=labels.token_name_hint
                    autocomplete="off"
                    longest=TokenName::MAX
                />
                <Field
                    name="expires"
                    kind="date"
                    label=labels.token_expires
                    hint=labels.token_expires_hint
                    autocomplete="off"
                    optional=true
                />
                <Field
                    name="password"
                    kind="password"
                    label=labels.old_password
                    hint=labels.token_password_hint
                    autocomplete="current-password"
                />
                <button class="button" data-verb="enter">{labels.create_token}</button>
            </PostForm>
        </details>
    }
}

/// The id of a token's line on the page.
fn row_id(token: TokenId) -> String {
    format!("token-{token}")
}

fn token(token: &TokenRow, me: UserId, kept: Tokens) -> ErasedView {
    let words = language();
    let labels = words.profile();
    let id = token.id;
    let toast = use_toast();
    let on_answer = Callback::new(move |(_, answer): Answer| {
        if answer.is_ok() {
            browser::pass_on(&row_id(id));
            kept.shown.try_update(|tokens| tokens.retain(|token| token.id != id));
            toast.say(labels.token_revoked.to_owned());
        }
    });
    let rest = words.of_token(&token.name);
    let used = match token.last_used_at {
        Some(at) => view! { {labels.last_used} " " <When at=at /> }.erased(),
        None => labels.never_used.erased(),
    };
    let end = match token.expires_at {
        Some(at) => view! { {labels.works_until} " " <When at=at /> }.erased(),
        None => labels.works_for_ever.erased(),
    };
    let facts = vec![view! { {labels.created} " " <When at=token.created_at /> }.erased(), used, end];
    let revoke = view! {
        <CommandForm action=RevokeToken::PATH about=("token", id.0) on_answer=on_answer>
            <input type="hidden" name="user" value=me.to_string() />
            <button class="button" data-verb="reject">
                {labels.revoke}
                <span class="sr">{rest}</span>
            </button>
        </CommandForm>
    };
    way_in(row_id(id), token.name.clone(), facts, revoke.erased())
}
