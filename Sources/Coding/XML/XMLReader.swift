import CExpat

/// A reader of XML 1.0 (expat) that is given a document in pieces and tells of its elements as they come.
///
/// A class, since expat keeps a pointer to it. Nothing is expanded: a document type declaration ends the reading, so that no entity
/// beside the five of XML itself exists; depth and the length of a text are limited.
public final class XMLReader {
  /// What a document is made of.
  public enum Event: Sendable, Hashable {
    /// The beginning of an element, by its name without a namespace.
    case start(String)
    /// All text directly before a tag, in one piece.
    case text(String)
    case end(String)
  }

  /// How deep elements stand in each other at most.
  public static let deepest = 64
  /// How many bytes a text may have at most.
  public static let longestText = 1 << 20

  private let parser: XML_Parser
  private let take: (Event) -> Void
  private var text: [UInt8] = []
  private var depth = 0
  private var failure: XMLError?
  private var isFinished = false

  /// - Parameter take: is called with each event while `receive` runs.
  public init(_ take: @escaping (Event) -> Void) throws(XMLError) {
    guard let parser = XML_ParserCreate(nil) else { throw .noMemory }
    self.parser = parser
    self.take = take
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { reader, name, _ in XMLReader.of(reader)?.start(name) },
      { reader, name in XMLReader.of(reader)?.end(name) })
    XML_SetCharacterDataHandler(parser) { reader, bytes, count in XMLReader.of(reader)?.add(bytes, Int(count)) }
    XML_SetStartDoctypeDeclHandler(parser) { reader, _, _, _, _ in XMLReader.of(reader)?.refuseType() }
  }

  deinit { XML_ParserFree(parser) }

  /// Takes the next bytes of the document, however they are cut.
  public func receive(_ bytes: [UInt8]) throws(XMLError) { try parse(bytes, isLast: false) }

  /// Says that the document has ended; an element that is still open is an error.
  public func finish() throws(XMLError) {
    try parse([], isLast: true)
    isFinished = true
  }

  private func parse(_ bytes: [UInt8], isLast: Bool) throws(XMLError) {
    if let failure { throw failure }
    guard !isFinished else { throw .finished }
    var start = 0
    repeat {
      // The count has 31 bits.
      let end = min(bytes.count, start + 1 << 20)
      let status = bytes[start..<end].withUnsafeBytes { piece in
        XML_Parse(
          parser, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(truncatingIfNeeded: piece.count),
          isLast ? 1 : 0)
      }
      start = end
      guard status == XML_STATUS_OK, failure == nil else {
        let error = failure ?? expatError()
        failure = error
        throw error
      }
    } while start < bytes.count
  }

  private func expatError() -> XMLError {
    let code = XML_GetErrorCode(parser)
    guard code != XML_ERROR_NO_MEMORY else { return .noMemory }
    let reason = XML_ErrorString(code).map { String(cString: $0) } ?? "unknown error"
    return .malformed(reason: reason, line: line, column: Int(XML_GetCurrentColumnNumber(parser)) + 1)
  }

  private var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

  // MARK: What expat calls

  private static func of(_ data: UnsafeMutableRawPointer?) -> XMLReader? {
    data.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private func stop(_ error: XMLError) {
    failure = failure ?? error
    XML_StopParser(parser, 0)
  }

  private func start(_ name: UnsafePointer<CChar>?) {
    guard failure == nil, let name else { return }
    giveText()
    depth += 1
    guard depth <= Self.deepest else {
      return stop(.tooLarge(what: "elements in each other", limit: Self.deepest, line: line))
    }
    take(.start(Self.local(name)))
  }

  private func end(_ name: UnsafePointer<CChar>?) {
    guard failure == nil, let name else { return }
    giveText()
    depth -= 1
    take(.end(Self.local(name)))
  }

  private func add(_ bytes: UnsafePointer<CChar>?, _ count: Int) {
    guard failure == nil, let bytes, count > 0 else { return }
    guard text.count + count <= Self.longestText else {
      return stop(.tooLarge(what: "bytes of text", limit: Self.longestText, line: line))
    }
    text.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
  }

  private func refuseType() { stop(.declaresType(line: line)) }

  private func giveText() {
    guard !text.isEmpty else { return }
    // expat gives UTF-8 alone.
    take(.text(String(decoding: text, as: UTF8.self)))
    text.removeAll(keepingCapacity: true)
  }

  /// Gives the name behind a prefix of a namespace.
  private static func local(_ name: UnsafePointer<CChar>) -> String {
    let whole = String(cString: name)
    guard let colon = whole.utf8.lastIndex(of: UInt8(ascii: ":")) else { return whole }
    return String(whole[whole.utf8.index(after: colon)...])
  }
}
