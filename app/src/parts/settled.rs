//! How a request ended, as its row says it until it leaves.

use crate::error::AppError;
use domain::{ActorRef, Conflict, Receipt, Request, RequestStatus, SettledMark};

/// How the request ended by this answer; `None` where it still waits.
pub(crate) fn ended(rejects: bool, answer: Result<Receipt, AppError>, me: &ActorRef) -> Option<SettledMark> {
    match answer {
        Ok(_) => {
            let status = if rejects { RequestStatus::Rejected } else { RequestStatus::Approved };
            Some(SettledMark { status, by: Some(me.clone()) })
        }
        Err(AppError::Conflict(Conflict::RequestSettled(request))) => Some(settled(&request)),
        Err(_) => None,
    }
}

/// The end that another decision has given it.
fn settled(request: &Request) -> SettledMark {
    let by = request.settlement.as_ref().and_then(|end| end.by.as_ref());
    let by = by.map(|person| ActorRef { id: person.id, username: person.username.clone() });
    SettledMark { status: request.status, by }
}
