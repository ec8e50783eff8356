### Audit log, jobs, working-day calendar, backups, suggestions

## Audit log
audit-title = Audit log
audit-export = Export the whole log
audit-object = Object
audit-actor = Person
audit-from = From
audit-to = To
audit-at = Time
audit-action = Action
audit-details = Details
audit-signed = Newest checkpoint: number { $number }, { $at }, signed up to event { GROUP($events) }
audit-checkpoints = Checkpoints
audit-checkpoints-lead = The log is signed after every 1,000 events and every 10 minutes at most. Print or download the newest checkpoint from time to time and let somebody who is not the system administrator keep it elsewhere: compared with it, the log shows whether it was cut or written anew.
audit-checkpoints-none = There is no checkpoint yet.
audit-checkpoints-none-hint = The first one is signed seconds after the first event.
audit-checkpoint-number = Number
audit-checkpoint-at = Signed at
audit-checkpoint-events = Up to event
audit-checkpoint-segments = Segments
audit-checkpoint-copy = Copy
audit-checkpoint-download = Download
audit-checkpoint-title = Checkpoint { $number }
audit-checkpoint-hint = Print this page or copy it by hand. To compare, save the text as a file and run leitu audit verify --checkpoint FILE.
audit-checkpoint-note = What is signed
audit-checkpoint-kept-by = Kept by:　　　　　　　　　　Date:
audit-none = No event fits.
event-sign-in-succeeded = Signed in
event-sign-in-failed = Sign-in refused
event-sign-in-password-accepted = Password accepted
event-sign-in-code-accepted = One-time code accepted
event-sign-out-done = Signed out
event-sign-out-everywhere = Signed out everywhere
event-session-ended = Ended a session
event-password-set-with-code = Set a password with a code
event-password-changed = Changed the password
event-second-factor-set = Set up an authenticator
event-second-factor-replaced = Changed the authenticator
event-second-factor-codes-renewed = Made new recovery codes
event-second-factor-ended = Switched the authenticator off
event-second-factor-taken = Took an authenticator away
event-token-made = Made an API token
event-token-revoked = Revoked an API token
event-account-created = Made accounts
event-account-code-renewed = Issued a new code
event-account-disabled = Disabled an account
event-account-enabled = Enabled an account
event-role-given = Gave a role
event-role-ended = Ended a role
event-installation-found = Founded the system
event-demo-entered = Entered as a demo identity
event-audit-exported = Exported the audit log
event-calendar-imported = Imported holidays
event-backup-make = Made a backup
event-backup-restore = Restored from a backup
event-suggestion-sent = Received a suggestion
event-suggestion-closed = Closed a suggestion

## Jobs
jobs-title = Jobs
jobs-none = No jobs yet.
jobs-none-hint = Imports, exports and other long work show their progress here.
job-label = Job
job-state = State
job-waiting = Waiting
job-running = Running
job-failed = Not completed
job-ended = Completed { $at }
job-calendar-recount = Recount of working-day dates

## Working-day calendar
calendars-title = Working days
calendars-lead = Dates are counted in working days as the State Council publishes holidays and make-up days. A year not yet published is counted Monday to Friday for the time being; once it is, dates are counted again and their owners told.
calendars-years = Years
calendar-year = Year
calendar-state = State
calendar-published = Published
calendar-provisional = Provisional
calendar-holidays = Holidays (days)
calendar-workdays = Make-up days
calendar-import = Import holidays
calendar-import-hint = A CSV file in UTF-8 with the header 日期,类别,名称 or date,kind,name; kind is 放假 or 上班, or holiday or workday. A year that is imported replaces what was there. At most 1 MB.
calendar-template = Download the template (CSV)
calendar-file-label = File
calendar-file = Choose a file
calendar-large = The file should be smaller than 1 MB
calendar-encoding = The file is not UTF-8. Save it as CSV UTF-8 and import it again
calendar-imported = { $n ->
    [one] 1 day imported
   *[other] { GROUP($n) } days imported
 }; provisional dates are being counted again
calendar-editions = Imports
calendar-source = Source
calendar-days = Days
calendar-by = Brought by
calendar-at = Time

## Backups
backups-title = Backups
backup-last = Last backup: { $at }, { $by }
backup-never = No backup has been made yet.
backup-how = How to make one
backup-how-lead = Run this command on the server, with an empty or new directory for DIR. The service goes on meanwhile. leitu restore DIR puts it back.
backup-holds = What a backup holds
backup-holds-database = All business data, accounts and the audit log
backup-holds-files = Evidence files
backup-without = What it leaves out: the keys
backup-without-lead = The three key files in keys under the data directory are not in a backup. Keep them safe elsewhere: without them, sealed values such as ID numbers cannot be read.

## Suggestions
suggestion-lead = It goes straight to the work committee. No sign-in is needed; without contact details it is anonymous, and the system does not record who wrote it.
suggestion-text-label = Text
suggestion-contact-label = Contact
suggestion-contact-hint = Name or telephone, for an answer
suggestion-send = Send
suggestion-sent = Sent; the work committee will see to it
suggestion-text = Write something, at most { GROUP($max) } characters
suggestion-contact = Contact details have at most { $max } characters
suggestion-often = No more can be sent today. Try tomorrow, or speak to the work committee
suggestion-nobody = There are no organisations here yet, so nobody could receive it
suggestion-none = No suggestions yet.
suggestion-none-hint = What people send from the foot of any page appears here.
suggestion-title = Suggestion
suggestion-received = Received
suggestion-state = State
suggestion-open = Open
suggestion-done = Closed
suggestion-anonymous = Anonymous
suggestion-answer-label = What was done
suggestion-answer-hint = What was found and how it was settled
suggestion-answer = Say what was done, in at most { GROUP($max) } characters
suggestion-close = Close
suggestion-closed = Somebody else has closed it. Open the page again
suggestion-now-closed = Closed
todo-suggestion = See to a suggestion: { $sealed }

## What concerns one, on the desk
concern-checkpoint = Checkpoint { $number } of the audit log is signed; keep a copy elsewhere from time to time
concern-events = { GROUP($n) } events
concern-audit = Look through the audit log
