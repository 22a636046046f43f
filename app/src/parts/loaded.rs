//! A page's subject, read before the page is sent, so that what is missing is a real 404.

use super::{not_found::NotFound, title::page_title};
use crate::view::{
    dynamic::{awaited, dyn_view},
    erased::{ErasedView, IntoErased},
};
use crate::{browser, error::AppError, live::use_live, text::language, wire::JsonText};
use domain::Viewer;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

/// What a page reads before it is sent, and brings along.
pub(crate) type FirstRead<T> = Resource<Result<T, AppError>, JsonText>;

/// Who is looking; read once for frame and page.
#[derive(Clone, Copy)]
pub(crate) struct Me(pub(crate) FirstRead<Viewer>);

/// Reads it once; what shows it follows the feed from then on.
pub(crate) fn first_read<T, F>(read: impl Fn() -> F + Send + Sync + 'static) -> FirstRead<T>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Resource::new_with_options(|| (), move |()| read(), true)
}

/// Shows what was read with `show`, or says why it is not there.
pub(crate) fn loaded<T>(
    subject: FirstRead<T>,
    show: impl Fn(Viewer, T) -> ErasedView + Clone + Send + Sync + 'static,
) -> ErasedView
where
    T: Clone + Send + Sync + 'static,
{
    let viewer = expect_context::<Me>().0;
    let wait = move || {
        let show = show.clone();
        Suspend::new(async move {
            match (viewer.await, subject.await) {
                (Ok(viewer), Ok(subject)) => show(viewer, subject),
                (Err(error), _) | (_, Err(error)) => view! { <Failure error=error /> }.erased(),
            }
        })
    };
    awaited(wait, || view! { <Loading /> }.erased())
}

/// That one has to wait, once it takes long enough to be noticed; and a way on, once a server that answers would have
/// done so. Should the answer come after all, it counts.
#[component]
fn Loading() -> impl IntoView {
    let late = RwSignal::new(false);
    let be_late = move || {
        late.try_set(true);
    };
    Effect::new(move |_| set_timeout(be_late, browser::PATIENCE));
    dyn_view(move || {
        if late.get() {
            view! { <Failure error=AppError::Offline /> }.erased()
        } else {
            let said = language().labels().loading;
            view! { <div class="loading" role="status"><span class="sr">{said}</span></div> }.erased()
        }
    })
}

/// The page in place of one that cannot be shown.
#[component]
pub(crate) fn Failure(
    /// Why.
    error: AppError,
) -> impl IntoView {
    if error == AppError::NotFound {
        return view! { <NotFound /> }.erased();
    }
    let words = language();
    page_title(|| language().labels().trouble.to_owned());
    if error == AppError::SignedOut {
        let live = use_live();
        Effect::new(move |_| live.end_session());
    }
    let labels = words.labels();
    // The browser alone comes here. It says where it is only when asked: a page that could not be loaded is drawn before
    // its address stands.
    let reload = |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        browser::reload();
    };
    let again = (error == AppError::Offline).then(|| {
        view! { <p><a class="button" href=browser::here() rel="external" on:click=reload>{labels.load_again}</a></p> }
    });
    view! {
        <div class="lost">
            <h1>{labels.trouble}</h1>
            <p>{words.trouble(&error)}</p>
            {again}
        </div>
    }
    .erased()
}
