//! The live feed of one tab: what comes over the stream that all tabs of a browser share, and who follows it.
//!
//! It starts at the place the page was read at, with the document where that has opened the stream already, and hands each
//! frame to every follower once the page is hydrated. It never changes what is shown by itself: that is `keep` and the
//! pages. On the server it is there and does nothing.

mod live_resource;
mod stream;

#[cfg(feature = "ssr")]
pub(crate) use stream::SHARED_STREAM;

pub(crate) use live_resource::{LiveResource, live_resource, live_resource_of};

use crate::browser;
use domain::{Frame, Seq};
use leptos::{prelude::*, task::spawn_local};
use std::{collections::VecDeque, sync::Arc, time::Duration};

/// How many frames are kept for a page that is opened later with something read earlier.
const KEPT_FRAMES: usize = 500;

/// What says how the connection stands, and leads to the sign-in.
const MARK: &str = ".connection";

/// How long after a session has ended it is first asked whether somebody else has signed in: this browser is told of the end
/// before it has the cookie of the next.
const FIRST_LOOK: Duration = Duration::from_millis(200);

/// How long it takes at most to find out.
const LAST_LOOK: Duration = Duration::from_secs(5);

/// How the connection stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Connection {
    /// Not yet open for the first time. Nothing is said about it.
    #[default]
    Connecting,
    /// What is shown is true.
    Live,
    /// Lost a moment ago.
    Reconnecting,
    /// Lost for longer; what is shown was true at this time of day.
    Offline(String),
    /// The session has ended while somebody writes, whose page stays until they have done so.
    SignedOut,
}

impl Connection {
    /// The value of `data-live` on the document.
    const fn name(&self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Live => "live",
            Self::Reconnecting => "reconnecting",
            Self::Offline(_) => "offline",
            Self::SignedOut => "signed-out",
        }
    }
}

type Follower = Arc<dyn Fn(&Frame) + Send + Sync>;

/// What the tab knows of the feed.
#[derive(Default)]
struct Feed {
    followers: Vec<(u64, Follower)>,
    next_follower: u64,
    frames: VecDeque<Frame>,
    /// The last frame that is no longer kept.
    dropped: Option<Seq>,
    /// The earliest place anything on the first page was read at: there the stream starts.
    start: Option<Seq>,
}

/// The feed as pages use it. One for the whole app.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    connection: RwSignal<Connection>,
    feed: StoredValue<Feed>,
}

impl Live {
    /// Makes it known to all that is below.
    pub(crate) fn provide() -> Self {
        let live = Self { connection: RwSignal::default(), feed: StoredValue::new(Feed::default()) };
        provide_context(live);
        Effect::new(move |_| live.connection.with(|connection| browser::set_document_fact("live", connection.name())));
        live
    }

    /// How the connection stands.
    pub(crate) fn connection(self) -> Signal<Connection> {
        self.connection.into()
    }

    /// Opens the stream. `seq` is where the frame of the page was read; what else was read earlier counts too.
    pub(crate) fn open(self, seq: Seq) {
        let start = self.feed.with_value(|feed| feed.start.map_or(seq, |start| start.min(seq)));
        stream::open(self, start);
    }

    /// Hands every frame from now on to `follower`, and those that came since `seq` at once. Ends with its owner.
    pub(crate) fn follow(self, seq: Seq, follower: impl Fn(&Frame) + Send + Sync + 'static) {
        let follower: Follower = Arc::new(follower);
        let mut number = 0;
        let mut missed = Vec::new();
        self.feed.update_value(|feed| {
            number = feed.next_follower;
            feed.next_follower += 1;
            feed.start = Some(feed.start.map_or(seq, |start| start.min(seq)));
            feed.followers.push((number, Arc::clone(&follower)));
            missed = match feed.dropped {
                Some(dropped) if dropped > seq => vec![Frame::Reset { seq: dropped }],
                Some(_) | None => {
                    feed.frames.iter().filter(|frame| frame.seq().is_some_and(|at| at > seq)).cloned().collect()
                }
            };
        });
        for frame in &missed {
            follower(frame);
        }
        on_cleanup(move || {
            self.feed.try_update_value(|feed| feed.followers.retain(|(other, _)| *other != number));
        });
    }

    /// The connection stands so now; once the session has ended, it does not matter any more.
    fn tell(self, connection: Connection) {
        if !self.has_ended() {
            self.connection.set(connection);
        }
    }

    fn has_ended(self) -> bool {
        self.connection.with_untracked(|connection| *connection == Connection::SignedOut)
    }

    /// The session has ended: leaves for the sign-in. From whoever is writing nothing is taken: the page stays until they
    /// leave the field, as the rest of the sentence would go into whatever came instead. Where somebody else has signed in
    /// by now, it is no longer this page's reader who may see it.
    pub(crate) fn end_session(self) {
        if !browser::is_typing() {
            return browser::leave_for_sign_in();
        }
        if self.has_ended() {
            return;
        }
        self.connection.set(Connection::SignedOut);
        browser::once_typing_ends(MARK, browser::leave_for_sign_in);
        look_for_another(FIRST_LOOK);
    }

    /// Hands a frame to all who follow.
    fn deliver(self, frame: Frame) {
        let followers = self.feed.with_value(|feed| feed.followers.clone());
        for (_, follower) in &followers {
            follower(&frame);
        }
        self.feed.update_value(|feed| {
            feed.frames.push_back(frame);
            if feed.frames.len() > KEPT_FRAMES {
                let dropped = feed.frames.pop_front().and_then(|frame| frame.seq());
                feed.dropped = dropped.or(feed.dropped);
            }
        });
    }
}

/// Leaves as soon as somebody is signed in again, after longer and longer waits.
fn look_for_another(wait: Duration) {
    let look = move || {
        spawn_local(async move {
            if browser::is_anybody_signed_in().await {
                browser::leave_for_sign_in();
            } else {
                look_for_another((wait * 2).min(LAST_LOOK));
            }
        });
    };
    set_timeout(look, wait);
}

/// The feed of this tab.
pub(crate) fn use_live() -> Live {
    expect_context()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use domain::GroupId;
    use std::sync::Mutex;

    fn touched(seq: i64) -> Frame {
        Frame::Touched { seq: Seq(seq), group: GroupId(1) }
    }

    fn seqs_after(live: Live, seq: i64) -> Arc<Mutex<Vec<i64>>> {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let seeing = Arc::clone(&seen);
        live.follow(Seq(seq), move |frame| {
            seeing.lock().expect("is not poisoned").extend(frame.seq().map(|seq| seq.0));
        });
        seen
    }

    fn live() -> Live {
        Live { connection: RwSignal::default(), feed: StoredValue::new(Feed::default()) }
    }

    #[test]
    fn a_page_opened_later_is_told_what_came_since_it_was_read() {
        Owner::new().with(|| {
            let live = live();
            (1..=5).for_each(|seq| live.deliver(touched(seq)));
            let seen = seqs_after(live, 3);
            live.deliver(touched(6));
            assert_eq!(*seen.lock().expect("is not poisoned"), [4, 5, 6]);
        });
    }

    #[test]
    fn a_page_that_was_read_too_long_ago_is_told_to_read_again() {
        Owner::new().with(|| {
            let live = live();
            assert_eq!(KEPT_FRAMES, 500);
            (1..=510).for_each(|seq| live.deliver(touched(seq)));
            let seen = seqs_after(live, 3);
            assert_eq!(*seen.lock().expect("is not poisoned"), [10]);
        });
    }

    #[test]
    fn who_is_gone_is_told_nothing() {
        Owner::new().with(|| {
            let live = live();
            let page = Owner::new();
            let seen = page.with(|| seqs_after(live, 0));
            live.deliver(touched(1));
            page.cleanup();
            live.deliver(touched(2));
            assert_eq!(*seen.lock().expect("is not poisoned"), [1]);
        });
    }
}
