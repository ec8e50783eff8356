//! The program starts, tells its address, and shows a page on every device, with and without
//! scripts.
use journeys::{Browser, Device, Product, Script};

#[tokio::test]
async fn the_program_serves_its_first_page_everywhere() {
    let product = Product::start(&["--empty"]);
    for (device, script) in
        [(Device::Desktop, Script::On), (Device::Desktop, Script::Off), (Device::Phone, Script::On), (Device::Phone, Script::Off)]
    {
        let person = Browser::open(&product.address, device, script).await;
        person.go("/").await;
        assert_ne!(person.reads().await, "", "{device:?} {script:?}");
        assert_eq!(person.console_errors().await, Vec::<String>::new(), "{device:?} {script:?}");
    }
}
