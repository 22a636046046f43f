//! Sessions.

use crate::{harness::*, name::say};
use domain::{Theme, Timestamp, UserId};
use futures::future::join_all;
use store::{Draw, Drawn, NewSession, Rate};
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
    t.does(ANA, domain::Command::EndSessions { user: ANA, tokens: false }).await.unwrap();
    for hash in 1..=3 {
        assert!(t.store.session(&[hash; 32], NOW).await.unwrap().is_none(), "{hash}");
    }
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
    assert!(t.store.session(&[1; 32], NOW).await.unwrap().is_none());
    let again = t.orders(named(order(ANA, leave(OPEN)), "once")).await;
    assert!(again.is_ok(), "the receipt is forgotten: {again:?}");
});

both!(what_is_allowed_is_counted_by_all_together, |t| async move {
    let rate = Rate { burst: 5, every: 10_000_000 };
    let draw = |key: u8, count, now| t.store.draw_allowance(Draw { key: [key; 32], rate, count, now });
    let drawn = join_all((0..20).map(|_| draw(1, 1, NOW))).await;
    let granted = drawn.into_iter().filter(|drawn| drawn.as_ref().unwrap().granted).count();
    assert_eq!(granted, 5, "however many ask at once");
    let full_at = NOW.plus_seconds(50);
    assert_eq!(draw(1, 1, NOW).await.unwrap(), Drawn { granted: false, full_at });
    assert_eq!(draw(2, 5, NOW).await.unwrap(), Drawn { granted: true, full_at }, "another has its own");
    assert_eq!(draw(3, 6, NOW).await.unwrap(), Drawn { granted: false, full_at: NOW }, "more than it holds");

    let later = NOW.plus_seconds(20);
    assert_eq!(draw(1, 3, later).await.unwrap(), Drawn { granted: false, full_at }, "all of them or none");
    assert_eq!(draw(1, 2, later).await.unwrap(), Drawn { granted: true, full_at: later.plus_seconds(50) });
    t.store.reset_attempts([1; 32]).await.unwrap();
    assert!(draw(1, 5, later).await.unwrap().granted);
    t.store.sweep(full_at).await.unwrap();
    assert_eq!(draw(1, 1, full_at).await.unwrap().full_at, later.plus_seconds(60), "what is not full is kept");
    assert_eq!(draw(2, 1, full_at).await.unwrap().full_at, full_at.plus_seconds(10));
});

both!(what_one_bucket_refuses_is_taken_out_of_none, |t| async move {
    let rate = Rate { burst: 5, every: 10_000_000 };
    let of = |key: u8, count, now| Draw { key: [key; 32], rate, count, now };
    let all = |draws| t.store.draw_allowances(draws);
    assert!(t.store.draw_allowance(of(2, 5, NOW)).await.unwrap().granted);
    assert!(t.store.draw_allowance(of(3, 2, NOW)).await.unwrap().granted);
    for _ in 0..10 {
        let drawn = all(vec![of(1, 1, NOW), of(2, 1, NOW), of(3, 1, NOW)]).await.unwrap();
        let told: Vec<_> = drawn.into_iter().map(|drawn| (drawn.granted, drawn.full_at)).collect();
        let full_at = |seconds| NOW.plus_seconds(seconds);
        assert_eq!(told, [(true, full_at(0)), (false, full_at(50)), (true, full_at(20))]);
    }
    assert!(t.store.draw_allowance(of(1, 5, NOW)).await.unwrap().granted, "nothing was taken");
    assert!(t.store.draw_allowance(of(3, 3, NOW)).await.unwrap().granted, "nor here");
    let later = NOW.plus_seconds(20);
    let drawn = join_all((0..8).map(|_| all(vec![of(1, 1, later), of(2, 1, later), of(3, 1, later)]))).await;
    let granted = drawn.into_iter().filter(|drawn| drawn.as_ref().unwrap().iter().all(|drawn| drawn.granted)).count();
    assert_eq!(granted, 2, "however many ask at once");
});

both!(a_clock_that_was_set_back_leaves_no_debt, |t| async move {
    let rate = Rate { burst: 5, every: 10_000_000 };
    let draw = |count, now| t.store.draw_allowance(Draw { key: [1; 32], rate, count, now });
    let ahead = NOW.plus_seconds(24 * 60 * 60);
    assert!(draw(5, ahead).await.unwrap().granted);
    assert_eq!(draw(1, NOW).await.unwrap(), Drawn { granted: true, full_at: NOW.plus_seconds(10) });
    let by_another_process = NOW.plus_seconds(30);
    assert!(draw(5, by_another_process).await.unwrap().granted, "it is full again by then");
    assert!(!draw(1, NOW).await.unwrap().granted, "a clock that is a little ahead counts");
    t.store.give_back_allowance(Draw { key: [1; 32], rate, count: 5, now: NOW }).await.unwrap();
    assert!(draw(2, NOW).await.unwrap().granted);
    draw(5, NOW.plus_seconds(48 * 60 * 60)).await.unwrap();
    t.store.sweep(NOW).await.unwrap();
    assert_eq!(draw(1, NOW).await.unwrap().full_at, NOW.plus_seconds(10), "what no clock can owe is swept");
});

both!(an_account_knows_the_browsers_it_was_signed_in_to_from, |t| async move {
    t.settle().await;
    let knows = async |login: &str, device: u8| t.store.named(login, Some(&[device; 32])).await.unwrap().knows_browser;
    t.store.note_sign_in(ANA, None, [1; 32], NOW).await.unwrap();
    assert!(knows("ANA", 1).await && knows("ana@example.org", 1).await);
    assert!(!knows("ana", 2).await && !knows("bo", 1).await && !knows("nobody", 1).await);
    // Another account in the same browser: the new cookie is worth what both were, the old one nothing.
    t.store.note_sign_in(BO, Some([1; 32]), [2; 32], NOW).await.unwrap();
    assert!(knows("ana", 2).await && knows("bo", 2).await && !knows("ana", 1).await);
    t.store.note_sign_in(ANA, None, [3; 32], NOW).await.unwrap();
    let own = order(ANA, domain::Command::EndSessions { user: ANA, tokens: false });
    t.orders(store::Order { device: Some([3; 32]), ..own }).await.unwrap();
    assert!(knows("ana", 3).await && !knows("ana", 2).await && knows("bo", 2).await);
    t.does(ROOT, domain::Command::EndSessions { user: ANA, tokens: false }).await.unwrap();
    assert!(!knows("ana", 3).await);
    t.store.sweep(NOW.plus_seconds(401 * 24 * 60 * 60)).await.unwrap();
    assert!(!knows("bo", 2).await);
});

both!(failed_sign_ins_are_counted_for_accounts_that_are_there, |t| async move {
    t.settle().await;
    let fails = |user, address: &'static str, now| t.store.count_failed_sign_in(user, address, now);
    for _ in 0..4 {
        assert_eq!(fails(ANA, "192.0.2.1", NOW).await.unwrap(), None);
    }
    let failed = fails(ANA, "192.0.2.2", NOW.plus_seconds(60)).await.unwrap().expect("is to be told");
    assert_eq!((failed.count, failed.since, failed.address.as_str(), failed.elsewhere), (5, NOW, "192.0.2.2", true));
    for _ in 0..10 {
        assert_eq!(fails(UserId(999), "192.0.2.1", NOW).await.unwrap(), None);
    }
    t.store.note_sign_in(ANA, None, [1; 32], NOW).await.unwrap();
    for _ in 0..4 {
        assert_eq!(fails(ANA, "192.0.2.1", NOW).await.unwrap(), None, "counted anew since somebody signed in");
    }
    let next_week = NOW.plus_seconds(7 * 24 * 60 * 60);
    assert_eq!(fails(ANA, "192.0.2.1", next_week).await.unwrap(), None, "and since long ago");
});

both!(the_hash_of_a_password_is_renewed_while_it_is_the_same, |t| async move {
    t.settle().await;
    say(&t.url, "UPDATE users SET password_hash = 'old' WHERE id = 3").await;
    t.store.renew_password(ANA, "another", "new").await.unwrap();
    assert_eq!(t.store.password_hash(ANA).await.unwrap().as_deref(), Some("old"));
    t.store.renew_password(ANA, "old", "new").await.unwrap();
    assert_eq!(t.store.password_hash(ANA).await.unwrap().as_deref(), Some("new"));
});
