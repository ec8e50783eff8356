### Help: rare words. help-word is the word, -text a paragraph a line, -basis by what it stands.

help-lead = Every “?” beside a word leads here. No sign-in is needed, and nothing here says anything of a branch.
help-topics = Words
help-basis = By: { $basis }
help-all = All help

help-cycle = Assessment cycle
help-cycle-text = A year's assessment of all branches below one organisation. Phases follow one another and never go back: preparation, self-assessment, acceptance, re-check, review, publicity, final.
help-cycle-basis = The scheme the cycle is bound to; the one that ships is a sample of our own.
help-cycle-words = year assessment

help-self = Self-assessment
help-self-text = The branch scores itself; its secretary fills in only what the system does not know. Once submitted it is locked; a superior can send it back.
help-self-basis = The first of the three steps reported from Fushun.
help-self-words = own score

help-acceptance = Acceptance
help-acceptance-text = A team scores on site beside the self score and gives a reason for each lost point. Each lost point becomes a problem.
help-acceptance-basis = The second of the three steps reported from Fushun.
help-acceptance-words = inspection on-site

help-recheck = Re-check
help-recheck-text = Some of the accepted branches are drawn at random and scored once more. Its score counts.
help-recheck-basis = The third of the three steps reported from Fushun; the sample scheme draws 20%.
help-recheck-words = second inspection

help-mutual = Mutual inspection
help-mutual-text = Cadres of several units inspect one another, never their own unit. A layer of its own; acceptance and re-check count before it.
help-mutual-basis = A local practice reported from Jinzhou in March 2019; not verified in a national regulation.
help-mutual-words = exchange

help-review = Review
help-review-text = The committee explains differences, confirms bonuses and proposes adjustments. An adjustment counts only when a second person approves it.
help-review-basis = This system's procedure and the scheme's phases.
help-review-words = adjustment bonus

help-publicity = Publicity
help-publicity-text = Results are shown for some days, in the order of organisation codes. Anybody below the root may object; every objection is answered in writing before the results become final.
help-publicity-basis = The scheme; five working days in the sample.
help-publicity-words = objection notice

help-finalisation = Finalisation
help-finalisation-text = One account proposes, another approves; then results are final and in the ledger. Later only corrections follow, each a version of its own.
help-finalisation-basis = This system's procedure.
help-finalisation-words = final correction

help-grade = Grade
help-grade-text = Good, fair, plain or poor, by the total. The lines of the sample scheme are 90, 80 and 60.
help-grade-basis = Reported practice; the lines come from published local schemes, their original not verified.
help-grade-words = level total

help-star = Stars and quotas
help-star-text = Five levels, by line and then by quota: at most 10% five stars and 40% four in the sample scheme, rounded down. Who is above the quota falls to the next level. While a form is filled only the lines count; in publicity the quotas do too.
help-star-basis = The sample scheme 2025.1.
help-star-words = rating quota

help-veto = Veto
help-veto-text = A grave case the scheme names caps the grade and stars, or fixes them, whatever the total. It is established at review by two persons.
help-veto-basis = The sample scheme 2025.1, V1 to V6.
help-veto-words = disqualification

help-not-applicable = Not applicable
help-not-applicable-text = An indicator whose condition is not met is neither scored nor lost. Its points go to the others of its dimension.
help-not-applicable-basis = The sample scheme 2025.1.
help-not-applicable-words = exempt

help-estimate = As it stands
help-estimate-text = Grade and stars by the scores of now. Quotas are counted from publicity on only, and later phases may change it.
help-estimate-basis = A word of this system.
help-estimate-words = provisional forecast

help-evidence = Evidence
help-evidence-text = Files that support a score. None is required, no photo either. A file is given once and cited anywhere.
help-evidence-basis = What may be given stands with each indicator of the scheme.
help-evidence-words = attachment photo upload

help-missed = Missed branch
help-missed-text = A branch that has not handed in when a phase ends. Going on needs a reason; without any entry it is counted by the data there are.
help-missed-basis = Reported practice of assessing every branch; the warning is this system's.
help-missed-words = late overdue-sheet

help-draw = Draw
help-draw-text = The list of candidates is published first and cannot change; then a second person enters a number. Both together are the random seed, from which anybody can repeat the result.
help-draw-basis = This system's procedure; the ratio is the scheme's.
help-draw-words = lot random seed

help-problem = Problem
help-problem-text = A lost point to be put right, with an owner, a measure and a due date. What is open at the year's end goes to the next year.
help-problem-basis = Reported practice of problem lists.
help-problem-words = deduction issue

help-rectification = Rectification
help-rectification-text = Name an owner, a measure and a date, press “{ problem-start }”, then “{ problem-submit }”. The sample scheme gives 30 working days.
help-rectification-basis = The scheme.
help-rectification-words = measure owner reminder

help-closure = Closure
help-closure-text = Somebody else verifies what was done and the problem leaves the list. It can be reopened with a reason.
help-closure-basis = This system's procedure.
help-closure-words = verify reopen

help-overdue = Overdue
help-overdue-text = Past the due date, counted in working days from the next day on. It takes no points by itself.
help-overdue-basis = This system's procedure.
help-overdue-words = late deadline reminder

help-working-day = Working day
help-working-day-text = Monday to Friday without statutory holidays, and weekends worked instead. A year that is not published yet is counted provisionally.
help-working-day-basis = The General Office of the State Council's yearly arrangement.
help-working-day-words = holiday calendar

help-ledger = Ledger
help-ledger-text = All branches' totals, grades, stars and moves, year by year. It is written by finalisation.
help-ledger-basis = Reported practice of a grading database.
help-ledger-words = history results

help-promotion = Moving up
help-promotion-text = A better grade than last year; worse is moving down. A branch may set its own target for the next year.
help-promotion-basis = Reported practice.
help-promotion-words = target rise

help-one-time-code = One-time code
help-one-time-code-text = The code for the first sign-in, valid for 72 hours and shown once. It is entered in the place of the password and is spent when a password is set.
help-one-time-code-basis = This system's security.
help-one-time-code-words = password forgotten first-sign-in

help-second-factor = Authenticator code
help-second-factor-text =
    The 6 digits an authenticator on your telephone shows, others every 30 seconds, entered after the password. It needs no network, but the telephone's clock must be right.
    The three administrators, the work committee and the reviewer must use it; everybody else may, on their own page.
    Ten recovery codes on paper stand in for it, each once. If both are lost, the system administrator takes it away, and the next sign-in sets up another.
help-second-factor-basis = Level three of 等保 asks for two kinds of proof (GB/T 22239-2019, 8.1.4.1 d).
help-second-factor-words = authenticator totp recovery-code two-factor telephone-lost

help-administrators = Three administrators
help-administrators-text = System, security and audit administrator are three persons. None holds another's role, none does business.
help-administrators-basis = This system's security.
help-administrators-words = system security audit permissions
