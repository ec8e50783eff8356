//! The loop of a year: published, opened, assessed, accepted, looked at again, decided, made public, final, put right,
//! in the ledger and in the overview; each hand-over puts an item into the next person's list and takes it away.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
#[path = "loop_of_a_year/assessment.rs"]
mod assessment;
#[path = "loop_of_a_year/database.rs"]
mod database;
#[path = "loop_of_a_year/decision.rs"]
mod decision;
#[path = "loop_of_a_year/preparation.rs"]
mod preparation;
#[path = "loop_of_a_year/rectification.rs"]
mod rectification;
#[path = "loop_of_a_year/sums.rs"]
mod sums;
#[path = "loop_of_a_year/walk.rs"]
mod walk;

use journeys::{Device, Product, Script};
use walk::Walk;

async fn a_year(product: Product, device: Device, script: Script) {
    let mut walk = Walk::begin(product, device, script).await;
    preparation::publish_the_scheme(&walk).await;
    preparation::withdraw_a_mistake(&walk).await;
    preparation::open_the_cycle(&mut walk).await;
    preparation::sign_in_the_neighbour(&walk).await;
    assessment::assess_oneself(&walk).await;
    assessment::send_inspectors(&walk).await;
    assessment::accept_on_site(&walk).await;
    let hero_drawn = assessment::look_again(&walk).await;
    decision::review(&walk, !hero_drawn).await;
    decision::publish(&walk).await;
    decision::make_final(&walk).await;
    rectification::put_right(&walk).await;
    sums::read_the_ledger(&walk, if hero_drawn { "95" } else { "90" }).await;
    sums::read_the_overview(&walk).await;
    for person in [&walk.person, &walk.neighbour] {
        // A form that was refused on purpose is no complaint.
        let said = person.console_errors().await.into_iter().filter(|e| !e.contains("status of 4")).collect::<Vec<_>>();
        assert_eq!(said, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_year_at_the_desk_with_scripts() {
    a_year(Product::demo(), Device::Desktop, Script::On).await;
}

#[tokio::test]
async fn a_year_on_a_phone_with_scripts() {
    a_year(Product::demo(), Device::Phone, Script::On).await;
}

#[tokio::test]
async fn a_year_on_a_phone_without_scripts() {
    a_year(Product::demo(), Device::Phone, Script::Off).await;
}

/// Where a server is given; `cargo xtask test` starts one and gives it.
#[tokio::test]
async fn a_year_on_postgresql() {
    if let Ok(server) = std::env::var("LEITU_TEST_PG") {
        let database = database::Database::new(&server).await;
        a_year(Product::demo_in(&database.url), Device::Desktop, Script::On).await;
    }
}

#[tokio::test]
async fn a_year_at_the_desk_without_scripts() {
    a_year(Product::demo(), Device::Desktop, Script::Off).await;
}
