//! What surrounds every page: its entries, the palette, the keys.

use super::Language;

/// The fixed words of the frame.
pub(crate) struct FrameLabels {
    pub(crate) my_groups: &'static str,
    pub(crate) manage: &'static str,
    pub(crate) audit: &'static str,
    pub(crate) admin: &'static str,
    pub(crate) notifications: &'static str,
    pub(crate) profile: &'static str,
    pub(crate) see_members: &'static str,

    pub(crate) search: &'static str,
    pub(crate) palette: &'static str,
    pub(crate) palette_hint: &'static str,
    pub(crate) palette_found: &'static str,
    pub(crate) palette_empty: &'static str,
    pub(crate) section_here: &'static str,
    pub(crate) section_pages: &'static str,
    pub(crate) section_groups: &'static str,
    pub(crate) section_people: &'static str,
    pub(crate) you: &'static str,

    pub(crate) keys: &'static str,
    pub(crate) keys_here: &'static str,
    pub(crate) keys_everywhere: &'static str,
    pub(crate) keys_none: &'static str,
    pub(crate) keys_on: &'static str,
    pub(crate) keys_on_hint: &'static str,
    pub(crate) key_palette: &'static str,
    pub(crate) key_help: &'static str,
    pub(crate) key_close: &'static str,
    pub(crate) key_search: &'static str,
    pub(crate) control: &'static str,
    pub(crate) escape: &'static str,
    pub(crate) close: &'static str,
}

static ENGLISH: FrameLabels = FrameLabels {
    my_groups: "My groups",
    manage: "Manage",
    audit: "Audit log",
    admin: "Admin",
    notifications: "Notifications",
    profile: "Your profile",
    see_members: "Members",

    search: "Search",
    palette: "Go to a page, a group or a person, or do something",
    palette_hint: "Page, group, person or action",
    palette_found: "What was found",
    palette_empty: "Nothing here has this name. Try a part of it.",
    section_here: "On this page",
    section_pages: "Pages",
    section_groups: "Groups",
    section_people: "People",
    you: "You",

    keys: "Keys",
    keys_here: "On this page",
    keys_everywhere: "Everywhere",
    keys_none: "This page has no keys of its own.",
    keys_on: "Single keys work",
    keys_on_hint: "Turn this off if they get in your way, as with speech input. It holds for this browser.",
    key_palette: "Search, go anywhere, do anything",
    key_help: "Show the keys",
    key_close: "Close what is open",
    key_search: "Search on this page",
    control: "Ctrl",
    escape: "Esc",
    close: "Close",
};

static GERMAN: FrameLabels = FrameLabels {
    my_groups: "Meine Gruppen",
    manage: "Leitung",
    audit: "Protokoll",
    admin: "Admin",
    notifications: "Benachrichtigungen",
    profile: "Dein Profil",
    see_members: "Mitglieder",

    search: "Suchen",
    palette: "Zu einer Seite, einer Gruppe oder einer Person gehen, oder etwas tun",
    palette_hint: "Seite, Gruppe, Person oder Aktion",
    palette_found: "Was gefunden wurde",
    palette_empty: "Nichts hier heißt so. Versuch es mit einem Teil des Namens.",
    section_here: "Auf dieser Seite",
    section_pages: "Seiten",
    section_groups: "Gruppen",
    section_people: "Personen",
    you: "Du",

    keys: "Tasten",
    keys_here: "Auf dieser Seite",
    keys_everywhere: "Überall",
    keys_none: "Diese Seite hat keine eigenen Tasten.",
    keys_on: "Einzelne Tasten wirken",
    keys_on_hint: "Schalte das aus, wenn sie stören, etwa bei Spracheingabe. Es gilt für diesen Browser.",
    key_palette: "Suchen, überall hingehen, alles tun",
    key_help: "Tasten zeigen",
    key_close: "Schließen, was offen ist",
    key_search: "Auf dieser Seite suchen",
    control: "Strg",
    escape: "Esc",
    close: "Schließen",
};

impl Language {
    /// The fixed words of the frame.
    pub(crate) const fn frame(self) -> &'static FrameLabels {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// How many notifications are unread, after the word for them.
    pub(crate) fn unread(self, count: u32) -> String {
        match self {
            Self::English => format!("{count} unread"),
            Self::German => format!("{count} ungelesen"),
        }
    }
}
