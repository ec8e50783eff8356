menu-overview = Overview
overview-counted = At most a second old; each branch is counted where it stood when the assessment began
overview-filter = Filter
overview-cycle = Year
overview-look = Look
overview-branches = Branches
overview-submitted = Submitted
overview-pending = To be put right
overview-closed = Closed
overview-late = Overdue
overview-place = Organisation
overview-together = All my organisations
overview-grades = Grades
overview-open = Open { $name }
overview-close = Close { $name }
overview-first = There is more before these: from the first
overview-next = There is more of this level: next page
overview-all = All { GROUP($n) }
overview-no-late = Nothing is overdue.
overview-none = There is no cycle yet.
overview-none-hint = Once one is open, its figures are added up here level by level.
overview-levels = Grades and problems by level
overview-order = In the order of organisation codes; the arrows open lower levels
overview-by-category = By category
overview-category = Category
overview-no-category = No category given
overview-ungraded = { $n ->
    [one] 1 branch has no score yet and is not among the grades
   *[other] { GROUP($n) } branches have no score yet and are not among the grades
 }
overview-stars = By star
overview-stars-alone = By points alone, quotas are not counted; it changes as results do
overview-stars-publicity = The stars in publicity take the quotas into account.
overview-stars-see = See the publicised list
overview-stars-of = Stars of { $name }:
overview-star = Star
