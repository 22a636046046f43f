//! A person, as others see them.

use domain::Person;
use leptos::prelude::*;

/// How many colours there are behind initials.
const HUES: i64 = 6;

/// The initial of a person in a circle. Decoration: the name stands beside it.
pub(crate) fn avatar(person: &Person) -> impl IntoView + use<> {
    let initial = person.display_name().chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    view! { <span class="avatar" data-hue=person.id.0.rem_euclid(HUES).to_string() aria-hidden="true">{initial}</span> }
}

/// Corporation and alliance of a person's main character, as far as there are any.
pub(crate) fn organisation(person: &Person) -> Option<String> {
    let main = person.main_character.as_ref()?;
    let names: Vec<&str> = [&main.corporation, &main.alliance].into_iter().flatten().map(String::as_str).collect();
    (!names.is_empty()).then(|| names.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{CharacterId, MainCharacter, UserId};

    #[test]
    fn an_organisation_is_shown_as_far_as_it_is_known() {
        let person = |corporation: Option<&str>, alliance: Option<&str>| Person {
            id: UserId(1),
            username: "ana".to_owned(),
            main_character: Some(MainCharacter {
                id: CharacterId(1),
                name: "Ana".to_owned(),
                corporation: corporation.map(str::to_owned),
                alliance: alliance.map(str::to_owned),
            }),
        };
        assert_eq!(organisation(&person(Some("Dusk"), Some("Dawn"))).as_deref(), Some("Dusk · Dawn"));
        assert_eq!(organisation(&person(None, Some("Dawn"))).as_deref(), Some("Dawn"));
        assert_eq!(organisation(&person(None, None)), None);
    }
}
