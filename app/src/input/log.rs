//! The address of the audit log: of one group or of everything, narrowed by what happened, to whom, by whom and when.

use super::given;
use crate::{
    address::{Query, address},
    error::AppError,
};
use domain::{AuditQuery, EventAction, EventType, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use time::{Date, Month};

/// The address of an audit log. What is unknown in its filters counts as not given.
///
/// People and groups may be named by id, as links do, or by name, as people do; a name is looked up before this is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditAddress {
    /// The id of the group whose log it is; empty where it is of everything.
    pub group: String,
    /// Where it is of everything: only rows about this group.
    pub of: String,
    /// Only rows filed under this type.
    pub kind: String,
    /// Only rows filed under this action.
    pub action: String,
    /// Only rows about this user.
    pub requestor: String,
    /// Only what this user did.
    pub actor: String,
    /// Only from this day on, as `2026-11-23`.
    pub from: String,
    /// Only up to this day, and with it.
    pub to: String,
    /// Where to go on.
    pub cursor: String,
}

impl AuditAddress {
    /// The path of the page.
    pub(crate) fn path(&self) -> String {
        if self.group.is_empty() { "/audit".to_owned() } else { format!("/manage/{}/audit", self.group) }
    }

    /// What narrows the log, as the address carries it.
    pub(crate) fn filters(&self) -> [(&'static str, &str); 7] {
        [
            ("group", &self.of),
            ("kind", &self.kind),
            ("action", &self.action),
            ("requestor", &self.requestor),
            ("actor", &self.actor),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    /// The address of the page of the log that begins at a cursor.
    pub(crate) fn href(&self, cursor: &str) -> String {
        let query: Vec<_> = self.filters().into_iter().chain([("cursor", cursor)]).collect();
        address(&self.path(), &query)
    }

    /// The log of this group, or of everything, as the query of its page or of its file narrows it.
    #[must_use]
    pub fn read(group: String, query: &Query) -> Self {
        let [of, kind, action, requestor, actor, from, to, cursor] =
            ["group", "kind", "action", "requestor", "actor", "from", "to", "cursor"].map(|name| query.given(name));
        Self { group, of, kind, action, requestor, actor, from, to, cursor }
    }

    /// What is asked for.
    pub fn parse(&self) -> Result<AuditQuery, AppError> {
        let group = if self.group.is_empty() { &self.of } else { &self.group };
        let id = |text: &str| text.parse().ok().map(UserId);
        Ok(AuditQuery {
            group: if group.is_empty() { None } else { Some(group.parse().map_err(|_| AppError::NotFound)?) },
            kind: EventType::from_code(&self.kind),
            action: EventAction::from_code(&self.action),
            requestor: id(&self.requestor),
            actor: id(&self.actor),
            from: day(&self.from).map(midnight),
            to: day(&self.to).and_then(Date::next_day).map(midnight),
            cursor: given(&self.cursor),
            ..AuditQuery::default()
        })
    }

    /// Whether anything is left out.
    pub(crate) fn is_narrowed(&self) -> bool {
        *self != Self { group: self.group.clone(), cursor: self.cursor.clone(), ..Self::default() }
    }
}

/// A day as browsers write it.
pub(super) fn day(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

fn midnight(day: Date) -> Timestamp {
    Timestamp(day.midnight().assume_utc().unix_timestamp() * 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{EventType, GroupId};

    #[test]
    fn a_log_is_of_one_group_or_of_everything() {
        let query = |group: &str, of: &str| {
            AuditAddress { group: group.to_owned(), of: of.to_owned(), ..AuditAddress::default() }.parse()
        };
        assert_eq!(query("3", "").map(|query| query.group), Ok(Some(GroupId(3))));
        assert_eq!(query("3", "4").map(|query| query.group), Ok(Some(GroupId(3))), "the page's own group counts");
        assert_eq!(query("", "4").map(|query| query.group), Ok(Some(GroupId(4))));
        assert_eq!(query("", "").map(|query| query.group), Ok(None));
        assert_eq!(query("x", "").map(|query| query.group), Err(AppError::NotFound));
    }

    #[test]
    fn days_are_whole_days_of_eve_time() {
        let address = AuditAddress {
            kind: "join".to_owned(),
            from: "2026-11-23".to_owned(),
            to: "2026-11-23".to_owned(),
            ..AuditAddress::default()
        };
        let query = address.parse().expect("is read");
        assert_eq!(query.kind, Some(EventType::Join));
        assert_eq!(query.from, Some(Timestamp(1_795_392_000_000_000)));
        assert_eq!(query.to, query.from.map(|from| from.plus_seconds(24 * 3600)));
        for nonsense in ["2026-13-01", "2026-02-30", "yesterday", "", "-1-1-1"] {
            assert_eq!(day(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn what_is_left_out_is_told_from_where_one_is() {
        let of_group = AuditAddress { group: "3".to_owned(), cursor: "9".to_owned(), ..AuditAddress::default() };
        assert!(!of_group.is_narrowed());
        assert!(AuditAddress { actor: "7".to_owned(), ..of_group }.is_narrowed());
    }
}
