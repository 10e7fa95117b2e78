# A Redis server, by its protocol RESP (redis.io, "Redis serialization protocol specification", version 2).
#
# A command is an array of texts, each with its length before it, so that any bytes may stand in them.

# Connects to a server, and says the password if one is given; gives the connection.
def connect [server: endpoint = 127.0.0.1:6379, --password = null, --timeout: duration = 30s] {
  let c = tcp connect $server --timeout $timeout
  if $password != null { redis call $c AUTH $password }
  $c
}

# Says a command and gives the answer: `redis call $c SET name value`. An error of the server is an error.
def call [c: connection, ...command] {
  send $c (encode $command)
  answer $c
}

# Says many commands at once, each a list of words, and gives the answers in their order: one round trip for all of them.
def pipeline [c: connection, commands: list] {
  send $c ($commands | each {|command| encode $command} | reduce {|all, one| $all + $one})
  $commands | each {|command| {answer: (answer $c)}} | get answer
}

# Gives the bytes of a command: `*2`, then `$` and the length and the bytes of each word.
def encode [command: list] {
  let wire = "*${len $command}\r\n" | to utf8
  for word in $command {
    let data = if (type $word) == 'bytes' { $word } else { "$word" | to utf8 }
    set wire = $wire + "\$${len $data}\r\n" + $data + "\r\n"
  }
  $wire
}

# Receives one answer, whatever its type: the first byte tells.
def answer [c: connection, depth: int = 0] {
  let line = recv line $c
  if $line == null {
    fail {code: eof, message: 'the server ended the connection'}
  }
  let parts = "$line" | match re'^(?<type>[-+:$*])(?<rest>.*)$'
  if $parts == null or $depth > 32 {
    fail {code: redis-malformed, message: "the server sent what is no answer: $line"}
  }
  if $parts.type == '+' { return $parts.rest }
  if $parts.type == '-' {
    fail {code: redis-error, message: "the server said $parts.rest"}
  }
  if $parts.rest !~ '^-?\d{1,18}$' {
    fail {code: redis-malformed, message: "this is no number: $line"}
  }
  let number = $parts.rest | from json
  if $parts.type == ':' { return $number }
  # A length of -1 is null.
  if $number < 0 { return null }
  if $parts.type == '$' {
    let data = if $number > 0 { recv $c --exactly $number } else { '' }
    recv $c --exactly 2
    return (readable $data)
  }
  let items = []
  for i in 0..<$number { set items = $items + [(answer $c ($depth + 1))] }
  $items
}

# Gives bytes as a text, if they are one.
def readable [data: bytes] {
  try { $data | from utf8 } catch e { $data }
}

# Listens to channels: calls a function with each message, {channel, text}, until it gives false.
def subscribe [c: connection, f: function, ...channels] {
  send $c (encode (['SUBSCRIBE'] + $channels))
  loop {
    let said = answer $c
    if $said[0] == 'message' {
      if (call-with $f {channel: $said[1], text: $said[2]}) == false { return null }
    }
  }
}

# Calls a function: `call` is another thing in this module.
def call-with [f: function, message] { [$message] | each $f | last }
