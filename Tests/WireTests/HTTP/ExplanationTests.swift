import TestSupport
import Testing

@testable import Wire

/// What is explained of messages: each byte once and in order, whatever the message.
@Suite struct ExplanationTests {
  static func facts() throws -> HTTPFacts {
    HTTPFacts(shared: Array(try Tree.read("\(Tree.root)/share/nsh/data/http.tsv").utf8))
  }

  static let messages: [String] = [
    "GET /a?b HTTP/1.1\r\nHost: h\r\n\r\n", "\r\nPOST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nteaGET",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\"b\"\r\ntea\r\n0\r\nX: y\r\n\r\nrest",
    "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.0 200 OK\r\nA: b\r\n\tc\r\n\r\nbody",
    "HTTP/1.1 204 No Content\n\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ntea",
    "HTTP/1.1 200 OK\r\nServer : x\r\n\r\n", "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n", "SSH-2.0-x\r\n", "",
  ]

  /// The annotations of any text lie end to end from its beginning, and all of it is annotated or in error.
  private func check(_ bytes: [UInt8], _ facts: HTTPFacts) {
    let explanation = HTTPExplanation(bytes, facts: facts)
    var place = 0
    for annotation in explanation.annotations {
      #expect(annotation.range.lowerBound == place, "\(annotation.field) of \(bytes)")
      #expect(!annotation.field.isEmpty && !annotation.value.isEmpty && !annotation.source.isEmpty)
      place = annotation.range.upperBound
    }
    #expect(place <= bytes.count)
    #expect(place == bytes.count || explanation.error != nil)
  }

  @Test func explainsEachByteOnce() throws {
    let facts = try Self.facts()
    for message in Self.messages {
      let bytes = Array(message.utf8)
      for length in 0...bytes.count { check(Array(bytes.prefix(length)), facts) }
      for index in bytes.indices {
        var damaged = bytes
        damaged[index] ^= 0x11
        check(damaged, facts)
      }
    }
  }

  @Test func knowsWhatIsRegistered() throws {
    let facts = try Self.facts()
    #expect(facts.find("content-TYPE", .field)?.source == "RFC 9110 §8.3")
    #expect(facts.find("418", .status)?.source == "RFC 9110 §15.5.19")
    #expect(facts.find("get", .method) == nil)
    #expect(facts.find("GET", .method)?.source == "RFC 9110 §9.3.1")
    for status in 100...599 where !HTTPStatus.reason(status).isEmpty {
      #expect(facts.find("\(status)", .status) != nil, "\(status) has no fact")
    }
  }

  @Test func namesTheRuleOfTheFraming() throws {
    let facts = try Self.facts()
    let rules: [(String, String, String)] = [
      ("HTTP/1.1 200 OK\r\n\r\n", "HEAD", "rule 1"), ("HTTP/1.1 304 N\r\n\r\n", "GET", "rule 1"),
      ("HTTP/1.1 200 OK\r\n\r\n", "CONNECT", "rule 2"),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "GET", "rule 4"),
      ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "GET", "rule 6"), ("HTTP/1.1 200 OK\r\n\r\n", "GET", "rule 8"),
      ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET", "rule 7"),
      ("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", "GET", "rule 6"),
    ]
    for (message, method, rule) in rules {
      let found = HTTPExplanation(Array(message.utf8), method: method, facts: facts).annotations
      #expect(found.contains { $0.field == "framing" && $0.source.hasSuffix(rule) }, "\(message) to \(method)")
    }
  }
}
