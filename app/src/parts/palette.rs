//! The palette: go to a page, a group or a person, or do what the page offers, by typing parts of its name.
//!
//! This is what is in its window; the window itself is part of the frame. A combobox over a list, after the ARIA pattern: the focus stays in the field, the arrows move the choice, Enter takes
//! it, Escape leaves. Groups and people come from the server, as far as the viewer sees them.

use super::{
    admin_tabs::{TABS, label, path, ways_to_make},
    icon::{Glyph, Icon},
    keys::{Shortcut, Use, use_keys},
};
use crate::view::dynamic::{dyn_attr, dyn_text, dyn_view, memo};
use crate::{
    address::address,
    api, browser,
    error::AppError,
    text::{FrameLabels, language},
};
use domain::{AdminPage, Found, Viewer};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::{sync::Arc, time::Duration};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// How long typing rests before the server is asked.
const REST: Duration = Duration::from_millis(120);

/// The id of the list; each entry's id is this and its number.
const LIST: &str = "palette-list";

/// What one can choose from.
#[derive(Clone)]
struct Entry {
    icon: Icon,
    label: String,
    /// What else tells it apart.
    detail: String,
    choice: Choice,
}

/// What choosing it does.
#[derive(Clone)]
enum Choice {
    /// Goes somewhere.
    Go(String),
    /// Does what the page offers.
    Do(Shortcut),
}

/// A part of the list under its own heading.
struct Section {
    label: &'static str,
    entries: Vec<Entry>,
}

/// What is on the screen of it.
#[derive(Clone, Copy)]
struct Asked {
    typed: RwSignal<String>,
    found: RwSignal<Found>,
    trouble: RwSignal<Option<AppError>>,
    chosen: RwSignal<usize>,
    round: StoredValue<u32>,
}

impl Asked {
    fn new() -> Self {
        Self {
            typed: RwSignal::new(String::new()),
            found: RwSignal::new(Found::default()),
            trouble: RwSignal::new(None),
            chosen: RwSignal::new(0),
            round: StoredValue::new(0),
        }
    }

    /// Asks the server for groups and people. Only the latest answer counts.
    fn ask(self) {
        let text = self.typed.get_untracked().trim().to_owned();
        let number = self.round.get_value() + 1;
        self.round.set_value(number);
        if text.is_empty() {
            self.found.set(Found::default());
            return;
        }
        spawn_local(async move {
            let answer = api::search::find(text).await;
            if self.round.try_get_value() != Some(number) {
                return;
            }
            match answer {
                Ok(found) => {
                    self.found.set(found);
                    self.trouble.set(None);
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }
}

/// What is in the palette.
#[expect(clippy::too_many_lines, reason = "one combobox: its parts are nothing apart")]
#[component]
pub(crate) fn Search(
    /// Whether the palette is open. Taking a choice closes it.
    open: RwSignal<bool>,
    /// Who is looking: which pages there are for them.
    viewer: RwSignal<Viewer>,
    /// What was typed before the field was there, and until it has the focus.
    typed_early: RwSignal<String>,
) -> impl IntoView {
    let navigate = use_navigate();
    let field = NodeRef::<html::Input>::new();
    field.on_load(|field| {
        // Its window is open already, and took the focus itself. It is drawn now, and in the document a moment later.
        request_animation_frame(move || {
            let _ = field.focus();
        });
    });
    let words = language();
    let labels = words.frame();
    let search = Asked::new();
    Effect::new(move |_| {
        let typed = typed_early.get();
        if let Some(field) = field.get().filter(|_| !typed.is_empty()) {
            typed_early.set(String::new());
            field.set_value(&(field.value() + &typed));
            search.typed.set(field.value());
            search.chosen.set(0);
            search.ask();
        }
    });
    let keys = use_keys();
    let sections = move || {
        let typed = search.typed.get();
        let here = keys.shortcuts().into_iter().filter(|shortcut| shortcut.purpose == Use::Act).map(action);
        let mut sections = vec![
            Section { label: labels.section_here, entries: here.collect() },
            Section { label: labels.section_pages, entries: viewer.with(|viewer| pages(viewer, labels)) },
        ];
        for section in &mut sections {
            section.entries.retain(|entry| holds_every_word(&entry.label, &typed));
        }
        search.found.with(|found| sections.extend(found_sections(found, viewer, labels)));
        sections.retain(|section| !section.entries.is_empty());
        sections
    };
    let entries = move || sections().into_iter().flat_map(|section| section.entries).collect::<Vec<_>>();
    let count = memo(move || entries().len());
    let take: Arc<dyn Fn(usize) + Send + Sync> = Arc::new(move |number| {
        let Some(entry) = untrack(entries).into_iter().nth(number) else { return };
        open.set(false);
        match entry.choice {
            Choice::Go(address) => navigate(&address, NavigateOptions::default()),
            // The window has to be gone first: what is done may need the focus.
            Choice::Do(shortcut) => request_animation_frame(move || shortcut.run()),
        }
    });
    let take_by_key = Arc::clone(&take);
    let press = move |event: KeyboardEvent| {
        let last = count.get_untracked().saturating_sub(1);
        let step = |chosen: usize| match event.key().as_str() {
            "ArrowDown" => Some(if chosen >= last { 0 } else { chosen + 1 }),
            "ArrowUp" => Some(if chosen == 0 { last } else { chosen - 1 }),
            "PageDown" => Some(last.min(chosen + 8)),
            "PageUp" => Some(chosen.saturating_sub(8)),
            _ => None,
        };
        let chosen = search.chosen.get_untracked();
        if let Some(next) = step(chosen) {
            event.prevent_default();
            search.chosen.set(next);
            browser::show(&entry_id(next));
        } else if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            take_by_key(chosen);
        }
    };
    let mut ask = debounce(REST, move |()| search.ask());
    let input = move |event| {
        search.typed.set(event_target_value(&event));
        search.chosen.set(0);
        ask(());
    };
    let click = move |event: web_sys::MouseEvent| {
        let at = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let entry = at.and_then(|at| at.closest("[role=option]").ok().flatten());
        let number = entry.and_then(|entry| entry.id().strip_prefix(LIST)?.parse().ok());
        if let Some(number) = number {
            take(number);
        }
    };
    let active = move || if count.get() == 0 { String::new() } else { entry_id(search.chosen.get()) };
    let list = move || {
        let mut number = 0;
        let sections: Vec<_> = sections()
            .into_iter()
            .map(|section| {
                let entries: Vec<_> =
                    section.entries.into_iter().map(|entry| option(entry, &mut number, search)).collect();
                view! {
                    <ul role="group" aria-label=section.label>
                        <li class="palette-heading" role="presentation">{section.label}</li>
                        {entries}
                    </ul>
                }
            })
            .collect();
        sections
    };
    let said = move || {
        let trouble = search.trouble.get().map(|error| words.trouble(&error));
        let nothing = (count.get() == 0).then(|| labels.palette_empty.to_owned());
        trouble.or(nothing).map(|sentence| view! { <p class="palette-said">{sentence}</p> })
    };
    view! {
        <div class="palette-field">
            <Glyph icon=Icon::Search />
            <input
                node_ref=field
                type="text"
                role="combobox"
                aria-label=labels.palette
                aria-expanded="true"
                aria-controls=LIST
                aria-autocomplete="list"
                aria-activedescendant=dyn_text(active)
                placeholder=labels.palette_hint
                autocomplete="off"
                spellcheck="false"
                on:input=input
                on:keydown=press
            />
            <kbd>{labels.escape}</kbd>
        </div>
        <div class="palette-list" role="listbox" id=LIST aria-label=labels.palette_found on:click=click>
            {dyn_view(list)}
        </div>
        <div role="status">{dyn_view(said)}</div>
    }
}

/// Whether every word of what somebody looks for stands somewhere in the label of a page, which is of English or German:
/// accents and case aside.
fn holds_every_word(label: &str, typed: &str) -> bool {
    let (label, typed) = (browser::folded(label), browser::folded(typed));
    typed.split_whitespace().all(|word| label.contains(word))
}

fn entry_id(number: usize) -> String {
    format!("{LIST}{number}")
}

fn option(entry: Entry, number: &mut usize, search: Asked) -> impl IntoView + use<> {
    let at = *number;
    *number += 1;
    view! {
        <li
            class="palette-entry"
            role="option"
            id=entry_id(at)
            aria-selected=dyn_attr(move || Some(if search.chosen.get() == at { "true" } else { "false" }))
            on:pointermove=move |_| search.chosen.set(at)
        >
            <Glyph icon=entry.icon />
            <span>{entry.label}</span>
            <span class="hint">{entry.detail}</span>
        </li>
    }
}

fn action(shortcut: Shortcut) -> Entry {
    let detail = shortcut.key.to_owned();
    Entry { icon: Icon::Act, label: shortcut.label.clone(), detail, choice: Choice::Do(shortcut) }
}

/// The pages there are for a viewer.
fn pages(viewer: &Viewer, labels: &FrameLabels) -> Vec<Entry> {
    let own = language().labels();
    let page = |opens: bool, icon, label: &str, address: &str| {
        opens.then(|| Entry {
            icon,
            label: label.to_owned(),
            detail: String::new(),
            choice: Choice::Go(address.to_owned()),
        })
    };
    let everyday = [
        page(true, Icon::Groups, own.groups, "/groups"),
        page(true, Icon::MyGroups, labels.my_groups, "/me"),
        page(viewer.decides, Icon::Requests, own.requests, "/requests"),
        page(viewer.decides, Icon::Manage, labels.manage, "/manage"),
        page(viewer.views_audit, Icon::Audit, labels.audit, "/audit"),
        page(viewer.enters_admin_area(), Icon::Admin, labels.admin, "/admin"),
        page(true, Icon::Bell, labels.notifications, "/notifications"),
        page(true, Icon::Profile, labels.profile, "/me/profile"),
    ];
    let parts = TABS.into_iter().filter(|page| *page != AdminPage::Overview && viewer.opens(*page));
    let of_office = parts.map(|page| (path(page), label(page))).chain(ways_to_make(viewer));
    let of_office = of_office
        .map(|(address, label)| page(true, Icon::Admin, &format!("{}: {label}", labels.admin), address))
        .collect::<Vec<_>>();
    everyday.into_iter().chain(of_office).flatten().collect()
}

/// What the server found. A person leads to where the viewer meets them: oneself, a member, an account.
fn found_sections(found: &Found, viewer: RwSignal<Viewer>, labels: &'static FrameLabels) -> [Section; 2] {
    let (me, sees_accounts) = viewer.with_untracked(|viewer| (viewer.person.id, viewer.opens(AdminPage::People)));
    let groups = found.groups.iter().map(|group| Entry {
        icon: Icon::Groups,
        label: group.name.clone(),
        detail: String::new(),
        choice: Choice::Go(format!("/groups/{}", group.id)),
    });
    let people = found.people.iter().filter_map(|found| {
        let person = &found.person;
        let (detail, page) = match &found.group {
            _ if person.id == me => (labels.you.to_owned(), "/me/profile".to_owned()),
            Some(group) => {
                let list = format!("/manage/{}/members", group.id);
                (group.name.clone(), address(&list, &[("search", &person.username)]))
            }
            None if sees_accounts => (person.username.clone(), format!("{}/{}", path(AdminPage::People), person.id)),
            // Met in no group of the viewer's, and no page shows them.
            None => return None,
        };
        let label = person.display_name().to_owned();
        Some(Entry { icon: Icon::Profile, label, detail, choice: Choice::Go(page) })
    });
    [
        Section { label: labels.section_groups, entries: groups.collect() },
        Section { label: labels.section_people, entries: people.collect() },
    ]
}
