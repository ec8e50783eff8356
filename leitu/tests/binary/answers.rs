//! What stands on every answer over https, what is answered to nobody, and who is spoken to at all.
use crate::program::{Home, Serving, ask};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto::ring};

fn certificate(name: &str) -> String {
    format!("{}/tests/certificate/{name}.pem", env!("CARGO_MANIFEST_DIR"))
}

fn served(home: &Home) -> Serving {
    home.serve(&format!("serve --empty --listen 127.0.0.1:0 --tls-cert {} --tls-key {}", certificate("cert"), certificate("key")))
}

fn connect(served: &Serving) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(certificate("cert")).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap()).unwrap();
    StreamOwned::new(client, TcpStream::connect(served.address()).unwrap())
}

#[test]
fn every_answer_over_https_carries_the_strict_headers_and_nothing_else_is_there() {
    let home = Home::new();
    let served = served(&home);
    let page = ask(connect(&served), "/set-up", "");
    let style = page.split('"').find(|t| t.starts_with("/assets/") && t.ends_with(".css")).unwrap().to_owned();
    let strict = [
        "strict-transport-security: max-age=31536000; includesubdomains",
        "x-content-type-options: nosniff",
        "referrer-policy: same-origin",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "default-src 'self'",
    ];
    for (path, status) in [
        ("/set-up", 200),
        ("/health", 200),
        ("/api/openapi.json", 200),
        (style.as_str(), 200),
        ("/", 303),
        ("/assets/", 404),
        ("/assets", 404),
        ("/.git/HEAD", 404),
        ("/../Cargo.toml", 404),
        ("/data/keys/signing.key", 404),
    ] {
        let answer = ask(connect(&served), path, "origin: https://evil.example\r\n");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
        let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
        for header in strict {
            assert!(head.contains(header), "{path} without {header}: {head}");
        }
        assert!(!head.contains("access-control-") && !head.contains("\r\nserver:"), "{path}: {head}");
        let kept = if path == style { "cache-control: public, max-age=31536000, immutable" } else { "cache-control: no-store" };
        assert!(head.contains(kept), "{path}: {head}");
    }
    for method in ["TRACE", "TRACK", "CONNECT"] {
        let mut stream = connect(&served);
        write!(stream, "{method} /set-up HTTP/1.1\r\nhost: localhost\r\nx-secret: echoed\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 4") && !answer.contains("echoed"), "{method}: {answer}");
    }
}

/// The first message of a client that speaks `version` at most and has one suite to offer.
fn hello(version: u8, suite: [u8; 2]) -> Vec<u8> {
    let mut body = vec![3, version];
    body.extend([7; 32]);
    // No session, one suite, no compression; the groups and signatures any server of today knows.
    body.extend([0, 0, 2, suite[0], suite[1], 1, 0]);
    let extensions = [[0, 10, 0, 4, 0, 2, 0, 23].as_slice(), &[0, 11, 0, 2, 1, 0], &[0, 13, 0, 8, 0, 6, 4, 3, 8, 4, 4, 1]].concat();
    body.extend([0, u8::try_from(extensions.len()).unwrap()]);
    body.extend(extensions);
    let length = u8::try_from(body.len()).unwrap();
    [[22, 3, 1, 0, length + 4, 1, 0, 0, length].as_slice(), &body].concat()
}

/// The first record of the answer: its kind, and what an alert says.
fn answered(served: &Serving, hello: &[u8]) -> (u8, u8) {
    let mut stream = TcpStream::connect(served.address()).unwrap();
    stream.write_all(hello).unwrap();
    let mut record = [0; 7];
    stream.read_exact(&mut record).unwrap();
    (record[0], record[6])
}

#[test]
fn tls_older_than_1_2_and_suites_without_forward_secrecy_are_refused_and_1_3_is_taken_first() {
    const ALERT: u8 = 21;
    const HANDSHAKE: u8 = 22;
    const HANDSHAKE_FAILURE: u8 = 40;
    const PROTOCOL_VERSION: u8 = 70;
    let home = Home::new();
    let served = served(&home);
    // ECDHE with AES-GCM, for a key of either kind: what the others differ from in one thing each.
    let good = [[0xC0, 0x2B], [0xC0, 0x2F]].into_iter().find(|suite| answered(&served, &hello(3, *suite)).0 == HANDSHAKE);
    let good = good.expect("TLS 1.2 with forward secrecy is spoken, or this test proves nothing");
    for old in [1, 2] {
        assert_eq!(answered(&served, &hello(old, good)), (ALERT, PROTOCOL_VERSION), "TLS 1.{}", old - 1);
    }
    // Keys without forward secrecy, CBC, RC4, 3DES.
    for suite in [[0x00, 0x9C], [0x00, 0x2F], [0xC0, 0x09], [0xC0, 0x13], [0xC0, 0x11], [0x00, 0x0A]] {
        assert_eq!(answered(&served, &hello(3, suite)), (ALERT, HANDSHAKE_FAILURE), "{suite:02x?}");
    }
    let mut stream = connect(&served);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock).unwrap();
    }
    assert_eq!(stream.conn.protocol_version(), Some(tokio_rustls::rustls::ProtocolVersion::TLSv1_3));
}
