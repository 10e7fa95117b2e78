let lesson_exercises = [
  {name: broadcast, question: 'the broadcast address of 10.1.2.0/23', check: {|x| $x == 10.1.3.255}, hint: 'nine bits are left for hosts; all of them are 1'}
  {name: prefix, question: 'the prefix length of the mask 255.255.240.0', check: {|x| $x == 20}, hint: 'count the ones: 8 + 8 + 4 + 0'}
  {name: smallest, question: 'the smallest network with room for 100 hosts, from 192.168.7.0 on', check: {|x| $x == 192.168.7.0/25}, hint: '100 hosts and 2: the next power of two is 128'}
]
