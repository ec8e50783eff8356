//! A request that comes again because its answer was lost. Its change is done already (`audit::change` sees to that), but the
//! object has moved on, and a handler that looks at it first refuses what it had accepted. Whoever sent it is told that it is
//! done, and led to the nearest page above the address, where the change shows.
use crate::{App, Flash, See};
use access::Caller;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::Error;

/// A refusal whose key begins so tells of the repetition itself (a code is shown once), and is what its sender reads.
const OF_THE_REPETITION: &str = "again-";

/// What is told instead of a refusal, should the request have been done before; `None` for any other answer.
pub(crate) fn instead_of(answer: &Response) -> Option<Flash> {
    let by_a_rule =
        matches!(answer.status(), StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY);
    let own = answer.extensions().get::<Error>().filter(|e| e.key.starts_with(OF_THE_REPETITION));
    by_a_rule.then(|| own.map_or_else(|| Flash::done("done-before"), Flash::failed))
}

/// The answer of a request that is refused now and was done before; `None` if it was never done.
pub(crate) async fn done_before(app: &App, caller: &Caller, route: Option<&str>, path: &str, said: Flash) -> Option<Response> {
    // A request has a key only once its body has been taken, so a reader's refusal asks nothing.
    if caller.repeat().is_none() || !audit::is_done(app.db(), caller).await {
        return None;
    }
    let to = nearest(|t| app.inventory().iter().any(|r| r.method == Method::GET && r.path == t), route.unwrap_or_default(), path);
    Some(See::to(to).flash(&said).into_response())
}

/// The address itself, or the nearest above it, under which something can be read. `route` is its template.
fn nearest<'a>(readable: impl Fn(&str) -> bool, route: &'a str, path: &'a str) -> &'a str {
    let above = |text: &'a str| text.rsplit_once('/').map_or("", |(above, _)| above);
    let (mut route, mut path) = (route, path);
    while !route.is_empty() {
        if readable(route) {
            return path;
        }
        (route, path) = (above(route), above(path));
    }
    "/"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_form_lands_on_the_nearest_page_above_its_address() {
        let pages = ["/people", "/people/{account}", "/sheets/{sheet}", "/sheets/{sheet}/self", "/problems", "/problems/{problem}"];
        for (route, path, to) in [
            ("/sheets/{sheet}/self", "/sheets/7/self", "/sheets/7/self"),
            ("/people/{account}/code", "/people/7/code", "/people/7"),
            ("/sheets/{sheet}/evidence/{indicator}/citations", "/sheets/7/evidence/A1/citations", "/sheets/7"),
            ("/people/from-members", "/people/from-members", "/people"),
            ("/problems/reminders", "/problems/reminders", "/problems"),
            ("/elsewhere/{x}/y", "/elsewhere/7/y", "/"),
            ("", "/7", "/"),
        ] {
            assert_eq!(nearest(|t| pages.contains(&t), route, path), to, "{path}");
        }
    }
}
