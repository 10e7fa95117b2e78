# 10 million additions.
let n = 0
let i = 0
while $i < 10_000_000 {
  set n = $n + $i
  set i = $i + 1
}
assert $n == 49_999_995_000_000
