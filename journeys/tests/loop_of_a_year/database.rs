//! A database of the journey's own on the tests' PostgreSQL, dropped with it.
use tokio_postgres::NoTls;

pub struct Database {
    pub url: String,
    server: String,
    name: String,
}

impl Database {
    pub async fn new(server: &str) -> Self {
        let name = format!("journey_{}", std::process::id());
        run(server, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        let base = server.rsplit_once('/').expect("an address ends with its database").0;
        Self { url: format!("{base}/{name}"), server: server.to_owned(), name }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, sql) = (self.server.clone(), format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        // A journey that failed is unwinding on its own runtime: the clean-up has one for itself.
        let cleaning = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(run(&server, &sql));
        });
        let _ = cleaning.join();
    }
}

async fn run(server: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(server, NoTls).await.expect("the tests' PostgreSQL answers");
    tokio::spawn(connection);
    client.batch_execute(sql).await.expect("tests may make databases");
}
