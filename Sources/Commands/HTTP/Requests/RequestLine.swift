import Clients
import Coding
import Interpreter
import Net
import Wire

/// A request being put together from options and items.
struct RequestLine {
  var call: HTTPCall
  /// What the items say of the body.
  private(set) var fields: [RequestItem.Field] = []

  /// Errors: `bad-idn`, where the host has letters that no name has.
  init(method: String, url: URL) throws { call = HTTPCall(method, try url.withHostInASCII()) }

  /// Takes HTTPie's items in their order.
  mutating func add(items: [String]) throws {
    var pairs: [(name: String, value: String)] = []
    for text in items {
      switch try RequestItem(text) {
      case .header(let name, let value): add(header: name, value)
      case .query(let name, let value): pairs.append((name, value))
      case .field(let field): fields.append(field)
      }
    }
    call.url = try HTTPForm.adding(pairs, to: call.url)
  }

  /// Takes fields: texts of the form `Name: value`, and records.
  mutating func add(headers: [Value]) throws {
    for header in headers.flatMap(Self.spread) {
      guard case .record(let record) = header else {
        let text = try String.convert(header)
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
          throw ValueError("bad-argument", "a field is `Name: value`", layer: .command)
        }
        let value = text[text.utf8.index(after: colon)...]
        // White space around a value is not part of it (RFC 9110 §5.5); a line break is, and is refused where it is written.
        let bytes = ASCII.trimmed(Array(value.utf8)[...])
        let name = String(text[..<colon])
        add(header: name, bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self))
        continue
      }
      for (name, value) in record.pairs where value.isNull { add(header: name, nil) }
      let given = Record(pairs: record.pairs.filter { !$0.value.isNull }.map { ($0.name, $0.value) })
      for field in try HTTPRecords.fields(given) { call.headers.append(field) }
    }
  }

  /// Adds a field, or without a value leaves out what the client would add.
  private mutating func add(header name: String, _ value: String?) {
    if let value { call.headers.append(name, value) } else { call.omitted.insert(name.lowercased()) }
  }

  /// Takes pairs for the query.
  mutating func add(query: [Value]) throws {
    call.url = try HTTPForm.adding(query.flatMap(Self.spread).flatMap { try Self.pairs($0, "query") }, to: call.url)
  }

  /// Takes cookies.
  mutating func add(cookies: [Value]) throws {
    let crumbs = try cookies.flatMap(Self.spread).map { cookie in
      guard case .record = cookie else { return try String.convert(cookie) }
      return try Self.pairs(cookie, "cookie").map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
    }
    if !crumbs.isEmpty { call.cookies = crumbs.joined(separator: "; ") }
  }

  mutating func authenticate(user: String?, bearer: String?) throws {
    guard user == nil || bearer == nil else {
      throw ValueError("bad-argument", "`--user` and `--bearer` are two ways to say who asks", layer: .command)
    }
    if let user { call.credentials = HTTPCredentials(userAndPassword: user) }
    if let bearer { call.credentials = .bearer(bearer) }
  }

  /// Says which content codings can be undone here (RFC 9110 §12.5.3).
  mutating func askForCompression() {
    call.acceptedCodings = ContentCoding.accepted
  }

  /// Takes the body that is given, at most one.
  mutating func setBody(_ body: RequestBody, _ machine: Machine) throws {
    try body.apply(to: &call, fields, machine)
  }

  /// A list stands for its items.
  private static func spread(_ value: Value) -> [Value] {
    if case .list(let list) = value { list.items } else { [value] }
  }

  /// Reads pairs: a record's, of which a list stands for a name that comes more than once, or a text `name=value`.
  static func pairs(_ value: Value, _ what: String) throws -> [(name: String, value: String)] {
    guard case .record(let record) = value else {
      let text = try String.convert(value)
      let mark = text.utf8.firstIndex(of: UInt8(ascii: "=")) ?? text.endIndex
      return [(String(text[..<mark]), String(text[mark...].dropFirst()))]
    }
    return try record.pairs.flatMap { name, value -> [(name: String, value: String)] in
      try spread(value).filter { !$0.isNull }.map { item in
        guard let text = item.scalarText else {
          throw ValueError(
            "wrong-type", "`\(name)` of the \(what) is \(item.described), and text is wanted", layer: .http)
        }
        return (name, text)
      }
    }
  }
}
