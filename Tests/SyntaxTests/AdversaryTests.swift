import Diagnostics
import Testing

@testable import Syntax

/// A script that uses every form of the language.
let sample = #"""
  #!/usr/bin/env nsh
  # What the library needs.
  use smtp; use ./lib/report.nsh

  # Fetches one document.
  def fetch [server: endpoint, name = "rfc${2324}.txt", --timeout: duration = 5s, --verbose, ...rest] {
    let c = tcp connect $server --timeout=$timeout
    defer { close $c }
    send "GET /rfc/$name HTTP/1.1\r\nHost: $server\r\n\r\n"
    let head = recv until "\r\n\r\n"
    if $head =~ re'^HTTP/1\.[01] (?<status>\d{3}) ' and not $verbose {
      return {status: 200, head: $head, "content type": text/plain, list: [1, 2 3]}
    } else if $head == null {
      fail "no answer from $server.host"
    } else {
      return {}
    }
  }

  let mail = """
    From: <a@example.test>
      Subject: ${ now | format "%d" }\r

    Hello $name, "quoted" \u{e9}
    """
  set n = -3 + 4 * (2 - $n) // 7 % 5
  set r.headers.host[0] = $a?.b[1..<3].c ..10
  for h in 192.0.2.1..192.0.2.9 { echo $h; continue }
  while $n < 10 and $n != 3 or not ($n in 1..5) {
    set n = $n shl 1 bor 2 bxor bnot 3 band 0xff
    loop { break }
  }
  try {
    retry 5 --every 200ms { http get http://$host:8080/rfc/rfc${n}.txt | get body | save out.txt }
  } catch e {
    fail $e
  } finally { within 5s { ^grep -v --color 'x y' "$f" } }
  let bytes = 0x[16 03 01 de:ad
    00] + "tail"
  open names.txt | lines |
    where {|l, i: int = 3| $l =~ "x" } | # a comment
    each --parallel 50 {|x| $x.address in 10.0.0.0/8 } \
    | first 10
  assert $r.status == 200, "why it matters"
  tcp connect [2001:db8::1]:443 -- -x --y
  let t = if $x { [2001:db8::1 :8080 [::1]:$port] } else { 1..}
  """#

private func parse(_ bytes: [UInt8]) -> ParseResult {
  Syntax.parse(Source(name: "test", bytes: bytes), literals: TestLiterals())
}

@Test func theSampleIsWholeAndUsesEveryStatement() {
  let result = parsed(sample)
  #expect(result.findings.map(\.message) == [])
  for form in [
    "(use", "(def", "(let", "(set", "(return", "(fail", "(defer", "(assert", "(for", "(while", "(loop", "(try",
  ] {
    #expect(dump(sample).contains(form))
  }
}

@Test func everyBeginningParsesAndSaysWhetherItIsOpen() {
  let bytes = Array(sample.utf8)
  for end in bytes.indices {
    let result = parse(Array(bytes[..<end]))
    // Half a word and the block missing behind it are two.
    let text = String(decoding: bytes[..<end], as: UTF8.self).suffix(50)
    #expect(result.findings.count <= 2, "\(text)")
    if isInside(bytes[..<end]) { #expect(result.incomplete != nil && result.findings.count == 1, "\(text)") }
  }
}

/// Tells by brackets and double quotes alone whether a beginning of the sample ends inside.
private func isInside(_ bytes: ArraySlice<UInt8>) -> Bool {
  var open = 0
  var quote: UInt8 = 0
  var last: UInt8 = 0
  for byte in bytes {
    if quote != 0 {
      if byte == quote, last != .backslash { quote = 0 }
    } else if byte == .singleQuote || byte == .doubleQuote {
      quote = byte
    } else if byte.opensBracket {
      open += 1
    } else if byte.closesBracket {
      open -= 1
    }
    last = byte
  }
  return open > 0 && quote == 0
}

@Test func changedBytesNeverTrap() {
  let bytes = Array(sample.utf8)
  var random = SystemRandomNumberGenerator()
  let insertions = Array("()[]{}'\"$|;\\\n,:.=-<>#&^ \0\u{7}".utf8) + [0xFF, 0x80]
  for _ in 0..<3000 {
    var changed = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let index = Int.random(in: 0..<changed.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: changed[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: changed.remove(at: index)
      case 2: changed.insert(insertions[Int.random(in: 0..<insertions.count, using: &random)], at: index)
      default: changed.removeSubrange(index..<min(changed.count, index + 40))
      }
    }
    check(parse(changed), of: changed)
  }
}

/// Checks what holds for every text: spans lie inside, siblings do not overlap, and a broken tree has a finding.
private func check(_ result: ParseResult, of bytes: [UInt8]) {
  var end = 0
  for statement in result.block.statements {
    #expect(statement.span.start >= end && statement.span.end >= statement.span.start)
    end = statement.span.end
  }
  #expect(end <= bytes.count)
  for finding in result.findings {
    #expect(finding.span.start >= 0 && finding.span.start <= finding.span.end && finding.span.end <= bytes.count)
  }
  let dump = Dump().block(result.block)
  if dump.contains("MISSING") || dump.contains("BROKEN") { #expect(!result.findings.isEmpty) }
  if result.incomplete != nil { #expect(result.findings.count == 1) }
}
