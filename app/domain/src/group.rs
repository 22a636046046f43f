//! A group and its flags (product.md §3).

use crate::{GroupId, Permissions, StateId, closed::closed};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use std::fmt;

closed! {
    /// A flag of a group.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Flag {
        /// Nobody sees, joins, asks for or leaves it as a user (R1).
        Internal = "internal",
        /// Absent from the list for those who are not members (R2).
        Hidden = "hidden",
        /// Joining and leaving take effect at once (R3).
        Open = "open",
        /// `request_groups` is not needed (R4).
        Public = "public",
        /// Only a superuser touches its members, leaders, flags and rights (R5).
        Restricted = "restricted",
    }
}

impl Flag {
    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The flags of a group. Travels as an object with a boolean for each. A new group is internal and hidden.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Flags(u8);

impl Flags {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// Those for which it holds.
    #[must_use]
    pub fn of(mut holds: impl FnMut(Flag) -> bool) -> Self {
        Flag::ALL.into_iter().fold(Self::NONE, |flags, flag| flags.with(flag, holds(flag)))
    }

    /// Whether the flag is set.
    #[must_use]
    pub const fn has(self, flag: Flag) -> bool {
        self.0 & flag.bit() != 0
    }

    /// The flags with this one set, or not.
    #[must_use]
    pub const fn with(self, flag: Flag, set: bool) -> Self {
        Self(if set { self.0 | flag.bit() } else { self.0 & !flag.bit() })
    }

    /// Those that are set, in their order.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.into_iter().filter(move |flag| self.has(*flag))
    }
}

impl Default for Flags {
    fn default() -> Self {
        Self::NONE.with(Flag::Internal, true).with(Flag::Hidden, true)
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for Flags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Flag::ALL.map(|flag| (flag.code(), self.has(flag))))
    }
}

impl<'de> Deserialize<'de> for Flags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PartialFlags::deserialize(deserializer).map(|flags| flags.applied_to(Self::NONE))
    }
}

/// Flags as far as anything is said about them: what is to change, or what is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PartialFlags([Option<bool>; Flag::ALL.len()]);

impl PartialFlags {
    /// What is said of each.
    #[must_use]
    pub fn of(said: impl FnMut(Flag) -> Option<bool>) -> Self {
        Self(Flag::ALL.map(said))
    }

    /// What is said of a flag.
    #[must_use]
    pub const fn get(self, flag: Flag) -> Option<bool> {
        self.0[flag as usize]
    }

    /// The same with a flag that is set, or not.
    #[must_use]
    pub const fn with(mut self, flag: Flag, set: bool) -> Self {
        self.0[flag as usize] = Some(set);
        self
    }

    /// The flags as they would be.
    #[must_use]
    pub fn applied_to(self, flags: Flags) -> Flags {
        Flags::of(|flag| self.get(flag).unwrap_or(flags.has(flag)))
    }
}

impl From<[Option<bool>; Flag::ALL.len()]> for PartialFlags {
    fn from(said: [Option<bool>; Flag::ALL.len()]) -> Self {
        Self(said)
    }
}

impl From<Flags> for PartialFlags {
    fn from(flags: Flags) -> Self {
        Self::of(|flag| Some(flags.has(flag)))
    }
}

impl Serialize for PartialFlags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Flag::ALL.map(|flag| (flag.code(), self.get(flag))))
    }
}

impl<'de> Deserialize<'de> for PartialFlags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("PartialFlags", &Flag::CODES, ReadFlags)
    }
}

/// Reads what an object says of flags; what else is in it is for others.
struct ReadFlags;

impl<'de> Visitor<'de> for ReadFlags {
    type Value = PartialFlags;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of flags")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<PartialFlags, A::Error> {
        let mut flags = PartialFlags::default();
        while let Some(name) = object.next_key::<String>()? {
            match Flag::from_code(&name) {
                Some(flag) => flags.0[flag as usize] = object.next_value()?,
                None => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        Ok(flags)
    }
}

closed! {
    /// Whether leaving a closed group is at once (R8).
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum AutoLeave {
        /// As the setting of the whole instance says.
        #[default]
        Inherit = "inherit",
        /// At once.
        On = "on",
        /// By a request.
        Off = "off",
    }
}

impl AutoLeave {
    /// What holds for a group with this value under the instance's setting.
    #[must_use]
    pub const fn is_effective(self, instance: bool) -> bool {
        match self {
            Self::Inherit => instance,
            Self::On => true,
            Self::Off => false,
        }
    }
}

/// A group as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Its flags.
    pub flags: Flags,
    /// Whether leaving is at once.
    pub auto_leave: AutoLeave,
    /// The states whose users may be in it; empty means any (R6).
    pub states: Vec<StateId>,
    /// What its members are given.
    pub permissions: Permissions,
}

impl Group {
    /// Whether users of this state may be in the group (R6).
    #[must_use]
    pub fn admits_state(&self, state: StateId) -> bool {
        self.outline().admits_state(state)
    }

    /// The group as far as it decides who knows of it.
    #[must_use]
    pub fn outline(&self) -> Outline<'_> {
        Outline { flags: self.flags, states: &self.states }
    }

    /// The group as an event or a list names it.
    #[must_use]
    pub fn reference(&self) -> GroupRef {
        GroupRef { id: self.id, name: self.name.clone() }
    }
}

/// What of a group decides who may know of it and enter it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline<'a> {
    /// Its flags.
    pub flags: Flags,
    /// The states whose users may be in it; empty means any (R6).
    pub states: &'a [StateId],
}

impl Outline<'_> {
    /// Whether users of this state may be in the group (R6).
    #[must_use]
    pub fn admits_state(self, state: StateId) -> bool {
        self.states.is_empty() || self.states.contains(&state)
    }
}

/// A group by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRef {
    /// The group.
    pub id: GroupId,
    /// Its name, as it is or as it was then.
    pub name: String,
}

/// By what somebody comes upon a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FoundBy {
    /// Nothing but that it is of use to them (R2a).
    #[default]
    Use,
    /// The setting by which groups are told to those, too, to whom they are of no use (R2a).
    Setting,
    /// The group's join link (R2).
    Link,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json, to_value};

    #[test]
    fn flags_travel_as_a_boolean_each() {
        let object = json!({ "internal": true, "hidden": true, "open": false, "public": false, "restricted": false });
        assert_eq!(to_value(Flags::default()).unwrap(), object);
        for bits in 0..32 {
            let flags = Flags(bits);
            assert_eq!(from_value::<Flags>(to_value(flags).unwrap()).unwrap(), flags);
        }
    }

    #[test]
    fn a_change_says_of_each_flag_what_becomes_of_it() {
        let change = crate::GroupChange::of_flag(Flag::Open, true);
        let object = json!({
            "name": null, "description": null, "internal": null, "hidden": null, "open": true, "public": null,
            "restricted": null, "auto_leave": null, "states": null, "permissions": null,
        });
        assert_eq!(to_value(&change).unwrap(), object);
        assert_eq!(from_value::<crate::GroupChange>(object).unwrap(), change);
        assert_eq!(
            from_value::<crate::GroupChange>(json!({ "name": "Pilots", "open": true })).unwrap().flags,
            change.flags
        );
        assert_eq!(change.flags.applied_to(Flags::default()), Flags::default().with(Flag::Open, true));
    }
}
