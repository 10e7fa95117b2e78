let lesson_exercises = [
  {name: neighbour, question: 'is 10.0.7.200 a neighbour of 10.0.4.1/22? true or false', check: {|x| $x == true}, hint: '`ip same-network 10.0.4.1/22 10.0.7.200`'}
  {name: next_hop, question: 'where 192.168.10.77/24 with the gateway 192.168.10.1 sends a packet to 1.1.1.1', check: {|x| $x == 192.168.10.1}, hint: 'it is no neighbour'}
  {name: possible, question: 'which of 10.1.0.1 and 10.2.0.1 can be the gateway of 10.1.200.3/16?', check: {|x| $x == 10.1.0.1}, hint: 'a gateway is a neighbour'}
]
