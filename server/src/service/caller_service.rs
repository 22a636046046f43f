//! The service bound to its caller: what pages, server functions and the REST API read and write by.

use super::{Caller, Service};
use app::{backend::Reads, error::AppError, for_each_read};
use async_trait::async_trait;
use domain::{
    AuditPage, AuditQuery, Command, Found, GroupChoices, GroupId, GroupKey, GroupPage, GroupQuery, GroupRow,
    GroupSetup, InvitationQuery, InvitationRow, JoinLink, Listing, ManagedGroup, Me, MemberQuery, MembersPage, MyGroup,
    NotificationQuery, NotificationRow, QueueChoices, QueuePage, QueueQuery, Request, RequestId, RequestQuery,
    ReservedNameQuery, ReservedNameRow, Settings, StateRow, TokenRow, UserChoices, UserId, UserPage, UserQuery,
    UserRow, Viewer,
};
use store::{Answer, Order, Store, StoreError};

/// The service in the name of one caller. What is more than one operation of the store is in `backend`.
#[derive(Clone)]
pub(crate) struct CallerService {
    pub(super) service: Service,
    pub(super) caller: Caller,
}

impl Service {
    /// The service in the name of a caller.
    pub(crate) fn for_caller(&self, caller: Caller) -> CallerService {
        CallerService { service: self.clone(), caller }
    }
}

impl CallerService {
    /// The caller's account.
    pub(super) fn user(&self) -> Result<UserId, AppError> {
        self.caller.user()
    }

    /// The store.
    pub(super) const fn store(&self) -> &Store {
        self.service.store()
    }

    /// A command of the caller, as of now.
    pub(super) fn order(&self, command: Command) -> Order {
        Order::new(self.caller.id(), command, self.service.now())
    }

    /// One request that the caller has just decided; `NotFound` where it is gone.
    pub(crate) async fn decided_request(&self, id: RequestId) -> Result<Request, AppError> {
        self.service.answer(self.store().decided_request(self.user()?, id).await)
    }
}

/// Carries out each read by the operation of the store that has its name.
macro_rules! implement_reads {
    ($(
        $(#[$doc:meta])*
        fn $name:ident($($argument:ident: $type:ty),* $(; $now:ident)?) -> $answer:ty $(, else $absent:ident)?;
    )*) => {
        #[async_trait]
        impl Reads for CallerService {$(
            async fn $name(&self, $($argument: $type),*) -> Result<$answer, AppError> {
                let user = self.user()?;
                let answer = self.store().$name(user, $($argument,)* $(self.service.$now())?).await;
                let answer = self.service.answer(answer);
                $(let answer = answer.map_err(|error| if error == AppError::NotFound { AppError::$absent } else { error });)?
                answer
            }
        )*}
    };
}
for_each_read!(implement_reads);

/// What an operation of the store answers, as the caller is told it: a refusal as its error, and what is absent or hidden
/// from them as `NotFound`.
pub(super) trait StoreAnswer<T> {
    /// What the caller is told, unless the store failed.
    fn told(self) -> Result<Result<T, AppError>, StoreError>;
}

impl<T> StoreAnswer<T> for Result<T, StoreError> {
    fn told(self) -> Result<Result<T, AppError>, StoreError> {
        self.map(Ok)
    }
}

impl<T> StoreAnswer<T> for Result<Option<T>, StoreError> {
    fn told(self) -> Result<Result<T, AppError>, StoreError> {
        self.map(|found| found.ok_or(AppError::NotFound))
    }
}

impl<T> StoreAnswer<T> for Answer<T> {
    fn told(self) -> Result<Result<T, AppError>, StoreError> {
        self.map(|answer| answer.map_err(AppError::from))
    }
}

impl Service {
    /// What the caller is told of an answer of the store; a failure is logged.
    pub(super) fn answer<T>(&self, answer: impl StoreAnswer<T>) -> Result<T, AppError> {
        answer.told().map_err(|error| self.failed(&error))?
    }
}
