# A text of 1 million words, built and split again.
let text = ''
for i in 1..1_000_000 { set text = $text + "word$i " }
let all = $text | words
assert (len $all) == 1_000_000
assert $all[999_999] == 'word1000000'
