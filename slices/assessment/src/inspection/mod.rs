//! Teams of inspectors, the sheets they are given, and what each inspector has to do.
pub mod avoidance;
pub mod meant;
pub mod members;
pub mod pages;
mod sending;
pub mod store;

use web::Routes;

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/inspections", pages::tasks)
        .get("/assess/{cycle}/teams", sending::teams)
        .post("/assess/{cycle}/teams", sending::create)
        .post("/assess/{cycle}/assignments", sending::assign)
}
