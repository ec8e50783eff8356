# Tables in and out. Each text says what is wrong and how to mend it.
table-empty = The file is empty: there is no data, or none on the first sheet. Fill in the first sheet and upload it again.
table-old-xls = This is an old .xls file or a file with a password. Remove the password, save it as .xlsx and upload it again.
table-kind = This is neither an Excel file (.xlsx) nor .csv; another name does not make it one. Open the table in a spreadsheet, save it as .xlsx, and upload that.
table-broken = The file is damaged or incomplete. Open it in a spreadsheet, save it as a new .xlsx and upload it again.
table-encoding = { $encoding ->
    [GBK] Row { $row } is not UTF-8 (it looks like GBK). Save the file as "CSV UTF-8" or .xlsx and upload it again.
    [UTF-16] The file is in UTF-16. Save it as "CSV UTF-8" or .xlsx and upload it again.
   *[other] Row { $row } is not UTF-8. Save the file as "CSV UTF-8" or .xlsx and upload it again.
}
table-nul = Row { $row } holds a NUL byte; the file may be damaged. Export it again.
table-quote = A quotation mark in row { $row } has no partner. Inside a cell write it twice.
table-delimiter = Row { $row } is not separated by commas. Save the file as "CSV UTF-8" or .xlsx and upload it again.
table-row-long = Row { $row } is longer than { $max } KB; a quotation mark may have no partner. Check that row.
table-too-large = The file has { $size } MB, more than the { $max } MB allowed. Upload it in parts.
table-too-many-rows = There are more than { $max } rows. Upload the table in parts.
table-too-many-columns = Row { $row } has more than { $max } columns. Remove those not needed.
table-too-many-cells = There are more than { $max } cells. Clear the formats of empty rows and columns, or upload the table in parts.
table-inflates = The file inflates to more than { $max } MB and is not read. Keep the data only and save it as a new .xlsx.
table-formula = Row { $row }, column { $column } is a formula. Copy it, paste it as a value, and upload the file again.
table-merged = Row { $row }, column { $column } is a merged cell ({ $range }). Unmerge it and fill in every cell.
table-error-cell = Row { $row }, column { $column } shows the error { $value }. Put the right value there.
table-number = Row { $row }, column { $column }: the number { $value } cannot be read. Enter it again.
table-no-sheet = No sheet of the file is visible. Unhide one and upload it again.
table-sheet-missing = There is no sheet "{ $sheet }". The file has: { $sheets }.
table-too-slow = Reading took more than { $seconds } seconds and was stopped; nothing was imported. Keep the data only, save it as a new file, or upload it in parts.
table-too-heavy = Reading needed more than { $max } MB of memory and was stopped; nothing was imported. Keep the data only, save it as a new file, or use .csv.
table-child = Reading broke off; nothing was imported. Try again, or save the table as a new file.
table-not-there = There is no file { $file }. Check its path.
table-no-file = { $file } is no file. Give the path of an .xlsx or .csv file.
table-unreadable = The file { $file } cannot be opened ({ $reason }). Check its path and permissions.
table-head-unknown = The head "{ $head }" of column { $column } is not known. Known heads: { $known }.
table-head-double = The head "{ $head }" of column { $column } stands there twice. Keep one.
table-head-empty = Column { $column } has no head. Give it one or remove the column.
table-head-missing = Columns are missing: { $heads }. Add them, or fill in the template.
table-columns = This row has { $found } cells, the head has { $expected }. Look for a comma too many or too few.
table-out-rows = There are more than { $max } rows, which one sheet cannot hold. Narrow the filter or export csv.
table-out-text = A cell has more than { $max } characters, which a sheet cannot hold. Export csv.
