# Who is there, by finger (RFC 1288).

# Asks about a user, or with an empty name about all who are logged in: `finger query :79 ada`.
def query [server: endpoint, user: string = '', --long, --timeout: duration = 15s] {
  let c = tcp connect $server --timeout $timeout
  defer { close $c }
  # `/W` asks for more (RFC 1288, section 2.5.4).
  let question = if $long { "/W $user" } else { $user }
  send line $c $question
  recv all $c --timeout $timeout | from latin1 | replace "\r\n" "\n" --all
}
