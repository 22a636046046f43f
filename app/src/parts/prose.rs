//! Text that people wrote: line breaks are kept, web addresses can be followed, nothing else is markup.

use leptos::{either::Either, prelude::*};

/// A stretch of text.
#[derive(Debug, PartialEq, Eq)]
enum Stretch<'a> {
    Text(&'a str),
    Link(&'a str),
}

/// What a web address begins with, in any case.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// A text without the scheme of a web address at its start, if it begins with one.
fn after_scheme(text: &str) -> Option<&str> {
    SCHEMES.iter().find_map(|scheme| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })
}

/// Where the next web address begins, and how long it is. Only `http` and `https`, only at the start of a word, and never one
/// with user info: `https://known.example@other.example` leads elsewhere than it seems to.
///
/// Scripts that part no words run right up to an address: only a Latin letter or digit before it makes it a part of a word.
fn next_link(text: &str) -> Option<(usize, usize)> {
    text.match_indices(['h', 'H']).map(|(at, _)| at).find_map(|at| {
        let begins_word = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let rest = after_scheme(&text[at..])?;
        let length = link_length(&text[at..]);
        let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
        let host_in_link = host.len().min(length.saturating_sub(text[at..].len() - rest.len()));
        let leads_where_it_says = !host[..host_in_link].contains('@');
        (begins_word && leads_where_it_says && rest.starts_with(char::is_alphanumeric)).then_some((at, length))
    })
}

/// Whether a character may stand in a web address: letters and digits of any script, and the signs of RFC 3986. What else
/// there is, the punctuation of other scripts above all, ends it.
fn is_of_address(c: char) -> bool {
    c.is_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%|{}".contains(c)
}

/// How long the web address at the start of `text` is: up to what cannot be part of one, or to a bracket that it did not
/// open, and without the punctuation of the sentence around it.
fn link_length(text: &str) -> usize {
    let mut open = [0_u32; 3];
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        let closes = if let Some(kind) = "([{".find(c) {
            open[kind] += 1;
            false
        } else if let Some(kind) = ")]}".find(c) {
            let unopened = open[kind] == 0;
            open[kind] = open[kind].saturating_sub(1);
            unopened
        } else {
            false
        };
        if closes || !is_of_address(c) {
            end = at;
            break;
        }
    }
    text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '(', '[', '{', '|']).len()
}

fn stretches(mut text: &str) -> Vec<Stretch<'_>> {
    let mut stretches = Vec::new();
    while let Some((at, length)) = next_link(text) {
        let end = at + length;
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
    view! { <p class="prose" dir="auto">{stretches}</p> }
}

/// A web address as it is read: without what every one of them begins with.
fn shown(link: &str) -> String {
    after_scheme(link).unwrap_or(link).trim_end_matches('/').to_owned()
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

    /// What becomes a link in a text.
    fn links(text: &str) -> Vec<&str> {
        let links = stretches(text).into_iter().filter_map(|stretch| match stretch {
            Stretch::Link(link) => Some(link),
            Stretch::Text(_) => None,
        });
        links.collect()
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for end in [
            "。続き",
            "、続き",
            "）続き",
            "」続き",
            "』x",
            "】x",
            "，x",
            "！x",
            "；x",
            "：x",
            "» x",
            "»x",
            "…",
            "… x",
            "...",
            "]",
            "]x",
            "}",
            "}x",
            ")x",
            ").",
            "”",
            "’s",
            "„x",
            "“x",
            "›x",
            "·x",
            "—x",
            "–x",
            ">x",
            "\\x",
            "`x",
            "\u{200b}x",
            "\u{202e}x",
            "。",
        ] {
            assert_eq!(links(&format!("https://a.example/x{end}")), ["https://a.example/x"], "{end}");
        }
        for whole in [
            "https://a.example/x_(y)",
            "https://a.example/x(y)z",
            "https://a.example/[x]",
            "https://a.example/{x}",
            "Https://a.example",
            "HTTP://A.EXAMPLE/x",
            "https://a.example/ä/日本",
            "https://a.example/?q=a|b&c=d#e",
            "https://a.example/@ana",
            "https://[x",
        ] {
            let expected: &[&str] = if whole.contains("//[") { &[] } else { &[whole] };
            assert_eq!(links(&format!("詳細は{whole} ")), expected);
        }
        assert_eq!(links("(https://a.example/x_(y))"), ["https://a.example/x_(y)"]);
        assert_eq!(links("「https://a.example」と「https://b.example」"), ["https://a.example", "https://b.example"]);
    }

    #[test]
    fn what_leads_elsewhere_than_it_seems_to_is_no_link() {
        for text in ["https://known.example@evil.example/x", "https://a:b@evil.example", "http://x@y"] {
            assert_eq!(links(text), Vec::<&str>::new(), "{text}");
        }
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
