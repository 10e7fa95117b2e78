let lesson_exercises = [
  {name: mail_type, question: 'the type of record that tells who takes mail for a domain, in quotes', check: {|x| ($x | upper) == 'MX'}, hint: 'mail exchanger'}
  {name: absent, question: 'the rcode of a name that does not exist, in quotes', check: {|x| ($x | upper) == 'NXDOMAIN'}, hint: '`(dns NAME).rcode`'}
  {name: backwards, question: 'the name in DNS that holds the name of 10.1.2.3, in quotes', check: {|x| $x == '3.2.1.10.in-addr.arpa'}, hint: '`ip reverse` makes it'}
]
