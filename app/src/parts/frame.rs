//! What surrounds every page: the way to the others, the account, the connection mark, what has just happened.

use super::{
    connection::ConnectionMark,
    draw::{draw, mark, once_here, track},
    icon::{Glyph, Icon},
    language_switch::LanguageSwitch,
    notice::AddressNotice,
    person::Avatar,
    piece::IntoPiece,
    theme_switch::ThemeSwitch,
    toast::Toasts,
};
use crate::{
    api,
    browser::{self, MAIN},
    error::AppError,
    live::{Kept, keep, use_live},
    pages::is_way_in,
    text::language,
};
use domain::{Frame as LiveFrame, Viewer, fold};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Who is looking; read once for frame and page.
#[derive(Clone, Copy)]
pub(crate) struct Me(pub(crate) Resource<Result<Viewer, AppError>>);

/// Surrounds the page. The ways in, sign-in and set-up, stand alone: nobody is there yet.
#[component]
pub(crate) fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let path = use_location().pathname;
    let stands_alone = path.with_untracked(|path| is_way_in(path));
    if stands_alone {
        return view! { <main class="entrance" id=MAIN>{children()}</main> }.piece();
    }
    let viewer = Resource::new_blocking(|| (), |()| api::account::read_viewer());
    provide_context(Me(viewer));
    Effect::new(move |before: Option<()>| {
        path.track();
        if before.is_some() {
            browser::focus_in_place(MAIN);
        }
    });
    let labels = language().labels();
    view! {
        // To the router this would be a page like any other, and the focus would stay where it is.
        <a class="skip" href="#main" rel="external">{labels.skip}</a>
        <div class="frame">
            <header class="rail">
                <a class="brand" href="/groups">
                    <span class="mark"><Glyph icon=Icon::Muster /></span>
                    {labels.muster}
                </a>
                {once_here(move || {
                    Suspend::new(async move {
                        viewer.await.ok().map(|viewer| view! { <Rail viewer=viewer /> }).piece()
                    })
                })}
            </header>
            <div class="page">
                <ConnectionMark />
                <AddressNotice />
                <main id=MAIN tabindex="-1">{children()}</main>
            </div>
        </div>
        <Toasts />
    }
    .piece()
}

/// The part of the frame that knows who is looking. It starts the live feed.
#[component]
fn Rail(viewer: Viewer) -> impl IntoView {
    let seq = viewer.seq;
    let kept = keep(viewer.clone(), Memo::new(|_| ()), |()| api::account::read_viewer());
    kept.follow(seq, follow);
    let live = use_live();
    Effect::new(move |_| live.open(seq));
    view! {
        <Navigation viewer=kept.shown />
        <AccountMenu viewer=viewer shown=kept.shown />
    }
}

fn follow(kept: Kept<Viewer>, frame: &LiveFrame) {
    kept.shown.update(|viewer| {
        let is_news = frame.seq().is_none_or(|seq| seq > viewer.seq);
        if is_news {
            viewer.seq = frame.seq().unwrap_or(viewer.seq);
            let me = viewer.person.id;
            fold::fold_counts(&mut viewer.queue, frame, me);
        }
        if let LiveFrame::Unread(unread) = frame {
            viewer.unread = *unread;
        }
    });
}

/// The pages there are for this viewer.
#[component]
fn Navigation(viewer: RwSignal<Viewer>) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let path = use_location().pathname;
    let current = move |start: &'static str| path.with(|path| path.starts_with(start)).then_some("page");
    let decides = track(move || viewer.with(|viewer| viewer.decides));
    let waiting = track(move || viewer.with(|viewer| viewer.queue.total()));
    let count = move || {
        let waiting = waiting.get();
        (waiting > 0).then(|| {
            view! {
                <span class="count" aria-hidden="true">{waiting}</span>
                <span class="sr">{format!(", {}", words.waiting(waiting))}</span>
            }
        })
    };
    view! {
        <nav class="navigation" aria-label=labels.navigation>
            <ul>
                <li>
                    <a href="/groups" aria-current=mark(move || current("/groups"))>
                        <Glyph icon=Icon::Groups />
                        <span class="label">{labels.groups}</span>
                    </a>
                </li>
                {draw(move || decides.get().then(|| view! {
                    <li>
                        <a href="/requests" aria-current=mark(move || current("/requests"))>
                            <Glyph icon=Icon::Requests />
                            <span class="label">{labels.requests}</span>
                            {draw(count)}
                        </a>
                    </li>
                }))}
            </ul>
        </nav>
    }
}

/// The viewer's account: who it is, light or dark, the language, the way out.
#[component]
fn AccountMenu(viewer: Viewer, shown: RwSignal<Viewer>) -> impl IntoView {
    let labels = language().labels();
    let name = viewer.person.display_name().to_owned();
    view! {
        <button class="account" type="button" popovertarget="account-menu">
            <Avatar person=viewer.person.clone() />
            <span class="sr">{labels.account} ": "</span>
            <span class="account-name">{name.clone()}</span>
        </button>
        <div class="account-menu" id="account-menu" popover="auto">
            <p class="account-who">
                <span class="hint">{labels.signed_in_as}</span>
                <strong>{name}</strong>
                <span class="hint">{viewer.person.username.clone()}</span>
            </p>
            <ThemeSwitch viewer=shown />
            <LanguageSwitch />
            <form method="post" action="/logout">
                <button class="menu-item"><Glyph icon=Icon::SignOut />{labels.sign_out}</button>
            </form>
            <form method="post" action="/logout/everywhere">
                <button class="menu-item"><Glyph icon=Icon::SignOut />{labels.sign_out_everywhere}</button>
            </form>
        </div>
    }
}
