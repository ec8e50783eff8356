//! Where on a page the thing is that a person names: XPath expressions, in the order to try them.

/// Buttons, links and summaries that read so: exactly, then as a part.
pub fn pressable(text: &str) -> Vec<String> {
    let all = "self::button or self::a or self::summary or (self::input and (@type='submit' or @type='button'))";
    tests(text).iter().map(|test| format!("//*[{all}][{test}]")).collect()
}

/// The same inside the smallest row, card or field group that holds `near`.
pub fn pressable_near(near: &str, text: &str) -> Vec<String> {
    inside(near, pressable(text))
}

/// Fields with this label inside the smallest row, card or field group that holds `near`.
pub fn labelled_near(near: &str, label: &str) -> Vec<String> {
    inside(near, labelled(label))
}

/// Things whose own row, card or group holds `near`; failing that, those in a wider one.
fn inside(near: &str, paths: Vec<String>) -> Vec<String> {
    let kinds = "self::tr or self::li or self::article or self::section or self::fieldset or self::form or contains(concat(' ', @class, ' '), ' pc ')";
    let holds = format!("contains(normalize-space(.), {})", literal(near));
    let own = paths.iter().map(|path| format!("{path}[ancestor::*[{kinds}][1][{holds}]]"));
    let wider = paths.iter().map(|path| format!("{path}[ancestor::*[{kinds}][{holds}]]"));
    own.chain(wider).collect()
}

/// Fields whose label reads so: exactly, at the beginning (an addition like 选填 may follow), as a part.
pub fn labelled(label: &str) -> Vec<String> {
    let field = "self::select or self::textarea or (self::input and not(@type='hidden'))";
    let said = literal(label);
    let labels = [
        format!("normalize-space(.)={said}"),
        format!("starts-with(normalize-space(.), {said})"),
        format!("contains(normalize-space(.), {said})"),
    ];
    let mut paths = Vec::new();
    for label in &labels {
        paths.push(format!("//*[{field}][@id=//label[{label}]/@for]"));
        paths.push(format!("//label[{label}]//*[{field}]"));
        paths.push(format!("//*[{field}][@aria-labelledby=//*[{label}]/@id]"));
    }
    paths.insert(3, format!("//*[{field}][@aria-label={said}]"));
    paths
}

/// Radio buttons and boxes of the group (fieldset, radiogroup) named so, with this label.
pub fn option_of(group: &str, option: &str) -> Vec<String> {
    let (group, option) = (literal(group), literal(option));
    let holders = [
        format!("//fieldset[contains(normalize-space(legend), {group})]"),
        format!(
            "//*[@role='radiogroup' or @role='group'][@aria-labelledby=//*[contains(normalize-space(.), {group})]/@id or contains(@aria-label, {group})]"
        ),
    ];
    let mut paths = Vec::new();
    for holder in holders {
        for said in [format!("normalize-space(.)={option}"), format!("contains(normalize-space(.), {option})")] {
            paths.push(format!("{holder}//input[@id={holder}//label[{said}]/@for]"));
            paths.push(format!("{holder}//label[{said}]//input"));
        }
    }
    paths
}

/// The `?` beside a word (帮助：复检) has the word as a part, and nobody means it who says the word alone.
fn tests(text: &str) -> Vec<String> {
    let said = literal(text);
    vec![
        format!("normalize-space(.)={said} or @value={said} or @aria-label={said} or (@data-help and normalize-space(span[2])={said})"),
        format!("not(@data-help) and (contains(normalize-space(.), {said}) or contains(@aria-label, {said}))"),
    ]
}

/// XPath 1.0 has no escapes: a text with both quotes is put together.
pub fn literal(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
    format!("concat({})", parts.join(", \"'\", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_quotes_is_put_together() {
        assert_eq!(literal("提交"), "'提交'");
        assert_eq!(literal("it's \"so\""), "concat('it', \"'\", 's \"so\"')");
    }
}
