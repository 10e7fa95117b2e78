import Net

/// The file `.netrc` of names and passwords by host, as ftp(1) and curl read it.
public struct Netrc: Sendable {
  private struct Entry: Sendable {
    /// nil for `default`.
    let machine: String?
    var login: String?
    var password: String?
  }
  private var entries: [Entry] = []

  /// Reads the file's text; what it does not know it passes over.
  ///
  ///     netrc = *( "machine" name *attribute / "default" *attribute / "macdef" name LF *line LF )
  ///     attribute = ( "login" / "password" / "account" ) token
  public init(_ text: String) {
    var tokens = NetrcTokens(text)
    while let token = tokens.next() {
      switch token {
      case "machine": entries.append(Entry(machine: tokens.next() ?? ""))
      case "default": entries.append(Entry(machine: nil))
      case "login": if let value = tokens.next(), !entries.isEmpty { entries[entries.count - 1].login = value }
      case "password": if let value = tokens.next(), !entries.isEmpty { entries[entries.count - 1].password = value }
      case "account": _ = tokens.next()
      case "macdef": tokens.skipMacro()
      default: continue
      }
    }
  }

  /// Gives who to be on a host: of the first entry with its name, else of `default`; with a login only that of the same name.
  public func credentials(for host: String, login: String? = nil) -> HTTPCredentials? {
    let found = entries.first { entry in
      let isHost = entry.machine.map { ASCII.same($0, host) } ?? true
      return isHost && (login == nil || entry.login == login)
    }
    guard let found, found.login != nil || found.password != nil else { return nil }
    return .basic(user: found.login ?? login ?? "", password: found.password ?? "")
  }
}

/// The words of a `.netrc`: separated by white space, some in double quotes, with `#` beginning a comment.
private struct NetrcTokens {
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) { rest = Substring(text).unicodeScalars }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
  }

  mutating func next() -> String? {
    while let first = rest.first {
      if Self.isSpace(first) {
        rest = rest.dropFirst()
      } else if first == "#" {
        rest = rest.drop { $0 != "\n" }
      } else {
        return first == "\"" ? quoted() : bare()
      }
    }
    return nil
  }

  private mutating func bare() -> String {
    let word = rest.prefix { !Self.isSpace($0) }
    rest = rest[word.endIndex...]
    return String(word)
  }

  private mutating func quoted() -> String {
    rest = rest.dropFirst()
    var word = String.UnicodeScalarView()
    while let scalar = rest.popFirst(), scalar != "\"" {
      guard scalar == "\\", let escaped = rest.popFirst() else {
        word.append(scalar)
        continue
      }
      word.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped == "r" ? "\r" : escaped)
    }
    return String(word)
  }

  /// A macro ends at an empty line.
  mutating func skipMacro() {
    var line = 0
    while let scalar = rest.popFirst() {
      line = scalar == "\n" ? line + 1 : scalar == "\r" ? line : 0
      if line == 2 { return }
    }
  }
}
