import Net

extension Layer {
  /// What is asked of the kernel over netlink(7).
  public static let netlink = Layer(rawValue: "netlink")
}

/// A netlink message that is not as netlink(7) says it is.
public struct NetlinkError: LayeredError, Hashable {
  public enum Reason: Sendable, Hashable {
    /// A length that is less than its own header or more than what is left.
    case badLength(UInt32)
    /// Fewer bytes than the fixed part of this message or attribute has.
    case cutOff(String)
  }

  public let reason: Reason
  /// Where in the datagram or attribute, in bytes from its start.
  public let offset: Int

  public init(_ reason: Reason, offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  public var layer: Layer { .netlink }
  public var code: String { "netlink-malformed" }

  public var message: String {
    switch reason {
    case .badLength(let length): "a length of \(length) at byte \(offset) does not fit the message"
    case .cutOff(let what): "\(what) is cut off at byte \(offset)"
    }
  }
}
