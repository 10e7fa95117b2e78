# The time of a server, by NTP (RFC 5905): one packet of 48 bytes there, and one back.

# Nanoseconds from the beginning of NTP's time, 1900, to that of our arithmetic (RFC 5905, section 6).
let epoch = 1900-01-01T00:00:00Z

# Asks a server for the time, and tells how far our clock is off and how long the packets were on their way.
def query [server: endpoint = pool.ntp.org:123, --timeout: duration = 3s] {
  let c = udp connect $server --timeout $timeout
  defer { close $c }
  # Version 4 and mode 3, a client (section 7.3). All else may be 0 but the transmit time, which comes back as the origin:
  # a random one tells nobody our clock, and an answer that knows it is not forged.
  let cookie = random bytes 8
  let left = now
  send $c (0x[23] + (filled 39) + $cookie)
  let packet = recv $c --timeout $timeout
  let arrived = now
  if (len $packet) < 48 {
    fail {code: ntp-malformed, message: "an answer has 48 bytes, and this ${len $packet}"}
  }
  if ($packet | slice 24 32) != $cookie {
    fail {code: ntp-malformed, message: 'this answers another question: its origin is not what we sent'}
  }
  let first = $packet | slice 0 1 | from bytes
  let stratum = $packet | slice 1 2 | from bytes
  if $stratum == 0 {
    # The kiss of death (section 7.4): four letters say why.
    fail {code: ntp-refused, message: "the server does not want to be asked: ${name-of ($packet | slice 12 16)}"}
  }
  let received = time-at $packet 32
  let sent = time-at $packet 40
  # Half of what both ways differ by (section 8): as if both took equally long.
  let offset = (($received - $left) + ($sent - $arrived)) / 2
  {
    server: $c.remote
    stratum: $stratum
    reference: (reference $packet $stratum)
    leap: ($first shr 6)
    version: ($first shr 3 band 7)
    offset: $offset
    delay: (($arrived - $left) - ($sent - $received))
    time: $sent
  }
}

# Reads a time of 64 bits: seconds since 1900, and what is beyond them in parts of 2 to the 32 (section 6).
def time-at [packet: bytes, place: int] {
  let seconds = $packet | slice $place ($place + 4) | from bytes
  let parts = $packet | slice ($place + 4) ($place + 8) | from bytes
  # Since 2036 the seconds begin again: a small number is of the next era.
  let era = if $seconds < 0x80000000 { 0x100000000 } else { 0 }
  $epoch + ($seconds + $era) * 1s + (($parts * 1_000_000_000) shr 32) * 1ns
}

# Tells what the server's own clock follows: letters for one that has a source of its own, else an address (section 7.3).
def reference [packet: bytes, stratum: int] {
  let four = $packet | slice 12 16
  if $stratum == 1 { return (name-of $four) }
  let numbers = 0..3 | each {|i| $four | slice $i ($i + 1) | from bytes}
  $numbers | join .
}

# Gives letters as a text, without the NULs behind them.
def name-of [four: bytes] { $four | from latin1 | replace re'\x00+$' '' }

# Gives so many zero bytes.
def filled [count: int] { 1..$count | each {|i| 0x[00]} | reduce {|all, one| $all + $one} }
