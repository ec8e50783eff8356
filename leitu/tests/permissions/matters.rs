//! The fixture's problems, one in each state, and what an account has of its own.
use crate::phases::calendar;
use crate::world::{Object, World, system};
use access::{NewSession, NewToken};
use audit::Event;
use kernel::{Instant, JobId, OrgId, Points, ProblemId};
use rectification::{Asking, By, NewProblem};
use web::StatusCode;

impl World {
    pub async fn problems(&mut self) {
        let board = self.objects["cycle"].iter().find(|o| o.note == "self" && o.at == "21").unwrap().values[0].1.clone();
        for (n, note) in ["open", "open2", "doing", "review", "review2", "review3", "review4", "closed"].into_iter().enumerate() {
            for code in ["21-1-1", "21-2-1", "22-1"] {
                let id = self.open(code, &board, n).await;
                self.bring_to(code, id, note).await;
                let values = vec![("problem", id.to_string())];
                self.add("problem", Object { values, at: code.into(), root: code.into(), note, ..Object::default() });
            }
        }
        for board in ["clean", "clean2"] {
            for code in ["21-1-1", "21-2-1", "22-1"] {
                self.ask(code, board).await;
            }
        }
        let mine = self.objects["problem"][0].values[0].1.clone();
        self.words.insert("reminded", mine);
    }
    /// Nothing was found on this board.
    async fn ask(&self, code: &'static str, board: &'static str) {
        let (org, who) = (self.org(code), By::system(system(), self.today()));
        let asked = audit::change(&self.app.db, system(), async move |tx| {
            let path = tree::node(tx, org).await?.path;
            let asking = Asking { board: board.into(), org, org_code: code.into(), year: 2026, path, href: String::new() };
            rectification::ask_none(tx, &asking, &who).await?;
            Ok(((), Event::new("sheet.submit", "sheet:1")))
        });
        asked.await.unwrap();
    }
    async fn open(&self, code: &'static str, board: &str, n: usize) -> ProblemId {
        let (org, board): (OrgId, String) = (self.org(code), board.to_owned());
        let who = By::system(system(), self.today());
        let opened = audit::change(&self.app.db, system(), async move |tx| {
            let new = NewProblem {
                org,
                org_code: code.into(),
                path: tree::node(tx, org).await?.path,
                year: 2026,
                board: board.clone(),
                source: "source-acceptance",
                href: String::new(),
                item: format!("C{n}"),
                title: format!("指标{n}"),
                text: "缺表决记录".into(),
                lost: Points::hundredths(50),
                workdays: 30,
            };
            let opened = rectification::open(tx, &new, &calendar(), &who).await?;
            Ok((opened, Event::new("sheet.submit", "sheet:1")))
        });
        opened.await.unwrap()
    }
    /// By somebody else than those who try the doors, so that nobody meets their own closing.
    async fn bring_to(&self, code: &'static str, id: ProblemId, note: &str) {
        let unit = code.rsplit_once('-').unwrap().0;
        let secretary = self.app.person("secretary", Some(self.org(code))).await;
        let deputy = self.app.person("deputy", Some(self.org(unit))).await;
        let press = async |who: &testkit::Person, step: &str, fields: &[(&str, &str)]| {
            let done = self.app.post(who, &format!("/problems/{id}/{step}"), fields).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{step}: {}", done.body);
        };
        if note.starts_with("open") {
            return;
        }
        press(&secretary, "work", &[("x", "")]).await;
        if note == "doing" {
            return;
        }
        press(&secretary, "closure", &[("closing", "已补开")]).await;
        if note == "closed" {
            press(&deputy, "verification", &[("reason", "")]).await;
        }
    }

    /// Files that two people have handed in, as far as each row needs them.
    pub async fn handed_in(&mut self) {
        self.add("template", Object { values: vec![("template", "members.csv".into())], ..Object::default() });
        for (role, at) in [("committee", "21"), ("secretary", "21-1-1")] {
            let who = self.person(role, at).clone();
            for note in ["refused", "checked", "checked2", "done", "done2"] {
                let sent = serde_json::json!({"kind": "members", "file": "a.csv", "csv": "branch_code,name,status\n"});
                let handed = self.app.api(&who, axum::http::Method::POST, "/api/v1/imports", Some(sent)).await;
                assert_eq!(handed.status, StatusCode::OK, "{}", handed.body);
                let json: serde_json::Value = serde_json::from_str(&handed.body).unwrap();
                let id = json["id"].as_str().unwrap().to_owned();
                let (import, state) = (kernel::ImportId::parse(&id).unwrap(), note.trim_end_matches('2'));
                let sql = "UPDATE import_file SET state = $2 WHERE id = $1";
                self.app.db.write(async move |tx| tx.exec(sql, &db::params![&import, state]).await).await.unwrap();
                std::fs::write(
                    self.app.app.data_dir().join("imports").join(format!("{id}.bad")),
                    self.app.app.keys().seal_bytes(&format!("import|bad-rows|{id}"), b"bad").unwrap(),
                )
                .unwrap();
                let values = vec![("import", id)];
                self.add("import", Object { values, note, owner: Some(who.account), ..Object::default() });
            }
        }
    }
    /// A second session, a token, a job and a file made in the background, of the committee at 21.
    pub async fn own(&mut self) {
        let account = self.person("committee", "21").account;
        let (session, token, job, now) = (NewSession::new().unwrap(), NewToken::new().unwrap(), JobId::new(), Instant::now());
        let (s, t, org) = (session.clone(), token.clone(), self.org("21"));
        let made = audit::change(&self.app.db, system(), async move |tx| {
            access::open(tx, account, &s, "another browser", now).await?;
            access::make_token(tx, account, &t, "脚本", "committee", 30, now).await?;
            let path = tree::node(tx, org).await?.path;
            jobs::enqueue(tx, &job, "calendar-recount", Some(&account), &path, "{}").await?;
            Ok(((), Event::new("test.own", format!("account:{account}"))))
        });
        made.await.unwrap();
        let (export, folder) = (web::ExportId::new().to_string(), self.app.app.data_dir().join("exports"));
        let noted = serde_json::json!({"account": account.to_string(), "posts": [], "title": "台账", "name": "ledger.csv", "media": "text/csv; charset=utf-8",
            "address": "/ledger/file", "rows": 1, "made": now.0, "failure": null});
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{export}.json")), noted.to_string()).unwrap();
        std::fs::write(folder.join(&export), "code\r\n").unwrap();
        let own = [("session", session.id.to_string()), ("token", token.id.to_string()), ("job", job.to_string()), ("export", export)];
        for (kind, id) in own {
            self.add(kind, Object { values: vec![(kind, id)], owner: Some(account), ..Object::default() });
        }
    }
}
