//! Making and revoking tokens of the API. A token acts with its owner's rights, so nobody but the owner comes by one.

use super::{Answer, about_person};
use crate::{Actor, Conflict, EventPayload, Facts, Refusal, Subject, Timestamp, TokenId, TokenName, TokenRow};

/// The owner, where they ask themselves, or the command line does for them. To others their tokens do not exist.
fn own<'a>(actor: &Actor, facts: &'a Facts) -> Result<&'a Subject, Refusal> {
    let is_own = |subject: &&Subject| {
        matches!(actor, Actor::System) || actor.id().is_some_and(|actor| actor == subject.account.person.id)
    };
    facts.subject.as_ref().filter(is_own).ok_or(Refusal::Unseen)
}

/// An end that has passed already is no mistake of the rules' making: such a token opens nothing. Nobody keeps an eye on more
/// than so many.
pub(super) fn create(actor: &Actor, name: &TokenName, expires_at: Option<Timestamp>, facts: &Facts) -> Answer {
    let subject = own(actor, facts)?;
    if !subject.account.active {
        return Err(Conflict::AccountInactive.into());
    }
    if facts.tokens.len() >= TokenRow::MOST {
        return Err(Conflict::TooManyTokens.into());
    }
    let what = EventPayload::TokenCreated { id: TokenId::UNASSIGNED, name: name.as_str().to_owned(), expires_at };
    Ok(vec![about_person(what, &subject.account.person)].into())
}

pub(super) fn revoke(actor: &Actor, token: TokenId, facts: &Facts) -> Answer {
    let subject = own(actor, facts)?;
    let name = facts.token.clone().ok_or(Refusal::Unseen)?;
    Ok(vec![about_person(EventPayload::TokenRevoked(token, name), &subject.account.person)].into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Account, Permissions, Person, Reach, State, UserId};

    fn account(id: i64, superuser: bool) -> Account {
        Account {
            person: Person { id: UserId(id), username: format!("user{id}"), main_character: None },
            active: true,
            staff: superuser,
            superuser,
            granted: Permissions::NONE,
            state: State::GUEST,
        }
    }

    fn of(account: Account) -> Facts {
        let subject = Subject {
            account,
            own: Permissions::NONE,
            member: false,
            leader: false,
            open_request: None,
            reach: Reach::default(),
            email: None,
        };
        Facts { subject: Some(subject), token: Some("a script".to_owned()), ..Facts::default() }
    }

    #[test]
    fn a_token_is_its_owners_affair_and_nobody_elses() {
        let name = TokenName::parse("a script").expect("a name");
        let facts = of(account(1, false));
        for (actor, allowed) in [
            (Actor::User(account(1, false)), true),
            (Actor::System, true),
            (Actor::User(account(2, true)), false),
            (Actor::Nobody, false),
        ] {
            assert_eq!(create(&actor, &name, None, &facts).is_ok(), allowed, "{actor:?}");
            assert_eq!(revoke(&actor, TokenId(1), &facts).is_ok(), allowed, "{actor:?}");
        }
        assert_eq!(
            revoke(&Actor::System, TokenId(1), &Facts { token: None, ..facts }),
            Err(Refusal::Unseen),
            "it is revoked already, or somebody else's"
        );
    }

    #[test]
    fn nobody_has_more_tokens_than_they_can_look_after() {
        let name = TokenName::parse("a script").expect("a name");
        let with = |count: usize| {
            let tokens = (0..count).map(|id| (TokenId(id.try_into().expect("is small")), "a script".to_owned()));
            Facts { tokens: tokens.collect(), ..of(account(1, false)) }
        };
        for actor in [Actor::User(account(1, false)), Actor::System] {
            assert!(create(&actor, &name, None, &with(TokenRow::MOST - 1)).is_ok());
            assert_eq!(create(&actor, &name, None, &with(TokenRow::MOST)), Err(Conflict::TooManyTokens.into()));
        }
    }

    #[test]
    fn an_inactive_account_gets_no_token() {
        let name = TokenName::parse("a script").expect("a name");
        let facts = of(Account { active: false, ..account(1, false) });
        assert_eq!(create(&Actor::System, &name, None, &facts), Err(Conflict::AccountInactive.into()));
    }
}
