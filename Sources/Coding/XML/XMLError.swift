import Net

/// Why a text could not be read as XML.
public enum XMLError: LayeredError, Hashable {
  /// It breaks the rules of XML 1.0, in this line and column (from 1).
  case malformed(reason: String, line: Int, column: Int)
  /// It has a document type declaration, which is where entities that grow without end come from.
  case declaresType(line: Int)
  /// Elements stand in each other deeper than the limit, or an element's text or attributes are longer.
  case tooLarge(what: String, limit: Int, line: Int)
  case noMemory
  /// The reader was used after it had failed or had been finished.
  case finished

  public var layer: Layer { .value }

  public var code: String {
    switch self {
    case .malformed: "xml-malformed"
    case .declaresType: "xml-doctype"
    case .tooLarge: "too-large"
    case .noMemory: "no-memory"
    case .finished: "failed-before"
    }
  }

  public var message: String {
    switch self {
    case .malformed(let reason, let line, let column):
      "this is not XML: \(reason) in line \(line), column \(column)"
    case .declaresType(let line): "line \(line) declares a document type, which is not taken"
    case .tooLarge(let what, let limit, let line): "\(what) in line \(line) of the XML: more than \(limit)"
    case .noMemory: "no memory to read XML"
    case .finished: "the XML was read to its end, or failed before"
    }
  }
}
