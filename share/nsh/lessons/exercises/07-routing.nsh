let lesson_exercises = [
  {name: hop, question: 'the router of the lesson that a packet to 10.1.255.1 goes to', check: {|x| $x == 192.0.2.2}, hint: '10.1.0.0/16 contains it, and 10.1.2.0/24 does not'}
  {name: default_route, question: 'the network that stands for the default route of IPv4', check: {|x| $x == 0.0.0.0/0}, hint: 'no bit has to agree'}
  {name: own_table, question: 'a table (`ip table`) that sends 172.16.0.0/12 to 10.0.0.1, but 172.16.5.0/24 to 10.0.0.2', check: {|t| (ip lookup $t 172.16.5.9).via == 10.0.0.2 and (ip lookup $t 172.17.0.1).via == 10.0.0.1 and (ip lookup $t 9.9.9.9) == null}, hint: 'two records with `to` and `via`, and no default route'}
]
