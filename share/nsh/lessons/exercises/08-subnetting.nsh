let lesson_exercises = [
  {name: eighths, question: 'how many hosts can each of eight equal parts of 10.0.0.0/24 have?', check: {|x| $x == 30}, hint: 'three bits more: /27, 32 addresses less 2'}
  {name: second_half, question: 'the second half of 172.16.0.0/12', check: {|x| $x == 172.24.0.0/13}, hint: '`ip split NETWORK --into 2 | last`'}
  {name: third, question: 'the third /64 of 2001:db8:7::/48', check: {|x| $x == 2001:db8:7:2::/64}, hint: 'they are counted from 0 in the fourth group'}
]
