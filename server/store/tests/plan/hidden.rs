//! What may not be seen is asked for by the very statements by which what is not there is: how long an answer takes is an
//! answer, too (R2).

use super::{
    harness::{BO, CLOSED, NOW, ROOT, SECRET, STAFF_ONLY, join, leave, order},
    heard,
};
use domain::{AuditQuery, GroupId, GroupKey, MemberQuery};
use std::collections::BTreeSet;
use store::Store;

const ABSENT: GroupId = GroupId(987_654);

/// How many ways there are to ask for a group.
const WAYS: usize = 7;

async fn ask(store: &Store, way: usize, group: GroupId) {
    let user = BO;
    let unseen = match way {
        0 => store.group_page(user, &GroupKey::Id(group), NOW).await.unwrap().is_none(),
        1 => store.members(user, group, &MemberQuery::default()).await.unwrap().is_err(),
        2 => store.join_link(user, group).await.unwrap().is_err(),
        3 => {
            let query = AuditQuery { group: Some(group), ..AuditQuery::default() };
            store.audit(user, &query).await.unwrap().is_err()
        }
        4 => store.execute(order(user, join(group))).await.is_err(),
        5 => store.execute(order(user, leave(group))).await.is_err(),
        _ => {
            let key =
                GroupKey::Link(if group == STAFF_ONLY { link_of(store, group).await } else { "nonsense".to_owned() });
            let _ = heard::take();
            store.group_page(user, &key, NOW).await.unwrap().is_none()
        }
    };
    assert!(unseen, "way {way} to {group} does not answer as if there was none");
}

async fn link_of(store: &Store, group: GroupId) -> String {
    store.join_link(ROOT, group).await.unwrap().unwrap().token
}

/// The statements that were heard, but for those of the process itself, which looks for news and numbers events.
fn asked_for_it() -> BTreeSet<String> {
    let its_own = |statement: &String| {
        ["max(id)", "event_head", "events WHERE seq", "UPDATE"].iter().any(|sign| statement.contains(sign))
    };
    heard::take().into_iter().filter(|statement| !its_own(statement)).collect()
}

/// Fails the test where one way is longer than the other.
pub async fn takes_no_other_way_than_absent(store: &Store) {
    // Whatever is loaded once is loaded before.
    ask(store, 0, ABSENT).await;
    for way in 0..WAYS {
        for hidden in [SECRET, STAFF_ONLY] {
            // A link opens what is hidden, only not what is internal.
            if way == 6 && hidden == SECRET {
                continue;
            }
            let _ = heard::take();
            ask(store, way, hidden).await;
            let to_hidden = asked_for_it();
            let _ = heard::take();
            ask(store, way, ABSENT).await;
            assert_eq!(to_hidden, asked_for_it(), "way {way} to {hidden}");
            assert!(!to_hidden.is_empty(), "statements are heard");
        }
    }
    assert!(store.group_page(BO, &GroupKey::Id(CLOSED), NOW).await.is_ok());
}
