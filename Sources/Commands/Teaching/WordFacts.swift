import Diagnostics
import Interpreter
import Net
import Wire

/// What is to be said of a text: a message of HTTP, a word of a protocol, the state of a socket, a name, or only its length.
enum WordFacts {
  static func of(_ text: String) throws -> [Fact] {
    guard text.utf8.count <= BytesFacts.limit else { return try long(text) }
    let bytes = Array(text.utf8)
    if BytesFacts.guess(bytes).form == .http { return try BytesFacts.of(bytes) }
    let known = StateFacts.of(text) + NumberFacts.references(to: text) + name(text)
    return known.isEmpty ? plain(text) : known
  }

  /// What is to be said of a text that is too long to be gone through.
  private static func long(_ text: String) throws -> [Fact] {
    let start = Array(text.utf8.prefix(BytesFacts.limit))
    let about = "\(text.utf8.count) bytes as UTF-8; the characters of so long a text are not counted"
    let whole = Fact("string", ScalarFacts.shortened(text), about, "RFC 3629 §3")
    guard BytesFacts.guess(start).form == .http else { return [whole] }
    return try [whole, Fact("looked at", "\(start.count) bytes", "the first of them")] + BytesFacts.of(start)
  }

  private static func plain(_ text: String) -> [Fact] {
    let facts = [
      Fact(
        "string", ScalarFacts.shortened(text),
        "\(text.unicodeScalars.count) characters of Unicode, \(text.utf8.count) bytes as UTF-8", "RFC 3629 §3")
    ]
    guard text.utf8.count <= 60, let table = try? RFCTables.references() else { return facts }
    let longer = table.near(text).prefix(5)
    let near = longer.isEmpty ? nearest(text, among: table.all.map(\.name) + TCPState.names).prefix(5) : longer
    var more = Fact(
      "meaning", near.isEmpty ? "none" : near.joined(separator: ", "),
      near.isEmpty ? "no table here has this word" : "perhaps one of these is meant", isReading: true)
    // Of a long list one word is enough to go on with.
    more.command = near.first.map { "explain \($0)" } ?? "rfc search '\(text.replacing("'", with: ""))'"
    return facts + [more]
  }

  /// What is to be said of a name of DNS with at least two labels.
  private static func name(_ text: String) -> [Fact] {
    guard text.contains("."), !text.contains(" "), let name = try? DomainName(text), let top = name.labels.last else {
      return []
    }
    let labels = name.labels.map { String(decoding: $0, as: UTF8.self) }
    var facts = [
      Fact("name", text, "\(labels.count) labels of at most 63 bytes, at most 255 in all", "RFC 1035 §2.3.4"),
      Fact(
        "labels", labels.joined(separator: " "), "the most special first; the root behind the last is empty",
        "RFC 1034 §3.1"),
    ]
    for label in labels where label.lowercased().hasPrefix("xn--") {
      facts.append(Fact("label", label, "letters beyond ASCII, written in ASCII", "RFC 5890 §2.3.2.1"))
    }
    if let (about, place) = special[String(decoding: top, as: UTF8.self).lowercased()] {
      facts.append(Fact("top", labels.last ?? "", about, place))
    }
    var asking = Fact("address", "not known yet", "a name server says it")
    asking.command = "dns \(name)"
    return facts + [asking]
  }

  /// RFC 6761 and what it names.
  private static let special: [String: (String, String)] = [
    "test": ("for tests; nobody has it in the public DNS", "RFC 6761 §6.2"),
    "example": ("for documents; nobody has it in the public DNS", "RFC 6761 §6.5"),
    "invalid": ("there never is such a name", "RFC 6761 §6.4"),
    "localhost": ("always this machine itself", "RFC 6761 §6.3"),
    "local": ("asked of the link by multicast, not of a server", "RFC 6762 §3"),
    "onion": ("a service of Tor, and not of DNS", "RFC 7686 §2"),
    "arpa": ("for the infrastructure: names of addresses", "RFC 3172 §2"),
  ]
}

extension DomainName {
  /// The labels without the root.
  fileprivate var labels: [[UInt8]] {
    var labels: [[UInt8]] = []
    var rest = wire[...]
    while let length = rest.popFirst(), length > 0 {
      labels.append(Array(rest.prefix(Int(length))))
      rest = rest.dropFirst(Int(length))
    }
    return labels
  }
}
