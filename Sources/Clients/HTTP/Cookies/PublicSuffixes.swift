import IDN
import System

/// The domains below which everybody may register names, such as `com` and `co.uk`: nobody sets cookies for all of those (RFC 6265 §5.3).
///
/// The list is Mozilla's, as Debian's package `publicsuffix` installs it (publicsuffix.org/list). Where there is none, only the customs of
/// registries are known: one label, and `co`, `com`, `ac` and the like below a country.
struct PublicSuffixes: Sendable {
  /// Rules as they stand, `co.uk`; of wildcards `*.ck` what is behind the star; exceptions `!www.ck` without their mark.
  private var rules: Set<String> = []
  private var wildcards: Set<String> = []
  private var exceptions: Set<String> = []

  /// Debian's place, and that of libpsl on other systems.
  private static let places = [
    "/usr/share/publicsuffix/public_suffix_list.dat", "/usr/share/libpsl/public_suffix_list.dat",
  ]

  /// What is installed, read when a cookie first wants to be for more than one host.
  static let installed: PublicSuffixes = {
    for place in places {
      if let bytes = try? FileText.read(place) { return PublicSuffixes(list: bytes) }
    }
    return PublicSuffixes()
  }()

  /// Knows no list.
  init() {}

  /// Reads a list: a rule a line, up to the first white space; `//` begins a comment.
  init(list: [UInt8]) {
    for line in list.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let rule = line.prefix { $0 > 0x20 }
      guard !rule.isEmpty, !rule.starts(with: "//".utf8) else { continue }
      let text = String(decoding: rule, as: UTF8.self)
      // Rules stand in the letters of people, names in those of DNS.
      guard let name = rule.allSatisfy({ $0 < 0x80 }) ? text.lowercased() : try? InternationalName.ascii(text) else {
        continue
      }
      if name.hasPrefix("!") {
        exceptions.insert(String(name.dropFirst()))
      } else if name.hasPrefix("*.") {
        wildcards.insert(String(name.dropFirst(2)))
      } else {
        rules.insert(name)
      }
    }
  }

  /// Tells whether a domain in lower case and ASCII is a public suffix itself; below it names belong to different owners.
  func contains(_ domain: String) -> Bool {
    let name = domain.hasSuffix(".") ? String(domain.dropLast()) : domain
    guard let dot = name.utf8.firstIndex(of: 0x2E) else { return true }
    let parent = String(name[name.utf8.index(after: dot)...])
    if exceptions.contains(name) { return false }
    if rules.contains(name) || wildcards.contains(parent) { return true }
    return rules.isEmpty && parent.utf8.count == 2 && Self.customary.contains(String(name[..<dot]))
  }

  private static let customary: Set<String> = [
    "ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "gv", "ltd", "mil", "ne", "net", "nom", "or", "org", "plc",
    "sch",
  ]
}
