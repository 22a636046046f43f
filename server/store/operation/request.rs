//! Requests and the queue of those who decide them.

use domain::{Listing, QueueChoices, QueuePage, QueueQuery, Request, RequestId, RequestQuery, UserId};
use store_model::StoreError;

operations! {
    /// One request; `None` where it is absent or hidden from this user. Nothing in it has a place in the feed, so that no
    /// event has to be waited for.
    read "reading a request"
    fn request(user: UserId, id: RequestId) -> Result<Option<Request>, StoreError>
        = request::find_seen(user, id);

    /// One request that the user has just decided: what they decided they see.
    read "reading a request that was decided"
    fn decided_request(user: UserId, id: RequestId) -> Result<Option<Request>, StoreError>
        = request::find_decided(user, id);

    /// A user's own requests, newest first.
    snapshot "reading the requests of a user"
    fn my_requests(user: UserId, query: &RequestQuery) -> Result<Listing<Request>, StoreError>
        = request::list_of(user, query);

    /// The open requests the user may decide, oldest first. Somebody who decides nothing has an empty queue.
    snapshot "reading the queue"
    fn queue(user: UserId, query: &QueueQuery) -> Result<QueuePage, StoreError>
        = queue::find(user, query);

    /// What the queue can be narrowed to: the groups and organisations that wait in it.
    snapshot "reading what the queue holds"
    fn queue_choices(user: UserId) -> Result<QueueChoices, StoreError>
        = queue::choices(user);
}
