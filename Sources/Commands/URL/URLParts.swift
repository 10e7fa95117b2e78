import IDN
import Interpreter
import Net

/// A URL read by the rules that its scheme has: those of the web for http, https, ws and wss, RFC 3986 for all others.
enum URLParts {
  case web(SpecialURL)
  case generic(URL)

  /// Reads a URL, or a reference found at another.
  init(_ text: String, base: String? = nil, isStrict: Bool = false) throws {
    let scheme = URLParts.scheme(of: text) ?? base.flatMap { URLParts.scheme(of: $0) }
    guard !isStrict, let scheme, SpecialURL.isSpecial(scheme) else {
      self = .generic(try base.map { try URL($0).resolving(text) } ?? URL(text))
      return
    }
    // A base of another scheme says nothing to a reference of the web.
    let base = try base.flatMap {
      URLParts.scheme(of: $0).map(SpecialURL.isSpecial) == true ? try URLParts.web($0) : nil
    }
    self = .web(try SpecialURL(text, base: base, ascii: URLParts.ascii))
  }

  private static func web(_ text: String) throws -> SpecialURL { try SpecialURL(text, ascii: ascii) }

  /// Makes ASCII of an international domain.
  static func ascii(_ domain: String) -> String? { try? InternationalName.ascii(domain) }

  /// The scheme that a text begins with as the web reads it: white space before it and line ends inside do not count.
  private static func scheme(of text: String) -> String? {
    let bytes = text.utf8.drop { $0 <= 0x20 }.filter { $0 != 9 && $0 != 10 && $0 != 13 }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
    let scheme = String(decoding: bytes[..<colon], as: UTF8.self)
    let isScheme = scheme.utf8.allSatisfy {
      ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || ($0 >= 0x30 && $0 <= 0x39) || [0x2B, 0x2D, 0x2E].contains($0)
    }
    return isScheme && (scheme.utf8.first ?? 0) >= 0x41 ? scheme : nil
  }

  var text: String {
    switch self {
    case .web(let url): url.description
    case .generic(let url): url.text
    }
  }

  /// The URL as a value, or as text where it holds what our own URLs refuse, such as a `%` alone.
  var value: Value {
    if case .generic(let url) = self { return .url(url) }
    return (try? URL(text)).map { .url($0) } ?? .string(text)
  }

  /// The parts as `url parse` gives and `url build` takes them.
  var record: Record {
    switch self {
    case .web(let url):
      let segments = url.segments.map { Value.string(URLParts.decoded($0)) }
      return Record([
        "url": .string(text), "scheme": .string(url.scheme), "username": URLParts.part(url.username),
        "password": URLParts.part(url.password), "host": .string(url.host), "port": .int(Int(url.effectivePort)),
        "path": .string(url.path), "segments": .list(segments), "query": url.query.map { .string($0) } ?? .null,
        "parameters": URLParts.parameters(url.query), "fragment": url.fragment.map { .string($0) } ?? .null,
        "origin": .string(url.origin), "rules": .string("WHATWG"),
      ])
    case .generic(let url):
      let userinfo = url.userinfo?.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false) ?? []
      let segments = url.path.split(separator: "/", omittingEmptySubsequences: false)
      return Record([
        "url": .string(text), "scheme": .string(url.scheme),
        "username": URLParts.part(userinfo.first.map(String.init) ?? ""),
        "password": URLParts.part(userinfo.count > 1 ? String(userinfo[1]) : ""),
        "host": url.host.isEmpty ? .null : .string(url.host), "port": url.effectivePort.map { .int(Int($0)) } ?? .null,
        "path": .string(url.path),
        "segments": .list(segments.drop { $0.isEmpty }.map { .string(URLParts.decoded(String($0))) }),
        "query": url.query.map { .string($0) } ?? .null, "parameters": URLParts.parameters(url.query),
        "fragment": url.fragment.map { .string($0) } ?? .null, "origin": .null, "rules": .string("RFC 3986"),
      ])
    }
  }

  private static func part(_ text: String) -> Value { text.isEmpty ? .null : .string(decoded(text)) }

  private static func decoded(_ text: String) -> String {
    String(decoding: PercentEncodeSet.decode(text.utf8), as: UTF8.self)
  }

  /// The pairs of a query as a record; a name that comes more than once has a list.
  static func parameters(_ query: String?) -> Value {
    var fields: [(String, Value)] = []
    var places: [String: Int] = [:]
    for (name, value) in FormPairs.decode(query ?? "") {
      guard let place = places[name] else {
        places[name] = fields.count
        fields.append((name, .string(value)))
        continue
      }
      if case .list(var values) = fields[place].1 {
        values.append(.string(value))
        fields[place].1 = .list(values)
      } else {
        fields[place].1 = .list([fields[place].1, .string(value)])
      }
    }
    return .record(Record(pairs: fields))
  }
}
