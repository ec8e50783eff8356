//! PostgreSQL into a file: table by table, row by row, inside one snapshot.
use super::{Content, Table, Tally, compare, contents, damaged, empty};
use crate::{Error, Migration, Param, Result, pg::Session};
use futures_util::TryStreamExt;
use rusqlite::Connection;
use std::{path::Path, pin::pin};
use tokio_postgres::{Client, Row, types::ToSql, types::Type};

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// What the migrations know and what the database has are the same tables, or the copy would lack something.
pub(crate) async fn fill(session: &Session, part: &Path, list: &[Migration]) -> Result<()> {
    let file = empty(part, list)?;
    let client = &session.client;
    client.batch_execute(SNAPSHOT).await?;
    let tables = tables(client).await?;
    if tables != super::tables(&file)? {
        return Err(
            kernel::Error::internal("the tables of the database are not those this program makes; is another version at work?").into()
        );
    }
    let mut there = Vec::new();
    for table in &tables {
        there.push(copied(client, &file, table).await?);
    }
    numbers(client, &file).await?;
    client.batch_execute("COMMIT").await?;
    if file.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(damaged("a row points at nothing"));
    }
    file.execute_batch("COMMIT")?;
    compare(&there, &contents(&file)?)
}

async fn copied(client: &Client, file: &Connection, table: &Table) -> Result<Content> {
    let places = (1..=table.columns.len()).map(|i| format!("?{i}")).collect::<Vec<_>>().join(", ");
    let mut insert = file.prepare(&format!("INSERT INTO \"{}\" ({}) VALUES ({places})", table.name, table.list()))?;
    each(client, table, |values| {
        for (i, value) in values.iter().enumerate() {
            insert.raw_bind_parameter(i + 1, value)?;
        }
        Ok(insert.raw_execute().map(drop)?)
    })
    .await
}

/// What the database holds, of one moment.
pub(crate) async fn held(session: &Session) -> Result<Vec<Content>> {
    session.client.batch_execute(SNAPSHOT).await?;
    let held = all(&session.client).await;
    session.client.batch_execute("COMMIT").await?;
    held
}

pub(super) async fn all(client: &Client) -> Result<Vec<Content>> {
    let mut held = Vec::new();
    for table in tables(client).await? {
        held.push(each(client, &table, |_| Ok(())).await?);
    }
    Ok(held)
}

/// Every row as it comes: the connection takes no more of them than are looked at.
async fn each(client: &Client, table: &Table, mut take: impl FnMut(&[Param<'_>]) -> Result<()>) -> Result<Content> {
    let mut tally = Tally::default();
    let mut rows = pin!(client.query_raw(&table.select(), std::iter::empty::<&(dyn ToSql + Sync)>()).await?);
    while let Some(row) = rows.try_next().await? {
        let values = (0..table.columns.len()).map(|i| cell(&row, i)).collect::<Result<Vec<_>>>()?;
        tally.row(&values);
        take(&values)?;
    }
    Ok(tally.of(table))
}

fn cell(row: &Row, i: usize) -> Result<Param<'_>> {
    let of = row.columns().get(i).map_or(&Type::UNKNOWN, |column| column.type_());
    let value = match *of {
        Type::INT8 => row.try_get::<_, Option<i64>>(i)?.map(Param::Int),
        Type::BOOL => row.try_get::<_, Option<bool>>(i)?.map(Param::Bool),
        Type::TEXT => row.try_get::<_, Option<&str>>(i)?.map(Param::Text),
        Type::BYTEA => row.try_get::<_, Option<&[u8]>>(i)?.map(Param::Blob),
        _ => return Err(Error::from(kernel::Error::internal(format!("a column of type {of} is none of ours")))),
    };
    Ok(value.unwrap_or(Param::Null))
}

/// Ours, by name, without what the server works out itself.
pub(super) async fn tables(client: &Client) -> Result<Vec<Table>> {
    let sql = "SELECT c.relname::text, a.attname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY c.relname::text COLLATE \"C\", a.attname::text COLLATE \"C\"";
    let mut tables: Vec<Table> = Vec::new();
    for row in client.query(sql, &[]).await? {
        let (name, column): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        match tables.last_mut().filter(|table| table.name == name) {
            Some(table) => table.columns.push(column),
            None => tables.push(Table { name, columns: vec![column] }),
        }
    }
    Ok(tables)
}

/// Automatic numbers go on where they were, also where the rows that had the last ones are gone.
async fn numbers(client: &Client, file: &Connection) -> Result<()> {
    let sql =
        "SELECT c.relname::text, COALESCE(pg_sequence_last_value(pg_get_serial_sequence(quote_ident(c.relname), a.attname)::regclass), 0)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attidentity <> ''";
    for row in client.query(sql, &[]).await? {
        let (table, last): (String, i64) = (row.try_get(0)?, row.try_get(1)?);
        file.execute("DELETE FROM sqlite_sequence WHERE name = ?1", [&table])?;
        file.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)", (&table, last))?;
    }
    Ok(())
}
