# Mail by SMTP (RFC 5321), made of the shell's own steps.
#
# `smtp send` does everything at once; `smtp connect`, `smtp say` and `smtp quit` are its steps, one line of the protocol each.

use secure

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

# Connects to a mail server and hears its greeting (RFC 5321, section 3.1); gives the connection. `--tls` is for port 465.
def connect [server: endpoint, --tls, --ca = null, --timeout: duration = 30s] {
  let c = secure open $server --tls=$tls --ca $ca --timeout $timeout
  try { reply $c 220 } catch e {
    close $c
    fail $e
  }
  $c
}

# Says who we are, and gives what the server can do beyond the basics (RFC 5321, section 4.1.1.1).
def hello [c: connection, name: string = 'localhost'] {
  say $c "EHLO $name" 250 | skip 1
}

# Goes on by TLS (STARTTLS, RFC 3207); what the server said it can do must be asked again.
def start-tls [c: connection, --ca = null, --name = null] {
  say $c 'STARTTLS' 220
  secure start $c --ca $ca --name $name
  null
}

# Proves who we are by AUTH PLAIN (RFC 4616): nothing, the user and the password, with NULs between, in base64.
# Whoever listens can read it: do it only behind TLS.
def login [c: connection, user: string, password: string] {
  let proof = "\0$user\0$password" | to base64
  say $c "AUTH PLAIN $proof" 235 | last
}

# Hands a message over on a connection that has said hello; gives what the server said of it.
def deliver [c: connection, message: string, --from: string, --to = null] {
  say $c "MAIL FROM:<$from>" 250
  for one in ([$to] | flatten) { say $c "RCPT TO:<$one>" 250 }
  say $c 'DATA' 354
  for line in ($message | lines) {
    # A line that begins with a dot gets another one (RFC 5321, section 4.5.2).
    if ($line | starts-with '.') { send line $c ".$line" } else { send line $c $line }
  }
  say $c '.' 250 | last
}

# Takes leave (RFC 5321, section 4.1.1.10) and closes the connection.
def quit [c: connection] {
  let said = say $c 'QUIT' 221 | last
  close $c
  $said
}

# Hands a message, headers and body in one text, to a mail server; gives what the server said of it.
# `--to` is an address, or a list of them. `--start-tls` protects the connection before anything is handed over, and fails where the
# server cannot; `--tls` protects it from the start.
def send [server: endpoint, message: string, --from: string, --to = null, --name: string = 'localhost', --user = null, --password = null, --start-tls, --tls, --ca = null] {
  let c = smtp connect $server --tls=$tls --ca $ca
  defer { close $c }
  hello $c $name
  if $start_tls {
    smtp start-tls $c --ca $ca
    hello $c $name
  }
  if $user != null { login $c $user $password }
  let said = deliver $c $message --from $from --to $to
  say $c 'QUIT' 221
  $said
}
