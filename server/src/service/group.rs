//! Groups: the list of those that one decides for, and commands that name people and groups by words.

use super::CallerService;
use app::error::AppError;
use domain::{
    BulkEdit, ByName, Command, Flaw, GroupQuery, Listing, ManagedGroup, Names, PageSize, Problem, ResolvedNames, UserId,
};

impl CallerService {
    /// A command whose names of people and groups are understood. `Invalid` with every name that means nobody or several.
    pub(super) async fn resolve_names(&self, command: ByName) -> Result<Command, AppError> {
        let user = self.user()?;
        let names = command.names();
        if let Some(field) = over_long(&names) {
            let most = u32::try_from(BulkEdit::MOST).unwrap_or(u32::MAX);
            return Err(AppError::Invalid(vec![Problem::new(field, Flaw::OutOfRange(0, most))]));
        }
        let meant: ResolvedNames = self.service.answer(self.store().resolve_names(user, &names).await)?;
        command.meaning(&meant).map_err(AppError::Invalid)
    }
}

/// The field with more names than are looked up at once.
fn over_long(names: &Names) -> Option<&'static str> {
    if names.people.len() > BulkEdit::MOST {
        Some("leaders")
    } else {
        (names.groups.len() > BulkEdit::MOST).then_some("leader_groups")
    }
}

/// A page of the groups the caller decides for: first those that need care, then the others, both by name. What is searched
/// for stands by name alone.
pub(super) async fn list_managed(
    of: &CallerService,
    user: UserId,
    query: &GroupQuery,
) -> Result<Listing<ManagedGroup>, AppError> {
    let (service, now) = (&of.service, of.service.now());
    let read = async |query: &GroupQuery| service.answer(of.store().managed_groups(user, query, now).await);
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
