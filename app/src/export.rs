//! Lists as rows of a file for spreadsheets: which columns, and what stands in them. How a file is written is no matter of
//! this; see the server.

use crate::{
    audit::AuditColumn,
    text::{Language, iso},
};
use domain::{Grant, MemberRow, RecordedEvent};

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
    AuditColumn::ALL.map(|column| column.label(words)).to_vec()
}

/// An audit row as a row of it.
#[must_use]
pub fn audit_cells(words: Language, row: &RecordedEvent) -> Vec<String> {
    AuditColumn::ALL.map(|column| column.text(words, row)).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        ActorRef, Event, EventId, EventPayload, GrantKind, GroupId, GroupRef, Lead, Person, RequestKind, Seq,
        Timestamp, UserId,
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
        let logged = RecordedEvent {
            id: EventId(1),
            seq: Seq(1),
            at: Timestamp(1_795_435_200_000_000),
            actor: Some(ActorRef { id: UserId(2), username: "bo".to_owned() }),
            event: Event::of(EventPayload::Rejected(RequestKind::Join))
                .in_group(GroupRef { id: GroupId(3), name: "Logi".to_owned() })
                .about(person(1, "ana"))
                .with_comment("not now".to_owned()),
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
