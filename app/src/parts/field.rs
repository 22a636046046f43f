//! A labelled field of a form, with its hint and its problem.

use leptos::prelude::*;

/// A field of one line. Label, hint and problem belong to it for screen readers too.
#[component]
pub(crate) fn Field(
    /// Its name in the form, and its id.
    name: &'static str,
    /// What it asks for.
    label: &'static str,
    /// `text`, `email`, `password` or `date`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What browsers and password managers may fill in.
    autocomplete: &'static str,
    /// How to fill it in.
    #[prop(default = "")]
    hint: &'static str,
    /// What is the matter with what was entered.
    #[prop(default = None)]
    problem: Option<&'static str>,
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
    let hint_id = (!hint.is_empty()).then(|| format!("{name}-hint"));
    let problem_id = problem.map(|_| format!("{name}-problem"));
    let described_by = [hint_id.clone(), problem_id.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! {
        <div class="field" data-problem=problem.is_some().then_some("yes")>
            <label for=name>{label}</label>
            {hint_id.map(|id| view! { <p class="hint" id=id>{hint}</p> })}
            {problem_id.map(|id| view! { <p class="said" id=id>{problem}</p> })}
            <input
                id=name
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                maxlength=longest.map(|longest| longest.to_string())
                required=!optional
                autofocus=first
                aria-invalid=problem.is_some().then_some("true")
                aria-describedby=(!described_by.is_empty()).then_some(described_by)
            />
        </div>
    }
}
