//! What surrounds every page: the way to the others, the account, the connection mark, what has just happened.

use super::{
    connection::ConnectionMark,
    dialog::Dialog,
    icon::{Glyph, Icon},
    keys::{Use, control_key, use_keys},
    language_switch::LanguageSwitch,
    loaded::{Me, first_read},
    notice::AddressNotice,
    person::avatar,
    theme_switch::ThemeSwitch,
    toast::Toasts,
};
use crate::view::{
    dynamic::{DynView, dyn_attr, dyn_text, dyn_view, memo, once_here},
    erased::{ErasedChildren, ErasedView, IntoErased},
};
use crate::{
    address::is_way_in,
    api,
    browser::{self, MAIN, hand},
    live::{live_resource, use_live},
    text::language,
};
use domain::{Viewer, fold};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;

/// The id of the menu behind the account.
const ACCOUNT_MENU: &str = "account-menu";

/// The viewer as the frame follows them, once it does.
#[derive(Clone, Copy)]
struct Memoized(StoredValue<Option<RwSignal<Viewer>>>);

/// The viewer as the frame follows them: what a page changes about them, the frame shows too.
pub(crate) fn frame_viewer(read: Viewer) -> RwSignal<Viewer> {
    let followed = use_context::<Memoized>().and_then(|followed| followed.0.get_value());
    followed.unwrap_or_else(|| RwSignal::new(read))
}

/// What is in the windows of the frame. Its code is loaded when one opens, which is a matter of `chunk`.
#[derive(Clone, Copy)]
pub(crate) struct WindowContents {
    /// Of the palette: whether it is open, who looks, and what was typed before its field was there.
    pub(crate) palette: fn(RwSignal<bool>, RwSignal<Viewer>, RwSignal<String>) -> ErasedView,
    /// Of the list of keys: whether it is open.
    pub(crate) keys: fn(RwSignal<bool>) -> ErasedView,
}

/// Surrounds the page. The ways in, sign-in and set-up, stand alone: nobody is there yet.
#[component]
pub(crate) fn Frame(
    /// What is in its windows.
    windows: WindowContents,
    /// The page.
    children: ErasedChildren,
) -> impl IntoView {
    let path = use_location().pathname;
    let stands_alone = path.with_untracked(|path| is_way_in(path));
    if stands_alone {
        return view! { <main class="entrance" id=MAIN>{children.draw()}</main> }.erased();
    }
    let viewer = first_read(api::account::read_viewer);
    provide_context(Me(viewer));
    provide_context(Memoized(StoredValue::new(None)));
    Effect::new(move |before: Option<()>| {
        path.track();
        if before.is_some() {
            hand::mean_all();
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
                        viewer.await.ok().map(|viewer| view! { <Rail viewer=viewer windows=windows /> }).erased()
                    })
                })}
            </header>
            <div class="page">
                <ConnectionMark />
                <AddressNotice />
                <main id=MAIN tabindex="-1">{children.draw()}</main>
            </div>
        </div>
        <Toasts />
    }
    .erased()
}

/// The part of the frame that knows who is looking. It starts the live feed.
#[component]
fn Rail(viewer: Viewer, windows: WindowContents) -> impl IntoView {
    let seq = viewer.seq;
    let kept = live_resource(viewer.clone(), memo(|| ()), |()| api::account::read_viewer());
    kept.follow(seq, |kept, frame| kept.shown.update(|viewer| fold::fold_viewer(viewer, frame)));
    if let Some(followed) = use_context::<Memoized>() {
        followed.0.set_value(Some(kept.shown));
    }
    let live = use_live();
    Effect::new(move |_| live.open(seq));
    let palette = RwSignal::new(false);
    let key_help = RwSignal::new(false);
    view! {
        <PaletteButton open=palette />
        <BellLink viewer=kept.shown />
        <Navigation viewer=kept.shown />
        <AccountMenu viewer=viewer shown=kept.shown key_help=key_help />
        <Windows contents=windows palette=palette key_help=key_help viewer=kept.shown />
    }
}

/// The palette and the window with the keys, and the keys that open them. What is in them is loaded with the first use.
#[component]
fn Windows(
    contents: WindowContents,
    palette: RwSignal<bool>,
    key_help: RwSignal<bool>,
    viewer: RwSignal<Viewer>,
) -> impl IntoView {
    let labels = language().frame();
    let typed_early = RwSignal::new(String::new());
    use_keys().on("?", labels.key_help, Use::Look, move || key_help.set(true));
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let with_control = event.ctrl_key() || event.meta_key();
            let is_k = with_control && !event.alt_key() && !event.shift_key();
            let may_open = palette.get_untracked() || !browser::has_window();
            if is_k && may_open && event.key().eq_ignore_ascii_case("k") {
                event.prevent_default();
                typed_early.set(String::new());
                palette.update(|open| *open = !*open);
            } else if palette.get_untracked() && !with_control && !event.alt_key() && !browser::writes() {
                type_early(typed_early, &event);
            }
        });
        on_cleanup(move || handle.remove());
    });
    let early = move || {
        let typed = typed_early.get();
        (!typed.is_empty()).then(|| view! { <p class="palette-field">{typed}</p> })
    };
    let search =
        Box::new(move || view! { {dyn_view(early)} {(contents.palette)(palette, viewer, typed_early)} }.erased());
    let keys = Box::new(move || (contents.keys)(key_help));
    view! {
        <Dialog open=palette label=labels.palette kind="palette" content=search />
        <Dialog open=key_help label=labels.keys kind="keys" content=keys />
    }
}

/// Keeps what is typed into the palette before its field is there: its code may have to be loaded first.
fn type_early(typed: RwSignal<String>, event: &ev::KeyboardEvent) {
    let key = event.key();
    let mut letters = key.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => typed.update(|typed| typed.push(letter)),
        _ if key == "Backspace" => typed.update(|typed| {
            typed.pop();
        }),
        _ => return,
    }
    event.prevent_default();
}

/// Opens the palette. There is none without script, and the style sheet hides it then.
#[component]
fn PaletteButton(open: RwSignal<bool>) -> impl IntoView {
    let labels = language().frame();
    let modifier = RwSignal::new(labels.control);
    Effect::new(move |_| modifier.set(control_key()));
    view! {
        <button class="palette-button" type="button" aria-haspopup="dialog" on:click=move |_| open.set(true)>
            <Glyph icon=Icon::Search />
            <span class="label">{labels.search}</span>
            <kbd aria-hidden="true">{dyn_text(move || format!("{} K", modifier.get()))}</kbd>
        </button>
    }
}

/// The bell, with what is unread.
#[component]
fn BellLink(viewer: RwSignal<Viewer>) -> impl IntoView {
    let words = language();
    let path = use_location().pathname;
    let unread = memo(move || viewer.with(|viewer| viewer.unread));
    let current = move || path.with(|path| path.starts_with("/notifications")).then_some("page");
    view! {
        <a class="icon-button bell" href="/notifications" aria-current=dyn_attr(current)>
            <Glyph icon=Icon::Bell />
            <span class="sr">{words.frame().notifications}</span>
            {dyn_view(move || count(unread.get(), words.unread(unread.get())))}
        </a>
    }
}

/// A number on an entry, where there is anything to count.
fn count(number: u32, said: String) -> Option<ErasedView> {
    let shown = if number > 99 { "99+".to_owned() } else { number.to_string() };
    (number > 0).then(|| {
        view! {
            <span class="count" aria-hidden="true">{shown}</span>
            <span class="sr">{format!(", {said}")}</span>
        }
        .erased()
    })
}

/// The pages there are for this viewer. A phone has room for five: whoever has six finds the log in their account.
#[component]
fn Navigation(viewer: RwSignal<Viewer>) -> impl IntoView {
    let words = language();
    let labels = words.labels();
    let own = words.frame();
    let path = use_location().pathname;
    let current = move |start: &'static str| {
        path.with(|path| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    let entry = move |address: &'static str, icon, label: &'static str, number: Option<DynView>| {
        view! {
            <li data-page=address>
                <a href=address aria-current=dyn_attr(move || current(address).then_some("page"))>
                    <Glyph icon=icon />
                    <span class="label">{label}</span>
                    {number}
                </a>
            </li>
        }
        .erased()
    };
    let waiting = memo(move || viewer.with(|viewer| viewer.queue.total()));
    let number = move || dyn_view(move || count(waiting.get(), words.waiting(waiting.get())));
    let opens = |opens: fn(&Viewer) -> bool| memo(move || viewer.with(opens));
    let decides = opens(|viewer| viewer.decides);
    let views_audit = opens(|viewer| viewer.views_audit);
    let enters_admin_area = opens(Viewer::enters_admin_area);
    view! {
        <nav class="navigation" aria-label=labels.navigation>
            <ul>
                {entry("/groups", Icon::Groups, labels.groups, None)}
                {entry("/me", Icon::MyGroups, own.my_groups, None)}
                {dyn_view(move || decides.get().then(|| entry("/requests", Icon::Requests, labels.requests, Some(number()))))}
                {dyn_view(move || decides.get().then(|| entry("/manage", Icon::Manage, own.manage, None)))}
                {dyn_view(move || views_audit.get().then(|| entry("/audit", Icon::Audit, own.audit, None)))}
                {dyn_view(move || enters_admin_area.get().then(|| entry("/admin", Icon::Admin, own.admin, None)))}
            </ul>
        </nav>
    }
}

/// The viewer's account: who it is, their profile, light or dark, the language, the keys, the way out.
#[component]
fn AccountMenu(viewer: Viewer, shown: RwSignal<Viewer>, key_help: RwSignal<bool>) -> impl IntoView {
    let labels = language().labels();
    let own = language().frame();
    let name = viewer.person.display_name().to_owned();
    // The six entries that a phone has no room for are all there at once only for those who do everything.
    let is_crowded =
        memo(move || shown.with(|viewer| viewer.decides && viewer.views_audit && viewer.enters_admin_area()));
    let log = move || {
        is_crowded.get().then(|| {
            view! { <a class="menu-item on-phone" href="/audit"><Glyph icon=Icon::Audit />{own.audit}</a> }
        })
    };
    let path = use_location().pathname;
    Effect::new(move |_| {
        path.track();
        browser::close_menu(ACCOUNT_MENU);
    });
    let show_keys = move |_| {
        browser::close_menu(ACCOUNT_MENU);
        key_help.set(true);
    };
    view! {
        <button class="account" type="button" popovertarget=ACCOUNT_MENU>
            {avatar(&viewer.person)}
            <span class="sr">{labels.account} ": "</span>
            <span class="account-name">{name.clone()}</span>
        </button>
        <div class="account-menu" id=ACCOUNT_MENU popover="auto">
            <p class="account-who">
                <span class="hint">{labels.signed_in_as}</span>
                <strong>{name}</strong>
                <span class="hint">{viewer.person.username.clone()}</span>
            </p>
            <ThemeSwitch viewer=shown />
            <LanguageSwitch />
            <a class="menu-item" href="/me/profile"><Glyph icon=Icon::Profile />{own.profile}</a>
            {dyn_view(log)}
            <button class="menu-item with-script" type="button" on:click=show_keys>
                <Glyph icon=Icon::Keys />
                {own.keys}
                <kbd aria-hidden="true">"?"</kbd>
            </button>
            <form method="post" action="/logout">
                <button class="menu-item"><Glyph icon=Icon::SignOut />{labels.sign_out}</button>
            </form>
        </div>
    }
}
