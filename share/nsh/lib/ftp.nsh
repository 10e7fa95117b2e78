# Files by FTP (RFC 959, with the extensions for IPv6 of RFC 2428).
#
# Commands and replies go over one connection, and every file or list over another. In passive mode we open that one too. In
# active mode the server opens it, to the address that we tell: this fails where the server cannot reach that address, as behind
# a NAT or a firewall, and `ftp` says so.

# Receives a reply and gives its code and text (RFC 959, section 4.2): of many lines, `123-` begins and `123 ` ends.
def reply [c: connection] {
  let texts = []
  let code = null
  loop {
    let line = recv line $c
    if $line == null {
      fail {code: eof, message: 'the server ended the connection'}
    }
    let parts = $line | match re'^(?<code>\d{3})(?<mark>[ -])(?<text>.*)$'
    if $parts == null and $code == null {
      fail {code: ftp-malformed, message: "the server sent no reply code: $line"}
    }
    let text = if $parts == null { $line } else { $parts.text }
    set texts = $texts + [$text]
    if $parts == null { continue }
    if $code == null { set code = $parts.code }
    if $parts.mark == ' ' and $parts.code == $code {
      return {code: ($code | from json), text: ($texts | join "\n")}
    }
  }
}

# Says a line and gives the reply; a code of 400 or above is an error.
def say [c: connection, line: string] {
  send line $c $line
  checked (reply $c)
}

# Gives a reply back, unless it says that something failed.
def checked [said: record] {
  if $said.code >= 400 {
    fail {code: "ftp-$said.code", message: "the server said $said.code $said.text"}
  }
  $said
}

# Connects to a server and hears its greeting; gives the connection of the commands.
def connect [server: endpoint, --timeout: duration = 30s] {
  let c = tcp connect $server --timeout $timeout
  try { checked (reply $c) } catch e {
    close $c
    fail $e
  }
  $c
}

# Says who we are, in clear text, and that files are bytes (TYPE I, RFC 959, section 3.1.1.3).
def login [c: connection, user: string = 'anonymous', password: string = 'nsh@'] {
  let said = say $c "USER $user"
  # 331 asks for the password; 230 needs none.
  if $said.code == 331 { say $c "PASS $password" }
  say $c 'TYPE I'
  null
}

# Opens the second connection ourselves: EPSV tells the port (RFC 2428, section 3), or else PASV (RFC 959, section 4.1.2).
# Only the port is believed. The address is the server's that we know: another one would send us to a stranger.
def passive [c: connection] {
  let said = try { say $c 'EPSV' } catch e { say $c 'PASV' }
  let extended = $said.text | match re'\(\|\|\|(\d{1,5})\|\)'
  if $extended != null {
    let port = $extended[1]
    return (tcp connect ($c.remote.host) ($port | from json))
  }
  let parts = $said.text | match re'(\d+),(\d+),(\d+),(\d+),(\d+),(\d+)'
  if $parts == null {
    fail {code: ftp-malformed, message: "the server told no port: $said.text"}
  }
  tcp connect ($c.remote.host) (($parts[5] | from json) * 256 + ($parts[6] | from json))
}

# Listens for the server's connection, and tells it where: EPRT (RFC 2428, section 2), or else PORT.
def active [c: connection] {
  let host = $c.local.host
  let family = if ($host in 0.0.0.0/0) { 1 } else { 2 }
  let place = if $family == 1 { "$host:0" } else { "[$host]:0" }
  let listener = tcp listen $place
  let port = $listener.local.port
  try { say $c "EPRT |$family|$host|$port|" } catch e {
    let numbers = "$host" | replace . , --all
    try { say $c "PORT $numbers,${$port // 256},${$port % 256}" } catch e {
      close $listener
      fail (unreachable $listener $e.message)
    }
  }
  $listener
}

# Says a command that moves data, and moves it: gives what came, or sends `--data`.
def transfer [c: connection, command: string, --active, --data = null, --timeout: duration = 10s] {
  let listener = if $active { ftp active $c } else { null }
  defer { if $listener != null { close $listener } }
  let wire = if $active { null } else { passive $c }
  let begun = try { say $c $command } catch e {
    if $wire != null { close $wire }
    # 425: the server cannot open its connection to us (RFC 959, section 4.2.2).
    if not $active or $e.code != 'ftp-425' { fail $e }
    fail (unreachable $listener $e.message)
  }
  if $active {
    set wire = try { accept $listener --timeout $timeout } catch e { fail (unreachable $listener $e.message) }
  }
  defer { close $wire }
  if $data != null {
    send $wire $data
    close $wire
    checked (reply $c)
    return null
  }
  let found = recv all $wire
  # 150 begins a transfer, and 226 ends it.
  if $begun.code < 200 { checked (reply $c) }
  $found
}

# Makes the error that explains why the server did not come to us.
def unreachable [listener, said: string] {
  let us = $listener.local
  {
    code: ftp-active
    message: "the server did not connect to $us, where we asked it to come: $said"
    hint: "in active mode the server connects to us; behind a NAT only we know the address $us.host, and a firewall lets nobody in: leave --active out"
  }
}

# Lists a folder as the server words it.
def list [c: connection, path: string = '', --active] {
  transfer $c (said-with 'LIST' $path) --active=$active | lines
}

# Lists the names in a folder.
def names [c: connection, path: string = '', --active] {
  transfer $c (said-with 'NLST' $path) --active=$active | lines
}

# Fetches a file.
def fetch [c: connection, path: string, --active] {
  transfer $c "RETR $path" --active=$active
}

# Stores bytes as a file.
def store [c: connection, path: string, data: bytes, --active] {
  transfer $c "STOR $path" --data $data --active=$active
}

# Tells the present folder.
def folder [c: connection] {
  let said = say $c 'PWD'
  let parts = $said.text | match re'^"((?:[^"]|"")*)"'
  if $parts == null { $said.text } else { $parts[1] | replace '""' '"' --all }
}

# Goes into a folder.
def enter [c: connection, path: string] {
  say $c "CWD $path"
  null
}

# Deletes a file.
def delete [c: connection, path: string] {
  say $c "DELE $path"
  null
}

# Takes leave and closes the connection.
def quit [c: connection] {
  let said = say $c 'QUIT'
  close $c
  $said.text
}

# Gives a command with its argument, if there is one.
def said-with [command: string, path: string] {
  if $path == '' { $command } else { "$command $path" }
}
