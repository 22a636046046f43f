//! Changing one's own password.

use super::{
    field::Field,
    post_form::{PostForm, Reply},
    toast::use_toast,
};
use crate::api::account::ChangePassword;
use crate::text::language;
use leptos::{prelude::*, server_fn::ServerFn};

/// The form.
#[component]
pub(crate) fn PasswordChange(
    /// Whose password it is: what keeps passwords asks for the name beside it.
    username: String,
) -> impl IntoView {
    let labels = language().profile();
    let toast = use_toast();
    let on_reply = Callback::new(move |(_, reply): Reply| {
        if reply.is_ok() {
            toast.say(labels.password_changed.to_owned());
        }
    });
    view! {
        <section class="card section">
            <h2>{labels.password}</h2>
            <p class="hint">{labels.password_hint}</p>
            <PostForm action=ChangePassword::PATH on_reply=on_reply resets=true>
                <input type="text" name="username" value=username autocomplete="username" hidden />
                <Field name="old" label=labels.old_password kind="password" autocomplete="current-password" />
                <Field
                    name="new"
                    label=labels.new_password
                    hint=labels.new_password_hint
                    kind="password"
                    autocomplete="new-password"
                />
                <Field name="again" label=labels.again kind="password" autocomplete="new-password" />
                <button class="button">{labels.change_password}</button>
            </PostForm>
        </section>
    }
}
