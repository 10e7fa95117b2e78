import CSystem
import Glibc
import Synchronization

/// The process beside ours that makes network namespaces and sockets in them; it ends with us, and all of them with it.
public final class NamespaceKeeper: Sendable {
  private let process: pid_t
  private let socket: Int32
  /// The user namespace in which we are allowed everything that concerns its networks.
  private let user: Int32
  /// One question at a time.
  private let numbers = Mutex(0)

  /// Starts it: fork(2), unshare(2) with CLONE_NEWUSER, and the map of its one user.
  public init() throws(NamespaceRefusal) {
    var answer = nsh_answer()
    var (socket, user): (Int32, Int32) = (-1, -1)
    process = nsh_start_keeper(&socket, &user, &answer)
    self.socket = socket
    self.user = user
    guard process > 0 else { throw NamespaceRefusal(step: answer.step, errno: answer.error) }
  }

  deinit {
    guard process > 0 else { return }
    close(socket)
    close(user)
    while waitpid(process, nil, 0) == -1, errno == EINTR {}
  }

  /// Makes a namespace: unshare(2) with CLONE_NEWNET. Everybody may send echo requests there, as root may elsewhere (icmp(7)).
  public func add(_ name: String) throws(SystemCallError) -> NetworkNamespace {
    let made = try ask("unshare", nsh_order(nsh_order_add), about: -1)
    let number = numbers.withLock { number in
      number += 1
      return number
    }
    let namespace = NetworkNamespace(name, number: number, made.descriptor, self)
    try? namespace.set("ipv4/ping_group_range", to: 0, pair: true)
    return namespace
  }

  /// Sends an order and gives what came back; a descriptor is the caller's.
  func ask(
    _ call: String, _ order: nsh_order, about namespace: Int32
  ) throws(SystemCallError) -> (answer: nsh_answer, descriptor: Int32) {
    var (answer, order) = (nsh_answer(), order)
    let descriptor = numbers.withLock { _ in nsh_ask_keeper(socket, namespace, &order, &answer) }
    guard answer.error == 0 else { throw SystemCallError(call: call, errno: answer.error) }
    return (answer, descriptor)
  }

  /// Starts a program inside one of the networks; streams as `nsh_spawn_inside` wants them.
  func spawn(
    _ name: String, _ arguments: [UnsafeMutablePointer<CChar>?], _ environment: [UnsafeMutablePointer<CChar>?],
    streams: [Int32], in namespace: NetworkNamespace
  ) throws(SystemCallError) -> pid_t {
    var process = pid_t()
    let error = nsh_spawn_inside(user, namespace.descriptor, name, arguments, environment, streams, &process)
    guard error == 0 else { throw SystemCallError(call: "execve", errno: error) }
    return process
  }
}
