# The time of day in words (RFC 867): a server says it to whoever comes.

# Asks over TCP: connecting is the question.
def tcp [server: endpoint, --timeout: duration = 5s] {
  let c = tcp connect $server --timeout $timeout
  defer { close $c }
  recv all $c --timeout $timeout | trim
}

# Asks over UDP: any datagram is the question.
def udp [server: endpoint, --timeout: duration = 5s] {
  let c = udp connect $server
  defer { close $c }
  send $c ''
  recv $c --timeout $timeout | trim
}
