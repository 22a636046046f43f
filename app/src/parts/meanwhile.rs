//! What others do to something while one writes a draft of it.

use crate::view::{
    draw::draw,
    piece::{IntoPiece, Piece},
};
use crate::{api::draft::Drafted, live::Kept, text::language};
use domain::{Frame, Logged, Seq, UserId};
use leptos::prelude::*;

/// Follows what a draft is about, and tells above it when it is behind.
///
/// While it is written, the form stays as it is, for somebody may be typing in it; what it would do is asked of things as
/// they are in any case. While nobody types, it is read anew.
pub(crate) fn follow_drafted<T, F>(
    kept: Kept<Drafted<T, F>>,
    seq: Seq,
    viewer: UserId,
    about: Option<UserId>,
    concerns: impl Fn(&Logged) -> bool + Send + Sync + 'static,
    is_written: impl Fn(&Drafted<T, F>) -> bool + Send + Sync + 'static,
) -> Piece
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
            Frame::Office { user, own, .. } if about.is_none() || user.is_none() || *user == about => *own,
            Frame::Event { .. }
            | Frame::Office { .. }
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
    draw(move || changed.get().then(notice)).piece()
}

/// Whether the form of a page is there, and not what its draft would do.
pub(crate) fn shows_form<T, F>(page: &Drafted<T, F>) -> bool {
    !matches!(page.foreseen, Some(Ok(_)))
}

/// That somebody else has changed it.
fn notice() -> Piece {
    let labels = language().foreseen();
    view! {
        <div class="notice" role="status">
            <p>{labels.changed_meanwhile}" "<a href="" rel="external">{labels.show_anew}</a></p>
        </div>
    }
    .piece()
}
