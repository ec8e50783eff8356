//! Published editions: kept, read and shown. What one is, is in [`crate::edition`].
//!
//! Editions belong to the whole installation and are read by everybody who is signed in, so nothing here has a scope.
mod api;
mod cite;
mod diff;
mod draft;
mod list;
mod new;
mod publish;
mod show;
mod store;
mod tree;

pub use cite::{Titles, titles};
pub use publish::{Published, publish};
pub(crate) use store::published;
pub use store::{candidates, edition, editions, id_of, read_uncached, shelf};

use web::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/standards", list::list)
        .post("/standards", new::create)
        .get("/standards/new", new::new)
        .get("/standards/{code}", show::by_code)
        .get("/standards/{code}/v/{version}", show::by_version)
        .get("/standards/{code}/diff", diff::diff)
        .api_get::<api::__path_list, _, _, _>(api::list)
        .api_get::<api::__path_show, _, _, _>(api::show)
}
