# Mail by SMTP (RFC 5321), made of the shell's own steps: `use smtp`, then `smtp send`.

# Receives a reply (RFC 5321, section 4.2) and gives its lines; another code than the wanted one is an error.
def reply [c: connection, wanted: int] {
  let texts = []
  loop {
    let line = recv line $c
    if $line == null {
      fail {code: eof, message: "the server ended the connection"}
    }
    let parts = $line | match re'^(?<code>\d{3})(?<mark>[ -]?)(?<text>.*)$'
    if $parts == null {
      fail {code: smtp-malformed, message: "the server sent no reply code: $line"}
    }
    set texts = $texts + [$parts.text]
    if $parts.mark == '-' { continue }
    if $parts.code != "$wanted" {
      fail {code: "smtp-$parts.code", message: "the server said $parts.code $parts.text"}
    }
    return $texts
  }
}

# Says a line and waits for the reply with the wanted code.
def say [c: connection, line: string, wanted: int] {
  send line $c $line
  reply $c $wanted
}

# Hands a message, headers and body in one text, to a mail server; gives what the server said of it.
def send [server: endpoint, message: string, --from: string, --to: string, --name: string = 'localhost'] {
  let c = tcp connect $server
  defer { close $c }
  reply $c 220
  say $c "EHLO $name" 250
  say $c "MAIL FROM:<$from>" 250
  say $c "RCPT TO:<$to>" 250
  say $c 'DATA' 354
  for line in ($message | lines) {
    # A line that begins with a dot gets another one (RFC 5321, section 4.5.2).
    if ($line | starts-with '.') { send line $c ".$line" } else { send line $c $line }
  }
  let said = say $c '.' 250
  say $c 'QUIT' 221
  $said | last
}
