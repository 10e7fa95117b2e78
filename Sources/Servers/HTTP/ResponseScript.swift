import Net

/// What a server does on the wire in the place of an answer that keeps the rules: bytes, pauses, and an end.
public struct ResponseScript: Sendable {
  public enum Act: Sendable {
    case send([UInt8])
    case pause(TimeSpan)
    /// Ends the connection by RST.
    case reset
  }

  /// Gives the act of a number, counted from 0; nil ends the connection in order.
  let act: @Sendable (Int) -> Act?
  private(set) var next = 0

  public init(_ act: @escaping @Sendable (Int) -> Act?) { self.act = act }

  public init(_ acts: [Act]) { self.init { $0 < acts.count ? acts[$0] : nil } }

  mutating func takeNext() -> Act? {
    defer { next += 1 }
    return act(next)
  }
}

extension ServedConnection {
  /// Does what a script says, until it wants a pause, the system takes no more, or the script is over.
  func perform(_ script: ResponseScript) throws {
    var script = script
    // Not too much in one turn, since others wait.
    for _ in 0..<64 {
      phase = .performing(script)
      guard try flush() else { return expire(after: limits.silence) }
      switch script.takeNext() {
      case .send(let bytes): wire = try sealed(bytes)
      case .reset: return abort()
      case .pause(let span):
        phase = .performing(script)
        watch([])
        return expire(after: span)
      case nil:
        loop.note(head, from: connection.remote, status: 0, bytes: 0, since: began ?? loop.now)
        return linger()
      }
    }
    phase = .performing(script)
    watch(.write)
    expire(after: limits.silence)
  }
}
