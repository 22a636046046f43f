//! Who may do what: every role against every shape of group, compared with the reviewed `authority.txt`.
//!
//! A cell is what happens: the event, `404` (unseen), a denial's or a conflict's code. The tables of joining show R1 to
//! R4, R6 and R9; of leaving R8 and R9; of withdrawing and deciding R9 and R10; of removing R11; of adding, making and
//! administering groups R5, R6 and R12.

mod cast;

use cast::{ME, NOW, OTHER, REQUEST, Role, account, assert_reviewed, request, subject, table};
use domain::{
    Account, Actor, AutoLeave, Command, Description, EventPayload, Facts, Flag, Flags, Group, GroupChange, GroupDraft,
    GroupKey, GroupName, LeadingGroup, NameFacts, Permission, Permissions, Reach, Refusal, RequestKind, RequestStatus,
    Settings, UserDraft, Username, decide,
};

fn cell(actor: &Actor, command: &Command, facts: &Facts) -> String {
    match decide(actor, command, facts, NOW) {
        Ok(decision) if decision.events().is_empty() => "as it is".into(),
        Ok(decision) => match &decision.events()[0].what {
            EventPayload::Requested(_) => "requested".into(),
            EventPayload::Approved(_) => "approved".into(),
            EventPayload::Rejected(_) => "rejected".into(),
            EventPayload::Withdrawn(_) => "withdrawn".into(),
            EventPayload::Joined => "joined".into(),
            EventPayload::Left => "left".into(),
            EventPayload::Added => "added".into(),
            EventPayload::Removed => "removed".into(),
            EventPayload::GroupCreated(_) | EventPayload::AccountCreated(_) => "created".into(),
            _ => "done".into(),
        },
        Err(Refusal::Unseen) => "404".into(),
        Err(Refusal::Denied(denial)) => match denial.code() {
            "state_not_allowed" => "-state".into(),
            "permission_required" => "-permission".into(),
            "staff_permission_required" => "-staff".into(),
            "superuser_required" => "-superuser".into(),
            "group_internal" => "-internal".into(),
            "own_request" => "-own".into(),
            "not_a_manager" => "-manager".into(),
            "not_the_applicant" => "-applicant".into(),
            other => other.into(),
        },
        Err(Refusal::Invalid(problem)) => format!("?{}", problem.field),
        Err(Refusal::Slow { .. }) => "later".into(),
        Err(Refusal::Conflict(conflict)) => format!("!{}", conflict.code().split('_').next_back().unwrap_or_default()),
    }
}

/// The facts of a command by `role` about itself.
fn about_me(role: &Role, group: &Group, member: bool) -> Facts {
    Facts {
        group: Some(group.clone()),
        standing: role.standing(member),
        subject: role.account.clone().map(|account| subject(account, member, None)),
        ..Facts::default()
    }
}

/// The facts of a command by `role` about somebody else.
fn about_other(role: &Role, group: &Group, other: Account, member: bool) -> Facts {
    Facts {
        group: Some(group.clone()),
        standing: role.standing,
        subject: Some(subject(other, member, None)),
        ..Facts::default()
    }
}

fn applicant() -> Account {
    account(OTHER, &[Permission::RequestGroups])
}

fn deciding(title: &str, command: &Command, kind: RequestKind, who: &dyn Fn() -> Account) -> String {
    table(title, |role, group| {
        let other = who();
        let facts = Facts {
            request: Some(request(other.person.id, kind, RequestStatus::Open)),
            ..about_other(role, group, other, kind == RequestKind::Leave)
        };
        cell(&role.actor(), command, &facts)
    })
}

#[test]
fn the_authority_matrix_is_as_reviewed() {
    let join = Command::Join { group: GroupKey::Id(domain::GroupId(7)), reason: None };
    let leave = Command::Leave { group: domain::GroupId(7), reason: None };
    let withdraw = Command::Withdraw { request: REQUEST };
    let approve = Command::Approve { request: REQUEST, comment: None };
    let reject = Command::Reject { request: REQUEST, comment: None };
    let remove = Command::Remove { group: domain::GroupId(7), member: OTHER, reason: None };
    let misfit = || Account { state: domain::State::BLUE, ..applicant() };
    let powerless = || account(OTHER, &[]);
    let mut text = String::from(
        "# Who may do what. 404: unseen. -x: denied. !x: conflict. The test `authority` prints and compares it.\n\n",
    );
    text += &table("join", |role, group| cell(&role.actor(), &join, &about_me(role, group, false)));
    text += &table("join by the link", |role, group| {
        cell(&role.actor(), &join, &Facts { by_link: true, ..about_me(role, group, false) })
    });
    text += &table("join where unavailable groups are shown", |role, group| {
        let settings = Settings { show_unavailable_groups: true, ..Settings::default() };
        cell(&role.actor(), &join, &Facts { settings, ..about_me(role, group, false) })
    });
    text += &table("join as a member", |role, group| cell(&role.actor(), &join, &about_me(role, group, true)));
    text += &table("join with a request waiting", |role, group| {
        let mut facts = about_me(role, group, false);
        if let Some(me) = &mut facts.subject {
            me.open_request = Some(request(ME, RequestKind::Join, RequestStatus::Open));
        }
        cell(&role.actor(), &join, &facts)
    });
    text += &table("leave", |role, group| cell(&role.actor(), &leave, &about_me(role, group, true)));
    text += &table("leave, auto_leave on for all", |role, group| {
        cell(
            &role.actor(),
            &leave,
            &Facts { settings: Settings { auto_leave: true, ..Settings::default() }, ..about_me(role, group, true) },
        )
    });
    text += &table("leave as a stranger", |role, group| cell(&role.actor(), &leave, &about_me(role, group, false)));
    text += &table("withdraw one's own request", |role, group| {
        let facts = Facts {
            request: Some(request(ME, RequestKind::Join, RequestStatus::Open)),
            ..about_me(role, group, false)
        };
        cell(&role.actor(), &withdraw, &facts)
    });
    text += &deciding("withdraw another's request", &withdraw, RequestKind::Join, &applicant);
    text += &deciding("approve a join", &approve, RequestKind::Join, &applicant);
    text += &deciding("approve a join of somebody in state Blue", &approve, RequestKind::Join, &misfit);
    text += &deciding("approve a join of somebody without request_groups", &approve, RequestKind::Join, &powerless);
    text += &deciding("approve a leave", &approve, RequestKind::Leave, &applicant);
    text += &deciding("reject a join", &reject, RequestKind::Join, &applicant);
    text += &table("approve one's own request", |role, group| {
        let facts = Facts {
            request: Some(request(ME, RequestKind::Join, RequestStatus::Open)),
            ..about_me(role, group, false)
        };
        cell(&role.actor(), &approve, &facts)
    });
    text += &table("approve what is settled", |role, group| {
        let facts = Facts {
            request: Some(request(OTHER, RequestKind::Join, RequestStatus::Rejected)),
            ..about_other(role, group, applicant(), false)
        };
        cell(&role.actor(), &approve, &facts)
    });
    text += &table("remove a member", |role, group| {
        cell(&role.actor(), &remove, &about_other(role, group, applicant(), true))
    });
    text += &table("remove who is no member", |role, group| {
        cell(&role.actor(), &remove, &about_other(role, group, applicant(), false))
    });
    text += &table("create a group of this shape", |role, group| {
        cell(&role.actor(), &Command::CreateGroup(Box::new(draft(group.flags))), &Facts::default())
    });
    text += &table("create a group that carries a permission", |role, group| {
        let draft = GroupDraft {
            permissions: Permissions::NONE.with(Permission::RequestGroups),
            ..draft(group.flags.with(Flag::Restricted, false))
        };
        cell(&role.actor(), &Command::CreateGroup(Box::new(draft)), &Facts::default())
    });
    text += &administering();
    assert_reviewed("authority.txt", &text);
}

/// What only the admin area does, on groups that give nothing and on groups that give what staff do not hold.
fn administering() -> String {
    let group = domain::GroupId(7);
    let edit = |change| Command::EditGroup { group, change: Box::new(change) };
    let flip = |open: bool| edit(GroupChange::of_flag(Flag::Open, open));
    let describe = Description::parse("What we do.").expect("fits");
    let rows = [
        ("add a member", Command::Add { group, member: OTHER, reason: None }),
        ("describe the group", edit(GroupChange { description: Some(describe), ..GroupChange::default() })),
        ("restrict the group", edit(GroupChange::of_flag(Flag::Restricted, true))),
        ("delete the group", Command::DeleteGroup { group }),
        ("name a leader", Command::AddLeader { group, leader: OTHER }),
        ("let a group lead", Command::AddLeaderGroup { group, leading: domain::GroupId(8) }),
        ("replace the join link", Command::ReplaceJoinLink { group }),
    ];
    let leading = |facts: Facts| Facts {
        leading: Some(LeadingGroup {
            group: Group { id: domain::GroupId(8), ..cast::group(Flags::default()) },
            leads: false,
        }),
        ..facts
    };
    let mut text = String::new();
    for (title, command) in rows {
        text += &table(title, |role, group| {
            let facts = leading(about_other(role, group, applicant(), false));
            cell(&role.actor(), &command, &Facts { reach: Reach::of(group), ..facts })
        });
    }
    text += &table("open or close the group", |role, group| {
        let facts = about_other(role, group, applicant(), false);
        cell(&role.actor(), &flip(!group.flags.has(Flag::Open)), &Facts { reach: Reach::of(group), ..facts })
    });
    let more = Reach { restricted: false, permissions: Permissions::NONE.with(Permission::GroupManagement) };
    for (title, command) in [
        ("open or close a group that gives group_management", None),
        (
            "add a member to a group that gives group_management",
            Some(Command::Add { group, member: OTHER, reason: None }),
        ),
        ("name a leader of a group that gives group_management", Some(Command::AddLeader { group, leader: OTHER })),
    ] {
        text += &table(title, |role, group| {
            let facts = about_other(role, group, applicant(), false);
            let command = command.clone().unwrap_or_else(|| flip(!group.flags.has(Flag::Open)));
            cell(&role.actor(), &command, &Facts { reach: Reach::of(group).union(more), ..facts })
        });
    }
    let leads_restricted = Reach { restricted: true, permissions: Permissions::NONE };
    let join = Command::Join { group: GroupKey::Id(group), reason: None };
    for (what, reach) in [("that gives group_management", more), ("that leads a restricted one", leads_restricted)] {
        text += &table(&format!("join a group {what}"), |role, group| {
            let facts = about_me(role, group, false);
            cell(&role.actor(), &join, &Facts { reach: Reach::of(group).union(reach), ..facts })
        });
        text += &table(&format!("join a group {what} by the link"), |role, group| {
            let facts = Facts { by_link: true, ..about_me(role, group, false) };
            cell(&role.actor(), &join, &Facts { reach: Reach::of(group).union(reach), ..facts })
        });
        for (title, command) in [
            ("replace the join link of a group", Command::ReplaceJoinLink { group }),
            ("remove a member of a group", Command::Remove { group, member: OTHER, reason: None }),
            ("delete a group", Command::DeleteGroup { group }),
        ] {
            text += &table(&format!("{title} {what}"), |role, group| {
                let facts = about_other(role, group, applicant(), true);
                cell(&role.actor(), &command, &Facts { reach: Reach::of(group).union(reach), ..facts })
            });
        }
    }
    text
}

#[test]
fn whoever_leads_a_restricted_group_is_a_superusers_to_delete() {
    let delete = Command::DeleteUser { user: OTHER };
    for role in cast::roles().into_iter().filter(|role| matches!(role.name, "user-staff" | "superuser")) {
        let answer = |restricted| {
            let group = cast::group(Flags::default()).reference();
            let leads = vec![domain::NamedLead { group, restricted }];
            let subject = Some(subject(applicant(), false, None));
            cell(&role.actor(), &delete, &Facts { subject, leads, ..Facts::default() })
        };
        assert_eq!(answer(true), if role.name == "superuser" { "done" } else { "-superuser" }, "{}", role.name);
        assert_eq!(answer(false), "done", "{}", role.name);
    }
}

fn draft(flags: Flags) -> GroupDraft {
    GroupDraft {
        name: GroupName::parse("New").expect("a name"),
        description: Description::parse("").expect("may be empty"),
        flags,
        auto_leave: AutoLeave::Inherit,
        states: Vec::new(),
        permissions: Permissions::NONE,
        leaders: Vec::new(),
        leader_groups: Vec::new(),
    }
}

#[test]
fn users_are_made_by_staff_and_staff_by_superusers() {
    let draft = |staff, superuser| {
        Command::CreateUser(Box::new(UserDraft {
            username: Username::parse("new").expect("a name"),
            email: None,
            staff,
            superuser,
            permissions: Permissions::NONE,
        }))
    };
    let answer = |actor: &Actor, command: &Command| cell(actor, command, &Facts::default());
    for role in cast::roles() {
        let actor = role.actor();
        let (plain, staff, superuser) = match role.name {
            "user-staff" => ("created", "-superuser", "-superuser"),
            "superuser" => ("created", "created", "created"),
            _ => ("-staff", "-staff", "-staff"),
        };
        assert_eq!(answer(&actor, &draft(false, false)), plain, "{}", role.name);
        assert_eq!(answer(&actor, &draft(true, false)), staff, "{}", role.name);
        assert_eq!(answer(&actor, &draft(false, true)), superuser, "{}", role.name);
    }
    assert_eq!(answer(&Actor::System, &draft(true, true)), "created");
    let taken = Facts { name: NameFacts { taken: true, ..NameFacts::default() }, ..Facts::default() };
    assert_eq!(cell(&Actor::System, &draft(false, false), &taken), "!taken");
    let known = Facts { name: NameFacts { email_taken: true, ..NameFacts::default() }, ..Facts::default() };
    assert_eq!(cell(&Actor::System, &draft(false, false), &known), "!taken");
}

#[test]
fn the_first_user_is_made_by_nobody_and_only_once() {
    let command = Command::CreateUser(Box::new(UserDraft {
        username: Username::parse("first").expect("a name"),
        email: None,
        staff: true,
        superuser: true,
        permissions: Permissions::NONE,
    }));
    let first = Facts { first_run: true, ..Facts::default() };
    assert_eq!(cell(&Actor::Nobody, &command, &first), "created");
    assert_eq!(cell(&Actor::Nobody, &command, &Facts::default()), "-staff");
}

#[test]
fn a_name_that_is_reserved_or_taken_makes_no_group() {
    let command = Command::CreateGroup(Box::new(draft(Flags::default())));
    let facts =
        |taken, reserved| Facts { name: NameFacts { taken, reserved, ..NameFacts::default() }, ..Facts::default() };
    assert_eq!(cell(&Actor::System, &command, &facts(true, false)), "!taken");
    assert_eq!(cell(&Actor::System, &command, &facts(false, true)), "!reserved");
    assert_eq!(cell(&Actor::System, &command, &facts(true, true)), "!reserved");
}
