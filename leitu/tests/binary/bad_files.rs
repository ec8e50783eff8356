//! Bad input, one table an import: every bad row has its row, its column and a Chinese sentence with the remedy; a file that
//! is no table at all is refused with one; and nothing of any of them is written.
use crate::program::Home;
use db::Db;
use serde_json::Value;

/// What files write: rows of each table, waiting ones too.
const TABLES: [&str; 9] = [
    "SELECT COUNT(*) FROM organisation",
    "SELECT COUNT(*) FROM node",
    "SELECT COUNT(*) FROM member",
    "SELECT COUNT(*) FROM term",
    "SELECT COUNT(*) FROM fact",
    "SELECT COUNT(*) FROM score",
    "SELECT COUNT(*) FROM past_ledger",
    "SELECT COUNT(*) FROM holiday",
    "SELECT (SELECT COUNT(*) FROM import) + (SELECT COUNT(*) FROM import_row) + (SELECT COUNT(*) FROM intake) + (SELECT COUNT(*) FROM intake_row)",
];

struct Office {
    home: Home,
    db: Db,
}

impl Office {
    /// Two branches, one member, an open cycle.
    async fn new() -> Self {
        let home = Home::new();
        home.write("o.csv", "code,name,type,parent_code,category\n21,省工委,611,,\nA,甲支部,631,21,\nB,乙支部,631,21,\n");
        home.write("m.csv", &format!("{MEMBERS}A,李红,210102198001010010,正式,,,,,\n"));
        for line in ["import organisations o.csv", "import members m.csv", "cycle open --scheme LN-JG-27 --year 2025 --root 21"] {
            let ran = home.run(line);
            assert_eq!(ran.code, 0, "{line}: {ran:?}");
        }
        let db = Db::open(&format!("sqlite:{}", home.path().join("data/leitu.db").display())).await.unwrap();
        Self { home, db }
    }
    async fn counts(&self) -> Vec<i64> {
        let mut counts = Vec::new();
        for sql in TABLES {
            counts.push(self.db.read(async move |tx| tx.one::<i64>(sql, &[]).await).await.unwrap());
        }
        counts
    }
    /// Refused with one object; its bad cells.
    async fn refused(&self, kind: &str, file: &str) -> Vec<Value> {
        let before = self.counts().await;
        let ran = self.home.run(&format!("import {kind} {file} --json"));
        let object: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{kind} {file}: {ran:?}"));
        assert_eq!((ran.code, &object["ok"]), (1, &Value::from(false)), "{kind} {file}: {ran:?}");
        assert_eq!(self.counts().await, before, "{kind} {file}: nothing is half-written");
        object["bad"].as_array().unwrap().clone()
    }
    /// Each row is bad in that column, and only so; the sentence has that part.
    async fn rows(&self, kind: &str, head: &str, cases: &[(&str, &str, &str)]) {
        let text: String = cases.iter().map(|(row, _, _)| format!("{row}\n")).collect();
        self.home.write("rows.csv", &format!("{head}{text}"));
        let bad = self.refused(kind, "rows.csv").await;
        let found: Vec<_> = bad.iter().map(|b| (b["row"].as_u64().unwrap(), b["column"].as_str().unwrap().to_owned())).collect();
        let expected = cases.iter().enumerate().filter(|(_, (_, _, said))| !said.is_empty());
        let expected: Vec<_> = expected.map(|(i, (_, column, _))| (i as u64 + 2, (*column).to_owned())).collect();
        assert_eq!(found, expected, "{bad:?}");
        for (b, (row, _, said)) in bad.iter().zip(cases.iter().filter(|(_, _, said)| !said.is_empty())) {
            assert!(b["text"].as_str().unwrap().contains(said), "{row}: {b}");
        }
    }
}

const MEMBERS: &str = "branch_code,name,id_number,status,join_date,post,term_from,term_to,phone\n";

#[tokio::test(flavor = "multi_thread")]
async fn organisations() {
    let cases = [
        ("好,名,631,21,,,", "code", "应为 1 至 64 个字母"),
        ("C1,,631,21,,,", "name", "请填写组织名称"),
        ("C2,名,699,21,,,", "type", "没有“699”这个类型"),
        ("C3,名,631,99,,,", "parent_code", "没有上级组织 99"),
        ("C4,名,631,C4,,,", "parent_code", "绕成了一圈"),
        ("C5,名,631,C6,,,", "parent_code", "绕成了一圈"),
        ("C6,名,631,C5,,,", "parent_code", "绕成了一圈"),
        ("C7,名,631,21,,,", "parent_code", "绕成了一圈"),
        ("C7,名,631,21,,,", "code", "在第 9 行已经出现"),
        ("C8,名,631,21,,2026-02-30,", "valid_from", "日期应写成"),
        ("C9,名,631,21,,2999-01-01,", "valid_from", "还没有到"),
        ("D1,名,631,21,,2020-01-01,2019-01-01", "valid_to", "撤销日期早于成立日期"),
        ("D2,名,631,21", "", "这一行有 4 列，表头有 7 列"),
        ("21,省工委,611,A,,,", "parent_code", "绕成了一圈"),
    ];
    Office::new().await.rows("organisations", "code,name,type,parent_code,category,valid_from,valid_to\n", &cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn members() {
    let cases = [
        ("Z,王强,,正式,,,,,", "branch_code", "没有支部 Z"),
        ("A,,,正式,,,,,", "name", "请填写姓名"),
        ("A,王强,210102198001010011,正式,,,,,", "id_number", "核对 18 位数字和校验位"),
        ("A,王强,,群众,,,,,", "status", "党员类别“群众”不对"),
        ("A,王强,,正式,2010-13-01,,,,", "join_date", "日期应写成"),
        ("A,王强,,正式,2999-01-01,,,,", "join_date", "入党日期不能晚于今天"),
        ("A,王强,,正式,,主任,2024-01-01,,", "post", "没有“主任”这个职务"),
        ("A,王强,,正式,,书记,,,", "term_from", "请填写任职日期"),
        ("A,王强,,正式,,书记,2024-01-01,2023-01-01,", "term_to", "早"),
        ("A,王强,,正式,,书记,2999-01-01,,", "term_from", "还没有到"),
        ("A,王强,,正式,,,,,abc", "phone", "电话只能有数字"),
        ("A,李红,210102198001010010,正式,,,,,", "id_number", ""),
        ("A,李红,210102198001010010,正式,,,,,", "id_number", "在第 13 行已经出现"),
        ("A,王强,正式", "", "这一行有 3 列，表头有 9 列"),
        ("A,赵六,,正式,,,,,,,", "", ""),
        ("A,赵六,,预备,,,,,", "name", "在第 16 行已有同名的人"),
        ("B,赵六,,预备,,,,,", "", ""),
    ];
    Office::new().await.rows("members", MEMBERS, &cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn facts() {
    let cases = [
        ("Z,orglife.held,1,", "branch_code", "没有代码为 Z 的参评支部"),
        ("A,orglife.kept,1,", "key", "没有数据项 orglife.kept"),
        ("A,orglife.held,2,", "value", "不是“是”或“否”"),
        ("A,plan.on_time_completion_ratio,NaN,", "value", "不是数字"),
        ("A,plan.on_time_completion_ratio,inf,", "value", "不是数字"),
        ("A,plan.on_time_completion_ratio,1e3,", "value", "不是数字"),
        ("A,plan.on_time_completion_ratio,-1,", "value", "不是数字"),
        ("A,plan.on_time_completion_ratio,,", "value", "不是数字"),
        ("A,bonus.P1,1.5,", "value", "不是次数"),
        ("A,bonus.P99,1,", "key", "没有数据项 bonus.P99"),
        ("A,veto.V1,多,", "value", "不是“是”或“否”"),
        ("A,history.grade,3,", "value", "不是等次名称"),
        ("B,bonus.P1,1,", "key", ""),
        ("B,bonus.P1,2,", "key", "出现了两次"),
        ("A,bonus.P1", "", "这一行有 2 列，表头有 4 列"),
    ];
    let office = Office::new().await;
    office.rows("facts", "branch_code,key,value,source\n", &cases).await;
    let wide = [("A,NaN,1", "orglife.held", "不是“是”或“否”"), ("B,1,x", "bonus.P1", "不是次数")];
    office.rows("facts", "branch_code,orglife.held,bonus.P1\n", &wide).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scores() {
    let cases = [
        ("A,A1,self,4.01,", "score", "4"),
        ("A,A1,自评,-1,", "score", "-1"),
        ("A,A1,self,1.234,", "score", "1.234"),
        ("A,A2,self,3.250,", "score", ""),
        ("A,A1,self,NaN,", "score", "NaN"),
        ("A,Z9,self,1,", "indicator", "没有指标“Z9”"),
        ("A,A1,chief,1,", "layer", "评分层“chief”不认识"),
        ("A,A1,,1,", "layer", "请写明层级"),
        ("Z,A1,self,1,", "branch_code", "没有代码为 Z 的参评支部"),
        ("B,A1,验收,1,", "indicator", ""),
        ("B,A1,acceptance,2,", "indicator", "出现了两次"),
        ("A,A1,self", "", "这一行有 3 列，表头有 5 列"),
    ];
    let office = Office::new().await;
    office.rows("scores", "branch_code,indicator,layer,score,reason\n", &cases).await;
    let wide = [("A,recheck,5,1", "A1", "4"), ("B,recheck,4,一", "A2", "一")];
    office.rows("scores", "branch_code,layer,A1,A2\n", &wide).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ledgers() {
    let cases = [
        ("Z,90,好,5,1,", "branch_code", "没有代码为 Z 的组织"),
        ("A,NaN,好,5,1,", "total", "NaN"),
        ("A,90,,5,1,", "grade", "请填写等次"),
        ("A,90,好,9,1,", "star", "应为 0 到 5"),
        ("A,90,好,5,0,", "rank", "不是正整数"),
        ("A,90,好,5,2,", "branch_code", "出现了两次"),
        ("B,80", "", "这一行有 2 列，表头有 6 列"),
    ];
    let office = Office::new().await;
    office.rows("ledger --year 2024", "branch_code,total,grade,star,rank,A1\n", &cases).await;
    let ranks = [("A,好,1", "rank", ""), ("B,好,1", "rank", "名次 1 出现了两次")];
    office.rows("ledger --year 2024", "branch_code,grade,rank\n", &ranks).await;
    office
        .rows(
            "ledger --year 2024",
            "branch_code,grade,change,LONG-CODE-OF-27-CHARACTERS\n",
            &[("A,好,升,1.5", "change", "up、down 或 same")],
        )
        .await;
    office.home.write("heads.csv", "branch_code,grade\n");
    let bad = office.refused("ledger --year 2024", "heads.csv").await;
    assert!(bad[0]["text"].as_str().unwrap().contains("没有一行数据"), "{bad:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn calendars() {
    let cases = [
        ("2099-02-30,holiday,x", "date", "2099-02-30"),
        ("2099-01-01,feast,x", "kind", "feast"),
        ("2099-01-02,holiday,x", "date", ""),
        ("2099-01-02,holiday,x", "date", "2099-01-02"),
    ];
    Office::new().await.rows("calendar", "date,kind,name\n", &cases).await;
}

/// What is no table, or a hostile one; and a part of the sentence.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let utf16: Vec<u8> = "\u{feff}code,name\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    // 代码,名称 in GBK.
    let gbk = b"\xb4\xfa\xc2\xeb,\xc3\xfb\xb3\xc6\n".to_vec();
    let cell = |inner: &str| crate::craft::book(&format!("<sheetData><row r=\"1\">{inner}</row></sheetData>"), &[]);
    let merged = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>"#;
    let bomb = "0".repeat(600 << 20);
    vec![
        ("empty", Vec::new(), "文件是空的"),
        ("gbk", gbk, "不是 UTF-8 编码"),
        ("utf16", utf16, "UTF-16 编码"),
        ("quote", b"code,\"name\n".to_vec(), "双引号没有成对"),
        ("semicolons", "代码;名称\nA;甲\n".into(), "没有用英文逗号分隔"),
        ("pdf", b"%PDF-1.7\n".to_vec(), "这不是 Excel 文件"),
        ("xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "旧版 .xls"),
        ("merged", crate::craft::book(merged, &[]), "合并单元格"),
        ("formula", cell(r#"<c r="A1"><f>1+1</f><v>2</v></c>"#), "公式"),
        ("error", cell(r#"<c r="A1" t="e"><v>#REF!</v></c>"#), "错误值 #REF!"),
        ("bomb", crate::craft::book("<sheetData/>", &[("xl/media/image1.png", &bomb)]), "解压后超过"),
        ("broken", cell("<c r=\"A1\"><v>1</v></c>")[..200].to_vec(), "文件已损坏"),
        ("heads", "姓氏,名字\n李,红\n".into(), "无法识别"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_no_tables() {
    let office = Office::new().await;
    let kinds = ["organisations", "members", "facts", "scores", "ledger --year 2024"];
    // Nothing of 200 MB is read: the size says it.
    std::fs::File::create(office.home.path().join("large")).unwrap().set_len(200 << 20).unwrap();
    let files = hostile();
    for (name, bytes, _) in &files {
        std::fs::write(office.home.path().join(name), bytes).unwrap();
    }
    for kind in kinds {
        // Inflating half a gigabyte takes its time, and one reader serves all kinds: once is enough.
        let bomb = kind == "organisations";
        for (name, _, said) in
            files.iter().chain([&("large", Vec::new(), "超过上限 150 MB")]).filter(|(name, _, _)| bomb || *name != "bomb")
        {
            let bad = office.refused(kind, name).await;
            assert!(bad.len() == 1 && bad[0]["text"].as_str().unwrap().contains(said), "{kind} {name}: {bad:?}");
        }
    }
    for (name, said) in [("empty", "表头"), ("gbk", "UTF-8"), ("utf16", "UTF-8"), ("heads", "表头"), ("bomb", "UTF-8"), ("large", "")] {
        let bad = office.refused("calendar", name).await;
        assert!(bad.len() == 1 && bad[0]["text"].as_str().unwrap().contains(said), "calendar {name}: {bad:?}");
    }
}
