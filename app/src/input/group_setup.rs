//! Setting groups up: the drafts of a new group and of a change.

use super::{Draft, FlagFields, Reading, Stage};
use crate::error::AppError;
use domain::{
    AutoLeave, ByName, Command, Description, Flags, Flaw, GroupChange, GroupDraft, GroupId, GroupName, GroupRow,
    Permission, Permissions, Problem, StateId,
};
use serde::{Deserialize, Serialize};

/// Everything a group is set to, as forms send it; part of the draft of a new one and of that of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupFields {
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// `yes` for each that is set: R1 to R5.
    #[serde(flatten)]
    pub flags: FlagFields,
    /// `inherit`, `on` or `off`: R8.
    pub auto_leave: String,
    /// The ids of the states it is bound to: R6.
    pub states: Vec<String>,
    /// The names of the permissions that members are given.
    pub permissions: Vec<String>,
}

/// A group as it is to be set.
struct Fields {
    name: GroupName,
    description: Description,
    flags: Flags,
    auto_leave: AutoLeave,
    states: Vec<StateId>,
    permissions: Permissions,
}

impl GroupFields {
    /// The fields as they stand for this group.
    #[must_use]
    pub fn of(row: &GroupRow) -> Self {
        Self {
            name: row.name.clone(),
            description: row.description.clone(),
            auto_leave: row.auto_leave.code().to_owned(),
            states: row.states.iter().map(|state| state.id.to_string()).collect(),
            permissions: row.permissions.iter().flat_map(|all| all.iter()).map(|it| it.code().to_owned()).collect(),
            flags: FlagFields::ticked(row.flags),
        }
    }

    /// The fields of a group of which nothing is said yet.
    #[must_use]
    pub fn fresh() -> Self {
        let auto_leave = AutoLeave::default().code().to_owned();
        Self { auto_leave, flags: FlagFields::ticked(Flags::default()), ..Self::default() }
    }

    /// The flags.
    pub(crate) fn flags(&self) -> Flags {
        self.flags.flags()
    }

    /// Whether leaving is at once; as the settings say where that cannot be read.
    pub(crate) fn leaving(&self) -> AutoLeave {
        AutoLeave::from_code(&self.auto_leave).unwrap_or_default()
    }

    /// Whether a state is among them.
    pub(crate) fn admits(&self, state: StateId) -> bool {
        self.states.iter().any(|id| id.parse() == Ok(state.0))
    }

    /// Whether a permission is among them.
    pub(crate) fn gives(&self, permission: Permission) -> bool {
        self.permissions.iter().any(|name| name == permission.code())
    }

    fn read(&self, reading: &mut Reading) -> Option<Fields> {
        let name = reading.take("name", GroupName::parse(&self.name));
        let description = reading.take("description", Description::parse(&self.description));
        let wanted = AutoLeave::from_code(&self.auto_leave);
        let auto_leave = reading.take("auto_leave", wanted.ok_or(Flaw::Malformed));
        let states = reading.take("states", self.states());
        let permissions = reading.take("permissions", self.permissions());
        let read = name.zip(description).zip(auto_leave).zip(states).zip(permissions);
        read.map(|((((name, description), auto_leave), states), permissions)| Fields {
            name,
            description,
            flags: self.flags(),
            auto_leave,
            states,
            permissions,
        })
    }

    fn states(&self) -> Result<Vec<StateId>, Flaw> {
        self.states.iter().map(|id| id.parse().map(StateId).map_err(|_| Flaw::Malformed)).collect()
    }

    fn permissions(&self) -> Result<Permissions, Flaw> {
        let named = |name: &String| Permission::from_code(name).ok_or(Flaw::Unknown);
        self.permissions.iter().map(named).collect()
    }

    /// By name, as they stand in the address.
    fn named(&self) -> Vec<(&'static str, String)> {
        let texts = [("name", &self.name), ("description", &self.description)].map(|(name, text)| (name, text.clone()));
        let flags = self.flags.named().map(|(name, tick)| (name, tick.to_owned()));
        let auto_leave = ("auto_leave", self.auto_leave.clone());
        let states = self.states.iter().map(|id| (GROUP_STATES, id.clone()));
        let permissions = self.permissions.iter().map(|name| (PERMISSIONS, name.clone()));
        texts.into_iter().chain(flags).chain([auto_leave]).chain(states).chain(permissions).collect()
    }
}

/// The field that names states, once for each.
pub(crate) const GROUP_STATES: &str = "states[]";

/// The field that names permissions, once for each.
pub(crate) const PERMISSIONS: &str = "permissions[]";

/// To make a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewGroupForm {
    /// What it is to be set to.
    #[serde(flatten)]
    pub fields: GroupFields,
    /// Who leads it: one name a line.
    pub leaders: String,
    /// The groups whose members lead it: one name a line.
    pub leader_groups: String,
    /// How far the draft is.
    #[serde(flatten)]
    pub stage: Stage,
}

/// The names of a text, one a line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Draft<ByName> for NewGroupForm {
    fn stage(&self) -> &Stage {
        &self.stage
    }

    fn command(&self) -> Result<ByName, AppError> {
        let mut reading = Reading::default();
        let read = self.fields.read(&mut reading).map(|fields| ByName::CreateGroup {
            draft: Box::new(GroupDraft {
                name: fields.name,
                description: fields.description,
                flags: fields.flags,
                auto_leave: fields.auto_leave,
                states: fields.states,
                permissions: fields.permissions,
                leaders: Vec::new(),
                leader_groups: Vec::new(),
            }),
            leaders: lines(&self.leaders),
            leader_groups: lines(&self.leader_groups),
        });
        reading.finish(read)
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let leaders = [("leaders", self.leaders.clone()), ("leader_groups", self.leader_groups.clone())];
        self.fields.named().into_iter().chain(leaders).collect()
    }
}

/// To change a group, or to delete it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupSetupForm {
    /// The id of the group.
    pub group: String,
    /// What it is to be set to.
    #[serde(flatten)]
    pub fields: GroupFields,
    /// What it is called, where it is to be deleted.
    pub called: String,
    /// What was typed to confirm that it is meant.
    pub typed: String,
    /// How far the draft is.
    #[serde(flatten)]
    pub stage: Stage,
}

impl GroupSetupForm {
    /// The group; what is no id names nothing that exists.
    pub fn group(&self) -> Result<GroupId, AppError> {
        self.group.parse().map_err(|_| AppError::NotFound)
    }

    /// What is to change: everything is said, and what is as it was changes nothing.
    pub fn change(&self) -> Result<GroupChange, AppError> {
        let mut reading = Reading::default();
        let read = self.fields.read(&mut reading).map(|fields| GroupChange {
            name: Some(fields.name),
            description: Some(fields.description),
            flags: fields.flags.into(),
            auto_leave: Some(fields.auto_leave),
            states: Some(fields.states),
            permissions: Some(fields.permissions),
        });
        reading.finish(read)
    }

    /// Nobody deletes a group by mistake: its name has to be typed.
    fn deletion(&self, group: GroupId) -> Result<Command, AppError> {
        let flaw = match self.typed.trim() {
            "" => Some(Flaw::Missing),
            typed if typed == self.called.trim() => None,
            _ => Some(Flaw::Wrong),
        };
        match flaw {
            Some(flaw) => Err(AppError::Invalid(vec![Problem::new("typed", flaw)])),
            None => Ok(Command::DeleteGroup { group }),
        }
    }
}

impl Draft for GroupSetupForm {
    fn stage(&self) -> &Stage {
        &self.stage
    }

    fn command(&self) -> Result<Command, AppError> {
        let group = self.group()?;
        if self.stage.deletes() {
            return self.deletion(group);
        }
        Ok(Command::EditGroup { group, change: Box::new(self.change()?) })
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let group = ("group", self.group.clone());
        if self.stage.deletes() {
            return vec![group, ("called", self.called.clone()), ("typed", self.typed.clone())];
        }
        [group].into_iter().chain(self.fields.named()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Fingerprint, Flag, MyStatus, StateRef};

    fn row() -> GroupRow {
        GroupRow {
            id: GroupId(7),
            order: None,
            name: "Pilots".to_owned(),
            description: "Who flies.\nEvery evening.".to_owned(),
            flags: Flags::NONE.with(Flag::Hidden, true).with(Flag::Public, true).with(Flag::Restricted, true),
            auto_leave: AutoLeave::Off,
            states: vec![StateRef { id: StateId(3), name: "Member".to_owned() }],
            permissions: Some(Permissions::NONE.with(Permission::ViewAudit)),
            leaders: Vec::new(),
            leader_groups: Vec::new(),
            is_led: false,
            member_count: None,
            my_status: MyStatus::None,
            my_request: None,
            offers: Vec::new(),
        }
    }

    fn drafted(fields: GroupFields) -> GroupSetupForm {
        GroupSetupForm { group: "7".to_owned(), fields, stage: Stage::at("look".to_owned()), ..Default::default() }
    }

    #[test]
    fn the_form_of_a_group_comes_to_the_same_group() {
        let change = drafted(GroupFields::of(&row())).change().expect("is read");
        let same = row();
        assert_eq!(change.name.as_ref().map(GroupName::as_str), Some("Pilots"));
        assert_eq!(change.flags, same.flags.into());
        assert_eq!((change.auto_leave, change.states), (Some(same.auto_leave), Some(vec![StateId(3)])));
        assert_eq!(change.permissions, same.permissions);
    }

    #[test]
    fn a_new_group_is_internal_and_hidden_until_one_says_otherwise() {
        let name = "New".to_owned();
        let form = NewGroupForm { fields: GroupFields { name, ..GroupFields::fresh() }, ..NewGroupForm::default() };
        let Ok(ByName::CreateGroup { draft, leaders, .. }) = form.command() else { panic!("{:?}", form.command()) };
        assert_eq!((draft.flags, draft.auto_leave), (Flags::default(), AutoLeave::Inherit));
        assert_eq!(leaders, Vec::<String>::new());
    }

    #[test]
    fn the_leaders_of_a_new_group_stand_one_a_line() {
        let form = NewGroupForm { leaders: " ana \n\n Bo Vex\r\n".to_owned(), ..NewGroupForm::default() };
        let form = NewGroupForm { fields: GroupFields::of(&row()), ..form };
        let Ok(command) = form.command() else { panic!("{:?}", form.command()) };
        assert_eq!(command.names().people, ["ana", "Bo Vex"]);
    }

    #[test]
    fn every_problem_of_a_draft_comes_at_once() {
        let fields = GroupFields {
            description: "x".repeat(513),
            states: vec!["x".to_owned()],
            permissions: vec!["fly".to_owned()],
            ..GroupFields::default()
        };
        let expected = vec![
            Problem::new("name", Flaw::Missing),
            Problem::new("description", Flaw::TooLong(512)),
            Problem::new("auto_leave", Flaw::Malformed),
            Problem::new("states", Flaw::Malformed),
            Problem::new("permissions", Flaw::Unknown),
        ];
        assert_eq!(drafted(fields).command(), Err(AppError::Invalid(expected)));
    }

    #[test]
    fn a_draft_carries_all_it_says_to_its_confirmation() {
        let form = drafted(GroupFields::of(&row()));
        let fields = form.fields();
        assert!(fields.contains(&(GROUP_STATES, "3".to_owned())), "{fields:?}");
        assert!(fields.contains(&(PERMISSIONS, "view_audit".to_owned())), "{fields:?}");
        assert!(fields.contains(&("description", "Who flies.\nEvery evening.".to_owned())), "{fields:?}");
        let seen = Fingerprint::of(5);
        let stage = Stage { fingerprint: seen.to_string(), ..form.stage.clone() };
        let ((command, _), fingerprint) = GroupSetupForm { stage, ..form }.confirmed().expect("is read");
        assert!(matches!(command, Command::EditGroup { group: GroupId(7), .. }) && fingerprint == seen);
    }

    #[test]
    fn a_group_is_deleted_by_its_name_alone() {
        let deleting = |typed: &str| GroupSetupForm {
            group: "7".to_owned(),
            called: "Pilots".to_owned(),
            typed: typed.to_owned(),
            stage: Stage::at("delete".to_owned()),
            ..Default::default()
        };
        let refused = |flaw| Err(AppError::Invalid(vec![Problem::new("typed", flaw)]));
        assert_eq!(deleting(" Pilots ").command(), Ok(Command::DeleteGroup { group: GroupId(7) }));
        assert_eq!(deleting("pilots").command(), refused(Flaw::Wrong));
        assert_eq!(deleting("").command(), refused(Flaw::Missing));
        assert_eq!(GroupSetupForm::default().command(), Err(AppError::NotFound));
    }
}
