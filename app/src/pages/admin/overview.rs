//! The front page of the admin area: what needs somebody to look after it, and the ways there.

use crate::{
    api,
    parts::{
        admin_page::{admin_page, nothing_asked},
        admin_tabs::AdminHead,
        care::care,
        title::page_title,
    },
    text::language,
    view::{
        dynamic::dyn_view,
        erased::{ErasedView, IntoErased},
    },
};
use domain::{AdminPage, Viewer};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    let labels = language().admin_area();
    page_title(|| labels.title.to_owned());
    admin_page(
        nothing_asked(),
        |()| api::health::read_health(),
        move |viewer, kept| {
            let seq = kept.shown.with_untracked(|health| health.feed.head);
            kept.follow_admin(seq, |_| true);
            view! {
                <AdminHead tab=AdminPage::Overview viewer=viewer.clone() title=labels.title intro=labels.intro />
                <div class="columns">
                    <div class="column-main">{dyn_view(move || kept.shown.with(care))}</div>
                    <div class="column-side">
                        <section class="card section">
                            <h2>{labels.your_rights}</h2>
                            {rights(&viewer)}
                        </section>
                    </div>
                </div>
            }
            .erased()
        },
    )
}

/// What the viewer may do in the admin area.
fn rights(viewer: &Viewer) -> ErasedView {
    let words = language();
    if viewer.superuser {
        return view! { <p>{words.admin_area().is_superuser}</p> }.erased();
    }
    let rights = viewer.permissions.iter().map(|permission| view! { <li>{words.permission(permission)}</li> });
    view! { <ul class="plain-list">{rights.collect_view()}</ul> }.erased()
}
