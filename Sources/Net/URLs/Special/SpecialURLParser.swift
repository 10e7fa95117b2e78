/// The walk of the WHATWG's URL parser over a text (WHATWG URL §4.4), for its special schemes alone, of which none is `file`.
struct SpecialURLParser {
  private let ascii: ((String) -> String?)?
  /// What stands before `?` and `#`.
  private var rest: ArraySlice<UInt8>
  private var query: String?
  private var fragment: String?

  private var scheme = ""
  private var username = ""
  private var password = ""
  private var host = ""
  private var port: UInt16?
  private var segments: [String] = []

  /// Takes white space off, and the query and the fragment apart.
  init(_ text: String, ascii: ((String) -> String?)?) {
    self.ascii = ascii
    var bytes = Array(text.utf8)[...]
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    bytes = bytes.drop { $0 <= 0x20 }
    rest = bytes.filter { $0 != ASCII.tab && $0 != ASCII.lf && $0 != ASCII.cr }[...]
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      fragment = PercentEncodeSet.fragment.encode(rest[(hash + 1)...])
      rest = rest[..<hash]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = PercentEncodeSet.specialQuery.encode(rest[(mark + 1)...])
      rest = rest[..<mark]
    }
  }

  mutating func parse(_ base: SpecialURL?) throws(URLError) -> SpecialURL {
    if let own = takeScheme() {
      guard SpecialURL.isSpecial(own) else { throw .notSpecial(own) }
      scheme = own
      // “Special relative or authority state”: `http:x` at a base of http is a reference like any other.
      if let base, base.scheme == own, !rest.starts(with: "//".utf8) {
        try relative(to: base)
      } else {
        try authorityAndPath()
      }
    } else {
      guard let base else { throw .noScheme }
      scheme = base.scheme
      try relative(to: base)
    }
    return SpecialURL(
      scheme: scheme, username: username, password: password, host: host, port: port, segments: segments, query: query,
      fragment: fragment)
  }

  /// Takes `scheme:` off the start, if it begins so.
  private mutating func takeScheme() -> String? {
    guard let colon = rest.firstIndex(of: ASCII.colon), URLReference.isScheme(rest[..<colon]) else { return nil }
    let scheme = String(decoding: rest[..<colon], as: UTF8.self).lowercased()
    rest = rest[(colon + 1)...]
    return scheme
  }

  private static func isSlash(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "/") || byte == ASCII.backslash }

  /// The states “relative” and “relative slash”.
  private mutating func relative(to base: SpecialURL) throws(URLError) {
    if Self.isSlash(rest.first), Self.isSlash(rest.dropFirst().first) { return try authorityAndPath() }
    (username, password, host, port) = (base.username, base.password, base.host, base.port)
    if Self.isSlash(rest.first) { return path() }
    guard !rest.isEmpty else {
      segments = base.segments
      query = query ?? base.query
      return
    }
    segments = base.segments.dropLast()
    addSegments()
  }

  /// The states from “special authority ignore slashes” to “path start”: any number of slashes, authority, path.
  private mutating func authorityAndPath() throws(URLError) {
    rest = rest.drop { Self.isSlash($0) }
    let end = rest.firstIndex { Self.isSlash($0) } ?? rest.endIndex
    try authority(rest[..<end])
    rest = rest[end...]
    path()
  }

  /// The states “authority”, “host” and “port”: the last `@` ends the credentials, the first colon outside of brackets the host.
  private mutating func authority(_ authority: ArraySlice<UInt8>) throws(URLError) {
    var name = authority
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      let credentials = authority[..<at]
      let user = credentials.prefix { $0 != ASCII.colon }
      username = PercentEncodeSet.userinfo.encode(user)
      password = PercentEncodeSet.userinfo.encode(credentials.dropFirst(user.count + 1))
      name = authority[(at + 1)...]
    }
    var isInBrackets = false
    var colon = name.endIndex
    for index in name.indices {
      if name[index] == UInt8(ascii: "[") { isInBrackets = true }
      if name[index] == UInt8(ascii: "]") { isInBrackets = false }
      if name[index] == ASCII.colon, !isInBrackets {
        colon = index
        break
      }
    }
    guard colon > name.startIndex else { throw .noHost(scheme: scheme) }
    host = try SpecialHost.parse(Array(name[..<colon]), ascii: ascii)
    try readPort(name[colon...].dropFirst())
  }

  private mutating func readPort(_ digits: ArraySlice<UInt8>) throws(URLError) {
    guard !digits.isEmpty else { return }
    let text = String(decoding: digits, as: UTF8.self)
    guard digits.allSatisfy(\.isDigit) else { throw .badPort(text) }
    guard let number = UInt16(text) else { throw .portOutOfRange(text) }
    port = number == SpecialURL.ports[scheme] ? nil : number
  }

  /// The state “path start”: one slash is the path's own.
  private mutating func path() {
    if Self.isSlash(rest.first) { rest = rest.dropFirst() }
    addSegments()
  }

  /// The state “path”: segments between slashes of both kinds; `.` and `..`, encoded or not, are followed at once.
  private mutating func addSegments() {
    let pieces = rest.split(omittingEmptySubsequences: false, whereSeparator: { Self.isSlash($0) })
    for (index, piece) in pieces.enumerated() {
      let isLast = index == pieces.count - 1
      switch Self.dots(piece) {
      case 1: if isLast { segments.append("") }
      case 2:
        _ = segments.popLast()
        if isLast { segments.append("") }
      default: segments.append(PercentEncodeSet.path.encode(piece))
      }
    }
  }

  /// Counts the dots of a segment that has nothing else, at most two; `%2e` is one.
  private static func dots(_ piece: ArraySlice<UInt8>) -> Int {
    var rest = piece
    var count = 0
    while !rest.isEmpty, count < 3 {
      if rest.first == 0x2E {
        rest = rest.dropFirst()
      } else if rest.count >= 3, rest.prefix(3).elementsEqual("%2e".utf8, by: { $0.lowercased == $1 }) {
        rest = rest.dropFirst(3)
      } else {
        return 0
      }
      count += 1
    }
    return rest.isEmpty && count < 3 ? count : 0
  }
}
