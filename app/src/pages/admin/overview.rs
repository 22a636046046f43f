//! The front page of the admin area: what needs somebody to look after it, and the ways there.

use crate::{
    api,
    live::keep,
    parts::{
        admin_tabs::{AdminHead, AdminTab},
        care::{care, follow},
        draw::draw,
        loaded::{first_read, loaded},
        piece::{IntoPiece, Piece},
        title::page_title,
    },
    text::language,
};
use domain::Viewer;
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    let labels = language().office();
    page_title(|| labels.title.to_owned());
    let first = first_read(api::health::read_health);
    loaded(first, move |viewer, health| {
        let seq = health.feed.head;
        let kept = keep(health, Memo::new(|_| ()), |()| api::health::read_health());
        kept.follow(seq, follow);
        view! {
            <AdminHead tab=AdminTab::Overview viewer=viewer.clone() title=labels.title intro=labels.intro />
            <div class="columns">
                <div class="column-main">{draw(move || kept.shown.with(care))}</div>
                <div class="column-side">
                    <section class="card section">
                        <h2>{labels.your_rights}</h2>
                        {rights(&viewer)}
                    </section>
                </div>
            </div>
        }
        .piece()
    })
}

/// What the viewer may do in the admin area.
fn rights(viewer: &Viewer) -> Piece {
    let words = language();
    if viewer.superuser {
        return view! { <p>{words.office().is_superuser}</p> }.piece();
    }
    let rights = viewer.permissions.iter().map(|permission| view! { <li>{words.permission(permission)}</li> });
    view! { <ul class="plain-list">{rights.collect_view()}</ul> }.piece()
}
