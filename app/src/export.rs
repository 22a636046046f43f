//! Lists as rows of a file for spreadsheets: which columns, and what stands in them. How a file is written is no matter of
//! this; see the server.

use crate::text::{Language, iso};
use domain::{Grant, Logged, MemberRow};

/// The columns of a file of members.
#[must_use]
pub fn member_columns(words: Language) -> Vec<&'static str> {
    let (labels, lead) = (words.labels(), words.managing());
    vec![lead.member, lead.username, lead.organisation, lead.since_utc, lead.leading, lead.how, labels.their_words]
}

/// A member as a row of it.
#[must_use]
pub fn member_cells(words: Language, row: &MemberRow) -> Vec<String> {
    let each = |tell: &dyn Fn(&Grant) -> String| row.grants.iter().map(tell).collect::<Vec<_>>().join("; ");
    let reasons: Vec<&str> = row.grants.iter().filter_map(|grant| grant.reason.as_deref()).collect();
    vec![
        row.person.display_name().to_owned(),
        row.person.username.clone(),
        row.person.organisations().join(" · "),
        iso(row.since),
        words.leads(row.lead).unwrap_or_default().to_owned(),
        each(&|grant| match grant.until {
            Some(until) => format!("{} ({})", words.grant(grant), words.until(until)),
            None => words.grant(grant),
        }),
        reasons.join("; "),
    ]
}

/// The columns of a file of audit rows.
#[must_use]
pub fn audit_columns(words: Language) -> Vec<&'static str> {
    let (labels, lead) = (words.labels(), words.managing());
    vec![
        labels.when,
        lead.group,
        labels.requestor,
        labels.character,
        labels.kind,
        labels.action,
        labels.actor,
        lead.cause,
        lead.detail,
        lead.reason,
        labels.their_words,
    ]
}

/// An audit row as a row of it.
#[must_use]
pub fn audit_cells(words: Language, row: &Logged) -> Vec<String> {
    let event = &row.event;
    let (kind, action) = event.what.filed_as();
    let subject = event.subject.as_ref();
    let main = subject.and_then(|subject| subject.main_character.as_ref());
    vec![
        iso(row.at),
        event.group.as_ref().map(|group| group.name.clone()).unwrap_or_default(),
        subject.map(|subject| subject.username.clone()).unwrap_or_default(),
        main.map(|main| main.name.clone()).unwrap_or_default(),
        words.event_type(kind).to_owned(),
        words.event_action(action).to_owned(),
        row.actor.as_ref().map_or_else(|| words.system().to_owned(), |actor| actor.username.clone()),
        event.cause.map(|cause| words.cause(cause).to_owned()).unwrap_or_default(),
        words.details(event).join(" "),
        event.reason.clone().unwrap_or_default(),
        event.comment.clone().unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        ActorRef, Event, EventId, GrantKind, GroupId, GroupRef, Lead, Person, RequestKind, Seq, Timestamp, UserId, What,
    };

    fn person(id: i64, username: &str) -> Person {
        Person { id: UserId(id), username: username.to_owned(), main_character: None }
    }

    #[test]
    fn every_row_has_a_cell_for_each_column() {
        let grant = Grant {
            kind: GrantKind::Approval,
            by: Some(person(2, "bo")),
            reason: Some("knows the fits".to_owned()),
            from: Timestamp(0),
            until: None,
        };
        let member = MemberRow {
            person: person(1, "ana"),
            order: None,
            since: Timestamp(0),
            lead: Lead::Named,
            grants: vec![grant],
        };
        let logged = Logged {
            id: EventId(1),
            seq: Seq(1),
            at: Timestamp(1_795_435_200_000_000),
            actor: Some(ActorRef { id: UserId(2), username: "bo".to_owned() }),
            event: Event {
                what: What::Rejected(RequestKind::Join),
                group: Some(GroupRef { id: GroupId(3), name: "Logi".to_owned() }),
                subject: Some(person(1, "ana")),
                request: None,
                cause: None,
                reason: None,
                comment: Some("not now".to_owned()),
                states: Vec::new(),
            },
        };
        for words in [Language::English, Language::German] {
            assert_eq!(member_cells(words, &member).len(), member_columns(words).len());
            assert_eq!(audit_cells(words, &logged).len(), audit_columns(words).len());
        }
        assert_eq!(
            member_cells(Language::English, &member),
            ["ana", "ana", "", "1970-01-01T00:00:00Z", "Leader", "Approved by bo", "knows the fits"]
        );
        assert_eq!(
            audit_cells(Language::English, &logged),
            ["2026-11-23T12:00:00Z", "Logi", "ana", "", "Join", "Rejected", "bo", "", "", "", "not now"]
        );
    }
}
