# The database: cannot be opened, cannot keep, is busy
database-unreachable = The database cannot be reached just now, and what you did may not be saved. Wait a few seconds, reload the page to see, then try again.
database-url = The database address is wrong: { $problem }. Write sqlite:PATH or postgres://user:password@host/name.
database-file = The database file { $path } cannot be created: { $problem }. Check that its folder exists and can be written.
database-encoding = The database is encoded in { $encoding }. Use one encoded in UTF8.
storage-not-durable = The disk of the data folder cannot write reliably (journal mode { $journal }). Put the data folder on a local disk, not on a network share.
storage-failed = The disk did not take a write. The system is read-only now and what you did is not saved. Ask the system administrator to check the disk and restart.
text-nul = The text holds an invisible character (U+0000), which is not accepted. Remove it, or paste the text again as plain text.
storage-full = The disk is full and what you did is not saved. Ask the system administrator to make room, then try again.
database-damaged = The database file is damaged, or is not this system's database. Check --data-dir and --database-url, or restore a backup.
already-there = The same is already there and was not saved twice. Reload the page to see it.
still-referenced = Other content is linked to it. Deal with that content first.
migration-unknown = This database has been upgraded by a newer version ({ $name }) that this program does not know. Start the newer version.
backup-exists = The backup file { $path } already exists. Choose another folder.
backup-file = The backup file { $path } cannot be written: { $problem }. Check that the folder can be written and has room.
restore-database-not-empty = There is data in this PostgreSQL database; nothing was restored. Make an empty one and name it with --database-url.
database-refused = The database does not let us in: { $problem }. Check address, user, password and certificate.
