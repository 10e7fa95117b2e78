# 1 million integers in a list: what they take in memory.
let numbers = 1..1_000_000 | each {|i| $i}
assert (len $numbers) == 1_000_000
