import Net

/// The server's side of one conversation by SMTP (RFC 5321) without I/O: a line comes, a reply goes.
public struct SMTPDialogue {
  /// A message that was taken.
  public struct Mail: Sendable {
    public var from: [UInt8]
    public var to: [[UInt8]]
    /// Header and body as they came, the dots of transparency taken away.
    public var data: [UInt8]
  }

  /// What a line leads to.
  public struct Turn {
    /// Lines to be sent, without their ends.
    public var reply: [String] = []
    /// A message that is complete now.
    public var mail: Mail?
    /// The client's handshake of TLS follows the reply (RFC 3207 §4).
    public var startsTLS = false
    public var isLast = false
  }

  /// RFC 5321 §4.5.3.1: a command has 512 bytes, a line of text 1,000, a message 100 recipients.
  public static let lineLimit = 1_000
  private static let recipientLimit = 100
  public static let sizeLimit = 1 << 20
  /// What everybody's password is.
  public static let password = "lab"

  private let name: String
  /// Whether TLS can be had and is not there yet.
  private var offersTLS: Bool
  private var isProtected = false
  private var login = SMTPLogin(password: SMTPDialogue.password)
  private var hasSaidHello = false
  private var from: [UInt8]?
  private var to: [[UInt8]] = []
  /// The message that is coming; nil outside of DATA.
  private var data: [UInt8]?
  private var isTooLarge = false

  /// - Parameter offersTLS: whether STARTTLS can be carried out.
  public init(name: String, offersTLS: Bool = false) {
    self.name = name
    self.offersTLS = offersTLS
  }

  /// Goes on behind TLS: all that was said before is forgotten, since anybody could have said it (RFC 3207 §4.2).
  public mutating func protect() {
    self = SMTPDialogue(name: name)
    isProtected = true
  }

  /// What is said first (RFC 5321 §3.1).
  public var greeting: String { "220 \(name) ESMTP nsh" }

  /// Takes a line without its end.
  public mutating func take(_ line: [UInt8]) -> Turn {
    if login.isAwaited { return login.take(line) }
    return data == nil ? takeCommand(line) : takeText(line)
  }

  private mutating func takeCommand(_ line: [UInt8]) -> Turn {
    guard line.count <= 512 else { return Turn(reply: ["500 line too long"]) }
    let verb = String(decoding: line.prefix { $0 != ASCII.space }, as: UTF8.self).uppercased()
    let rest = Array(line.dropFirst(verb.utf8.count).drop { $0 == ASCII.space })
    switch verb {
    case "HELO", "EHLO": return hello(rest, isExtended: verb == "EHLO")
    case "MAIL": return mail(rest)
    case "RCPT": return recipient(rest)
    case "DATA": return startData()
    case "RSET":
      forget()
      return Turn(reply: ["250 forgotten"])
    case "NOOP": return Turn(reply: ["250 done"])
    // RFC 5321 §3.5.3: who does not tell says so, and takes the mail.
    case "VRFY": return Turn(reply: ["252 cannot verify, but will take mail for that user"])
    case "STARTTLS": return startTLS(rest)
    case "AUTH": return authenticate(rest)
    case "QUIT": return Turn(reply: ["221 \(name) goes"], isLast: true)
    default: return Turn(reply: ["500 unknown command"])
    }
  }

  private mutating func hello(_ client: [UInt8], isExtended: Bool) -> Turn {
    guard !client.isEmpty else { return Turn(reply: ["501 who are you?"]) }
    forget()
    hasSaidHello = true
    guard isExtended else { return Turn(reply: ["250 \(name)"]) }
    // RFC 2920 (PIPELINING), RFC 6152 (8BITMIME), RFC 3207 (STARTTLS), RFC 4954 (AUTH), RFC 1870 (SIZE).
    var words = [name, "PIPELINING", "8BITMIME"]
    if offersTLS { words.append("STARTTLS") }
    if isProtected { words.append("AUTH PLAIN") }
    return Turn(reply: words.map { "250-\($0)" } + ["250 SIZE \(SMTPDialogue.sizeLimit)"])
  }

  private func startTLS(_ rest: [UInt8]) -> Turn {
    guard rest.isEmpty else { return Turn(reply: ["501 STARTTLS stands alone"]) }
    guard !isProtected else { return Turn(reply: ["503 TLS protects this connection already"]) }
    guard offersTLS else { return Turn(reply: ["502 TLS is not to be had"]) }
    return Turn(reply: ["220 begin"], startsTLS: true)
  }

  private mutating func authenticate(_ rest: [UInt8]) -> Turn {
    // A password that everybody on the way can read is not taken (RFC 4954 §6).
    guard isProtected else { return Turn(reply: ["538 STARTTLS comes first"]) }
    guard hasSaidHello, from == nil else { return Turn(reply: ["503 not now"]) }
    return login.begin(rest)
  }

  private mutating func mail(_ rest: [UInt8]) -> Turn {
    guard hasSaidHello else { return Turn(reply: ["503 say EHLO first"]) }
    guard from == nil else { return Turn(reply: ["503 one sender is enough"]) }
    // RFC 1870 §6.1: a size that is declared and too large is refused before the message comes.
    guard SMTPDialogue.declaredSize(rest) <= SMTPDialogue.sizeLimit else {
      return Turn(reply: ["552 message too large"])
    }
    guard let path = SMTPDialogue.path(rest, after: "FROM:") else { return Turn(reply: ["501 MAIL FROM:<address>"]) }
    from = path
    return Turn(reply: ["250 sender taken"])
  }

  private mutating func recipient(_ rest: [UInt8]) -> Turn {
    guard from != nil else { return Turn(reply: ["503 MAIL comes first"]) }
    guard let path = SMTPDialogue.path(rest, after: "TO:"), !path.isEmpty else {
      return Turn(reply: ["501 RCPT TO:<address>"])
    }
    // RFC 5321 §4.5.3.1.10.
    guard to.count < SMTPDialogue.recipientLimit else { return Turn(reply: ["452 too many recipients"]) }
    to.append(path)
    return Turn(reply: ["250 recipient taken"])
  }

  private mutating func startData() -> Turn {
    guard !to.isEmpty else { return Turn(reply: ["503 RCPT comes first"]) }
    data = []
    return Turn(reply: ["354 go on, and end with a line of one dot"])
  }

  /// Takes a line of the message; a dot at its beginning is one too many (RFC 5321 §4.5.2).
  private mutating func takeText(_ line: [UInt8]) -> Turn {
    guard line != [UInt8(ascii: ".")] else { return endData() }
    let line = line.first == UInt8(ascii: ".") ? line.dropFirst() : line[...]
    if (data?.count ?? 0) + line.count + 2 > SMTPDialogue.sizeLimit { isTooLarge = true }
    if !isTooLarge { data?.append(contentsOf: line + [ASCII.cr, ASCII.lf]) }
    return Turn()
  }

  private mutating func endData() -> Turn {
    defer { forget() }
    guard !isTooLarge else { return Turn(reply: ["552 message too large"]) }
    return Turn(reply: ["250 taken"], mail: Mail(from: from ?? [], to: to, data: data ?? []))
  }

  private mutating func forget() {
    from = nil
    to = []
    data = nil
    isTooLarge = false
  }

  /// The number of `SIZE=` behind the address; 0 where there is none.
  private static func declaredSize(_ text: [UInt8]) -> Int {
    let words = text.split(separator: ASCII.space).map { String(decoding: $0, as: UTF8.self).uppercased() }
    guard let word = words.first(where: { $0.hasPrefix("SIZE=") }) else { return 0 }
    return Int(word.dropFirst(5)) ?? Int.max
  }

  /// Takes the address out of `FROM:<a@b> SIZE=3`; the space that some put before it is let pass.
  private static func path(_ text: [UInt8], after word: String) -> [UInt8]? {
    guard String(decoding: text.prefix(word.utf8.count), as: UTF8.self).uppercased() == word else { return nil }
    let rest = text.dropFirst(word.utf8.count).drop { $0 == ASCII.space }
    guard rest.first == UInt8(ascii: "<"), let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
    let path = Array(rest[(rest.startIndex + 1)..<end])
    return path.count <= 256 ? path : nil
  }
}
