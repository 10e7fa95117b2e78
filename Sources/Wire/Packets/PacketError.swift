import Net

/// What is wrong with a header: it is cut off, or its fields contradict each other.
public struct PacketError: LayeredError, Hashable {
  public enum Fault: Sendable, Hashable {
    /// It ends before its last field.
    case truncated
    /// A field has a value that the header cannot have.
    case malformed(String)
    /// What was to be written has no such form.
    case unwritable(String)
  }

  /// Which header: `IPv4`, `ICMPv6`…
  public let header: String
  public let fault: Fault

  public init(_ header: String, _ fault: Fault) {
    self.header = header
    self.fault = fault
  }

  public var layer: Layer { .packet }

  /// `packet-truncated`, `packet-malformed` or `packet-unwritable`.
  public var code: String {
    switch fault {
    case .truncated: "packet-truncated"
    case .malformed: "packet-malformed"
    case .unwritable: "packet-unwritable"
    }
  }

  public var message: String {
    switch fault {
    case .truncated: "read the \(header) header: it is cut off"
    case .malformed(let what): "read the \(header) header: \(what)"
    case .unwritable(let what): "write the \(header) header: \(what)"
    }
  }

  public var headline: String { "cannot \(message)" }
}
