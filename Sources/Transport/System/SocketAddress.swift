import System
import Glibc
import Net

/// The name of a socket in the system's form: a `sockaddr_in`, `sockaddr_in6` or `sockaddr_un`, and its length.
public struct SocketAddress: Sendable {
  private var storage = sockaddr_storage()
  public private(set) var length: socklen_t = 0

  public init(_ address: Address, port: UInt16) {
    if address.isIPv4 {
      set(sockaddr_in.self) { place in
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        place.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.value).bigEndian
      }
    } else {
      let bytes = address.bytes
      set(sockaddr_in6.self) { place in
        place.sin6_family = sa_family_t(AF_INET6)
        place.sin6_port = port.bigEndian
        place.sin6_scope_id = address.zone.map(scopeNumber) ?? 0
        withUnsafeMutableBytes(of: &place.sin6_addr) { $0.copyBytes(from: bytes) }
      }
    }
  }

  /// A path of at most 107 bytes, or `@` and an abstract name (unix(7)); a longer one is ENAMETOOLONG, as the system would say.
  public init(unix path: String) throws(SystemCallError) {
    var bytes = Array(path.utf8)
    let isAbstract = bytes.first == UInt8(ascii: "@")
    if isAbstract { bytes[0] = 0 }
    let room = MemoryLayout<sockaddr_un>.size - MemoryLayout<sa_family_t>.size
    guard bytes.count < room else { throw SystemCallError(call: "bind", errno: ENAMETOOLONG) }
    set(sockaddr_un.self) { place in
      place.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: bytes) }
    }
    // An abstract name is as long as it is said to be; a path ends at its NUL.
    length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count + (isAbstract ? 0 : 1))
  }

  /// The name of a Unix socket that the system is to choose: a family and nothing else (unix(7), "Autobind feature").
  static var unixAny: SocketAddress {
    var address = SocketAddress()
    address.storage.ss_family = sa_family_t(AF_UNIX)
    address.length = socklen_t(MemoryLayout<sa_family_t>.size)
    return address
  }

  private init() {}

  /// The system's form of a name; one that needs looking up, or none at all, is EINVAL.
  public init(_ name: SocketName) throws(SystemCallError) {
    switch name {
    case .unix(let path): self = try SocketAddress(unix: path)
    case .endpoint(let endpoint):
      guard let address = endpoint.address else { throw SystemCallError(call: "bind", errno: EINVAL) }
      self = SocketAddress(address, port: endpoint.port)
    case .unnamed: throw SystemCallError(call: "bind", errno: EINVAL)
    }
  }

  /// Copies what the system gave; nil for a family other than IPv4 and IPv6 or too short a length.
  init?(_ pointer: UnsafePointer<sockaddr>, length: socklen_t) {
    let wanted: Int
    switch Int32(pointer.pointee.sa_family) {
    case AF_INET: wanted = MemoryLayout<sockaddr_in>.size
    case AF_INET6: wanted = MemoryLayout<sockaddr_in6>.size
    default: return nil
    }
    guard length >= wanted else { return nil }
    withUnsafeMutableBytes(of: &storage) { $0.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: wanted)) }
    self.length = socklen_t(wanted)
  }

  /// Copies what the system gave in room for any address; nil as above.
  init?(_ storage: sockaddr_storage, length: socklen_t) {
    let copy = withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { SocketAddress($0, length: length) }
    }
    guard let copy else { return nil }
    self = copy
  }

  /// Lets the system fill in the name by a call such as getsockname(2); nil if it gave none, or one of another family.
  init?(_ call: String, _ fill: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32)
    throws(SystemCallError)
  {
    var place = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    try systemCall(call) {
      withUnsafeMutablePointer(to: &place) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { fill($0, &length) }
      }
    }
    storage = place
    self.length = length
    guard length > 0, address != nil || family == AF_UNIX else { return nil }
  }

  public var family: Int32 { Int32(storage.ss_family) }

  /// The address, with the interface's name as its zone where it has a scope (RFC 4007 §11).
  var address: Address? {
    switch family {
    case AF_INET:
      return get(sockaddr_in.self) { place in Address(v4: UInt32(bigEndian: place.sin_addr.s_addr)) }
    case AF_INET6:
      return get(sockaddr_in6.self) { place in
        let bytes = withUnsafeBytes(of: place.sin6_addr) { Array($0) }
        guard let plain = Address(bytes: bytes), place.sin6_scope_id != 0 else { return Address(bytes: bytes) }
        return Address("\(plain)%\(scopeName(place.sin6_scope_id))") ?? plain
      }
    default: return nil
    }
  }

  var endpoint: Endpoint? {
    guard let address else { return nil }
    let port =
      family == AF_INET
      ? get(sockaddr_in.self) { UInt16(bigEndian: $0.sin_port) }
      : get(sockaddr_in6.self) { UInt16(bigEndian: $0.sin6_port) }
    return Endpoint(address: address, port: port)
  }

  /// The name of the socket, nil for a family that has none here.
  public var name: SocketName? {
    guard family == AF_UNIX else { return endpoint.map { .endpoint($0) } }
    let count = min(Int(length), MemoryLayout<sockaddr_un>.size) - MemoryLayout<sa_family_t>.size
    guard count > 0 else { return .unnamed }
    var bytes = get(sockaddr_un.self) { place in withUnsafeBytes(of: place.sun_path) { Array($0.prefix(count)) } }
    if bytes[0] == 0 {
      bytes[0] = UInt8(ascii: "@")
    } else {
      bytes = Array(bytes.prefix { $0 != 0 })
    }
    return .unix(String(decoding: bytes, as: UTF8.self))
  }

  /// Lends the address as the system's calls want it.
  public func with<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }

  private mutating func set<Form>(_ form: Form.Type, _ body: (inout Form) -> Void) {
    length = socklen_t(MemoryLayout<Form>.size)
    withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: Form.self, capacity: 1) { body(&$0.pointee) }
    }
  }

  private func get<Form, Result>(_ form: Form.Type, _ body: (Form) -> Result) -> Result {
    withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: Form.self, capacity: 1) { body($0.pointee) }
    }
  }
}

/// Gives the number of an interface named or numbered by a zone; 0, which the system refuses where one is needed, if none.
private func scopeNumber(_ zone: String) -> UInt32 { UInt32(zone) ?? NetworkNamespace.interfaceNumber(zone) }

private func scopeName(_ number: UInt32) -> String { NetworkNamespace.interfaceName(number) ?? "\(number)" }
