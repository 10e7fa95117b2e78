import Net

/// Values that come one at a time while a pipeline runs, from a source that is closed when nobody reads on.
///
/// It is `Sendable` only so that `Value` can be: a stream lives in one pipeline on one thread, and binding it collects it.
public final class Stream: @unchecked Sendable {
  private var pull: (() throws -> Value?)?
  private var pullText: (() throws -> [UInt8]?)?
  private var drain: Drain?
  private var whenClosed: (() -> Void)?
  /// How all is collected at once, where the source knows better than piece by piece; used while nothing was pulled.
  private var whole: (() throws -> Value)?
  private var hasBegun = false
  private var turns = TurnCounter()
  /// Set when the pieces are bytes of one whole, such as a file or a body, rather than items of a list.
  public let isBytes: Bool

  /// The stream of bytes whose lines these items are, if they are nothing else; whoever reads lines himself may read that
  /// instead, as long as no item was taken.
  public let linesOf: Stream?

  /// Makes what people are shown in place of all that is in it, as long as nothing was read; nil for what is in it. A
  /// stream with a face is a document.
  public var face: (() throws -> Value)?

  /// Gives all values to a function, one after the other.
  public typealias Drain = ((Value) throws -> Void) throws -> Void

  /// Makes a stream; `next` gives nil at the end and is not called again.
  ///
  /// `drain` is a shorter way to all of its values, taken where nothing was read before. `text` is a quicker way for those who only
  /// want the items as text: it gives many of them at once as the lines that print would make of them, from where the stream stands.
  public init(
    bytes: Bool = false, linesOf: Stream? = nil, whole: (() throws -> Value)? = nil, close: (() -> Void)? = nil,
    drain: Drain? = nil, text: (() throws -> [UInt8]?)? = nil, next: @escaping () throws -> Value?
  ) {
    self.whole = whole
    pull = next
    pullText = text
    self.drain = drain
    whenClosed = close
    isBytes = bytes
    self.linesOf = linesOf
  }

  /// Whether `nextText` gives the items.
  public var hasText: Bool { pullText != nil }

  /// Gives the next items as lines of text; nil at the end, and where the stream has no text.
  public func nextText() throws -> [UInt8]? {
    guard let pullText else { return nil }
    drain = nil
    try Watch.check()
    if let text = try pullText() { return text }
    close()
    return nil
  }

  /// Gives what people are shown instead, if nobody has read anything yet.
  public func takeFace() throws -> Value? {
    guard !hasBegun, let face else { return nil }
    return try face()
  }

  /// Gives the bytes whose lines nobody has read yet.
  public var untouchedBytes: Stream? { hasBegun ? nil : linesOf }

  /// Gives the next value, nil at the end; a source without an end, or its reader, stops when the thread is to stop.
  public func next() throws -> Value? {
    guard let pull else { return nil }
    try turns.turn()
    whole = nil
    drain = nil
    hasBegun = true
    if let value = try pull() { return value }
    close()
    return nil
  }

  /// Calls a function with each value that is still to come.
  private func forEach(_ body: (Value) throws -> Void) throws {
    if let drain {
      self.drain = nil
      try drain(body)
      return close()
    }
    while let item = try next() { try body(item) }
  }

  /// Reads to the end and keeps nothing: what the stages do happens.
  public func runOut() throws { try forEach { _ in } }

  /// Stops the producer early.
  public func close() {
    pull = nil
    whole = nil
    drain = nil
    pullText = nil
    whenClosed?()
    whenClosed = nil
  }

  deinit { whenClosed?() }

  /// Reads to the end: bytes for a stream of bytes, a list for one of items, within the limit of what is collected.
  ///
  /// `observe` is told how many bytes each piece has.
  public func collect(limit: Int = collectLimit, observe: (Int) -> Void = { _ in }) throws -> Value {
    if let whole {
      defer { close() }
      return try whole()
    }
    guard isBytes else {
      var items: [Value] = []
      var room = limit
      do {
        try forEach { item in
          room -= item.approximateSize
          guard room >= 0 else { throw ValueError.tooLarge(limit) }
          guard item.depth < depthLimit else { throw ValueError.tooDeep }
          items.append(item)
        }
      } catch {
        Disposal.release(&items)
        throw error
      }
      return .list(items)
    }
    var bytes: [UInt8] = []
    while let piece = try next() {
      guard case .bytes(let more) = piece else { continue }
      guard bytes.count + more.count <= limit else { throw ValueError.tooLarge(limit) }
      // The first piece is often all there is.
      if bytes.isEmpty { bytes = more } else { bytes.append(contentsOf: more) }
      observe(more.count)
    }
    return .bytes(bytes)
  }
}

/// How many bytes binding a stream collects at most: 1 GiB.
public let collectLimit = 1 << 30

extension Value {
  /// Gives the value with every stream in it collected, so that it can be kept.
  public func settled(observe: (Int) -> Void = { _ in }) throws -> Value {
    switch self {
    case .stream(let stream): return try stream.collect(observe: observe)
    case .record(let record) where record.holdsStream:
      var fields = record.fields
      for index in fields.values.indices {
        switch fields.values[index] {
        case .stream, .record: fields.values[index] = try fields.values[index].settled(observe: observe)
        default: continue
        }
      }
      for (name, value) in record.origin?.lateFields() ?? [] { fields[Record.Key(name)] = value }
      return .record(record.with(fields))
    default: return self
    }
  }

  /// Bytes of memory that the value takes, counted roughly.
  public var approximateSize: Int {
    switch self {
    case .string(let text): MemoryLayout<Value>.stride + (text.utf8.count > 15 ? text.utf8.count + 32 : 0)
    case .bytes(let bytes): MemoryLayout<Value>.stride + 32 + bytes.count
    case .list(let list): 56 + list.reduce(0) { $0 + $1.approximateSize }
    case .record(let record): record.fields.reduce(128) { $0 + 16 + $1.value.approximateSize }
    default: MemoryLayout<Value>.stride
    }
  }
}
