let lesson_exercises = [
  {name: bits, question: 'how many bits has an IPv4 address?', check: {|x| $x == 32}, hint: 'four bytes of eight bits'}
  {name: following, question: 'the address right after 192.0.2.255', check: {|x| $x == 192.0.3.0}, hint: 'count on as with any number: 255 and 1 is 256'}
  {name: short, question: 'the shortest text of 2001:0db8:0000:0000:0001:0000:0000:0001, in quotes', check: {|x| $x == '2001:db8::1:0:0:1'}, hint: 'only one run may become `::`, and of two equal ones it is the first'}
]
