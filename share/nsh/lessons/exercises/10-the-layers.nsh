let lesson_exercises = [
  {name: with_ports, question: "the layer that knows ports: 'application', 'transport', 'internet' or 'link'", check: {|x| ($x | lower) == 'transport'}, hint: 'it leads to programs, not to machines'}
  {name: with_routers, question: 'and the one that routers work in', check: {|x| ($x | lower) == 'internet'}, hint: 'they look at addresses and pass packets between networks'}
  {name: of_dns, question: 'and the one of DNS', check: {|x| ($x | lower) == 'application'}, hint: 'it is said over UDP or TCP'}
]
