import Interpreter
import Net

/// What is to be said of a list and of what a pipeline brings: how much of what, and of each of the first items what it is.
enum CollectionFacts {
  private static let shown = 10
  /// How many items of a stream are looked at, and how many of its bytes.
  private static let itemLimit = 1000
  private static let byteLimit = BytesFacts.limit

  static func of(_ list: List) -> [Fact] {
    guard let first = list.first else { return [Fact("list", "empty", "values in order, and there are none")] }
    var facts = [Fact("list", counted(list.count, "item"), "values in order, counted from 0")]
    let looked = list.prefix(itemLimit)
    var kinds: [String] = []
    for item in looked where !kinds.contains(item.type.rawValue) { kinds.append(item.type.rawValue) }
    facts.append(
      Fact(
        "types", kinds.joined(separator: " "),
        looked.count < list.count ? "of the first \(looked.count) items" : "of the items"))
    if case .record(let row) = first, looked.allSatisfy({ $0.isRow(like: row) }) {
      facts.append(Fact("table", "\(row.count) columns", "all items are records with the same fields"))
      facts += row.names.prefix(shown).map { Fact("column", $0, "the first has \(row[$0]?.described ?? "null")") }
      return facts + more(row.count, "columns")
    }
    facts += looked.prefix(shown).enumerated().map {
      Fact("item \($0.offset)", shortText($0.element), $0.element.type.rawValue)
    }
    return facts + more(list.count, "items")
  }

  private static func more(_ count: Int, _ what: String) -> [Fact] {
    count > shown ? [Fact("more", "and \(grouped(count - shown)) more \(what)", "left out here")] : []
  }

  /// A number with commas between its thousands.
  static func grouped(_ number: Int) -> String {
    var digits = Array("\(number)".utf8)
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(0x2C, at: place) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Reads as much of a stream as is needed to say what it brings.
  static func of(_ stream: Stream, _ explanation: Explanation) throws -> [Fact] {
    guard !stream.isBytes else { return try BytesFacts.of(start(of: stream)) }
    var items: [Value] = []
    while items.count < itemLimit, let item = try stream.next() { items.append(item) }
    let isWhole = items.count < itemLimit ? true : try stream.next() == nil
    stream.close()
    let head = Fact(
      "stream", isWhole ? "\(items.count) items" : "\(itemLimit) items and more", "values that come one at a time")
    return [head]
      + (isWhole || items.isEmpty
        ? of(List(items)).dropFirst() : of(List(items)).dropFirst().filter { $0.part != "more" })
  }

  /// Gives the first bytes of a stream, which is read no further.
  static func start(of stream: Stream) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= byteLimit, let piece = try stream.next() {
      switch piece {
      case .bytes(let more): bytes += more
      default: bytes += Array((piece.scalarText ?? "").utf8) + [0x0A]
      }
    }
    stream.close()
    return bytes
  }

  /// The value on one line, not too long.
  static func shortText(_ value: Value?) -> String {
    switch value {
    case .bytes(let bytes)?: counted(bytes.count, "byte")
    case .string(let text)?: ScalarFacts.shortened(text)
    case let value?: value.scalarText.map(ScalarFacts.shortened) ?? value.described
    case nil: ""
    }
  }
}

extension Value {
  fileprivate func isRow(like row: Record) -> Bool {
    if case .record(let other) = self { other.hasSameNames(as: row) } else { false }
  }
}
