//! What stood at an organisation that is closed is not gone: the same people see it, and still nobody else; whoever may not
//! change it is told the same as before.
use super::{Expected, Round, table};
use crate::digest::Digest;
use crate::world::{World, system};
use audit::Event;
use testkit::engines;

/// One whose secretary and whose committees try every door, and one of another tree.
const CLOSED: [&str; 2] = ["21-2-1", "22-1"];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_closed_is_seen_by_the_same_people_and_by_nobody_else() {
    for engine in engines().await {
        let world = Box::pin(World::new(engine.db().clone())).await;
        for code in CLOSED {
            let (org, today) = (world.org(code), world.today());
            let closed = audit::change(&world.app.db, system(), async move |tx| {
                tree::close(tx, org, today).await?;
                Ok(((), Event::new("organisation.close", format!("org:{org}")).at(org)))
            });
            closed.await.unwrap();
        }
        let digest = Digest::of(engine.db(), engine.is_pg()).await;
        let description = crate::described::description();
        let mut round =
            Round { description, digest, world, table: table(), wrong: vec![], cells: 0, stopped: 0, repeats: [0, 0], pg: engine.is_pg() };
        let people = std::mem::take(&mut round.world.principals);
        for row in round.table.rows.clone().iter().filter(|row| row.object().is_some()) {
            for object in round.objects(row).iter().flatten().flatten().filter(|o| CLOSED.contains(&o.at.as_str())) {
                for person in &people {
                    let cell = round.cell(row, person, Some(Some(object))).await;
                    // What may still be done there is each slice's own matter.
                    if cell.expected != Expected::Allowed || !row.changes() {
                        Box::pin(round.try_door(&cell, false)).await;
                    }
                }
            }
        }
        assert!(round.cells > 500, "the round was shorter than it should be: {}", round.cells);
        assert!(round.wrong.is_empty(), "{} wrong on {engine}:\n{}", round.wrong.len(), round.wrong.join("\n"));
    }
}
