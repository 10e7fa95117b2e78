let lesson_exercises = [
  {name: quick, question: "which lets the client know at once that it may not: 'reject' or 'drop'?", check: {|x| ($x | lower) == 'reject'}, hint: 'only one of them sends an answer'}
  {name: shown, question: "the state that `tcp probe` shows for a port whose packets are dropped, in quotes", check: {|x| ($x | lower) == 'filtered'}, hint: 'closed is what somebody said'}
  {name: rule, question: "nft's rule, in quotes, that lets TCP to port 443 pass", check: {|x| $x =~ '^tcp dport (443|https) accept$'}, hint: 'the lesson has one for port 80'}
]
