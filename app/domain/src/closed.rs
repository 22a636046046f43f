//! Closed enums that know all of themselves: whatever lists their values, names them or reads their names takes that from
//! here, and cannot lag behind.

/// An enum without payloads, each of its values with its code: with `ALL` of them in their order, `code` and its inverse.
#[macro_export]
macro_rules! listed {
    ($(#[$about:meta])* $seen:vis enum $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$about])*
        $seen enum $name {
            $($(#[$of])* $variant),+
        }

        impl $name {
            /// All there are, in their order.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            /// The codes of all of them, in their order.
            pub const CODES: [&'static str; [$($code),+].len()] = [$($code),+];

            /// The code in forms, addresses and style sheets, and of the API.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }

            /// The value with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.code() == code)
            }
        }
    };
}

/// Such an enum that is written and read by its codes.
macro_rules! closed {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $crate::listed! {
            $(#[$about])*
            #[derive(serde::Serialize, serde::Deserialize)]
            pub enum $name {
                $($(#[$of])* #[serde(rename = $code)] $variant = $code),+
            }
        }
    };
}
pub(crate) use closed;

/// An enum of which each variant has a code, with the `CODES` of all of them in their order.
macro_rules! coded {
    ($(#[$about:meta])* pub enum $name:ident {
        $($(#[$of:meta])* $variant:ident $(($($payload:ty),+))? = $code:literal),+ $(,)?
    }) => {
        $(#[$about])*
        pub enum $name {
            $($(#[$of])* $variant $(($($payload),+))?),+
        }

        impl $name {
            /// The codes of all there are, in their order.
            pub const CODES: [&'static str; [$($code),+].len()] = [$($code),+];

            /// The code used in the API.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $code),+
                }
            }
        }
    };
}
pub(crate) use coded;

#[cfg(test)]
mod tests {
    use crate::{Conflict, Denial, EventType, MemberOrder};
    use serde_json::{from_value, json, to_value};

    #[test]
    fn a_value_is_written_and_read_by_its_code() {
        assert_eq!(EventType::ALL.map(EventType::code).map(EventType::from_code), EventType::ALL.map(Some));
        assert_eq!(to_value(EventType::ReservedName).unwrap(), json!("reserved_name"));
        for denial in Denial::ALL {
            assert_eq!(to_value(denial).unwrap(), json!(denial.code()));
            assert_eq!(from_value::<Denial>(json!(denial.code())).unwrap(), denial);
        }
        assert_eq!(MemberOrder::from_code("Newest"), None);
        assert_eq!(MemberOrder::from_code("newest"), Some(MemberOrder::Newest));
    }

    #[test]
    fn a_conflict_is_written_by_its_code() {
        for code in Conflict::CODES {
            let refused = from_value::<Conflict>(json!(code)).err().map(|error| error.to_string());
            assert!(refused.is_none_or(|error| !error.contains("unknown variant")), "{code}");
        }
    }
}
