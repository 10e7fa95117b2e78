import Net

/// The server's side of proving who one is by AUTH PLAIN (RFC 4954, RFC 4616), without I/O.
///
/// Everybody may be anybody whose password is the one of the server.
struct SMTPLogin {
  /// Where the proof stands.
  private enum Phase { case unknown, asked, known }

  /// So often may a proof be wrong.
  private static let patience = 3

  let password: [UInt8]
  private var phase = Phase.unknown
  private var failures = 0

  init(password: String) { self.password = Array(password.utf8) }

  /// Whether the next line is the proof that was asked for.
  var isAwaited: Bool { phase == .asked }

  /// Takes what stands behind `AUTH`, in upper case or lower.
  mutating func begin(_ words: [UInt8]) -> SMTPDialogue.Turn {
    guard phase != .known else { return SMTPDialogue.Turn(reply: ["503 you are known already"]) }
    let parts = words.split(separator: ASCII.space)
    guard let mechanism = parts.first, parts.count <= 2 else { return SMTPDialogue.Turn(reply: ["501 AUTH PLAIN"]) }
    guard String(decoding: mechanism, as: UTF8.self).uppercased() == "PLAIN" else {
      return SMTPDialogue.Turn(reply: ["504 there is PLAIN alone"])
    }
    guard parts.count == 2 else {
      phase = .asked
      // The empty challenge (RFC 4954 §4).
      return SMTPDialogue.Turn(reply: ["334 "])
    }
    // A lone `=` is an empty proof (RFC 4954 §4).
    return check(parts[1].elementsEqual([UInt8(ascii: "=")]) ? [] : Array(parts[1]))
  }

  /// Takes the line that was asked for.
  mutating func take(_ line: [UInt8]) -> SMTPDialogue.Turn {
    phase = .unknown
    guard line != [UInt8(ascii: "*")] else { return SMTPDialogue.Turn(reply: ["501 given up"]) }
    return check(line)
  }

  /// Reads `authorization NUL user NUL password` in base64 (RFC 4616 §2).
  private mutating func check(_ text: [UInt8]) -> SMTPDialogue.Turn {
    guard let proof = try? BaseEncoding.base64.decode(text) else {
      return SMTPDialogue.Turn(reply: ["501 that is no base64"])
    }
    let parts = proof.split(separator: 0, omittingEmptySubsequences: false)
    if parts.count == 3, !parts[1].isEmpty, parts[2].elementsEqual(password) {
      phase = .known
      return SMTPDialogue.Turn(reply: ["235 welcome"])
    }
    failures += 1
    guard failures < SMTPLogin.patience else {
      return SMTPDialogue.Turn(reply: ["421 that was wrong too often"], isLast: true)
    }
    return SMTPDialogue.Turn(reply: ["535 user or password are wrong"])
  }
}
