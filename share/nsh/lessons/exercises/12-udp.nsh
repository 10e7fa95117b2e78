let lesson_exercises = [
  {name: header, question: 'how many bytes has the header of UDP?', check: {|x| $x == 8}, hint: 'four numbers of two bytes'}
  {name: socket, question: 'a UDP socket on 127.0.0.1 at any free port', check: {|x| $x.transport == 'udp' and $x.local.host == 127.0.0.1 and $x.local.port > 0}, hint: '`udp bind 127.0.0.1:0`'}
  {name: messages, question: 'after `send` of "a" and then of "b": how many `recv` does it take to have both?', check: {|x| $x == 2}, hint: 'each gives one datagram'}
]
