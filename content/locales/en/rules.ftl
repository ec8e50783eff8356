# The rules floor: calendar, scheme, scoring, draw

## Calendar file
calendar-header = Row 1 must be the header { $expected }; it is “{ $value }”. Add the header from the template and import again.
calendar-columns = Row { $row } must have the columns { $column }; it is “{ $value }”. Add what is missing or remove what is too much.
calendar-date = Row { $row }, column { $column }: “{ $value }” is not a date. Write it like 2026-10-01.
calendar-kind = Row { $row }, column { $column }: “{ $value }” is not known. Write holiday or workday.
calendar-duplicate = Row { $row }, column { $column }: “{ $value }” repeats row { $first }. Keep one of them.
calendar-empty = The file has no day. Enter the published holidays and make-up days.

## Scheme file
scheme-toml = The file is not valid TOML: { $message }. Mend the place shown.
scheme-sheet-missing = The sheet “{ $value }” is missing. Add it from the template.
scheme-column-unknown = The column “{ $value }” is not known. Rename it as in the template or remove it.
scheme-row-orphan = “{ $value }” has no row in the main sheet. Add it there or correct the code.
scheme-not-a-table = A group of “name = value” belongs here. Follow the sample scheme.
scheme-not-a-list = A list belongs here. Follow the sample scheme.
scheme-field-missing = A required field is missing. Add it.
scheme-field-value = The value “{ $value }” has the wrong type or range for this field. Correct it.
scheme-field-unknown = The field “{ $value }” is not known and would have no effect. Check the spelling or remove it.
scheme-unsupported = “{ $value }” is not supported; the calculation would differ from the text. Write it as in the sample scheme.
scheme-order-unknown = The order key “{ $value }” is not known. Use total, dimension:CODE, history.grade or branch_code.
scheme-method-unknown = The method “{ $value }” is not known. Use per_missing, per_event, ratio, band, boolean or composite.
scheme-composite-nested = A part cannot be composite again. Use per_missing, per_event, ratio, band or boolean.
scheme-parts-missing = A composite indicator has no parts. Add them.
scheme-parts-sum = The parts add to { $sum } points, the indicator has { $points }. Make them agree.
scheme-bands-missing = A band method has no bands. Add them.
scheme-band-twice = The band from { $value } stands twice. Keep one.
scheme-target-zero = A target cannot be 0. Enter a number above 0.
scheme-targets-fine = The targets within one indicator are too fine to be added exactly. Use fewer digits.
scheme-number-large = The number { $value } is too large; at most { $max }. Make it smaller.
scheme-too-many = At most { $indicators } indicators, each of at most { $parts } parts. Merge some.
scheme-key = “{ $value }” cannot name a metric. Use small letters, digits, underscores and dots, not beginning with veto, bonus, penalty or history.
scheme-key-kinds = The metric “{ $value }” is a truth value in one place and a number in another. Use two names.
scheme-condition = The condition “{ $value }” is not allowed. Only “metric == value” is.
scheme-article-format = “{ $value }” is no article. Write REG-ZB:13, REG-FZ:7-33, REG-XJ:ch4 or REG-DF.
scheme-article-missing = The regulation is loaded whole and has no article { $value }. Correct the number.
scheme-article-awaited = Article { $value } is awaited: the regulation is not loaded whole yet. Check again when it is.
scheme-regulation-unknown = The regulation { $value } is not loaded. Load it first or correct the code.
scheme-own-code = “{ $value }” cannot be the code of a scheme. Use 1 to 64 letters, digits, ., _ or -; @ stands between code and version.
scheme-code-format = “{ $value }” cannot be a code. Use 1 to 32 letters, digits, - or _.
scheme-code-twice = “{ $value }” stands twice. Make them different.
scheme-dimension-unknown = There is no dimension “{ $value }”. Correct the code or add the dimension.
scheme-dimension-sum = The indicators of dimension { $dimension } add to { $sum } points, the dimension has { $points }. Make them agree.
scheme-total-sum = All indicators add to { $sum } points, the total is { $points }. Make them agree.
scheme-total-hundred = The total is { $value } points and must be 100. Change it to 100.
scheme-points-zero = An indicator cannot have 0 points. Enter points above 0.
scheme-cap-low = The cap { $value } is below the total points. Raise it.
scheme-indicator-count = { $declared } indicators are declared, { $count } are there. Add, remove or correct the number.
scheme-dates = It ends before it begins. Correct the dates.
scheme-grade-lowest = The lowest grade must begin at 0. Add it or correct its minimum.
scheme-grade-gap = The grade “{ $value }” does not end where the one above begins. Make them meet.
scheme-grade-unknown = There is no grade “{ $value }”. Use one of the scheme's.
scheme-star-order = The line of star { $value } is below the next lower one. Raise it.
scheme-star-unknown = There is no star level { $value }. Use one of the scheme's.
scheme-veto-empty = The veto has no consequence. Give max_grade, max_star, grade_fixed or star_fixed.
scheme-view-unknown = The view names an indicator “{ $value }” that does not exist. Correct the code.
scheme-view-missing = Indicator { $value } is in no group. Put it in one, so that the view adds to the total.
scheme-view-twice = Indicator { $value } is in more than one group. Keep one.
scheme-case-key = “{ $value }” of the worked example is not in this scheme. Correct it.
scheme-case-differs = The worked example does not come out: { $what } should be { $expected } and is { $got }. Correct the scheme or the example.

## Values of facts
fact-decimal = “{ $value }” is not a number. Enter a number of 0 or more, at most 12 digits before the point and 18 after it, 28 in all.
fact-boolean = “{ $value }” is neither yes nor no. Enter 1, 0, true or false.
fact-count = “{ $value }” is not a count. Enter a whole number of 0 or more.
fact-grade = “{ $value }” is not the name of a grade. Enter last year's grade.

## Scoring
layer-unknown = The layer “{ $value }” is not known. Use self (自评), mutual (互检), acceptance (验收), recheck (复检) or committee (审定).
indicator-unknown = The scheme has no indicator “{ $indicator }”. Correct the code.
score-above-points = { $value } for { $indicator } is above its { $max } points. Enter 0 to { $max }.
score-below-zero = { $value } for { $indicator } is below 0. Enter 0 or more.

## Draw
draw-number = “{ $value }” is not a number for the draw. Enter 1 to { $max } digits.
draw-list-changed = The list does not fit the published hash. Check with the list as it was published.
draw-candidate-twice = “{ $value }” stands twice in the list. Remove one.
draw-candidates-few = The list has { $available }; { $wanted } cannot be drawn. Draw fewer or add to the list.
draw-ratio = The ratio { $value } is not between 0 and 1. Correct it.
draw-inspectors-few = Not enough inspectors: { GROUP($missing) } more are needed. Add people without ties to these branches, or make the teams smaller.
draw-numbers = Write a whole number from 1 to { $most }
draw-no-teams = There must be at least one team of at least one person. Correct the numbers.
