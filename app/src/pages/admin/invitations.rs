//! Invitations to make accounts: which there are, making one, revoking one.

use crate::api::invitations::{CreateInvitation, RevokeInvitation};
use crate::secret::Secret;
use crate::{
    address::{address, given, refusal},
    api,
    input::{InvitationsAddress, LIVE},
    live::LiveResource,
    page_query::use_query,
    parts::{
        admin_page::admin_page,
        admin_tabs::AdminHead,
        command_form::{Answer, CommandForm},
        empty::Empty,
        field::Field,
        icon::Icon,
        pager::Pager,
        post_form::{PostForm, Reply},
        problems::Problems,
        secret::{focus_secret, shown_once},
        stale::Stale,
        time::{Exactly, When},
        title::page_title,
        toast::use_toast,
    },
    text::language,
    view::{
        dynamic::{Memoized, dyn_attr, dyn_view, memo, rows},
        erased::{ErasedView, IntoErased},
    },
    wire,
};
use domain::{AdminPage, EventPayload, InvitationRow, Listing, Note};
use leptos::{prelude::*, server_fn::ServerFn};

const PATH: &str = "/admin/invitations";

/// The fields that something can be the matter with.
const FIELDS: &[&str] = &["uses", "ends_at", "note"];

type Invitations = LiveResource<Listing<InvitationRow>>;

/// The page.
#[component]
pub(crate) fn InvitationsPage() -> impl IntoView {
    let labels = language().invitations();
    page_title(|| labels.invitations.to_owned());
    let query = use_query();
    let asked = memo(move || {
        query.with(|query| InvitationsAddress { show: given(query, "show"), cursor: given(query, "cursor") })
    });
    admin_page(asked, api::invitations::list_invitations, move |viewer, kept| {
        let seq = kept.shown.with_untracked(|listing| listing.seq);
        kept.follow_admin(seq, |logged| {
            matches!(
                logged.event.what,
                EventPayload::InvitationCreated(_)
                    | EventPayload::InvitationRevoked(_)
                    | EventPayload::Registered { .. }
            )
        });
        view! {
            <AdminHead tab=AdminPage::Invitations viewer=viewer title=labels.invitations intro=labels.intro />
            <Create kept=kept />
            <List kept=kept asked=asked />
        }
        .erased()
    })
}

/// The form for another one. Its link is shown this once.
#[component]
fn Create(kept: Invitations) -> impl IntoView {
    let labels = language().invitations();
    let query = use_query().get_untracked();
    let refused = refusal(&query);
    let problems = Problems::of(refused.as_ref(), FIELDS);
    let is_open = refused.is_some();
    let secret = RwSignal::new(None::<Secret>);
    let on_reply = Callback::new(move |(_, reply): Reply| {
        if let Some(link) = reply.ok().and_then(|body| wire::read(&body).ok()) {
            secret.set(Some(Secret::Invitation(link)));
            focus_secret();
            kept.read_anew();
        }
    });
    let uses = Some(given(&query, "uses")).filter(|uses| !uses.is_empty()).unwrap_or_else(|| "1".to_owned());
    view! {
        <section class="card section invite">
            {dyn_view(move || secret.with(|secret| secret.as_ref().map(shown_once)))}
            <details class="more" open=is_open>
                <summary class="button" data-verb="enter">{labels.create}</summary>
                <PostForm action=CreateInvitation::PATH on_reply=on_reply resets=true>
                    <Field
                        name="uses"
                        kind="number"
                        label=labels.uses_label
                        hint=labels.uses_hint
                        autocomplete="off"
                        value=uses
                        problem=problems.with("uses")
                    />
                    <Field
                        name="ends"
                        kind="date"
                        label=labels.ends
                        hint=labels.ends_hint
                        autocomplete="off"
                        value=given(&query, "ends")
                        problem=problems.with("ends_at")
                    />
                    <Field
                        name="note"
                        label=labels.note
                        hint=labels.note_hint
                        autocomplete="off"
                        value=given(&query, "note")
                        problem=problems.with("note")
                        longest=Note::MAX
                        optional=true
                    />
                    <p class="hint">{labels.closed_hint}</p>
                    <button class="button" data-verb="enter">{labels.create}</button>
                </PostForm>
            </details>
        </section>
    }
}

/// The same list from another place on.
fn from(show: &str, cursor: &str) -> String {
    address(PATH, &[("show", show), ("cursor", cursor)])
}

#[component]
fn List(kept: Invitations, asked: Memoized<InvitationsAddress>) -> impl IntoView {
    let labels = language().invitations();
    let shown = kept.shown;
    let is_empty = memo(move || shown.with(|listing| listing.items.is_empty()));
    let find = move |id| shown.with(|listing| listing.items.iter().find(|row| row.invitation.id.0 == id).cloned());
    let row = move |id| dyn_view(move || find(id).map(|row| entry(&row, kept))).erased();
    let first_page =
        Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| from(&asked.show, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|listing| listing.next_cursor.clone())?;
        Some(asked.with(|asked| from(&asked.show, &cursor)))
    });
    let chip = move |show: &'static str, label: &'static str| {
        let current = move || asked.with(|asked| asked.show == show).then_some("true");
        view! { <li><a class="chip" href=from(show, "") aria-current=dyn_attr(current)>{label}</a></li> }
    };
    let columns = [labels.note_column, labels.uses, labels.ends, labels.by, labels.status, ""].map(|column| {
        let column = if column.is_empty() {
            view! { <span class="sr">{labels.revoke}</span> }.erased()
        } else {
            column.erased()
        };
        view! { <th scope="col" role="columnheader">{column}</th> }
    });
    let ids = move || shown.with(|listing| listing.items.iter().map(|row| row.invitation.id.0).collect());
    view! {
        <nav class="filters" aria-label=labels.kinds>
            <ul class="chips">{chip("", labels.all)}{chip(LIVE, labels.live)}</ul>
        </nav>
        <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
        <div class="card table-card" hidden=dyn_attr(move || is_empty.get().then_some(""))>
            <table class="table invitations" role="table">
                <caption class="sr">{labels.invitations}</caption>
                <thead role="rowgroup"><tr role="row">{columns.into_iter().collect_view()}</tr></thead>
                <tbody role="rowgroup">{rows(ids, row)}</tbody>
            </table>
        </div>
        {dyn_view(move || is_empty.get().then(|| view! {
            <Empty icon=Icon::Link why=labels.nothing.to_owned()><p>{labels.nothing_hint}</p></Empty>
        }))}
        <Pager first=first_page next=next_page />
    }
}

fn entry(row: &InvitationRow, kept: Invitations) -> ErasedView {
    let words = language();
    let labels = words.invitations();
    let invitation = &row.invitation;
    let toast = use_toast();
    let on_answer = Callback::new(move |(_, answer): Answer| {
        if answer.is_ok() {
            toast.say(labels.revoked_now.to_owned());
            kept.read_anew();
        }
    });
    let by = row.created_by.as_ref().map_or(words.system(), |by| &by.username).to_owned();
    let kind = if row.live { "open" } else { "" };
    let (id, of_invitation) = (invitation.id.0, words.of_invitation(invitation));
    let revoke = row.live.then(|| {
        view! {
            <CommandForm
                action=RevokeInvitation::PATH
                about=("invitation", id)
                on_answer=on_answer
            >
                <button class="button" data-verb="reject">
                    {labels.revoke}
                    <span class="sr">{of_invitation.clone()}</span>
                </button>
            </CommandForm>
        }
    });
    view! {
        <tr role="row">
            <td role="cell" data-label=labels.note_column>
                {invitation.note.clone().unwrap_or_else(|| format!("#{}", invitation.id))}
            </td>
            <td role="cell" data-label=labels.uses>{words.used_of(invitation)}</td>
            <td role="cell" data-label=labels.ends><Exactly at=invitation.ends_at /></td>
            <td role="cell" data-label=labels.by><span>{by} ", " <When at=row.created_at /></span></td>
            <td role="cell" data-label=labels.status>
                <span class="badge" data-kind=kind>{words.invitation_status(invitation, row.live)}</span>
            </td>
            <td role="cell" class="row-action">{revoke}</td>
        </tr>
    }
    .erased()
}
