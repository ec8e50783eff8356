# 规则层：日历、方案、评分、抽取

## 工作日历文件
calendar-header = 第 1 行应为表头 { $expected }，现为“{ $value }”。请照模板补上表头后重新导入。
calendar-columns = 第 { $row } 行应有 { $column } 三列，现为“{ $value }”。请补齐或删去多余的列。
calendar-date = 第 { $row } 行 { $column } 列“{ $value }”不是有效日期。请写成 2026-10-01 的样式。
calendar-kind = 第 { $row } 行 { $column } 列“{ $value }”不认识。请写 放假 或 上班（调休）。
calendar-duplicate = 第 { $row } 行 { $column } 列“{ $value }”与第 { $first } 行重复。请只保留一行。
calendar-empty = 文件里没有一天。请填入国务院办公厅公布的放假和调休安排。

## 考评细则（方案）文件
scheme-toml = 文件不是有效的 TOML：{ $message }。请按所示位置改正。
scheme-sheet-missing = 缺少工作表“{ $value }”。请从模板补上。
scheme-column-unknown = 工作表的列“{ $value }”不认识。请照模板改列名或删去该列。
scheme-row-orphan = “{ $value }”在主表中没有对应的一行。请先在主表中写上，或改正代码。
scheme-not-a-table = 此处应是一组“名称 = 值”。请照样例方案书写。
scheme-not-a-list = 此处应是列表。请照样例方案书写。
scheme-field-missing = 缺少必填项。请补上。
scheme-field-value = 值“{ $value }”不符合此项要求的类型或范围。请改正。
scheme-field-unknown = 项目“{ $value }”不认识，写了也不会起作用。请检查拼写或删去。
scheme-unsupported = 不支持“{ $value }”，照此计算会得出错误结果。请改回样例方案中的写法。
scheme-order-unknown = 排序依据“{ $value }”不认识。可用 total、dimension:维度代码、history.grade、branch_code。
scheme-method-unknown = 计分方法“{ $value }”不认识。可用 per_missing、per_event、ratio、band、boolean、composite。
scheme-composite-nested = 分项不能再用 composite。可用 per_missing、per_event、ratio、band、boolean。
scheme-parts-missing = 方法为 composite 的指标没有分项。请写上 parts。
scheme-parts-sum = 各分项合计 { $sum } 分，与指标的 { $points } 分不符。请改到一致。
scheme-bands-missing = 方法为 band 的一项没有分档。请写上 bands。
scheme-band-twice = 分档下限 { $value } 出现了两次。请只保留一档。
scheme-target-zero = 目标值不能为 0。请填大于 0 的数。
scheme-targets-fine = 同一指标内各目标值过于零碎，无法精确相加。请减少目标值的位数。
scheme-number-large = 数值 { $value } 过大，上限为 { $max }。请改小。
scheme-too-many = 指标最多 { $indicators } 项，每项最多 { $parts } 个分项。请合并。
scheme-key = 数据项名称“{ $value }”不合规。请用小写字母、数字、下划线和点，且不以 veto、bonus、penalty、history 开头。
scheme-key-kinds = 数据项“{ $value }”在一处是“是/否”，在另一处是数字。请用两个名称。
scheme-condition = 不考核条件“{ $value }”不合规。只能写“数据项 == 值”。
scheme-article-format = 条款“{ $value }”不合规。请写成 REG-ZB:13、REG-FZ:7-33、REG-XJ:ch4 或 REG-DF。
scheme-article-missing = 规定已全文装载，但没有条款 { $value }。请改正条款号。
scheme-article-awaited = 条款 { $value } 待装载：该规定尚未全文装载，装载后再核对。
scheme-regulation-unknown = 没有装载规定 { $value }。请先装载该规定，或改正代码。
scheme-own-code = 考评细则的代码“{ $value }”不合规。请用 1 至 64 个字母、数字、.、_ 或 -；@ 用来隔开代码和版本。
scheme-code-format = 代码“{ $value }”不合规。请用 1 至 32 个字母、数字、- 或 _。
scheme-code-twice = “{ $value }”出现了两次。请改成不同的。
scheme-dimension-unknown = 没有维度“{ $value }”。请改正维度代码或补上该维度。
scheme-dimension-sum = 维度 { $dimension } 各指标合计 { $sum } 分，与该维度的 { $points } 分不符。请改到一致。
scheme-total-sum = 全部指标合计 { $sum } 分，与总分 { $points } 分不符。请改到一致。
scheme-total-hundred = 总分为 { $value } 分，应为 100 分。请改成 100。
scheme-points-zero = 指标分值不能为 0。请填大于 0 的分值。
scheme-cap-low = 总分封顶 { $value } 低于总分。请改到不低于总分。
scheme-indicator-count = 声明 { $declared } 项指标，实有 { $count } 项。请补齐、删去或改声明的项数。
scheme-dates = 失效日早于生效日。请改正日期。
scheme-grade-lowest = 最低等次须从 0 分起。请补上或改正下限。
scheme-grade-gap = 等次“{ $value }”的上限与上一等次的下限不相接。请改到相接。
scheme-grade-unknown = 没有等次“{ $value }”。请改成方案中有的等次。
scheme-star-order = { $value } 星的分数线低于下一级。请改到不低于下一级。
scheme-star-unknown = 没有 { $value } 星。请改成方案中有的星级。
scheme-veto-empty = 一票否决项没有写后果。请写上 max_grade、max_star、grade_fixed 或 star_fixed 之一。
scheme-view-unknown = 归类中的指标“{ $value }”不存在。请改正代码。
scheme-view-missing = 指标 { $value } 没有归入任何一组。请归入一组，使合计仍为总分。
scheme-view-twice = 指标 { $value } 归入了不止一组。请只留一组。
scheme-case-key = 用例中的“{ $value }”不在本方案中。请改正。
scheme-case-differs = 用例不符：{ $what } 应为 { $expected }，算得 { $got }。请改方案或改用例。

## 数据项的值
fact-decimal = “{ $value }”不是数字。请填不小于 0 的数，整数最多 12 位、小数最多 18 位，合计最多 28 位。
fact-boolean = “{ $value }”不是“是”或“否”。请填 1、0、是、否、true 或 false。
fact-count = “{ $value }”不是次数。请填不小于 0 的整数。
fact-grade = “{ $value }”不是等次名称。请填上年等次，如“好”。

## 评分
layer-unknown = 评分层“{ $value }”不认识。可写自评（self）、互检（mutual）、验收（acceptance）、复检（recheck）、审定（committee）。
indicator-unknown = 方案中没有指标“{ $indicator }”。请改正指标代码。
score-above-points = { $indicator } 的得分 { $value } 超过满分 { $max }。请填 0 至 { $max }。
score-below-zero = { $indicator } 的得分 { $value } 小于 0。请填不小于 0 的数。

## 抽取
draw-number = “{ $value }”不是抽取用的数字。请填 1 至 { $max } 位数字。
draw-list-changed = 名单与已公布的摘要不符。请用公布时的名单重新核对。
draw-candidate-twice = “{ $value }”在名单中出现了两次。请去掉重复。
draw-candidates-few = 名单只有 { $available } 个，抽不出 { $wanted } 个。请减少抽取数或补充名单。
draw-ratio = 抽取比例 { $value } 不在 0 与 1 之间。请改正。
draw-inspectors-few = 验收人员不足：还差 { GROUP($missing) } 人。请补充与这些支部无关的人员，或减少每组人数。
draw-numbers = 请填写 1 至 { $most } 的整数
draw-no-teams = 每组至少 1 人，且至少 1 组。请改正组数或每组人数。
