import TestSupport
import Testing

@testable import Net

/// URLs by the WHATWG's rules: examples of our own for each of them, and generated ones beside ada, the parser of Node.
@Suite struct SpecialURLTests {
  /// Text, base or nil, and what it becomes; nil for a failure.
  static let vectors: [(String, String?, String?)] = [
    // White space, tabs and line ends, slashes of both kinds.
    ("  http://h/a b ", nil, "http://h/a%20b"), ("ht\ntp://h/\ta\r", nil, "http://h/a"),
    (#"http:\\h\a\..\b"#, nil, "http://h/b"), ("http:h", nil, "http://h/"), ("http:////h", nil, "http://h/"),
    ("HTTP://H", nil, "http://h/"), ("http://", nil, nil), ("http:///", nil, nil), ("//h", nil, nil), ("h", nil, nil),
    // Ports.
    ("http://h:80/", nil, "http://h/"), ("https://h:443", nil, "https://h/"), ("http://h:443/", nil, "http://h:443/"),
    ("http://h:/", nil, "http://h/"), ("http://h:0080/", nil, "http://h/"), ("http://h:65536/", nil, nil),
    ("http://h:99999999999999999999/", nil, nil), ("http://h:a/", nil, nil), ("http://:80/", nil, nil),
    ("ws://h:80/", nil, "ws://h/"), ("wss://h:443/", nil, "wss://h/"),
    // Credentials.
    ("http://u:p@h/", nil, "http://u:p@h/"), ("http://u@v@h/", nil, "http://u%40v@h/"),
    ("http://@h/", nil, "http://h/"),
    ("http://u:@h/", nil, "http://u@h/"), ("http://:p@h/", nil, "http://:p@h/"), ("http://u@", nil, nil),
    ("http://u;=|:[p]@h", nil, "http://u%3B%3D%7C:%5Bp%5D@h/"), ("http://u@/h", nil, nil),
    // Hosts that are addresses in any way to write them.
    ("http://0x7f.1/", nil, "http://127.0.0.1/"), ("http://017700000001", nil, "http://127.0.0.1/"),
    ("http://2130706433", nil, "http://127.0.0.1/"), ("http://127.0.0.1./", nil, "http://127.0.0.1/"),
    ("http://0X7F.0.0.1", nil, "http://127.0.0.1/"), ("http://0x/", nil, "http://0.0.0.0/"),
    ("http://256", nil, "http://0.0.1.0/"), ("http://1.2.3.256", nil, nil), ("http://1.2.3.4.5", nil, nil),
    ("http://4294967296", nil, nil), ("http://1.2.3.08", nil, nil), ("http://a.1", nil, nil),
    ("http://1.a", nil, "http://1.a/"),
    ("http://a.0x", nil, nil), ("http://1..2", nil, nil), ("http://%30x7f.1", nil, "http://127.0.0.1/"),
    ("http://[::1]:80/", nil, "http://[::1]/"), ("http://[0:0:0:0:0:0:0:1]", nil, "http://[::1]/"),
    ("http://[::127.0.0.1]", nil, "http://[::7f00:1]/"), ("http://[1::0:1:0:0:0]", nil, "http://[1::1:0:0:0]/"),
    ("http://[1:0:2:0:3:0:4:0]", nil, "http://[1:0:2:0:3:0:4:0]/"), ("http://[::1", nil, nil),
    ("http://[g::]", nil, nil),
    ("http://[fe80::1%25eth0]", nil, nil), ("http://[]", nil, nil), ("http://[::1]x", nil, nil),
    // Domains.
    ("http://EXAMPLE.test", nil, "http://example.test/"), ("http://ex%41mple.test", nil, "http://example.test/"),
    ("http://a%00b", nil, nil), ("http://a%2Fb", nil, nil), ("http://a b", nil, nil), ("http://a<b", nil, nil),
    ("http://a^b", nil, nil), ("http://xn--mnchen-3ya.test", nil, "http://xn--mnchen-3ya.test/"),
    ("http://a_b~!$&'()*+,;=", nil, "http://a_b~!$&'()*+,;=/"), ("http://%ff", nil, nil),
    ("http://.", nil, "http://./"),
    // Paths.
    ("http://h/a/./b/../c", nil, "http://h/a/c"), ("http://h/..", nil, "http://h/"),
    ("http://h/a/%2e%2E/b", nil, "http://h/b"),
    ("http://h/.%2e/a", nil, "http://h/a"), ("http://h/a/.", nil, "http://h/a/"), ("http://h/...", nil, "http://h/..."),
    ("http://h//a//", nil, "http://h//a//"), ("http://h/%zz%", nil, "http://h/%zz%"),
    ("http://h/{}^`|", nil, "http://h/%7B%7D%5E%60|"),
    ("http://h/ü", nil, "http://h/%C3%BC"), ("http://h/'", nil, "http://h/'"),
    // Query and fragment.
    ("http://h?a b'\"<>#", nil, "http://h/?a%20b%27%22%3C%3E#"), ("http://h/?{}`^|", nil, "http://h/?{}`^|"),
    ("http://h/#a b\"<>`{}#", nil, "http://h/#a%20b%22%3C%3E%60{}#"), ("http://h/?\u{7F}", nil, "http://h/?%7F"),
    // References.
    ("http:g", "http://h/a/b", "http://h/a/g"), ("http:/g", "http://h/a/b", "http://h/g"),
    ("http:g", "https://h/", "http://g/"),
    ("https:g", "http://h/", "https://g/"), (#"\\x\y"#, "http://h/a", "http://x/y"),
    (#"\y"#, "http://u:p@h:8/a", "http://u:p@h:8/y"),
    ("", "http://h/a?b#c", "http://h/a?b"), ("#d", "http://h/a?b#c", "http://h/a?b#d"),
    ("?d", "http://h/a?b#c", "http://h/a?d"),
    ("urn:x", "http://h/", nil), ("///x", "http://h/", "http://x/"),
  ]

  @Test func readsWhatItShould() {
    for (text, base, expected) in Self.vectors {
      let found = try? SpecialURL(text, base: base.flatMap { try? SpecialURL($0) })
      #expect(found?.description == expected, "\(text) at \(base ?? "-")")
    }
  }

  /// RFC 3986 §5.4: the web's rules give the same but for `http:g`.
  @Test func joinsAsTheRFCDoes() throws {
    let base = "http://a/b/c/d;p?q"
    for (reference, expected) in URLTests.references where expected.hasPrefix("http://") && reference != "g:h" {
      let wanted = expected == "http://g" ? "http://g/" : expected
      #expect(try SpecialURL(reference, base: SpecialURL(base)).description == wanted, "\(reference)")
    }
    #expect(try SpecialURL("http:g", base: SpecialURL(base)).description == "http://a/b/c/g")
  }

  /// Texts made of what the parser's states look for; ada answers for each of them, with and without a base.
  @Test func agreesWithAda() throws {
    var random = SeededRandom(seed: 46)
    let parts = [
      "http", "https", "ws", ":", ":", "/", "/", "//", "\\", "?", "#", "@", "[", "]", "::1", "[::1]", "1", "0x7f", "0x",
      "08", "255", "256",
      "4294967295", "127.0.0.1", ".", "..", "%2e", "%2E.", "%41", "%zz", "%", "a", "B", "host", "example.test", "xn--",
      " ", "\t", "\n",
      "\"", "<", ">", "`", "{", "}", "|", "^", "'", "~", "!", "$", "&", "+", ",", ";", "=", "_", "-", "80", "443",
      "65535", "65536", "\u{1}",
      "\u{7F}", "é", "x:y",
    ]
    var questions: [(text: String, base: String)] = []
    for count in 0..<12_000 {
      var text = (0..<random.below(9)).map { _ in random.pick(parts) }.joined()
      if count % 3 > 0 { text = random.pick(["http://", "https:", "http://h/", "wss://u@"]) + text }
      questions.append((text, random.pick(["", "http://u:p@h:81/a/b?c#d", "https://[::1]/x/"])))
    }
    let answers = try Python.run(
      """
      import sys, ada_url
      for line in sys.stdin:
        text, base = [bytes.fromhex(part[1:]).decode("utf-8") for part in line.split(" ")[:2]]
        try:
          found = ada_url.URL(text, base) if base else ada_url.URL(text)
          print(found.href if found.protocol in ("http:", "https:", "ws:", "wss:") else "other")
        except ValueError:
          print("-")
      """, lines: questions.map { "-\(Self.hex($0.text)) -\(Self.hex($0.base)) " })
    #expect(answers.count == questions.count)
    var compared = 0
    for ((text, base), answer) in zip(questions, answers) where answer != "other" {
      let found: String
      do throws(URLError) {
        found = try SpecialURL(text, base: base.isEmpty ? nil : SpecialURL(base)).description
      } catch {
        // Neither other schemes nor international domains are for this parser alone.
        if case .notSpecial = error { continue }
        if case .international = error { continue }
        found = "-"
      }
      // A domain with xn-- is looked into by UTS 46, which is somebody else's.
      if text.lowercased().contains("xn--") { continue }
      compared += 1
      #expect(found == answer, "\(text.debugDescription) at \(base)")
    }
    #expect(compared > 6000)
  }

  private static func hex(_ text: String) -> String {
    text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test func encodesForEachPlace() {
    let text = "a b\"#<>?`{}^/:;=@[\\]|$%&+,'!()~*-._ü"
    let expected: [(PercentEncodeSet, String)] = [
      (.fragment, "a%20b%22#%3C%3E?%60{}^/:;=@[\\]|$%&+,'!()~*-._%C3%BC"),
      (.query, "a%20b%22%23%3C%3E?`{}^/:;=@[\\]|$%&+,'!()~*-._%C3%BC"),
      (.specialQuery, "a%20b%22%23%3C%3E?`{}^/:;=@[\\]|$%&+,%27!()~*-._%C3%BC"),
      (.path, "a%20b%22%23%3C%3E%3F%60%7B%7D%5E/:;=@[\\]|$%&+,'!()~*-._%C3%BC"),
      (.userinfo, "a%20b%22%23%3C%3E%3F%60%7B%7D%5E%2F%3A%3B%3D%40%5B%5C%5D%7C$%&+,'!()~*-._%C3%BC"),
      (.component, "a%20b%22%23%3C%3E%3F%60%7B%7D%5E%2F%3A%3B%3D%40%5B%5C%5D%7C%24%25%26%2B%2C'!()~*-._%C3%BC"),
      (.form, "a+b%22%23%3C%3E%3F%60%7B%7D%5E%2F%3A%3B%3D%40%5B%5C%5D%7C%24%25%26%2B%2C%27%21%28%29%7E*-._%C3%BC"),
    ]
    for (set, encoded) in expected { #expect(set.encode(text) == encoded, "\(set)") }
    #expect(PercentEncodeSet.decode(Array("%41%zz%4".utf8)) == Array("A%zz%4".utf8))
  }

  @Test func readsAndWritesPairs() throws {
    let pairs = [("a", "1 2"), ("a", "ü&="), ("", "x"), ("b+c", "")]
    let text = FormPairs.encode(pairs.map { (name: $0.0, value: $0.1) })
    #expect(text == "a=1+2&a=%C3%BC%26%3D&=x&b%2Bc=")
    let again = FormPairs.decode(text)
    #expect(again.map(\.name) == pairs.map(\.0) && again.map(\.value) == pairs.map(\.1))
    #expect(FormPairs.decode("&&a&=&b=c=d").map { "\($0.name)|\($0.value)" } == ["a|", "|", "b|c=d"])
  }
}
