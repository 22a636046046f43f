//! What in the address of a list is not understood. A page reads leniently: it leaves that out and says so. A file refuses
//! it: whoever keeps one must not take everything for what they asked for.

use super::{LIVE, NEWEST, log::day, yes_or_no};
use domain::{EventAction, EventType, Flag, GroupFilter, RequestKind};

/// Whether a filter can have this value.
type Rule = fn(&str) -> bool;

const AUDIT: &[(&str, Rule)] = &[
    ("kind", |value| EventType::from_code(value).is_some()),
    ("action", |value| EventAction::from_code(value).is_some()),
    ("from", |value| day(value).is_some()),
    ("to", |value| day(value).is_some()),
];

const MEMBERS: &[(&str, Rule)] = &[("order", |value| value == NEWEST)];

fn is_yes_or_no(value: &str) -> bool {
    yes_or_no(value).is_some()
}

fn is_id(value: &str) -> bool {
    value.parse::<i64>().is_ok()
}

/// The filters of a page that not everything can stand for.
fn rules(path: &str) -> Vec<(&'static str, Rule)> {
    let rules: &[(&'static str, Rule)] = match path {
        "/groups" => &[("filter", |value| GroupFilter::from_code(value).is_some()), ("order", |value| value == NEWEST)],
        "/requests" => &[("kind", |value| RequestKind::from_code(value).is_some()), ("group", is_id)],
        "/notifications" => &[("show", |value| value == "unread")],
        "/audit" => AUDIT,
        "/admin/groups" => {
            let flags = Flag::CODES.map(|name| (name, is_yes_or_no as Rule));
            return flags.into_iter().chain([("has_leader", is_yes_or_no as Rule)]).collect();
        }
        "/admin/users" => {
            &[("state", is_id), ("active", is_yes_or_no), ("staff", is_yes_or_no), ("superuser", is_yes_or_no)]
        }
        "/admin/invitations" => &[("show", |value| value == LIVE)],
        path if path.starts_with("/manage/") && path.ends_with("/audit") => AUDIT,
        path if path.starts_with("/manage/") && path.ends_with("/members") => MEMBERS,
        _ => &[],
    };
    rules.to_vec()
}

/// The filters that narrow nothing, as name and value.
pub fn misread(path: &str, given: impl Fn(&str) -> String) -> Vec<(&'static str, String)> {
    let rules = rules(path).into_iter().map(|(name, rule)| (name, given(name), rule));
    let misread = rules.filter(|(_, value, rule)| !value.is_empty() && !rule(value));
    misread.map(|(name, value, _)| (name, value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, pairs: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        misread(path, |name| {
            pairs.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned()).unwrap_or_default()
        })
    }

    #[test]
    fn a_filter_that_is_none_is_named_with_its_value() {
        for (path, name, good, bad) in [
            ("/audit", "from", "2026-11-23", "zzz"),
            ("/audit", "to", "2026-02-28", "2026-02-30"),
            ("/manage/3/audit", "kind", "join", "joined"),
            ("/manage/3/audit", "action", "done", "x"),
            ("/manage/3/members", "order", "newest", "oldest"),
            ("/groups", "filter", "open", "closed"),
            ("/requests", "kind", "leave", "both"),
            ("/requests", "group", "3", "Pilots"),
            ("/notifications", "show", "unread", "read"),
            ("/admin/groups", "has_leader", "no", "maybe"),
            ("/admin/users", "state", "1", "Member"),
            ("/admin/users", "active", "yes", "true"),
            ("/admin/invitations", "show", "live", "dead"),
        ] {
            assert_eq!(of(path, &[(name, good)]), [], "{path} {name}");
            assert_eq!(of(path, &[(name, "")]), [], "{path} {name}");
            assert_eq!(of(path, &[(name, bad)]), [(name, bad.to_owned())], "{path} {name}");
        }
        assert_eq!(of("/admin/groups/3", &[("internal", "on")]), [], "a draft is no list");
        assert_eq!(of("/audit", &[("requestor", "anybody"), ("search", "x")]), []);
    }
}
