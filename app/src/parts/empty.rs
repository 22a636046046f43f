//! A list without rows: why, and what to do.

use super::icon::{Glyph, Icon};
use crate::view::erased::ErasedChildren;
use leptos::prelude::*;

/// The place of a list that is empty.
#[component]
pub(crate) fn Empty(
    /// A picture of what would be here.
    icon: Icon,
    /// Why nothing is.
    why: String,
    /// What to do, or to expect.
    children: ErasedChildren,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Glyph icon=icon />
            <p class="empty-why">{why}</p>
            <div class="empty-hint">{children.draw()}</div>
        </div>
    }
}
