//! What kind of account it is, in words; the icon only helps.

use super::icon::{Glyph, Icon};
use crate::text::language;
use crate::view::erased::{ErasedView, IntoErased};
use domain::UserRow;
use leptos::prelude::*;

/// The badges of an account; none where it is an ordinary one.
pub(crate) fn account_flags(user: &UserRow) -> Option<ErasedView> {
    let labels = language().users();
    let set = [
        (!user.active, "restricted", labels.inactive, Icon::Restricted),
        (user.staff, "open", labels.staff, Icon::Admin),
        (user.superuser, "leader", labels.superuser, Icon::Leader),
    ];
    let badges: Vec<_> = set
        .into_iter()
        .filter(|(is_set, ..)| *is_set)
        .map(|(_, kind, word, icon)| view! { <li class="badge" data-kind=kind><Glyph icon=icon />{word}</li> })
        .collect();
    (!badges.is_empty()).then(|| view! { <ul class="badges">{badges}</ul> }.erased())
}
