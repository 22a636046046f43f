//! The flags of groups in forms and in addresses: a text for each.

use domain::{Flag, Flags, PartialFlags};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use std::fmt;

/// What is said of each flag, by its name; nothing where it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlagFields([String; Flag::ALL.len()]);

impl FlagFields {
    /// What the fields of these names say.
    #[must_use]
    pub fn of(said: impl Fn(&'static str) -> String) -> Self {
        Self(Flag::ALL.map(|flag| said(flag.code())))
    }

    /// As ticks.
    pub(crate) fn ticked(flags: Flags) -> Self {
        Self(Flag::ALL.map(|flag| super::draft::ticked(flags.has(flag))))
    }

    /// What is said of a flag.
    #[must_use]
    pub fn get(&self, flag: Flag) -> &str {
        &self.0[flag as usize]
    }

    /// By name, as they stand in the address.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        Flag::ALL.into_iter().map(|flag| (flag.code(), self.get(flag)))
    }

    /// The flags that are ticked.
    pub(crate) fn flags(&self) -> Flags {
        Flags::of(|flag| !self.get(flag).is_empty())
    }

    /// `yes` and `no`; what is neither says nothing.
    pub(crate) fn wanted(&self) -> PartialFlags {
        PartialFlags::of(|flag| super::yes_or_no(self.get(flag)))
    }
}

impl Serialize for FlagFields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.named())
    }
}

impl<'de> Deserialize<'de> for FlagFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("FlagFields", &Flag::CODES, ReadFields)
    }
}

/// Reads the fields of flags; what else is in a form is for others.
struct ReadFields;

impl<'de> Visitor<'de> for ReadFields {
    type Value = FlagFields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text for each flag")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<FlagFields, A::Error> {
        let mut read = FlagFields::default();
        while let Some(name) = fields.next_key::<String>()? {
            match Flag::from_code(&name) {
                Some(flag) => read.0[flag as usize] = fields.next_value()?,
                None => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        Ok(read)
    }
}
