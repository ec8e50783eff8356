//! What fits beside what is a question of letters in a line, not of pixels. Media queries count in the browser's own type
//! and know nothing of 大字版, so a desk in large type would keep a layout for twice the letters. Each block for narrow
//! screens is therefore said once more for each size, at the width where that many letters fit. They are all for the screen:
//! a sheet of A4 is as narrow as a tablet, but paper has room for tables.

/// The sizes and how much larger their type is (`html[data-size=…]` in the style sheet).
const SIZES: [(&str, f64); 2] = [("large", 1.375), ("xlarge", 1.875)];
const NARROW: &str = "@media screen and (max-width:";

/// The style sheet with its narrow layouts for large type.
pub(crate) fn widened(css: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(css.len() * 2), css);
    while let Some(start) = rest.find(NARROW) {
        let block = &rest[start..];
        let Some((width, body, end)) = read(block) else { break };
        out.push_str(&rest[..start + end]);
        for (size, factor) in SIZES {
            let rules: String = rules(body).filter_map(|(selectors, style)| for_size(selectors, style, size)).collect();
            out.push_str(&format!(
                "\n@media screen and (min-width:{width}.01em) and (max-width:{}em){{{rules}}}",
                f64::from(width) * factor
            ));
        }
        rest = &rest[start + end..];
    }
    out.push_str(rest);
    out
}

/// The width in em, what stands between the braces, and where the block ends.
fn read(block: &str) -> Option<(u16, &str, usize)> {
    let width = block[NARROW.len()..].split("em)").next()?.parse().ok()?;
    let open = block.find('{')?;
    let mut depth = 0;
    for (at, sign) in block.char_indices().skip_while(|(at, _)| *at < open) {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((width, &block[open + 1..at], at + 1));
        }
    }
    None
}

/// Each rule's selectors and style; comments are left out.
fn rules(body: &str) -> impl Iterator<Item = (&str, &str)> {
    body.split('}').filter_map(|rule| {
        let (selectors, style) = rule.split_once('{')?;
        Some((selectors.rsplit("*/").next().unwrap_or(selectors).trim(), style))
    })
}

fn for_size(selectors: &str, style: &str, size: &str) -> Option<String> {
    let own = format!("html[data-size={size}]");
    let mine = |selector: &str| match selector.trim() {
        already if already.starts_with(&own) => Some(already.to_owned()),
        // Those of another size, or of the usual one.
        other if other.starts_with("html") => None,
        plain => Some(format!("{own} {plain}")),
    };
    let all: Vec<String> = selectors.split(',').filter_map(mine).collect();
    (!all.is_empty()).then(|| format!("{}{{{style}}}", all.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_layout_is_said_again_where_as_many_letters_fit_and_the_rest_stays() {
        let css = ".a{b:c}\n@media screen and (max-width:48em){\n  html:not([data-size]){f:g} /* why */\n  .x,.y th{d:e}html[data-size=large] .z{h:i}\n}\n.k{l:m}";
        let expected = "@media screen and (min-width:48.01em) and (max-width:66em){html[data-size=large] .x,html[data-size=large] .y th{d:e}html[data-size=large] .z{h:i}}\n\
            @media screen and (min-width:48.01em) and (max-width:90em){html[data-size=xlarge] .x,html[data-size=xlarge] .y th{d:e}}";
        assert_eq!(widened(css), css.replace("\n.k", &format!("\n{expected}\n.k")));
    }

    #[test]
    fn a_sheet_without_narrow_layouts_or_with_a_broken_one_is_left_as_it_is() {
        for css in [
            ".a{b:c}",
            "@media print{.a{b:c}}",
            "@media screen and (max-width:48em){.a{b:c}",
            "@media screen and (max-width:48px){.a{b:c}}",
        ] {
            assert_eq!(widened(css), css);
        }
    }
}
