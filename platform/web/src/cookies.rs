//! What a browser keeps of a page beside who it is: the message of the step before, type size, language, whether the demo's
//! guided bits are shown. Pages write them under their plain names; where the public address is https they go out bound to this
//! host, and are read so.
use access::Cookies;
use axum::http::{HeaderMap, HeaderValue, header};

const HOST: &str = "__Host-";

/// The name under which a browser sends such a cookie back.
pub(crate) fn name(cookies: &Cookies, plain: &str) -> String {
    if cookies.secure { format!("{HOST}{plain}") } else { plain.to_owned() }
}

/// Binds every cookie that does not say so itself to this host and to https.
pub(crate) fn bind(headers: &mut HeaderMap) {
    let all: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().map(|c| bound(c).unwrap_or_else(|| c.clone())).collect();
    headers.remove(header::SET_COOKIE);
    for cookie in all {
        headers.append(header::SET_COOKIE, cookie);
    }
}

fn bound(cookie: &HeaderValue) -> Option<HeaderValue> {
    let text = cookie.to_str().ok().filter(|text| !text.starts_with(HOST))?;
    HeaderValue::from_str(&format!("{HOST}{text}; Secure")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_https_no_cookie_goes_out_that_another_host_or_a_plain_request_could_have_set() {
        let mut headers = HeaderMap::new();
        for cookie in ["size=large; Path=/; SameSite=Lax", "__Host-leitu=1; Path=/; Secure"] {
            headers.append(header::SET_COOKIE, HeaderValue::from_static(cookie));
        }
        bind(&mut headers);
        let sent: Vec<&str> = headers.get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap()).collect();
        assert_eq!(sent, ["__Host-size=large; Path=/; SameSite=Lax; Secure", "__Host-leitu=1; Path=/; Secure"]);
        let cookies = |secure| Cookies { secure, public_url: None };
        assert_eq!([name(&cookies(true), "size"), name(&cookies(false), "size")], ["__Host-size", "size"]);
    }
}
