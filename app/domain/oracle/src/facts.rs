//! The facts of a command, read from the oracle.

use crate::{User, World};
use domain::{
    Actor, CharacterId, Command, Email, Facts, Flag, GroupId, GroupKey, GroupRef, Holder, LeadingGroup, NameFacts,
    NamedLead, Permission, Permissions, Person, Reach, RequestId, RequestKind, RequestStatus, StateFacts, StateId,
    Subject, Timestamp, TokenId, UserId, Username,
    name::{key, order},
};
use std::collections::BTreeSet;

impl World {
    /// When a user took back requests of a kind for a group, the latest first.
    fn withdrawn(&self, group: GroupId, user: UserId, kind: RequestKind) -> Vec<Timestamp> {
        let of_user = self.requests.iter().rev().filter(|request| {
            request.status == RequestStatus::Withdrawn
                && (request.group.id, request.applicant.id, request.kind) == (group, user, kind)
        });
        of_user.filter_map(|request| Some(request.settlement.as_ref()?.at)).collect()
    }

    /// The groups a user is named to lead, by name.
    fn named_leads(&self, user: UserId) -> Vec<NamedLead> {
        let named = self.groups.values().filter(|group| self.leaders.contains(&(group.id, user)));
        let mut leads: Vec<NamedLead> = named
            .map(|group| NamedLead { group: group.reference(), restricted: group.flags.has(Flag::Restricted) })
            .collect();
        leads.sort_by_cached_key(|lead| (order(&lead.group.name), lead.group.id));
        leads
    }

    /// What `decide` is to know.
    #[must_use]
    pub fn facts(&self, actor: &Actor, command: &Command) -> Facts {
        match command {
            Command::Join { group: GroupKey::Id(group), .. } | Command::Leave { group, .. } => {
                let facts = self.in_group(actor, *group, actor.id());
                let kind =
                    if matches!(command, Command::Leave { .. }) { RequestKind::Leave } else { RequestKind::Join };
                let withdrawn = actor.id().map_or_else(Vec::new, |user| self.withdrawn(*group, user, kind));
                Facts { withdrawn, ..facts }
            }
            // The oracle hands out no tokens.
            Command::Join { group: GroupKey::Link(_), .. }
            | Command::ChangeSettings(_)
            | Command::ResetPassword
            | Command::CreateInvitation(_) => self.general(),
            Command::Withdraw { request } | Command::Approve { request, .. } | Command::Reject { request, .. } => {
                self.of_request(actor, *request)
            }
            Command::Add { group, member, .. } | Command::Remove { group, member, .. } => {
                self.in_group(actor, *group, Some(*member))
            }
            Command::AddLeader { group, leader } | Command::RemoveLeader { group, leader } => {
                self.in_group(actor, *group, Some(*leader))
            }
            Command::AddLeaderGroup { group, leading } | Command::RemoveLeaderGroup { group, leading } => {
                let leads = self.leader_groups.contains(&(*group, *leading));
                let leading = self.groups.get(leading).cloned().map(|group| LeadingGroup { group, leads });
                Facts { leading, ..self.in_group(actor, *group, None) }
            }
            Command::CreateGroup(draft) => Facts {
                name: self.group_name(draft.name.as_str(), None),
                named_leaders: draft.leaders.iter().filter_map(|id| self.person(*id)).collect(),
                named_leader_groups: draft.leader_groups.iter().filter_map(|id| self.reference(*id)).collect(),
                ..self.general()
            },
            Command::EditGroup { group, change } => {
                let facts = self.in_group(actor, *group, None);
                let name = change.name.as_ref().map(|name| self.group_name(name.as_str(), Some(*group)));
                Facts { name: name.unwrap_or_default(), ..facts }
            }
            Command::DeleteGroup { group } | Command::ReplaceJoinLink { group } => self.in_group(actor, *group, None),
            Command::GivePermission { to: holder, permission }
            | Command::TakePermission { from: holder, permission } => self.of_holder(*holder, *permission),
            Command::CreateUser(draft) => {
                Facts { name: self.username(Some(&draft.username), draft.email.as_ref(), None), ..self.general() }
            }
            Command::EditUser { user, change } => {
                let email = change.email.as_ref().and_then(Option::as_ref);
                let name = self.username(change.username.as_ref(), email, Some(*user));
                let tokens = if change.active == Some(false) { self.tokens_of(*user) } else { Vec::new() };
                let leads = if change.keeps_leads == Some(false) { self.named_leads(*user) } else { Vec::new() };
                Facts { name, tokens, leads, ..self.of_user(*user, None) }
            }
            Command::RevokeToken { user, token } => {
                let own = |(id, owner, _): &&(TokenId, UserId, String)| (id, owner) == (token, user);
                let name = self.tokens.iter().find(own).map(|(_, _, name)| name.clone());
                Facts { token: name, ..self.of_user(*user, None) }
            }
            Command::CreateToken { user, .. } | Command::SetPassword { user } | Command::EndSessions { user, .. } => {
                Facts { tokens: self.tokens_of(*user), ..self.of_user(*user, None) }
            }
            Command::DeleteUser { user } => {
                let led_by_them = self.groups.values().filter(|group| self.standing(group.id, *user).leads());
                let lead = |group: &domain::Group| NamedLead {
                    group: group.reference(),
                    restricted: group.flags.has(Flag::Restricted),
                };
                Facts { leads: led_by_them.map(lead).collect(), ..self.of_user(*user, None) }
            }
            Command::MakeResetLink { user } | Command::TellOfFailedSignIns { user, .. } => self.of_user(*user, None),
            Command::Register(draft) => {
                Facts { name: self.username(Some(&draft.username), draft.email.as_ref(), None), ..self.general() }
            }
            Command::RevokeInvitation { invitation } => {
                Facts { invitation: self.invitations.get(invitation).cloned(), ..self.general() }
            }
            Command::AddCharacter { user, character } => {
                let taken = |user: &User| {
                    !user.deleted && user.characters.values().any(|c| c.profile.external_id == character.external_id)
                };
                Facts { character_taken: self.users.values().any(taken), ..self.of_user(*user, None) }
            }
            Command::EditCharacter { user, character, .. } | Command::RemoveCharacter { user, character } => {
                self.of_user(*user, Some(*character))
            }
            Command::SetMain { user, character } => self.of_user(*user, *character),
            Command::CreateState(draft) => self.of_state(actor, None, Some(draft.name.as_str()), Some(draft.priority)),
            Command::EditState { state, change } => {
                self.of_state(actor, Some(*state), change.name.as_ref().map(domain::StateName::as_str), change.priority)
            }
            Command::DeleteState { state } => self.of_state(actor, Some(*state), None, None),
            Command::ReserveName { name, .. } => Facts { name: self.group_name(name.as_str(), None), ..self.general() },
            Command::FreeName { name, .. } => {
                Facts { reserved_name: self.reserved.get(name).cloned(), ..self.general() }
            }
        }
    }

    fn general(&self) -> Facts {
        let superusers = self.users.values().filter(|user| user.superuser && user.active && !user.deleted).count();
        Facts {
            first_run: self.users.is_empty(),
            settings: self.settings,
            superusers,
            states: StateFacts {
                all: self.states.values().cloned().collect(),
                reach: self.groups.values().flat_map(|group| self.doors_of(group)).collect(),
                ..StateFacts::default()
            },
            ..Facts::default()
        }
    }

    /// The states that open this group: whoever comes to be in one of them can join.
    fn doors_of(&self, group: &domain::Group) -> Vec<(StateId, Reach)> {
        if !group.flags.has(Flag::Open) || group.flags.has(Flag::Internal) {
            return Vec::new();
        }
        group.states.iter().map(|state| (*state, self.reach(group.id))).collect()
    }

    /// What being in a group, or leading it, opens: over all groups led through it.
    fn reach(&self, group: GroupId) -> Reach {
        let mut seen = BTreeSet::new();
        let mut open = vec![group];
        let mut sum = Reach::default();
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                sum = self.groups.get(&next).map_or(sum, |group| sum.union(Reach::of(group)));
                open.extend(self.leader_groups.iter().filter(|(_, leading)| *leading == next).map(|(led, _)| *led));
            }
        }
        sum
    }

    /// What a user opens: the groups they are in or lead.
    fn reach_of_user(&self, user: UserId) -> Reach {
        let of = |group: &&GroupId| self.is_member(**group, user) || self.standing(**group, user).leads();
        self.groups.keys().filter(of).map(|group| self.reach(*group)).fold(Reach::default(), Reach::union)
    }

    fn subject(&self, user: UserId, group: Option<GroupId>) -> Option<Subject> {
        let known = self.users.get(&user)?;
        Some(Subject {
            account: self.account(user)?,
            own: known.own,
            member: group.is_some_and(|group| self.is_member(group, user)),
            leader: group.is_some_and(|group| self.leaders.contains(&(group, user))),
            open_request: group.and_then(|group| self.open_request(group, user)).cloned(),
            reach: self.reach_of_user(user),
            email: known.email.clone(),
        })
    }

    fn in_group(&self, actor: &Actor, group: GroupId, subject: Option<UserId>) -> Facts {
        Facts {
            group: self.groups.get(&group).cloned(),
            reach: self.reach(group),
            standing: actor.id().map(|user| self.standing(group, user)).unwrap_or_default(),
            subject: subject.and_then(|user| self.subject(user, Some(group))),
            ..self.general()
        }
    }

    fn of_request(&self, actor: &Actor, id: RequestId) -> Facts {
        let Some(request) = self.requests.iter().find(|request| request.id == id) else { return self.general() };
        let facts = self.in_group(actor, request.group.id, Some(request.applicant.id));
        Facts { request: Some(request.clone()), ..facts }
    }

    fn of_user(&self, user: UserId, character: Option<CharacterId>) -> Facts {
        let known = self.users.get(&user);
        Facts {
            subject: self.subject(user, None),
            character: character.and_then(|id| known.and_then(|user| user.characters.get(&id))).cloned(),
            main: known.and_then(User::main).cloned(),
            ..self.general()
        }
    }

    fn of_holder(&self, holder: Holder, permission: Permission) -> Facts {
        let general = self.general();
        let (held, facts): (Option<Permissions>, Facts) = match holder {
            Holder::User(user) => {
                let subject = self.subject(user, None);
                (subject.as_ref().map(|subject| subject.own), Facts { subject, ..general })
            }
            Holder::Group(id) => {
                let group = self.groups.get(&id).cloned();
                (group.as_ref().map(|group| group.permissions), Facts { group, ..general })
            }
            Holder::State(id) => (self.states.get(&id).map(|state| state.permissions), general),
        };
        Facts { holder_exists: held.is_some(), holds: held.is_some_and(|held| held.contains(permission)), ..facts }
    }

    fn of_state(&self, actor: &Actor, named: Option<StateId>, name: Option<&str>, priority: Option<i64>) -> Facts {
        let facts = self.general();
        let others = || self.states.values().filter(|state| Some(state.id) != named);
        let wanted = name.map(key);
        let taken = wanted.is_some_and(|wanted| others().any(|state| key(&state.name) == wanted));
        let priority_taken = priority.is_some_and(|priority| others().any(|state| state.priority == priority));
        let named = named.and_then(|id| self.states.get(&id)).cloned();
        let actor_main =
            actor.id().and_then(|id| self.users.get(&id)).and_then(User::main).map(domain::Character::affiliation);
        let states = StateFacts { named, priority_taken, actor_main, ..facts.states };
        Facts { name: NameFacts { taken, ..NameFacts::default() }, states, ..facts }
    }

    fn group_name(&self, name: &str, except: Option<GroupId>) -> NameFacts {
        let wanted = key(name);
        let has = |group: &&domain::Group| Some(group.id) != except && key(&group.name) == wanted;
        NameFacts {
            taken: self.groups.values().any(|group| has(&group)),
            reserved: self.reserved.values().any(|reserved| key(reserved) == wanted),
            ..NameFacts::default()
        }
    }

    fn username(&self, name: Option<&Username>, email: Option<&Email>, except: Option<UserId>) -> NameFacts {
        let name = name.map(|name| key(name.as_str()));
        let address = email.map(|email| key(email.as_str()));
        let others = || self.users.values().filter(|user| !user.deleted && Some(user.person.id) != except);
        let is = |wanted: &Option<String>, own: &str| wanted.as_deref() == Some(key(own).as_str());
        let has = |wanted: &Option<String>, user: &User| {
            is(wanted, &user.person.username) || user.email.as_deref().is_some_and(|own| is(wanted, own))
        };
        let own = except.and_then(|id| self.users.get(&id));
        let is_called = own.is_some_and(|own| is(&name, &own.person.username));
        let is_reached = own.and_then(|own| own.email.as_deref()).is_some_and(|own| is(&address, own));
        NameFacts {
            taken: !is_called && others().any(|user| has(&name, user)),
            email_taken: !is_reached && others().any(|user| has(&address, user)),
            reserved: false,
        }
    }

    /// The tokens of a user that are not revoked: here they do not end by themselves.
    fn tokens_of(&self, user: UserId) -> Vec<(TokenId, String)> {
        self.tokens.iter().filter(|(_, owner, _)| *owner == user).map(|(id, _, name)| (*id, name.clone())).collect()
    }

    fn person(&self, id: UserId) -> Option<Person> {
        self.users.get(&id).filter(|user| !user.deleted).map(|user| user.person.clone())
    }

    fn reference(&self, id: GroupId) -> Option<GroupRef> {
        self.groups.get(&id).map(domain::Group::reference)
    }
}
