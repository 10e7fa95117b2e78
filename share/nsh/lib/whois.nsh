# Who a name or an address belongs to, by whois (RFC 3912): a line there, a text back.

# Asks one server, and gives its text.
def ask [server: endpoint, question: string, --timeout: duration = 15s] {
  let c = tcp connect $server --timeout $timeout
  defer { close $c }
  send line $c $question
  # The end of the answer is the end of the connection; nothing tells its encoding.
  let text = recv all $c --timeout $timeout
  try { $text | from utf8 } catch e { $text | from latin1 }
}

# Asks IANA's server first, and those that it and the next ones name; gives a table of who was asked and what each said.
def query [question: string, --server: endpoint = whois.iana.org:43, --most: int = 4] {
  let next = $server
  let answers = []
  let asked = []
  while $next != null and (len $answers) < $most and not ("$next" in $asked) {
    let text = ask $next $question
    set asked = $asked + ["$next"]
    set answers = $answers + [{server: $next, text: $text}]
    set next = referral $text
  }
  $answers
}

# Finds in an answer the server that knows more, if it names one.
def referral [text: string] {
  let found = $text | match re'(?im)^\s*(?:refer|whois|ReferralServer|Registrar WHOIS Server):\s*(?:r?whois://)?([A-Za-z0-9.:-]+?)/?\s*$'
  if $found == null { return null }
  let name = $found[1]
  if $name =~ ':\d+$' { endpoint-of $name } else { endpoint-of "$name:43" }
}

# Makes an endpoint of a text.
def endpoint-of [e: endpoint] { $e }
