/// The part of an endpoint that says which machine is meant: any of this one's addresses, an address, or a name to look up.
public enum Host: Hashable, Sendable {
  /// No host was named, as in `:8080`.
  case any
  case address(Address)
  /// A name as written; nobody has looked it up yet.
  case name(String)
}

extension Host: Comparable {
  /// Orders `any`, then addresses, then names by their bytes.
  public static func < (left: Host, right: Host) -> Bool {
    switch (left, right) {
    case (.any, .any): false
    case (.any, _): true
    case (_, .any): false
    case (.address(let left), .address(let right)): left < right
    case (.address, .name): true
    case (.name, .address): false
    case (.name(let left), .name(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    }
  }
}

extension Host: CustomStringConvertible {
  /// The address or name as it stands alone, without brackets; empty for `any`.
  public var description: String {
    switch self {
    case .any: ""
    case .address(let address): address.description
    case .name(let name): name
    }
  }
}
