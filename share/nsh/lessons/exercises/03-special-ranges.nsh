let lesson_exercises = [
  {name: last_private, question: 'the last address of the private block that begins with 172', check: {|x| $x == 172.31.255.255}, hint: '`ip info 172.16.0.0/12` knows it'}
  {name: book, question: 'the IPv6 network for books and examples', check: {|x| $x == 2001:db8::/32}, hint: 'RFC 3849; it stands in this lesson'}
  {name: reachable, question: 'a list of those of 10.1.1.1, 172.32.0.1, 192.168.3.3 and 9.9.9.9 that are reachable from anywhere', check: {|x| ($x | sort) == [9.9.9.9 172.32.0.1]}, hint: '`ip info ADDRESS | get global`'}
]
