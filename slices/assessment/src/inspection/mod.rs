//! Teams of inspectors, the sheets they are given, and what each inspector has to do.
pub mod avoidance;
pub mod members;
pub mod pages;
pub mod store;

use web::Routes;

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/inspections", pages::tasks)
        .get("/assess/{cycle}/teams", pages::teams)
        .post("/assess/{cycle}/teams", pages::create)
        .post("/assess/{cycle}/assignments", pages::assign)
}
