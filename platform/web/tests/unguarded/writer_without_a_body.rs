use access::{Grant, SignedIn};
use web::{Routes, See, Ui};

async fn write(_: Grant<SignedIn>, _: Ui) -> See {
    See::to("/")
}

fn main() {
    let _ = Routes::new("test").post("/things", write);
}
