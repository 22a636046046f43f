//! Sessions.

use crate::{harness::*, name::say};
use domain::{Theme, Timestamp};
use store::NewSession;
use store_testing::both;

fn new_session(hash: u8, expires_at: Timestamp) -> NewSession {
    NewSession { user: ANA, token_hash: [hash; 32], user_agent: "a browser".to_owned(), now: NOW, expires_at }
}

both!(a_session_lives_until_it_ends, |t| async move {
    t.settle().await;
    let soon = NOW.plus_seconds(60);
    let id = t.store.start_session(new_session(1, soon)).await.unwrap();
    let session = t.store.session(&[1; 32], NOW).await.unwrap().unwrap();
    assert_eq!((session.id, session.user, session.theme, session.expires_at), (id, ANA, Theme::System, soon));
    assert!(t.store.session(&[2; 32], NOW).await.unwrap().is_none());
    assert!(t.store.session(&[1; 32], soon).await.unwrap().is_none(), "it has run out");

    let later = soon.plus_seconds(60);
    t.store.touch_session(id, soon, later).await.unwrap();
    assert_eq!(session.language, None);
    t.store.set_theme(ANA, Theme::Dark).await.unwrap();
    t.store.set_language(ANA, "de").await.unwrap();
    let session = t.store.session(&[1; 32], soon).await.unwrap().unwrap();
    assert_eq!((session.theme, session.last_seen_at), (Theme::Dark, soon));
    assert_eq!(session.language.as_deref(), Some("de"));
    t.store.end_session(id).await.unwrap();
    assert!(t.store.session(&[1; 32], NOW).await.unwrap().is_none());
});

both!(all_sessions_end_together, |t| async move {
    t.settle().await;
    for hash in 1..=3 {
        t.store.start_session(new_session(hash, NOW.plus_seconds(60))).await.unwrap();
    }
    assert_eq!(t.store.end_sessions(ANA).await.unwrap(), 3);
    assert_eq!(t.store.end_sessions(ANA).await.unwrap(), 0);
});

both!(an_inactive_account_has_no_session, |t| async move {
    t.settle().await;
    t.store.start_session(new_session(1, NOW.plus_seconds(60))).await.unwrap();
    say(&t.url, "UPDATE users SET is_active = FALSE WHERE id = 3").await;
    assert!(t.store.session(&[1; 32], NOW).await.unwrap().is_none());
    assert!(t.store.viewer(ANA).await.unwrap().is_none());
    assert!(t.store.feed_viewer(ANA).await.unwrap().is_none());
    assert!(!t.store.credentials("ana").await.unwrap().unwrap().active);
});

both!(what_has_run_out_is_swept, |t| async move {
    t.settle().await;
    t.store.start_session(new_session(1, NOW.plus_seconds(60))).await.unwrap();
    t.orders(named(order(ANA, join(OPEN)), "once")).await.unwrap();
    t.store.sweep(NOW.plus_seconds(25 * 60 * 60)).await.unwrap();
    assert_eq!(t.store.end_sessions(ANA).await.unwrap(), 0);
    let again = t.orders(named(order(ANA, leave(OPEN)), "once")).await;
    assert!(again.is_ok(), "the receipt is forgotten: {again:?}");
});
