### Shell, components, error pages: what every page shows.

product = Leitu Branch Assessment
product-short = Leitu

## Frame
skip-to-main = Skip to content
quick-links = Quick links
main-menu = Main menu
bottom-menu = Bottom menu
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
language-name = English
suggestions = Complaints and suggestions
foot = Leitu · runs by the regulations, standards and schemes
insecure-http = This system is served without encryption: passwords and data can be seen on the network. The system administrator should install a certificate.
demo-label = Demo
demo-today = Demo data, all invented. Demo date { $date }, { $weekday }
demo-next-day = Forward one day
demo-publicity = To the end of publicity
demo-identity = Change identity
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
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
 }
list-comma = {", "}

## Menu
group-desk = Desk
group-study = Study
group-assess = Assessment
group-serve = Services
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
js-close = Close

## Components
late = { $n ->
    [one] 1 day late
   *[other] { GROUP($n) } days late
 }
due-today = Due today
days-left = { $n ->
    [one] 1 day left
   *[other] { GROUP($n) } days left
 }
closed = Closed
stars-label = { $n ->
    [0] No star
    [one] 1 star
   *[other] { $n } stars
 }
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
remove = Remove
steps-label = Steps
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
error-conflict-head = Changed meanwhile
error-conflict-lead = Nothing was saved. Compare both values and enter yours again.
error-conflict-table = Both values
error-conflict-item = Item
error-conflict-yours = Mine
error-conflict-theirs = Now
error-invalid-head = Not saved
error-invalid-back = Go back and correct
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
error-home = To the first page
error-again = Open this page again

not-found = There is no such page; the address may be wrong.
internal = This step was not carried out; the system has recorded why.
