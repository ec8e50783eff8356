//! A file into an empty PostgreSQL database: all of it in one transaction, or nothing.
use super::{Table, cell, compare, contents, damaged, draw};
use crate::{Migration, Param, Result, pg::Session};
use rusqlite::Connection;
use std::{collections::BTreeSet, path::Path, pin::pin};
use tokio_postgres::{
    Client,
    binary_copy::BinaryCopyInWriter,
    types::{ToSql, Type},
};

/// # Errors
/// `restore-database-not-empty`; `internal` if what arrived is not what was sent.
pub(crate) async fn fill(session: &Session, file: &Path, list: &[Migration]) -> Result<()> {
    let file = Connection::open_with_flags(file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let client = &session.client;
    crate::pg::begin_alone(session).await?;
    if !draw::tables(client).await?.is_empty() {
        return Err(kernel::Error::conflict("restore-database-not-empty").into());
    }
    crate::pg::bring(session, list).await?;
    let tables = super::tables(&file)?;
    if tables != draw::tables(client).await? {
        return Err(damaged("its tables are not those this program makes"));
    }
    for table in &tables {
        // What a migration has put there is in the file too.
        client.execute(&format!("DELETE FROM \"{}\"", table.name), &[]).await?;
    }
    for table in in_order(client, tables).await? {
        sent(client, &file, &table).await?;
    }
    numbers(client, &file).await?;
    compare(&contents(&file)?, &draw::all(client).await?)?;
    Ok(client.batch_execute("COMMIT").await?)
}

async fn sent(client: &Client, file: &Connection, table: &Table) -> Result<()> {
    let types: Vec<Type> = client.prepare(&table.select()).await?.columns().iter().map(|c| c.type_().clone()).collect();
    let sink = client.copy_in(&format!("COPY \"{}\" ({}) FROM STDIN BINARY", table.name, table.list())).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
    let mut statement = file.prepare(&table.select())?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let values = types.iter().enumerate().map(|(i, of)| Ok(typed(cell(row.get_ref(i)?)?, of))).collect::<Result<Vec<_>>>()?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|v| v as _).collect();
        writer.as_mut().write(&values).await?;
    }
    writer.finish().await?;
    Ok(())
}

fn typed<'v>(value: Param<'v>, of: &Type) -> Param<'v> {
    match value {
        Param::Int(n) if *of == Type::BOOL => Param::Bool(n != 0),
        other => other,
    }
}

/// A table comes after those its rows point at.
async fn in_order(client: &Client, mut tables: Vec<Table>) -> Result<Vec<Table>> {
    let sql = "SELECT c.relname::text, f.relname::text FROM pg_constraint o
        JOIN pg_class c ON c.oid = o.conrelid JOIN pg_class f ON f.oid = o.confrelid
        WHERE o.contype = 'f' AND c.relnamespace = current_schema()::regnamespace AND c.oid <> f.oid";
    let points: Vec<(String, String)> =
        client.query(sql, &[]).await?.iter().map(|r| Ok((r.try_get(0)?, r.try_get(1)?))).collect::<Result<_>>()?;
    let (mut ordered, mut done): (Vec<Table>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
    while !tables.is_empty() {
        let waits = |table: &Table| points.iter().any(|(from, to)| *from == table.name && !done.contains(to));
        let (later, now): (Vec<Table>, Vec<Table>) = tables.into_iter().partition(waits);
        if now.is_empty() {
            return Err(kernel::Error::internal("tables point at each other in a circle").into());
        }
        done.extend(now.iter().map(|table| table.name.clone()));
        ordered.extend(now);
        tables = later;
    }
    Ok(ordered)
}

async fn numbers(client: &Client, file: &Connection) -> Result<()> {
    let mut statement = file.prepare("SELECT name, seq FROM sqlite_sequence")?;
    let all: Vec<(String, i64)> = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (table, last) in all.iter().filter(|(_, last)| *last > 0) {
        let sql = "SELECT setval(pg_get_serial_sequence(quote_ident(c.relname), a.attname)::regclass, $2)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attidentity <> '' AND c.relname::text = $1";
        client.query(sql, &[table, last]).await?;
    }
    Ok(())
}
