//! The database server is killed under a program that stays: `pg_ctl stop -m immediate`, recovery, and everybody goes on.
use crate::dice::Dice;
use crate::flow::Flow;
use crate::kill9::tell;
use crate::report::{Row, is_timed};
use crate::stage::{self, Served};
use std::time::Duration;

/// Kills between two looks at everything.
const DEEP: usize = 50;
/// How soon everybody works again after the server has come back.
const BACK: Duration = Duration::from_secs(5);

/// Kills the server again and again. A control has `settings` or a defect that must lose.
pub async fn killed(name: &str, kills: usize, defect: Option<&'static str>) -> Row {
    let Served { home: _home, mut cluster, hands, make } = match stage::served(kills / 8 + 3, defect).await {
        Ok(served) => served,
        Err(why) => return Row::not_run(name, why),
    };
    let url = cluster.url();
    let mut flow = Flow::start(make, hands);
    let (mut dice, mut longest) = (Dice::new(11), Duration::ZERO);
    for round in 1..=kills {
        flow.turn(round);
        tokio::time::sleep(Duration::from_millis(40 + dice.below(260))).await;
        cluster.kill();
        cluster.start().expect("the server comes back");
        match flow.everybody_again().await {
            Some(back) => longest = longest.max(back),
            // After a loss people ask for what nobody has, and leave.
            None if defect.is_some() => {}
            None => flow.found.half(false, || format!("after kill {round} not everybody could work again")),
        }
        flow.rest().await;
        flow.compare(&url, defect.is_some()).await;
        if round % DEEP == 0 || round == kills {
            flow.look(&url).await;
        }
        if defect.is_some() && flow.found.lost > 0 {
            break;
        }
        flow.go_on();
    }
    flow.leave().await;
    let back = format!("kills={kills} back_in={:.1}s", longest.as_secs_f64());
    if longest > BACK && is_timed() {
        flow.found.half(false, || format!("back only after {longest:?}"));
    }
    tell(name, &back, &flow.make, &flow.known, &flow.found)
}
