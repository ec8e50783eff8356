//! What stands before us. Forwarded headers are believed from the proxy's own networks and from nowhere else.
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use kernel::{Error, Result};
use std::net::IpAddr;
use std::str::FromStr;

/// A network in CIDR notation, `10.1.0.0/16`; an address alone is a network of one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Network {
    base: u128,
    mask: u128,
}

impl Network {
    pub fn holds(&self, address: IpAddr) -> bool {
        wide(address) & self.mask == self.base
    }
}

/// IPv4 as IPv6 writes it, so that `::ffff:10.0.0.1` is 10.0.0.1.
fn wide(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(v4.to_ipv6_mapped()),
        IpAddr::V6(v6) => u128::from(v6),
    }
}

impl FromStr for Network {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::invalid("network").with("value", text);
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.trim().parse().map_err(|_| bad())?;
        let whole = if address.is_ipv4() { 32 } else { 128 };
        let bits: u32 = bits.map_or(Ok(whole), str::parse).map_err(|_| bad())?;
        if bits > whole {
            return Err(bad());
        }
        let mask = u128::MAX.checked_shl(whole - bits).unwrap_or(0);
        Ok(Self { base: wide(address) & mask, mask })
    }
}

/// The address a request came from, as far as we believe it. An extension of every request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Client(pub IpAddr);

/// The proxy before us, if there is one.
#[derive(Clone, Debug, Default)]
pub struct Front {
    pub trusted: Vec<Network>,
    /// The https address people use. Plain requests from anywhere but the proxy and this machine are sent there.
    pub public_url: Option<String>,
}

const FORWARDED: [&str; 5] = ["forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip"];

impl Front {
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|n| n.holds(address))
    }
    /// Notes whose request it is and takes away what anybody could have written.
    ///
    /// # Errors
    /// The answer to give instead: people belong on the https address.
    pub(crate) fn admit<B>(&self, peer: IpAddr, request: &mut Request<B>) -> std::result::Result<(), Box<Response<Body>>> {
        let trusted = self.trusts(peer);
        let proto = text(request, "x-forwarded-proto");
        let client = if trusted { self.client(peer, &text(request, "x-forwarded-for")) } else { peer };
        for name in FORWARDED {
            request.headers_mut().remove(name);
        }
        request.extensions_mut().insert(Client(client));
        let Some(public) = &self.public_url else { return Ok(()) };
        let plain = if trusted { proto == "http" } else { !peer.is_loopback() };
        if plain { Err(Box::new(elsewhere(public, request))) } else { Ok(()) }
    }
    /// The last address in the list that is not itself a proxy of ours: what stands before it anybody can write.
    fn client(&self, peer: IpAddr, list: &str) -> IpAddr {
        let mut client = peer;
        for hop in list.rsplit(',') {
            let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
            client = address;
            if !self.trusts(address) {
                break;
            }
        }
        client
    }
}

fn text<B>(request: &Request<B>, name: &str) -> String {
    let values: Vec<&str> = request.headers().get_all(name).iter().filter_map(|v| v.to_str().ok()).collect();
    values.join(",")
}

fn elsewhere<B>(public: &str, request: &Request<B>) -> Response<Body> {
    // A program that is led on without a word would go on sending its token in the clear.
    if request.uri().path().starts_with("/api/") {
        let said = serde_json::json!({ "type": "/problems/https-only", "status": 403, "title": format!("only at {public}") });
        let refused = Response::builder().status(StatusCode::FORBIDDEN).header(header::CONTENT_TYPE, "application/problem+json");
        return refused.body(Body::from(said.to_string())).unwrap_or_default();
    }
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str());
    let to = format!("{}{path}", public.trim_end_matches('/'));
    let response = Response::builder().status(StatusCode::PERMANENT_REDIRECT).header(header::LOCATION, to);
    response.body(Body::empty()).unwrap_or_else(|_| Response::new(Body::empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front() -> Front {
        Front { trusted: vec!["10.0.0.0/8".parse().unwrap()], public_url: Some("https://leitu.example".into()) }
    }

    fn ask(peer: &str, headers: &[(&'static str, &str)]) -> (Request<()>, Option<String>) {
        let mut request = Request::builder().uri("/todo?x=1").body(()).unwrap();
        for (name, value) in headers {
            request.headers_mut().append(*name, value.parse().unwrap());
        }
        let refused = front().admit(peer.parse().unwrap(), &mut request).err();
        (request, refused.map(|r| r.headers()["location"].to_str().unwrap().to_owned()))
    }

    fn client(request: &Request<()>) -> String {
        request.extensions().get::<Client>().unwrap().0.to_string()
    }

    #[test]
    fn networks_are_read_as_people_write_them() {
        for (network, inside, outside) in [
            ("10.1.0.0/16", "10.1.255.255", "10.2.0.0"),
            ("10.1.2.3", "::ffff:10.1.2.3", "10.1.2.4"),
            ("fd00::/8", "fd12::1", "fe80::1"),
            ("0.0.0.0/0", "203.0.113.9", "2001:db8::1"),
        ] {
            let n: Network = network.parse().unwrap();
            assert!(n.holds(inside.parse().unwrap()) && !n.holds(outside.parse().unwrap()), "{network}");
        }
        for bad in ["", "10.0.0.0/33", "10.0.0/8", "fd00::/129", "proxy", "10.0.0.0/-1", "10.0.0.0/"] {
            assert!(bad.parse::<Network>().is_err(), "{bad}");
        }
    }

    #[test]
    fn forwarded_headers_are_believed_from_the_proxy_only() {
        let (request, refused) = ask("10.0.0.9", &[("x-forwarded-for", "6.6.6.6, 203.0.113.7, 10.0.0.3"), ("x-forwarded-proto", "https")]);
        assert_eq!((client(&request).as_str(), refused), ("203.0.113.7", None));
        let (request, refused) = ask("203.0.113.9", &[("x-forwarded-for", "127.0.0.1"), ("x-forwarded-proto", "https")]);
        assert_eq!(client(&request), "203.0.113.9");
        assert_eq!(refused.as_deref(), Some("https://leitu.example/todo?x=1"));
        assert!(request.headers().is_empty());
    }

    #[test]
    fn a_program_that_asks_in_the_clear_is_refused_and_not_led_on() {
        let mut request = Request::builder().uri("/api/v1/cycles").body(()).unwrap();
        let refused = front().admit("203.0.113.9".parse().unwrap(), &mut request).unwrap_err();
        assert_eq!((refused.status(), refused.headers().get("location")), (StatusCode::FORBIDDEN, None));
    }

    #[test]
    fn plain_http_that_the_proxy_reports_is_sent_to_https_and_this_machine_may_look() {
        assert!(ask("10.0.0.9", &[("x-forwarded-proto", "http")]).1.is_some());
        assert_eq!(ask("127.0.0.1", &[]).1, None);
    }
}
