import CSystem
import Glibc

/// A network of its own inside this machine, network_namespaces(7): interfaces, addresses, routes and ports that no other has.
///
/// As with the kernel's, a thread stands in one, and the threads and programs that it starts begin there. Only that here a thread does not
/// enter it: the keeper of the namespace makes each socket.
public final class NetworkNamespace: Sendable {
  public let name: String
  /// Which one it is among all of this process.
  public let number: Int
  let descriptor: Int32
  let keeper: NamespaceKeeper

  init(_ name: String, number: Int, _ descriptor: Int32, _ keeper: NamespaceKeeper) {
    self.name = name
    self.number = number
    self.descriptor = descriptor
    self.keeper = keeper
  }

  deinit { close(descriptor) }

  /// The one in which the thread that runs now stands; nil for the process's own.
  public static var current: NetworkNamespace? {
    nsh_thread_namespace().map { Unmanaged<NetworkNamespace>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Runs a body on this thread as if it stood in a namespace, nil for the process's own.
  public static func with<Result>(_ namespace: NetworkNamespace?, _ body: () throws -> Result) rethrows -> Result {
    let before = nsh_thread_namespace()
    // Kept by the caller's reference for as long as the body runs.
    return try withExtendedLifetime(namespace) {
      nsh_set_thread_namespace(namespace.map { Unmanaged.passUnretained($0).toOpaque() })
      defer { nsh_set_thread_namespace(before) }
      return try body()
    }
  }

  /// Makes a socket, socket(2), where the thread stands.
  public static func socket(
    _ family: Int32, _ kind: Int32, _ protocol: Int32
  ) throws(SystemCallError) -> Int32 {
    guard let current else { return try systemCall("socket") { Glibc.socket(family, kind, `protocol`) } }
    var order = nsh_order(nsh_order_socket)
    order.numbers = (family, kind, `protocol`)
    return try current.keeper.ask("socket", order, about: current.descriptor).descriptor
  }

  /// Gives the number of an interface where the thread stands, if_nametoindex(3); 0 if none has the name.
  public static func interfaceNumber(_ name: String) -> UInt32 {
    guard let current else { return if_nametoindex(name) }
    let order = nsh_order(nsh_order_index, path: name)
    return (try? current.keeper.ask("if_nametoindex", order, about: current.descriptor).answer.number) ?? 0
  }

  /// Gives the name of an interface where the thread stands, if_indextoname(3).
  public static func interfaceName(_ number: UInt32) -> String? {
    guard let current else {
      var room = [CChar](repeating: 0, count: Int(IF_NAMESIZE))
      return if_indextoname(number, &room).map { String(cString: $0) }
    }
    var order = nsh_order(nsh_order_name)
    order.numbers.0 = Int32(bitPattern: number)
    guard var answer = try? current.keeper.ask("if_indextoname", order, about: current.descriptor).answer else {
      return nil
    }
    return withUnsafeBytes(of: &answer.name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// Sets a number, a single digit, of the network's below /proc/sys/net (ip-sysctl in the kernel's documentation); `pair` writes it twice.
  public func set(_ setting: String, to digit: Int32, pair: Bool = false) throws(SystemCallError) {
    var order = nsh_order(nsh_order_write, path: "/proc/sys/net/\(setting)")
    order.numbers = (digit, pair ? 1 : 0, 0)
    _ = try keeper.ask("write", order, about: descriptor)
  }

  /// Lends the descriptor by which the kernel can be told to move an interface there.
  public func use<Result>(_ body: (Int32) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(self) { try body(descriptor) }
  }
}

extension nsh_order {
  init(_ kind: nsh_order_kind, path: String = "") {
    self.init()
    self.kind = Int32(kind.rawValue)
    withUnsafeMutableBytes(of: &self.path) { room in
      // The last byte stays 0.
      for (index, byte) in path.utf8.prefix(room.count - 1).enumerated() { room[index] = byte }
    }
  }
}
