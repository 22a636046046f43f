//! The facts of a command, read from the oracle.

use super::World;
use crate::{Actor, Command, Facts, GroupId, GroupKey, NameFacts, RequestId, Subject, UserId};

impl World {
    /// What `decide` is to know.
    #[must_use]
    pub fn facts(&self, actor: &Actor, command: &Command) -> Facts {
        match command {
            Command::CreateGroup(draft) => Facts { name: self.group_name(draft.name.as_str()), ..self.general() },
            Command::CreateUser(draft) => Facts { name: self.username(draft.username.as_str()), ..self.general() },
            Command::Join { group: GroupKey::Id(group), .. } | Command::Leave { group, .. } => {
                self.in_group(actor, *group, actor.id())
            }
            // The oracle hands out no tokens.
            Command::Join { group: GroupKey::Link(_), .. } => self.general(),
            Command::Withdraw { request } | Command::Approve { request, .. } | Command::Reject { request, .. } => {
                self.of_request(actor, *request)
            }
            Command::Remove { group, member, .. } => self.in_group(actor, *group, Some(*member)),
        }
    }

    fn general(&self) -> Facts {
        Facts { first_run: self.users.is_empty(), instance_auto_leave: self.auto_leave, ..Facts::default() }
    }

    fn in_group(&self, actor: &Actor, group: GroupId, subject: Option<UserId>) -> Facts {
        let subject = subject.and_then(|user| {
            Some(Subject {
                account: self.account(user)?,
                member: self.is_member(group, user),
                open_request: self.open_request(group, user).cloned(),
            })
        });
        Facts {
            group: self.groups.get(&group).cloned(),
            standing: actor.id().map(|user| self.standing(group, user)).unwrap_or_default(),
            subject,
            ..self.general()
        }
    }

    fn of_request(&self, actor: &Actor, id: RequestId) -> Facts {
        let Some(request) = self.requests.iter().find(|request| request.id == id) else { return self.general() };
        let facts = self.in_group(actor, request.group.id, Some(request.applicant.id));
        Facts { request: Some(request.clone()), ..facts }
    }

    fn group_name(&self, name: &str) -> NameFacts {
        let key = name.to_lowercase();
        NameFacts { taken: self.groups.values().any(|group| group.name.to_lowercase() == key), reserved: false }
    }

    fn username(&self, name: &str) -> NameFacts {
        let key = name.to_lowercase();
        NameFacts { taken: self.users.values().any(|user| user.person.username.to_lowercase() == key), reserved: false }
    }
}
