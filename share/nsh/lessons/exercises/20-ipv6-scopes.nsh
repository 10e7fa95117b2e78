let lesson_exercises = [
  {name: canonical, question: 'the canonical text of FE80:0:0:0:0:0:0:00AB, in quotes', check: {|x| $x == 'fe80::ab'}, hint: 'small letters, no zeros in front, one `::`'}
  {name: zoned, question: 'fe80::5 on the interface lo', check: {|x| $x == fe80::5%lo}, hint: 'the zone stands behind `%`'}
  {name: group, question: 'the group in which the neighbours of 2001:db8::ab:cdef listen for it', check: {|x| $x == ff02::1:ffab:cdef}, hint: 'ff02::1:ff and the last 24 bits'}
]
