//! A page's subject, read before the page is sent, so that what is missing is a real 404.

use super::frame::Me;
use crate::{browser, error::AppError, pages::not_found::NotFound, text::language};
use domain::Viewer;
use leptos::prelude::*;
use leptos_meta::Title;

/// Shows what was read with `show`, or says why it is not there.
pub(crate) fn loaded<T>(
    subject: Resource<Result<T, AppError>>,
    show: impl Fn(Viewer, T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let viewer = expect_context::<Me>().0;
    view! {
        <Suspense>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match (viewer.await, subject.await) {
                        (Ok(viewer), Ok(subject)) => show(viewer, subject),
                        (Err(error), _) | (_, Err(error)) => view! { <Failure error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// The page in place of one that cannot be shown.
#[component]
pub(crate) fn Failure(
    /// Why.
    error: AppError,
) -> impl IntoView {
    if error == AppError::NotFound {
        return view! { <NotFound /> }.into_any();
    }
    let words = language();
    if error == AppError::SignedOut {
        Effect::new(move |_| browser::leave_for_sign_in());
    }
    view! {
        <Title text=words.labels().trouble />
        <div class="lost">
            <h1>{words.labels().trouble}</h1>
            <p>{words.trouble(&error)}</p>
        </div>
    }
    .into_any()
}
