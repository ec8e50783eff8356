### 结果：定稿、更正、得分说明、台账、导入
final-already = 这个周期已经定稿
final-before-publicity = 公示之后才能定稿
publicity-running = 公示到 { $date } 为止，期满后才能定稿
second-missing = 请写明第二人的姓名
second-same = 第二人不能是办理人自己
result-meanwhile = 结果刚刚被别人更新过，请刷新后再看
correction-not-final = 还没有定稿，请直接修改评分
correction-reason = 请写明更正理由
fact-key-unknown = 没有数据项 { $key }，请按考评细则的数据项填写
branch-unknown = 没有代码为 { $code } 的参评支部
format-unknown = 不支持 { $value } 格式，请用 csv、xlsx 或 json
why-history = { $year } 年度定稿等次
layer-missing = 请写明层级：self、mutual、acceptance、recheck 或 committee
import-twice = { $key } 在这个文件里出现了两次，请只留一次
import-form = 每行一个数值的表要有“{ $column }”一列；每行一个支部的表用数据项或指标代码作表头。两种请只用一种
import-final = 这个周期已经定稿，不能再导入；需要更正请用结果更正
