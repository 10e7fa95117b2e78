import Glibc
import Net
import System

/// An option of sockets: its name in C, where the kernel keeps it, what kind of value it has and what it is for.
public struct SocketOption: Sendable, Hashable {
  /// What the bytes of the value are.
  public enum Kind: String, Sendable {
    case flag, number, size, text, seconds, milliseconds, linger, credentials, family, type, protocolNumber
    /// struct timeval; zero is no limit.
    case time
    /// An errno, 0 for none; reading it takes it away.
    case error
  }

  public let name: String
  public let level: Int32
  public let number: Int32
  public let kind: Kind
  public let isSettable: Bool
  public let sentence: String

  /// The levels of getsockopt(2), as the kernel numbers them: SOL_SOCKET and the numbers of the protocols.
  enum Level: Int32 {
    case ip = 0
    case socket = 1
    case tcp = 6
    case ipv6 = 41
  }

  init(
    _ level: Level, _ name: String, _ number: Int32, _ kind: Kind, _ sentence: String, isSettable: Bool = true
  ) {
    self.name = name
    self.level = level.rawValue
    self.number = number
    self.kind = kind
    self.isSettable = isSettable
    self.sentence = sentence
  }

  /// A value as a command has it.
  public enum Setting: Sendable, Hashable {
    case flag(Bool)
    case number(Int)
    case size(Int)
    case text(String)
    /// nil where there is no limit, or no lingering.
    case span(TimeSpan?)
    case credentials(process: Int, user: Int, group: Int)
  }

  /// Gives the option of a name, whatever its case; `keepalive` finds SO_KEEPALIVE if no other ends so.
  public static func named(_ name: String) -> SocketOption? {
    let wanted = name.uppercased()
    if let exact = all.first(where: { $0.name == wanted }) { return exact }
    let ending = all.filter {
      $0.name.hasSuffix("_" + wanted) && $0.name.split(separator: "_").count == wanted.split(separator: "_").count + 1
    }
    return ending.count == 1 ? ending.first : nil
  }

  // MARK: Bytes

  /// Reads the kernel's bytes; nil for fewer than the value has.
  public func setting(_ bytes: [UInt8]) -> Setting? {
    switch kind {
    case .text: return .text(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
    case .linger:
      guard let isOn = Self.integer(bytes, at: 0), let seconds = Self.integer(bytes, at: 4) else { return nil }
      return .span(isOn == 0 ? nil : TimeSpan(seconds: Int64(seconds)))
    case .time:
      guard let seconds = Self.long(bytes, at: 0), let micros = Self.long(bytes, at: 8) else { return nil }
      guard seconds != 0 || micros != 0 else { return .span(nil) }
      return .span(TimeSpan(seconds: seconds)?.adding(TimeSpan(nanoseconds: micros &* 1000)))
    case .credentials:
      guard let process = Self.integer(bytes, at: 0), let user = Self.integer(bytes, at: 4),
        let group = Self.integer(bytes, at: 8), user != -1
      else { return nil }
      return .credentials(process: Int(process), user: Int(user), group: Int(group))
    default: break
    }
    // Some options of IP are one byte where the room is one byte, and never here; an empty value is none.
    guard let number = Self.integer(bytes, at: 0) ?? bytes.first.map({ Int32($0) }) else { return nil }
    switch kind {
    case .flag: return .flag(number != 0)
    case .size: return .size(Int(number))
    case .seconds: return .span(number <= 0 ? nil : TimeSpan(seconds: Int64(number)))
    case .milliseconds: return .span(number <= 0 ? nil : TimeSpan(nanoseconds: Int64(number) * 1_000_000))
    case .family: return .text(Self.name(number, [1: "AF_UNIX", 2: "AF_INET", 10: "AF_INET6"]))
    case .type:
      return .text(Self.name(number, [1: "SOCK_STREAM", 2: "SOCK_DGRAM", 3: "SOCK_RAW", 5: "SOCK_SEQPACKET"]))
    case .protocolNumber:
      return .text(
        Self.name(number, [0: "0", 1: "IPPROTO_ICMP", 6: "IPPROTO_TCP", 17: "IPPROTO_UDP", 58: "IPPROTO_ICMPV6"]))
    case .error:
      return .text(number == 0 ? "" : SystemCallError(call: "getsockopt", errno: number).code)
    default: return .number(Int(number))
    }
  }

  /// Makes the kernel's bytes; nil for a value of another kind or out of range.
  public func bytes(_ setting: Setting) -> [UInt8]? {
    switch (kind, setting) {
    case (.flag, .flag(let isOn)): return Self.bytes(isOn ? 1 : 0)
    case (.number, .number(let number)), (.size, .number(let number)), (.size, .size(let number)):
      return Int32(exactly: number).map { Self.bytes($0) }
    case (.text, .text(let text)): return Array(text.utf8)
    case (.seconds, .span(let span)): return Self.count(span, 1_000_000_000).map { Self.bytes($0) }
    case (.milliseconds, .span(let span)): return Self.count(span, 1_000_000).map { Self.bytes($0) }
    case (.linger, .span(nil)): return Self.bytes(0) + Self.bytes(0)
    case (.linger, .span(let span?)):
      return Self.count(span, 1_000_000_000).map { Self.bytes(1) + Self.bytes($0) }
    case (.time, .span(let span)):
      let nanoseconds = span?.nanoseconds ?? 0
      guard nanoseconds >= 0 else { return nil }
      return Self.bytes(long: nanoseconds / 1_000_000_000) + Self.bytes(long: nanoseconds % 1_000_000_000 / 1000)
    default: return nil
    }
  }

  /// Counts units in a span, rounded up; nil for a negative or too long one.
  private static func count(_ span: TimeSpan?, _ unit: Int64) -> Int32? {
    let nanoseconds = span?.nanoseconds ?? 0
    guard nanoseconds >= 0 else { return nil }
    return Int32(exactly: nanoseconds / unit + (nanoseconds % unit == 0 ? 0 : 1))
  }

  private static func integer(_ bytes: [UInt8], at offset: Int) -> Int32? {
    guard bytes.count >= offset + 4 else { return nil }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Int32.self) }
  }

  private static func long(_ bytes: [UInt8], at offset: Int) -> Int64? {
    guard bytes.count >= offset + 8 else { return nil }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Int64.self) }
  }

  private static func bytes(_ number: Int32) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }
  private static func bytes(long number: Int64) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }

  private static func name(_ number: Int32, _ names: [Int32: String]) -> String { names[number] ?? "\(number)" }
}
