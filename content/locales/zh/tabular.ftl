# 表格的读入与写出。每条说明：哪里不对，怎样改。
table-empty = 文件是空的：没有任何数据，或者数据不在第一个工作表。请在第一个工作表填写后再上传。
table-old-xls = 这是旧版 .xls 文件，或设有打开密码的文件。请在表格软件中取消密码，另存为 .xlsx 后再上传。
table-kind = 这不是 Excel 文件（.xlsx），也不是 .csv，改文件名不能把它变成表格。请在表格软件中打开原来的表格，另存为“Excel 工作簿（.xlsx）”后再上传。
table-broken = 文件已损坏，或不是完整的表格。请在表格软件中打开它，另存为新的 .xlsx 后再上传。
table-encoding = { $encoding ->
    [GBK] 第 { $row } 行不是 UTF-8 编码（像是 GBK）。请另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后再上传。
    [UTF-16] 文件是 UTF-16 编码。请另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后再上传。
   *[other] 第 { $row } 行不是 UTF-8 编码。请另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后再上传。
}
table-nul = 第 { $row } 行含有空字节（NUL），文件可能已损坏。请重新导出后再上传。
table-quote = 第 { $row } 行的双引号没有成对。请检查该行；单元格里的双引号应写成两个。
table-delimiter = 第 { $row } 行没有用英文逗号分隔。请另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后再上传。
table-row-long = 第 { $row } 行超过 { $max } KB，可能有双引号没有成对。请检查该行。
table-too-large = 文件有 { $size } MB，超过上限 { $max } MB。请分成几个文件上传。
table-too-many-rows = 数据超过 { $max } 行。请分成几个文件上传。
table-too-many-columns = 第 { $row } 行超过 { $max } 列。请删去多余的列。
table-too-many-cells = 单元格超过 { $max } 个。请删去空白的行列格式，或分成几个文件上传。
table-inflates = 文件解压后超过 { $max } MB，不予读取。请只保留数据，另存为新的 .xlsx。
table-formula = 第 { $row } 行 { $column } 列是公式。请复制后“粘贴为数值”，再上传。
table-merged = 第 { $row } 行 { $column } 列是合并单元格（{ $range }）。请取消合并，逐格填写后再上传。
table-error-cell = 第 { $row } 行 { $column } 列是错误值 { $value }。请改为正确的内容。
table-number = 第 { $row } 行 { $column } 列的数值 { $value } 无法识别。请重新填写。
table-no-sheet = 文件里没有可见的工作表。请取消隐藏后再上传。
table-sheet-missing = 没有名为“{ $sheet }”的工作表。文件里有：{ $sheets }。
table-too-slow = 读取这个文件超过 { $seconds } 秒，已停止，没有导入任何内容。请只保留数据，另存为新文件，或分成几个文件上传。
table-too-heavy = 读取这个文件需要超过 { $max } MB 内存，已停止，没有导入任何内容。请只保留数据，另存为新文件，或改用 .csv。
table-child = 读取表格时意外中断，没有导入任何内容。请再试一次；仍不行请另存为新文件后上传。
table-not-there = 没有文件 { $file }。请检查路径。
table-no-file = { $file } 不是文件。请给出 .xlsx 或 .csv 文件的路径。
table-unreadable = 打不开文件 { $file }（{ $reason }）。请检查路径和权限。
table-head-unknown = { $column } 列的表头“{ $head }”无法识别。可用的表头：{ $known }。
table-head-double = { $column } 列的表头“{ $head }”重复。请只保留一列。
table-head-empty = { $column } 列没有表头。请填写表头，或删去这一列。
table-head-missing = 缺少必需的列：{ $heads }。请补上，或下载模板填写。
table-columns = 这一行有 { $found } 列，表头有 { $expected } 列。请检查是否多了或少了逗号。
table-out-rows = 数据超过 { $max } 行，一张工作表放不下。请缩小范围，或导出为 csv。
table-out-text = 有单元格超过 { $max } 个字，工作表放不下。请导出为 csv。
