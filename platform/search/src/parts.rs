//! 生僻字: who cannot type 喆 or 玥 finds the name by its parts, 吉吉 or 王月, as they are named across a counter (王字旁加月亮的月).
//!
//! `parts.txt` holds characters that names are known to bear and keyboards hide: each stands before its parts, twice where
//! people part it in two ways. The free tables of all characters bear licences that ours cannot carry, and part a
//! character down to strokes that nobody types.
use std::collections::HashMap;
use std::sync::LazyLock;

static PARTS: LazyLock<HashMap<char, Vec<&str>>> = LazyLock::new(|| {
    let mut all: HashMap<char, Vec<&str>> = HashMap::new();
    for entry in include_str!("parts.txt").split_whitespace() {
        let parts = entry.trim_start_matches(|c| entry.starts_with(c));
        all.entry(entry.chars().next().unwrap_or_default()).or_default().push(parts);
    }
    all
});

/// The name with its rare characters written as their parts, in each way they are parted; nothing if it has none.
pub(crate) fn parted(name: &str) -> Vec<String> {
    let ways = name.chars().filter_map(|c| PARTS.get(&c)).map(Vec::len).max().unwrap_or(0);
    let way = |n: usize| {
        let mut text = String::new();
        for c in name.chars() {
            match PARTS.get(&c).and_then(|parts| parts.get(n).or(parts.first())) {
                Some(parts) => text.push_str(parts),
                None => text.push(c),
            }
        }
        text
    };
    (0..ways).map(way).collect()
}

/// A radical that an input method offers by itself, as the character by which it is called.
pub(crate) fn called(c: char) -> char {
    const RADICALS: [(char, char); 20] = [
        ('氵', '水'),
        ('亻', '人'),
        ('艹', '草'),
        ('忄', '心'),
        ('扌', '手'),
        ('钅', '金'),
        ('讠', '言'),
        ('纟', '丝'),
        ('礻', '示'),
        ('衤', '衣'),
        ('犭', '犬'),
        ('饣', '食'),
        ('辶', '走'),
        ('阝', '耳'),
        ('刂', '刀'),
        ('宀', '宝'),
        ('冫', '冰'),
        ('灬', '火'),
        ('彳', '行'),
        ('罒', '四'),
    ];
    RADICALS.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::{PARTS, parted};
    use pinyin::ToPinyin;

    #[test]
    fn a_rare_character_is_written_as_its_parts() {
        assert_eq!(parted("李喆"), ["李吉吉"]);
        assert_eq!(parted("阚玥"), ["门敢王月"]);
        assert_eq!(parted("武曌"), ["武明空", "武日月空"]);
        assert!(parted("刘建国").is_empty());
    }

    /// A part that stands for itself, or that is no character with a sound, helps nobody.
    #[test]
    fn every_part_can_be_typed() {
        assert!(PARTS.len() > 500);
        for (c, ways) in PARTS.iter() {
            for parts in ways {
                assert!(parts.chars().count() > 1, "{c} has one part: {parts}");
                assert!(parts.chars().all(|part| part != *c && part.to_pinyin().is_some()), "{c}: {parts}");
            }
        }
    }
}
