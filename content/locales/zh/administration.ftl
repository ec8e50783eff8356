### 操作日志、后台任务、工作日历、备份、投诉建议

## 操作日志
audit-title = 操作日志
audit-export = 导出全部日志
audit-object = 对象
audit-actor = 操作人
audit-from = 起始日期
audit-to = 截止日期
audit-at = 时间
audit-action = 操作
audit-details = 内容
audit-signed = 最近的审计检查点：第 { $number } 号，{ $at }，覆盖 { GROUP($events) } 条记录
audit-checkpoints = 审计检查点
audit-checkpoints-lead = 每新增 1,000 条记录、至多每 10 分钟，系统把操作日志签名一次。请定期打印或下载最新的一份，交系统管理员以外的人在别处保存。日后用它核对，就能查出日志是否被删减或重写。
audit-checkpoints-none = 还没有审计检查点。
audit-checkpoints-none-hint = 有了操作记录，几秒内就会签第一份。
audit-checkpoint-number = 编号
audit-checkpoint-at = 签名时间
audit-checkpoint-events = 覆盖记录（条）
audit-checkpoint-segments = 日志段数
audit-checkpoint-copy = 留存
audit-checkpoint-download = 下载
audit-checkpoint-title = 审计检查点第 { $number } 号
audit-checkpoint-hint = 本页可以直接打印，也可以手抄。核对时把内容存成文本文件，运行 leitu audit verify --checkpoint 文件名。
audit-checkpoint-note = 签名原文
audit-checkpoint-kept-by = 保存人：　　　　　　　　　　日期：
audit-none = 没有符合条件的记录。
event-sign-in-succeeded = 登录
event-sign-in-failed = 登录未成功
event-sign-in-password-accepted = 核对密码
event-sign-in-code-accepted = 核对一次性代码
event-sign-out-done = 退出登录
event-sign-out-everywhere = 在所有设备上退出
event-session-ended = 退出一台设备
event-password-set-with-code = 用代码设置密码
event-password-changed = 修改密码
event-second-factor-set = 设置动态码
event-second-factor-replaced = 更换动态码的手机
event-second-factor-codes-renewed = 换新备用码
event-second-factor-ended = 停用动态码
event-second-factor-taken = 取消动态码
event-token-made = 新建接口令牌
event-token-revoked = 作废接口令牌
event-account-created = 新建账号
event-account-code-renewed = 重新发放代码
event-account-disabled = 停用账号
event-account-enabled = 启用账号
event-role-given = 授予角色
event-role-ended = 收回角色
event-installation-found = 建立系统
event-demo-entered = 以演示身份进入
event-audit-exported = 导出操作日志
event-calendar-imported = 导入放假安排
event-backup-make = 备份
event-backup-restore = 从备份恢复
event-suggestion-sent = 收到投诉建议
event-suggestion-closed = 办结投诉建议

## 后台任务
jobs-title = 后台任务
jobs-none = 还没有后台任务。
jobs-none-hint = 导入、导出等耗时的事项会在这里显示进度。
job-label = 任务
job-state = 状态
job-waiting = 等待中
job-running = 进行中
job-failed = 没有完成
job-ended = { $at } 完成
job-calendar-recount = 重算工作日期限

## 工作日历
calendars-title = 工作日历
calendars-lead = 期限按工作日计算，以国务院办公厅公布的放假和调休安排为准。尚未公布的年份按周一至周五暂算，公布后重算并告知责任人。
calendars-years = 各年度
calendar-year = 年度
calendar-state = 状态
calendar-published = 已公布
calendar-provisional = 未公布，暂算
calendar-holidays = 放假（天）
calendar-workdays = 调休上班（天）
calendar-import = 导入放假安排
calendar-import-hint = CSV 文件（UTF-8 编码），不超过 1 MB。第一行写 日期,类别,名称；类别写 放假 或 上班（调休），例如 2027-01-01,放假,元旦。导入的年度会替换原有内容。
calendar-template = 下载模板（CSV）
calendar-file-label = 文件
calendar-file = 请选择文件
calendar-large = 文件应小于 1 MB
calendar-encoding = 文件不是 UTF-8 编码。请另存为“CSV UTF-8”后重新导入
calendar-imported = 已导入 { GROUP($n) } 天，暂算的期限正在重算
calendar-editions = 导入记录
calendar-source = 来源
calendar-days = 天数
calendar-by = 导入人
calendar-at = 时间

## 备份
backups-title = 备份
backup-last = 最近一次备份：{ $at }，{ $by }
backup-never = 还没有做过备份。
backup-how = 怎样备份
backup-how-lead = 在服务器上运行下面的命令，DIR 换成一个空目录或新目录。备份时不用停止服务。恢复用 leitu restore DIR。
backup-holds = 备份里有什么
backup-holds-database = 全部业务数据、账号、操作日志
backup-holds-files = 佐证材料
backup-without = 备份里没有密钥
backup-without-lead = 数据目录下 keys 里的三个密钥文件不在备份里，请另外妥善保存。没有密钥，备份里的身份证号、电话等加密内容无法读取。

## 投诉建议
suggestion-lead = 直接送工委办理。不用登录；不填联系方式就是匿名，系统也不记录是谁写的。
suggestion-text-label = 内容
suggestion-contact-label = 联系方式
suggestion-contact-hint = 姓名、电话等，便于答复
suggestion-send = 提交
suggestion-sent = 已提交，工委会办理
suggestion-text = 请填写内容，最多 { GROUP($max) } 个字
suggestion-contact = 联系方式最多 { $max } 个字
suggestion-often = 今天提交的次数已到上限，请明天再提交，或直接联系工委
suggestion-nobody = 系统里还没有组织，暂时没有人可以受理
suggestion-none = 还没有投诉建议。
suggestion-none-hint = 每页下方的“投诉建议”提交后会出现在这里。
suggestion-title = 投诉建议内容
suggestion-received = 收到时间
suggestion-state = 状态
suggestion-open = 待办理
suggestion-done = 已办结
suggestion-anonymous = 匿名
suggestion-answer-label = 办理情况
suggestion-answer-hint = 查实了什么，怎样处理的
suggestion-answer = 请填写办理情况，最多 { GROUP($max) } 个字
suggestion-close = 办结
suggestion-closed = 已由别人办结，请刷新查看
suggestion-now-closed = 已办结
todo-suggestion = 办理投诉建议：{ $sealed }

## 首页“与您有关”
concern-checkpoint = 审计检查点第 { $number } 号已签名，请定期另存他处
concern-events = 覆盖 { GROUP($n) } 条记录
concern-audit = 查看操作日志
