let lesson_exercises = [
  {name: refused, question: 'the code of the error where nobody listens, in quotes', check: {|x| $x == 'ECONNREFUSED'}, hint: '`catch e { $e.code }`'}
  {name: late, question: 'the exit status of a script whose time was over', check: {|x| $x == 28}, hint: 'as curl has it'}
  {name: of_refusal, question: 'a list of the layers (`$e.causes | get layer`) of a refused connection', check: {|x| ($x | type) == 'list' and ($x | last) == 'system'}, hint: 'the innermost one is the system call'}
]
