//! What others do to something while one writes a draft of it.

use crate::view::{
    dynamic::dyn_view,
    erased::{ErasedView, IntoErased},
};
use crate::{api::draft::Drafted, live::LiveResource, text::language};
use domain::{Frame, RecordedEvent, Seq, UserId};
use leptos::prelude::*;

/// Follows what a draft is about, and tells above it when it is behind.
///
/// While it is written, the form stays as it is, for somebody may be typing in it; what it would do is asked of things as
/// they are in any case. While nobody types, it is read anew.
pub(crate) fn follow_drafted<T, F>(
    kept: LiveResource<Drafted<T, F>>,
    seq: Seq,
    viewer: UserId,
    about: Option<UserId>,
    concerns: impl Fn(&RecordedEvent) -> bool + Send + Sync + 'static,
    is_written: impl Fn(&Drafted<T, F>) -> bool + Send + Sync + 'static,
) -> ErasedView
where
    T: Send + Sync + 'static,
    F: Send + Sync + 'static,
{
    let changed = RwSignal::new(false);
    kept.follow(seq, move |kept, frame| {
        let own = match frame {
            Frame::Event { logged, .. } if concerns(logged) => {
                logged.actor.as_ref().is_some_and(|actor| actor.id == viewer)
            }
            Frame::AdminChanged { user, own, .. } if about.is_none() || user.is_none() || *user == about => *own,
            Frame::Event { .. }
            | Frame::AdminChanged { .. }
            | Frame::Touched { .. }
            | Frame::Counted { .. }
            | Frame::Notified(_)
            | Frame::Unread(_)
            | Frame::Reset { .. }
            | Frame::SignedOut => return,
        };
        if kept.shown.try_with_untracked(&is_written) != Some(true) {
            kept.hear();
        } else if !own {
            changed.set(true);
        }
    });
    // Whatever is read is how it is now.
    Effect::new(move |_| {
        kept.shown.track();
        changed.set(false);
    });
    dyn_view(move || changed.get().then(notice)).erased()
}

/// Whether the form of a page is there, and not what its draft would do.
pub(crate) fn shows_form<T, F>(page: &Drafted<T, F>) -> bool {
    !matches!(page.preview, Some(Ok(_)))
}

/// That somebody else has changed it.
fn notice() -> ErasedView {
    let labels = language().preview();
    view! {
        <div class="notice" role="status">
            <p>{labels.changed_meanwhile}" "<a href="" rel="external">{labels.show_anew}</a></p>
        </div>
    }
    .erased()
}
