# The mail that waits in a mailbox, by POP3 (RFC 1939).
#
# A server answers each line with +OK or -ERR; some answers go on until a line that is a dot.

use secure

# Receives one answer and gives its text; -ERR is an error (RFC 1939, section 3).
def answer [c: connection] {
  let line = recv line $c
  if $line == null {
    fail {code: eof, message: 'the server ended the connection'}
  }
  let parts = $line | match re'^(?<sign>\+OK|-ERR) ?(?<text>.*)$'
  if $parts == null {
    fail {code: pop3-malformed, message: "the server said neither +OK nor -ERR: $line"}
  }
  if $parts.sign == '-ERR' {
    fail {code: pop3-refused, message: "the server refused: $parts.text"}
  }
  $parts.text
}

# Says a line and gives the answer.
def say [c: connection, line: string] {
  send line $c $line
  answer $c
}

# Says a line whose answer has many lines, and gives those: up to a dot alone, and without the dots that were added
# (RFC 1939, section 3).
def say-long [c: connection, line: string] {
  say $c $line
  let found = []
  loop {
    let line = recv line $c
    if $line == null {
      fail {code: eof, message: 'the server ended the connection in the middle of an answer'}
    }
    if $line == '.' { return $found }
    if ($line | starts-with '.') { set line = $line | slice 1 }
    set found = $found + [$line]
  }
}

# Connects to a server and hears its greeting; gives the connection. `--tls` is for port 995.
def connect [server: endpoint, --tls, --ca = null, --timeout: duration = 30s] {
  let c = secure open $server --tls=$tls --ca $ca --timeout $timeout
  try { answer $c } catch e {
    close $c
    fail $e
  }
  $c
}

# Goes on by TLS (STLS, RFC 2595, section 4).
def start-tls [c: connection, --ca = null, --name = null] {
  say $c 'STLS'
  secure start $c --ca $ca --name $name
  null
}

# Says who we are, in clear text (RFC 1939, section 7).
def login [c: connection, user: string, password: string] {
  say $c "USER $user"
  say $c "PASS $password"
}

# Tells how many messages there are, and how large they are together.
def status [c: connection] {
  let numbers = say $c 'STAT' | words
  {messages: (to-number $numbers[0]), bytes: (to-number $numbers[1])}
}

# Lists the messages with their sizes and the names that they keep (UIDL, RFC 1939, section 7).
def messages [c: connection] {
  let sizes = say-long $c 'LIST' | each {|line| $line | words}
  let names = say-long $c 'UIDL' | each {|line| $line | words}
  zip $sizes $names | each {|pair| {
    number: (to-number $pair[0][0])
    bytes: (to-number $pair[0][1])
    name: $pair[1][1]
  }}
}

# Fetches a message: its lines, headers first.
def fetch [c: connection, number: int] {
  say-long $c "RETR $number"
}

# Fetches the headers of a message, and so many lines of its body.
def top [c: connection, number: int, count: int = 0] {
  say-long $c "TOP $number $count"
}

# Marks a message to be deleted when we take leave.
def delete [c: connection, number: int] {
  say $c "DELE $number"
}

# Takes leave, which deletes what is marked, and closes the connection.
def quit [c: connection] {
  let said = say $c 'QUIT'
  close $c
  $said
}

# Reads a number that a server wrote.
def to-number [text: string] {
  if $text !~ '^\d{1,18}$' {
    fail {code: pop3-malformed, message: "this is no number: $text"}
  }
  $text | from json
}
