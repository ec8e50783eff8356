# 数据库：打不开、存不下、正忙
database-unreachable = 暂时连不上数据库，您刚才的操作不一定已保存。请稍等几秒，刷新页面查看后再试。
database-url = 数据库地址有误：{ $problem }。请写成 sqlite:文件路径 或 postgres://用户:密码@主机/库名。
database-file = 无法创建数据库文件 { $path }：{ $problem }。请检查目录是否存在、是否可写。
database-encoding = 数据库的编码是 { $encoding }。请改用 UTF8 编码的数据库。
storage-not-durable = 数据所在的磁盘不支持可靠写入（日志方式为 { $journal }）。请把数据目录放在本机磁盘上，不要放在网络共享目录。
storage-failed = 磁盘没有写入成功，系统已转为只读，您刚才的操作没有保存。请联系系统管理员检查磁盘并重启服务。
text-nul = 文字里有看不见的空字符（U+0000），本系统不接受。请删去后重新填写，或重新粘贴为纯文本。
storage-full = 磁盘已满，您刚才的操作没有保存。请联系系统管理员腾出空间后再试。
database-damaged = 数据库文件已损坏，或者不是本系统的数据库。请检查 --data-dir 和 --database-url，或从备份恢复。
already-there = 同样的内容已经存在，没有重复保存。请刷新页面查看。
still-referenced = 有其他内容与它关联，无法完成此操作。请先处理关联的内容。
migration-unknown = 这个数据库已由更新的版本升级过（{ $name }），当前程序不认识。请使用更新的版本启动。
backup-exists = 备份文件 { $path } 已存在。请换一个目录。
backup-file = 无法写入备份文件 { $path }：{ $problem }。请检查目录是否可写、空间是否足够。
restore-database-not-empty = 这个 PostgreSQL 数据库里已有数据，没有恢复。请新建一个空数据库，再用 --database-url 指明它。
database-refused = 连不上数据库：{ $problem }。请检查地址、用户、密码和证书。
