//! The title of a page in the browser's tab.

use crate::text::language;

/// Names the page.
pub(crate) fn page_title(title: impl Fn() -> String + Send + Sync + 'static) {
    let name = language().labels().muster;
    let whole = move || format!("{} · {name}", title());
    #[cfg(feature = "ssr")]
    {
        use leptos::prelude::*;
        // Made is enough: it tells the head of the document. There is nothing of it where it stands. The words are made now:
        // the head is written last, and what they are made of may be gone by then, which fails the whole page.
        drop(view! { <leptos_meta::Title text=escaped(&whole()) /> });
    }
    #[cfg(not(feature = "ssr"))]
    {
        let whole: crate::view::dynamic::DynText = Box::new(whole);
        leptos::prelude::Effect::new(move |_| leptos::prelude::document().set_title(&whole()));
    }
}

/// A text as it stands between `<title>` and `</title>`. The metadata crate writes a title into the head as it is, so that a
/// name could end it and begin elements of its own.
#[cfg(feature = "ssr")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
