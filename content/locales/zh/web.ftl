### Shell, components, error pages: what every page shows.

product = 累土党支部考评平台

## Frame
skip-to-main = 跳到正文
quick-links = 快捷入口
main-menu = 主菜单
bottom-menu = 底部导航
menu-below = 菜单
search = 搜索
todo = 待办
all = 全部
me = 我的
sign-in-link = 登录
sign-out = 退出登录
count-items = { GROUP($n) } 项
items = 项
size-large = 大字版
size-xlarge = 特大字
size-std = 标准字号
language-other = English
suggestions = 投诉建议
help-title = 帮助
help-of = 帮助：{ $word }
foot = 累土 · 依据条例、标准和考评细则运行
notice-label = 提醒
insecure-http = 本系统正以不加密的方式提供服务，密码和数据在网络上可被看到。请系统管理员装上证书。
demo-real-time = 登录、账号和操作记录的时间是真实时间，不随演示日期变。
demo-data = 演示数据
demo-label = 演示
demo-today = 演示数据 · { $date }，{ $weekday }
demo-next-day = 前进一天
demo-publicity = 到公示期满
demo-identity = 换身份
guided-close = 不再显示
guided-bits = 演示导览
guided-show = 显示演示导览
done-before = 这一步先前已经办好了。
undo = 撤销
date-long = { $year } 年 { $month } 月 { $day } 日
weekday = { $day ->
    [0] 星期一
    [1] 星期二
    [2] 星期三
    [3] 星期四
    [4] 星期五
    [5] 星期六
   *[6] 星期日
 }
list-comma = 、

## Menu
group-desk = 工作台
group-study = 学习
group-assess = 评定
group-serve = 服务
group-administer = 管理
group-organise = 组织
all-lead = 能用的功能都在这里。

## Words of the script
js-sending = 正在处理…
js-saving = 正在保存…
js-saved = {"{}"} 已保存
js-drafted = {"{}"} 草稿已保存
js-offline = 没有保存：网络不通，将自动重试
js-retry = 没有保存：系统忙，将自动重试
js-failed = 没有完成：系统没有给出结果，请重新打开本页再试
js-refused = 没有保存：{"{}"}
js-signin = 登录已过期。内容存在本机，重新登录后打开本页会自动保存
js-restored = 有 {"{}"} 处上次没有保存的内容，正在保存
js-unsent = 本机还有 {"{}"} 张表的内容没有保存。退出后会丢失，仍要退出吗？
js-mine = 用我填的
js-theirs = 用对方填的
js-kept = 已采用对方填的值
js-keys = 键盘快捷键
js-ending = 登录将在 5 分钟后到期。请保存，或打开任一页面继续；正在填的内容不会丢失
js-close = 关闭

## Components
late = 逾期 { GROUP($n) } 个工作日
due-today = 今天到期
days-left = 还剩 { GROUP($n) } 个工作日
closed = 已销号
stars-label = { $n ->
    [1] 一星级
    [2] 二星级
    [3] 三星级
    [4] 四星级
    [5] 五星级
   *[0] 未达星级
 }
errors-head = 有 { GROUP($n) } 处需要更正
choose-one = 有 { GROUP($n) } 个都符合，请在下面选一个，或多写几个字
choose-many = 符合的太多，列不下。请把名称写全，或改填组织代码（找人填登录名）
choose-meant = 指的是哪一个
here = 当前位置
paging = 分页
page-before = 上一页
page-after = 下一页
progress-label = 已处理 { GROUP($done) }，共 { GROUP($total) }
change = 更改
optional = （选填）
remove = 移除
empty-value = --
grade-good = 好
grade-fair = 较好
grade-plain = 一般
grade-poor = 差

## Error pages
error-not-found-head = 没有找到
error-not-found-search = 按名称、编号或拼音搜索
error-not-found-ask = 如果是有人发来的链接，可能不在权限范围内。权限由安全管理员管理：{ $names }。
error-not-found-nobody = 如果是有人发来的链接，可能不在权限范围内。权限由安全管理员管理。
error-denied-head = 不能办理
error-denied-roles = 这一步由{ $roles }办理。
error-refused-head = 现在不能办理
error-refused-lead = 什么都没有保存，也没有改动。
error-conflict-head = 内容已被改动
error-conflict-lead = 什么都没有保存。下面是两边的值，请核对后重新填写。
error-conflict-table = 两边的值
error-conflict-item = 项目
error-conflict-yours = 我填的
error-conflict-theirs = 现在的
error-invalid-head = 没有保存
error-address-head = 地址里的内容有误
error-address-lead = 请检查地址，或者从首页重新进入。
error-sign-in-head = 需要登录
error-internal-head = 系统出错
error-internal-number = 错误编号 { $number }。请把编号告诉系统管理员。
error-busy-head = 系统忙
error-busy-wait = 请在 { GROUP($seconds) } 秒后再试。已填的内容没有提交。
error-maintenance-head = 系统正在维护
error-maintenance-lead = 维护期间不能查看和填写。已保存的内容不受影响。
error-back = 按浏览器的返回键可以回到刚才的页面，已填的内容还在。
error-home = 返回首页

not-found = 没有找到这一页，可能是网址不对。
internal = 这一步没有办成，系统已经记下原因。
sign-in = 请先登录
no-permission = 这一步不在本人的职责内。
other-site = 没有办理：请求来自别的网站。请从本系统的页面操作。
csrf = 没有办理：页面已过期。请重新打开页面再提交。
key-reused = 没有办理：同一张表单已用别的内容提交过。请重新打开页面。
form-malformed = 没有保存：表单不完整。请重新打开页面再填。
json-missing = 请求的 JSON 缺少字段“{ $name }”。
json-value = 请求的 JSON 中字段“{ $name }”的值不对（第 { $line } 行第 { $column } 列）。请核对它应是文字、数字还是其他类型。
json-shape = 请求的 JSON 应是一个对象，例如 { "{" }"字段": 值{ "}" }（第 { $line } 行第 { $column } 列）。
json-syntax = 请求的 JSON 写法有误，在第 { $line } 行第 { $column } 列。
json-media = 请求应为 application/json
body-too-large = 没有保存：提交的内容太大。
actor-visitor = 未登录者
actor-os = 服务器用户 { $user }
actor-job = 后台任务
method-not-allowed = 这个网址不支持这样的操作。
busy = 系统忙，这一步没有办理。
too-many = 同时提交的请求太多，这一步没有办理。
date-missing = 请填写日期，写成 2026-06-10 的样子
date-format = 日期应写成 2026-06-10 的样子，填的是“{ $value }”
points-format = 分值应为不小于 0、最多两位小数的数，填的是“{ $value }”
quantity-format = 应为不小于 0 的数，填的是{ $value }

## The component page
kit = 组件清单
kit-lead = 复制这里的写法，不要另造
kit-buttons = 按钮
kit-btn = 次要
kit-btn-main = 提交自评
kit-btn-bad = 作废
kit-btn-sm = 小按钮
kit-btn-link = 文字按钮
kit-states = 状态
kit-tag-open = 待整改
kit-tag-doing = 整改中
kit-tag-passed = 已通过
kit-tag-missing = 待补正
kit-tag-late = 已逾期
kit-flash-ok = 已保存。
kit-flash-info = 标准 2026 版将于 6 月 1 日启用。
kit-flash-warn = 有 3 个问题将在 2 天内到期。
kit-flash-bad = 没有保存：网络不通。稍后可重试。
kit-due = 整改期限
kit-due-hint = 例如 2026-06-10
kit-due-missing = 请填写整改期限
kit-owner = 责任人
kit-owner-hint = 可输姓名、拼音首字母或手机后四位
kit-person = 刘建国
kit-measure = 整改措施
kit-files = 佐证材料
kit-file = 会议记录.pdf
kit-add-file = 添加文件
kit-save = 保存
kit-step-1 = 选标准
kit-step-2 = 填自评
kit-step-3 = 核对
kit-step-4 = 提交
kit-check = 核对后提交
kit-sum-self = 自评总分
kit-sum-files = 附件
kit-done = 已提交自评
kit-done-number = 受理编号
kit-number = 锦-2026-自评-0231
kit-done-next = 验收组将在 5 个工作日内约定现场时间。
kit-import = 导入党员名册
kit-import-lead = 共 1,204 行：成功 1,198 行，有误 6 行
kit-bad-rows = 有误的行
kit-row = 行
kit-column = 列
kit-given = 填的是
kit-remedy = 应该怎样
kit-join-date = 入党日期
kit-month = 月份应为 1 到 12
kit-chips = 快速筛选
kit-chip-all = 全部未销号 58
kit-chip-late = 逾期 3
kit-tabs = 显示方式
kit-tab-board = 看板
kit-tab-list = 清单
kit-grades = 等次分布
kit-org = 组织
kit-whole = 全省合计
kit-stars = 星级分布
kit-chart = 图示
kit-facts = 关键数据
kit-fact-branches = 支部数
kit-fact-share = 已完成评定
kit-empty = 这里还没有问题。
kit-empty-hint = 验收扣分项会自动出现在这里。
kit-empty-act = 登记一个问题
kit-progress = 整改进度
kit-moment-1 = 验收组提出问题
kit-moment-2 = 书记制定措施，期限 6 月 10 日
kit-moment-3 = 复核
kit-pager-note = 共 58 条，每页 20 条

## 平台各层的说明
audit-file = 操作日志文件的第 { $record } 项不是导出的格式，或文件不完整
audit-checkpoint-file = { $path } 第 { $line } 行不是审计检查点的格式
file-unwritable = 不能写入文件（{ $why }）。请换一个位置或检查权限
keys-do-not-fit = 没有启动：密钥与这个数据库不匹配。请用 --key-dir 指向建库时的密钥
keys-incomplete = 没有启动：{ $dir } 里的密钥不全。请从备份恢复三个密钥文件
keys-unreadable = 没有启动：不能读写密钥 { $path }（{ $why }）
login-taken = 登录名 { $login } 已被使用，请换一个
not-a-demo = 只有演示环境才能改业务日期
post-held = 这个账号已有这个岗位
token-days = 有效期应为 1 到 { $max } 天
token-invalid = 访问令牌无效或已过期，请换一个新的
steps-label = 进度

# 导出当前表
export-do = 导出 { $format }
export-note = 说明
export-what = 内容
export-who = 导出人
export-when = 导出时间
export-filter = 筛选条件
export-all = 全部
printed-filter = 筛选条件：{ $asked }
filter-change = 修改
as-it-stands = 按此测算

# 在后台生成的文件
export-file = 导出文件
export-making = 正在生成
export-ready = 已生成
export-failed = 没有生成
export-broken = 生成中断
export-gone = 已删除
export-lead = 行数较多，正在后台生成文件。不必在这里等，可以先办别的事；生成后会在“通知”里告诉您。
export-so-far = 已读 { GROUP($n) } 行
export-elsewhere = 回到待办
export-rows = 共 { GROUP($n) } 行。文件保留到 { $at }，过后要重新导出。
export-take = 下载文件
export-broken-lead = 生成到一半时系统停止了，没有留下文件。请重新导出。
export-most = 后台生成的文件每人最多保留 { GROUP($n) } 份，再导出时先删最早的一份，请及时下载。
export-gone-lead = 文件已经删除：后台生成的文件保留一天，每人最多保留 { GROUP($n) } 份。请重新导出。
export-again = 重新导出
export-one-at-a-time = 您上一份导出还在生成。生成后再导出下一份
notice-export = 导出文件已生成：{ $title }，共 { GROUP($n) } 行
notice-export-failed = 导出没有完成：{ $title }

# 打印，数据时间
print-page = 打印本页
print-do = 打印
print-hint = 按 Ctrl+P，或在浏览器菜单里选“打印”。纸上没有菜单和按钮。
as-of = 数据时间 { $at }
