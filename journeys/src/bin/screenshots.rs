//! Every page, at the desk and on a phone, into `target/screenshots`: for the eye, not for a
//! verdict. Run it as `cargo xtask screenshots`.
use journeys::{Browser, Device, Product, Script};

/// Paths anybody may open, and the names of their pictures.
const PUBLIC: [(&str, &str); 2] = [("/", "start"), ("/kit", "kit")];

#[tokio::main]
async fn main() {
    let product = Product::demo();
    for (device, size) in [(Device::Desktop, "1440"), (Device::Phone, "390")] {
        let person = Browser::open(&product.address, device, Script::On).await;
        for (path, name) in PUBLIC {
            person.go(path).await;
            person.screenshot_whole(&format!("{name}-{size}")).await;
        }
    }
}
