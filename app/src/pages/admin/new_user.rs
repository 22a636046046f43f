//! Making an account for somebody: a name, an address, and a way in.

use crate::api::users::CreateUser;
use crate::secret::Secret;
use crate::{
    address::{given, refusal},
    api,
    browser::ATTEMPT_FIELD,
    page_query::use_query,
    parts::{
        admin_tabs::{AdminSubhead, path},
        command_form::attempt_name,
        field::{Field, Options, Tick},
        loaded::{first_read, loaded},
        post_form::{PostForm, Reply},
        problems::Problems,
        secret::{focus_secret, shown_once},
        title::page_title,
    },
    text::language,
    view::{
        dynamic::{dyn_text, dyn_view},
        erased::{ErasedView, IntoErased},
    },
    wire,
};
use domain::{AdminPage, FreshUser, UserChoices, Username};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The fields that something can be the matter with.
const FIELDS: &[&str] = &["username", "email", "way_in", "password"];

/// The page.
#[component]
pub(crate) fn NewUser() -> impl IntoView {
    let labels = language().users();
    page_title(|| labels.new_user.to_owned());
    let choices = first_read(api::users::read_user_choices);
    loaded(choices, move |viewer, choices| {
        view! {
            <AdminSubhead
                tab=AdminPage::People
                viewer=viewer
                back=path(AdminPage::People)
                back_to=labels.people
                title=dyn_text(|| labels.new_user.to_owned())
            >
                <p class="intro">{labels.new_user_intro}</p>
            </AdminSubhead>
            <Create choices=choices />
        }
        .erased()
    })
}

/// The form. What was typed into a plain one comes back by the address, but for the password.
#[component]
fn Create(choices: UserChoices) -> impl IntoView {
    let words = language();
    let labels = words.users();
    let query = use_query().get_untracked();
    let refused = refusal(&query);
    let problems = RwSignal::new(Problems::of(refused.as_ref(), FIELDS));
    let made = RwSignal::new(None::<FreshUser>);
    let navigate = use_navigate();
    let on_reply = Callback::new(move |(_, reply): Reply| match reply {
        Ok(body) => {
            let Ok(fresh) = wire::read::<FreshUser>(&body) else { return };
            if fresh.link.is_none() {
                navigate(&format!("/admin/users/{}", fresh.user), NavigateOptions::default());
            } else {
                made.set(Some(fresh));
                focus_secret();
            }
        }
        Err(_) => problems.set(Problems::default()),
    });
    let options = vec![
        ("link", labels.by_link, labels.by_link_hint),
        ("password", labels.by_password, ""),
        ("none", labels.by_none, labels.by_none_hint),
    ];
    let chosen = Some(given(&query, "way_in")).filter(|way| !way.is_empty()).unwrap_or_else(|| "link".to_owned());
    let of = move |field: &str| problems.with_untracked(|problems| problems.with(field));
    let (username, email) = (given(&query, "username"), given(&query, "email"));
    let why = choices.promotion.map(|denial| words.denial(denial).to_owned());
    let tick = move |name: &'static str, label: &'static str, hint: &'static str| {
        let ticked = given(&query, name) == "yes";
        view! { <Tick name=name label=label hint=hint refused=why.clone() ticked=ticked /> }
    };
    let form = view! {
        <PostForm action=CreateUser::PATH on_reply=on_reply>
            <input type="hidden" name=ATTEMPT_FIELD value=attempt_name("user", 0) autocomplete="off" />
            <Field
                name="username"
                label=labels.username
                hint=labels.username_hint
                autocomplete="off"
                value=username
                problem=of("username")
                longest=Username::MAX
            />
            <Field
                name="email"
                kind="email"
                label=labels.email
                hint=labels.email_hint
                autocomplete="off"
                value=email
                problem=of("email")
                optional=true
            />
            <Options name="way_in" label=labels.way_in options=options chosen=chosen problem=of("way_in") />
            <Field
                name="password"
                kind="password"
                label=labels.password
                hint=labels.password_hint
                autocomplete="new-password"
                problem=of("password")
                optional=true
            />
            {tick("staff", labels.staff, labels.staff_hint)}
            {tick("superuser", labels.superuser, labels.superuser_hint)}
            <button class="button" data-verb="enter">{labels.create}</button>
        </PostForm>
    };
    view! {
        {dyn_view(move || made.get().map(|fresh| finished(&fresh)))}
        <section class="card section new-user" hidden=move || made.with(Option::is_some)>{form}</section>
    }
}

/// The account is there, and its link is shown this once.
fn finished(fresh: &FreshUser) -> ErasedView {
    let labels = language().users();
    let link = fresh.link.clone().map(|link| shown_once(&Secret::PasswordLink(link)));
    view! {
        <section class="card section">
            <h2>{labels.created}</h2>
            {link}
            <p><a class="button" href=format!("/admin/users/{}", fresh.user)>{labels.to_account}</a></p>
        </section>
    }
    .erased()
}
