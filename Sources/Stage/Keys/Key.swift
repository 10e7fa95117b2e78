/// A key as a terminal sends it.
public enum Key: Sendable, Equatable, Hashable {
  case character(Unicode.Scalar)
  case enter, backspace, escape, left, right, up, down, pageUp, pageDown, home, end, f5
  /// A sequence of bytes that stands for nothing here.
  case unknown
}

/// The reading of keys from bytes, one at a time (ECMA-48 §5.4 for the control sequences, xterm's and Linux's for the keys).
public struct KeyDecoder: Sendable {
  /// What of one key has come so far.
  private var pending: [UInt8] = []

  private static let longest = 24

  public init() {}

  /// Whether the beginning of a key has come: its rest follows at once, or Escape alone was pressed.
  public var isInside: Bool { !pending.isEmpty }

  /// Takes a byte; gives a key if it completes one.
  public mutating func add(_ byte: UInt8) -> Key? {
    pending.append(byte)
    guard let key = Self.key(of: pending) else {
      guard pending.count >= Self.longest else { return nil }
      pending = []
      return .unknown
    }
    pending = []
    return key
  }

  /// Gives what has come when nothing follows it.
  public mutating func end() -> Key? {
    guard !pending.isEmpty else { return nil }
    defer { pending = [] }
    return pending == [0x1B] ? .escape : .unknown
  }

  /// Gives the key of some bytes; nil if more belong to it.
  private static func key(of bytes: [UInt8]) -> Key? {
    switch bytes[0] {
    case 0x1B: return keyAfterEscape(bytes.dropFirst())
    case 0x0A, 0x0D: return .enter
    case 0x08, 0x7F: return .backspace
    case 0x00..<0x80: return .character(Unicode.Scalar(bytes[0]))
    case 0xC2..<0xF5:
      let length = bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4
      guard bytes.count == length else { return nil }
      let text = String(validating: bytes, as: UTF8.self)
      return text?.unicodeScalars.first.map { .character($0) } ?? .unknown
    default: return .unknown
    }
  }

  private static func keyAfterEscape(_ bytes: ArraySlice<UInt8>) -> Key? {
    switch bytes.first {
    case nil: return nil
    case UInt8(ascii: "O"):
      guard bytes.count == 2, let last = bytes.last else { return nil }
      return byLetter[last] ?? .unknown
    case UInt8(ascii: "["):
      guard bytes.count > 1, let last = bytes.last else { return nil }
      // The console of Linux has a second bracket before the letter of a function key.
      if bytes.count == 2, last == UInt8(ascii: "[") { return nil }
      if bytes.dropFirst().first == UInt8(ascii: "[") { return last == UInt8(ascii: "E") ? .f5 : .unknown }
      guard (0x40...0x7E).contains(last) else { return nil }
      guard last == UInt8(ascii: "~") else { return byLetter[last] ?? .unknown }
      let number = bytes.dropFirst().prefix { (0x30...0x39).contains($0) }
      return byNumber[String(decoding: number, as: UTF8.self)] ?? .unknown
    default: return .unknown
    }
  }

  private static let byLetter: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "M"): .enter,
  ]

  private static let byNumber: [String: Key] = [
    "1": .home, "7": .home, "4": .end, "8": .end, "5": .pageUp, "6": .pageDown, "15": .f5,
  ]
}
