/// The second word of a message's header (RFC 1035 §4.1.1, RFC 4035 §3.1.6 and §3.2): what the message is and how it went.
public struct MessageFlags: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  public init() { rawValue = 0 }

  /// QR: it answers.
  public var isResponse: Bool {
    get { self[15] }
    set { self[15] = newValue }
  }
  /// AA: from a server that has the zone.
  public var isAuthoritative: Bool {
    get { self[10] }
    set { self[10] = newValue }
  }
  /// TC: cut to what the transport takes.
  public var isTruncated: Bool {
    get { self[9] }
    set { self[9] = newValue }
  }
  /// RD: the asker wants the server to follow.
  public var recursionDesired: Bool {
    get { self[8] }
    set { self[8] = newValue }
  }
  /// RA: the server follows for those who ask.
  public var recursionAvailable: Bool {
    get { self[7] }
    set { self[7] = newValue }
  }
  /// AD: the server holds the data to be authentic.
  public var isAuthenticated: Bool {
    get { self[5] }
    set { self[5] = newValue }
  }
  /// CD: the asker checks signatures itself.
  public var checkingDisabled: Bool {
    get { self[4] }
    set { self[4] = newValue }
  }

  public var opcode: Opcode {
    get { Opcode(rawValue: UInt8(truncatingIfNeeded: rawValue >> 11 & 0xF)) }
    set { rawValue = rawValue & ~0x7800 | UInt16(newValue.rawValue) << 11 }
  }

  /// The lower four bits of the response code; EDNS has the upper eight.
  var responseBits: UInt16 {
    get { rawValue & 0xF }
    set { rawValue = rawValue & ~0xF | newValue & 0xF }
  }

  /// The names of the bits that are set, as dig prints them.
  public var names: [String] {
    [
      ("qr", isResponse), ("aa", isAuthoritative), ("tc", isTruncated), ("rd", recursionDesired),
      ("ra", recursionAvailable), ("ad", isAuthenticated), ("cd", checkingDisabled),
    ].filter(\.1).map(\.0)
  }

  private subscript(bit: UInt16) -> Bool {
    get { rawValue >> bit & 1 == 1 }
    set { rawValue = newValue ? rawValue | 1 << bit : rawValue & ~(1 << bit) }
  }
}
