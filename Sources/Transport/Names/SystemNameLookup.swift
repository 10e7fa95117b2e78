import System
import CSystem
import Glibc
import Net
import Synchronization

/// The system's own look-up: getaddrinfo(3), or getnameinfo(3), on a thread of its own, so that deadline and interrupt end the wait for it.
///
/// getaddrinfo(3) cannot be told to stop. A look-up that was given up ends by itself later; at most 32 may hang at once.
public struct SystemNameLookup: NameLookup {
  public let title = "getaddrinfo(3)"

  public init() {}

  public func addresses(
    of name: String, deadline: Deadline, interrupt: Interrupt
  ) throws(NameError) -> [Address] {
    // 253 characters is what RFC 1035 §2.3.4 (255 octets on the wire) leaves of a name as text.
    guard !name.isEmpty, name.utf8.count <= 254, !name.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }) else {
      throw NameError(name: name, .notAName)
    }
    let question = Question(name)
    try wait(for: question, name, deadline, interrupt)
    return try question.result()
  }

  /// Finds the name of an address, getnameinfo(3), within a time; nil if it has none that is found by then.
  /// Error: only `interrupted`.
  public func name(of address: Address, _ patience: TimeSpan, _ context: NetworkContext) throws(NameError) -> String? {
    let question = Question("\(address)", address)
    do throws(NameError) {
      try wait(for: question, "\(address)", min(context.deadline, .after(patience)), context.interrupt)
      return question.foundName
    } catch {
      guard case .interrupted = error.reason else { return nil }
      throw error
    }
  }

  private func wait(
    for question: Question, _ name: String, _ deadline: Deadline, _ interrupt: Interrupt
  ) throws(NameError) {
    do throws(WaitError) {
      let bell: Descriptor
      do {
        bell = try question.ask()
      } catch {
        throw .system(error)
      }
      try Transport.wait([bell], for: .read, deadline: deadline, interrupt: interrupt)
    } catch {
      switch error {
      case .timeout: throw NameError(name: name, .timeout)
      case .interrupted: throw NameError(name: name, .interrupted)
      case .system(let error) where error.call == Question.limit: throw NameError(name: name, .tooMany)
      case .system(let error): throw NameError(name: name, .system(error))
      }
    }
  }
}

/// One call of either under way, shared by the thread that makes it and the one that waits for it.
private final class Question: Sendable {
  static let limit = "look-up limit"
  private static let underWay = Atomic<Int>(0)

  private struct Answer {
    var status: Int32 = 0
    var number: Int32 = 0
    var addresses: [Address] = []
    var name: String?
  }

  private let name: String
  /// Of a question for a name.
  private let address: Address?
  private let answer = Mutex(Answer())

  init(_ name: String, _ address: Address? = nil) {
    self.name = name
    self.address = address
  }

  var foundName: String? { answer.withLock { $0.name } }

  /// Starts the thread; the descriptor given back becomes readable (it hangs up) when the answer is there.
  func ask() throws(SystemCallError) -> Descriptor {
    guard Question.underWay.add(1, ordering: .relaxed).newValue <= 32 else {
      Question.underWay.subtract(1, ordering: .relaxed)
      throw SystemCallError(call: Question.limit, errno: EAGAIN)
    }
    do throws(SystemCallError) {
      var ends: [Int32] = [-1, -1]
      try systemCall("pipe2") { nsh_pipe(&ends) }
      let (bell, rope) = (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
      let thread = try WorkerThread.start {
        self.look()
        Question.underWay.subtract(1, ordering: .relaxed)
        rope.close()
      }
      thread.detach()
      return bell
    } catch {
      Question.underWay.subtract(1, ordering: .relaxed)
      throw error
    }
  }

  private func look() {
    if let address { lookBackwards(address) } else { lookForwards() }
  }

  private func lookBackwards(_ address: Address) {
    var room = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status = SocketAddress(address, port: 0).with {
      getnameinfo($0, $1, &room, socklen_t(room.count), nil, 0, NI_NAMEREQD)
    }
    guard status == 0 else { return }
    let bytes = room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    answer.withLock { $0.name = String(decoding: bytes, as: UTF8.self) }
  }

  private func lookForwards() {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    // AI_ADDRCONFIG is not set: it hides ::1 on a machine whose only IPv6 address is that of loopback.
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(name, nil, &hints, &list)
    let number = errno
    defer { if let list { freeaddrinfo(list) } }
    var found: [Address] = []
    var entry = status == 0 ? list : nil
    while let info = entry?.pointee {
      if let place = info.ai_addr, let address = SocketAddress(place, length: info.ai_addrlen)?.address,
        !found.contains(address)
      {
        found.append(address)
      }
      entry = info.ai_next
    }
    answer.withLock { $0 = Answer(status: status, number: number, addresses: found) }
  }

  func result() throws(NameError) -> [Address] {
    let answer = answer.withLock { $0 }
    let symbol = nsh_eai_name(answer.status).map { String(cString: $0) } ?? "EAI \(answer.status)"
    switch answer.status {
    case 0 where !answer.addresses.isEmpty: return answer.addresses
    case 0: throw NameError(name: name, code: "NXDOMAIN", .getaddrinfo("it has no address"))
    case EAI_SYSTEM: throw NameError(name: name, .system(SystemCallError(call: "getaddrinfo", errno: answer.number)))
    default:
      let text = gai_strerror(answer.status).map { String(cString: $0).lowercased() } ?? "unknown error"
      let isAbsent = symbol == "EAI_NONAME" || symbol == "EAI_NODATA"
      throw NameError(name: name, code: isAbsent ? "NXDOMAIN" : symbol, .getaddrinfo("\(text) (\(symbol))"))
    }
  }
}
