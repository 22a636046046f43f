//! The caller's own account and requests.

use super::{
    call::{Call, list},
    input::{Page, Query, Word, query},
    problem::{Answer, ok},
    shape::{Me, Request},
};
use app::backend::Reads;
use domain::{RequestQuery, RequestStatus};

query! {
    /// Which of one's requests.
    MyRequests {
        /// Only those that stand like this.
        status: Word<RequestStatus>,
    }
}

pub(super) async fn show(call: Call) -> Answer {
    ok(Me::of(&call.backend().me().await?))
}

pub(super) async fn requests(call: Call, Query(asked): Query<MyRequests>, page: Page) -> Answer {
    let query = RequestQuery {
        status: asked.status.map(|Word(status)| status),
        cursor: page.cursor.clone(),
        limit: page.limit,
    };
    list(&page, &call.backend().my_requests(&query).await?, Request::of)
}
