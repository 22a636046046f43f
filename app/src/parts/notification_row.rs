//! A notification in the list: what happened, in whose words, where it leads, and whether it is read.

use super::{
    icon::{Glyph, Icon},
    post_form::{PostForm, Reply},
    time::When,
};
use crate::api::notifications::MarkRead;
use crate::view::dynamic::{Memoized, dyn_attr, dyn_view, memo};
use crate::{browser, text::language, wire};
use domain::{NotificationId, NotificationRow, RequestStatus, notice::Subject};
use leptos::{prelude::*, server_fn::ServerFn};

/// Where notifications are marked as read.
pub(crate) const MARK_READ: &str = MarkRead::PATH;

/// The id of a notification's row on the page.
pub(crate) fn row_id(notification: NotificationId) -> String {
    format!("notification-{notification}")
}

/// The row. Whoever follows it has read it.
#[component]
pub(crate) fn NotificationItem(
    /// The notification, as it is now.
    row: Memoized<NotificationRow>,
    /// Told when it is read, and how many are left where that is known.
    on_read: Callback<(NotificationId, Option<u32>)>,
) -> impl IntoView {
    let words = language();
    let labels = words.notifications();
    let first = row.get_untracked();
    let id = first.id;
    // Shown as read at once; if the server says otherwise, it is unread again.
    let sent = RwSignal::new(false);
    let is_read = memo(move || sent.get() || row.with(|row| row.read_at.is_some()));
    let on_reply = Callback::new(move |(_, reply): Reply| {
        sent.try_set(false);
        if let Ok(body) = reply {
            on_read.run((id, wire::read(&body).ok()));
        }
    });
    let button = format!("{}-read", row_id(id));
    let follow = {
        let button = button.clone();
        move |_| browser::press(&button)
    };
    let event = &first.logged.event;
    let said = [event.reason.clone(), event.comment.clone()];
    let said: Vec<_> =
        said.into_iter().flatten().map(|said| view! { <blockquote class="reason">{said}</blockquote> }).collect();
    view! {
        <li
            class="notification-row"
            id=row_id(id)
            tabindex="-1"
            data-unread=dyn_attr(move || (!is_read.get()).then_some("yes"))
        >
            <Glyph icon=icon(first.subject) />
            <div class="notification-about">
                <p>
                    {dyn_view(move || (!is_read.get()).then(|| view! { <span class="sr">{labels.is_unread} ": "</span> }))}
                    <a href=place(&first) on:click=follow>{words.notification(&first)}</a>
                </p>
                {said}
                <p class="hint"><When at=first.logged.at /></p>
            </div>
            <div class="notification-read" inert=dyn_attr(move || is_read.get().then_some(""))>
                <PostForm action=MARK_READ on_sent=Some(Callback::new(move |_| sent.set(true))) on_reply=on_reply>
                    <input type="hidden" name="notification" value=id.to_string() />
                    <button class="icon-button" id=button title=labels.mark_read>
                        <Glyph icon=Icon::Check />
                        <span class="sr">{labels.mark_read} ": " {words.notification(&first)}</span>
                    </button>
                </PostForm>
            </div>
        </li>
    }
}

const fn icon(subject: Subject) -> Icon {
    match subject {
        Subject::RequestSettled(_, RequestStatus::Approved)
        | Subject::RequestEnded(_, RequestStatus::Approved)
        | Subject::Admitted => Icon::Check,
        Subject::RequestEnded(_, RequestStatus::Withdrawn) => Icon::Back,
        Subject::RequestSettled(..) | Subject::RequestEnded(..) | Subject::MembershipLost => Icon::Cross,
        Subject::RequestWaits(_) => Icon::Requests,
        Subject::SignInsFailed => Icon::Warning,
    }
}

/// Where a notification leads.
fn place(row: &NotificationRow) -> String {
    let group = row.logged.event.group.as_ref().map(|group| group.id);
    match (row.subject, group) {
        (Subject::RequestWaits(kind) | Subject::RequestEnded(kind, _), Some(group)) => {
            format!("/requests?kind={}&group={group}", kind.code())
        }
        (Subject::SignInsFailed, _) => "/me/profile".to_owned(),
        (Subject::RequestSettled(..) | Subject::Admitted, Some(group)) => format!("/groups/{group}"),
        // Of a hidden group whoever is out of it sees no page.
        (_, _) => "/me".to_owned(),
    }
}
