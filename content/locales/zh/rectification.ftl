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
problem-gone = 总览所计的问题中，有 { GROUP($n) } 个所在的支部已转到您的范围以外，不在下面列出；总览仍按周期开启时的位置计入。
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
problem-reminded = 已提醒 { GROUP($n) } 个问题的责任人
problem-reminded-some = 已提醒 { GROUP($n) } 个问题的责任人，{ GROUP($left) } 个没有提醒：今天已提醒过、已销号，或没有账号可收
problem-remind-none = 还没有选问题。
problem-remind-none-hint = 在清单里选上要提醒的问题，再按“提醒责任人”。
problem-remind-before = 将提醒 { GROUP($n) } 个问题的责任人{ $left ->
    [0] 。
   *[other] ，{ GROUP($left) } 个不提醒。
 }通知会出现在他们的“通知”里，同一问题每天最多提醒一次。
problem-remind-to = 提醒谁
problem-remind-will = 将会
problem-remind-goes = 发出提醒
problem-remind-today = 今天已提醒过
problem-remind-over = 已销号或撤销，不用提醒
problem-remind-nobody = 该办理的人都没有账号
problem-remind-back = 返回清单
problem-remind-send = 提醒 { GROUP($n) } 个问题的责任人
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

## 无问题
confirmation-title = 无问题确认
confirmation-lead = 验收没有扣分的支部由支部书记确认“无问题”；以后又发现问题的，原确认不再有效。
confirmation-waiting = 待确认
confirmation-confirmed = 已确认
confirmation-overtaken = 已失效
confirmation-dropped = 未确认即发现问题
confirmation-chip = 无问题{ $state }
confirmation-none = 没有这样的支部。
confirmation-never = 还没有请这个支部确认。
confirmation-year = 年度
confirmation-of-year = { $year } 年度
confirmation-asked = 提请日期
confirmation-by = 确认人
confirmation-ended = 失效日期
confirmation-seen = 依据
confirmation-sheet = 考评表
confirmation-overtaken-why = 后来又发现了问题，这次确认不再有效，记录保留。
confirmation-ask = { $year } 年度验收没有发现问题。请核对考评表，没有问题就按下面的按钮确认。
confirmation-please = { $year } 年度验收没有发现问题，请您确认。
confirmation-do = 确认无问题
confirmation-see = 查看无问题确认
confirmation-branches = { GROUP($n) } 个支部
confirmation-said = 已确认无问题
confirmation-waits = 等待支部书记确认。
confirmation-problems = 问题清单里还有 { GROUP($n) } 个问题，不能确认无问题。请先到“问题整改”办理
confirmation-done = 没有待确认的“无问题”：已经确认过，或者后来发现了问题。请刷新后再看
todo-confirmation = { $year } 年度验收没有发现问题，请确认无问题

## One problem
problem-clock = 还有多久
problem-lost = 扣 { GROUP($n) } 分
problem-why = 扣分的由来
problem-start = 开始整改
problem-started = 已转到“整改中”
problem-plan = 责任人、措施和期限
problem-plan-save = 保存
problem-planned = 责任人、措施和期限已保存
problem-owner-hint = 从本支部党员名册中选择；选“支部书记”的，换届后归新书记
problem-owner-typed = 党员名册里还没有本支部的人，只能填写姓名；不填就是支部书记。录入名册后可以选择
problem-owner-post = 支部书记（现为{ $name }）
problem-owner-with = { $name }（{ $posts }）
problem-owner-elsewhere = { $name }（不在名册中）
problem-secretary-named = { $name }（支部书记）
problem-due-hint-over = 最晚 { $day }，已经过了；需要延期，请上级党组织改
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
problem-file-hint = PDF、图片、Word、Excel、文本，每个 { $max } MB 以内
problem-upload = 上传
problem-timeline = 经过
problem-opened = 来源：{ $source }
problem-line = { $by }：{ $did }
problem-set = { $field }定为“{ $after }”
problem-changed = { $field }由“{ $before }”改为“{ $after }”
problem-and = ；
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
problem-did-lower = 扣分加重，重新打开
problem-did-carry = 转入下年清单
problem-did-carry-back = 下年考评撤销，从下年清单退回
problem-did-redate = 按新公布的放假安排重算期限
problem-did-undo = 撤销上一步

## 待办 and notices
todo-problems = { $year } 年有 { GROUP($n) } 个问题待整改
todo-problem-verify = 复核：{ $title }（{ $org }）
notice-problem-owner = 您是问题“{ $title }”的责任人，期限 { $day }
notice-problem-lowered = 问题“{ $title }”重新打开：扣分由 { $before } 加到 { $now }，期限 { $day }
notice-problem-due = 问题“{ $title }”的期限由 { $before } 改为 { $day }（放假安排已公布）
notice-problem-remind = 提醒：问题“{ $title }”请在 { $day } 前整改
notice-problem-remind-verify = 提醒：问题“{ $title }”的整改等待核实，期限 { $day }

## Facts
why-closed-ratio = { $year } 年问题清单：共 { GROUP($all) } 个，已销号 { GROUP($closed) } 个

## Errors
problem-step = 问题 { $number } 现在的状态不能办理这一步，可能刚被别人办理过，请刷新后再看
problem-undo = 问题 { $number } 的上一步不能撤销：之后又有了新的进展，或不是您办理的
problem-reason = 请填写内容，最多 { $max } 个字
problem-meanwhile = 整改安排刚被别人改过，现在是：责任人 { $owner }，措施 { $measure }，期限 { $due }。您填的还没有写入，请核对后再提交
problem-measure-missing = 请填写整改措施，最多 { $max } 个字
problem-owner-name = 责任人姓名最多 { $max } 个字
problem-owner-unknown = 本支部党员名册里没有“{ $name }”，请从名册中选择，或先到党员页录入
problem-owner-several = 本支部名册里有几位“{ $name }”，请从列表中选择其中一位
problem-due-over = 支部自己能定的最晚日期 { $to } 已经过了。需要延期请上级党组织改；期限保持不变也可以保存
problem-due = 整改期限应在 { $from } 到 { $to } 之间
problem-verify-own = 责任人和提交人不能复核自己的整改，请由另一人复核
problem-file = 请选择文件

## 首页“与您有关”
concern-problems = 待整改问题 { GROUP($n) } 个
concern-late = 其中逾期 { GROUP($n) } 个
