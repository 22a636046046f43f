//! Groups.

use crate::service::{Caller, Service};
use app::error::AppError;
use domain::{GroupId, GroupKey, GroupPage, GroupQuery, GroupRow, Listing, ManagedGroup, MyGroup, PageSize};

impl Service {
    /// A page of a list of groups.
    ///
    /// # Errors
    /// `Denied` where all groups are asked for without an admin right to groups.
    pub async fn groups(&self, caller: &Caller, query: &GroupQuery) -> Result<Listing<GroupRow>, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().groups(user, query, self.now()).await)
    }

    /// One row of the groups page.
    ///
    /// # Errors
    /// `NotFound` where that does not show it to this caller.
    pub async fn group_row(&self, caller: &Caller, id: GroupId) -> Result<GroupRow, AppError> {
        let user = caller.user()?;
        let row = self.told(self.store().group_row(user, id, self.now()).await)?;
        row.ok_or(AppError::NotFound)
    }

    /// The page of one group.
    ///
    /// # Errors
    /// `NotFound` where the caller may not see it.
    pub async fn group_page(&self, caller: &Caller, key: &GroupKey) -> Result<GroupPage, AppError> {
        let user = caller.user()?;
        let page = self.told(self.store().group_page(user, key, self.now()).await)?;
        page.ok_or(AppError::NotFound)
    }

    /// A page of the groups the caller is in.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn my_groups(&self, caller: &Caller, query: &GroupQuery) -> Result<Listing<MyGroup>, AppError> {
        let user = caller.user()?;
        self.allowed(self.store().my_groups(user, query, self.now()).await)
    }

    /// A page of the groups the caller decides for: first those that need care, then the others, both by name. What is
    /// searched for stands by name alone.
    ///
    /// # Errors
    /// `SignedOut`, or a failure of the store.
    pub async fn managed_groups(&self, caller: &Caller, query: &GroupQuery) -> Result<Listing<ManagedGroup>, AppError> {
        let user = caller.user()?;
        let read = async |query: &GroupQuery| self.allowed(self.store().managed_groups(user, query, self.now()).await);
        if !query.search.is_empty() || query.care.is_some() {
            return read(query).await;
        }
        let part =
            |care: bool, cursor: Option<String>, limit| GroupQuery { care: Some(care), cursor, limit, ..query.clone() };
        let mut page = match Place::of(query.cursor.as_deref()) {
            Place::Others(cursor) => {
                let page = read(&part(false, cursor, query.limit)).await?;
                return Ok(Place::followed(page, OTHERS));
            }
            Place::Caring(cursor) => Place::followed(read(&part(true, cursor, query.limit)).await?, CARING),
        };
        if page.next_cursor.is_some() {
            return Ok(page);
        }
        // The others begin on the page on which the first part ends; a full page asks for one to know of them.
        let left = u8::try_from(query.limit.rows().saturating_sub(page.items.len())).ok().and_then(PageSize::new);
        let others = read(&part(false, None, left.or(PageSize::new(1)).unwrap_or_default())).await?;
        page.seq = page.seq.min(others.seq);
        if left.is_none() {
            page.next_cursor = (!others.items.is_empty()).then(|| OTHERS.to_string());
            return Ok(page);
        }
        let others = Place::followed(others, OTHERS);
        // Between the two reads one may have come to be among the others.
        let is_new = |group: &ManagedGroup| page.items.iter().all(|other| other.row.id != group.row.id);
        let new: Vec<ManagedGroup> = others.items.into_iter().filter(is_new).collect();
        page.items.extend(new);
        page.next_cursor = others.next_cursor;
        Ok(page)
    }

    /// One of the groups the caller decides for.
    ///
    /// # Errors
    /// `NotFound` where it is none of them.
    pub async fn managed_group(&self, caller: &Caller, id: GroupId) -> Result<ManagedGroup, AppError> {
        let user = caller.user()?;
        let group = self.told(self.store().managed_group(user, id, self.now()).await)?;
        group.ok_or(AppError::NotFound)
    }
}

/// Begins a cursor in the groups that need care.
const CARING: char = 'c';
/// Begins a cursor in the others.
const OTHERS: char = 'o';

/// Where a page of the groups one decides for begins.
enum Place {
    /// Among those that need care.
    Caring(Option<String>),
    /// Among the others.
    Others(Option<String>),
}

impl Place {
    /// Any text is a cursor: what names neither part is the beginning.
    fn of(cursor: Option<&str>) -> Self {
        let after = |key: &str| (!key.is_empty()).then(|| key.to_owned());
        match (cursor.and_then(|cursor| cursor.strip_prefix(OTHERS)), cursor) {
            (Some(key), _) => Self::Others(after(key)),
            (None, Some(cursor)) => Self::Caring(cursor.strip_prefix(CARING).and_then(after)),
            (None, None) => Self::Caring(None),
        }
    }

    /// The page with the part in its cursor.
    fn followed(page: Listing<ManagedGroup>, part: char) -> Listing<ManagedGroup> {
        let next_cursor = page.next_cursor.map(|key| format!("{part}{key}"));
        Listing { next_cursor, ..page }
    }
}
