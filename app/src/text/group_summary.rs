//! What a group is set to, in plain words: who sees it, who gets in, who decides, how one leaves. Of a draft as of a group;
//! nothing is asked here but the values.

use super::{Language, fill, listed};
use domain::{AutoLeave, Flag, Flags};

/// What a summary is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The five flags.
    pub(crate) flags: Flags,
    /// Whether leaving is at once.
    pub(crate) auto_leave: AutoLeave,
    /// What holds where the group says nothing about that.
    pub(crate) instance_auto_leave: bool,
    /// Whether groups are told to those, too, to whom they are of no use (R2a).
    pub(crate) shown_to_all: bool,
    /// The names of the states it is bound to; empty means any.
    pub(crate) states: Vec<String>,
    /// Whether anybody is named to lead it.
    pub(crate) is_led: bool,
}

/// A question about a group, and the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    /// The question.
    pub(crate) question: &'static str,
    /// The answer, in a sentence or two.
    pub(crate) answer: String,
}

impl Language {
    /// The whole summary.
    pub(crate) fn group_summary(self, setting: &Setting) -> Vec<Answered> {
        let of = |english, german, answer| Answered { question: self.either(english, german), answer };
        vec![
            of("Who sees it", "Wer sie sieht", self.who_sees(setting).to_owned()),
            of("Who gets in", "Wer hineinkommt", self.who_enters(setting)),
            of("Who decides", "Wer entscheidet", self.who_decides(setting).to_owned()),
            of("How one leaves", "Wie man austritt", self.how_one_leaves(setting)),
            of("Who falls out", "Wer herausfällt", self.who_falls_out(setting)),
            of("Who looks after it", "Wer sich kümmert", self.who_administers(setting.flags).to_owned()),
        ]
    }

    /// R1, R2, R2a.
    const fn who_sees(self, setting: &Setting) -> &'static str {
        let flags = setting.flags;
        if flags.has(Flag::Internal) {
            self.either(
                "Nobody but administrators, not even its members.",
                "Niemand außer der Administration, auch die Mitglieder nicht.",
            )
        } else if flags.has(Flag::Hidden) {
            self.either(
                "Its members, its leaders and group managers. Others see it by its join link alone.",
                "Mitglieder, Leitung und Gruppenverwaltung. Andere sehen sie nur über den Beitrittslink.",
            )
        } else if setting.shown_to_all || (flags.has(Flag::Public) && setting.states.is_empty()) {
            self.either("Everybody who is signed in.", "Alle, die angemeldet sind.")
        } else {
            self.either(
                "Its members, its leaders and group managers, and whoever can join it or ask for it.",
                "Mitglieder, Leitung und Gruppenverwaltung, und wer beitreten oder anfragen kann.",
            )
        }
    }

    /// R1, R2, R3, R4, R6.
    fn who_enters(self, setting: &Setting) -> String {
        let flags = setting.flags;
        let states = self.states_or(&setting.states);
        if flags.has(Flag::Internal) {
            let alone = self.either(
                "Nobody by themselves: administrators add members.",
                "Niemand von selbst: Die Administration fügt Mitglieder hinzu.",
            );
            let bound = self.either(
                "Nobody by themselves: administrators add members, and only people in the state {0}.",
                "Niemand von selbst: Die Administration fügt Mitglieder hinzu, und nur Leute mit dem Status {0}.",
            );
            return if states.is_empty() { alone.to_owned() } else { fill(bound, &[&states]) };
        }
        let link =
            flags.has(Flag::Hidden).then(|| self.either("have its join link", "den Beitrittslink haben").to_owned());
        let right = (!flags.has(Flag::Public))
            .then(|| self.either("have the right to request groups", "das Recht haben, Gruppen anzufragen").to_owned());
        let state =
            (!states.is_empty()).then(|| fill(self.either("are in the state {0}", "den Status {0} haben"), &[&states]));
        let conditions = self.all_of(&[link, right, state].into_iter().flatten().collect::<Vec<_>>());
        let sentence = match (conditions.is_empty(), flags.has(Flag::Open)) {
            (true, true) => self.either("Everybody may join, at once.", "Alle können beitreten, sofort."),
            (true, false) => self.either("Everybody may ask to join.", "Alle können anfragen."),
            (false, true) => self.either("All who {0} may join, at once.", "Alle, die {0}, können beitreten, sofort."),
            (false, false) => self.either("All who {0} may ask to join.", "Alle, die {0}, können anfragen."),
        };
        fill(sentence, &[&conditions])
    }

    /// R1, R3, R10.
    fn who_decides(self, setting: &Setting) -> &'static str {
        if setting.flags.has(Flag::Internal) {
            self.either("Nobody: there are no requests.", "Niemand: Es gibt keine Anfragen.")
        } else if setting.flags.has(Flag::Open) {
            self.either(
                "Nobody has to: joining and leaving are at once.",
                "Niemand muss: Beitritt und Austritt gelten sofort.",
            )
        } else if setting.is_led {
            self.either("Its leaders and group managers.", "Die Leitung und die Gruppenverwaltung.")
        } else {
            self.either(
                "Group managers alone, as nobody is named to lead it.",
                "Nur die Gruppenverwaltung, denn niemand ist als Leitung benannt.",
            )
        }
    }

    /// R1, R3, R8.
    fn how_one_leaves(self, setting: &Setting) -> String {
        let Setting { flags, auto_leave, instance_auto_leave, .. } = setting;
        if flags.has(Flag::Internal) {
            return self
                .either(
                    "Not by oneself: administrators remove members.",
                    "Nicht von selbst: Die Administration entfernt.",
                )
                .to_owned();
        }
        if flags.has(Flag::Open) {
            return self.either("At once.", "Sofort.").to_owned();
        }
        let sentence = match (auto_leave, auto_leave.is_effective(*instance_auto_leave)) {
            (AutoLeave::Inherit, true) => {
                self.either("At once, as the settings of Muster say.", "Sofort, wie es in den Einstellungen steht.")
            }
            (AutoLeave::Inherit, false) => self.either(
                "By a request that is decided, as the settings of Muster say.",
                "Durch eine Anfrage, über die entschieden wird, wie es in den Einstellungen steht.",
            ),
            (AutoLeave::On | AutoLeave::Off, true) => self.either(
                "At once, whatever the settings of Muster say.",
                "Sofort, was auch in den Einstellungen steht.",
            ),
            (AutoLeave::On | AutoLeave::Off, false) => self.either(
                "By a request that is decided, whatever the settings of Muster say.",
                "Durch eine Anfrage, über die entschieden wird, was auch in den Einstellungen steht.",
            ),
        };
        sentence.to_owned()
    }

    /// R4, R6, R7.
    fn who_falls_out(self, setting: &Setting) -> String {
        let states = self.states_or(&setting.states);
        let sentence = match (setting.flags.has(Flag::Public), states.is_empty()) {
            (true, true) => self.either(
                "Nobody by a rule, as long as the account is active.",
                "Niemand durch eine Regel, solange das Konto aktiv ist.",
            ),
            (true, false) => {
                self.either("Whoever is no longer in the state {0}.", "Wer nicht mehr den Status {0} hat.")
            }
            (false, true) => {
                self.either("Whoever loses the right to request groups.", "Wer das Recht verliert, Gruppen anzufragen.")
            }
            (false, false) => self.either(
                "Whoever loses the right to request groups, or is no longer in the state {0}.",
                "Wer das Recht verliert, Gruppen anzufragen, oder nicht mehr den Status {0} hat.",
            ),
        };
        fill(sentence, &[&states])
    }

    /// R5.
    const fn who_administers(self, flags: Flags) -> &'static str {
        if flags.has(Flag::Restricted) {
            self.either(
                "Superusers alone change it, add members and name leaders.",
                "Nur Superuser ändern sie, fügen Mitglieder hinzu und benennen die Leitung.",
            )
        } else {
            self.either(
                "Staff who manage groups, as far as their own rights reach.",
                "Das Team, das Gruppen verwaltet, soweit die eigenen Rechte reichen.",
            )
        }
    }

    /// `a, b or c`.
    fn states_or(self, names: &[String]) -> String {
        listed(names, self.either("or", "oder"))
    }

    /// `a, b and c`. In German each is a clause of its own, and a comma stands before the verb that follows.
    fn all_of(self, conditions: &[String]) -> String {
        listed(conditions, self.either("and", "und"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOSED: Flags = Flags::NONE;

    fn setting(flags: Flags) -> Setting {
        Setting {
            flags,
            auto_leave: AutoLeave::Inherit,
            instance_auto_leave: false,
            shown_to_all: false,
            states: Vec::new(),
            is_led: true,
        }
    }

    fn answers(language: Language, setting: &Setting) -> Vec<String> {
        language.group_summary(setting).into_iter().map(|answered| answered.answer).collect()
    }

    #[test]
    fn a_closed_group_is_told_as_one_reads_it() {
        let expected = [
            "Its members, its leaders and group managers, and whoever can join it or ask for it.",
            "All who have the right to request groups may ask to join.",
            "Its leaders and group managers.",
            "By a request that is decided, as the settings of Muster say.",
            "Whoever loses the right to request groups.",
            "Staff who manage groups, as far as their own rights reach.",
        ];
        assert_eq!(answers(Language::English, &setting(CLOSED)), expected);
        assert_eq!(
            answers(Language::German, &setting(CLOSED))[1],
            "Alle, die das Recht haben, Gruppen anzufragen, können anfragen."
        );
    }

    #[test]
    fn who_sees_a_group_follows_from_who_can_enter_it() {
        let sees = |setting: &Setting| answers(Language::English, setting)[0].clone();
        let everybody = "Everybody who is signed in.";
        let public = setting(CLOSED.with(Flag::Public, true));
        assert_eq!(sees(&public), everybody);
        assert_ne!(sees(&Setting { states: vec!["Blue".to_owned()], ..public }), everybody);
        assert_eq!(sees(&Setting { shown_to_all: true, ..setting(CLOSED) }), everybody);
    }

    #[test]
    fn every_condition_to_enter_is_named() {
        let flags = CLOSED.with(Flag::Hidden, true).with(Flag::Open, true);
        let bound = Setting { states: ["Blue", "Member"].map(str::to_owned).to_vec(), ..setting(flags) };
        let told = answers(Language::English, &bound);
        assert_eq!(
            told[1],
            "All who have its join link, have the right to request groups and are in the state Blue or Member may join, at once."
        );
        assert_eq!(told[4], "Whoever loses the right to request groups, or is no longer in the state Blue or Member.");
        let public = answers(Language::English, &setting(CLOSED.with(Flag::Public, true).with(Flag::Open, true)));
        assert_eq!(public[1], "Everybody may join, at once.");
        assert_eq!(public[4], "Nobody by a rule, as long as the account is active.");
    }

    #[test]
    fn internal_overrides_hidden_open_and_public() {
        let all = Flags::of(|_| true);
        let told = answers(Language::English, &setting(all));
        let alone = answers(
            Language::English,
            &setting(CLOSED.with(Flag::Internal, true).with(Flag::Public, true).with(Flag::Restricted, true)),
        );
        assert_eq!(told, alone);
        assert_eq!(told[2], "Nobody: there are no requests.");
        assert_eq!(told[5], "Superusers alone change it, add members and name leaders.");
    }

    #[test]
    fn leaving_follows_the_group_first_and_the_settings_then() {
        let how = |auto_leave, instance_auto_leave| {
            answers(Language::English, &Setting { auto_leave, instance_auto_leave, ..setting(CLOSED) }).swap_remove(3)
        };
        assert_eq!(how(AutoLeave::Inherit, true), "At once, as the settings of Muster say.");
        assert_eq!(how(AutoLeave::On, false), "At once, whatever the settings of Muster say.");
        assert_eq!(how(AutoLeave::Off, true), "By a request that is decided, whatever the settings of Muster say.");
        let open = setting(CLOSED.with(Flag::Open, true));
        assert_eq!(answers(Language::English, &open)[3], "At once.");
    }

    #[test]
    fn a_group_that_nobody_leads_waits_for_group_managers() {
        let told = answers(Language::English, &Setting { is_led: false, ..setting(CLOSED) });
        assert_eq!(told[2], "Group managers alone, as nobody is named to lead it.");
    }

    #[test]
    fn every_answer_stands_in_both_languages() {
        for bits in 0..32_u8 {
            let on = |bit: u8| bits & (1 << bit) != 0;
            let flags = Flags::of(|flag| on(flag as u8));
            let of = |language| answers(language, &Setting { states: vec!["Blue".to_owned()], ..setting(flags) });
            for (english, german) in of(Language::English).into_iter().zip(of(Language::German)) {
                assert_ne!(english, german);
                assert!(english.ends_with('.') && german.ends_with('.'), "{english} {german}");
            }
        }
    }
}
