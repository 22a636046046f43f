//! From asking to the decision, by plain forms and by scripts.

use crate::harness::{both, group};
use app::{error::AppError, input::Decided};
use axum::http::Method;
use domain::{Conflict, Outcome, QueuePage, Receipt, RequestId, RequestStatus};

both!(asking_and_approving_by_plain_forms, async |t| {
    let pilots = group::PILOTS.to_string();
    let mut sam = t.person("sam").await.with("referer", "http://muster.test/groups/1");
    let answer = sam.post("/api/groups/join", &[("group", &pilots), ("reason", "I fly")]).await;
    assert_eq!(answer.status(), 302, "back to the page: {}", answer.body);
    assert!(answer.location().starts_with("http://muster.test/groups/1"), "{}", answer.location());
    assert!(!answer.location().contains("__err"), "{}", answer.location());

    let mut lea = t.person("lea").await.with("referer", "http://muster.test/requests");
    let queue: QueuePage = lea.fetch(Method::GET, "/api/requests/queue", &[("kind", "join")]).await.json();
    let row = queue
        .listing
        .items
        .iter()
        .find(|row| row.applicant.username == "sam" && row.group.id.0 == group::PILOTS)
        .expect("waits");
    assert_eq!(row.reason.as_deref(), Some("I fly"));
    let id = row.id.to_string();
    let answer = lea.post("/api/requests/approve", &[("request", &id), ("comment", "welcome")]).await;
    assert_eq!(answer.status(), 302);
    let again = lea.post("/api/requests/approve", &[("request", &id)]).await;
    let place = again.location().to_owned();
    assert!(place.contains("__err"), "the page is told that it was too late: {place}");
    assert!(place.len() < 600, "what people wrote stands in no address: {place}");
    let page = lea.get(place.trim_start_matches("http://muster.test")).await;
    assert!(page.body.contains("lea"), "the page says who was first");
    assert!(!page.body.contains("welcome"), "and not what they wrote");

    let row = sam.fetch(Method::GET, "/api/groups/row", &[("group", &pilots)]).await;
    assert!(row.body.contains("\"my_status\":\"member\""), "{}", row.body);
    assert_eq!(t.person("lea").await.get("/manage/1/audit").await.status(), 200);
});

both!(what_is_no_form_is_told_so, async |t| {
    let mut mia = t.person("mia").await;
    for form in [
        &[("group", "one")][..],
        &[],
        &[("group", "1"), ("group", "2")],
        &[("command_id", "two words"), ("group", "1")],
    ] {
        let answer = mia.fetch(Method::POST, "/api/groups/join", form).await;
        assert_eq!(answer.status(), 422, "{form:?}: {}", answer.body);
        let AppError::Invalid(_) = answer.json() else { panic!("{}", answer.body) };
    }
    let answer = mia.with("content-type", "application/json").fetch(Method::POST, "/api/groups/join", &[]).await;
    assert_eq!(answer.status(), 422, "{}", answer.body);
});

both!(a_repeat_is_answered_by_the_first_receipt, async |t| {
    let form = [("group", "1"), ("command_id", "once")];
    let mut sam = t.person("sam").await;
    let first: Receipt = sam.fetch(Method::POST, "/api/groups/join", &form).await.json();
    let second: Receipt = sam.fetch(Method::POST, "/api/groups/join", &form).await.json();
    assert!(matches!(first.outcome, Outcome::Requested(_)));
    assert_eq!(first, second);
    let mut nils = t.person("nils").await;
    let other: Receipt = nils.fetch(Method::POST, "/api/groups/join", &form).await.json();
    assert_ne!(first, other, "an id of somebody else is another one");
});

both!(asking_twice_at_once_makes_one_request, async |t| {
    let sam = t.person("sam").await;
    let asks: Vec<_> = (0..4)
        .map(async |_| sam.clone().fetch(Method::POST, "/api/groups/join", &[("group", "1")]).await.status())
        .collect();
    let mut statuses = futures::future::join_all(asks).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409]);
});

both!(approving_twice_at_once_approves_once, async |t| {
    let (lea, max) = (t.person("lea").await, t.person("max").await);
    let approvals: Vec<_> = [&lea, &max, &lea, &max]
        .into_iter()
        .map(async |person| {
            let form = [("request", "1")];
            person.clone().fetch(Method::POST, "/api/requests/approve", &form).await.status()
        })
        .collect();
    let mut statuses = futures::future::join_all(approvals).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409]);
});

both!(many_are_decided_each_on_its_own, async |t| {
    let mut lea = t.person("lea").await;
    lea.fetch(Method::POST, "/api/requests/reject", &[("request", "2")]).await;
    let form =
        [("requests[]", "1"), ("requests[]", "2"), ("requests[]", "999"), ("comment", "hi"), ("command_id", "all")];
    let decided: Vec<Decided> = lea.fetch(Method::POST, "/api/requests/approve_each", &form).await.json();
    let [first, second, third] = &decided[..] else { panic!("{decided:?}") };
    assert_eq!(first.request, RequestId(1));
    assert_eq!(first.answer, Ok(Receipt { outcome: Outcome::Approved(RequestId(1)) }));
    let Err(AppError::Conflict(Conflict::RequestSettled(settled))) = &second.answer else { panic!("{second:?}") };
    assert_eq!((settled.id, settled.status), (RequestId(2), RequestStatus::Rejected));
    assert_eq!(third.answer, Err(AppError::NotFound));

    let again: Vec<Decided> = lea.fetch(Method::POST, "/api/requests/approve_each", &form).await.json();
    assert_eq!(again[0], *first, "a repeat is answered with the first receipt");
    let other: Vec<Decided> = lea.fetch(Method::POST, "/api/requests/approve_each", &form[..1]).await.json();
    assert!(matches!(&other[0].answer, Err(AppError::Conflict(Conflict::RequestSettled(_)))), "{other:?}");

    let mut mia = t.person("mia").await;
    let decided: Vec<Decided> = mia.fetch(Method::POST, "/api/requests/reject_each", &form).await.json();
    assert!(decided.iter().all(|decided| decided.answer == Err(AppError::NotFound)), "{decided:?}");
});

both!(a_plain_form_that_decides_many_is_told_by_the_address, async |t| {
    let page = "http://muster.test/requests?kind=join&decided=%7Bold%7D";
    let mut lea = t.person("lea").await.with("referer", page);
    let form = [("requests[]", "1"), ("requests[]", "999")];
    let answer = lea.post("/api/requests/approve_each", &form).await;
    assert_eq!(answer.status(), 302, "{}", answer.body);
    let (path, told) = answer.location().split_once("&decided=").expect("is told");
    assert_eq!(path, "http://muster.test/requests?kind=join");
    assert_eq!(
        told,
        "%7B%22status%22%3A%22approved%22%2C%22done%22%3A1%2C%22missed%22%3A%5B%5B999%2C%7B%22refused%22%3A%22not_found%22%7D%5D%5D%7D"
    );
    let answer = lea.post("/api/requests/approve_each", &[]).await;
    assert!(answer.location().contains("__err"), "what names none is refused: {}", answer.location());
});
