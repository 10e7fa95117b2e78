import Commands
import Interpreter
import TestSupport
import Testing

/// `explain`: every kind of value has one, whatever the bytes it ends, and each next step is a section that there is.
@Suite struct ExplainTests {
  /// A value of each type; nil for a type that no value has, since it is only what a parameter takes. Without `default`, so that a
  /// new type does not pass unseen.
  private static func sample(_ type: TypeName) -> String? {
    switch type {
    case .any, .number, .pattern, .host, .ip, .web, .table, .block, .resource: nil
    // What `lab start` gives is a table of names; the lab itself stays behind it.
    case .lab: nil
    case .null: "null"
    case .bool: "true"
    case .int: "443"
    case .float: "2.5"
    case .string: "'ETag'"
    case .bytes: "0x[16 03 01]"
    case .regex: "re'(?<code>a)'"
    case .duration: "250ms"
    case .size: "64KiB"
    case .address: "192.0.2.1"
    case .network: "2001:db8::/32"
    case .mac: "02:00:5e:10:00:01"
    case .endpoint: "example.test:443"
    case .url: "http://www.rfc.test/a?b#c"
    case .time: "2026-11-23T05:12:29Z"
    case .list: "[1 two]"
    case .record: "{a: 1}"
    case .range: "192.0.2.1..192.0.2.9"
    case .function: "{|x| $x}"
    case .stream: "(1..3 | each {|n| $n})"
    case .error: "(try { tcp connect 127.0.0.1:1 } catch e { $e })"
    case .connection: "(udp connect 127.0.0.1:9)"
    case .listener: "(tcp listen :0)"
    case .job: "(spawn { 1 })"
    case .routes: "('default via 192.0.2.1' | ip table)"
    }
  }

  @Test(arguments: TypeName.allCases) func everyTypeHasOne(_ type: TypeName) throws {
    guard let sample = Self.sample(type) else { return }
    let shell = Shell()
    let rows = try #require(shell.value("\(sample) | explain"), "\(shell.run("\(sample) | explain"))")
    var list: [Value] = []
    if case .list(let found) = rows { list = found.items }
    #expect(!list.isEmpty)
    for case .record(let row) in list {
      let names = Array(row.names.suffix(5))
      let basis = row["basis"]?.scalarText ?? ""
      #expect(names == ["part", "value", "about", "basis", "next"], "\(type)")
      #expect(["fact", "reading"].contains(basis), "\(type)")
    }
    if type != .stream { #expect(Shell().line("type \(sample)") == type.rawValue) }
  }

  /// Values of the shell, each with what it must be told of: a part, its value, and the next step.
  @Test(arguments: [
    ("established", "to", "CLOSED", "rfc section 9293 3.3.2"), ("close_wait", "meaning", "CLOSE-WAIT", ""),
    ("(dns build example.test MX --id 7 | dns encode)", "question 1, type", "MX", "rfc section 1035 3.3.9"),
    ("(dns build example.test MX --id 7)", "id", "7", "rfc section 1035 4.1.1"),
    (
      "((dns build a.test A --noedns | dns encode | $in[..<12]) + 'x') --as dns", "unreadable", "",
      "rfc section 1035 4.1"
    ),
    (#""HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n""#, "status code", "404", "rfc section 9110 15.5.5"),
    ("{status: 404, version: HTTP/1.1, headers: {ETag: '\"a\"'}}", "field ETag", "\"a\"", "rfc section 9110 8.8.3"),
    ("0x[15 03 03 00 02 02 28]", "alert, description", "handshake_failure (40)", "rfc section 8446 6.2"),
    ("0x[1f 8b 08 00]", "format", "gzip", "rfc section 1952 2.3"), ("'ETga'", "meaning", "ETag", "explain ETag"),
    ("http://user:secret@a.test/", "userinfo", "(not shown)", "rfc section 9110 4.2.4"),
    ("(tcp listen 127.0.0.1:0)", "state", "LISTEN", "rfc section 9293 3.3.2"), ("7", "exit status", "7", ""),
    ("example.test", "top", "test", "rfc section 6761 6.2"), ("1..<10", "count", "9", ""),
    (
      "(packet build {ip: {source: 192.0.2.1, destination: 192.0.2.2}, udp: {source: 53, destination: 9}})",
      "udp, source-port", "53", "rfc 768"
    ),
  ]) func says(_ value: String, _ part: String, _ wanted: String, _ next: String) {
    let shell = Shell()
    let row = shell.line(
      "let f = explain \(value) | where {|f| $f.part == '\(part)'}; \"${$f[-1].value}|${$f[-1].next}\"")
    let found = row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    #expect(found.count == 2 && (wanted.isEmpty || found[0] == wanted), "\(value): \(row)")
    #expect(found.last == (next.isEmpty ? "null" : next), "\(value): \(row)")
  }

  /// Facts stand before readings, but for the first row of bytes, which says what the others rest on.
  @Test func factsComeFirst() {
    let shell = Shell()
    for value in ["192.168.1.1", "TIME-WAIT", "5ms", "(dns build a.test A)", "0x[15 03 03 00 02 02 28]"] {
      let basis = shell.line("explain \(value) | get basis | skip 1").split(separator: "\n")
      let firstReading = basis.firstIndex(of: "reading") ?? basis.endIndex
      #expect(!basis[firstReading...].contains("fact") && firstReading < basis.endIndex, "\(value)")
    }
  }

  // MARK: Any bytes

  private static let messages = [
    "(dns build www.example.test MX --id 7 | dns encode)",
    #"(to utf8 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n")"#,
    "0x[16 03 01 00 2f 01 00 00 2b 03 03] + 0x[07] * 32 + 0x[00 00 02 13 01 01 00 00 00]",
    "(packet build {ip: {source: 192.0.2.1, destination: 192.0.2.2}, tcp: {source: 53, destination: 9, flags: [SYN]}})",
  ]

  /// Whole, cut at each length, with a byte flipped, as what they look like and as everything else.
  @Test(arguments: messages) func noBytesStopIt(_ message: String) {
    let shell = Shell()
    let said = shell.run(
      """
      let m = \(message)
      let forms = [http tls packet dns text data]
      let all = 0..<(len $m) | each {|n|
        let cut = $m | slice 0 $n
        let flipped = ($m | slice 0 $n) + (($m[$n] bxor 0x55) | to bytes 1) + ($m | slice ($n + 1))
        let whole = [$cut $flipped] | each {|b| explain $b | len }
        let others = $forms | each {|f| explain $flipped --as $f | len }
        $whole + $others
      } | flatten
      $all | where {|n| $n < 1 or $n > 260} | len
      """)
    #expect(said == "0\n", "\(said)")
  }

  @Test func randomBytesAreExplained() {
    let shell = Shell()
    let said = shell.run(
      "1..300 | each {|n| random bytes $n | explain | len } | where {|n| $n < 1 or $n > 260} | len")
    #expect(said == "0\n", "\(said)")
  }

  /// Of much, a little is shown and the rest counted, in a time that does not grow with it.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("(0x[17 03 03 00 01 00] * 400000)", "more"), ("(1..100000 | each {|n| $n})", "more"),
      ("(0x[00] * 50000000)", "looked at"),
      ("({headers: {}, body: x} | get body) * 3000000", "string"),
    ]) func muchIsCounted(_ value: String, _ part: String)
  {
    let shell = Shell()
    let rows = shell.line(
      "let v = \(value); let e = explain $v; \"${len $e} ${$e | where {|f| $f.part == '\(part)'} | len}\"")
    let numbers = rows.split(separator: " ").compactMap { Int($0) }
    #expect(numbers.count == 2 && numbers[0] <= 260 && numbers[1] == 1, "\(rows)")
  }
}
