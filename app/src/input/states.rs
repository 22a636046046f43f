//! The form of a state.

use super::{Draft, Reading, Stage, draft::ticked};
use crate::error::AppError;
#[cfg(feature = "ssr")]
use domain::StateRow;
use domain::{
    Command, Flaw, Outcome, Permission, Permissions, Receipt, Scope, State, StateChange, StateDraft, StateId, StateName,
};
use serde::{Deserialize, Serialize};

/// The path of the list of states.
pub(crate) const STATES: &str = "/admin/states";

/// To make, change or delete a state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StateForm {
    /// The id of the state; empty for one that is to be made.
    pub state: String,
    /// Its name.
    pub name: String,
    /// Its priority.
    pub priority: String,
    /// `yes` where it is open to every main character.
    pub public: String,
    /// External ids, in one text.
    pub characters: String,
    /// External ids, in one text.
    pub corporations: String,
    /// External ids, in one text.
    pub alliances: String,
    /// External ids, in one text.
    pub factions: String,
    /// The names of what its people hold.
    pub permissions: Vec<String>,
    /// How far the draft is.
    #[serde(flatten)]
    pub stage: Stage,
}

/// External ids as they stand in a field.
fn listed(ids: &[i64]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// External ids from such a text, each once and in order.
fn ids(text: &str) -> Result<Vec<i64>, Flaw> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty());
    let mut ids = words.map(str::parse).collect::<Result<Vec<i64>, _>>().map_err(|_| Flaw::Malformed)?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

impl StateForm {
    /// The form as it stands for a state.
    #[must_use]
    pub fn of(state: &State) -> Self {
        Self {
            state: state.id.to_string(),
            name: state.name.clone(),
            priority: state.priority.to_string(),
            public: ticked(state.public),
            characters: listed(&state.scope.characters),
            corporations: listed(&state.scope.corporations),
            alliances: listed(&state.scope.alliances),
            factions: listed(&state.scope.factions),
            permissions: state.permissions.iter().map(|permission| permission.code().to_owned()).collect(),
            stage: Stage::default(),
        }
    }

    /// The state it is about; `None` where it is to be made. What is no id names nothing that exists.
    pub fn subject(&self) -> Result<Option<StateId>, AppError> {
        if self.state.is_empty() { Ok(None) } else { self.state.parse().map(Some).map_err(|_| AppError::NotFound) }
    }

    /// The state it is about, among all there are.
    #[cfg(feature = "ssr")]
    pub(crate) fn among(&self, states: Vec<StateRow>) -> Result<Option<StateRow>, AppError> {
        let Some(wanted) = self.subject()? else { return Ok(None) };
        states.into_iter().find(|row| row.state.id == wanted).map(Some).ok_or(AppError::NotFound)
    }

    /// Where one goes once it is done: to the state, or to the list where it is gone.
    #[must_use]
    pub fn onward(&self, receipt: &Receipt) -> String {
        match receipt.outcome {
            Outcome::StateCreated(made) => format!("{STATES}/{made}"),
            _ if self.stage.deletes() => STATES.to_owned(),
            _ => format!("{STATES}/{}", self.state),
        }
    }

    /// Whether its people are to hold a permission.
    #[must_use]
    pub fn gives(&self, permission: Permission) -> bool {
        self.permissions.iter().any(|name| name == permission.code())
    }

    /// The state as it is to be.
    pub fn parse(&self) -> Result<StateDraft, AppError> {
        let mut reading = Reading::default();
        let name = reading.take("name", StateName::parse(&self.name));
        let priority = self.priority.trim();
        let flaw = if priority.is_empty() { Flaw::Missing } else { Flaw::Malformed };
        let priority = reading.take("priority", priority.parse().map_err(|_| flaw));
        let characters = reading.take("characters", ids(&self.characters));
        let corporations = reading.take("corporations", ids(&self.corporations));
        let alliances = reading.take("alliances", ids(&self.alliances));
        let factions = reading.take("factions", ids(&self.factions));
        let permissions = reading.take("permissions", self.held());
        let scope = characters.zip(corporations).zip(alliances.zip(factions)).map(
            |((characters, corporations), (alliances, factions))| Scope {
                characters,
                corporations,
                alliances,
                factions,
            },
        );
        let read = name.zip(priority).zip(scope).zip(permissions);
        reading.finish(read.map(|(((name, priority), scope), permissions)| StateDraft {
            name,
            priority,
            public: !self.public.is_empty(),
            permissions,
            scope,
        }))
    }

    fn held(&self) -> Result<Permissions, Flaw> {
        let named = |name: &String| Permission::from_code(name);
        self.permissions.iter().map(|name| named(name).ok_or(Flaw::Unknown)).collect()
    }
}

impl Draft for StateForm {
    fn stage(&self) -> &Stage {
        &self.stage
    }

    fn about(&self) -> Option<(&'static str, String)> {
        (!self.state.is_empty()).then(|| ("state", self.state.clone()))
    }

    fn command(&self) -> Result<Command, AppError> {
        match self.subject()? {
            Some(state) if self.stage.deletes() => Ok(Command::DeleteState { state }),
            Some(state) => {
                let StateDraft { name, priority, public, permissions, scope } = self.parse()?;
                let change = StateChange {
                    name: Some(name),
                    priority: Some(priority),
                    public: Some(public),
                    permissions: Some(permissions),
                    characters: Some(scope.characters),
                    corporations: Some(scope.corporations),
                    alliances: Some(scope.alliances),
                    factions: Some(scope.factions),
                };
                Ok(Command::EditState { state, change: Box::new(change) })
            }
            None => self.parse().map(|draft| Command::CreateState(Box::new(draft))),
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let texts = [
            ("name", &self.name),
            ("priority", &self.priority),
            ("public", &self.public),
            ("characters", &self.characters),
            ("corporations", &self.corporations),
            ("alliances", &self.alliances),
            ("factions", &self.factions),
        ];
        let texts = texts.map(|(name, value)| (name, value.clone()));
        texts.into_iter().chain(self.permissions.iter().map(|name| ("permissions[]", name.clone()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Problem;

    fn blue() -> State {
        State {
            id: State::BLUE,
            name: "Blue".to_owned(),
            priority: 50,
            public: false,
            permissions: Permissions::NONE.with(Permission::RequestGroups),
            scope: Scope { corporations: vec![3, 9], ..Scope::default() },
        }
    }

    #[test]
    fn the_form_of_a_state_comes_to_the_same_state() {
        let Ok(Command::EditState { state, change }) = StateForm::of(&blue()).command() else { panic!("is a change") };
        assert_eq!((state, change.applied_to(&blue())), (State::BLUE, blue()));
        assert_eq!(change.permissions, Some(blue().permissions));
    }

    #[test]
    fn ids_are_parted_as_one_likes_and_named_once() {
        let form = StateForm { factions: " 9, 3\n9;12 ".to_owned(), ..StateForm::of(&blue()) };
        assert_eq!(form.parse().map(|draft| draft.scope.factions), Ok(vec![3, 9, 12]));
        let form = StateForm { priority: String::new(), factions: "Dawn".to_owned(), ..form };
        let problems = vec![Problem::new("priority", Flaw::Missing), Problem::new("factions", Flaw::Malformed)];
        assert_eq!(form.parse(), Err(AppError::Invalid(problems)));
    }

    #[test]
    fn what_is_about_no_state_makes_one() {
        let form = StateForm { state: String::new(), ..StateForm::of(&blue()) };
        assert!(matches!(form.command(), Ok(Command::CreateState(_))));
        assert_eq!(StateForm { state: "x".to_owned(), ..form }.command(), Err(AppError::NotFound));
        let stage = Stage::at("delete".to_owned());
        let deletes = StateForm { stage, ..StateForm::of(&blue()) }.command();
        assert_eq!(deletes, Ok(Command::DeleteState { state: State::BLUE }));
    }
}
