### Results: final, corrections, explanations, ledger, imports
final-already = This cycle is final already
final-before-publicity = A cycle becomes final after its publicity
publicity-running = The publicity runs until { $date }; it can be made final after that
second-missing = Give the name of the second person
second-same = The second person cannot be yourself
result-meanwhile = Somebody has just made new results; reload the page
correction-not-final = Not final yet: change the score itself
correction-reason = Give the reason for the correction
fact-key-unknown = There is no fact { $key }; use the keys of the scheme
branch-unknown = No branch with the code { $code } takes part
format-unknown = { $value } is not supported; use csv, xlsx or json
why-history = Final grade of { $year }
layer-missing = Give the layer: self, mutual, acceptance, recheck or committee
import-twice = { $key } comes twice in this file; keep one
import-form = A table with one value per row has the column { $column }; one with a branch per row has keys or indicators as heads. Use one of the two
import-final = This cycle is final; nothing more can be brought in. Use a correction
