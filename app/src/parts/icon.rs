//! Icons: only those that are used, from one sprite that the server makes from the Lucide set.
//!
//! An icon is decoration: whatever it says stands in words beside it, so screen readers pass it over.

use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $data:ident;)+) => {
        /// An icon of the sprite.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($(#[$doc])* $name,)+
        }

        impl Icon {
            /// Every icon there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its name in the sprite.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                }
            }

            #[cfg(feature = "ssr")]
            fn drawing(self) -> icondata_core::Icon {
                match self {
                    $(Self::$name => icondata_lu::$data,)+
                }
            }
        }
    };
}

icons! {
    /// Muster itself: a meeting point.
    Muster = "muster", LuShrink;
    /// The groups.
    Groups = "groups", LuUsersRound;
    /// The groups one is in.
    MyGroups = "my-groups", LuUserRoundCheck;
    /// The requests that wait.
    Requests = "requests", LuInbox;
    /// A list as a file.
    Download = "download", LuDownload;
    /// On paper.
    Print = "print", LuPrinter;
    /// An address to hand out.
    Link = "link", LuLink;
    /// The groups one decides for.
    Manage = "manage", LuLayoutList;
    /// The audit log.
    Audit = "audit", LuScrollText;
    /// The admin area.
    Admin = "admin", LuSettings2;
    /// What one is told.
    Bell = "bell", LuBell;
    /// A person.
    Profile = "profile", LuUserRound;
    /// Something to do.
    Act = "act", LuZap;
    /// To be copied.
    Copy = "copy", LuCopy;
    /// The keys.
    Keys = "keys", LuKeyboard;
    /// A group whose members lead another.
    GroupLeads = "group-leads", LuUsersRound;
    /// A person who leads a group.
    Leader = "leader", LuStar;
    /// A group one joins at once.
    Open = "open", LuDoorOpen;
    /// A group everybody may ask for.
    Public = "public", LuGlobe;
    /// A group that is not listed.
    Hidden = "hidden", LuEyeOff;
    /// A group only superusers change.
    Restricted = "restricted", LuLock;
    /// Something waits.
    Waiting = "waiting", LuHourglass;
    /// Done, met, a member.
    Check = "check", LuCheck;
    /// Not met, not wanted.
    Cross = "cross", LuX;
    /// Something to know before going on.
    Warning = "warning", LuTriangleAlert;
    /// Something to look for.
    Search = "search", LuSearch;
    /// Words.
    Comment = "comment", LuMessageSquare;
    /// No connection.
    Offline = "offline", LuWifiOff;
    /// Trying again.
    Reconnecting = "reconnecting", LuRefreshCw;
    /// As the system has it.
    System = "system", LuMonitor;
    /// Light.
    Light = "light", LuSun;
    /// Dark.
    Dark = "dark", LuMoon;
    /// The way out.
    SignOut = "sign-out", LuLogOut;
    /// On to the next.
    Next = "next", LuChevronRight;
    /// Back.
    Back = "back", LuChevronLeft;
}

/// Where the sprite is: the server knows it from the assets, the browser reads what the server wrote.
fn base() -> String {
    #[cfg(feature = "ssr")]
    let base = with_context::<crate::ShellFacts, _>(|facts| facts.assets.icons.clone());
    #[cfg(not(feature = "ssr"))]
    let base = crate::browser::document_fact("icons");
    base.unwrap_or_default()
}

/// Shows an icon.
#[component]
pub fn Glyph(
    /// Which.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="glyph" aria-hidden="true">
            <use href=format!("{}#{}", base(), icon.id())></use>
        </svg>
    }
}

/// The sprite: one symbol for each icon. Opened by itself it draws Muster's mark, so it serves as the site's icon too.
#[cfg(feature = "ssr")]
#[must_use]
pub fn sprite() -> String {
    use std::fmt::Write;

    const STROKE: &str =
        r#"fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round""#;
    let mut svg = String::from(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">"#);
    for icon in Icon::ALL {
        let drawing = icon.drawing();
        let view_box = drawing.view_box.unwrap_or("0 0 24 24");
        let _ = write!(svg, r#"<symbol id="{}" viewBox="{view_box}" {STROKE}>{}</symbol>"#, icon.id(), drawing.data);
    }
    let mark = Icon::Muster.drawing().data;
    let _ = write!(
        svg,
        r##"<rect width="24" height="24" rx="6" fill="#3f51d8"/><g transform="translate(4.8 4.8) scale(.6)" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">{mark}</g></svg>"##
    );
    svg
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_in_the_sprite_once() {
        let sprite = sprite();
        for icon in Icon::ALL {
            assert_eq!(sprite.matches(&format!("id=\"{}\"", icon.id())).count(), 1, "{icon:?}");
        }
    }
}
