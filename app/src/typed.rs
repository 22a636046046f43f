//! What somebody has typed whose session has ended meanwhile, and whose browser runs no script. It goes through the sign-in
//! with them, in the form: nothing is stored, no address tells it, and no other account gets to see it.

/// The field of each form that says for whom its page was drawn.
pub const ACCOUNT_FIELD: &str = "account";

/// The field of the sign-in that says where the form goes that was typed into. It tells such a sign-in from any other form.
pub const TYPED_FOR: &str = "typed_for";

/// Begins the names of what was typed, among the fields of the sign-in.
pub const TYPED: &str = "typed:";

/// The fields in which somebody types a secret, beside those with `password` in their names.
const SECRETS: [&str; 3] = ["old", "new", "again"];

/// The fields that belong to one attempt, and not to what was typed.
const OF_ATTEMPT: [&str; 3] = ["command_id", "fingerprint", ACCOUNT_FIELD];

/// Whether a field is one that somebody gets back: neither a secret, nor of the attempt.
#[must_use]
pub fn is_given_back(name: &str) -> bool {
    !name.is_empty() && !name.contains("password") && !SECRETS.contains(&name) && !OF_ATTEMPT.contains(&name)
}

/// A form that was sent by somebody who is signed in no more. Provided as a context where the sign-in is drawn for an
/// answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Typed {
    /// The page of the form: a place of ours.
    pub page: String,
    /// Where the form goes.
    pub action: String,
    /// The id of the account for which its page was drawn.
    pub account: String,
    /// What stands in it.
    pub fields: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    /// The names of the fields whose source says that they hold passwords.
    fn password_fields(folder: &Path, names: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("is a folder") {
            let path = entry.expect("is read").path();
            if path.is_dir() {
                password_fields(&path, names);
                continue;
            }
            let source = fs::read_to_string(&path).expect("is text");
            for (at, _) in source.match_indices("kind=\"password\"") {
                let (_, name) = source[..at].rsplit_once(" name=\"").expect("the field has its name first");
                names.extend(name.split('"').next().map(str::to_owned));
            }
        }
    }

    #[test]
    fn no_secret_is_given_back() {
        let mut names = Vec::new();
        for folder in ["src/parts", "src/pages"] {
            password_fields(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut names);
        }
        assert!(names.len() >= 7, "{names:?}");
        let given_back: Vec<_> = names.iter().filter(|name| is_given_back(name)).collect();
        assert_eq!(given_back, Vec::<&String>::new());
        for name in ["reason", "comment", "names", "renewal"] {
            assert!(is_given_back(name), "{name}");
        }
    }
}
