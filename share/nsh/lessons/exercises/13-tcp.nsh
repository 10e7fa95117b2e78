let lesson_exercises = [
  {name: handshake, question: 'how many packets does it take until both sides know of the connection?', check: {|x| $x == 3}, hint: 'SYN, SYN-ACK, ACK'}
  {name: line_end, question: 'the bytes that end a line in most protocols, in double quotes', check: {|x| $x == "\r\n"}, hint: '`send line` adds them: carriage return and line feed'}
  {name: pair, question: 'a list of a listener on 127.0.0.1, a connection to it, and the one it accepted', check: {|x| ($x | each {|y| type $y}) == [listener connection connection] and $x[1].remote == $x[0].local and $x[2].remote == $x[1].local}, hint: '`tcp listen`, `tcp connect`, `accept`, and then `[$l $c $s]`'}
]
