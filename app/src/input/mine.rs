//! The address of one's own groups and requests.

use super::given;
use domain::{GroupQuery, GroupScope, RequestQuery, RequestStatus};
use serde::{Deserialize, Serialize};

/// Which page of one's own groups. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MyGroupsAddress {
    /// Where to go on.
    pub cursor: String,
}

impl MyGroupsAddress {
    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> GroupQuery {
        GroupQuery { scope: GroupScope::Mine, cursor: given(&self.cursor), ..GroupQuery::default() }
    }
}

/// Which of one's own requests. What is unknown in it counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MyRequestsAddress {
    /// `open` for only those that wait.
    pub show: String,
    /// Where to go on.
    pub cursor: String,
}

impl MyRequestsAddress {
    /// Those that wait for a decision.
    #[must_use]
    pub fn open() -> Self {
        Self { show: RequestStatus::Open.code().to_owned(), ..Self::default() }
    }

    /// What is asked for.
    #[must_use]
    pub fn parse(&self) -> RequestQuery {
        let status = (self.show == RequestStatus::Open.code()).then_some(RequestStatus::Open);
        RequestQuery { status, cursor: given(&self.cursor), ..RequestQuery::default() }
    }
}
