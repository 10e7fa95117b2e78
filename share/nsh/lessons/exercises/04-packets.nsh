let lesson_exercises = [
  {name: around, question: 'how many bytes of headers has a UDP datagram over IPv4, without the frame?', check: {|x| $x == 28}, hint: '20 of IP and 8 of UDP'}
  {name: changed, question: "the field of IP that every router lowers by one, in quotes", check: {|x| ($x | lower) in ['ttl' 'time to live']}, hint: 'when it is 0 the packet is dropped'}
  {name: datagram, question: 'a UDP packet (`packet build`) from 192.0.2.1 to 192.0.2.53 and to port 53, with the data "who?"', check: {|x| (packet parse $x).ip.source == 192.0.2.1 and (packet parse $x).ip.destination == 192.0.2.53 and (packet parse $x).udp.destination == 53 and (packet parse $x).data == 'who?'}, hint: '`packet build {ip: {source: …, destination: …}, udp: {source: 40000, destination: …}, data: …}`'}
]
