//! Published schemes (考评细则): kept, checked and shown. What one is, is in the crate `scheme`.
mod api;
pub mod judged;
mod list;
mod new;
mod publish;
mod report;
mod show;
mod source;
mod spoken;
mod store;
mod workbook;

pub use publish::publish;
pub use report::{Report, check_shipped, publish_file};
pub use source::Source;
pub use store::{SchemeLine, named, newest, scheme, schemes};

use web::Routes;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get("/schemes", list::list)
        .post("/schemes", new::create)
        .get("/schemes/new", new::new)
        .get("/schemes/{code}/v/{version}", show::show)
        .get("/schemes/{code}/v/{version}/workbook", workbook::workbook)
        .api_get::<api::__path_show, _, _, _>(api::show)
}
