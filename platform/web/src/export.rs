//! 导出当前表: what a list shows, as a file. The same rows and columns in the same order; numbers and days are numbers and days,
//! and a second sheet says who took it, when, and what was asked for.
use crate::{Fault, Html, T, Ui};
use access::{Grant, Permission};
use askama::Template;
use audit::Event;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Error, Instant, Result};
use std::path::Path;
use tabular::{Cell, Column, Format, Note, Sheet};

/// Rows that are read at once for a file: a list has as many as there are.
pub const CHUNK: i64 = 2_000;

/// A list as it is shown.
pub struct Table<R> {
    /// The file's name without its end, in Latin letters.
    pub file: String,
    /// What it is; also the sheet's name.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: R,
    /// What was asked for, in words; nothing where all was.
    pub asked: Vec<String>,
}

impl Ui {
    /// The file as `format` names it, xlsx unless it is csv. That it was taken is recorded first, with the number of its rows.
    ///
    /// # Errors
    /// The engine's own; `internal` if the file cannot be written.
    pub async fn export<P: Permission, R>(
        &self,
        grant: &Grant<P>,
        event: Event,
        format: &str,
        table: Table<R>,
    ) -> std::result::Result<Response, Fault>
    where
        R: ExactSizeIterator<Item = Vec<Cell>> + Send + 'static,
    {
        audit::note(&self.db, grant, event.with("rows", table.rows.len())).await?;
        let format = if format == "csv" { Format::Csv } else { Format::Xlsx };
        let (note, folder) = (self.note(&table.title, &table.asked), self.app.data_dir().clone());
        // A file has no bar above it: one of the demo says so by its name, and in its note.
        let demo = if self.is_demo() { "demo-" } else { "" };
        let name = format!("attachment; filename=\"{demo}{}.{}\"", table.file, format.extension());
        let written = tokio::task::spawn_blocking(move || write(format, table, &note, &folder)).await.map_err(Error::internal)??;
        Ok(([(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)], written).into_response())
    }

    fn note(&self, title: &str, asked: &[String]) -> Note {
        let line = |key: &str, value: String| (self.t.text(key).to_string(), value);
        let demo = self.is_demo().then(|| line("demo-label", self.t.text("demo-data").to_string()));
        let lines = [
            line("export-what", title.to_owned()),
            line("export-who", self.caller().name().to_owned()),
            line("export-when", self.clock().business_time(Instant::now())),
            line("export-filter", words(self.t, asked)),
        ];
        Note { sheet: self.t.text("export-note").to_string(), lines: demo.into_iter().chain(lines).collect() }
    }
}

/// What was asked for, in words.
fn words(t: T, asked: &[String]) -> String {
    if asked.is_empty() { t.text("export-all").to_string() } else { asked.join("；") }
}

fn write<R: Iterator<Item = Vec<Cell>>>(format: Format, table: Table<R>, note: &Note, folder: &Path) -> Result<Vec<u8>> {
    // Where everything of ours lies, and not where other programs of the machine look.
    let place = tempfile::Builder::new().prefix("export").tempdir_in(folder).map_err(Error::internal)?;
    let path = place.path().join(format!("table.{}", format.extension()));
    let mut sheet = Sheet::create(&path, format, &table.title, table.columns)?;
    for row in table.rows {
        sheet.row(&row)?;
    }
    sheet.finish(note)?;
    std::fs::read(&path).map_err(Error::internal)
}

#[derive(Template)]
#[template(
    source = r#"{% for (name, format) in [("Excel", "xlsx"), ("CSV", "csv")] %}<a class="btn" href="{{ address }}{{ joint }}format={{ format }}">{{ t.text("export-do").with("format", name) }}</a>{% endfor %}"#,
    ext = "html"
)]
struct Links<'a> {
    t: T,
    address: &'a str,
    joint: char,
}

#[derive(Template)]
#[template(source = r#"<p class="printonly sm">{{ said }}</p>"#, ext = "html")]
struct Printed {
    said: String,
}

#[derive(Template)]
#[template(source = r##"<p class="folded"><a class="btn btn-sm" href="#{{ form }}">{{ asked }} · {{ change }}</a></p>"##, ext = "html")]
struct Folded<'a> {
    form: &'a str,
    asked: String,
    change: String,
}

impl T {
    /// What a list is limited to, for paper alone: there are no fields and no chips on it. The words are those of its file.
    pub fn printed(self, asked: &[String]) -> Html {
        Html::of(&Printed { said: self.text("printed-filter").with("asked", words(self, asked)).to_string() })
    }

    /// A form of filters folded into one line on a phone, before the form itself: what it asks for, and the way to change
    /// that. It works without script, and in browsers that cannot open a closed `details` for a wide window.
    pub fn folded(self, form: &str, asked: &[String]) -> Html {
        Html::of(&Folded { form, asked: asked.join(" · "), change: self.text("filter-change").to_string() })
    }

    /// The files of a list: `address` with what the list is asked for.
    pub fn exports(self, address: &str) -> Html {
        Html::of(&Links { t: self, address, joint: if address.contains('?') { '&' } else { '?' } })
    }
}
