//! Text that people wrote: line breaks are kept, web addresses can be followed, nothing else is markup.

use leptos::{either::Either, prelude::*};

/// A stretch of text.
#[derive(Debug, PartialEq, Eq)]
enum Stretch<'a> {
    Text(&'a str),
    Link(&'a str),
}

/// Where the next web address begins. Only `http` and `https`, only at the start of a word, and only where what is read
/// first is where it leads: not with a user before the host.
fn next_link(text: &str) -> Option<usize> {
    text.match_indices("http").map(|(at, _)| at).find(|at| {
        let begins_word = !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric);
        let rest = &text[*at..];
        let host = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"));
        begins_word && host.is_some_and(|host| host.starts_with(char::is_alphanumeric) && !names_user(host))
    })
}

/// Whether a user stands before the host: browsers take everything up to the last `@` for one.
fn names_user(address: &str) -> bool {
    let end = address.find(|c: char| c.is_whitespace() || c.is_control() || "/\\?#<>\"".contains(c));
    address[..end.unwrap_or(address.len())].contains('@')
}

/// How long the web address at the start of `text` is, without the punctuation of the sentence around it.
fn link_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c)).unwrap_or(text.len());
    let mut link = &text[..end];
    loop {
        let trimmed = link.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '’', '”']);
        let unbalanced = trimmed.ends_with(')') && trimmed.matches(')').count() > trimmed.matches('(').count();
        let next = if unbalanced { &trimmed[..trimmed.len() - 1] } else { trimmed };
        if next.len() == link.len() {
            return link.len();
        }
        link = next;
    }
}

fn stretches(mut text: &str) -> Vec<Stretch<'_>> {
    let mut stretches = Vec::new();
    while let Some(at) = next_link(text) {
        let end = at + link_length(&text[at..]);
        if at > 0 {
            stretches.push(Stretch::Text(&text[..at]));
        }
        stretches.push(Stretch::Link(&text[at..end]));
        text = &text[end..];
    }
    if !text.is_empty() {
        stretches.push(Stretch::Text(text));
    }
    stretches
}

/// Shows such a text.
#[component]
pub(crate) fn Prose(
    /// The text.
    text: String,
) -> impl IntoView {
    let stretches = stretches(&text)
        .into_iter()
        .map(|stretch| match stretch {
            Stretch::Text(text) => Either::Left(text.to_owned()),
            Stretch::Link(link) => {
                Either::Right(view! { <a href=link.to_owned() rel="noopener nofollow external">{shown(link)}</a> })
            }
        })
        .collect_view();
    view! { <p class="prose">{stretches}</p> }
}

/// A web address as it is read: without what every one of them begins with.
fn shown(link: &str) -> String {
    link.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_without_the_punctuation_around_them() {
        assert_eq!(
            stretches("Read https://wiki.example/a_(b), then (https://b.example/x).\nNew line"),
            [
                Stretch::Text("Read "),
                Stretch::Link("https://wiki.example/a_(b)"),
                Stretch::Text(", then ("),
                Stretch::Link("https://b.example/x"),
                Stretch::Text(").\nNew line"),
            ]
        );
    }

    #[test]
    fn nothing_but_web_addresses_becomes_a_link() {
        for text in
            ["javascript:alert(1)", "xhttps://a.example", "http:// a", "https://", "data:text/html,x", "ftp://a.b"]
        {
            assert_eq!(stretches(text), [Stretch::Text(text)]);
        }
        assert_eq!(stretches(""), []);
    }

    #[test]
    fn an_address_with_a_user_in_it_is_no_link() {
        for text in [
            "https://user@host",
            "https://good.example@evil.example/x",
            "http://good.example:80@evil.example",
            "https://good.example%2F@evil.example",
        ] {
            assert_eq!(stretches(text), [Stretch::Text(text)]);
        }
        for link in ["https://a.example/@ana", "https://a.example?mail=a@b.example", "https://a.example#@b"] {
            assert_eq!(stretches(link), [Stretch::Link(link)]);
        }
    }

    #[test]
    fn markup_stays_text() {
        assert_eq!(
            stretches("<b>https://a.example/\"onclick=\"x</b>"),
            [Stretch::Text("<b>"), Stretch::Link("https://a.example/"), Stretch::Text("\"onclick=\"x</b>")]
        );
    }
}
