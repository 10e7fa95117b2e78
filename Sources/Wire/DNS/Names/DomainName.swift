import Net

/// A domain name: its labels, each behind its length, as on the wire without compression, the root's empty label last
/// (RFC 1035 §3.1).
///
/// Names are equal without regard to the case of A to Z (RFC 4343 §3), and keep the case in which they came.
public struct DomainName: Sendable {
  /// 1 to 255 bytes.
  public let wire: [UInt8]

  public static let root = DomainName(unchecked: [0])
  static let maximumLength = 255
  static let maximumLabel = 63

  package init(unchecked wire: [UInt8]) { self.wire = wire }

  /// Makes a name from labels, outermost last; nil if one is empty or has more than 63 bytes, or the whole more than 255.
  public init?(labels: some Sequence<some Collection<UInt8>>) {
    var wire: [UInt8] = []
    for label in labels {
      guard !label.isEmpty, label.count <= DomainName.maximumLabel else { return nil }
      wire.append(UInt8(label.count))
      wire.append(contentsOf: label)
      guard wire.count < DomainName.maximumLength else { return nil }
    }
    wire.append(0)
    self.wire = wire
  }

  public var isRoot: Bool { wire.count == 1 }

  /// The labels without the root's, the leftmost first.
  public var labels: [ArraySlice<UInt8>] {
    var labels: [ArraySlice<UInt8>] = []
    var start = 0
    while start < wire.count, wire[start] > 0 {
      let end = start + 1 + Int(wire[start])
      labels.append(wire[(start + 1)..<end])
      start = end
    }
    return labels
  }

  public var labelCount: Int {
    var (count, start) = (0, 0)
    while start < wire.count, wire[start] > 0 {
      start += 1 + Int(wire[start])
      count += 1
    }
    return count
  }

  /// The name without its leftmost label; nil for the root.
  public var parent: DomainName? {
    guard !isRoot else { return nil }
    return DomainName(unchecked: Array(wire[(1 + Int(wire[0]))...]))
  }

  /// Whether the leftmost label is `*` (RFC 4592 §2.1.1).
  public var isWildcard: Bool { wire.count > 2 && wire[0] == 1 && wire[1] == UInt8(ascii: "*") }

  /// Gives this name below another: `www` and `example.test.` are `www.example.test.`; nil if that is too long.
  public func appending(_ suffix: DomainName) -> DomainName? {
    guard wire.count - 1 + suffix.wire.count <= DomainName.maximumLength else { return nil }
    return DomainName(unchecked: wire.dropLast() + suffix.wire)
  }

  /// Gives `label` before this name; nil if that is too long.
  public func prepending(label: some Collection<UInt8>) -> DomainName? {
    DomainName(labels: [Array(label)])?.appending(self)
  }

  /// Says whether this name is `ancestor` or below it, label by label.
  public func isWithin(_ ancestor: DomainName) -> Bool {
    let rest = wire.count - ancestor.wire.count
    guard rest >= 0 else { return false }
    var start = 0
    while start < rest { start += 1 + Int(wire[start]) }
    guard start == rest else { return false }
    return same(wire[rest...], ancestor.wire[...])
  }

  /// Gives the last `count` labels; the whole name if it has fewer.
  public func suffix(_ count: Int) -> DomainName {
    var name = self
    var excess = labelCount - max(0, count)
    while excess > 0, let parent = name.parent {
      name = parent
      excess -= 1
    }
    return name
  }

  /// The name with A to Z in small letters: its canonical form (RFC 4034 §6.2).
  public var canonical: DomainName { DomainName(unchecked: wire.map(\.lowercased)) }
}

/// Compares without the case of A to Z; lengths of labels are below 64 and so no letters.
private func same(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { $0 == $1 || $0.lowercased == $1.lowercased }
}

extension DomainName: Hashable {
  public static func == (left: DomainName, right: DomainName) -> Bool {
    left.wire == right.wire || same(left.wire[...], right.wire[...])
  }

  public func hash(into hasher: inout Hasher) {
    // FNV-1a over the small letters, so that the hasher is asked once a name.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in wire { hash = (hash ^ UInt64(byte.lowercased)) &* 0x100_0000_01b3 }
    hasher.combine(hash)
  }
}

extension DomainName: Comparable {
  /// Orders names as RFC 4034 §6.1 does: by the labels from the right, in small letters, a missing label first.
  public static func < (left: DomainName, right: DomainName) -> Bool {
    let (a, b) = (left.labels.reversed(), right.labels.reversed())
    for (one, other) in zip(a, b) where !same(one, other) {
      return one.lazy.map(\.lowercased).lexicographicallyPrecedes(other.lazy.map(\.lowercased))
    }
    return a.count < b.count
  }
}
