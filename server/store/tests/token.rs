//! Tokens of the API, and the answers kept for repeats of its calls.

use crate::{harness::*, name::say};
use domain::{Command, EventPayload, Outcome, Refusal, Timestamp, TokenId, TokenName, UserId};
use futures::future::join_all;
use store::{Claim, ExecuteError, KeptAnswer, Order};
use store_testing::both;

fn new_token(user: UserId, hash: u8, expires_at: Option<Timestamp>) -> Order {
    let name = TokenName::parse("a script").unwrap();
    Order { token_hash: Some([hash; 32]), ..order(user, Command::CreateToken { user, name, expires_at }) }
}

both!(a_token_opens_until_it_ends_or_is_revoked, |t| async move {
    t.settle().await;
    let soon = NOW.plus_seconds(60);
    let Ok(Outcome::TokenCreated(id)) = t.orders(new_token(ANA, 1, Some(soon))).await.map(|r| r.outcome) else {
        panic!("no token")
    };
    let token = t.store.token(&[1; 32], NOW).await.unwrap().unwrap();
    assert_eq!((token.id, token.user, token.last_used_at, token.expires_at), (id, ANA, None, Some(soon)));
    assert!(t.store.token(&[2; 32], NOW).await.unwrap().is_none());
    assert!(t.store.token(&[1; 32], soon).await.unwrap().is_none(), "it has ended");
    t.store.touch_token(id, NOW).await.unwrap();
    assert_eq!(t.store.token(&[1; 32], NOW).await.unwrap().unwrap().last_used_at, Some(NOW));

    assert_eq!(t.does(BO, Command::RevokeToken { user: ANA, token: id }).await, Err(Refusal::Unseen));
    assert_eq!(t.does(BO, Command::RevokeToken { user: BO, token: id }).await, Err(Refusal::Unseen));
    assert_eq!(t.does(ANA, Command::RevokeToken { user: ANA, token: id }).await, Ok(Outcome::Done));
    assert_eq!(t.does(ANA, Command::RevokeToken { user: ANA, token: id }).await, Err(Refusal::Unseen), "once");
    assert!(t.store.token(&[1; 32], NOW).await.unwrap().is_none());
    assert!(t.store.tokens(ANA).await.unwrap().is_empty());
    let listed = t.store.list_tokens(None).await.unwrap();
    assert_eq!((listed[0].username.as_str(), listed[0].revoked_at), ("ana", Some(NOW)), "it is remembered");
    let feed = t.feed_of(2).await;
    assert!(
        matches!(&feed[0].event.what, EventPayload::TokenCreated { id: made, name, .. } if *made == id && name == "a script")
    );
    assert_eq!(feed[1].event.what, EventPayload::TokenRevoked(id, "a script".to_owned()));
    t.is_sound().await;
});

both!(a_token_of_an_inactive_or_deleted_account_opens_nothing, |t| async move {
    t.settle().await;
    t.orders(new_token(ANA, 1, None)).await.unwrap();
    t.orders(new_token(BO, 2, None)).await.unwrap();
    say(&t.url, "UPDATE users SET is_active = FALSE WHERE id = 3").await;
    assert!(t.store.token(&[1; 32], NOW).await.unwrap().is_none());
    t.does(ROOT, Command::DeleteUser { user: BO }).await.unwrap();
    assert!(t.store.token(&[2; 32], NOW).await.unwrap().is_none());
});

both!(a_token_is_found_by_its_owner_and_its_secret, |t| async move {
    t.settle().await;
    for hash in 1..=3 {
        t.orders(new_token(if hash == 2 { BO } else { ANA }, hash, None)).await.unwrap();
    }
    let of_ana: Vec<_> = t.store.tokens(ANA).await.unwrap().iter().map(|token| token.id).collect();
    assert_eq!(of_ana, [TokenId(3), TokenId(1)]);
    assert_eq!(t.store.token_owner(TokenId(2)).await.unwrap(), Some(BO));
    assert_eq!(t.store.token_owner(TokenId(4)).await.unwrap(), None);
    assert_eq!(t.store.token_id(&[2; 32]).await.unwrap(), Some(TokenId(2)));
    assert_eq!(t.store.list_tokens(Some(TokenId(1))).await.unwrap().len(), 2);
    let nameless = Order { token_hash: None, ..new_token(ANA, 9, None) };
    assert!(matches!(t.store.execute(nameless).await, Err(ExecuteError::Failed(_))), "a token has a secret");
});

both!(the_first_to_claim_a_call_answers_every_repeat, |t| async move {
    t.settle().await;
    let claims = join_all((0..8).map(|_| t.store.claim_answer(ANA, "call", "body", NOW))).await;
    let taken = claims.iter().filter(|claim| matches!(claim, Ok(Claim::Taken))).count();
    assert_eq!(taken, 1, "{claims:?}");
    let ask = async |user, call, body, now| t.store.claim_answer(user, call, body, now).await.unwrap();
    assert_eq!(ask(ANA, "call", "body", NOW).await, Claim::UnderWay);
    assert_eq!(ask(ANA, "call", "another", NOW).await, Claim::Reused);
    assert_eq!(ask(BO, "call", "another", NOW).await, Claim::Taken, "it is another caller's");
    assert_eq!(ask(ANA, "other", "body", NOW).await, Claim::Taken, "it is another call");

    let answer = KeptAnswer { status: 202, body: "{}".to_owned() };
    t.store.keep_answer(ANA, "call", answer.clone()).await.unwrap();
    assert_eq!(ask(ANA, "call", "body", NOW).await, Claim::Answered(answer.clone()));
    assert_eq!(ask(ANA, "call", "another", NOW).await, Claim::Reused);
    t.store.give_back_answer(ANA, "call").await.unwrap();
    assert_eq!(ask(ANA, "call", "body", NOW.plus_seconds(86_000)).await, Claim::Answered(answer), "it is kept a day");
    assert_eq!(ask(ANA, "call", "another", NOW.plus_seconds(86_401)).await, Claim::Taken);
});

both!(a_claim_that_comes_to_nothing_is_free_again, |t| async move {
    t.settle().await;
    let ask = async |body, seconds| t.store.claim_answer(ANA, "call", body, NOW.plus_seconds(seconds)).await.unwrap();
    assert_eq!(ask("body", 0).await, Claim::Taken);
    t.store.give_back_answer(ANA, "call").await.unwrap();
    assert_eq!(ask("another", 0).await, Claim::Taken);
    assert_eq!(ask("another", 59).await, Claim::UnderWay);
    assert_eq!(ask("another", 61).await, Claim::Taken, "whoever claimed it was cut off");
    t.store.keep_answer(ANA, "call", KeptAnswer { status: 200, body: String::new() }).await.unwrap();
    t.store.sweep(NOW.plus_seconds(25 * 60 * 60)).await.unwrap();
    assert_eq!(ask("body", 25 * 60 * 60).await, Claim::Taken);
});

both!(tokens_end_with_the_account_and_with_its_password, |t| async move {
    t.settle().await;
    let mut hash = 0;
    for command in [
        Command::SetPassword { user: ANA },
        Command::EndSessions { user: ANA, tokens: true },
        Command::EditUser {
            user: ANA,
            change: Box::new(domain::UserChange { active: Some(false), ..domain::UserChange::default() }),
        },
    ] {
        hash += 1;
        t.orders(new_token(ANA, hash, None)).await.unwrap();
        t.orders(new_token(BO, hash + 100, None)).await.unwrap();
        let order = Order { password_hash: Some("$other".to_owned()), ..order(ROOT, command.clone()) };
        t.orders(order).await.unwrap();
        let listed = t.store.list_tokens(None).await.unwrap();
        let of_ana = listed.iter().rfind(|token| token.user == ANA).unwrap();
        assert_eq!(of_ana.revoked_at, Some(NOW), "{command:?}");
        assert!(t.store.token(&[hash + 100; 32], NOW).await.unwrap().is_some(), "others keep theirs");
    }
    t.is_sound().await;
});

both!(whoever_signs_out_everywhere_loses_all_or_nothing, |t| async move {
    t.settle().await;
    for hash in 1..=3 {
        t.orders(new_token(ANA, hash, None)).await.unwrap();
    }
    t.orders(new_token(BO, 9, None)).await.unwrap();
    let session = store::NewSession {
        user: ANA,
        token_hash: [50; 32],
        user_agent: String::new(),
        now: NOW,
        expires_at: NOW.plus_seconds(60),
    };
    t.store.start_session(session).await.unwrap();
    let out = order(ANA, Command::EndSessions { user: ANA, tokens: true });
    let live = async || {
        let mut live = Vec::new();
        for hash in [1, 2, 3, 9] {
            live.push(t.store.token(&[hash; 32], NOW).await.unwrap().is_some());
        }
        (live, t.store.session(&[50; 32], NOW).await.unwrap().is_some())
    };
    // The database refuses one of them, whichever comes first.
    if t.url.starts_with("sqlite") {
        say(
            &t.url,
            "CREATE TRIGGER refuse BEFORE UPDATE ON tokens WHEN old.id = 2 BEGIN SELECT RAISE(ABORT, 'no'); END",
        )
        .await;
    } else {
        say(
            &t.url,
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
            CREATE TRIGGER refuse BEFORE UPDATE ON tokens FOR EACH ROW WHEN (old.id = 2) EXECUTE FUNCTION refuse()",
        )
        .await;
    }
    assert!(matches!(t.store.execute(out.clone()).await, Err(ExecuteError::Failed(_))));
    assert_eq!(live().await, (vec![true; 4], true));
    say(&t.url, if t.url.starts_with("sqlite") { "DROP TRIGGER refuse" } else { "DROP TRIGGER refuse ON tokens" })
        .await;
    assert_eq!(t.orders(out).await.unwrap().outcome, Outcome::Done);
    assert_eq!(live().await, (vec![false, false, false, true], false));
    let others = Command::EndSessions { user: ANA, tokens: true };
    assert!(t.does(BO, others).await.is_err(), "that of another is an office");
    t.is_sound().await;
});
