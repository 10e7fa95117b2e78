let lesson_exercises = [
  {name: highest, question: 'the highest port', check: {|x| $x == 65535}, hint: '16 bits, and the first port is 0'}
  {name: secure, question: 'the endpoint of https on www.example.test', check: {|x| $x == www.example.test:443}, hint: 'HOST:PORT; the name https does as well'}
  {name: listening, question: 'a TCP listener on 127.0.0.1 at any free port', check: {|x| $x.local.host == 127.0.0.1 and $x.local.port > 0 and ($x | type) == 'listener'}, hint: '`tcp listen 127.0.0.1:0`'}
]
