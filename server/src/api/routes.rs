//! Every call of the API, on one screen: api.md's table as code.

use super::{
    audit, events,
    groups::{self, Ask},
    me, members, notifications, permissions, requests, reserved_names,
    route::{Route, delete, get, patch, post, put},
    settings,
    shape::{
        AuditRow, Character, Counts, Group, JoinLink, Me, Member, Notification, Outcome, Request, Reserved, Results,
        Settings, State, User,
    },
    states, users,
};
use serde_json::json;

/// What anybody meets who wants into a group.
const ENTERING: [&str; 3] = ["group_internal", "state_not_allowed", "permission_required"];

/// What deciding a request may meet.
const DECIDING: [&str; 9] = [
    "not_found",
    "not_a_manager",
    "own_request",
    "group_internal",
    "state_not_allowed",
    "permission_required",
    "request_settled",
    "already_member",
    "not_a_member",
];

/// What staff may meet where they lack a right.
const OFFICE: [&str; 2] = ["staff_permission_required", "superuser_required"];

/// All of them. Paths are those below `/api/v1`.
pub(super) fn all() -> Vec<Route> {
    [everybody(), deciders(), group_staff(), user_staff(), instance()].into_iter().flatten().collect()
}

fn everybody() -> Vec<Route> {
    vec![
        get("/me", me::show).says("The account that the token acts for.").gives::<Me>(200, "The account."),
        get("/me/requests", me::requests)
            .says("One's own requests, newest first.")
            .asks::<me::MyRequests>()
            .pages::<Request>(),
        get("/groups", groups::index)
            .says("Groups, by name.")
            .asks::<groups::Groups>()
            .pages::<Group>()
            .refuses(&["staff_permission_required"]),
        get("/groups/{id}", groups::show).says("One group.").gives::<Group>(200, "The group.").refuses(&["not_found"]),
        post("/groups/{id}/join", groups::join)
            .says("Joins an open group at once, or asks to join.")
            .takes::<Ask>()
            .gives::<Outcome>(200, "Joined.")
            .gives::<Outcome>(202, "The request waits.")
            .refuses(&["not_found", "already_member", "already_requested"])
            .refuses(&ENTERING),
        get("/join/{token}", groups::show_by_link)
            .says("The group of a join link.")
            .gives::<Group>(200, "The group.")
            .refuses(&["not_found"]),
        post("/join/{token}", groups::join_by_link)
            .says("Joins the group of a join link, or asks to.")
            .takes::<Ask>()
            .gives::<Outcome>(200, "Joined.")
            .gives::<Outcome>(202, "The request waits.")
            .refuses(&["not_found", "already_member", "already_requested"])
            .refuses(&ENTERING),
        post("/groups/{id}/leave", groups::leave)
            .says("Leaves at once where the rules allow it, or asks to leave.")
            .takes::<Ask>()
            .gives::<Outcome>(200, "Left.")
            .gives::<Outcome>(202, "The request waits.")
            .refuses(&["not_found", "group_internal", "not_a_member", "already_requested"]),
        delete("/requests/{id}", requests::withdraw)
            .says("Takes one's own open request back.")
            .done("Taken back.")
            .refuses(&["not_found", "not_the_applicant", "request_settled"]),
        get("/notifications", notifications::index)
            .says("One's notifications, newest first.")
            .asks::<notifications::Which>()
            .pages::<Notification>(),
        post("/notifications/read", notifications::read)
            .says("Marks notifications as read: some, or all.")
            .takes::<notifications::Read>()
            .done("Marked."),
        get("/events", events::stream)
            .says(
                "The live feed: everything that happens and that the caller may see, as server-sent events. The id of \
                 an event is its place in the feed, its data an AuditRow; after `Last-Event-ID` the feed goes on from \
                 there. An event `reset` says that the place is too old, and where the feed stands now.",
            )
            .asks::<events::Place>()
            .heeds(
                "Last-Event-ID",
                "The id of the last event that is known, as browsers and libraries send it when they connect again; goes \
                 before `since`. One that is none of ours is answered by an event `reset`.",
                json!({ "type": "string" }),
            )
            .gives_as::<String>(200, "The feed; it ends with the token.", "text/event-stream"),
    ]
}

fn deciders() -> Vec<Route> {
    vec![
        get("/requests", requests::index)
            .says("The open requests that the caller may decide, oldest first.")
            .asks::<requests::Queue>()
            .pages::<Request>(),
        get("/requests/count", requests::count).says("How many there are.").gives::<Counts>(200, "The numbers."),
        post("/requests/{id}/approve", requests::approve)
            .says("Says yes to a request.")
            .takes::<requests::Comment>()
            .gives::<Request>(200, "The settled request.")
            .refuses(&DECIDING),
        post("/requests/{id}/reject", requests::reject)
            .says("Says no to a request.")
            .takes::<requests::Comment>()
            .gives::<Request>(200, "The settled request.")
            .refuses(&DECIDING),
        post("/requests/decide", requests::decide_each)
            .says("Decides many requests, each on its own.")
            .takes::<requests::Decide>()
            .gives::<Results>(200, "What came of each, in the same order."),
        get("/groups/{id}/members", members::index)
            .says("The members, by the name of the main character, else the username.")
            .asks::<members::Members>()
            .pages::<Member>()
            .refuses(&["not_found", "not_a_manager"]),
        delete("/groups/{id}/members/{user_id}", members::remove)
            .says("Removes a member.")
            .takes::<Ask>()
            .done("Removed.")
            .refuses(&["not_found", "not_a_manager", "superuser_required", "not_a_member"]),
        get("/groups/{id}/audit", audit::of_group)
            .says("The audit log of a group, newest first; with `Accept: text/csv` all of it as CSV.")
            .asks::<audit::Rows>()
            .pages::<AuditRow>()
            .gives_as::<String>(200, "A page of the list, or all matching rows.", "text/csv")
            .refuses(&["not_found", "not_a_manager"]),
        get("/groups/{id}/join-link", groups::join_link)
            .says("The way into a group that is not listed; of a restricted one, for superusers and those who decide for it.")
            .gives::<JoinLink>(200, "The link.")
            .refuses(&["not_found", "not_a_manager", "superuser_required"]),
        post("/groups/{id}/join-link", groups::replace_join_link)
            .says("Makes the present link worthless and a new one.")
            .gives::<JoinLink>(200, "The new link.")
            .refuses(&["not_found", "not_a_manager", "superuser_required"]),
    ]
}

fn group_staff() -> Vec<Route> {
    let led = |route: Route| route.refuses(&["not_found"]).refuses(&OFFICE);
    vec![
        post("/groups", groups::create)
            .says("Makes a group.")
            .takes::<groups::NewGroup>()
            .gives::<Group>(201, "The group.")
            .refuses(&OFFICE)
            .refuses(&["name_taken", "name_reserved"]),
        patch("/groups/{id}", groups::edit)
            .says("Changes the fields that are named.")
            .takes::<groups::ChangedGroup>()
            .gives::<Group>(200, "The group as it is then.")
            .refuses(&["not_found"])
            .refuses(&OFFICE)
            .refuses(&["name_taken", "name_reserved"]),
        led(delete("/groups/{id}", groups::delete).says("Deletes a group; its log stays.").done("Deleted.")),
        led(put("/groups/{id}/leaders/{user_id}", members::add_leader).says("Names a leader.").done("Leads.")),
        led(delete("/groups/{id}/leaders/{user_id}", members::remove_leader)
            .says("Names a leader no more.")
            .done("Leads no more.")),
        led(put("/groups/{id}/leader-groups/{group_id}", members::add_leader_group)
            .says("Lets the members of another group lead.")
            .done("They lead."))
        .refuses(&["invalid"]),
        led(delete("/groups/{id}/leader-groups/{group_id}", members::remove_leader_group)
            .says("Lets them lead no more.")
            .done("They lead no more.")),
        led(put("/groups/{id}/members/{user_id}", members::add)
            .says("Makes a user a member directly.")
            .takes::<Ask>()
            .done("A member."))
        .refuses(&["state_not_allowed", "already_member", "account_inactive"]),
        led(put("/groups/{id}/permissions/{name}", permissions::give_group)
            .says("Gives a permission to the members of a group.")
            .done("Given.")),
        led(delete("/groups/{id}/permissions/{name}", permissions::take_from_group)
            .says("Takes a permission from the members of a group.")
            .done("Taken.")),
    ]
}

fn user_staff() -> Vec<Route> {
    let about = |route: Route| route.refuses(&["not_found"]).refuses(&OFFICE);
    vec![
        get("/users", users::index)
            .says("Users, by the name they are shown under.")
            .asks::<users::Users>()
            .pages::<User>()
            .refuses(&["staff_permission_required"]),
        post("/users", users::create)
            .says("Makes a user.")
            .takes::<users::NewUser>()
            .gives::<User>(201, "The user.")
            .refuses(&OFFICE)
            .refuses(&["name_taken", "email_taken"]),
        get("/users/{id}", users::show)
            .says("One user.")
            .gives::<User>(200, "The user.")
            .refuses(&["not_found", "staff_permission_required"]),
        about(
            patch("/users/{id}", users::edit)
                .says("Changes the fields that are named.")
                .takes::<users::ChangedUser>()
                .gives::<User>(200, "The user as they are then.")
                .done("Changed, and the caller may look at users no more."),
        )
        .refuses(&["name_taken", "email_taken", "last_superuser"]),
        about(delete("/users/{id}", users::delete).says("Deletes a user; the log stays.").done("Deleted."))
            .refuses(&["last_superuser"]),
        about(
            put("/users/{id}/permissions/{name}", permissions::give_user)
                .says("Gives a user a permission directly.")
                .done("Given."),
        ),
        about(
            delete("/users/{id}/permissions/{name}", permissions::take_from_user)
                .says("Takes from a user a permission they hold directly.")
                .done("Taken."),
        ),
        about(
            post("/users/{id}/characters", users::add_character)
                .says("Gives a user a character.")
                .takes::<users::NewCharacter>()
                .gives::<Character>(201, "The character."),
        )
        .refuses(&["character_taken"]),
        about(
            patch("/users/{id}/characters/{character_id}", users::edit_character)
                .says("Changes the fields that are named.")
                .takes::<users::ChangedCharacter>()
                .gives::<Character>(200, "The character as it is then."),
        ),
        about(
            delete("/users/{id}/characters/{character_id}", users::remove_character)
                .says("Takes a character away.")
                .done("Gone."),
        ),
        about(
            put("/users/{id}/main-character", users::set_main)
                .says("Chooses the main character; everybody may among their own.")
                .takes::<users::Main>()
                .done("Chosen."),
        ),
    ]
}

fn instance() -> Vec<Route> {
    let about = |route: Route| route.refuses(&["not_found"]).refuses(&OFFICE);
    let defined = ["name_taken", "priority_taken"];
    vec![
        get("/states", states::index)
            .says("States, the highest first.")
            .pages::<State>()
            .refuses(&["staff_permission_required"]),
        post("/states", states::create)
            .says("Makes a state.")
            .takes::<states::NewState>()
            .gives::<State>(201, "The state.")
            .refuses(&OFFICE)
            .refuses(&defined),
        about(
            patch("/states/{id}", states::edit)
                .says("Changes the fields that are named.")
                .takes::<states::ChangedState>()
                .gives::<State>(200, "The state as it is then."),
        )
        .refuses(&defined)
        .refuses(&["guest_state"]),
        about(delete("/states/{id}", states::delete).says("Deletes a state.").done("Deleted."))
            .refuses(&["guest_state"]),
        about(
            put("/states/{id}/permissions/{name}", permissions::give_state)
                .says("Gives a permission to everybody in a state.")
                .done("Given."),
        ),
        about(
            delete("/states/{id}/permissions/{name}", permissions::take_from_state)
                .says("Takes a permission from everybody in a state.")
                .done("Taken."),
        ),
        get("/reserved-names", reserved_names::index)
            .says("Names that no group may have, by name.")
            .pages::<Reserved>()
            .refuses(&["staff_permission_required"]),
        post("/reserved-names", reserved_names::create)
            .says("Reserves a name.")
            .takes::<reserved_names::NewReserved>()
            .gives::<Reserved>(201, "The reservation.")
            .refuses(&["staff_permission_required", "name_in_use", "name_reserved"]),
        delete("/reserved-names/{id}", reserved_names::delete)
            .says("Frees a name.")
            .takes::<Ask>()
            .done("Free.")
            .refuses(&["not_found", "staff_permission_required"]),
        get("/settings", settings::show)
            .says("The settings.")
            .gives::<Settings>(200, "The settings.")
            .refuses(&["staff_permission_required"]),
        patch("/settings", settings::edit)
            .says("Changes the settings that are named.")
            .takes::<settings::ChangedSettings>()
            .gives::<Settings>(200, "The settings as they are then.")
            .refuses(&["staff_permission_required"]),
        get("/audit", audit::of_everything)
            .says("The whole audit log, newest first; with `Accept: text/csv` all of it as CSV.")
            .asks::<audit::Rows>()
            .asks::<audit::InGroup>()
            .pages::<AuditRow>()
            .gives_as::<String>(200, "A page of the list, or all matching rows.", "text/csv")
            .refuses(&["not_found", "staff_permission_required"]),
    ]
}
