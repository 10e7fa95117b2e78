# What the protocols of mail share: connections that TLS protects from the start, or from a moment on (STARTTLS).

# Connects to a server, with `--tls` by TLS. `--ca` names the authorities to believe in place of the system's.
def open [server: endpoint, --tls, --ca = null, --timeout: duration = 30s] {
  if not $tls { return (tcp connect $server --timeout $timeout) }
  if $ca == null { return (tls connect $server --timeout $timeout) }
  tls connect $server --ca $ca --timeout $timeout
}

# Makes the handshake on an open connection, after the server agreed to it.
#
# What the server sent before it must be nothing: somebody on the way could have put it there, to be taken for protected
# (RFC 9051, section 11.1, and the same in RFC 3207, section 6).
def start [c: connection, --ca = null, --name = null] {
  if $ca == null and $name == null { return (tls start $c) }
  if $ca == null { return (tls start $c --name $name) }
  if $name == null { return (tls start $c --ca $ca) }
  tls start $c --ca $ca --name $name
}
