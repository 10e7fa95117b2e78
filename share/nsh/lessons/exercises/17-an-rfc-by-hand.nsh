let lesson_exercises = [
  {name: head_end, question: 'the bytes that end the head of a request, in double quotes', check: {|x| $x == "\r\n\r\n"}, hint: 'the end of the last line, and an empty line'}
  {name: request, question: 'the first line that asks for /index.html with HTTP/1.1, in quotes', check: {|x| $x == 'GET /index.html HTTP/1.1'}, hint: 'method, path, version, a space between'}
  {name: needed, question: 'the name of the one field that every request of HTTP/1.1 must have, in quotes', check: {|x| ($x | lower) == 'host'}, hint: 'leave it out, as the lesson does'}
]
