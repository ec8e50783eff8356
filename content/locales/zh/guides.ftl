### 各角色的使用指南。按钮和页面的名称用它们自己的键，改了名称这里跟着变。每行一步。

help-guides = 使用指南
help-guide-of = { $role }使用指南
help-guide-print = 用浏览器的打印功能打印，不超过两页 A4 纸。

guide-committee = 组织一年的考评：定标准，开启周期，一个环节一个环节推进，审定、公示、提请定稿，督促整改。
guide-committee-prepare = 开启之前
guide-committee-prepare-steps =
    在“{ menu-standards }”核对规定和标准；有新版本的，导入后先按“{ edition-check-button }”，再按“{ edition-publish-button }”。
    考评细则有新版本的，在“{ schemes-title }”里按“{ scheme-new-title }”，检查没有错误后按“{ scheme-publish-button }”。
    在“{ menu-organisations }”核对组织和党员；成批的在“{ imports-title }”下载模板填写，按“{ import-check }”，没有错误再按“{ import-bring }”。
    在“{ menu-assessment }”按“{ cycle-open }”，选年度、细则、开展范围和自评截止日，核对后再按一次。开启后参评支部和细则版本不再改变。
guide-committee-phases = 自评、验收、复检
guide-committee-phases-steps =
    自评期间在周期页按“{ cycle-sheets }”，看谁还没有提交，按“{ cycle-remind }”；确有原因的，在支部一行按“{ cycle-late }”，写明日期和理由。
    在“{ teams-title }”按“{ team-new }”，再把支部分给各组；也可以在“{ draws-title }”里按“{ draw-teams }”，由抽取决定分组。与支部同属一个单位党委的人会被要求回避。
    验收结束后在“{ draws-title }”按“{ draw-publish }”，由复核人填入数字，抽出复检的支部。
    一个环节办完，在周期页按“进入……阶段”。还有没完成的，系统会说明几个，继续须写理由。
    环节只能往前，不能退回。
guide-committee-finish = 审定、公示、定稿
guide-committee-finish-steps =
    在周期页进入“{ review-list }”，按“{ review-count }”看还有什么没办：差异较大的按“{ review-explain }”，加分申报按“{ claim-confirm }”。
    要改得分、加分、扣分、否决的，选“{ adjust-target-label }”，先按“{ adjust-see }”，再按“{ adjust-submit }”，由复核人同意后生效。
    全部办完，推进到公示。“{ publicity-title }”可以打印张贴。
    收到异议的，在“{ objections }”里逐件按“{ objection-reply }”。
    公示期满，在周期页按“{ final-propose }”。复核人同意后，结果进入“{ menu-ledger }”。
guide-committee-daily = 平时
guide-committee-daily-steps =
    在“{ menu-overview }”看各级的等次、待整改和逾期，每个数字都能点到明细。
    在“{ menu-problems }”核实别人提交的整改：“{ problem-verify }”或“{ problem-return }”；选中几个按“{ problem-remind }”。
    在“{ suggestions }”办理来件，写明办理情况，按“{ suggestion-close }”。

guide-reviewer = 第二个人：凡是改变结果的事，工委提出，您核实后决定。自己提出的自己不能办。
guide-reviewer-decide = 办理
guide-reviewer-decide-steps =
    待您办理的事都在“{ todo }”里，逐件打开。
    审定调整：看原值、新值、理由和依据，以及“{ adjust-effect }”，写意见，按“{ adjust-approve }”或“{ adjust-reject }”。不同意的要写理由。
    抽取：名单公布后，打开“{ draw-record }”，自己想一个整数填入，按“{ draw-complete }”。不要与别人商量这个数字。
    定稿：打开“{ final-see }”，核对支部数、各等次的个数和“{ final-digest }”，按“{ final-approve }”或“{ adjust-reject }”。看过之后结果有变化的，系统会请您重新核对。
guide-reviewer-look = 查看
guide-reviewer-look-steps =
    在周期页进入“{ review-list }”，看各支部各层得分和差异。
    在“{ menu-overview }”“{ menu-ledger }”“{ menu-problems }”看结果和整改，只能看，不能改。

guide-deputy = 督促本单位的支部按时自评、按期整改，维护本单位的组织和党员资料。
guide-deputy-self = 自评
guide-deputy-self-steps =
    在“{ menu-assessment }”打开周期，按“{ cycle-sheets }”，看本单位各支部提交了没有。
    打开一个支部的考评表，看取数、得分和佐证；自评有错的，在右边写明理由，按“{ sheet-return }”，支部书记会在待办里看到。已经验收的不能再退回。
guide-deputy-problems = 整改
guide-deputy-problems-steps =
    在“{ menu-problems }”看本单位的问题，按“{ problem-f-late }”“{ problem-f-soon }”筛选；“{ problem-board }”和“{ problem-list }”是同一批问题。
    在“{ problem-list }”里选中几个，按“{ problem-remind }”，同一件事一天最多提醒一次。
    支部按“{ problem-submit }”后，打开问题核实，按“{ problem-verify }”销号，或者写明理由按“{ problem-return }”。自己是责任人或提交人的，由别人核实。
    销号后发现没有改好，写明理由按“{ problem-reopen }”。
guide-deputy-register = 资料
guide-deputy-register-steps =
    在“{ menu-organisations }”打开支部，进入“{ members-title }”，按“{ member-new }”或更正；转出的更改类别，记录保留。
    成批的在“{ imports-title }”按“{ import-new }”，没有错误再确认；错了的可以“{ import-undo }”。

guide-secretary = 填自评，管整改，定下一年的目标。轮到您办的事都在待办里，从待办点进去就行。
guide-secretary-self = 自评
guide-secretary-self-steps =
    在“{ todo }”里打开“填报自查自评”。页上写明需要填几项，其余已自动取数。
    逐项填得分；满分的按“{ sheet-full }”，不满分的写明说明。每填一项自动保存，右边的“{ sheet-estimate }”跟着变。
    去年填过的可以按“复制去年的填写”，只填还空着的项，再逐项核对；成批填入的都可以按“{ batch-undo }”。
    自动取的数不对，按“{ sheet-overrule }”，须写理由。
    要附材料的，点那一项的佐证件数，按“{ evidence-add }”，或从“{ evidence-others }”里选。都不是必交的。
    有加分的，按“{ claims-title }”填次数和理由，按“{ claim-save }”。
    填完按“{ self-submit }”，在下一页核对后再按一次。提交后不能改；需要改的，请上级退回，改好再提交。
guide-secretary-problems = 整改
guide-secretary-problems-steps =
    验收后，扣分项成为问题。在“{ menu-problems }”打开一个，填责任人、措施和期限，按“{ problem-plan-save }”。
    动手时按“{ problem-start }”；按错了可以“{ problem-undo-last }”。
    做完写“{ problem-done }”，需要时在“{ problem-evidence }”上传材料，按“{ problem-submit }”，由别人核实后销号。
    被退回的看理由，改好再提交。红色的是逾期，先办。
    没有扣分的，核对考评表后按“{ confirmation-do }”。
guide-secretary-year = 公示和下一年
guide-secretary-year-steps =
    公示期间在周期页打开“{ publicity-title }”看本支部的结果，有不同意见的写在“{ objection-text }”里，按“{ objection-raise }”，工委书面答复。
    对得分不明白的，在考评表按“为什么是……分”，逐项看依据。
    定稿后在“{ menu-ledger }”选下一年的“{ target-grade }”，写“{ target-measures }”，按“{ target-save }”。
    平时在“{ members-title }”按“{ member-new }”登记党员，在“{ members-offices }”登记任职，许多项目就能自动取数。

guide-member = 看本支部的考评结果和整改，公示期内可以提出异议。
guide-member-look = 查看
guide-member-look-steps =
    在“{ menu-assessment }”打开年度，看考评到了哪个环节；“{ sheet-title }”里有各项各层的得分。
    在考评表按“为什么是……分”，看每一项的依据和算法。
    在“{ menu-problems }”看本支部的问题、责任人和期限；在“{ menu-ledger }”看今年和去年的等次。
guide-member-object = 提出意见
guide-member-object-steps =
    公示期内打开“{ publicity-title }”，在要说的支部一行按“{ objection-raise }”，写明内容提交。提出人只有工委看得见。
    工委书面答复后，会有通知；自己提的在“{ objections }”里能查到。
    其他的话，用每页最下面的“{ suggestions }”，可以不写姓名。

guide-inspector = 到支部现场，对照自评逐项打分，写明扣分理由；抽中复检的再查一遍。
guide-inspector-site = 实地验收
guide-inspector-site-steps =
    在“{ todo }”或“{ menu-inspections }”看分给您的支部；支部还没有提交自评的，先等一等。
    打开支部，按“{ acceptance-title }”。左边是自评，展开“{ sheet-rule }”看标准，点佐证件数看材料。
    与自评一致的可以按“{ sheet-copy-self }”，再逐项核对；不一致的直接填得分。
    比满分少的写“{ sheet-reason }”。这句话就是问题的内容，要写清楚哪里不够，支部照着改。
    每填一项自动保存，组里几个人可以同时填；两个人填得不同，系统把两个数都摆出来。
    全部评完按“{ acceptance-submit }”，核对后再按一次，需要时先按“{ sheet-print }”签字。提交后扣分项转为问题，不能再改。
guide-inspector-recheck = 抽查复检
guide-inspector-recheck-steps =
    抽中的支部会出现在“{ todo }”里，打开按“{ recheck-title }”，旁边有自评和验收的得分。
    没有变化的按“{ sheet-copy-stood }”；有变化的改得分、写理由，按“{ recheck-submit }”。复检过的以复检为准。
    分到自己单位的支部，请告诉工委换组，系统也会要求回避。

guide-system_administrator = 建账号、发一次性代码、管备份和工作日历。不办理考评业务，也不授予角色。
guide-system_administrator-accounts = 账号
guide-system_administrator-accounts-steps =
    在“{ accounts-title }”按“{ account-new }”，填姓名和登录名。名册里已有的人，可以用“{ account-from-members }”。
    代码只显示一次，打印后裁开交给本人，72 小时内有效。角色由安全管理员授予，系统会自动提请。
    忘记密码的，打开账号按“{ code-renew }”，原来的密码和登录立即失效。
    调离的按“{ account-disable }”，办过的事仍然保留；回来的按“{ account-enable }”。
    手机和备用码都丢了的，确认是本人后，打开账号按“{ second-factor-take }”，本人下次登录重新设置动态码。
    别的管理员忘记密码，在服务器上运行 leitu account reset 登录名；连手机也丢了的，加上 --second-factor。
guide-system_administrator-care = 维护
guide-system_administrator-care-steps =
    在“{ backups-title }”看最近一次备份和命令；密钥文件不在备份里，另外妥善保存。
    每年放假安排公布后，在“{ calendars-title }”按“{ calendar-import }”，期限会重新计算，进度在“{ jobs-title }”里。

guide-security_administrator = 授予和收回角色。角色决定一个人能看什么、能办什么，只在所填的组织及其下级有效。
guide-security_administrator-roles = 角色
guide-security_administrator-roles-steps =
    新建的账号会出现在“{ todo }”里；也可以在“{ roles-title }”按姓名或登录名查找。
    打开一个人，选角色，填在哪个组织担任，按“{ role-give }”。管理员角色不填组织。
    离任的在那一行按“{ role-end }”。角色全部收回的账号，系统会提请系统管理员核对是否停用。
    一个人可以在几个组织担任角色；管理员角色不能兼任，自己的角色由另一名安全管理员办理。
    在“{ permissions-title }”核对每项权限由哪些角色持有。

guide-audit_administrator = 查看操作日志，把签了名的检查点另存他处。不改任何数据。
guide-audit_administrator-log = 日志
guide-audit_administrator-log-steps =
    在“{ audit-title }”按对象、操作人和日期查找；每条记录写明谁在什么时候把什么改成什么。
    定期在“{ audit-checkpoints }”打开最新的一份，打印或按“{ audit-checkpoint-download }”，交系统管理员以外的人保管。
    需要外部核对的，按“{ audit-export }”，得到的文件不用本系统也能核对；导出本身也会记入日志。
    核对时在服务器上运行 leitu audit verify --checkpoint 文件名；结果不一致的，先停止使用并保留现场。
    在“{ permissions-title }”核对谁能办什么；发现不该有的角色，告诉安全管理员。
