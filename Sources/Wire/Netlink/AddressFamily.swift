/// The families of addresses by the numbers that Linux gives them (linux/socket.h).
public struct AddressFamily: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let unix = AddressFamily(rawValue: 1)
  public static let inet = AddressFamily(rawValue: 2)
  public static let inet6 = AddressFamily(rawValue: 10)
  public static let netlink = AddressFamily(rawValue: 16)
  public static let packet = AddressFamily(rawValue: 17)

  public var isInternet: Bool { self == .inet || self == .inet6 }

  /// `inet` and `inet6`, as ip(8) names them; others by number.
  public var name: String {
    switch self {
    case .unix: "unix"
    case .inet: "inet"
    case .inet6: "inet6"
    case .netlink: "netlink"
    case .packet: "packet"
    default: "family \(rawValue)"
    }
  }
}
