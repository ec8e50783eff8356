//! How names sound. The character table of `pinyin` gives the commonest reading; names are often the exception.
use pinyin::ToPinyin;

/// Surnames read otherwise than the same character elsewhere.
const SURNAMES: &[(&str, &[&str])] = &[
    ("万俟", &["mo", "qi"]),
    ("尉迟", &["yu", "chi"]),
    ("长孙", &["zhang", "sun"]),
    ("澹台", &["tan", "tai"]),
    ("单于", &["chan", "yu"]),
    ("令狐", &["ling", "hu"]),
    ("单", &["shan"]),
    ("解", &["xie"]),
    ("仇", &["qiu"]),
    ("区", &["ou"]),
    ("查", &["zha"]),
    ("曾", &["zeng"]),
    ("翟", &["zhai"]),
    ("朴", &["piao"]),
    ("任", &["ren"]),
    ("华", &["hua"]),
    ("盖", &["ge"]),
    ("尉", &["wei"]),
    ("员", &["yun"]),
    ("乐", &["yue"]),
    ("召", &["shao"]),
    ("秘", &["bi"]),
    ("冼", &["xian"]),
    ("折", &["she"]),
    ("种", &["chong"]),
    ("缪", &["miao"]),
    ("覃", &["qin"]),
    ("晟", &["cheng"]),
    ("宓", &["mi"]),
    ("逄", &["pang"]),
    ("燕", &["yan"]),
    ("应", &["ying"]),
    ("过", &["guo"]),
    ("那", &["na"]),
    ("纪", &["ji"]),
    ("柏", &["bai"]),
    ("洗", &["xian"]),
    ("黑", &["he"]),
    ("繁", &["po"]),
    ("牟", &["mu"]),
    ("佴", &["nai"]),
    ("撒", &["sa"]),
    ("隗", &["kui"]),
    ("郗", &["xi"]),
    ("谌", &["chen"]),
    ("阚", &["kan"]),
    ("车", &["che"]),
    ("石", &["shi"]),
    ("沈", &["shen"]),
    ("葛", &["ge"]),
    ("卜", &["bu"]),
];

/// Words in which a character is read otherwise: given names, places and what organisations are called.
const WORDS: &[(&str, &[&str])] = &[
    ("重庆", &["chong", "qing"]),
    ("长春", &["chang", "chun"]),
    ("长沙", &["chang", "sha"]),
    ("长海", &["chang", "hai"]),
    ("长江", &["chang", "jiang"]),
    ("长城", &["chang", "cheng"]),
    ("长征", &["chang", "zheng"]),
    ("长兴", &["chang", "xing"]),
    ("长青", &["chang", "qing"]),
    ("厦门", &["xia", "men"]),
    ("朝阳", &["chao", "yang"]),
    ("银行", &["yin", "hang"]),
    ("商行", &["shang", "hang"]),
    ("行业", &["hang", "ye"]),
    ("会计", &["kuai", "ji"]),
    ("音乐", &["yin", "yue"]),
    ("乐队", &["yue", "dui"]),
    ("调查", &["diao", "cha"]),
    ("调度", &["diao", "du"]),
    ("都市", &["du", "shi"]),
    ("成都", &["cheng", "du"]),
    ("首都", &["shou", "du"]),
    ("大厦", &["da", "sha"]),
    ("六安", &["lu", "an"]),
    ("蚌埠", &["beng", "bu"]),
    ("丽水", &["li", "shui"]),
    ("东阿", &["dong", "e"]),
    ("阿城", &["a", "cheng"]),
    ("供销", &["gong", "xiao"]),
    ("勘察", &["kan", "cha"]),
    ("校对", &["jiao", "dui"]),
    ("传记", &["zhuan", "ji"]),
    ("重工", &["zhong", "gong"]),
    ("地税", &["di", "shui"]),
    ("曾祥", &["zeng", "xiang"]),
    ("子茜", &["zi", "qian"]),
];

/// One reading: a syllable for each Han character; letters and digits stand for themselves, other signs are left out.
pub(crate) type Reading = Vec<String>;

/// The readings of a text, the likeliest first. A person's surname is also kept as a careless searcher would spell it.
pub(crate) fn readings(text: &str, person: bool) -> Vec<Reading> {
    let plain = spelt(text, &[]);
    let mut all = vec![spelt(text, WORDS)];
    if person && let Some((surname, syllables)) = SURNAMES.iter().find(|(s, _)| text.starts_with(s)) {
        let rest = spelt(&text[surname.len()..], WORDS);
        all.insert(0, syllables.iter().map(|s| (*s).to_owned()).chain(rest).collect());
    }
    all.push(plain);
    let mut seen = Vec::new();
    all.retain(|r| !r.is_empty() && !seen.contains(r) && (seen.push(r.clone()), true).1);
    all
}

/// By what a person stands in a list of names: the likeliest reading, then the name itself.
pub fn sort_key(name: &str) -> String {
    let reading = readings(name, true).into_iter().next().unwrap_or_default();
    format!("{} {name}", reading.join(" "))
}

fn spelt(text: &str, words: &[(&str, &[&str])]) -> Reading {
    let (mut reading, mut rest) = (Vec::new(), text);
    while let Some(c) = rest.chars().next() {
        if let Some((word, syllables)) = words.iter().find(|(w, _)| rest.starts_with(w)) {
            reading.extend(syllables.iter().map(|s| (*s).to_owned()));
            rest = &rest[word.len()..];
            continue;
        }
        if c.is_ascii_alphanumeric() {
            reading.push(c.to_ascii_lowercase().to_string());
        } else if let Some(syllable) = c.to_pinyin() {
            // People type v for ü, and some type u; the table writes ü.
            reading.push(syllable.plain().replace('ü', "v"));
        }
        rest = &rest[c.len_utf8()..];
    }
    reading
}

#[cfg(test)]
mod tests {
    use super::{readings, sort_key};

    #[test]
    fn names_stand_by_sound_and_then_by_sign() {
        let mut names = ["张伟", "曾志华", "安然", "单玉", "陈刚", "岑刚", "Li"];
        names.sort_by_key(|n| sort_key(n));
        assert_eq!(names, ["安然", "岑刚", "陈刚", "Li", "单玉", "曾志华", "张伟"]);
    }

    fn first(text: &str, person: bool) -> String {
        readings(text, person)[0].concat()
    }

    #[test]
    fn surnames_and_places_are_read_as_people_read_them() {
        for (name, spelt) in [
            ("单雄信", "shanxiongxin"),
            ("解晓东", "xiexiaodong"),
            ("仇和", "qiuhe"),
            ("区立", "ouli"),
            ("查良镛", "zhaliangyong"),
            ("曾国", "zengguo"),
            ("翟志刚", "zhaizhigang"),
            ("尉迟恭", "yuchigong"),
            ("刘建国", "liujianguo"),
            ("吕布", "lvbu"),
        ] {
            assert_eq!(first(name, true), spelt);
        }
        for (name, spelt) in
            [("重庆路支部", "chongqingluzhibu"), ("朝阳市", "chaoyangshi"), ("农业银行", "nongyeyinhang"), ("单位", "danwei")]
        {
            assert_eq!(first(name, false), spelt);
        }
    }

    #[test]
    fn the_careless_spelling_is_kept_beside_the_right_one() {
        let all: Vec<_> = readings("单雄信", true).iter().map(|r| r.concat()).collect();
        assert_eq!(all, ["shanxiongxin", "danxiongxin"]);
    }
}
