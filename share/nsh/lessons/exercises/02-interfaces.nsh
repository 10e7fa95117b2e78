let lesson_exercises = [
  {name: loopback, question: 'the name of the interface that leads back to this machine, in quotes', check: {|x| $x == 'lo'}, hint: '`ip link` lists them'}
  {name: itself, question: 'the network that always is this machine', check: {|x| $x == 127.0.0.0/8}, hint: 'the lesson listened at one of its addresses; its prefix has eight bits'}
  {name: mac_bits, question: 'how many bits has a MAC address?', check: {|x| $x == 48}, hint: 'six bytes'}
]
