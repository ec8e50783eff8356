//! Tables of commas.
use super::{Content, End, Hostile, To};

const HEADS: &str = "code,name,type,parent_code,category\n";

fn organisations(what: &'static str, content: impl Into<Content>, words: &'static str) -> Hostile {
    Hostile::new(what, To::Import("organisations"), "组织.csv", content, End::Refused(words))
}

fn line(cells: &str) -> String {
    format!("{HEADS}{cells}\n")
}

fn repeated(head: &str, unit: &[u8], times: usize, tail: &str) -> Content {
    Content { head: head.into(), unit: unit.into(), times, tail: tail.into() }
}

/// A mebibyte of one letter.
fn much(letter: u8) -> Vec<u8> {
    vec![letter; 1 << 20]
}

pub fn all() -> Vec<Hostile> {
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(HEADS.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let gbk = [HEADS.as_bytes(), b"21-x,\xB5\xDA\xD2\xBB\xD6\xA7\xB2\xBF,631,21-0,\n"].concat();
    let noise: Vec<u8> = (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let commands = ["=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "\"\t=1+1\""];
    let rows: String = commands.iter().map(|c| format!("{c},支部,631,21-0,\n")).collect();
    let wide = [much(b'x')[..100 << 10].to_vec(), b",y,631,21-0,\n".to_vec()].concat();
    let import = |kind, name, content: Content, words| Hostile::new("a table", To::Import(kind), name, content, End::Refused(words));
    vec![
        organisations("NUL in a cell", line("21-x,支\0部,631,21-0,"), "NUL"),
        organisations("a megabyte of NUL", much(0), "UTF-16"),
        organisations("UTF-16 with its mark", utf16, "UTF-16"),
        organisations("GBK", gbk, "GBK"),
        organisations("bytes of no encoding", noise, "不是 Excel 文件"),
        organisations("bad bytes in the middle of a row", [HEADS.as_bytes(), b"21-x,\xFF\xFE\xC0\x80,631,21-0,\n"].concat(), "不是 UTF-8"),
        organisations("one line of 100 MB", repeated(HEADS, &much(b'x'), 100, "\n"), "超过 1024 KB"),
        organisations("one line of 300 MB", repeated(HEADS, &much(b'x'), 300, "\n"), "超过 150"),
        Hostile { end: End::CutOff, ..organisations("one line of 1 GB", repeated(HEADS, &much(b'x'), 1024, "\n"), "") },
        organisations("a million columns", repeated("code", b",x", 1_000_000, "\n"), "超过 256 列"),
        organisations("a million columns in a row", repeated(HEADS, b"x,", 1_000_000, "\n"), "超过 256 列"),
        organisations("a quotation mark nobody closes", repeated(&format!("{HEADS}\"21-x,"), &much(b'\n'), 3, ""), "双引号没有成对"),
        organisations("a quotation mark inside a cell", line("21-x,\"支\"部\",631,21-0,"), "双引号没有成对"),
        organisations("a head of a megabyte", repeated("", b"h", 1_000_000, ",name\n1,2\n"), "无法识别"),
        organisations("commands of a spreadsheet as codes", format!("{HEADS}{rows}"), "代码"),
        organisations("sixty thousand rows that are all wrong", repeated(HEADS, b"21-x,y,631,21-0,\n", 60_000, ""), "已经出现"),
        organisations("rows of 100 KB that are all wrong", repeated(HEADS, &wide, 400, ""), "代码"),
        organisations("a page named as a table", "<html><script>alert(1)</script><table><tr><td>code", "不是 Excel 文件"),
        organisations("nothing but a mark", "\u{FEFF}", "文件是空的"),
        organisations("a circle of a thousand", circle(1000), "层级最多"),
        import("members", "党员.csv", line_of("branch_code,name,status,join_date\n", "21-0-0,甲,formal,99999999999-01-01\n"), "日期"),
        import(
            "members",
            "a.csv",
            line_of("branch_code,name,status,id_number\n", "21-0-0,甲,formal,999999999999999999999999999999\n"),
            "18",
        ),
        import("facts", "数据.csv", line_of("branch_code,key,value\n", "21-0-0,meetings.general,1e308\n"), "数"),
        import("facts", "f.csv", line_of("branch_code,key,value\n", &format!("21-0-0,meetings.general,{}\n", "9".repeat(500))), "数"),
        import(
            "scores",
            "分.csv",
            line_of("branch_code,indicator,layer,score\n", "21-0-0,A1,self_assessment,-99999999999999999999\n"),
            "分",
        ),
    ]
}

fn line_of(heads: &str, row: &str) -> Content {
    format!("{heads}{row}").into()
}

/// Each stands below the next, the last below the first.
fn circle(of: usize) -> String {
    let row = |n: usize| format!("21-c{n},第{n}党委,611,21-c{},\n", (n + 1) % of);
    std::iter::once(HEADS.to_owned()).chain((0..of).map(row)).collect()
}
