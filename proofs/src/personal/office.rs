//! An office that enters people: by file, by form, wrongly, half; over HTTP, as people do it.
use super::people::{Person, csv, rows};
use crate::client::{Client, Reply};
use crate::hostile::{End, Hostile, To, workbooks};
use crate::postgres::Cluster;
use crate::program::{Make, Program};
use crate::province::{Province, Seat};
use crate::sender::{Form, send};
use kernel::Uuid;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Branches that people are entered in.
pub const BRANCHES: usize = 25;
/// How long an import is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// A province with its program, which says as much as it can say.
pub struct Office {
    pub home: TempDir,
    pub make: Make,
    pub province: Province,
    pub cluster: Option<Cluster>,
    pub program: Option<Program>,
    pub client: Client,
}

impl Office {
    /// On the embedded database, or on a PostgreSQL of its own.
    ///
    /// # Errors
    /// Why it cannot be made on this machine.
    pub async fn open(pg: bool, defect: Option<&'static str>) -> Result<Office, String> {
        let home = tempfile::tempdir().map_err(|e| e.to_string())?;
        crate::postgres::open_up(home.path());
        let cluster = if pg { Some(Cluster::make(&home.path().join("pg"), &["wal_recycle=off", "min_wal_size=32MB"])?) } else { None };
        let url = cluster.as_ref().map(Cluster::url);
        let province = Province::make(home.path(), url.as_deref(), BRANCHES * 2, BRANCHES).await;
        let make = Make { defect, url, home: home.path().into(), log: home.path().join("log") };
        // That there is no PostgreSQL is the machine's matter; that the program does not start is ours.
        let program = make.serve_talking(&home.path().join("temporary")).expect("a program that starts");
        let client = Client::connect(&program.address, &province.committee.session).await.expect("a connection");
        Ok(Office { home, make, province, cluster, program: Some(program), client })
    }
    pub fn address(&self) -> &str {
        self.program.as_ref().map_or("", |p| &p.address)
    }
    /// Ends the program as whoever runs it does.
    pub fn end(&mut self) {
        if let Some(program) = self.program.take() {
            program.stop();
        }
    }
    /// A browser of somebody else's.
    pub async fn as_seat(&self, seat: &Seat) -> Client {
        Client::connect(self.address(), &seat.session).await.expect("a connection")
    }
    /// Sends a form as the committee.
    pub async fn post(&mut self, path: &str, fields: &str) -> Reply {
        let form = format!("_csrf={}&_key={}{fields}", self.province.committee.csrf, Uuid::now_v7());
        self.client.post(path, &form).await.expect("an answer")
    }
    /// Enters one by the form of their branch; answers where they are shown.
    pub async fn entered(&mut self, person: &Person) -> u16 {
        let branch = self.province.branches[person.branch].0;
        self.post(&format!("/orgs/{branch}/members"), &person.form()).await.status
    }
    /// Hands a roster in as a file and brings it in; answers how it ended (`done`, `refused`) and where.
    pub async fn roster(&mut self, people: &[Person], workbook: bool, spoilt: bool) -> (String, String) {
        let mut table = rows(people, &self.province);
        if spoilt {
            // One row of nobody's branch: the file is refused as a whole.
            table.push(vec!["nowhere".into(), "无名".into(), String::new(), "正式".into(), String::new()]);
        }
        let (name, content) = match workbook {
            true => ("名册.xlsx", workbooks::of_texts(&table)),
            false if spoilt => ("名册.csv", (csv(people, &self.province) + "nowhere,无名,,正式,\n").into_bytes()),
            false => ("名册.csv", csv(people, &self.province).into_bytes()),
        };
        let file = Hostile::new("a roster", To::Import("members"), name, content, End::Harmless);
        let seat = self.province.committee.clone();
        let fields = vec![("_csrf", seat.csrf.clone()), ("_key", Uuid::now_v7().to_string()), ("kind", "members".into())];
        let form = Form { path: "/imports".into(), session: &seat.session, fields, file: &file, instead: None };
        let answer = send(self.address(), form).await.expect("an answer");
        let Some(place) = answer.location else { panic!("the roster was not taken: {}", answer.text) };
        let state = self.waited(&place, "checking").await;
        if state != "checked" {
            return (state, place);
        }
        assert_eq!(self.post(&format!("{place}/acceptance"), "").await.status, 303);
        (self.waited(&place, "bringing").await, place)
    }
    async fn waited(&mut self, place: &str, doing: &str) -> String {
        let start = Instant::now();
        loop {
            let (path, csrf) = (format!("/api/v1{place}"), self.province.committee.csrf.clone());
            let reply = self.client.call("GET", &path, &csrf, "").await.expect("an answer");
            let there: Value = serde_json::from_str(&reply.body).unwrap_or_default();
            let state = there["state"].as_str().unwrap_or_default().to_owned();
            if state != doing || start.elapsed() > PATIENCE {
                return state;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    /// Everything that may lie somewhere: data, log, temporary files, the PostgreSQL's own folder.
    pub fn everything(&self) -> PathBuf {
        self.home.path().into()
    }
    /// Makes a backup; answers where.
    pub fn backed_up(&self) -> PathBuf {
        let to = self.home.path().join("backup");
        let done = self.make.run(&["backup", &to.to_string_lossy()]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        to
    }
}

/// The system's own folders for what is temporary, where a program might forget something.
pub fn temporary() -> [&'static Path; 2] {
    [Path::new("/var/tmp"), Path::new("/dev/shm")]
}
