//! What the viewer is told: what was decided about them, what ended, and who waits for them.

use crate::{
    address::{address, given},
    api, browser,
    input::NotificationsAddress,
    live::{LiveResource, live_resource},
    page_query::use_query,
    parts::{
        empty::Empty,
        icon::Icon,
        loaded::{first_read, loaded},
        notification_row::{MARK_READ, NotificationItem, row_id},
        pager::Pager,
        post_form::{PostForm, Reply},
        stale::Stale,
        title::page_title,
        toast::use_toast,
    },
    text::language,
    view::{
        dynamic::{Memoized, dyn_attr, dyn_text, dyn_view, follow_row, memo, rows},
        erased::IntoErased,
    },
};
use domain::{Frame, Listing, NotificationId, NotificationRow, Seq, Viewer, fold::fold_notifications};
use leptos::prelude::*;

type Page = LiveResource<Listing<NotificationRow>>;

/// The page.
#[component]
pub(crate) fn Notifications() -> impl IntoView {
    let words = language();
    let title = words.frame().notifications;
    page_title(move || title.to_owned());
    let query = use_query();
    let asked = memo(move || {
        query.with(|query| NotificationsAddress { show: given(query, "show"), cursor: given(query, "cursor") })
    });
    let first = first_read(move || api::notifications::list_notifications(asked.get_untracked()));
    view! {
        <header class="page-head">
            <h1>{title}</h1>
            <p class="intro">{words.notifications().intro}</p>
        </header>
        {loaded(first, move |viewer, listing| view! { <List viewer=viewer first=listing asked=asked /> }.erased())}
    }
}

#[component]
fn List(viewer: Viewer, first: Listing<NotificationRow>, asked: Memoized<NotificationsAddress>) -> impl IntoView {
    let seq = first.seq;
    let kept = live_resource(first, asked, api::notifications::list_notifications);
    let unread = RwSignal::new(viewer.unread);
    follow(kept, seq, unread, asked);
    let shown = kept.shown;
    let is_empty = memo(move || shown.with(|listing| listing.items.is_empty()));
    let on_read = Callback::new(move |(id, left): (NotificationId, Option<u32>)| {
        if let Some(left) = left {
            unread.set(left);
        }
        read(kept, id, asked.with_untracked(NotificationsAddress::only_unread));
    });
    // A notification that tells something new is another row.
    let find = move |id| shown.with(|listing| listing.items.iter().find(|row| row.logged.id.0 == id).cloned());
    let item = move |id| {
        let Some(first) = untrack(|| find(id)) else { return "".erased() };
        let row = follow_row(first, move || find(id));
        view! { <NotificationItem row=row on_read=on_read /> }.erased()
    };
    let first_page = Signal::derive(move || asked.with(|asked| (!asked.cursor.is_empty()).then(|| of_list(asked, ""))));
    let next_page = Signal::derive(move || {
        let cursor = shown.with(|listing| listing.next_cursor.clone())?;
        Some(asked.with(|asked| of_list(asked, &cursor)))
    });
    view! {
        <div class="tabbed">
            <Tabs asked=asked unread=unread />
            // Where there is nothing at all, there is nothing to keep a place for.
            {dyn_view(move || (!is_empty.get() || unread.get() > 0).then(|| view! {
                <MarkAll kept=kept unread=unread asked=asked />
            }))}
        </div>
        <Stale reads=kept.reads trouble=kept.trouble again=kept.again() />
        <ul class="card rows" hidden=dyn_attr(move || is_empty.get().then_some(""))>
            {rows(move || shown.with(|listing| listing.items.iter().map(|row| row.logged.id.0).collect()), item)}
        </ul>
        {dyn_view(move || is_empty.get().then(|| nothing(asked.with(NotificationsAddress::only_unread))))}
        <Pager first=first_page next=next_page />
    }
}

fn of_list(asked: &NotificationsAddress, cursor: &str) -> String {
    address("/notifications", &[("show", &asked.show), ("cursor", cursor)])
}

/// What is new comes on top. The feed says how many are unread whenever that changes: where it is not what this page
/// made it, some were read elsewhere. Where none is left those are all; else it is not said which, and they are read anew.
fn follow(kept: Page, seq: Seq, unread: RwSignal<u32>, asked: Memoized<NotificationsAddress>) {
    kept.follow(seq, move |kept, frame| {
        let first = asked.with_untracked(|asked| asked.cursor.is_empty());
        let Some(before) = kept.shown.try_with_untracked(count_unread) else { return };
        let only_unread = asked.with_untracked(NotificationsAddress::only_unread);
        kept.shown.try_update(|listing| fold_notifications(listing, frame, first, only_unread));
        match frame {
            Frame::Notified(row) => {
                let after = kept.shown.with_untracked(count_unread);
                // On a later page what is new is not to be seen, and counts all the same.
                let elsewhere = u32::from(!first && row.read_at.is_none());
                unread.set((unread.get_untracked() + after + elsewhere).saturating_sub(before));
            }
            Frame::Unread(now) if unread.get_untracked() != *now => {
                unread.set(*now);
                if *now == 0 {
                    read_all(kept, asked.with_untracked(NotificationsAddress::only_unread));
                } else {
                    kept.read_anew();
                }
            }
            Frame::Event { .. }
            | Frame::Touched { .. }
            | Frame::Counted { .. }
            | Frame::AdminChanged { .. }
            | Frame::Unread(_)
            | Frame::Reset { .. }
            | Frame::SignedOut => {}
        }
    });
}

/// How many of those that are shown are not read.
fn count_unread(listing: &Listing<NotificationRow>) -> u32 {
    listing.items.iter().filter(|row| row.read_at.is_none()).map(|_| 1).sum()
}

/// Notes that one was read. Where only unread ones are shown it leaves, and whoever has the focus in it goes on.
fn read(kept: Page, id: NotificationId, leaves: bool) {
    if leaves {
        browser::pass_on(&row_id(id));
    }
    kept.shown.try_update(|listing| {
        if leaves {
            listing.items.retain(|row| row.id != id);
        } else if let Some(row) = listing.items.iter_mut().find(|row| row.id == id) {
            row.read_at.get_or_insert_with(browser::now);
        }
    });
}

/// Notes that all were read. Where only unread ones are shown they leave.
fn read_all(kept: Page, leave: bool) {
    kept.shown.try_update(|listing| {
        for row in &mut listing.items {
            row.read_at.get_or_insert_with(browser::now);
        }
        if leave {
            listing.items.clear();
            listing.next_cursor = None;
        }
    });
}

/// All of them, or what is not read yet.
#[component]
fn Tabs(asked: Memoized<NotificationsAddress>, unread: RwSignal<u32>) -> impl IntoView {
    let labels = language().notifications();
    let chosen = move |only_unread| {
        dyn_attr(move || (asked.with(NotificationsAddress::only_unread) == only_unread).then_some("true"))
    };
    view! {
        <nav aria-label=labels.which>
            <ul class="tabs">
                <li><a class="tab" href="/notifications" aria-current=chosen(false)>{labels.all}</a></li>
                <li>
                    <a class="tab" href="/notifications?show=unread" aria-current=chosen(true)>
                        {labels.unread} " (" {dyn_text(move || unread.get().to_string())} ")"
                    </a>
                </li>
            </ul>
        </nav>
    }
}

/// Marks all of them as read at once.
#[component]
fn MarkAll(kept: Page, unread: RwSignal<u32>, asked: Memoized<NotificationsAddress>) -> impl IntoView {
    let labels = language().notifications();
    let toast = use_toast();
    let on_reply = Callback::new(move |(_, reply): Reply| {
        if reply.is_err() {
            return;
        }
        unread.set(0);
        read_all(kept, asked.with_untracked(NotificationsAddress::only_unread));
        toast.say(labels.all_read.to_owned());
        browser::focus_in_place(browser::MAIN);
    });
    let is_done = memo(move || unread.get() == 0);
    // It keeps its place when there is nothing left to mark: what is below does not move.
    view! {
        <div class="mark-all" inert=dyn_attr(move || is_done.get().then_some(""))>
            <PostForm action=MARK_READ on_reply=on_reply>
                <button class="text-button">{labels.mark_all_read}</button>
            </PostForm>
        </div>
    }
}

fn nothing(only_unread: bool) -> impl IntoView {
    let labels = language().notifications();
    let (why, hint) =
        if only_unread { (labels.none_unread, labels.none_unread_hint) } else { (labels.none, labels.none_hint) };
    view! { <Empty icon=Icon::Bell why=why.to_owned()><p>{hint}</p></Empty> }
}
