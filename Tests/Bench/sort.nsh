# 1 million integers in no order (a multiplicative sequence), sorted.
let numbers = 1..1_000_000 | each {|i| $i * 7_368_787 % 1_000_003}
let sorted = $numbers | sort
assert (len $sorted) == 1_000_000
assert $sorted[0] < $sorted[999_999]
