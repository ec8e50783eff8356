# 佐证材料
file-empty = 文件是空的。请重新选择文件。
file-too-large = 文件超过 { $max } MB。请压缩图片或分成几个文件上传。
file-kind = 不接受这种文件。请上传 PDF、图片（png、jpg、webp、gif）、Word、Excel、PowerPoint（pptx）或 UTF-8 文本；带宏、加密的文件和压缩包不收。
file-broken-off = 上传中断，没有保存。请重新上传。
file-store = 文件没有保存：服务器的存储写不进去。请稍后再试，或联系系统管理员检查磁盘空间。
file-lost = 材料的内容不在服务器上。请联系系统管理员从备份恢复。
