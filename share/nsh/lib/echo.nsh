# The echo service (RFC 862), which gives back what it is sent: the first thing to try on a new network.

# Sends a text over TCP, ends our direction, and gives what comes back.
def tcp [server: endpoint, text: bytes = 'hello', --timeout: duration = 5s] {
  let c = tcp connect $server --timeout $timeout
  defer { close $c }
  send $c $text
  shutdown $c
  recv all $c --timeout $timeout
}

# Sends one datagram over UDP, and gives the one that comes back.
def udp [server: endpoint, text: bytes = 'hello', --timeout: duration = 5s] {
  let c = udp connect $server
  defer { close $c }
  send $c $text
  recv $c --timeout $timeout
}

# Sends datagrams one after the other, and tells how long each took to come back.
def times [server: endpoint, count: int = 5, --timeout: duration = 1s] {
  1..$count | each {|n|
    let took = try { (time { echo udp $server "number $n" --timeout $timeout }).took } catch e { null }
    {number: $n, time: $took}
  }
}
