//! How the operations of `../operation` run here: on which connection, and what their failures are called.

/// Makes a method of the store of each operation.
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
                let context = $context;
                let result = run!($kind, self, context, ($($argument),*), $crate::shared::$($function)::+, ($($given),*));
                explain!($result $($error)?, result, context)
            }
        )*}
    };
}

/// Runs the function of an operation, as its kind says.
macro_rules! run {
    (read, $store:ident, $context:ident, $arguments:tt, $function:path, ($($given:expr),*)) => {{
        let mut conn = $crate::shared::InContext::in_context($store.reader().await, $context)?;
        $function(&mut conn, $($given),*).await
    }};
    (snapshot, $store:ident, $context:ident, $arguments:tt, $function:path, ($($given:expr),*)) => {{
        let mut conn = $crate::shared::InContext::in_context($store.snapshot().await, $context)?;
        $function(&mut conn, $($given),*).await
    }};
    // A transaction may run again from its start: it owns what it was given, and gives the function a clone each time.
    ($write:ident, $store:ident, $context:ident, ($($argument:ident),*), $function:path, ($($given:expr),*)) => {{
        $(let $argument = $argument.to_owned();)*
        $store
            .$write(move |conn| {
                $(let $argument = $argument.clone();)*
                Box::pin(async move { $function(conn, $($given),*).await })
            })
            .await
    }};
}

/// Puts the fault of an operation into the words of its signature.
macro_rules! explain {
    (Answer, $result:ident, $context:ident) => {
        $crate::shared::InContext::in_answer($result, $context)
    };
    (Result StoreError, $result:ident, $context:ident) => {
        $crate::shared::InContext::in_context($result, $context)
    };
    (Result ExecuteError, $result:ident, $context:ident) => {
        $crate::shared::InContext::or_refused($result, $context)
    };
}
