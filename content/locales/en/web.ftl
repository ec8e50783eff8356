### Shell, components, error pages: what every page shows.

product = Leitu Branch Assessment

## Frame
skip-to-main = Skip to content
quick-links = Quick links
main-menu = Main menu
bottom-menu = Bottom menu
menu-below = Menu
search = Search
todo = To do
all = All
me = Me
sign-in-link = Sign in
sign-out = Sign out
count-items = { $n ->
    [one] 1 item
   *[other] { GROUP($n) } items
 }
items = items
size-large = Large type
size-xlarge = Extra large
size-std = Standard type
language-other = 中文
suggestions = Complaints and suggestions
help-title = Help
help-of = Help: { $word }
foot = Leitu · runs by the regulations, standards and schemes
notice-label = Reminder
insecure-http = This system is served without encryption: passwords and data can be seen on the network. The system administrator should install a certificate.
demo-real-time = Times of sign-in, of accounts and of the log are real; they do not follow the demo’s date.
demo-data = Demo data
demo-label = Demo
demo-today = Demo data · { $weekday } { $date }
demo-next-day = Forward one day
demo-publicity = To the end of publicity
demo-identity = Change identity
guided-close = Do not show again
guided-bits = (guide to the demo)
guided-show = Show the guide to the demo
done-before = This was done already.
undo = Undo
date-long = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 } { $year }
weekday = { $day ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
 }
list-comma = {", "}

## Menu
group-desk = Desk
group-study = Study
group-assess = Assessment
group-serve = Services
group-administer = Administration
group-organise = Organisation
all-lead = Everything you can use is here.

## Words of the script
js-sending = Working…
js-saving = Saving…
js-saved = Saved {"{}"}
js-drafted = Draft saved {"{}"}
js-offline = Not saved: no network. Trying again by itself
js-retry = Not saved: the system is busy. Trying again by itself
js-failed = Not done: the system gave no result. Open this page again and retry
js-refused = Not saved: {"{}"}
js-signin = Your session has ended. What you typed is kept in this browser and will be saved when you sign in and open this page again
js-restored = {"{}"} values from last time were not saved yet, saving now
js-unsent = {"{}"} sheets in this browser hold values that are not saved. Signing out loses them. Sign out all the same?
js-mine = Use mine
js-theirs = Use theirs
js-kept = The other value was taken
js-keys = Keyboard shortcuts
js-ending = The sign-in ends in 5 minutes. Save, or open any page to go on; what is being typed is not lost
js-close = Close

## Components
late = { $n ->
    [one] 1 working day late
   *[other] { GROUP($n) } working days late
 }
due-today = Due today
days-left = { $n ->
    [one] 1 working day left
   *[other] { GROUP($n) } working days left
 }
closed = Closed
stars-label = { $n ->
    [0] No star
    [one] 1 star
   *[other] { GROUP($n) } stars
 }
choose-one = { GROUP($n) } fit: choose one below, or write some more of it
choose-many = Too many fit to list them. Write the whole name, or the code (of a person, the sign-in name)
choose-meant = Which one is meant
errors-head = { $n ->
    [one] 1 thing needs correcting
   *[other] { GROUP($n) } things need correcting
 }
here = You are here
paging = Pages
page-before = Previous page
page-after = Next page
progress-label = { GROUP($done) } of { GROUP($total) } done
change = Change
optional = {" (optional)"}
remove = Remove
empty-value = --
grade-good = Good
grade-fair = Fairly good
grade-plain = Average
grade-poor = Poor

## Error pages
error-not-found-head = Not found
error-not-found-search = Search by name, number or pinyin
error-not-found-ask = If somebody sent you this link, it may be outside your scope. Access is managed by the security administrator: { $names }.
error-not-found-nobody = If somebody sent you this link, it may be outside your scope. Access is managed by the security administrator.
error-denied-head = Not yours to do
error-denied-roles = This step is done by: { $roles }.
error-refused-head = Not possible now
error-refused-lead = Nothing was saved or changed.
error-conflict-head = Changed meanwhile
error-conflict-lead = Nothing was saved. Compare both values and enter yours again.
error-conflict-table = Both values
error-conflict-item = Item
error-conflict-yours = Mine
error-conflict-theirs = Now
error-invalid-head = Not saved
error-address-head = The address cannot be read
error-address-lead = Check the address, or start again from the first page.
error-sign-in-head = Sign in first
error-internal-head = System error
error-internal-number = Error number { $number }. Tell it to the system administrator.
error-busy-head = The system is busy
error-busy-wait = Try again in { $seconds ->
    [one] 1 second
   *[other] { GROUP($seconds) } seconds
 }. What you entered was not submitted.
error-maintenance-head = Under maintenance
error-maintenance-lead = Nothing can be read or entered meanwhile. What was saved is safe.
error-back = The back button of the browser leads to the page before, with what you entered.
error-home = To the first page

not-found = There is no such page; the address may be wrong.
internal = This step was not carried out; the system has recorded why.
sign-in = Sign in first
no-permission = This step is not among your duties.
other-site = Not done: the request came from another site. Use the pages of this system.
csrf = Not done: the page has expired. Open it again and submit.
key-reused = Not done: this form was already submitted with other content. Open the page again.
form-malformed = Not saved: the form is incomplete. Open the page again.
json-missing = The JSON of the request lacks the field “{ $name }”.
json-value = The value of the field “{ $name }” in the JSON of the request is wrong (line { $line }, column { $column }). See whether it is to be text, a number or something else.
json-shape = The JSON of the request must be an object (line { $line }, column { $column }).
json-syntax = The JSON of the request is not well formed, at line { $line }, column { $column }.
json-media = The request must be application/json
body-too-large = Not saved: too much was submitted.
actor-visitor = not signed in
actor-os = server user { $user }
actor-job = background job
method-not-allowed = This address does not take this kind of request.
busy = The system is busy; this step was not carried out.
too-many = Too many requests of yours at once; this step was not carried out.
date-missing = Enter a date, like 2026-06-10
date-format = A date looks like 2026-06-10, not { $value }
points-format = Points are a number of at least 0 with at most two decimals, not “{ $value }”
quantity-format = It must be a number of 0 or more, not { $value }

## The component page
kit = Components
kit-lead = Copy from here, do not invent another
kit-buttons = Buttons
kit-btn = Secondary
kit-btn-main = Submit self-assessment
kit-btn-bad = Void
kit-btn-sm = Small
kit-btn-link = Text button
kit-states = States
kit-tag-open = Open
kit-tag-doing = Rectifying
kit-tag-passed = Passed
kit-tag-missing = To be completed
kit-tag-late = Late
kit-flash-ok = Saved.
kit-flash-info = The 2026 edition of the standard takes effect on 1 June.
kit-flash-warn = 3 problems are due within 2 days.
kit-flash-bad = Not saved: no network. Try again later.
kit-due = Due date
kit-due-hint = For example 2026-06-10
kit-due-missing = Enter the due date
kit-owner = Owner
kit-owner-hint = Name, pinyin initials or last four digits of the phone
kit-person = Liu Jianguo
kit-measure = Measure
kit-files = Evidence
kit-file = minutes.pdf
kit-add-file = Add a file
kit-save = Save
kit-step-1 = Choose standard
kit-step-2 = Self-assess
kit-step-3 = Check
kit-step-4 = Submit
kit-check = Check and submit
kit-sum-self = Self-assessed total
kit-sum-files = Files
kit-done = Self-assessment submitted
kit-done-number = Number
kit-number = JZ-2026-SELF-0231
kit-done-next = The inspectors will arrange a visit within 5 working days.
kit-import = Import of members
kit-import-lead = 1,204 rows: 1,198 good, 6 bad
kit-bad-rows = Bad rows
kit-row = Row
kit-column = Column
kit-given = Given
kit-remedy = Remedy
kit-join-date = Joined
kit-month = The month is 1 to 12
kit-chips = Quick filters
kit-chip-all = All open 58
kit-chip-late = Late 3
kit-tabs = View
kit-tab-board = Board
kit-tab-list = List
kit-grades = Grades
kit-org = Organisation
kit-whole = Whole province
kit-stars = Stars
kit-chart = Chart
kit-facts = Key figures
kit-fact-branches = Branches
kit-fact-share = Assessed
kit-empty = No problems yet.
kit-empty-hint = Points lost at acceptance appear here by themselves.
kit-empty-act = Record a problem
kit-progress = Progress
kit-moment-1 = Raised by the inspectors
kit-moment-2 = Measure set by the secretary, due 10 June
kit-moment-3 = Verification
kit-pager-note = 58 in all, 20 a page

## What the floors below say
audit-file = Record { $record } is not of the form of an exported log, or the file is not whole
audit-checkpoint-file = Line { $line } of { $path } is not of the form of a checkpoint
file-unwritable = The file cannot be written ({ $why }). Choose another place or check its permissions
keys-do-not-fit = Not started: these keys do not fit this database. Point --key-dir to the keys it was founded with
keys-incomplete = Not started: some keys are missing in { $dir }. Restore the three key files
keys-unreadable = Not started: the key { $path } cannot be read or written ({ $why })
login-taken = The sign-in name { $login } is in use; choose another
not-a-demo = Only a demo's date can be moved
post-held = The account holds this post already
token-days = Between 1 and { $max } days
token-invalid = The token is invalid or has run out; make a new one
steps-label = Progress

# 导出当前表
export-do = Export { $format }
export-note = Note
export-what = Contents
export-who = Exported by
export-when = Exported at
export-filter = Filter
export-all = All
printed-filter = Filter: { $asked }
filter-change = Change
as-it-stands = as it stands

# Files made in the background
export-file = Exported file
export-making = In preparation
export-ready = Ready
export-failed = Not made
export-broken = Broken off
export-gone = Removed
export-lead = There are many rows, so the file is prepared in the background. You need not wait here; a notice will tell you when it is ready.
export-so-far = { GROUP($n) } rows read so far
export-elsewhere = Back to what is to do
export-rows = { GROUP($n) } rows. The file is kept until { $at }; after that, export it again.
export-take = Download the file
export-broken-lead = The system stopped while the file was being prepared, and nothing of it is left. Export it again.
export-most = At most { GROUP($n) } such files are kept for each person; the next one takes the place of the oldest, so download it in time.
export-gone-lead = The file has been removed: a file made in the background is kept for a day, and at most { GROUP($n) } for each person. Export it again.
export-again = Export again
export-one-at-a-time = Your last export is still in preparation. Export the next one when it is ready
notice-export = Your export is ready: { $title }, { GROUP($n) } rows
notice-export-failed = The export was not completed: { $title }

# 打印，数据时间
print-page = Print page
print-do = Print
print-hint = Press Ctrl+P, or choose Print in the browser’s menu. Menus and buttons stay off the paper.
as-of = As of { $at }
