//! Fills in the form of a drawn page. It reads the page as browsers do, as far as our own pages go, and changes nothing but
//! the fields of that one form that are typed into or chosen by.

use app::typed::is_given_back;
use std::ops::Range;

/// A tag with its attributes.
struct Tag<'a> {
    name: &'a str,
    is_end: bool,
    attributes: Vec<Attribute<'a>>,
    /// The whole of it, with its brackets.
    span: Range<usize>,
    /// What stands inside, where that is text whatever it looks like.
    text: Option<Range<usize>>,
}

struct Attribute<'a> {
    name: &'a str,
    value: String,
    /// With the space before it.
    span: Range<usize>,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<&Attribute<'_>> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.as_str())
    }

    fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some()
    }

    /// Where one more attribute goes.
    fn end(&self) -> usize {
        self.attributes.last().map_or(self.span.start + 1 + self.name.len(), |last| last.span.end)
    }
}

/// What is inside of these is text.
const TEXTS: [&str; 4] = ["script", "style", "textarea", "title"];

/// The tags of a page, in order.
fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = page[at..].find('<').map(|found| at + found) {
        let rest = &page[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            at = start + 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
            continue;
        }
        let is_end = rest.starts_with('/');
        let from = start + 1 + usize::from(is_end);
        let name = word(&page[from..]);
        if name.is_empty() {
            at = start + 1;
            continue;
        }
        let (attributes, end) = attributes(page, from + name.len());
        let mut tag = Tag { name, is_end, attributes, span: start..end, text: None };
        at = end;
        if !is_end && TEXTS.contains(&name) {
            let close = page[end..].find(&format!("</{name}")).map_or(page.len(), |found| end + found);
            tag.text = Some(end..close);
            at = close;
        }
        tags.push(tag);
    }
    tags
}

/// The letters at the beginning of a text that may be those of a name.
fn word(text: &str) -> &str {
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "-_:[]".contains(letter);
    &text[..text.find(|letter| !is_of_name(letter)).unwrap_or(text.len())]
}

/// The attributes that begin here, and where their tag ends.
fn attributes(page: &str, from: usize) -> (Vec<Attribute<'_>>, usize) {
    let mut attributes = Vec::new();
    let mut at = from;
    loop {
        let start = at;
        at += page[at..].len() - page[at..].trim_start_matches([' ', '\n', '\t', '\r', '/']).len();
        if at >= page.len() || page[at..].starts_with('>') {
            return (attributes, (at + 1).min(page.len()));
        }
        let name = word(&page[at..]);
        if name.is_empty() {
            at += page[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        at += name.len();
        let mut value = "";
        if let Some(rest) = page[at..].strip_prefix('=') {
            at += 1;
            (value, at) = if let Some(quote) = rest.chars().next().filter(|quote| "\"'".contains(*quote)) {
                let inside = &rest[1..];
                let length = inside.find(quote).unwrap_or(inside.len());
                (&inside[..length], (at + length + 2).min(page.len()))
            } else {
                let length = rest.find([' ', '>', '\n']).unwrap_or(rest.len());
                (&rest[..length], at + length)
            };
        }
        attributes.push(Attribute { name, value: unescaped(value), span: start..at });
    }
}

fn unescaped(text: &str) -> String {
    let quotes = [("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    quotes.into_iter().fold(text.to_owned(), |text, (escaped, letter)| text.replace(escaped, letter))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A form of a page: its tag, and those that belong to it.
struct Form {
    at: usize,
    fields: Vec<usize>,
}

/// The forms of a page. A field belongs to the form it stands in, or to the one it names.
fn forms(tags: &[Tag<'_>]) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let starts = tags.iter().enumerate().filter(|(_, tag)| tag.name == "form" && !tag.is_end);
    forms.extend(starts.map(|(at, _)| Form { at, fields: Vec::new() }));
    let mut present = None;
    for (at, tag) in tags.iter().enumerate() {
        match (tag.name, tag.is_end) {
            ("form", false) => present = forms.iter().position(|form| form.at == at),
            ("form", true) => present = None,
            ("input" | "textarea" | "select" | "button", false) => {
                let named = tag.value("form");
                let named = named.map(|id| forms.iter().position(|form| tags[form.at].value("id") == Some(id)));
                if let Some(form) = named.unwrap_or(present) {
                    forms[form].fields.push(at);
                }
            }
            _ => {}
        }
    }
    forms
}

/// Whether what was typed was typed into this form: it goes to the same place, and is about the same.
fn is_of(form: &Form, tags: &[Tag<'_>], action: &str, typed: &[(&str, &str)]) -> bool {
    let tag = &tags[form.at];
    let fields = || form.fields.iter().map(|field| &tags[*field]);
    let goes_there =
        tag.value("action") == Some(action) || fields().any(|field| field.value("formaction") == Some(action));
    let about = fields().filter(|field| field.name == "input" && field.value("type") == Some("hidden"));
    let mut about = about.filter_map(|field| Some((field.value("name")?, field.value("value").unwrap_or_default())));
    tag.value("method") == Some("post")
        && goes_there
        && about.all(|(name, value)| !is_given_back(name) || typed.contains(&(name, value)))
}

/// The page with the first form filled in that this was typed into. What is folded away around it is unfolded.
pub(super) fn fill(page: &str, action: &str, typed: &[(&str, &str)]) -> String {
    let tags = tags(page);
    let forms = forms(&tags);
    let Some(form) = forms.iter().find(|form| is_of(form, &tags, action, typed)) else { return page.to_owned() };
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for field in &form.fields {
        let before = changes.len();
        fill_field(page, &tags, *field, typed, &mut changes);
        if changes.len() > before {
            changes.extend(folds_around(&tags, *field).map(|fold| (fold.end()..fold.end(), " open".to_owned())));
        }
    }
    changes.sort_by_key(|(span, _)| span.start);
    changes.dedup();
    let mut filled = page.to_owned();
    for (span, text) in changes.into_iter().rev() {
        filled.replace_range(span, &text);
    }
    filled
}

fn fill_field(
    page: &str,
    tags: &[Tag<'_>],
    at: usize,
    typed: &[(&str, &str)],
    changes: &mut Vec<(Range<usize>, String)>,
) {
    let tag = &tags[at];
    let Some(name) = tag.value("name").filter(|name| is_given_back(name)) else { return };
    let is_left = tag.has("disabled") || tag.has("hidden");
    let values: Vec<&str> = typed.iter().filter(|(other, _)| *other == name).map(|(_, value)| *value).collect();
    match (tag.name, tag.value("type").unwrap_or("text")) {
        _ if is_left => {}
        ("input", "checkbox" | "radio") => {
            mark(tag, "checked", values.contains(&tag.value("value").unwrap_or("on")), changes);
        }
        ("input", "hidden" | "password" | "submit") | ("button", _) => {}
        ("input", _) => {
            let Some(value) = values.last().filter(|value| **value != tag.value("value").unwrap_or_default()) else {
                return;
            };
            let span = tag.attribute("value").map_or(tag.end()..tag.end(), |attribute| attribute.span.clone());
            changes.push((span, format!(" value=\"{}\"", escaped(value))));
        }
        ("textarea", _) => {
            let Some((value, text)) = values.last().zip(tag.text.clone()) else { return };
            if unescaped(&page[text.clone()]) != *value {
                // Browsers drop one line break at the beginning.
                changes.push((text, format!("\n{}", escaped(value))));
            }
        }
        ("select", _) => {
            let options = tags[at + 1..].iter().take_while(|tag| tag.name != "select").filter(|tag| !tag.is_end);
            for option in options.filter(|tag| tag.name == "option" && !values.is_empty()) {
                mark(option, "selected", option.value("value").is_some_and(|value| values.contains(&value)), changes);
            }
        }
        _ => {}
    }
}

/// Turns an attribute on or off that has no value.
fn mark(tag: &Tag<'_>, name: &str, on: bool, changes: &mut Vec<(Range<usize>, String)>) {
    match (tag.attribute(name), on) {
        (Some(attribute), false) => changes.push((attribute.span.clone(), String::new())),
        (None, true) => changes.push((tag.end()..tag.end(), format!(" {name}"))),
        (Some(_), true) | (None, false) => {}
    }
}

/// What is folded up around a field.
fn folds_around<'a, 'p>(tags: &'a [Tag<'p>], at: usize) -> impl Iterator<Item = &'a Tag<'p>> {
    let mut open: Vec<&Tag<'p>> = Vec::new();
    for tag in tags[..at].iter().filter(|tag| tag.name == "details") {
        if tag.is_end {
            open.pop();
        } else {
            open.push(tag);
        }
    }
    open.into_iter().filter(|tag| !tag.has("open"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<body><!-- <form method="post" action="/a"> --><script>"<form method='post'>"</script>
        <form method="post" action="/a"><input type="hidden" name="group" value="1"><textarea name="reason"></textarea></form>
        <form action="/a" method="post"><input type="hidden" name="group" value="2"><input type="hidden" name="command_id"
        value="x"><details class="more"><summary>Why</summary><textarea id="r" name="reason" rows="2">old &lt;</textarea>
        </details><input name="name" value="a&amp;b" maxlength="9"><input name="bare"><input type="password" name="password">
        <input type="checkbox" name="tick" value="yes" checked><input type="checkbox" name="p[]" value="1"><input
        type="radio" name="way" value="link" checked=""><input type="radio" name="way" value="none">
        <select name="state"><option value="">Any</option><option value="3" selected>Three</option><option value="4">Four
        </option></select><button formaction="/b">b</button></form><input type="checkbox" name="p[]" value="2" form="f">
        <form id="f" method="post" action="/c"></form></body>"#;

    fn filled(action: &str, typed: &[(&str, &str)]) -> String {
        fill(PAGE, action, typed)
    }

    #[test]
    fn every_kind_of_field_is_filled_in() {
        let typed = [
            ("group", "2"),
            ("reason", "<b> & \"x\"\nä"),
            ("name", "\"><script>"),
            ("bare", "new"),
            ("password", "secret"),
            ("p[]", "1"),
            ("way", "none"),
            ("state", "4"),
        ];
        let page = filled("/a", &typed);
        for part in [
            r#"<details class="more" open>"#,
            "rows=\"2\">\n&lt;b&gt; &amp; &quot;x&quot;\nä</textarea>",
            r#"<input name="name" value="&quot;&gt;&lt;script&gt;" maxlength="9">"#,
            r#"<input name="bare" value="new">"#,
            r#"<input type="password" name="password">"#,
            r#"<input type="checkbox" name="tick" value="yes">"#,
            r#"<input type="checkbox" name="p[]" value="1" checked>"#,
            r#"name="way" value="link">"#,
            r#"name="way" value="none" checked>"#,
            r#"<option value="3">"#,
            r#"<option value="4" selected>"#,
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert!(page.contains("value=\"1\"><textarea name=\"reason\"></textarea>"), "the other form is left alone");
        assert_eq!(filled("/b", &typed), page, "the button that was pressed may lead elsewhere");
    }

    #[test]
    fn what_was_typed_elsewhere_is_filled_in_nowhere() {
        assert_eq!(filled("/a", &[("group", "3"), ("reason", "x")]), PAGE);
        assert_eq!(filled("/d", &[("group", "2"), ("reason", "x")]), PAGE);
        assert_eq!(filled("/a", &[("reason", "x")]), PAGE);
        assert_eq!(filled("/c", &[("p[]", "2")]).matches("form=\"f\" checked").count(), 1);
    }

    #[test]
    fn no_page_stops_it() {
        for page in ["", "<", "<a", "<a b", "<a b=", "<a b=\"", "</", "<!--", "<textarea>", "<ä>", "<form é=1>", "<a ä"]
        {
            assert_eq!(fill(page, "/a", &[("a", "b")]), page);
        }
    }
}
