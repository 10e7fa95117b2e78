#!/usr/bin/env nsh
# A chat in a few lines: whatever somebody types, all the others read.
#
#   nsh examples/chat-server.nsh :7000     serves until Ctrl-C; join it with `nc 127.0.0.1 7000`
#   nsh examples/chat-server.nsh           serves two guests of its own, shows what they read, and ends
#
# `:7000` is this machine alone; 0.0.0.0:7000 lets others in.

# Sends a line to everybody else at the same server. `conn` lists the connections of this session; those of the server have its
# port at this end.
def tell_others [me: connection, text] {
  for other in (conn | where {|row| $row.local == $me.local and $row.id != $me.id}) {
    # A guest who has just left is no error for those who stay.
    try {
      conn use $other.id
      send line $text
    } catch e {
      null
    }
  }
  conn use $me
}

# What is done with one guest, on a thread of their own: ask for a name, then pass on line after line.
def guest [c: connection] {
  send $c 'your name? '
  let name = recv line $c
  if $name == null { return null }
  tell_others $c "* $name came"
  send line $c "hello $name"
  loop {
    let said = recv line $c --timeout 1h
    if $said == null { break }
    tell_others $c "<$name> $said"
  }
  tell_others $c "* $name left"
}

if (len $args) > 0 { tcp serve ($args | first) {|c| guest $c} }

# The two guests.
let server = tcp serve :0 {|c| guest $c} --background

let ann = tcp connect $server.local
expect $ann 'name\? '  | get match
send line $ann 'Ann'
recv line $ann

let bob = tcp connect $server.local
recv until $bob '? '
send line $bob 'Bob'
recv line $bob
recv line $ann

send line $ann 'what does a three-way handshake need?'
recv line $bob
send line $bob 'SYN, SYN and ACK, and ACK'
recv line $ann
close $bob
recv line $ann

# Whoever is left is sent away.
close $server
recv $ann | type
close $ann
