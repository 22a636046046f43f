//! Closed enums that know all of themselves: whatever lists their values takes the list from here, and cannot lag behind.

/// An enum without payloads, with `ALL` of its values in their order; where each has a code, with `code` and its inverse.
macro_rules! closed {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $crate::closed::closed! { $(#[$about])* pub enum $name { $($(#[$of])* $variant),+ } }

        impl $name {
            /// The code of the API, of forms and of addresses.
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
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$of:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$about])*
        pub enum $name {
            $($(#[$of])* $variant),+
        }

        impl $name {
            /// All there are, in their order.
            pub const ALL: [Self; [$(stringify!($variant)),+].len()] = [$(Self::$variant),+];
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
