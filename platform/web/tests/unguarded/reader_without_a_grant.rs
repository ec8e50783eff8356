use web::{Routes, Ui};

async fn read(_: Ui) -> &'static str {
    "read"
}

fn main() {
    let _ = Routes::new("test").get("/things", read);
}
