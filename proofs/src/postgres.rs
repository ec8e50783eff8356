//! A PostgreSQL of the proof's own, that can be killed, started again and copied. Its settings are the server's defaults.
use crate::program::{is_root, run};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A cluster in a folder, running or not.
pub struct Cluster {
    pub folder: PathBuf,
    port: u16,
    running: Option<Child>,
    settings: Vec<String>,
}

/// Where the programs of the newest installed version are.
///
/// # Errors
/// Nothing is installed.
pub fn tools() -> Result<PathBuf, String> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut all: Vec<(u32, PathBuf)> =
        versions.filter_map(|v| Some((v.file_name().to_str()?.parse().ok()?, v.path().join("bin")))).collect();
    all.retain(|(_, bin)| bin.join("initdb").is_file());
    all.sort();
    all.pop().map(|(_, bin)| bin).ok_or_else(|| "PostgreSQL is not installed".into())
}

/// The server refuses to run as root: the package brings its own user.
pub fn as_server(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", program]);
    command
}

/// The server's user must be able to reach its folder.
pub fn open_up(folder: &Path) {
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).expect("a folder that can be entered");
}

/// Gives a folder to the server's user.
fn give(folder: &Path) {
    if is_root() {
        run(&["chown", "postgres:postgres", &folder.to_string_lossy()]).expect("a folder for PostgreSQL");
    }
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o700)).expect("a folder for PostgreSQL");
}

impl Cluster {
    /// Makes one in `folder`, which may not exist, and starts it. Each setting is `name=value`.
    ///
    /// # Errors
    /// What the server's programs said.
    pub fn make(folder: &Path, settings: &[&str]) -> Result<Cluster, String> {
        std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
        give(folder);
        let mut command = as_server(&tools()?.join("initdb").to_string_lossy());
        command.arg("-D").arg(folder).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"]);
        command.args(["--locale-provider=icu", "--icu-locale=zh"]).current_dir("/");
        let made = command.output().map_err(|e| e.to_string())?;
        if !made.status.success() {
            return Err(String::from_utf8_lossy(&made.stderr).into_owned());
        }
        Self::open(folder, settings)
    }
    /// Starts one on files that are there: a restored, copied or cut off one.
    ///
    /// # Errors
    /// It does not answer within a minute.
    pub fn open(folder: &Path, settings: &[&str]) -> Result<Cluster, String> {
        Self::open_at(folder, free_port()?, settings)
    }
    fn open_at(folder: &Path, port: u16, settings: &[&str]) -> Result<Cluster, String> {
        let settings = settings.iter().map(|s| (*s).to_owned()).collect();
        let mut cluster = Cluster { folder: folder.into(), port, running: None, settings };
        cluster.start()?;
        Ok(cluster)
    }
    /// # Errors
    /// It does not answer within a minute.
    pub fn start(&mut self) -> Result<(), String> {
        let _ = std::fs::remove_file(self.folder.join("postmaster.pid"));
        let tools = tools()?;
        let mut command = as_server(&tools.join("postgres").to_string_lossy());
        command.arg("-D").arg(&self.folder).args(["-p", &self.port.to_string(), "-c", "listen_addresses=127.0.0.1"]);
        command.args(["-c", "unix_socket_directories=", "-c", "max_connections=200"]);
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.running = Some(command.spawn().map_err(|e| e.to_string())?);
        let until = Instant::now() + Duration::from_secs(60);
        let (ready, port) = (tools.join("pg_isready").to_string_lossy().into_owned(), self.port.to_string());
        while Instant::now() < until {
            if run(&[&ready, "-q", "-h", "127.0.0.1", "-p", &port]).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err("PostgreSQL does not answer".into())
    }
    /// As `pg_ctl stop -m immediate`: every process of the server ends at once, and recovers at the next start.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.running.take() {
            if let Some(id) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
                let _ = rustix::process::kill_process(id, rustix::process::Signal::QUIT);
            }
            let _ = child.wait();
        }
    }
    /// A server in `folder` at `port` that follows this one and can take its place.
    ///
    /// # Errors
    /// What the server's programs said.
    pub fn follower(&self, folder: &Path, port: u16) -> Result<Cluster, String> {
        let _ = std::fs::remove_dir_all(folder);
        std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
        give(folder);
        let mut command = as_server(&tools()?.join("pg_basebackup").to_string_lossy());
        command.arg("-D").arg(folder).args(["-R", "-X", "stream", "--checkpoint=fast", "-h", "127.0.0.1", "-U", "postgres"]);
        let done = command.args(["-p", &self.port.to_string()]).current_dir("/").output().map_err(|e| e.to_string())?;
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).into_owned());
        }
        let settings: Vec<&str> = self.settings.iter().map(String::as_str).collect();
        Self::open_at(folder, port, &settings)
    }
    /// It follows nobody any more.
    ///
    /// # Errors
    /// What the server's programs said.
    pub fn promote(&self) -> Result<(), String> {
        let mut command = as_server(&tools()?.join("pg_ctl").to_string_lossy());
        let done = command.args(["promote", "-w", "-D"]).arg(&self.folder).current_dir("/").output().map_err(|e| e.to_string())?;
        if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned()) }
    }
    /// Whether a commit waits until a follower has it on its disk.
    ///
    /// # Errors
    /// The server's.
    pub async fn wait_for_followers(&self, wait: bool) -> Result<(), String> {
        let client = self.client().await?;
        let names = format!("ALTER SYSTEM SET synchronous_standby_names = '{}'", if wait { "*" } else { "" });
        let set = async {
            client.execute(&names, &[]).await?;
            client.execute("SELECT pg_reload_conf()", &[]).await
        };
        set.await.map(drop).map_err(|e| e.to_string())
    }
    /// How many followers have what was committed on their disks, as the server sees it.
    ///
    /// # Errors
    /// The server's.
    pub async fn followers(&self) -> Result<i64, String> {
        let sql = "SELECT COUNT(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'sync'";
        let row = self.client().await?.query_one(sql, &[]).await.map_err(|e| e.to_string())?;
        Ok(row.get(0))
    }
    async fn client(&self) -> Result<tokio_postgres::Client, String> {
        let (client, driver) = tokio_postgres::connect(&self.url(), tokio_postgres::NoTls).await.map_err(|e| e.to_string())?;
        tokio::spawn(driver);
        Ok(client)
    }
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }
    pub fn url_of(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }
    /// Makes a database with nothing in it.
    ///
    /// # Errors
    /// What the server says.
    pub async fn database(&self, name: &str) -> Result<String, String> {
        self.client().await?.batch_execute(&format!("CREATE DATABASE {name}")).await.map_err(|e| e.to_string())?;
        Ok(self.url_of(name))
    }
    pub fn port(&self) -> u16 {
        self.port
    }
}

/// A port that nobody listens on.
///
/// # Errors
/// There is none.
pub fn free_port() -> Result<u16, String> {
    let socket = TcpListener::bind(("127.0.0.1", 0)).map_err(|e| e.to_string())?;
    socket.local_addr().map(|a| a.port()).map_err(|e| e.to_string())
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill();
    }
}
