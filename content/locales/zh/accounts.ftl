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
sign-in-ended = 太久没有操作，登录已经结束。刚才填写的内容还在，登录后可以继续提交
kept-title = 刚才填写的内容
kept-lead = 提交时登录已经结束，这些内容还没有提交。请核对后再提交一次。
kept-entered = 填写的内容
kept-send = 提交
kept-leave = 不提交
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
todo-apps = 常用功能

## Words used on several pages
find = 查找
next-step = 下一步
person-name = 姓名
token-cannot = 令牌不能用来办理本人账号的事项，请登录后办理
codes-noted = 已记下，继续

## Set-up
set-up-title = 开始使用
set-up-lead = 这是一个新的系统，还没有账号。
set-up-step-code = 核对代码
set-up-step-form = 填写信息
set-up-step-codes = 领取代码
set-up-code-label = 一次性代码
set-up-code-hint = 系统启动时显示在控制台上
set-up-code-wrong = 代码不对，请照控制台上显示的填写
set-up-installation = 本系统
set-up-name-label = 名称
set-up-name-hint = 显示在页面最上方，例如“锦州市直机关工委”
set-up-area-label = 地区
set-up-area-hint = 例如“辽宁省锦州市”
set-up-year-label = 首个考评年度
set-up-administrators = 三名管理员
set-up-administrators-hint = 三员分立：由三个人分别担任，互不兼任，也不办理业务。
set-up-system-hint = 建账号、发代码、管备份。登录名 system
set-up-security-hint = 授予和收回角色。登录名 security
set-up-audit-hint = 查看操作日志。登录名 audit
set-up-name = 请填写名称，最多 { $max } 个字
set-up-area = 请填写地区，最多 { $max } 个字
set-up-year = 年度应在 2000 到 2100 之间
set-up-person = 请填写姓名，最多 { $max } 个字
set-up-same = { $name }不能同时担任两种管理员
set-up-done = 已经有账号了，不能再次设置。请直接登录

## Accounts
accounts-title = 账号
account-new = 新建账号
account-new-lead = 建好后显示一次性代码，交给本人首次登录使用。
account-find = 姓名或登录名
account-none = 没有找到账号。
account-state = 状态
account-waiting = 待首次登录
account-run-out = 代码已过期
account-active = 使用中
account-disabled = 已停用
account-login-hint = 2 至 64 个字母、数字、汉字、点、下划线或短横
account-login = 登录名“{ $value }”不能用：应为 2 至 64 个字母、数字、汉字、点、下划线或短横
account-name = 请填写姓名，最多 { $max } 个字
account-unknown = 没有登录名为“{ $login }”的账号，请核对
account-administrator = 别的管理员的账号不在这里发代码或停用（三员分立）。请在服务器上运行 leitu account reset 登录名
account-own = 不能停用自己的账号，请由另一名系统管理员办理
account-use = 停用与启用
account-use-lead = 停用后立即退出登录，接口令牌同时失效；办过的事仍然保留。
account-disable = 停用账号
account-enable = 启用账号
account-now-disabled = 已停用账号
account-now-enabled = 已启用账号
code-label = 一次性代码
code-until = 代码有效至
code-renew = 重新发放代码
code-renew-lead = 原来的密码和登录立即失效。新代码只显示一次。
codes-title = 一次性代码
codes-lead = 只显示这一次，有效至 { $until }。首次登录时填在密码处，随即设置自己的密码。
codes-print = 用浏览器的打印功能打印本页，裁开后交给本人。
codes-shown = 代码在第一次提交时已显示，不会再显示。如果没有记下，请为本人重新发放

## Roles
roles-title = 角色
roles-held = 担任的角色
roles-none = 还没有担任任何角色。
role-at = { $role } · { $org }
role-label = 角色
role-from = 起
role-by = 授予人
role-ended = 止
role-give = 授予角色
role-end = 收回
role-org = 组织代码
role-org-hint = 角色只在这个组织及其下级有效；管理员角色不填
role-own = 不能授予或收回自己的角色，请由另一名安全管理员办理
role-unknown = 没有“{ $role }”这个角色
role-incompatible = 不能兼任：管理员只能担任一种管理员角色，也不能担任业务角色
role-org-needed = 请填写组织代码
role-org-none = 管理员角色不在某个组织担任，请把组织代码留空
role-org-type = 这个角色不能在“{ $org }”这类组织担任
role-org-unknown = 没有代码为 { $code } 的组织，请核对
role-now-given = 已授予角色
role-now-ended = 已收回角色
permissions-title = 权限清单
permissions-lead = 由系统的全部功能自动生成：每项权限由哪些角色持有，对应哪些地址。
permission-code = 权限
permission-roles = 持有的角色
permission-routes = 地址
permission-public = 所有人，不用登录
permission-signed-in = 所有已登录的人

## My own page
me-roles = 我的角色
me-display = 字号与语言
me-sessions = 登录的设备
me-tokens = 接口令牌
sign-out-everywhere = 在所有设备上退出
session-device = 浏览器和系统
session-begun = 登录时间
session-used = 最近使用
session-end = 退出
session-this = 本设备
session-ended = 已退出那台设备
tokens-none = 还没有接口令牌。
token-make = 新建令牌
token-lead = 供程序调用接口使用，权限不超过所选角色，最长 365 天。
token-name-label = 用途
token-name-hint = 例如“单位门户取台账”
token-days-label = 有效天数
token-expires = 有效至
token-revoke = 作废
token-revoked = 已作废令牌
token-title = 接口令牌
token-once = 只显示这一次，请立即保存。丢失后只能作废重建。
token-shown = 令牌在第一次提交时已显示，不会再显示。如果没有保存，请作废重建
token-name = 请填写用途，最多 { $max } 个字
token-role = 只能选择自己担任的角色
password-change = 修改密码
password-change-lead = 修改后，其他设备上的登录和接口令牌立即失效。
password-old-label = 现在的密码
password-old = 现在的密码不对
account-from-members = 从名册批量开通
todo-account-role = 授予角色：{ $name }（新开通的账号）
todo-account-idle = 核对是否停用账号：{ $name }（角色已全部收回）
