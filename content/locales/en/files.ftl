# Evidence files
file-empty = The file is empty. Choose another.
file-too-large = The file is larger than { $max } MB. Compress pictures or upload it in parts.
file-kind = Files of this kind are not taken. Upload PDF, pictures (png, jpg, webp, gif), Word, Excel, PowerPoint (pptx) or text in UTF-8; no macros, passwords or archives.
file-broken-off = The upload broke off; nothing was saved. Upload the file again.
file-store = The file was not saved: the server's storage cannot be written. Try again later, or ask the system administrator to look at the disk.
file-lost = The content of this file is not on the server. Ask the system administrator to restore it from a backup.
