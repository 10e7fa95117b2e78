let lesson_exercises = [
  {name: found, question: 'the status of HTTP for what is there', check: {|x| $x == 200}, hint: '`$r.status`'}
  {name: missing, question: 'the status of HTTP for what is not there', check: {|x| $x == 404}, hint: 'the server knows the host, and not the path'}
  {name: text_type, question: 'the media type of plain text, in quotes', check: {|x| $x == 'text/plain'}, hint: '`$r.headers.content-type` begins with it'}
]
