/// What one line of a list of addresses names: an address, a network or a range.
public enum AddressItem: Hashable, Sendable {
  case address(Address)
  /// With the bits after the prefix as written.
  case network(Network)
  /// From the lower to the higher of two addresses of one family, both included.
  case range(Address, Address)

  /// The lowest address.
  public var first: Address {
    switch self {
    case .address(let address): address
    case .network(let network): network.first
    case .range(let lower, _): lower
    }
  }

  /// The highest address.
  public var last: Address {
    switch self {
    case .address(let address): address
    case .network(let network): network.last
    case .range(_, let upper): upper
    }
  }
}

extension AddressItem: CustomStringConvertible {
  /// `192.0.2.1`, `10.1.2.3/8` or `192.0.2.1..192.0.2.9`.
  public var description: String {
    switch self {
    case .address(let address): address.description
    case .network(let network): network.description
    case .range(let lower, let upper): "\(lower)..\(upper)"
    }
  }
}

extension AddressItem: Comparable {
  /// Orders IPv4 before IPv6, then by the address as written, then the wider first.
  public static func < (left: AddressItem, right: AddressItem) -> Bool {
    let (one, other) = (left.written, right.written)
    guard one == other else { return one < other }
    return right.last < left.last
  }

  private var written: Address {
    if case .network(let network) = self { network.address } else { first }
  }
}

extension AddressItem {
  /// Parses an address, a network (`10.0.0.0/8`, `10.0.0.0/255.0.0.0`) or a range (`A-B`, `A..B`, blanks around the mark allowed).
  public static func parse(_ text: some StringProtocol) throws(AddressTextError) -> AddressItem {
    guard let item = withBytes(of: text, parse) else { throw withBytes(of: text) { AddressTextError(in: $0) } }
    return item
  }

  /// item = address / network / address mark address ; mark = *blank "-" *blank / ".."
  static func parse(_ bytes: TextBytes) -> AddressItem? {
    if bytes.contains(UInt8(ascii: "/")) { return Network.parse(bytes).map { .network($0) } }
    if let address = Address.parse(bytes) { return .address(address) }
    guard bytes.count <= longestRange, let mark = rangeMark(in: bytes) else { return nil }
    let (lower, upper) = (
      TextBytes(rebasing: bytes[..<mark.lowerBound]), TextBytes(rebasing: bytes[mark.upperBound...])
    )
    guard let lower = Address.parse(lower), let upper = Address.parse(upper), lower.isIPv4 == upper.isIPv4,
      lower <= upper, lower.zone == nil, upper.zone == nil
    else { return nil }
    return .range(lower, upper)
  }

  /// Two addresses with their zones and blanks are far shorter; the bound keeps a huge text cheap.
  static let longestRange = 256

  /// Finds `-` with the blanks around it, or `..`.
  static func rangeMark(in bytes: TextBytes) -> Range<Int>? {
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "-") {
        var (start, end) = (index, index + 1)
        while start > 0, bytes[start - 1].isBlank { start -= 1 }
        while end < bytes.count, bytes[end].isBlank { end += 1 }
        return start..<end
      }
      if bytes[index] == UInt8(ascii: "."), index + 1 < bytes.count, bytes[index + 1] == bytes[index] {
        return index..<(index + 2)
      }
    }
    return nil
  }
}
