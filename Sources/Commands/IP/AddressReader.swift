import Interpreter
import Net

/// The addresses, networks and ranges that a command was given, read a piece at a time: what comes through the pipe, else
/// its arguments, of which a text that names none is a file with one on each line.
///
/// It holds one piece of a file or stream at a time, 128 KiB at most, whatever their length.
final class AddressReader {
  private enum Source {
    case items(() throws -> Value?)
    case text(() throws -> [UInt8]?, close: () -> Void)
  }

  private let command: String
  private let machine: Machine
  private let skipsBad: Bool
  private var waiting: [Value]
  /// Whether the texts among those that wait are arguments, which may name files.
  private let mayNameFiles: Bool
  private var source: Source?
  private var lines: AddressLines
  private var skipped = 0
  private var firstSkipped: AddressListError?

  /// Makes a reader; without anything from the pipe or as argument it is an error.
  init(_ command: String, _ machine: Machine, pipe: Value?, _ arguments: [Value], skipsBad: Bool = false) throws {
    guard pipe != nil || !arguments.isEmpty else {
      throw ValueError(
        "missing-argument", "`\(command)` wants addresses or networks: as arguments, in a file, or through the pipe",
        layer: .command)
    }
    self.command = command
    self.machine = machine
    self.skipsBad = skipsBad
    mayNameFiles = pipe == nil
    waiting = (pipe.map { [$0] } ?? arguments).reversed()
    lines = AddressLines(skippingWrongLines: skipsBad)
  }

  /// Reads all there is.
  func readAll(into sink: inout some AddressSink) throws {
    defer { close() }
    while try readPiece(into: &sink) {}
  }

  /// Reads the next piece; false when nothing was left, after which the lines left out have been reported.
  func readPiece(into sink: inout some AddressSink) throws -> Bool {
    try machine.checkpoint()
    switch source {
    case nil:
      guard let value = waiting.popLast() else {
        try end(&sink)
        report()
        return false
      }
      try begin(value, isArgument: mayNameFiles, &sink)
    case .items(let next):
      for _ in 0..<1_024 {
        guard let value = try next() else {
          try end(&sink)
          break
        }
        try add(value, &sink)
      }
    case .text(let next, let close):
      if let piece = try next() {
        try sink.read(piece, &lines)
      } else {
        close()
        try end(&sink)
      }
    }
    return true
  }

  /// Closes what is open.
  func close() {
    if case .text(_, let close)? = source { close() }
    source = nil
    waiting = []
  }

  private func begin(_ value: Value, isArgument: Bool, _ sink: inout some AddressSink) throws {
    switch value {
    case .list(let list):
      var items = list.items.makeIterator()
      source = .items { items.next() }
    case .stream(let stream): source = Self.source(of: stream)
    case .record(let record) where record["body"] != nil:
      source = .text(try Pieces.next(of: value), close: { Pieces.stream(in: value)?.close() })
    case .string(let text) where isArgument && !text.utf8.contains(UInt8(ascii: "\n")):
      let item: AddressItem
      do throws(AddressTextError) { item = try AddressItem.parse(text) } catch { return try open(text, unless: error) }
      try sink.add(item)
    default: try add(value, &sink)
    }
  }

  /// Takes the quickest way to what a stream holds: its bytes, the bytes it makes lines of, its text, else its items.
  private static func source(of stream: Stream) -> Source {
    if let bytes = stream.untouchedBytes {
      // The lines own the bytes, so both are kept and closed together.
      return .text(pieces(of: bytes), close: { stream.close() })
    }
    if stream.isBytes { return .text(pieces(of: stream), close: { stream.close() }) }
    if stream.hasText { return .text({ try stream.nextText() }, close: { stream.close() }) }
    return .items { try stream.next() }
  }

  private static func pieces(of stream: Stream) -> () throws -> [UInt8]? {
    {
      guard case .bytes(let piece)? = try stream.next() else { return nil }
      return piece
    }
  }

  /// Opens the file that a text names; if there is none and the text looks like an address, that is the error.
  private func open(_ text: String, unless wrong: AddressTextError) throws {
    let path = try machine.path(text)
    let file: OwnedFile
    do { file = try OwnedFile(opening: path) } catch {
      throw Self.looksLikeAddress(text, wrong) ? wrong : error
    }
    lines = AddressLines(source: text, skippingWrongLines: skipsBad)
    source = .text({ try file.read(path) }, close: { file.close() })
  }

  /// Whether a text begins as an address, up to its first wrong character, or consists of what addresses consist of.
  private static func looksLikeAddress(_ text: String, _ wrong: AddressTextError) -> Bool {
    guard let first = text.utf8.first, first.isDigit || first == UInt8(ascii: ":") || text.contains(":") else {
      return false
    }
    let isAllOfIt = text.utf8.allSatisfy { byte in
      byte.isDigit || byte.isLetter && byte.lowercased <= UInt8(ascii: "f") || ":./-%".utf8.contains(byte)
    }
    return isAllOfIt || text.utf8.prefix(wrong.offset).contains { ".:".utf8.contains($0) }
  }

  private func add(_ value: Value, _ sink: inout some AddressSink) throws {
    switch value {
    case .string(let text): try sink.read(Array(text.utf8) + [UInt8(ascii: "\n")], &lines)
    case .bytes(let bytes): try sink.read(bytes + [UInt8(ascii: "\n")], &lines)
    case .null: break
    default: try sink.add(AddressItem(value))
    }
  }

  private func end(_ sink: inout some AddressSink) throws {
    source = nil
    try sink.finish(&lines)
    skipped += lines.skipped
    if firstSkipped == nil { firstSkipped = lines.firstSkipped }
    lines = AddressLines(skippingWrongLines: skipsBad)
  }

  private func report() {
    guard let firstSkipped, skipped > 0 else { return }
    machine.session.output.note(
      "\(command): left out \(counted(skipped, "wrong line")), the first: \(firstSkipped.message)")
    skipped = 0
  }
}
