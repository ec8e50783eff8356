### Regulations, rules, standards and schemes.

menu-standards = Standards
standards-title = Standards and regulations
standards-on = On date
standards-show = Show
standards-all = All
standards-empty = Nothing was in force on this day. Choose another date, or show all.
standards-caption = Standards and regulations on { $day }
standards-filter = Filter
standards-filter-all = All
standards-filter-apply = Apply
standards-optional = {" "}(optional)
standards-file-too-large = The file must be smaller than { $kib } KB.
standards-file-pdf = This is a PDF. TOML or plain text (.txt, UTF-8) is taken here: copy the text and paste it, or save it as plain text first.
standards-file-office = This is a Word document or an archive. TOML or plain text (.txt, UTF-8) is taken here: copy the text and paste it, or save it as plain text first.
scheme-at-dimension = Dimension
scheme-at-indicator = Indicator
scheme-at-grade = Grade
scheme-at-star = Star
scheme-at-bonus = Bonus
scheme-at-penalty = Penalty
scheme-at-view = View
scheme-at-case = Case
scheme-at-veto = Veto
scheme-at-overflow = Overflow
scheme-at-order = Order
scheme-at-total-points = Total points
scheme-at-total-cap = Total cap
scheme-at-indicator-count = Indicator count
scheme-at-effective-to = Last day
scheme-at-based-on = Basis
standards-file-not-utf8 = The file is not UTF-8. Save it as UTF-8 text and choose it again.

## Editions
standing-in-force = In force
standing-past = No longer in force
standing-to-come = Not yet in force
standing-not-in-force = Not in force
edition-kind-label = Kind
edition-kind-regulation = Regulation
edition-kind-rules = Rules
edition-kind-provisions = Provisions
edition-kind-standard = Standard
edition-kind-star-rules = Star rules
edition-kind-other = Other
edition-title-label = Title
edition-code-label = Code
edition-version-label = Version
edition-issuer-label = Issued by
edition-from-label = In force from
edition-to-label = Last day in force
edition-check-label = Checked against the original
edition-loaded-label = Articles
edition-standing-label = State
published-label = Published
published-by = { $when } by { $who }
edition-source-label = Source
edition-unchecked-label = Articles to be checked
edition-sample = Sample
edition-sample-lead = Invented to show how things work; not a document of any organisation.
edition-articles = { $n ->
    [one] { GROUP($n) } article
   *[other] { GROUP($n) } articles
 }
edition-articles-part = { $n ->
    [one] { GROUP($n) } article loaded, not the whole
   *[other] { GROUP($n) } articles loaded, not the whole
 }
edition-articles-none = No articles loaded
edition-articles-none-hint = The work committee can import the full text.
edition-of = Version { $version }
edition-facts = Key facts
edition-versions = Versions
edition-span = { $from } to { $to }
edition-since = since { $from }
edition-diff-before = Compare with the one before
first-day-inexact = {" "}(exact day to be checked)
check-checked = Checked
check-unchecked = To be checked
confidence-f = Seen in the original or a reprint
confidence-f2 = Seen in second-hand material, not in the original
confidence-k = General knowledge, no text found
article-number = Article { $digits }
chapter-number = Chapter { $digits }
articles-title = Articles
articles-show = Show articles
articles-all = All articles
articles-local = Local only
article-of = { $title }, 
article-local = Local only
article-summary = Summary, not the original words
article-missing = To be checked: only its number is known.
article-higher = Carries out:
article-lower = Carried out by:

## Difference
diff-title = Compare versions
diff-from = Old version
diff-to = New version
diff-show = Compare
diff-old = Old number
diff-new = New number
diff-change = Change
diff-words = Words
diff-caption = Version { $from } and version { $to }, article by article
diff-tally = { $added } added, { $removed } removed, { $changed } changed, { $moved } renumbered, { $same } unchanged.
diff-tally-unknown = { GROUP($n) } more cannot be compared: their words are not held.
diff-empty = Neither version has its articles loaded, so nothing can be compared.
diff-added = Added
diff-removed = Removed
diff-changed = Changed
diff-moved = Renumbered
diff-same = Unchanged
diff-unknown = Cannot be compared
diff-not-held = At least one version has no words

## Import
edition-new-title = Import a regulation
edition-new-lead = Check first, look at the articles and findings, then publish. What is published never changes; a revision is a new version.
edition-file-label = File
edition-file-hint = TOML, or plain text (.txt, UTF-8), smaller than 1 MB.
edition-text-label = Or paste the text
edition-text-hint = It is split at the marks of chapters and articles; a chosen file goes first.
edition-plain-legend = About a plain text (a TOML file says this itself)
edition-code-hint = The same for all versions: letters, digits and . _ -, such as REG-ZB
edition-whole-label = Loaded whole: articles are numbered without a gap, and a number that is absent does not exist
edition-check-button = Check
edition-publish-button = Publish this version
edition-preview = As it will be
edition-published = Published.
edition-published-already = This version was published before with the same content; nothing has changed.
findings-head = { $n ->
    [one] One finding
   *[other] { GROUP($n) } findings
 }
finding-error = Error:
finding-warning = Note:
finding-line = Line { $line }

## What can be wrong
standard-code = "{ $value }" cannot be a code or version: 1 to 64 letters, digits or . _ -.
place-format = "{ $value }" names no article. Write REG-ZB:4, REG-FZ:7-33, REG-XJ:ch4 or REG-DF.
first-day = "{ $value }" is no date. Write 2018-10-28, 2016-04 or 2008.
binding-kind = "{ $title }" is of another kind and cannot be bound here.
edition-title = Enter a title.
edition-kind = "{ $value }" is no kind of document.
edition-check = "{ $value }" is no state of checking.
edition-confidence = "{ $value }" is no confidence. Write F, F2 or K.
edition-toml = Line { $line } is not TOML: { $message }
edition-ends-before = Line { $line }: it ends before it begins.
edition-chapter-again = Line { $line }: chapter { $number } stands twice.
edition-article-again = Line { $line }: article { $number } stands twice.
edition-text-and-summary = Article { $number } has both text and summary; give one.
edition-range = Line { $line }: a chapter's articles are [first, last], between 1 and 999.
edition-two-chapters = Line { $line }: article { $number } belongs to two chapters.
edition-no-chapter = Line { $line }: the chapter of article { $number } is not given.
edition-gap = Line { $line }: article { $expected } was expected, { $found } found. A version loaded whole has no gaps.
edition-whole-empty = Declared whole, but without articles.
edition-number = Line { $line }: number { $number } must be between 1 and 999.
edition-text-missing = Choose a file or paste a text.
edition-link-missing = Article { $number } carries out { $place }, which does not exist.
edition-link-awaited = Article { $number } carries out { $place }, which is not loaded yet and cannot be checked.
edition-published-differs = Version { $version } of { $code } is published with other content. Published versions never change; use another version.
plain-no-article = No article mark was found in the text.
plain-article-again = Line { $line }: article { $number } stands twice or goes backwards.
plain-article-empty = Line { $line }: article { $number } has no words.
plain-article-gap = Line { $line }: article { $expected } was expected, { $found } found.
plain-article-suffix = Line { $line }: inserted articles are not supported in plain text; use a TOML file.
plain-chapter-again = Line { $line }: chapter { $number } stands twice or goes backwards.
plain-chapter-gap = Line { $line }: chapter { $expected } was expected, { $found } found.
plain-stray-line = Line { $line } belongs to no article.

## Schemes
schemes-title = Schemes
schemes-empty = No scheme has been published yet.
scheme-new-title = Import a scheme
scheme-new-lead = Check first; only a scheme without errors can be published. What is published never changes; a revision has a new version.
scheme-file-label = File
scheme-file-hint = TOML (UTF-8) or xlsx, smaller than 1 MB. The sheets are those of the download as xlsx.
scheme-text-label = Or paste it
scheme-text-missing = Choose a file or paste the scheme.
scheme-read = { GROUP($n) } indicators.
scheme-ready = It can be published.
scheme-not-ready = It has errors and cannot be published.
scheme-publish-button = Publish the scheme
scheme-published = The scheme is published.
scheme-published-already = This version was published before with the same content; nothing has changed.
scheme-published-differs = Version { $version } of { $code } is published with other content. Published versions never change; use another version.
scheme-download = Download as xlsx
scheme-views = Grouped by
scheme-by-dimension = Dimension
scheme-indicator = Indicator
scheme-indicators = Indicators
scheme-points = Points
scheme-points-of = { GROUP($n) } points
scheme-rule = Rule
scheme-articles = Articles
scheme-total = Sum
scheme-grades = Grades and stars
scheme-from-points = from { GROUP($n) } points
scheme-quota = for the first { $percent }%
scheme-adjustments = Bonus, penalty and vetoes
scheme-veto = Veto: { $effect }
veto-grade-fixed = grade set to { $value }
veto-grade-most = grade at most { $value }
veto-star-fixed = star set to { $value }
veto-star-most = star at most { $value }
scheme-order = Order of equals
scheme-order-lead = Compared one after another; the next counts only between equals.
order-total = Total
order-dimension = Score of { $title }
order-history = Grade of the year before
order-code = Organisation code
scheme-judged = Cycles judged by this edition
scheme-judged-none = No cycle has been opened with this edition.
scheme-judged-branches = { GROUP($n) } branches
