//! How hard a password is to guess, as zxcvbn (Wheeler, USENIX Security 2016) estimates it, and what
//! to do about one that is easy, in our own words.

use zxcvbn::feedback::{Suggestion, Warning};
use zxcvbn::{Score, zxcvbn};

/// Why a password is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weakness {
    /// It is too short or too long.
    Length,
    /// It is the login.
    Login,
    /// It is easy to guess, and this may help.
    Guessable(Vec<Advice>),
}

impl Weakness {
    /// In English.
    pub fn english(&self) -> String {
        match self {
            Self::Length => {
                let (least, most) = (super::LENGTH.start(), super::LENGTH.end());
                format!("The password must have {least} to {most} characters.")
            }
            Self::Login => "The password must not be the login.".to_owned(),
            Self::Guessable(advice) => {
                let advice = advice.iter().map(|advice| format!(" {}", advice.words().1));
                format!("The password is easy to guess.{}", advice.collect::<String>())
            }
        }
    }

    /// In Chinese.
    pub fn chinese(&self) -> String {
        match self {
            Self::Length => {
                let (least, most) = (super::LENGTH.start(), super::LENGTH.end());
                format!("密码须为 {least} 至 {most} 个字符。")
            }
            Self::Login => "密码不能与账号名相同。".to_owned(),
            Self::Guessable(advice) => {
                let advice = advice.iter().map(|advice| advice.words().0);
                format!("密码太容易被猜到。{}", advice.collect::<String>())
            }
        }
    }
}

/// What is wrong with a password, and what would help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// It, or one very like it, is among those tried first.
    Common,
    /// It is made of the login, the name, or names and words by themselves.
    Names,
    /// It is a row or a pattern of the keyboard.
    Keyboard,
    /// It repeats itself.
    Repeats,
    /// It counts, or goes through the alphabet.
    Sequence,
    /// It has a date or a year.
    Dates,
    /// Capitals, reversed words, or digits for letters are all that sets it apart.
    Tricks,
    /// Longer is better.
    Longer,
}

impl Advice {
    /// In Chinese and in English.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Common => {
                ("它属于常见密码或与之相近。", "It is, or is much like, one that many people use.")
            }
            Self::Names => (
                "不要只用姓名、账号名或单个词语。",
                "Names, the login or a single word are tried early.",
            ),
            Self::Keyboard => {
                ("不要用键盘上相邻的按键。", "Avoid keys that lie beside each other.")
            }
            Self::Repeats => ("不要重复字词或字符。", "Avoid repeated words and characters."),
            Self::Sequence => ("不要用连续的字母或数字。", "Avoid sequences like abc or 6543."),
            Self::Dates => ("不要用日期或年份。", "Avoid dates and years."),
            Self::Tricks => (
                "改大小写、倒写或以符号代字母作用不大。",
                "Capitals, reversed words and symbols for letters hardly help.",
            ),
            Self::Longer => (
                "请再加几个不相关的词。",
                "Add a few more words that have nothing to do with each other.",
            ),
        }
    }
}

/// Refuses a password whose score is below `least`; `known` is what whoever guesses knows.
///
/// Of a long password the first hundred characters are looked at, so that the time is bounded.
pub(super) fn check(password: &str, known: &[&str], least: u8) -> Result<(), Weakness> {
    let least = Score::try_from(least.min(4)).unwrap_or(Score::Four);
    let estimate = zxcvbn(password, known);
    if estimate.score() >= least {
        return Ok(());
    }
    let mut advice = Vec::new();
    if let Some(feedback) = estimate.feedback() {
        advice.extend(feedback.warning().map(warned));
        advice.extend(feedback.suggestions().iter().filter_map(|one| suggested(*one)));
    }
    advice.push(Advice::Longer);
    let mut told = Vec::new();
    for one in advice {
        if !told.contains(&one) {
            told.push(one);
        }
    }
    Err(Weakness::Guessable(told))
}

fn warned(warning: Warning) -> Advice {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess
        | Warning::ShortKeyboardPatternsAreEasyToGuess => Advice::Keyboard,
        Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Advice::Repeats,
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => Advice::Common,
        Warning::SequencesLikeAbcAreEasyToGuess => Advice::Sequence,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Advice::Dates,
        Warning::AWordByItselfIsEasyToGuess
        | Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => Advice::Names,
    }
}

/// What a suggestion adds to the warning; most only say what to do about it.
fn suggested(suggestion: Suggestion) -> Option<Advice> {
    match suggestion {
        Suggestion::CapitalizationDoesntHelpVeryMuch
        | Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase
        | Suggestion::ReversedWordsArentMuchHarderToGuess
        | Suggestion::PredictableSubstitutionsDontHelpVeryMuch => Some(Advice::Tricks),
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => Some(Advice::Keyboard),
        Suggestion::AvoidRepeatedWordsAndCharacters => Some(Advice::Repeats),
        Suggestion::AvoidSequences => Some(Advice::Sequence),
        Suggestion::AvoidRecentYears
        | Suggestion::AvoidYearsThatAreAssociatedWithYou
        | Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => Some(Advice::Dates),
        Suggestion::UseAFewWordsAvoidCommonPhrases
        | Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters
        | Suggestion::AddAnotherWordOrTwo => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advice(password: &str) -> Vec<Advice> {
        match check(password, &["inspector01", "王芳"], 3) {
            Err(Weakness::Guessable(advice)) => advice,
            other => panic!("{password}: {other:?}"),
        }
    }

    #[test]
    fn each_weakness_is_told_with_what_to_do() {
        assert_eq!(advice("password123")[0], Advice::Common);
        assert_eq!(advice("qwertyuiop[]")[0], Advice::Keyboard);
        assert_eq!(advice("aaaaaaaaaaaa")[0], Advice::Repeats);
        assert_eq!(advice("abcdefghijkl")[0], Advice::Sequence);
        assert_eq!(advice("12/31/1984")[0], Advice::Dates);
        assert!(advice("P@ssw0rd!!").contains(&Advice::Tricks));
        for password in ["password123", "aaaaaaaaaaaa", "inspector01!"] {
            assert_eq!(advice(password).last(), Some(&Advice::Longer));
        }
    }

    #[test]
    fn what_is_hard_to_guess_is_taken_in_any_script() {
        let known = ["inspector01", "王芳"];
        for password in
            ["over the bridge", "correct horse battery", "春风又绿江南岸边柳", "kQ7#vW2!mZ"]
        {
            assert_eq!(check(password, &known, 3), Ok(()), "{password}");
        }
    }

    #[test]
    fn what_is_known_of_somebody_counts_for_little() {
        let (password, known) = ("yunting-chengguan", ["yunting-chengguan", "李强"]);
        assert_eq!(check(password, &[], 3), Ok(()));
        assert!(check(password, &known, 3).is_err());
    }

    #[test]
    fn the_bound_can_be_set() {
        assert_eq!(check("password123", &[], 0), Ok(()));
        assert!(check("over the bridge", &[], 200).is_ok(), "4 is the most there is");
    }

    #[test]
    fn it_is_told_in_both_languages() {
        let weakness = Weakness::Guessable(vec![Advice::Keyboard, Advice::Longer]);
        assert_eq!(
            weakness.chinese(),
            "密码太容易被猜到。不要用键盘上相邻的按键。请再加几个不相关的词。"
        );
        assert!(weakness.english().starts_with("The password is easy to guess. Avoid keys"));
        assert_eq!(Weakness::Length.chinese(), "密码须为 10 至 200 个字符。");
    }
}
