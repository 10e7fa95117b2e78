/// A number of bytes that is written and shown as a size.
public struct ByteSize: Hashable, Sendable {
  public var bytes: Int64

  public init(bytes: Int64) { self.bytes = bytes }

  /// The units, largest first: decimal ones (SI) and binary ones (IEC 80000-13).
  private static let units: [(name: String, bytes: UInt64)] = [
    ("TiB", 1 << 40), ("TB", 1_000_000_000_000), ("GiB", 1 << 30), ("GB", 1_000_000_000), ("MiB", 1 << 20),
    ("MB", 1_000_000), ("KiB", 1 << 10), ("kB", 1000), ("KB", 1000), ("B", 1),
  ]

  /// The size for people, rounded to a tenth of the largest binary unit it reaches: `512 B`, `64 KiB`, `1.4 MiB`.
  public var approximate: String {
    let sign = bytes < 0 ? "-" : ""
    let magnitude = bytes.magnitude
    let binary = ByteSize.units.filter { $0.bytes.nonzeroBitCount == 1 }
    for (name, unit) in binary where unit > 1 {
      // What rounds up to a whole unit, such as 1023.97 KiB, is shown as that unit.
      let smallest = unit - (unit >> 10) / 20
      guard magnitude >= max(smallest, 1024) else { continue }
      let tenths = (magnitude % unit * 10 + unit / 2) / unit
      let whole = magnitude / unit + tenths / 10
      return tenths % 10 == 0 ? "\(sign)\(whole) \(name)" : "\(sign)\(whole).\(tenths % 10) \(name)"
    }
    return "\(bytes) B"
  }
}

extension ByteSize: Comparable {
  public static func < (left: ByteSize, right: ByteSize) -> Bool { left.bytes < right.bytes }
}

extension ByteSize: CustomStringConvertible {
  /// The exact literal: a whole number of the largest unit that gives one, such as `64KiB`, `10MB`, `1500B`.
  public var description: String {
    let magnitude = bytes.magnitude
    guard magnitude > 0, let unit = ByteSize.units.first(where: { magnitude % $0.bytes == 0 }) else {
      return "\(bytes)B"
    }
    return "\(bytes < 0 ? "-" : "")\(magnitude / unit.bytes)\(unit.name)"
  }
}

extension ByteSize {
  /// Parses `512B`, `64KiB`, `1.5MB`; nil for anything else and for what is no whole number of bytes or beyond 64 bits.
  @inlinable
  public init?(_ text: some StringProtocol) {
    guard let size = withBytes(of: text, ByteSize.parse) else { return nil }
    self = size
  }

  /// Says what is wrong with a word that is a number and the unit of a size, and no size; nil for other words.
  public static func fault(in text: String) -> String? {
    guard ByteSize(text) == nil, !text.hasPrefix("-") else { return nil }
    return withBytes(of: text) { bytes -> String? in
      var cursor = TextCursor(bytes)
      guard let number = DecimalNumber(&cursor) else { return nil }
      let rest = cursor.rest
      guard let unit = units.first(where: { $0.name.utf8.elementsEqual(rest) }) else { return nil }
      return number.isWhole(times: unit.bytes)
        ? "\(text) is too large: a size has at most \(Int64.max) bytes" : "\(text) is no whole number of bytes"
    }
  }

  /// size = ["-"] number ("B" / "kB" / "KB" / "MB" / "GB" / "TB" / "KiB" / "MiB" / "GiB" / "TiB")
  @usableFromInline
  static func parse(_ bytes: TextBytes) -> ByteSize? {
    var cursor = TextCursor(bytes)
    let isNegative = cursor.take("-")
    guard let number = DecimalNumber(&cursor) else { return nil }
    let rest = cursor.rest
    guard let unit = units.first(where: { $0.name.utf8.elementsEqual(rest) }) else { return nil }
    guard let magnitude = number.times(unit.bytes) else { return nil }
    return Int64(isNegative: isNegative, magnitude: magnitude).map { ByteSize(bytes: $0) }
  }
}
