### Shell, components, error pages: what every page shows.

product = 累土党支部考评平台
product-short = 累土

## Frame
skip-to-main = 跳到正文
quick-links = 快捷入口
main-menu = 主菜单
bottom-menu = 底部导航
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
language-name = 中文
suggestions = 投诉建议
foot = 累土 · 依据条例、标准和考评细则运行
insecure-http = 本系统正以不加密的方式提供服务，密码和数据在网络上可被看到。请系统管理员装上证书。
demo-label = 演示
demo-today = 演示数据，均为虚构。演示日期 { $date }，{ $weekday }
demo-next-day = 前进一天
demo-publicity = 到公示期满
demo-identity = 换身份
undo = 撤销
date-long = { $year } 年 { $month } 月 { $day } 日
weekday = { $day ->
    [1] 星期一
    [2] 星期二
    [3] 星期三
    [4] 星期四
    [5] 星期五
    [6] 星期六
   *[7] 星期日
 }
list-comma = 、

## Menu
group-desk = 工作台
group-study = 学习
group-assess = 评定
group-serve = 服务
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
js-close = 关闭

## Components
late = 逾期 { GROUP($n) } 天
due-today = 今天到期
days-left = 还剩 { GROUP($n) } 天
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
here = 当前位置
paging = 分页
page-before = 上一页
page-after = 下一页
progress-label = 已处理 { GROUP($done) }，共 { GROUP($total) }
change = 更改
remove = 移除
steps-label = 步骤
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
error-conflict-head = 内容已被改动
error-conflict-lead = 什么都没有保存。下面是两边的值，请核对后重新填写。
error-conflict-table = 两边的值
error-conflict-item = 项目
error-conflict-yours = 我填的
error-conflict-theirs = 现在的
error-invalid-head = 没有保存
error-invalid-back = 返回修改
error-sign-in-head = 需要登录
error-internal-head = 系统出错
error-internal-number = 错误编号 { $number }。请把编号告诉系统管理员。
error-busy-head = 系统忙
error-busy-wait = 请在 { GROUP($seconds) } 秒后再试。已填的内容没有提交。
error-maintenance-head = 系统正在维护
error-maintenance-lead = 维护期间不能查看和填写。已保存的内容不受影响。
error-home = 返回首页
error-again = 重新打开本页

not-found = 没有找到这一页，可能是网址不对。
internal = 这一步没有办成，系统已经记下原因。
