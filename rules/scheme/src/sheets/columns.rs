//! The sheets and their columns: the head people see, and the field it means. Either is accepted.

pub(super) struct Form {
    pub name: &'static str,
    /// Without it there is no scheme.
    pub required: bool,
    pub columns: &'static [(&'static str, &'static str)],
}

/// Two columns: a property and its value.
pub(super) const HEAD: Form = Form { name: "方案", required: true, columns: PAIRS };
pub(super) const DIMENSIONS: Form =
    Form { name: "维度", required: true, columns: &[("代码", "code"), ("名称", "title"), ("章", "chapter"), ("分值", "points")] };
pub(super) const INDICATORS: Form = Form {
    name: "指标",
    required: true,
    columns: &[
        ("代码", "code"),
        ("名称", "title"),
        ("维度", "dimension"),
        ("分值", "points"),
        ("方法", "method"),
        ("数据项", "metric"),
        ("应做", "expected"),
        ("单位扣分", "unit"),
        ("目标", "target"),
        ("分档", "bands"),
        ("周期", "bucket"),
        ("不考核条件", "not_applicable"),
        ("评分办法", "rule"),
        ("佐证", "evidence"),
        ("条款", "article"),
        ("条款代码", "articles"),
        ("核对", "confidence"),
        ("自动取数", "auto"),
    ],
};
pub(super) const PARTS: Form = Form {
    name: "分项",
    required: false,
    columns: &[
        ("指标", "indicator"),
        ("数据项", "key"),
        ("方法", "method"),
        ("分值", "points"),
        ("应做", "expected"),
        ("单位扣分", "unit"),
        ("目标", "target"),
        ("分档", "bands"),
        ("周期", "bucket"),
    ],
};
pub(super) const BONUS: Form = Form { name: "加分", required: false, columns: ITEMS };
pub(super) const PENALTY: Form = Form { name: "扣分", required: false, columns: ITEMS };
pub(super) const VETOES: Form = Form {
    name: "一票否决",
    required: false,
    columns: &[
        ("代码", "code"),
        ("名称", "title"),
        ("等次封顶", "max_grade"),
        ("星级封顶", "max_star"),
        ("直接定等次", "grade_fixed"),
        ("直接定星级", "star_fixed"),
        ("出处", "source"),
    ],
};
pub(super) const GRADES: Form = Form {
    name: "等次",
    required: true,
    columns: &[("名称", "name"), ("下限", "min"), ("上限（含）", "max_inclusive"), ("上限（不含）", "max_exclusive")],
};
pub(super) const STARS: Form =
    Form { name: "星级", required: false, columns: &[("星级", "level"), ("下限", "min"), ("名额比例", "quota_ratio")] };
pub(super) const VIEWS: Form = Form {
    name: "归类",
    required: false,
    columns: &[("归类代码", "view"), ("归类名称", "view_title"), ("组代码", "code"), ("组名称", "title"), ("指标", "indicators")],
};
pub(super) const STAR_RULES: Form = Form { name: "星级说明", required: false, columns: PAIRS };
pub(super) const ALTERNATIVES: Form = Form { name: "参照", required: false, columns: NAMED_PAIRS };
pub(super) const CASES: Form = Form { name: "用例", required: false, columns: NAMED_PAIRS };

const PAIRS: &[(&str, &str)] = &[("项目", "key"), ("值", "value")];
const NAMED_PAIRS: &[(&str, &str)] = &[("名称", "name"), ("项目", "key"), ("值", "value")];
const ITEMS: &[(&str, &str)] = &[("代码", "code"), ("名称", "title"), ("分值", "points"), ("计次", "per"), ("佐证", "evidence")];

/// The properties of the sheet 方案.
pub(super) const PROPERTIES: [(&str, &str); 20] = [
    ("代码", "code"),
    ("名称", "title"),
    ("版本", "version"),
    ("生效日", "effective_from"),
    ("失效日", "effective_to"),
    ("周期", "period"),
    ("总分", "total_points"),
    ("指标数", "indicator_count"),
    ("适用", "applies_to"),
    ("依据", "based_on"),
    ("总分封顶", "total_cap"),
    ("排序", "order"),
    ("环节", "phases"),
    ("自评天数", "self_assessment_days"),
    ("公示工作日", "publicity_workdays"),
    ("复检比例", "spot_recheck_ratio"),
    ("整改工作日", "rectify_workdays"),
    ("差异说明线", "self_score_deviation_alert"),
    ("加分上限", BONUS_CAP),
    ("扣分上限", PENALTY_CAP),
];
pub(super) const BONUS_CAP: &str = "bonus_cap";
pub(super) const PENALTY_CAP: &str = "penalty_cap";
