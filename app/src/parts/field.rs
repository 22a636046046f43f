//! Labelled fields of a form, each with its hint, its problem, and why it may not be changed.

use super::icon::{Glyph, Icon};
use crate::view::erased::{ErasedView, IntoErased};
use leptos::prelude::*;

/// The ids of what describes a field, for those of its texts that there are.
fn described_by(name: &str, texts: [(&str, bool); 3]) -> Option<String> {
    let ids: Vec<String> =
        texts.into_iter().filter(|(_, is_there)| *is_there).map(|(text, _)| format!("{name}-{text}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// The same with a reason that stands once for several fields.
fn with_shared(texts: Option<String>, reason: Option<&str>) -> Option<String> {
    let ids: Vec<&str> = texts.as_deref().into_iter().chain(reason).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Why several fields cannot be changed: they name it by its id.
pub(crate) fn shared_reason(id: &'static str, why: String) -> ErasedView {
    view! { <p class="why" id=id><Glyph icon=Icon::Restricted />{why}</p> }.erased()
}

/// Why a field cannot be changed, beside it.
fn reason(name: &str, refused: Option<String>) -> impl IntoView + use<> {
    let id = format!("{name}-why");
    refused.map(|why| view! { <p class="why" id=id><Glyph icon=Icon::Restricted />{why}</p> })
}

/// What a disabled field would say: browsers send nothing of those, and nothing would mean emptied.
fn unchanged(name: &'static str, value: String, is_refused: bool) -> impl IntoView {
    is_refused.then(|| view! { <input type="hidden" name=name value=value /> })
}

/// What stands inside a `textarea`. Leptos writes that as it is, so on the server it is escaped here; the browser makes a
/// text of it, which needs no escaping.
fn inside(value: &str) -> String {
    if cfg!(feature = "ssr") { value.replace('&', "&amp;").replace('<', "&lt;") } else { value.to_owned() }
}

/// A field of one line. Label, hint and problem belong to it for screen readers too.
#[component]
pub(crate) fn Field(
    /// Its name in the form, and its id.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// `text`, `email`, `number`, `password` or `date`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What browsers and password managers may fill in.
    autocomplete: &'static str,
    /// How to fill it in.
    #[prop(default = "")]
    hint: &'static str,
    /// What is the matter with what was entered.
    #[prop(default = None)]
    problem: Option<String>,
    /// Why it may not be changed, where it may not.
    #[prop(default = None)]
    refused: Option<String>,
    /// What was entered before.
    #[prop(default = String::new())]
    value: String,
    /// How many characters it takes; as many as one likes where nothing is said.
    #[prop(optional)]
    longest: Option<usize>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
    /// Has the focus when the page opens.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let (has_problem, is_refused) = (problem.is_some(), refused.is_some());
    let texts = described_by(name, [("hint", !hint.is_empty()), ("problem", has_problem), ("why", is_refused)]);
    view! {
        <div class="field" data-problem=has_problem.then_some("yes")>
            <label for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {problem.map(|problem| view! { <p class="said" id=format!("{name}-problem")>{problem}</p> })}
            <input
                id=name
                name=name
                type=kind
                value=value.clone()
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                maxlength=longest.map(|longest| longest.to_string())
                required=!optional
                disabled=is_refused
                autofocus=first
                aria-invalid=has_problem.then_some("true")
                aria-describedby=texts
            />
            {unchanged(name, value, is_refused)}
            {reason(name, refused)}
        </div>
    }
}

/// A field of several lines.
#[component]
pub(crate) fn Area(
    /// Its name in the form, and its id.
    name: &'static str,
    /// What it asks for.
    label: &'static str,
    /// How to fill it in.
    #[prop(default = "")]
    hint: &'static str,
    /// What is the matter with what was entered.
    #[prop(default = None)]
    problem: Option<String>,
    /// Why it may not be changed, where it may not.
    #[prop(default = None)]
    refused: Option<String>,
    /// The id of the reason, where it may not be changed and the reason stands once for several fields.
    #[prop(default = None)]
    refused_by: Option<&'static str>,
    /// What was entered before.
    #[prop(default = String::new())]
    value: String,
    /// How many characters it takes; as many as one likes where nothing is said.
    #[prop(optional)]
    longest: Option<usize>,
    /// Has to be filled in.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let (has_problem, has_reason) = (problem.is_some(), refused.is_some());
    let is_refused = has_reason || refused_by.is_some();
    let texts = [("hint", !hint.is_empty()), ("problem", has_problem), ("why", has_reason)];
    let texts = with_shared(described_by(name, texts), refused_by);
    view! {
        <div class="field" data-problem=has_problem.then_some("yes")>
            <label for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {problem.map(|problem| view! { <p class="said" id=format!("{name}-problem")>{problem}</p> })}
            <textarea
                id=name
                name=name
                rows="3"
                maxlength=longest.map(|longest| longest.to_string())
                required=required
                disabled=is_refused
                aria-invalid=has_problem.then_some("true")
                aria-describedby=texts
            >
                {inside(&value)}
            </textarea>
            {unchanged(name, value, is_refused)}
            {reason(name, refused)}
        </div>
    }
}

/// What is on or off. On, it is sent as `yes`; off, not at all.
#[component]
pub(crate) fn Tick(
    /// Its name in the form.
    name: &'static str,
    /// What it is sent as; its id is made of both.
    #[prop(into, default = "yes".to_owned())]
    value: String,
    /// What is on or off.
    #[prop(into)]
    label: String,
    /// What that means.
    #[prop(default = "")]
    hint: &'static str,
    /// Why it may not be changed, where it may not.
    #[prop(default = None)]
    refused: Option<String>,
    /// The id of the reason, where it may not be changed and the reason stands once for several fields.
    #[prop(default = None)]
    refused_by: Option<&'static str>,
    /// Whether it is on.
    ticked: bool,
) -> impl IntoView {
    let id = if value == "yes" { name.to_owned() } else { format!("{}-{value}", name.trim_end_matches("[]")) };
    let has_reason = refused.is_some();
    let is_refused = has_reason || refused_by.is_some();
    let texts = described_by(&id, [("hint", !hint.is_empty()), ("problem", false), ("why", has_reason)]);
    let texts = with_shared(texts, refused_by);
    let hint = (!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> });
    view! {
        <div class="tick">
            <input
                id=id.clone()
                type="checkbox"
                name=name
                value=value.clone()
                checked=ticked
                disabled=is_refused
                aria-describedby=texts
            />
            <div>
                <label for=id.clone()>{label}</label>
                {hint}
                {unchanged(name, value, is_refused && ticked)}
                {reason(&id, refused)}
            </div>
        </div>
    }
}

/// One of several.
#[component]
pub(crate) fn Options(
    /// Its name in the form.
    name: &'static str,
    /// What is chosen.
    label: &'static str,
    /// What there is to choose from: as it is sent, as it is called, and what it means.
    options: Vec<(&'static str, &'static str, &'static str)>,
    /// Which is chosen.
    chosen: String,
    /// What is the matter with the choice.
    #[prop(default = None)]
    problem: Option<String>,
    /// Why it may not be changed, where it may not.
    #[prop(default = None)]
    refused: Option<String>,
) -> impl IntoView {
    let is_refused = refused.is_some();
    let one = |(value, label, hint): (&'static str, &'static str, &'static str)| {
        let hint = (!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> });
        view! {
            <label class="option">
                <input type="radio" name=name value=value checked=value == chosen disabled=is_refused />
                <span>{label}{hint}</span>
            </label>
        }
    };
    view! {
        <fieldset class="one-of">
            <legend>{label}</legend>
            {problem.map(|problem| view! { <p class="said">{problem}</p> })}
            <div class="options">{options.into_iter().map(one).collect_view()}</div>
            {unchanged(name, chosen, is_refused)}
            {reason(name, refused)}
        </fieldset>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_was_entered_cannot_leave_its_field() {
        let html = view! { <Area name="note" label="Note" value="a & b</textarea><script>".to_owned() /> }.to_html();
        assert!(html.contains(">a &amp; b&lt;/textarea>&lt;script></textarea>"), "{html}");
        let html = view! { <Field name="note" label="Note" autocomplete="off" value="\"><b>".to_owned() /> }.to_html();
        assert!(!html.contains("<b>"), "{html}");
    }

    #[test]
    fn what_may_not_be_changed_is_sent_as_it_is() {
        let why = || Some("Ask Ada.".to_owned());
        let html = view! { <Tick name="open" label="Open" ticked=true refused=why() /> }.to_html();
        assert!(html.contains("disabled") && html.contains(r#"type="hidden" name="open" value="yes""#), "{html}");
        assert!(html.contains("Ask Ada."), "{html}");
        let html = view! { <Tick name="open" label="Open" ticked=false refused=why() /> }.to_html();
        assert!(!html.contains(r#"type="hidden""#), "{html}");
        let html =
            view! { <Tick name="open" label="Open" hint="Wide." ticked=true refused_by=Some("rule") /> }.to_html();
        assert!(html.contains(r#"aria-describedby="open-hint rule""#) && html.contains("disabled"), "{html}");
    }
}
