import Net

/// A raw socket of the machine, which sends and hears packets of one protocol over IP (raw(7)).
public struct RawSocket: Sendable, Hashable {
  public let local: Address
  public let remote: Address
  public let transport: IPProtocol
  /// By the numbers of TCP's states: 1 connected, 7 not.
  public let state: UInt8
  public let receiveQueue: UInt32
  public let sendQueue: UInt32
  public let user: UInt32
  public let inode: UInt32

  /// The answer of sock_diag(7), where the port of the socket is the number of its protocol.
  public init(_ message: InternetSocketMessage) {
    local = message.local
    remote = message.remote
    transport = IPProtocol(rawValue: UInt8(truncatingIfNeeded: message.localPort))
    state = message.state
    receiveQueue = message.receiveQueue
    sendQueue = message.sendQueue
    user = message.user
    inode = message.inode
  }

  /// Reads a line of /proc/net/raw or raw6 (proc(5)); nil for the heading and for what is no such line.
  ///
  /// line = slot ":" local remote state queues timer retransmits user timeout inode ; local = address ":" protocol
  public init?(line: some StringProtocol) {
    let words = line.split { $0 == " " }
    guard words.count >= 10, words[0].hasSuffix(":"), let (local, transport) = Self.place(words[1]),
      let (remote, _) = Self.place(words[2]), let state = UInt8(words[3], radix: 16),
      let user = UInt32(words[7]), let inode = UInt32(words[9])
    else { return nil }
    let queues = words[4].split(separator: ":").map { UInt32($0, radix: 16) }
    guard queues.count == 2, let unsent = queues[0], let unread = queues[1] else { return nil }
    self.local = local
    self.remote = remote
    self.transport = IPProtocol(rawValue: UInt8(truncatingIfNeeded: transport))
    self.state = state
    self.user = user
    self.inode = inode
    receiveQueue = unread
    sendQueue = unsent
  }

  /// Reads `0100007F:0001`, where each eight digits are four bytes of the address in the machine's own order.
  private static func place(_ text: some StringProtocol) -> (Address, UInt16)? {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let port = UInt16(parts[1], radix: 16) else { return nil }
    let digits = Array(parts[0].utf8)
    guard digits.count == 8 || digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 8) {
      guard let word = UInt32(String(decoding: digits[start..<(start + 8)], as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(native: word)
    }
    return Address(bytes: bytes).map { ($0, port) }
  }
}
