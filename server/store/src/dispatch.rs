//! Hands each operation to whichever database it is.

/// Asks whichever database it is.
macro_rules! dispatch {
    ($store:expr, $database:ident => $answer:expr) => {
        match &$store.database {
            $crate::Database::Sqlite($database) => $answer,
            $crate::Database::Postgres($database) => $answer,
        }
    };
}

/// Makes a method of the facade of each operation.
macro_rules! operations {
    ($(
        $(#[$doc:meta])*
        $kind:ident $context:literal
        fn $name:ident($($argument:ident: $type:ty),*) -> $result:ident<$answer:ty $(, $error:ident)?>
            = $($function:ident)::+($($given:expr),*);
    )*) => {
        impl $crate::Store {$(
            $(#[$doc])*
            pub async fn $name(&self, $($argument: $type),*) -> $result<$answer $(, $error)?> {
                dispatch!(self, database => database.$name($($argument),*).await)
            }
        )*}
    };
}
