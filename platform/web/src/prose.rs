//! Chinese text as print sets it: half-width punctuation beside Chinese characters is shown full-width. What is stored
//! stays as it was published, to the letter.

/// A parenthesis closes as it was opened; between figures (`1:2`, `≤ 5,000`) nothing changes.
pub(crate) fn set(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut open = Vec::new();
    let mut shown = String::with_capacity(text.len());
    for (i, c) in chars.iter().enumerate() {
        let beside = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| is_chinese(*c));
        let chinese = beside(i.checked_sub(1)) || beside(Some(i + 1));
        shown.push(match c {
            '(' => {
                open.push(chinese);
                if chinese { '（' } else { '(' }
            }
            ')' if open.pop().unwrap_or(chinese) => '）',
            ',' if chinese => '，',
            ';' if chinese || shown.ends_with('）') => '；',
            ':' if chinese => '：',
            other => *other,
        });
    }
    shown
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '《' | '》' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::set;

    #[test]
    fn half_width_punctuation_beside_chinese_is_shown_full_width_and_figures_stay() {
        for (stored, shown) in [
            ("百分制考核(样例)", "百分制考核（样例）"),
            ("单独设支部(2分);不超过50人(1分,超出不得分)", "单独设支部（2分）；不超过50人（1分，超出不得分）"),
            ("每漏1人扣0.5)", "每漏1人扣0.5)"),
            ("比例 1:2, f(x)", "比例 1:2, f(x)"),
            ("（已是全角）", "（已是全角）"),
        ] {
            assert_eq!(set(stored), shown);
        }
    }
}
