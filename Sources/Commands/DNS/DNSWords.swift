import Clients
import IDN
import Interpreter
import Net
import Wire

/// What the words behind `dns` ask: a name, types, a class and servers, in any order, as dig's users type them.
struct DNSWords {
  var name: DomainName
  var types: [RecordType]
  var questionClass: RecordClass
  var servers: [DNSServer]

  init(_ words: [String], isReverse: Bool = false) throws {
    var plain: [String] = []
    servers = []
    questionClass = .internet
    for word in words {
      if word.hasPrefix("@") {
        servers.append(try DNSWords.server(String(word.dropFirst())))
      } else if word.hasPrefix("+") {
        throw ValueError(
          "bad-argument", "`\(word)` is dig's way to say it", hint: "here it is an option: `--\(word.dropFirst())`",
          layer: .command)
      } else {
        plain.append(word)
      }
    }
    guard !plain.isEmpty else {
      throw ValueError(
        "missing-argument", "`dns` wants a name", hint: "`dns example.test MX @192.0.2.1`", layer: .command)
    }
    // What no type is, is the name; where all are types the first is meant as a name.
    let place = plain.firstIndex { RecordType($0) == nil && RecordClass($0) == nil } ?? 0
    let text = plain.remove(at: place)
    var types: [RecordType] = []
    for word in plain {
      if let type = RecordType(word) {
        types.append(type)
      } else if let found = RecordClass(word) {
        questionClass = found
      } else {
        throw ValueError(
          "bad-argument", "`\(word)` is no type of record, and the name is `\(text)`",
          hint: nearestNames(to: word.uppercased(), among: RecordType.known).first.map { "did you mean `\($0)`?" },
          layer: .command)
      }
    }
    if let address = Address(text) {
      name = try DNSWords.parse(address.reverseName)
      self.types = types.isEmpty ? [.ptr] : types
    } else {
      guard !isReverse else {
        throw ValueError("bad-argument", "`-x` wants an address, and `\(text)` is none", layer: .command)
      }
      name = try DNSWords.parse(text)
      self.types = types.isEmpty ? [.a, .aaaa] : types
    }
  }

  /// Reads a name; one in other letters than ASCII becomes its `xn--` form.
  static func parse(_ text: String) throws -> DomainName {
    try DomainName(try InternationalName.ascii(text))
  }

  /// Makes ASCII of the host in `HOST`, `HOST:PORT`, `HOST#PORT` and `SCHEME://HOST…`.
  private static func ascii(_ text: String) throws -> String {
    let mark = text.firstRange(of: "://").map { text[..<$0.upperBound] } ?? ""
    let host = text[mark.endIndex...].prefix { !"/:#".contains($0) }
    return mark + (try InternationalName.ascii(String(host))) + text[host.endIndex...]
  }

  static func server(_ text: String) throws -> DNSServer {
    guard let server = DNSServer(try ascii(text)) else {
      throw ValueError(
        "bad-argument", "`@\(text)` is no name server",
        hint:
          "it is written @192.0.2.1, @[2001:db8::1]:5353, @192.0.2.1#5353, @ns1.test, @tcp://…, @tls://… or @https://…",
        layer: .command)
    }
    return server
  }
}
