let lesson_exercises = [
  {name: seen, question: "192.168.1.5 asks a server through a router whose public address is 203.0.113.7: whom does the server see?", check: {|x| $x == 203.0.113.7}, hint: 'the router puts its own address into each packet that leaves'}
  {name: told_apart, question: "by what does the router tell the answers for two machines apart: 'address', 'port' or 'ttl'?", check: {|x| ($x | lower) == 'port'}, hint: 'both have the same address outside'}
  {name: needs_nat, question: 'a list of those of 10.2.3.4, 172.33.0.1, 192.168.9.9 and 198.51.100.1 that need NAT to reach the internet', check: {|x| ($x | sort) == [10.2.3.4 192.168.9.9]}, hint: '`ip info ADDRESS | get private`'}
]
