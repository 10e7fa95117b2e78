/// A protection inside another one: what it seals, the outer one seals once more, as TLS to an origin does within TLS to a proxy.
public final class NestedProtection: Protection {
  /// The one whose plain bytes are the connection's.
  public let inner: any Protection
  /// The one whose sealed bytes are on the wire.
  public let outer: any Protection

  public init(_ inner: any Protection, in outer: any Protection) {
    self.inner = inner
    self.outer = outer
  }

  public func open(_ wire: [UInt8]) -> Opened {
    let carried = outer.open(wire)
    var opened = Opened()
    if !carried.plain.isEmpty { opened = inner.open(carried.plain) }
    // The end of the outer one is that of the stream which the inner one is carried by.
    if carried.isEnd, !opened.isEnd, opened.failure == nil {
      let last = inner.open([])
      (opened.isEnd, opened.failure) = (last.isEnd, last.failure)
    }
    opened.failure = opened.failure ?? (opened.isEnd ? nil : carried.failure)
    var reply = carried.reply
    // What cannot be sealed any more, the failure of the outer one is told by the next call.
    if !opened.reply.isEmpty, let sealed = try? outer.seal(opened.reply) { reply += sealed }
    opened.reply = reply
    return opened
  }

  public func seal(_ plain: [UInt8]) throws(ProtectionError) -> [UInt8] { try outer.seal(try inner.seal(plain)) }

  public func finish() throws(ProtectionError) -> [UInt8] {
    let last = try inner.finish()
    return try (last.isEmpty ? [] : outer.seal(last)) + outer.finish()
  }

  public func takeMessages() -> [ProtectionMessage] { outer.takeMessages() + inner.takeMessages() }
}
