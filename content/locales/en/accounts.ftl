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
sign-in-ended = Your session had ended. What you entered is still here: sign in and send it again
kept-title = What you had entered
kept-lead = Your session had ended, so this has not been sent yet. Look it through and send it again.
kept-entered = Entered
kept-send = Send
kept-leave = Do not send
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
start-step-here = “{ $step }” begins here. When it is done, change the identity and take the next step.
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
start-renewal = Clear the demo data
start-renewal-own = Bring in your own organisations and members
start-own-lead = Download the templates and fill them. Once the demo data is cleared, the three administrators make accounts and give roles, and the files are handed in on the import page.
start-template-organisations = Template for organisations
start-template-members = Template for members
start-renewal-goes = All organisations, members, assessments, problems, evidence and accounts of this demo are deleted, and whatever was entered while trying it. This cannot be undone.
start-renewal-stays = The program, the schemes and the calendars stay. The system starts again by itself.
start-renewal-word = clear
start-renewal-label = Confirm
start-renewal-hint = Type the word “clear”
start-renewal-type = Type “{ $word }”
start-renewal-empty = Clear and bring in my own
start-renewal-demo = Load the demo again
start-renewal-own-how = Afterwards open the first page and enter the one-time code shown on the console, then name, area, year and the three administrators. The registers can be prepared now.
start-renewal-begun = Clearing
start-renewal-begun-wait = The system is starting again. Clearing takes seconds, loading the demo some 20 seconds. Then open the first page.
start-renewal-open = Open the first page
start-renewal-not-here = This demo is shared, or its data is in PostgreSQL, so it cannot be cleared from a page. Whoever runs the server stops it and starts it on an empty database.
start-renewal-back = Back to the identities

## Desk
todo-head = { $n ->
    [0] To do
    [one] 1 item to do
   *[other] { GROUP($n) } items to do
 }
todo-head-sent = { $n ->
    [one] 1 item sent by me
   *[other] { GROUP($n) } items sent by me
 }
todo-newest-sent = Sent by me, the newest { GROUP($n) } items
todo-head-done = { $n ->
    [one] 1 item done
   *[other] { GROUP($n) } items done
 }
todo-newest-done = Done, the newest { GROUP($n) } items
todo-hello = Hello { $name }. Today is { $weekday }, { $date }.
todo-tabs = Kinds of items
todo-mine = For me
todo-sent = Sent by me
todo-done = Done
of-org = { $org }: { $text }
todo-due = Due { $date }
todo-progress = { $text } ({ GROUP($n) } of { GROUP($all) } done)
todo-done-at = Done { $at }
todo-empty = Nothing to do here. What becomes yours appears here by itself.
first-title = To begin, these steps in order
first-accounts = Make an account each for the work committee and its reviewer, and hand them their one-time codes.
first-roles = Give them the roles “{ role-committee }” and “{ role-reviewer }” at the organisation at the top.
first-imports = After signing in, bring in organisations and members in “{ imports-title }”, then open a cycle.
first-others = Once members are there, make accounts for secretaries and others in “{ accounts-title }”; the security administrator gives the roles.
first-go = Do it
todo-apps = Often used

## Words used on several pages
find = Find
next-step = Next
person-name = Name
token-cannot = A token cannot change its own account. Sign in to do that
codes-noted = Noted, go on

## Set-up
set-up-title = Set up
set-up-lead = This system is new and has no accounts yet.
set-up-step-code = Check the code
set-up-step-form = Fill in
set-up-step-codes = Take the codes
set-up-code-label = One-time code
set-up-code-hint = Shown on the console when the system starts
set-up-code-wrong = The code does not fit. Enter it as the console shows it
set-up-installation = This system
set-up-templates = The registers of organisations and members can be prepared now; after the set-up they are handed in on the import page.
set-up-name-label = Name
set-up-name-hint = Stands at the top of every page
set-up-code-of-top = Code of the organisation
set-up-code-of-top-hint = Of your own organisation; all that is imported later stands below it. Use 1 if you know of none. Not used if organisations have been imported already
set-up-area-label = Area
set-up-area-hint = The province, city or county it serves
set-up-year-label = First year assessed
set-up-administrators = Three administrators
set-up-administrators-hint = Three duties, three persons: none holds another's duty, nor does business. Each sets up an authenticator on their own telephone at the first sign-in.
set-up-system-hint = Makes accounts, hands out codes, looks after backups. Signs in as system
set-up-security-hint = Gives and ends roles. Signs in as security
set-up-audit-hint = Reads the audit log. Signs in as audit
set-up-name = Enter a name of at most { $max } characters
set-up-area = Enter an area of at most { $max } characters
set-up-year = The year should be between 2000 and 2100
set-up-person = Enter a name of at most { $max } characters
set-up-same = { $name } cannot be two administrators
set-up-done = There are accounts already, so set-up is over. Sign in

## Accounts
accounts-title = Accounts
account-new = New account
account-new-lead = The one-time code is shown next; hand it to its owner for the first sign-in.
account-find = Name or sign-in name
account-none = No account was found.
account-state = State
account-waiting = Not signed in yet
account-run-out = Code has run out
account-active = In use
account-disabled = Disabled
account-login-hint = 2 to 64 letters, digits, dots, underscores or hyphens
account-login = { $value } cannot be a sign-in name: use 2 to 64 letters, digits, dots, underscores or hyphens
account-name = Enter a name of at most { $max } characters
account-unknown = No account signs in as { $login }. Check the name
account-past = What was done with it
account-did-create = Created by { $name }
account-did-set-up = Created at set-up, with the one-time code of the console
account-did-found = Created at set-up by { $name }
account-did-renew = New one-time code by { $name }
account-did-disable = Disabled by { $name }
account-did-enable = Enabled by { $name }
account-did-take-second-factor = Authenticator taken away by { $name }
account-administrator = Another kind of administrator's account gets no code here and is not disabled here. Run leitu account reset NAME on the server
account-own = Nobody disables their own account. Ask another system administrator
account-use = Disable and enable
account-use-lead = A disabled account is signed out at once and its tokens end; what it has done stays.
account-disable = Disable the account
account-enable = Enable the account
account-now-disabled = The account is disabled
account-now-enabled = The account is enabled
code-label = One-time code
code-until = Code valid until
code-renew = New code
code-renew-lead = The old password and all sessions end at once. The new code is shown once.
codes-title = One-time codes
codes-lead = Shown this once, valid until { $until }. Enter it as the password the first time, then set a password of your own.
codes-print = Print this page with the browser, cut it up and hand each part to its owner.
codes-wait = New accounts hold no role yet and can do nothing. The security administrator finds each of them in “{ todo }” and gives the roles.
again-codes-shown = The code was shown when the form was first sent and is not shown again. If nobody noted it, issue a new one

## Roles
roles-title = Roles
roles-held = Roles held
roles-none = No roles yet.
role-at = { $role } · { $org }
role-label = Role
role-from = From
role-by = Given by
role-ended = Until
role-choose = Choose a role
role-give = Give a role
role-end = End
role-org = Organisation
role-org-hint = The role reaches this organisation and those below it; leave it empty for administrators. Enter its name, initials in pinyin or code; where several fit they are listed
role-own = Nobody gives or ends their own roles. Ask another security administrator
role-unknown = There is no role { $role }
role-incompatible = These roles do not go together: an administrator holds one administrator's role and nothing else
role-org-needed = Enter the organisation at which it is held
role-org-none = An administrator's role is not held at an organisation. Leave the field empty
role-org-type = This role cannot be held at { $org }, an organisation of that type
role-org-unknown = No organisation “{ $code }” was found. Check its name or code
role-now-given = The role is given
role-now-ended = The role has ended
permissions-title = Permissions
permissions-lead = Made from everything the system can do: which roles hold a permission, and which addresses ask for it.
permission-code = Permission
permission-roles = Held by
permission-routes = Addresses
permission-routes-n = { $n ->
    [one] 1 address
   *[other] { GROUP($n) } addresses
 }
permission-public = Everybody, signed in or not
permission-signed-in = Everybody who is signed in

## My own page
me-roles = My roles
me-display = Type size and language
me-sessions = Signed-in devices
me-tokens = API tokens
sign-out-everywhere = Sign out everywhere
session-device = Browser and system
session-begun = Signed in
session-used = Last used
session-end = Sign out
session-this = This device
session-ended = That device is signed out
tokens-none = No API tokens yet.
token-make = New token
token-lead = For programs that call the API. It may no more than the role you choose, for at most 365 days.
token-name-label = Purpose
token-name-hint = For example: ledger for the intranet
token-days-label = Days
token-expires = Valid until
token-revoke = Revoke
token-revoked = The token is revoked
token-title = API token
token-once = Shown this once: save it now. A lost token can only be revoked and made anew.
token-shown = The token was shown when the form was first sent and is not shown again. If it was not saved, revoke it and make another
token-name = Enter a purpose of at most { $max } characters
token-role = Choose one of your own roles
password-change = Change the password
password-change-lead = Sessions on other devices and API tokens end at once.
password-old-label = Present password
password-old = The present password does not fit
account-from-members = In bulk from members
notice-role-given = A role was given: { $name }
notice-role-ended = A role was ended: { $name }
notice-account-disabled = An account was disabled: { $name }
notice-account-enabled = An account was enabled again: { $name }
todo-account-role = Give a role to { $name } (new account)
todo-account-idle = Is the account of { $name } still needed? All roles have been ended

## What a permission allows; the key is its code
may-accounts-people-manage = Manage accounts
may-accounts-permissions-read = Read the permissions
may-accounts-roles-manage = Give and end roles
may-administration-audit-read = Read and export the audit log
may-administration-backup-read = Read about backups
may-administration-calendar-import = Bring in holidays
may-administration-suggestion-handle = See to suggestions
may-assessment-approve = Approve adjustments (second person)
may-assessment-cycle-lead = Lead a cycle: open it, move it on, remind, permit late sheets
may-assessment-cycle-read = See cycles
may-assessment-draw-second = Enter the second person’s number of a draw
may-assessment-inspect = Score on site and re-check
may-assessment-ledger-read = Read the ledger
may-assessment-review = Review: explain differences, propose adjustments, answer objections
may-assessment-review-read = Read the review
may-assessment-self-return = Return a self-assessment
may-assessment-self-write = Fill the self-assessment
may-assessment-sheet-read = Read sheets
may-assessment-target-write = Set target and measures
may-members-erase = Erase personal data of members who have left
may-members-read = Read the register of members
may-members-write = Keep the register of members and posts
may-organisations-import = Bring in files
may-organisations-read = See organisations
may-organisations-write = Keep the organisations
may-overview-read = See the overview
may-rectification-problem-confirm = Confirm that there are no problems
may-rectification-problem-handle = Put problems right
may-rectification-problem-read = See problems
may-rectification-problem-verify = Verify, send back, reopen problems
may-standards-edition-publish = Publish regulations and standards
may-standards-scheme-publish = Check and publish schemes
may-public = Public pages
may-signed-in = Pages for everybody signed in

## A form that is kept: what its fields are called
kept-score = Score of { $code }
kept-reason = Reason for { $code }
kept-yes = Yes
kept-no = No
kept-of-reason = Reason
kept-of-why = Reason
kept-of-text = Text
kept-of-answer = What was done
kept-of-name = Name
kept-of-login = Sign-in name
kept-of-measure = Measure
kept-of-owner = Owner
kept-of-due = Due
kept-of-closing = What was done
kept-of-explanation = Explanation
kept-of-evidence = Evidence
kept-of-value = Value
kept-of-number = Number
kept-of-day = Date
kept-of-from = From
kept-of-to = Until
kept-of-until = Until
kept-of-self-until = Self-assessment until
kept-of-code = Code
kept-of-parent-code = Code of the organisation above
kept-of-branches = Branch codes
kept-of-inspectors = Inspectors
kept-of-units = Units
kept-of-status = Standing
kept-of-role = Role
kept-of-org = Organisation code
kept-of-layer = Stage
kept-of-type = Type
kept-of-year = Year
kept-of-title = Title
kept-of-count = How often
kept-of-phone = Phone
kept-of-join-date = Joined
kept-of-id-number = ID number
kept-of-contact = Contact
kept-of-grade = Grade
kept-of-measures = Measures
kept-of-upheld = Upheld
kept-of-days = Days
kept-of-about = Purpose
kept-of-post = Post
kept-of-category = Category
kept-of-effective = Date of the material
kept-of-branch = Branch

## What concerns one, on the desk
concerns = What concerns you
draft-there = This form was left unfinished (draft of { $when })
draft-use = Go on with it
draft-drop = Begin anew
draft-too-long = There is too much in this form to keep a draft of it. Send it, or attach the long text as a file
me-keys = Use single-key shortcuts (press ? for the list)

## Authenticator codes and recovery codes
second-factor-title = Authenticator code
second-factor-lead = The password fits. Now enter the 6 digits your authenticator shows.
second-factor-given = Authenticator code or recovery code
second-factor-given-hint = The 6 digits of the authenticator, each good once; without your telephone, one of the recovery codes on paper
second-factor-given-old = A code as of now, or a recovery code
second-factor-lost = If telephone and recovery codes are both lost, ask the system administrator to take the authenticator away.
second-factor-other = Sign in with another account
second-factor-wrong = The code does not fit, or has been used. Wait for the next one and enter that
second-factor-set = Set up an authenticator
second-factor-replace = Change the telephone
second-factor-asked = Your role signs in with an authenticator code beside the password. Set it up first; nothing else opens before.
second-factor-own-lead = Afterwards each sign-in asks for a code from your telephone beside the password: who knows the password alone does not get in.
second-factor-replace-lead = Scan the square below with the new telephone. Afterwards the old one's codes and the recovery codes so far are worth nothing.
second-factor-scan = Step 1: add it to the telephone
second-factor-scan-how = Open an authenticator on your telephone (any that knows TOTP; it needs no network) and scan the square.
second-factor-square = A square for the authenticator to scan; it says the account and the key below
second-factor-type = If it cannot be scanned, choose to enter a key by hand and type the account and the key below (time-based).
second-factor-account = Account
second-factor-secret = Key
second-factor-confirm = Step 2: check it
second-factor-code = The 6 digits the authenticator shows
second-factor-code-hint = Another one every 30 seconds; enter the one shown now
second-factor-done = Finish
second-factor-new-wrong = That is not what the authenticator should show now. Enter the newest 6 digits; if they do not fit either, compare the time of telephone and server
second-factor-stale = That square holds no longer. Scan the new one
second-factor-on = Set up; asked for at each sign-in since { $since }.
second-factor-none = Not set up. With it, signing in is safer.
second-factor-demo = The demonstration asks for no authenticator code.
second-factor-off = Switch the authenticator off
second-factor-off-lead = Afterwards the password alone signs you in. First show the password and a code or recovery code.
second-factor-now-off = The authenticator is switched off
second-factor-needed = Your role needs the authenticator, so it stays on. For another telephone choose “{ second-factor-replace }”
second-factor-own = Your own is changed on your own page. If telephone and recovery codes are lost, run leitu account reset NAME --second-factor on the server
second-factor-take = Take the authenticator away
second-factor-take-lead = For somebody who lost telephone and recovery codes: they set up another at the next sign-in. All their sessions end, and they are told. Make sure first that it is them who ask.
second-factor-now-taken = The authenticator is taken away; all sessions have ended
notice-second-factor-taken = The system administrator has taken your authenticator away. If you did not ask for it, tell the security administrator at once
notice-account-second-factor = The authenticator of { $name } has been taken away
recovery-title = Recovery codes
recovery-lead = The authenticator is set up. These 10 recovery codes are shown this once: without the telephone, one stands in for a code, each good once.
recovery-print = Print them or copy them by hand, and keep them apart from the telephone. Take no photograph and keep no file.
recovery-left = { $n ->
    [one] 1 recovery code is left.
   *[other] { GROUP($n) } recovery codes are left.
 }
recovery-renew = New recovery codes
recovery-renew-lead = Afterwards those so far are worth nothing. First show the password and a code or recovery code.
