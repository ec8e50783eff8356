//! A page to try the harness on: a form under a strict content policy, served by a few lines.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

const FORM: &str = r#"<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>表</title><script src="/script.js" defer></script></head><body>
<main data-page="harness/form.html"><h1>填表</h1><p id="ran">没有脚本</p>
<form method="post" action="/send">
<p><label for="n">名称 <span>(选填)</span></label> <input id="n" name="name" value="旧"></p>
<p><label>日期 <input type="date" name="day"></label></p>
<p><label for="k">类型</label> <select id="k" name="kind"><option>支部</option><option>总支</option></select></p>
<fieldset><legend>等次</legend><label><input type="radio" name="grade" value="good"> 好</label> <label><input type="radio" name="grade" value="fair"> 较好</label></fieldset>
<p><input type="checkbox" id="c" name="sure" value="yes"> <label for="c">确认无误</label></p>
<p><label for="hid" hidden>名</label><button hidden>提交</button> <button name="do" value="submit">提交</button></p></form>
<form method="post" action="/file" enctype="multipart/form-data"><p><label>佐证 <input type="file" name="f"></label> <button>上传</button></p></form>
<form method="post" action="/slow"><button>慢慢来</button></form>
<form method="post" action="/slow" data-swap="ran"><button>原处换</button></form>
<table><tr><td>甲</td><td><a href="/row?of=a">打开</a></td></tr><tr><td>乙</td><td><a href="/row?of=b">打开</a></td></tr></table>
</main></body></html>"#;

/// Says that it ran, and sends a form that stays on its page as the product's own script does.
const SCRIPT: &str = "const ran = document.getElementById('ran');
ran.textContent = '脚本已运行';
document.querySelector('form[data-swap]').addEventListener('submit', (e) => {
  e.preventDefault();
  e.target.dataset.sent = '1';
  fetch('/slow', { method: 'POST' }).then((answer) => { ran.textContent = '换好了'; delete e.target.dataset.sent; });
});";

/// How long a page takes that comes slowly.
const SLOW: std::time::Duration = std::time::Duration::from_millis(700);

/// Breaks a rule of accessibility, is wider than a phone, and complains in the console.
const BAD: &str = r#"<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>坏</title><script src="/missing.js"></script></head><body><main data-page="harness/bad.html"><h1>坏</h1><input name="x"><svg width="900" height="9"></svg></main></body></html>"#;

/// Serves until the test ends; returns the address.
pub fn serve() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(std::thread::spawn(move || answer(stream)))));
    address
}

fn answer(mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut first, mut length) = (String::new(), 0usize);
    if reader.read_line(&mut first).is_err() {
        return;
    }
    for line in reader.by_ref().lines().map_while(Result::ok).take_while(|l| !l.is_empty()) {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    let _ = reader.read_exact(&mut body);
    let text = String::from_utf8_lossy(&body);
    let path = first.split(' ').nth(1).unwrap_or_default();
    let (status, kind, content) = match path.split('?').next().unwrap_or_default() {
        "/" => ("200 OK", "text/html", FORM.to_owned()),
        "/script.js" => ("200 OK", "text/javascript", SCRIPT.to_owned()),
        "/bad" => ("200 OK", "text/html", BAD.to_owned()),
        "/send" => (("303 See Other"), "text/plain", format!("/done?{text}")),
        "/slow" => {
            std::thread::sleep(SLOW);
            ("200 OK", "text/html", "<!doctype html><meta charset=utf-8><p id=ran>慢页到了".to_owned())
        }
        "/file" => ("200 OK", "text/plain", text.lines().filter(|l| !l.contains("boundary")).collect::<Vec<_>>().join(" ")),
        "/done" | "/row" => ("200 OK", "text/html", format!("<!doctype html><meta charset=utf-8><p>收到 {}", path.replace('&', " "))),
        _ => ("404 Not Found", "text/plain", String::new()),
    };
    let location = if status.starts_with("303") { format!("Location: {content}\r\n") } else { String::new() };
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Security-Policy: default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; form-action 'self'\r\n{location}Content-Length: {}\r\nConnection: close\r\n\r\n{content}",
        content.len()
    );
}
