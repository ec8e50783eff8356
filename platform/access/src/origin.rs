//! Where a changing request comes from.
use http::HeaderMap;

/// A browser of today says where a request comes from (`Sec-Fetch-Site`); an old one at least sends `Origin`;
/// one that says neither is refused. `public` is the address people use, if a proxy stands before us.
pub fn same_origin(headers: &HeaderMap, public: Option<&str>) -> bool {
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => match public {
            Some(public) => origin == public.trim_end_matches('/'),
            None => origin.split_once("://").map(|o| o.1) == header("host"),
        },
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&'static str, &str)], public: Option<&str>) -> bool {
        let mut h = HeaderMap::new();
        for (name, value) in pairs {
            h.insert(*name, value.parse().unwrap());
        }
        same_origin(&h, public)
    }

    #[test]
    fn a_change_must_come_from_our_own_pages() {
        assert!(asked(&[("sec-fetch-site", "same-origin")], None));
        assert!(asked(&[("origin", "http://a:80"), ("host", "a:80")], None));
        assert!(asked(&[("origin", "https://x.cn"), ("host", "inner")], Some("https://x.cn/")));
        for bad in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://a"), ("host", "a")],
            &[("origin", "null"), ("host", "a")],
            &[("origin", "http://b"), ("host", "a")],
            &[],
        ] {
            assert!(!asked(bad, None), "{bad:?}");
        }
    }
}
