//! Chinese names as a keyboard spells them, so that they are found by typing Latin letters.

use pinyin::ToPinyin;

/// A name in pinyin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spelled {
    /// Syllables without tones, a space between: `bao lu la ji`.
    pub pinyin: String,
    /// The first letter of each: `bllj`.
    pub initials: String,
}

impl Spelled {
    /// Spells a name. A character with several readings gets its commonest one; Latin letters and digits
    /// stay, each word of them a syllable; whatever else there is only separates.
    pub fn of(name: &str) -> Self {
        let mut spelled = Self::default();
        let mut in_word = false;
        for character in name.chars() {
            if let Some(reading) = character.to_pinyin() {
                spelled.add(reading.plain());
                in_word = false;
            } else if character.is_ascii_alphanumeric() {
                let letter = character.to_ascii_lowercase();
                if in_word {
                    spelled.pinyin.push(letter);
                } else {
                    spelled.add(letter.encode_utf8(&mut [0; 4]));
                }
                in_word = true;
            } else {
                in_word = false;
            }
        }
        spelled
    }

    fn add(&mut self, syllable: &str) {
        if !self.pinyin.is_empty() {
            self.pinyin.push(' ');
        }
        // A keyboard has no ü; it is typed as v.
        let typed = syllable.replace('ü', "v");
        self.initials.extend(typed.chars().next());
        self.pinyin.push_str(&typed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(name: &str) -> (String, String) {
        let Spelled { pinyin, initials } = Spelled::of(name);
        (pinyin, initials)
    }

    #[test]
    fn a_name_is_spelled_by_syllable_and_by_initial() {
        assert_eq!(spelled("暴露垃圾"), ("bao lu la ji".into(), "bllj".into()));
        assert_eq!(spelled("占道经营"), ("zhan dao jing ying".into(), "zdjy".into()));
        assert_eq!(spelled("绿地脏乱"), ("lv di zang luan".into(), "ldzl".into()));
    }

    #[test]
    fn letters_and_digits_stay_and_signs_only_separate() {
        assert_eq!(spelled("5G 基站（LED灯）"), ("5g ji zhan led deng".into(), "5jzld".into()));
        assert_eq!(spelled("—"), (String::new(), String::new()));
        assert_eq!(spelled(""), (String::new(), String::new()));
    }

    #[test]
    fn every_category_of_the_demonstration_is_spelled_as_it_is_read() {
        for (name, initials) in [
            ("非机动车乱停放", "fjdcltf"),
            ("共享单车淤积", "gxdcyj"),
            ("骑行违法", "qxwf"),
            ("树木枯死倒伏", "smksdf"),
            ("不文明养犬", "bwmyq"),
            ("电动车进楼", "ddcjl"),
        ] {
            assert_eq!(spelled(name).1, initials, "{name}");
        }
    }
}
