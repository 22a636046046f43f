//! Names that people could have. Given and family names of one row go together; nobody real is meant.

/// Names as they go together somewhere.
#[derive(Clone, Copy)]
pub(super) struct Culture {
    pub(super) given: &'static [&'static str],
    pub(super) family: &'static [&'static str],
}

/// Where the people come from. Each row stays one line: it is a table.
#[rustfmt::skip]
pub(super) const CULTURES: &[Culture] = &[
    Culture {
        given: &["Alice", "Oliver", "Grace", "Harry", "Imogen", "Callum", "Freya", "Rhys", "Niamh", "Ewan", "Poppy", "Declan", "Maeve", "Toby"],
        family: &["Ashworth", "Bellamy", "Cartwright", "Dunmore", "Fairclough", "Gallagher", "Hargreaves", "Kinsella", "Lockwood", "Pemberton", "Rafferty", "Thackeray", "Whitfield", "Yardley"],
    },
    Culture {
        given: &["Anke", "Bernd", "Clara", "Detlef", "Friederike", "Götz", "Heike", "Jörg", "Lena", "Matthias", "Svenja", "Thilo", "Ute", "Wiebke"],
        family: &["Brandt", "Dreyer", "Falkenberg", "Grünwald", "Hölscher", "Jäger", "Krüger", "Lindemann", "Möller", "Petersen", "Schäfer", "Siebert", "Vogt", "Zimmer"],
    },
    Culture {
        given: &["Amélie", "Bastien", "Camille", "Dorian", "Élodie", "Florent", "Gaëlle", "Hugo", "Inès", "Jérôme", "Léa", "Mathilde", "Océane", "Rémi"],
        family: &["Aubert", "Beaumont", "Chevalier", "Delacroix", "Fontaine", "Girard", "Lacombe", "Marchand", "Noël", "Perrin", "Rousseau", "Séguin", "Vasseur", "Thibault"],
    },
    Culture {
        given: &["Alba", "Bruno", "Carmen", "Diego", "Elena", "Fermín", "Inés", "Joaquín", "Lucía", "Mateo", "Noelia", "Rocío", "Tomás", "Ximena"],
        family: &["Aguilar", "Benítez", "Cortés", "Domínguez", "Escobar", "Fuentes", "Herrera", "Ibáñez", "Lozano", "Montoya", "Peña", "Quintero", "Salazar", "Villanueva"],
    },
    Culture {
        given: &["Astrid", "Bjørn", "Dagny", "Eirik", "Frida", "Gunnar", "Ingrid", "Jorunn", "Lars", "Mette", "Oskar", "Sigrid", "Søren", "Torsten"],
        family: &["Aalto", "Bergström", "Dahl", "Eklund", "Fjeld", "Halvorsen", "Hedlund", "Kjær", "Lindqvist", "Nygård", "Rasmussen", "Sandvik", "Solberg", "Åkesson"],
    },
    Culture {
        given: &["Agnieszka", "Bartosz", "Dorota", "Grzegorz", "Halina", "Jacek", "Kasia", "Łukasz", "Małgorzata", "Paweł", "Sławomir", "Wiktoria", "Zbigniew", "Zofia"],
        family: &["Adamczyk", "Borkowski", "Czarnecki", "Dąbrowska", "Głowacki", "Jabłoński", "Kowalczyk", "Lewandowska", "Mazur", "Nowicki", "Ostrowska", "Pawlak", "Sikora", "Wróbel"],
    },
    Culture {
        given: &["Aleksei", "Daria", "Fyodor", "Galina", "Ilya", "Katya", "Lev", "Maksim", "Nadezhda", "Oksana", "Pavel", "Roman", "Taisiya", "Yaroslav"],
        family: &["Antonenko", "Belov", "Chernov", "Demchenko", "Fedorenko", "Gorbunov", "Ivashchenko", "Kovalenko", "Lysenko", "Melnyk", "Orlov", "Petrenko", "Shevchuk", "Tkachenko"],
    },
    Culture {
        given: &["Akira", "Chiyo", "Daichi", "Emi", "Haruka", "Hiroshi", "Kaede", "Kenji", "Mio", "Naoki", "Rin", "Sora", "Takumi", "Yui"],
        family: &["Aoki", "Fujimoto", "Hayashi", "Inoue", "Kawaguchi", "Kobayashi", "Matsuda", "Nakamura", "Okabe", "Saitō", "Shimizu", "Takeda", "Ueno", "Yamane"],
    },
    Culture {
        given: &["Bao", "Chenguang", "Fang", "Haoran", "Jia", "Lifen", "Meilin", "Ningxin", "Qiang", "Ruolan", "Shufen", "Wei", "Xiaoyu", "Zhen"],
        family: &["Cao", "Deng", "Feng", "Guo", "Huang", "Jiang", "Liang", "Luo", "Pan", "Qiu", "Shen", "Tan", "Xu", "Zhou"],
    },
    Culture {
        given: &["Aarav", "Bhavna", "Chetan", "Deepika", "Gaurav", "Ishaan", "Kavya", "Lakshmi", "Manoj", "Nandini", "Priya", "Rohan", "Shreya", "Vikram"],
        family: &["Agarwal", "Banerjee", "Chatterjee", "Deshpande", "Gopalan", "Iyer", "Joshi", "Kulkarni", "Mehta", "Nair", "Pillai", "Raghavan", "Srinivasan", "Thakur"],
    },
    Culture {
        given: &["Amina", "Bilal", "Dalia", "Faris", "Hanan", "Idris", "Jamila", "Karim", "Layla", "Mahmoud", "Noor", "Rashid", "Salma", "Yasin"],
        family: &["al-Amin", "Bakri", "Darwish", "El-Sayed", "Farouk", "Haddad", "Ibrahim", "Khalil", "Mansour", "Nasser", "Qasim", "Rahman", "Saleh", "Zaman"],
    },
    Culture {
        given: &["Abena", "Chidi", "Efua", "Femi", "Kwame", "Lerato", "Makena", "Ngozi", "Oluwaseun", "Sipho", "Tariro", "Thandiwe", "Wanjiru", "Zuberi"],
        family: &["Achebe", "Banda", "Dlamini", "Eze", "Kamau", "Mbeki", "Mensah", "Mwangi", "Ndlovu", "Obi", "Okonkwo", "Osei", "Sithole", "Tembo"],
    },
    Culture {
        given: &["Ayşe", "Barış", "Cem", "Defne", "Elif", "Emre", "Gül", "İpek", "Kaan", "Leyla", "Mert", "Özlem", "Selin", "Yusuf"],
        family: &["Acar", "Aydın", "Bulut", "Çelik", "Demir", "Erdoğdu", "Güneş", "Karaca", "Korkmaz", "Öztürk", "Polat", "Şahin", "Toprak", "Yıldız"],
    },
    Culture {
        given: &["Afonso", "Beatriz", "Caio", "Débora", "Fábio", "Gabriela", "Heitor", "Isadora", "João", "Larissa", "Murilo", "Raquel", "Thiago", "Vitória"],
        family: &["Almeida", "Barbosa", "Cardoso", "Duarte", "Esteves", "Ferreira", "Gonçalves", "Leitão", "Machado", "Nogueira", "Pacheco", "Queiroz", "Siqueira", "Teixeira"],
    },
    Culture {
        given: &["Anh", "Bảo", "Châu", "Dũng", "Hà", "Huy", "Khánh", "Linh", "Mai", "Minh", "Phương", "Quang", "Thảo", "Vy"],
        family: &["Bùi", "Đặng", "Đỗ", "Hoàng", "Huỳnh", "Lê", "Ngô", "Nguyễn", "Phạm", "Phan", "Trần", "Trịnh", "Võ", "Vũ"],
    },
    Culture {
        given: &["Alessia", "Cosimo", "Donatella", "Enzo", "Fiorella", "Giacomo", "Ludovica", "Marcello", "Ornella", "Pietro", "Serena", "Tiziano", "Viola", "Zeno"],
        family: &["Amato", "Bellini", "Caruso", "De Angelis", "Esposito", "Ferrari", "Galli", "Lombardi", "Marchetti", "Neri", "Parisi", "Rinaldi", "Santoro", "Vitale"],
    },
];

/// First halves of names people give themselves.
pub(super) const EPITHETS: &[&str] = &[
    "amber",
    "arctic",
    "brass",
    "cinder",
    "cobalt",
    "copper",
    "dusty",
    "ember",
    "feral",
    "gentle",
    "glass",
    "hollow",
    "iron",
    "ivory",
    "jade",
    "lunar",
    "mellow",
    "misty",
    "nimble",
    "night",
    "paper",
    "quiet",
    "rogue",
    "rusty",
    "salty",
    "silver",
    "sleepy",
    "solar",
    "static",
    "storm",
    "tiny",
    "velvet",
    "wandering",
    "wild",
    "winter",
    "zen",
];

/// Second halves.
pub(super) const CREATURES: &[&str] = &[
    "anchor", "badger", "beacon", "comet", "corvid", "crane", "dingo", "falcon", "fern", "ferret", "finch", "fox",
    "gecko", "heron", "ibex", "jackal", "kestrel", "kite", "lantern", "lynx", "magpie", "marten", "moth", "newt",
    "orca", "otter", "owl", "pike", "quill", "raven", "sparrow", "stoat", "thistle", "viper", "walrus", "wren",
];

/// Letters and digits as one types them on any keyboard: for usernames and addresses.
pub(super) fn plain(name: &str) -> String {
    name.to_lowercase().chars().filter_map(plain_letter).collect()
}

fn plain_letter(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='z' | '0'..='9' => letter,
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' | 'ă' | 'ạ' | 'ả' | 'ầ' | 'ặ' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ễ' | 'ệ' | 'æ' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ı' | 'ị' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ỗ' | 'ơ' => 'o',
        'ş' | 'ś' => 's',
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ư' | 'ỳ' => 'u',
        'ÿ' | 'ý' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leaves_something_to_type() {
        let names = CULTURES.iter().flat_map(|culture| culture.given.iter().chain(culture.family));
        for name in names {
            let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
            assert!(plain(name).len() + 1 >= letters, "{name} becomes {}", plain(name));
        }
    }
}
