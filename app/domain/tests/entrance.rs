//! The ways in that are made of a link: who may come by them, and until when.

mod cast;

use cast::{ME, NOW, OTHER, account, subject};
use domain::{
    Account, Actor, Command, Conflict, Decision, Denial, EventPayload, Facts, Flaw, Invitation, InvitationDraft,
    InvitationId, NameFacts, Permission, Problem, Refusal, Registration, RegistrationDraft, ResetLink, Settings,
    Username, decide,
};

fn register() -> Command {
    let draft = RegistrationDraft { username: Username::parse("new").expect("a name"), email: None };
    Command::Register(Box::new(draft))
}

fn invitation() -> Invitation {
    let ends_at = NOW.plus_seconds(60);
    Invitation { id: InvitationId(7), uses: 2, used: 1, ends_at, revoked: false, note: None }
}

fn door(registration: Registration, invitation: Option<Invitation>) -> Facts {
    Facts { settings: Settings { registration, ..Settings::default() }, invitation, ..Facts::default() }
}

fn what(answer: Result<Decision, Refusal>) -> Result<EventPayload, Refusal> {
    answer.map(|decision| decision.events()[0].what.clone())
}

#[test]
fn whoever_has_no_account_registers_as_the_setting_says() {
    let ended = [
        Invitation { used: 2, ..invitation() },
        Invitation { ends_at: NOW, ..invitation() },
        Invitation { revoked: true, ..invitation() },
    ];
    let by = |facts: &Facts| match what(decide(&Actor::Nobody, &register(), facts, NOW)) {
        Ok(EventPayload::Registered { invitation, .. }) => Ok(invitation),
        Ok(other) => panic!("{other:?}"),
        Err(refusal) => Err(refusal),
    };
    let denied = |denial: Denial| Err(Refusal::Denied(denial));
    assert_eq!(by(&door(Registration::Closed, Some(invitation()))), denied(Denial::RegistrationClosed));
    assert_eq!(by(&door(Registration::Open, None)), Ok(None));
    assert_eq!(by(&door(Registration::Open, Some(invitation()))), Ok(None), "an invitation is kept for others");
    assert_eq!(by(&door(Registration::Invitation, None)), denied(Denial::InvitationRequired));
    assert_eq!(by(&door(Registration::Invitation, Some(invitation()))), Ok(Some(InvitationId(7))));
    for ended in ended {
        assert_eq!(by(&door(Registration::Invitation, Some(ended))), denied(Denial::InvitationRequired));
    }
    let taken = Facts { name: NameFacts { taken: true, ..NameFacts::default() }, ..door(Registration::Open, None) };
    assert_eq!(by(&taken), Err(Refusal::Conflict(Conflict::NameTaken)));
    let known =
        Facts { name: NameFacts { email_taken: true, ..NameFacts::default() }, ..door(Registration::Open, None) };
    assert_eq!(by(&known), Err(Refusal::Conflict(Conflict::EmailTaken)));
    let signed_in = Actor::User(account(ME, &[]));
    let answer = decide(&signed_in, &register(), &door(Registration::Open, None), NOW);
    assert_eq!(answer, Err(Refusal::Unseen), "who has an account makes no other");
}

#[test]
fn an_invitation_has_bounds() {
    const YEAR: i64 = 366 * 24 * 60 * 60;
    let staff = Actor::User(Account { staff: true, ..account(ME, &[Permission::ManageUsers]) });
    let answer = |uses, seconds| {
        let draft = InvitationDraft { uses, ends_at: NOW.plus_seconds(seconds), note: None };
        what(decide(&staff, &Command::CreateInvitation(Box::new(draft)), &Facts::default(), NOW))
    };
    let uses = Err(Refusal::Invalid(Problem::new("uses", Flaw::OutOfRange(1, 1000))));
    let end = Err(Refusal::Invalid(Problem::new("ends_at", Flaw::OutOfRange(1, 366))));
    assert_eq!((answer(0, 60), answer(1001, 60)), (uses.clone(), uses));
    assert_eq!((answer(1, 0), answer(1, YEAR + 1)), (end.clone(), end));
    assert!(answer(1, 1).is_ok() && answer(1000, YEAR).is_ok());
}

#[test]
fn revoking_twice_changes_nothing_more() {
    let command = Command::RevokeInvitation { invitation: InvitationId(7) };
    let facts = |revoked| Facts { invitation: Some(Invitation { revoked, ..invitation() }), ..Facts::default() };
    let events = |facts: &Facts| decide(&Actor::System, &command, facts, NOW).map(|it| it.events().len());
    assert_eq!((events(&facts(false)), events(&facts(true))), (Ok(1), Ok(0)));
}

#[test]
fn a_link_sets_a_password_while_its_author_may() {
    let staff = |granted: &[Permission]| Actor::User(Account { staff: true, ..account(ME, granted) });
    let link = |author: Actor| ResetLink { author, ends_at: NOW.plus_seconds(1) };
    let facts = |author: Actor, granted: &[Permission]| Facts {
        reset_link: Some(link(author)),
        subject: Some(subject(account(OTHER, granted), false, None)),
        ..Facts::default()
    };
    let answer = |facts: &Facts, now| what(decide(&Actor::Nobody, &Command::ResetPassword, facts, now));
    let good = facts(staff(&[Permission::ManageUsers]), &[]);
    assert_eq!(answer(&good, NOW), Ok(EventPayload::PasswordReset));
    assert_eq!(answer(&facts(Actor::System, &[Permission::GroupManagement]), NOW), Ok(EventPayload::PasswordReset));
    let unseen = Err(Refusal::Unseen);
    assert_eq!(answer(&good, NOW.plus_seconds(1)), unseen, "it has run out");
    assert_eq!(answer(&Facts { reset_link: None, ..good.clone() }, NOW), unseen, "it was used");
    assert_eq!(answer(&Facts { subject: None, ..good.clone() }, NOW), unseen, "the account is gone");
    let asleep = subject(Account { active: false, ..account(OTHER, &[]) }, false, None);
    assert_eq!(answer(&Facts { subject: Some(asleep), ..good }, NOW), unseen, "the account is inactive");
    assert_eq!(answer(&facts(staff(&[]), &[]), NOW), unseen, "its author is no longer in office");
    assert_eq!(answer(&facts(Actor::Nobody, &[]), NOW), unseen, "its author is gone");
    let grown = facts(staff(&[Permission::ManageUsers]), &[Permission::GroupManagement]);
    assert_eq!(answer(&grown, NOW), unseen, "the account has come to more than its author");
}
