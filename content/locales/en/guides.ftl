### A guide for each role. Names of buttons and pages are references to their own texts. One step a line.

help-guides = Guides
help-guide-of = Guide: { $role }
help-guide-print = Print it with the browser's own function; it takes two A4 pages at most.

guide-committee = Leads a year's assessment: standards, phases, review, publicity, finalisation, rectification.
guide-committee-prepare = Before opening
guide-committee-prepare-steps =
    Check editions in “{ menu-standards }”; import a new one with “{ edition-check-button }”, then “{ edition-publish-button }”.
    Publish the scheme: “{ schemes-title }”, “{ scheme-new-title }”, “{ scheme-publish-button }”.
    Check organisations and members in “{ menu-organisations }” and “{ imports-title }”.
    In “{ menu-assessment }” press “{ cycle-open }”, check, press again.
guide-committee-phases = Self-assessment, acceptance, re-check
guide-committee-phases-steps =
    “{ cycle-sheets }” shows who has not submitted: “{ cycle-remind }”, or “{ cycle-late }” with a day and a reason.
    Make teams in “{ teams-title }”, or draw them in “{ draws-title }”.
    Publish candidates with “{ draw-publish }”; the reviewer enters the number.
    Move on from the cycle's page; what is left behind needs a reason.
guide-committee-finish = Review, publicity, finalisation
guide-committee-finish-steps =
    “{ review-count }” says what is open: “{ review-explain }”, “{ claim-confirm }”.
    Propose an adjustment: “{ adjust-see }”, then “{ adjust-submit }”.
    Answer each objection with “{ objection-reply }”.
    After publicity press “{ final-propose }”.
guide-committee-daily = Every day
guide-committee-daily-steps =
    Look at “{ menu-overview }”; each number leads to its rows.
    Verify in “{ menu-problems }”: “{ problem-verify }” or “{ problem-return }”.
    Answer “{ suggestions }”.

guide-reviewer = The second person: decides what the committee has proposed, never a proposal of one's own.
guide-reviewer-decide = Decide
guide-reviewer-decide-steps =
    What waits stands in “{ todo }”.
    Adjustments: “{ adjust-approve }” or “{ adjust-reject }” with a reason.
    Draws: enter a number of your own and press “{ draw-complete }”.
    Finalisation: compare the figures and “{ final-digest }”, then “{ final-approve }”.
guide-reviewer-look = Look
guide-reviewer-look-steps =
    “{ review-list }”, “{ menu-overview }”, “{ menu-ledger }” and “{ menu-problems }” can be read.

guide-deputy = Sees that the unit's branches assess and rectify in time, and keeps its register.
guide-deputy-self = Self-assessment
guide-deputy-self-steps =
    “{ cycle-sheets }” shows who has not submitted.
    Send a sheet back with a reason: “{ sheet-return }”.
guide-deputy-problems = Rectification
guide-deputy-problems-steps =
    Filter “{ menu-problems }”; choose some and press “{ problem-remind }”.
    Verify with “{ problem-verify }”, or “{ problem-return }” with a reason.
    Open again with “{ problem-reopen }”.
guide-deputy-register = Register
guide-deputy-register-steps =
    “{ members-title }”: “{ member-new }”.
    Many at once: “{ import-new }”; a mistake is taken back with “{ import-undo }”.

guide-secretary = Fills the self-assessment, handles problems, sets next year's target. Everything begins in the to-do list.
guide-secretary-self = Self-assessment
guide-secretary-self-steps =
    Open it from “{ todo }”; only what the system does not know is asked.
    Enter scores, or press “{ sheet-full }”; each is saved at once.
    Last year's entries can be copied into what is empty; “{ batch-undo }” takes them back.
    Correct an automatic value with “{ sheet-overrule }” and a reason.
    Add files with “{ evidence-add }”, or cite one under “{ evidence-others }”; none is required.
    Claim bonuses in “{ claims-title }”.
    Press “{ self-submit }”, check, press again; afterwards only a superior can send it back.
guide-secretary-problems = Rectification
guide-secretary-problems-steps =
    Name owner, measure and date in each problem: “{ problem-plan-save }”.
    Press “{ problem-start }”, later “{ problem-submit }” with “{ problem-done }”.
    Somebody else verifies. What is sent back is done again.
    A branch without problems presses “{ confirmation-do }”.
guide-secretary-year = Publicity and next year
guide-secretary-year-steps =
    See “{ publicity-title }”; disagree with “{ objection-raise }”.
    After finalisation set “{ target-grade }” and “{ target-measures }” in the ledger: “{ target-save }”.
    Keep “{ members-title }” and “{ members-offices }” up to date: much is then known without typing.

guide-member = Reads the branch's results and may object during publicity.
guide-member-look = Look
guide-member-look-steps =
    Open the year in “{ menu-assessment }” and the sheet.
    Problems stand in “{ menu-problems }”, grades in “{ menu-ledger }”.
guide-member-object = Say something
guide-member-object-steps =
    During publicity press “{ objection-raise }”; only the committee sees who asked.
    For anything else: “{ suggestions }”, without a name if you like.

guide-inspector = Scores branches on site beside the self score.
guide-inspector-site = Acceptance
guide-inspector-site-steps =
    Your branches stand in “{ menu-inspections }”.
    Open one: “{ acceptance-title }”; look at “{ sheet-rule }” and the evidence.
    “{ sheet-copy-self }” fills what agrees; enter the rest.
    Below full marks write “{ sheet-reason }”: it becomes the problem's text.
    Press “{ acceptance-submit }”, check, press again.
guide-inspector-recheck = Re-check
guide-inspector-recheck-steps =
    Drawn branches appear in “{ todo }”: “{ recheck-title }”.
    “{ sheet-copy-stood }” fills what has not changed; press “{ recheck-submit }”.

guide-system_administrator = Makes accounts, hands out one-time codes, looks after backups and calendars.
guide-system_administrator-accounts = Accounts
guide-system_administrator-accounts-steps =
    “{ accounts-title }”: “{ account-new }”, or “{ account-from-members }”.
    The code is shown once and lasts 72 hours.
    Forgotten password: “{ code-renew }”. Gone: “{ account-disable }”.
guide-system_administrator-care = Care
guide-system_administrator-care-steps =
    “{ backups-title }” says when the last backup was; keys are kept apart.
    Each year: “{ calendar-import }”; progress stands in “{ jobs-title }”.

guide-security_administrator = Gives and ends roles, which hold at an organisation and below it.
guide-security_administrator-roles = Roles
guide-security_administrator-roles-steps =
    Find a person in “{ roles-title }”; choose a role and organisation: “{ role-give }”.
    End one with “{ role-end }”. Your own are another administrator's matter.
    “{ permissions-title }” shows what each role may.

guide-audit_administrator = Reads the audit log and keeps its signed checkpoints elsewhere. Changes nothing.
guide-audit_administrator-log = Log
guide-audit_administrator-log-steps =
    Search “{ audit-title }” by object, person and day.
    Keep the newest of “{ audit-checkpoints }”: “{ audit-checkpoint-download }”.
    “{ audit-export }” gives a file that is verified without this system.
