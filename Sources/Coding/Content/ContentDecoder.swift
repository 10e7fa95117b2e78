/// What undoes the content codings of a body, one over the other (RFC 9110 §8.4): takes the body as it comes and gives pieces of what it means.
///
/// Used as a `Decompressor` is. A body without a single byte, such as that of a 304, has nothing to undo.
public final class ContentDecoder: Decompressor {
  /// How many codings may lie one over the other; more are a way to grow a bomb.
  public static let codingLimit = 5

  /// What is undone first stands first: the last one that was applied.
  private let stages: [any Decompressor]
  private var plain = PendingInput()
  private var plainLimit: OutputLimit
  private var received = 0

  /// Makes a decoder.
  /// - Parameters:
  ///   - codings: the members of `Content-Encoding` in their order, that in which they were applied.
  ///   - limit: how many bytes may come out in all, of each coding.
  ///   - ratio: how many times larger each coding may make its input, once it is over 1 MiB; nil for any.
  /// - Throws: `unknownCoding`, `tooManyCodings`, `noMemory`.
  public init(codings: [String], limit: Int = .max, ratio: Int? = nil) throws(CompressionError) {
    guard codings.count <= Self.codingLimit else { throw .tooManyCodings(limit: Self.codingLimit) }
    var stages: [any Decompressor] = []
    for name in codings.reversed() {
      guard let coding = ContentCoding(name: name) else { throw .unknownCoding(name) }
      if let stage = try coding.decompressor(limit: limit, ratio: ratio) { stages.append(stage) }
    }
    self.stages = stages
    plainLimit = OutputLimit(bytes: limit, ratio: nil)
  }

  /// Whether there is nothing to undo, so that the body may pass as it is.
  public var isIdentity: Bool { stages.isEmpty }

  public func receive(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    received &+= bytes.count
    if let first = stages.first { first.receive(bytes) } else { plain.append(bytes) }
  }

  public func next() throws(CompressionError) -> [UInt8]? {
    guard !stages.isEmpty else { return try nextPlain() }
    return try next(of: stages.count - 1)
  }

  /// Gives the next piece of one stage, asking the one before it for input; at most `codingLimit` deep.
  private func next(of index: Int) throws(CompressionError) -> [UInt8]? {
    while true {
      if let piece = try stages[index].next() { return piece }
      guard index > 0, let input = try next(of: index - 1) else { return nil }
      stages[index].receive(input)
    }
  }

  private func nextPlain() throws(CompressionError) -> [UInt8]? {
    guard !plain.isEmpty else { return nil }
    var piece: [UInt8] = []
    plain.feed {
      piece = Array($0)
      return piece.count
    }
    try plainLimit.count(piece.count, consumed: plain.consumed)
    return piece
  }

  public func finish() throws(CompressionError) {
    guard received > 0 else { return }
    for stage in stages { try stage.finish() }
  }
}
