//! The way to the next page of a list, and back to the first.

use super::{
    draw::draw,
    icon::{Glyph, Icon},
};
use crate::text::language;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// A path with a query of what is given; what is empty is left out.
pub(crate) fn address(path: &str, query: &[(&'static str, &str)]) -> String {
    let mut given = ParamsMap::new();
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        given.insert(*name, (*value).to_owned());
    }
    format!("{path}{}", given.to_query_string())
}

/// The links, as far as there are pages.
#[component]
pub(crate) fn Pager(
    /// The address of the first page, unless this is it.
    first: Signal<Option<String>>,
    /// The address of the next page, unless this is the last.
    next: Signal<Option<String>>,
) -> impl IntoView {
    let labels = language().labels();
    let link = move |href: Option<String>, icon, label| {
        href.map(|href| view! { <li><a class="button" href=href><Glyph icon=icon />{label}</a></li> })
    };
    draw(move || {
        let (first, next) = (first.get(), next.get());
        (first.is_some() || next.is_some()).then(|| {
            view! {
                <nav class="pager" aria-label=labels.pages>
                    <ul>
                        {link(first, Icon::Back, labels.first_page)}
                        {link(next, Icon::Next, labels.next_page)}
                    </ul>
                </nav>
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_is_given_and_nothing_else() {
        assert_eq!(address("/groups", &[("filter", ""), ("search", "")]), "/groups");
        let full = address("/groups", &[("filter", "open"), ("search", "a&b c")]);
        assert!(
            full.starts_with("/groups?") && full.contains("filter=open") && full.contains("search=a%26b%20c"),
            "{full}"
        );
    }
}
