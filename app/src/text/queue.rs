//! What is said about requests that wait, and about how they leave.

use super::Language;
use domain::{Farewell, Person, QueueRow, RequestKind, RequestStatus, UserId};

impl Language {
    /// What became of a request, while it is still shown to `me`.
    pub(crate) fn farewell(self, farewell: &Farewell, me: UserId) -> String {
        let done = self.decided(farewell.status);
        match self {
            Self::English => match &farewell.by {
                Some(by) if farewell.status == RequestStatus::Closed || by.id == me => format!("{done}, just now"),
                Some(by) => format!("{done} by {}, just now", by.username),
                None => format!("{done}, just now"),
            },
        }
    }

    /// What became of a request, in a word or two.
    pub(crate) const fn decided(self, status: RequestStatus) -> &'static str {
        match self {
            Self::English => match status {
                RequestStatus::Open => "Waiting",
                RequestStatus::Approved => "Approved",
                RequestStatus::Rejected => "Rejected",
                RequestStatus::Withdrawn => "Withdrawn",
                RequestStatus::Closed => "No longer needed",
            },
        }
    }

    /// What somebody wants: the words between their name and the group's.
    pub(crate) const fn wants(self, kind: RequestKind) -> &'static str {
        match self {
            Self::English => match kind {
                RequestKind::Join => "wants to join",
                RequestKind::Leave => "wants to leave",
            },
        }
    }

    /// The rest of the name of a button that decides.
    pub(crate) fn deciding(self, row: &QueueRow) -> String {
        match self {
            Self::English => format!(
                " {}’s request to {} {}",
                row.applicant.display_name(),
                self.request_kind(row.kind),
                row.group.name
            ),
        }
    }

    /// A request that has just come, for those who do not see the list.
    pub(crate) fn arrived(self, applicant: &Person, kind: RequestKind, group: &str) -> String {
        match self {
            Self::English => format!("New request: {} {} {group}.", applicant.display_name(), self.wants(kind)),
        }
    }

    /// The tab of one kind, without its count.
    pub(crate) const fn tab(self, kind: RequestKind) -> &'static str {
        match self {
            Self::English => match kind {
                RequestKind::Join => "Join",
                RequestKind::Leave => "Leave",
            },
        }
    }

    /// That nothing waits.
    pub(crate) const fn no_requests(self, kind: RequestKind) -> &'static str {
        match self {
            Self::English => match kind {
                RequestKind::Join => "No requests to join wait.",
                RequestKind::Leave => "No requests to leave wait.",
            },
        }
    }

    /// How many wait, for a badge that shows only the number.
    pub(crate) fn waiting(self, count: u32) -> String {
        match self {
            Self::English => format!("{count} waiting"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ActorRef;

    #[test]
    fn a_farewell_names_who_and_what() {
        let by = Some(ActorRef { id: UserId(2), username: "Bo".to_owned() });
        let farewell = |status, by| Language::English.farewell(&Farewell { status, by }, UserId(1));
        assert_eq!(farewell(RequestStatus::Approved, by.clone()), "Approved by Bo, just now");
        let mine = Some(ActorRef { id: UserId(1), username: "Ana".to_owned() });
        assert_eq!(farewell(RequestStatus::Rejected, mine), "Rejected, just now");
        assert_eq!(farewell(RequestStatus::Closed, by), "No longer needed, just now");
        assert_eq!(farewell(RequestStatus::Withdrawn, None), "Withdrawn, just now");
    }
}
