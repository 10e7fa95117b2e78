import Net

/// Where something that is seen on the wire is written down: a document and its section.
public struct RFCReference: Hashable, Sendable {
  /// What kind of thing it is, one of `kinds`.
  public let kind: String
  /// The kinds there are.
  public static let kinds = [
    "header", "status", "method", "coding", "auth-scheme", "cache-directive", "dns-type", "dns-rcode", "tls-alert",
    "tls-message", "tls-extension", "port", "field", "error",
  ]

  /// How it is written: `Content-Length`, `404`, `MX`, `handshake_failure`, `443`, `trailers`.
  public let name: String
  /// Other ways to ask for it: its number or its phrase.
  public let aliases: [String]
  /// The RFC; nil where another document rules it, or none that is known.
  public let rfc: Int?
  /// Its section; empty for the whole document.
  public let section: String
  /// What it says of it, in a few words.
  public let note: String

  /// `RFC 9110 §8.6`; empty without an RFC.
  public var place: String { rfc.map { "RFC \($0)" + (section.isEmpty ? "" : " §\(section)") } ?? "" }
}

/// The table of references that comes with the shell.
public struct RFCReferences: Sendable {
  public let all: [RFCReference]

  /// Reads lines of kind, name, aliases (with `;` between them), RFC, section and note between tabs; lines with `#` are passed over.
  public init(_ bytes: [UInt8]) {
    all = String(decoding: bytes, as: UTF8.self).utf8.split(separator: ASCII.lf).compactMap { line in
      let cells = line.split(separator: ASCII.tab, omittingEmptySubsequences: false).map { String(Substring($0)) }
      guard line.first != 0x23, cells.count == 6, cells[0] != "kind" else { return nil }
      return RFCReference(
        kind: cells[0], name: cells[1], aliases: cells[2].split(separator: ";").map(String.init), rfc: Int(cells[3]),
        section: cells[4], note: cells[5])
    }
  }

  /// Finds what is meant, whatever the case of its letters, and whether its words have `-`, `_` or spaces between them.
  ///
  /// A colon at the end, as behind the name of a header field, does not count.
  public func find(_ wanted: String) -> [RFCReference] {
    let key = Self.key(wanted)
    guard !key.isEmpty else { return [] }
    return all.filter { Self.key($0.name) == key || $0.aliases.contains { Self.key($0) == key } }
  }

  /// Gives names that begin like this one, then those that have it within, for a suggestion.
  public func near(_ wanted: String) -> [String] {
    let key = Self.key(wanted)
    guard key.utf8.count > 1 else { return [] }
    let names = all.flatMap { [$0.name] + $0.aliases }.filter { Self.key($0).contains(key) }
    return names.filter { Self.key($0).hasPrefix(key) } + names.filter { !Self.key($0).hasPrefix(key) }
  }

  private static func key(_ text: String) -> String {
    var key: [UInt8] = []
    for byte in text.utf8 where byte != ASCII.space && byte != 0x5F && byte != 0x2D { key.append(byte.lowercased) }
    while key.last == ASCII.colon { key.removeLast() }
    return String(decoding: key, as: UTF8.self)
  }
}
