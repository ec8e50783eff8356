menu-problems = 问题整改
problems-open-n = 未销号 { GROUP($n) } 个
problems-late-n = 逾期 { GROUP($n) } 个

## States
problem-open = 待整改
problem-doing = 整改中
problem-returned = 已退回
problem-review = 待复核
problem-closed = 已销号
problem-withdrawn = 已撤回

## Board and list
problem-filter = 快速筛选
problem-f-open = 全部未销号
problem-f-late = 逾期
problem-f-soon = 3 个工作日内到期
problem-f-mine = 我负责的
problem-view = 显示方式
problem-board = 看板
problem-list = 清单
problem-none = 没有问题。
problem-none-hint = 验收扣分项会自动出现在这里。
problem-none-here = 没有问题
problem-more = 查看更多
problem-of = ：{ $title }
problem-item = 指标 { $item }
problem-choose = 选择
problem-choose-one = 选择 { $number }
problem-chosen = 已选后可
problem-remind = 提醒责任人
problem-reminded = 已提醒 { $n } 个问题的责任人
problem-reminded-some = 已提醒 { $n } 个问题的责任人，{ $left } 个没有提醒：今天已提醒过，或已销号
problem-export = 导出 { $format }
problem-note = 说明
problem-note-who = 导出人
problem-note-day = 导出日期
problem-number = 编号
problem-what = 问题
problem-text-head = 问题内容
problem-branch = 支部
problem-owner = 责任人
problem-secretary = 支部书记
problem-measure = 整改措施
problem-due-label = 期限
problem-state = 状态
problem-lost-head = 扣分

## One problem
problem-clock = 还有多久
problem-lost = 扣 { $n } 分
problem-why = 扣分的由来
problem-start = 开始整改
problem-started = 已转到“整改中”
problem-plan = 责任人、措施和期限
problem-plan-save = 保存
problem-planned = 责任人、措施和期限已保存
problem-owner-hint = 不填就是支部书记
problem-due-hint = 不晚于 { $day }
problem-submit = 提交复核
problem-submitted = 已提交复核，由另一人核实
problem-done = 整改情况
problem-verify = 复核通过
problem-verify-hint = 核实整改情况后销号；责任人和提交人自己不能复核。
problem-verified = 已销号
problem-return = 退回整改
problem-sent-back = 已退回整改
problem-reopen = 重新打开
problem-reopened = 已重新打开
problem-reason-label = 理由
problem-undo-last = 撤销上一步
problem-undone = 已撤销上一步
problem-evidence = 销号凭证
problem-no-evidence = 还没有材料，不是必交的。
problem-evidence-added = 已加入凭证
problem-file-label = 文件
problem-upload = 上传
problem-timeline = 经过
problem-opened = 来源：{ $source }
problem-line = { $by }：{ $did }
problem-line-why = { $line }（{ $why }）
problem-provisional = 暂定
source-acceptance = 实地验收
source-recheck = 抽查复检
source-committee = 工委审定
source-final = 定稿
source-carried = 上年结转
withdrawn-acceptance = 重新验收恢复了这一项的分值
withdrawn-recheck = 复检恢复了这一项的分值
withdrawn-final = 定稿时这一项没有扣分

## Timeline
problem-did-open = 立项
problem-did-amend = 问题内容已更新
problem-did-start = 开始整改
problem-did-plan = 定责任人、措施和期限
problem-did-submit = 提交复核
problem-did-verify = 复核通过，销号
problem-did-send-back = 退回
problem-did-reopen = 重新打开
problem-did-withdraw = 撤回，已还分
problem-did-restore = 重新立项
problem-did-carry = 转入下年清单
problem-did-redate = 按新公布的放假安排重算期限
problem-did-undo = 撤销上一步

## 待办 and notices
todo-problems = { $year } 年有 { $n } 个问题待整改
todo-problem-verify = 复核：{ $title }（{ $org }）
notice-problem-owner = 您是问题“{ $title }”的责任人，期限 { $day }
notice-problem-due = 问题“{ $title }”的期限由 { $before } 改为 { $day }（放假安排已公布）
notice-problem-remind = 提醒：问题“{ $title }”请在 { $day } 前整改

## Facts
why-closed-ratio = { $year } 年问题清单：共 { $all } 个，已销号 { $closed } 个

## Errors
problem-step = 问题 { $number } 现在的状态不能办理这一步，可能刚被别人办理过，请刷新后再看
problem-undo = 问题 { $number } 的上一步不能撤销：之后又有了新的进展，或不是您办理的
problem-reason = 请填写内容，最多 { $max } 个字
problem-measure-missing = 请填写整改措施，最多 { $max } 个字
problem-owner-name = 责任人姓名最多 { $max } 个字
problem-due = 整改期限应在 { $from } 到 { $to } 之间
problem-verify-own = 责任人和提交人不能复核自己的整改，请由另一人复核
problem-file = 请选择文件
