import Interpreter

/// What commands share that make text of items, or items of text.
enum TextPieces {
  /// How much text is gathered before it goes on as a piece of a stream.
  private static let pieceSize = 32_768

  /// Makes text of each item: a stream of bytes of what may be endless, else one string.
  static func map(_ input: Value, _ machine: Machine, _ transform: @escaping (Value) throws -> [UInt8]) throws -> Value
  {
    let next = try Items.next(of: input)
    let pull: () throws -> [UInt8]? = {
      var piece: [UInt8] = []
      while piece.count < pieceSize, let item = try next() {
        try machine.checkpoint()
        piece += try transform(item)
      }
      return piece.isEmpty ? nil : piece
    }
    guard !Items.isEndless(input) else {
      let source = Pieces.stream(in: input)
      return .stream(Stream(bytes: true, close: { source?.close() }) { try pull().map { .bytes($0) } })
    }
    var text: [UInt8] = []
    while let piece = try pull() {
      text += piece
      guard text.count <= collectLimit else { throw ValueError("too-large", "the text would have over 1 GiB") }
    }
    return .string(String(decoding: text, as: UTF8.self))
  }

  /// Makes items of text: a stream of a stream, else a list.
  static func items(of input: Value, _ machine: Machine, _ next: @escaping () throws -> Value?) throws -> Value {
    if let source = Pieces.stream(in: input) { return .stream(Stream(close: { source.close() }, next: next)) }
    var items: [Value] = []
    var turns = TurnCounter()
    do {
      while let item = try next() {
        try turns.turn()
        items.append(item)
      }
    } catch {
      Disposal.release(&items)
      throw error
    }
    return .list(items)
  }
}
