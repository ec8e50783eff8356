### Sign-in, first page, desk, set-up, accounts, roles, one's own page.

notices = Notices
notices-empty = No notices yet.
notices-all = All notices

## Roles
role-system_administrator = System administrator
role-security_administrator = Security administrator
role-audit_administrator = Audit administrator
role-committee = Work committee
role-reviewer = Committee reviewer
role-deputy = Unit deputy secretary
role-secretary = Branch secretary
role-member = Party member
role-inspector = Inspector

## Sign-in
sign-in-title = Sign in
sign-in-login = Sign-in name
sign-in-password = Password
sign-in-password-hint = The first time, enter the one-time code
sign-in-lost = If you forget your password, ask the system administrator for a new one-time code.
sign-in-wrong = The name or password does not fit, or the one-time code has run out
sign-in-locked = Wrong 5 times in a row. Try again in { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
 }
password-title = Set a password
password-lead = { $name }, the one-time code fits. Set a password of your own to go on; the code is then used up.
password-new = New password
password-hint = At least { $min } characters; a sentence is fine
password-again-label = The new password again
password-set-button = Set the password
password-set = The password is set
password-short = A password has at least { $min } characters
password-long = A password has at most { $max } characters
password-login = The password must not be the sign-in name
password-again = The two passwords differ. Enter them again
ticket-gone = The code was checked too long ago. Sign in with the one-time code again

## First page of a demonstration
start-title = Choose an identity
start-lead = This demonstration holds invented organisations, members and assessments. One press lets you in, without a password. Change identity at the top of any page.
start-nobody = The demo data offers no identity.
start-committee = Work committee
start-committee-job = Publishes schemes, moves the cycle on, follows grades and rectification at every level
start-committee-look = First: the overview
start-reviewer = Committee reviewer
start-reviewer-job = Approves adjustments and vetoes, enters the number for a draw
start-reviewer-look = First: to do
start-deputy = Unit deputy secretary
start-deputy-job = Sees that the unit's branches assess themselves and put problems right
start-deputy-look = First: problems
start-secretary = Branch secretary
start-secretary-job = Fills the self-assessment, sets measures, does what is to do
start-secretary-look = First: to do
start-member = Party member
start-member-job = Sees the branch's result, objects during publicity
start-member-look = First: grades and stars
start-inspector = Inspector
start-inspector-job = Scores on site beside the self score, with a reason for every point lost
start-inspector-look = First: to do
start-system_administrator = System administrator
start-system_administrator-job = Makes accounts, hands out one-time codes, looks after backups
start-system_administrator-look = First: accounts
start-security_administrator = Security administrator
start-security_administrator-job = Gives and ends roles, reads the list of permissions
start-security_administrator-look = First: roles
start-audit_administrator = Audit administrator
start-audit_administrator-job = Reads the audit log
start-audit_administrator-look = First: the audit log
start-walk = The whole mechanism in ten minutes
start-colon = :{" "}
start-begin = Begin
start-step-self = Self-assessment
start-step-self-text = As branch secretary, fill what the system does not know, and submit.
start-step-acceptance = Acceptance
start-step-acceptance-text = As inspector, score beside the self score and say why points are lost.
start-step-recheck = Re-check
start-step-recheck-text = As work committee, draw some branches at random and check them again.
start-step-publicity = Review and publicity
start-step-publicity-text = An adjustment has a reason and the reviewer's approval; then 5 working days of publicity.
start-step-rectification = Rectification
start-step-rectification-text = Each deduction is already a problem: owner, measure, date; somebody else verifies and closes it.
start-step-ledger = Ledger
start-step-ledger-text = This year beside last year: who moved up, who moved down.
start-step-overview = Overview
start-step-overview-text = Added up level by level; each figure leads to its rows.

## Desk
todo-head = { $n ->
    [0] To do
    [one] 1 item to do
   *[other] { GROUP($n) } items to do
 }
todo-hello = Hello { $name }. Today is { $weekday }, { $date }.
todo-tabs = Kinds of items
todo-mine = For me
todo-sent = Sent by me
todo-done = Done
todo-due = Due { $date }
todo-done-at = Done { $at }
todo-empty = Nothing to do here. What becomes yours appears here by itself.
