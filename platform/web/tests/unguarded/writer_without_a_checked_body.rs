use access::{Grant, SignedIn};
use web::{Fields, Routes, See, Ui};

async fn write(_: Grant<SignedIn>, _: Ui, _: axum::Form<Fields>) -> See {
    See::to("/")
}

fn main() {
    let _ = Routes::new("test").post("/things", write);
}
