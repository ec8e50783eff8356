menu-problems = Problems
problems-open-n = { GROUP($n) } open
problems-late-n = { GROUP($n) } late

## States
problem-open = To do
problem-doing = In progress
problem-returned = Sent back
problem-review = To be verified
problem-closed = Closed
problem-withdrawn = Withdrawn

## Board and list
problem-filter = Quick filter
problem-f-open = All not closed
problem-f-late = Late
problem-f-soon = Due within 3 working days
problem-f-mine = Mine
problem-view = View
problem-board = Board
problem-list = List
problem-gone = { GROUP($n) } of the problems the overview counts belong to branches that have left your area and are not listed; the overview still counts them where the branches stood when the cycle opened.
problem-none = No problems.
problem-none-hint = Points lost on site appear here by themselves.
problem-none-here = None
problem-more = Show more
problem-of = : { $title }
problem-item = Indicator { $item }
problem-choose = Choose
problem-choose-one = Choose { $number }
problem-chosen = With the chosen ones
problem-remind = Remind the owners
problem-reminded = { $n ->
    [one] The owner of 1 problem was reminded
   *[other] The owners of { GROUP($n) } problems were reminded
 }
problem-reminded-some = The owners of { GROUP($n) } problems were reminded, { GROUP($left) } not: they were reminded today already, the problem is closed, or nobody there has an account
problem-remind-none = No problem has been chosen.
problem-remind-none-hint = Choose problems in the list, then press “Remind the owners”.
problem-remind-before = The owners of { GROUP($n) } problems will be reminded{ $left ->
    [0] .
   *[other] , { GROUP($left) } not.
 } They find it in their notices; of one problem at most once a day.
problem-remind-to = Who is reminded
problem-remind-will = What happens
problem-remind-goes = A reminder goes out
problem-remind-today = Reminded today already
problem-remind-over = Closed or withdrawn: nothing to remind of
problem-remind-nobody = Neither the owner nor the secretary has an account
problem-remind-back = Back to the list
problem-remind-send = Remind the owners of { GROUP($n) }
problem-number = Number
problem-what = Problem
problem-text-head = What it is
problem-branch = Branch
problem-owner = Owner
problem-secretary = the secretary
problem-measure = Measure
problem-due-label = Due
problem-state = State
problem-lost-head = Points

## No problems
confirmation-title = No-problem confirmations
confirmation-lead = Where acceptance took no points, the branch's secretary confirms that there is no problem; one found later overtakes it.
confirmation-waiting = to be confirmed
confirmation-confirmed = confirmed
confirmation-overtaken = overtaken
confirmation-dropped = problem found first
confirmation-chip = No problems: { $state }
confirmation-none = No such branch.
confirmation-never = This branch has not been asked yet.
confirmation-year = Year
confirmation-of-year = { $year }
confirmation-asked = Asked on
confirmation-by = Confirmed by
confirmation-ended = Overtaken on
confirmation-seen = Based on
confirmation-sheet = Sheet
confirmation-overtaken-why = A problem was found later; what was confirmed holds no longer and is kept on record.
confirmation-ask = Acceptance of { $year } found no problem. Check the sheet and confirm below if there is none.
confirmation-please = Acceptance of { $year } found no problem; please confirm.
confirmation-do = Confirm: no problems
confirmation-see = See the confirmation
confirmation-branches = { GROUP($n) } branches
confirmation-said = Confirmed: no problems
confirmation-waits = Waits for the branch's secretary.
confirmation-problems = { GROUP($n) } problems are on the list, so it cannot be confirmed. See Problems first
confirmation-done = Nothing waits to be confirmed: it has been, or a problem was found. Please reload
todo-confirmation = Acceptance of { $year } found no problem: please confirm

## One problem
problem-clock = Time left
problem-lost = { GROUP($n) } points lost
problem-why = Where they were lost
problem-start = Start
problem-started = Now in progress
problem-plan = Owner, measure and date
problem-plan-save = Save
problem-planned = Owner, measure and date are saved
problem-owner-hint = Somebody of the branch's register; the post of secretary passes to whoever is elected next
problem-owner-typed = The register has nobody of this branch yet, so a name is typed; empty is the branch's secretary. Once its members are entered they can be chosen
problem-owner-post = The secretary, at present { $name }
problem-owner-with = { $name } ({ $posts })
problem-owner-elsewhere = { $name } (not in the register)
problem-secretary-named = { $name } (secretary)
problem-due-hint-over = The last day, { $day }, is over; the organisation above may set a later one
problem-due-hint = Not later than { $day }
problem-submit = Hand in for verification
problem-submitted = Handed in; another person verifies
problem-done = What was done
problem-verify = Verify and close
problem-verify-hint = Neither the owner nor whoever handed it in can verify it.
problem-verified = Closed
problem-return = Send back
problem-sent-back = Sent back
problem-reopen = Reopen
problem-reopened = Reopened
problem-reason-label = Reason
problem-undo-last = Undo the last step
problem-undone = The last step was taken back
problem-evidence = Evidence of closing
problem-no-evidence = Nothing yet; it is not compulsory.
problem-evidence-added = Added
problem-file-label = File
problem-file-hint = PDF, picture, Word, Excel or text, at most { $max } MB each
problem-upload = Upload
problem-timeline = Timeline
problem-opened = Source: { $source }
problem-line = { $by }: { $did }
problem-set = { $field } set to “{ $after }”
problem-changed = { $field } changed from “{ $before }” to “{ $after }”
problem-and = {"; "}
problem-line-why = { $line } ({ $why })
problem-provisional = Provisional
source-acceptance = acceptance on site
source-recheck = re-check
source-committee = the committee
source-final = the final result
source-carried = last year's list
withdrawn-acceptance = Acceptance gave the points back
withdrawn-recheck = The re-check gave the points back
withdrawn-final = The final result takes no points here

## Timeline
problem-did-open = opened
problem-did-amend = brought up to date
problem-did-start = started
problem-did-plan = set owner, measure and date
problem-did-submit = handed in for verification
problem-did-verify = verified and closed
problem-did-send-back = sent back
problem-did-reopen = reopened
problem-did-withdraw = withdrawn, the points were given back
problem-did-restore = opened again
problem-did-lower = lost more, opened again
problem-did-carry = carried into next year's list
problem-did-carry-back = taken back from next year's list, whose cycle was withdrawn
problem-did-redate = date counted again with the published holidays
problem-did-undo = took the last step back

## To do and notices
todo-problems = { $n ->
    [one] { $year }: 1 problem to put right
   *[other] { $year }: { GROUP($n) } problems to put right
 }
todo-problem-verify = Verify: { $title } ({ $org })
notice-problem-owner = You answer for the problem “{ $title }”, due { $day }
notice-problem-lowered = “{ $title }” is open again: { $before } lost before, { $now } now, due { $day }
notice-problem-due = The problem “{ $title }” is due { $day } instead of { $before }: the holidays have been published
notice-problem-remind = A reminder: the problem “{ $title }” is to be put right by { $day }
notice-problem-remind-verify = Reminder: “{ $title }” waits to be verified, due { $day }

## Facts
why-closed-ratio = List of { $year }: { GROUP($closed) } of { GROUP($all) } closed

## Errors
problem-step = Problem { $number } is in a state that does not allow this; somebody may have handled it just now. Reload and look again
problem-undo = The last step of problem { $number } cannot be undone: there is a newer one, or it is not yours
problem-reason = Write what there is to say, at most { $max } characters
problem-meanwhile = Somebody has just changed the plan. It now says: owner { $owner }, measure { $measure }, due { $due }. Yours is not written yet; compare and submit again
problem-measure-missing = Write the measure, at most { $max } characters
problem-owner-name = The owner's name has at most { $max } characters
problem-owner-unknown = The branch's register has no “{ $name }”: choose somebody of it, or enter them first on the page of members
problem-owner-several = The branch's register has several called “{ $name }”: choose one from the list
problem-due-over = The last day a branch may name itself, { $to }, is over. Ask the organisation above for a later one, or leave the date as it is
problem-due = The date lies between { $from } and { $to }
problem-verify-own = Neither the owner nor the submitter verifies; somebody else does
problem-file = Choose a file

## What concerns one, on the desk
concern-problems = { $n ->
    [one] { GROUP($n) } problem to put right
   *[other] { GROUP($n) } problems to put right
}
concern-late = { GROUP($n) } of them late
