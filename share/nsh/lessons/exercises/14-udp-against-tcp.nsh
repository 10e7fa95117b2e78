let lesson_exercises = [
  {name: for_names, question: "which of the two carries most questions to name servers: 'udp' or 'tcp'?", check: {|x| ($x | lower) == 'udp'}, hint: 'one packet there and one back'}
  {name: for_files, question: "and which one a file of which no byte may be missing?", check: {|x| ($x | lower) == 'tcp'}, hint: 'one of them repeats what was lost'}
  {name: borders, question: "which of the two keeps the borders of messages?", check: {|x| ($x | lower) == 'udp'}, hint: 'count the `recv` in the lesson'}
]
