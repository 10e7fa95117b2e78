# Mailboxes on a server, by IMAP (RFC 9051).
#
# Every command has a tag of its own. The server first sends lines that begin with a star, which say what is so, and then one
# with our tag, which says how the command ended.

use secure

# Receives a line; where it has literals (RFC 9051, section 4.3: {12} and then 12 bytes) they stand in a list beside the text.
def line [c: connection] {
  let text = ''
  let literals = []
  loop {
    let piece = recv line $c
    if $piece == null {
      fail {code: eof, message: 'the server ended the connection'}
    }
    set text = "$text$piece"
    let size = $piece | match re'\{(?<count>\d{1,9})\}$'
    if $size == null {
      return {text: $text, literals: $literals}
    }
    set literals = $literals + [(recv $c --exactly ($size.count | from json))]
  }
}

# Says a command and gives the lines that came before its end; NO and BAD are errors (RFC 9051, section 7.1).
def say [c: connection, command: string] {
  let tag = "n${random int 1000..9999}"
  send line $c "$tag $command"
  finish $c $tag
}

# Receives lines up to the one with a tag.
def finish [c: connection, tag: string] {
  let found = []
  loop {
    let line = imap line $c
    let end = $line.text | match re'^(?<tag>\S+) (?<how>OK|NO|BAD) ?(?<text>.*)$'
    if $end != null and $end.tag == $tag {
      if $end.how == 'OK' { return $found }
      fail {code: "imap-${lower $end.how}", message: "the server said $end.how $end.text"}
    }
    set found = $found + [$line]
  }
}

# Writes a text as a quoted string (RFC 9051, section 9).
def quoted [text: string] {
  if $text =~ re'[\r\n\0]' {
    fail {code: bad-argument, message: 'a quoted string has no line ends'}
  }
  let escaped = $text | replace re'[\\"]' '\$0' --all
  "\"$escaped\""
}

# Connects to a server and hears its greeting; gives the connection. `--tls` is for port 993.
def connect [server: endpoint, --tls, --ca = null, --timeout: duration = 30s] {
  let c = secure open $server --tls=$tls --ca $ca --timeout $timeout
  try {
    let greeting = imap line $c
    if $greeting.text !~ re'^\* (OK|PREAUTH)' {
      fail {code: imap-refused, message: "the server said $greeting.text"}
    }
  } catch e {
    close $c
    fail $e
  }
  $c
}

# Goes on by TLS (RFC 9051, section 6.2.1); what the server can do must be asked again.
def start-tls [c: connection, --ca = null, --name = null] {
  say $c 'STARTTLS'
  secure start $c --ca $ca --name $name
  null
}

# Tells what the server can do.
def capabilities [c: connection] {
  let answer = say $c 'CAPABILITY' | where {|line| $line.text =~ re'^\* CAPABILITY '} | first
  $answer.text | words | skip 2
}

# Says who we are, in clear text.
def login [c: connection, user: string, password: string] {
  say $c "LOGIN ${imap quoted $user} ${imap quoted $password}"
  null
}

# Lists the mailboxes, with their attributes.
def mailboxes [c: connection, pattern: string = '*'] {
  say $c "LIST \"\" ${imap quoted $pattern}" | each {|line|
    let parts = $line.text | match re'^\* LIST \((?<attributes>[^)]*)\) (?<separator>\S+) "?(?<name>[^"]*)"?$'
    if $parts != null { {name: $parts.name, attributes: ($parts.attributes | words)} }
  }
}

# Opens a mailbox, and tells how many messages it has and the number that its names are valid with. `--read-only` changes nothing.
def select [c: connection, mailbox: string = 'INBOX', --read-only] {
  let verb = if $read_only { 'EXAMINE' } else { 'SELECT' }
  let lines = say $c "$verb ${imap quoted $mailbox}" | get text
  {messages: (number-in $lines re'^\* (\d+) EXISTS'), uidvalidity: (number-in $lines re'UIDVALIDITY (\d+)')}
}

# Finds messages and gives their numbers: `imap search $c 'FROM "ada" UNSEEN'` (RFC 9051, section 6.4.4).
def search [c: connection, criteria: string = 'ALL'] {
  let found = say $c "SEARCH $criteria" | where {|line| $line.text =~ re'^\* SEARCH'}
  $found | each {|line| $line.text | words | skip 2 | each {|word| $word | from json}} | flatten
}

# Fetches a message, and leaves it unseen.
def fetch [c: connection, number: int] {
  part $c $number 'BODY.PEEK[]'
}

# Fetches the headers of a message.
def headers [c: connection, number: int] {
  part $c $number 'BODY.PEEK[HEADER]'
}

# Fetches a part of a message, which the server sends as a literal.
def part [c: connection, number: int, section: string] {
  let lines = say $c "FETCH $number $section" | where {|line| (len $line.literals) > 0}
  if (len $lines) == 0 {
    fail {code: imap-malformed, message: "the server sent no $section of message $number"}
  }
  $lines[0].literals[0]
}

# Puts a message into a mailbox (RFC 9051, section 6.3.12).
def append [c: connection, message: bytes, --mailbox: string = 'INBOX'] {
  send line $c "n1 APPEND ${imap quoted $mailbox} {${len $message}}"
  let ready = imap line $c
  if not ($ready.text | starts-with '+') {
    fail {code: imap-no, message: "the server said $ready.text"}
  }
  send line $c $message
  finish $c 'n1'
  null
}

# Takes leave and closes the connection.
def quit [c: connection] {
  say $c 'LOGOUT'
  close $c
}

# Gives the first number that one of the lines has at a place.
def number-in [lines, pattern: regex] {
  let found = $lines | each {|line| $line | match $pattern}
  if (len $found) == 0 { null } else { $found[0][1] | from json }
}
