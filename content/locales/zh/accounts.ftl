### Sign-in, first page, desk, set-up, accounts, roles, 我的.

notices = 通知
notices-empty = 还没有通知。
notices-all = 全部通知

## Roles
role-system_administrator = 系统管理员
role-security_administrator = 安全管理员
role-audit_administrator = 审计管理员
role-committee = 工委
role-reviewer = 工委复核人
role-deputy = 单位专职副书记
role-secretary = 支部书记
role-member = 党员
role-inspector = 验收组成员

## Sign-in
sign-in-title = 登录
sign-in-login = 登录名
sign-in-password = 密码
sign-in-password-hint = 第一次登录时填一次性代码
sign-in-lost = 忘记密码时请联系系统管理员，领取新的一次性代码。
sign-in-wrong = 登录名或密码不对，或者一次性代码已过期
sign-in-locked = 已连续 5 次不对，{ $minutes } 分钟后再试
password-title = 设置密码
password-lead = { $name }，一次性代码已核对。设置自己的密码后即可使用，代码随之作废。
password-new = 新密码
password-hint = 至少 { $min } 个字符，可以是一句话
password-again-label = 再填一次新密码
password-set-button = 设置密码
password-set = 已设置密码
password-short = 密码至少 { $min } 个字符
password-long = 密码最多 { $max } 个字符
password-login = 密码不能与登录名相同
password-again = 两次填写的密码不同，请重新填写
ticket-gone = 代码的核对已过时。请重新登录，填写一次性代码

## First page of a demonstration
start-title = 选一个身份开始体验
start-lead = 演示环境已装入虚构的组织、党员和考评数据。点一下就能进入，不用密码。随时可在页面上方换身份。
start-nobody = 演示数据里没有可用的身份。
start-committee = 工委工作人员
start-committee-job = 发布细则，推进考评，看各级评定和整改进度
start-committee-look = 先看：总览
start-reviewer = 工委复核人
start-reviewer-job = 复核调整和否决，录入抽签数字
start-reviewer-look = 先看：我的待办
start-deputy = 单位专职副书记
start-deputy-job = 督促本单位支部自评和整改
start-deputy-look = 先看：问题整改
start-secretary = 支部书记
start-secretary-job = 填自评，定整改措施，办待办
start-secretary-look = 先看：我的待办
start-member = 党员
start-member-job = 看本支部的评定结果，公示期内提异议
start-member-look = 先看：评星定级
start-inspector = 验收组成员
start-inspector-job = 对照自评现场打分，写明扣分理由
start-inspector-look = 先看：我的待办
start-system_administrator = 系统管理员
start-system_administrator-job = 建账号，发一次性代码，管备份
start-system_administrator-look = 先看：账号
start-security_administrator = 安全管理员
start-security_administrator-job = 授予和收回角色，查看权限清单
start-security_administrator-look = 先看：角色
start-audit_administrator = 审计管理员
start-audit_administrator-job = 查看操作日志
start-audit_administrator-look = 先看：操作日志
start-walk = 十分钟走完一遍主流程
start-colon = ：
start-begin = 开始
start-step-self = 支部自评
start-step-self-text = 以支部书记身份填完没有自动取数的项目，提交。
start-step-acceptance = 实地验收
start-step-acceptance-text = 换验收组成员身份，对照自评打分，写明扣分理由。
start-step-recheck = 复检
start-step-recheck-text = 换工委身份，随机抽取部分支部再查一遍。
start-step-publicity = 审定公示
start-step-publicity-text = 调整要有理由并经工委复核人同意，再公示 5 个工作日。
start-step-rectification = 问题整改
start-step-rectification-text = 每个扣分项已成为问题：定责任人、措施和期限，由别人核实后销号。
start-step-ledger = 台账
start-step-ledger-text = 今年与去年并列，看谁晋位、谁降位。
start-step-overview = 总览
start-step-overview-text = 逐级汇总，每个数字都能点到明细。

## Desk
todo-head = { $n ->
    [0] 待办
   *[other] 待办 { GROUP($n) } 项
 }
todo-hello = { $name }，您好。今天是 { $date }，{ $weekday }。
todo-tabs = 待办分类
todo-mine = 待我处理
todo-sent = 我发起的
todo-done = 已处理
todo-due = 期限 { $date }
todo-done-at = 办结 { $at }
todo-empty = 这里没有待办。轮到您办理时，会自动出现在这里。
