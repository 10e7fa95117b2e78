import Net

/// Why a master file is none, and where in which file.
public struct ZoneError: LayeredError, Hashable {
  public enum Reason: Sendable, Hashable {
    case unbalancedQuote
    case unbalancedParenthesis
    case badEscape
    case noOwner
    case noTTL
    case badTTL(String)
    case noType
    case unknownType(String)
    case metaType(RecordType)
    case otherClass(String)
    case name(DomainNameError)
    case data(RecordType, String)
    case directive(String, String)
    case tooDeep
    case tooMany(limit: Int)
    case included(String, String)
    /// What the records together must not be.
    case zone(String)
  }

  public let reason: Reason
  /// The name of the file, empty for none.
  public let file: String
  /// From 1; 0 where it concerns the zone as a whole.
  public let line: Int
  public let column: Int

  public init(_ reason: Reason, file: String = "", line: Int, column: Int = 1) {
    self.reason = reason
    self.file = file
    self.line = line
    self.column = column
  }

  public var layer: Layer { .dns }
  public var code: String { "bad-zone" }
  public var message: String {
    guard line > 0 else { return sentence }
    return file.isEmpty ? "\(sentence), in line \(line)" : "\(file):\(line):\(column): \(sentence)"
  }

  private var sentence: String {
    switch reason {
    case .unbalancedQuote: "a quotation mark is not closed on its line"
    case .unbalancedParenthesis: "a parenthesis is not balanced"
    case .badEscape: "a \\ stands before neither three digits up to 255 nor a character"
    case .noOwner: "the first record has no name"
    case .noTTL: "the record has no TTL, and nothing before says one"
    case .badTTL(let text): "`\(text)` is no TTL"
    case .noType: "the record has no type"
    case .unknownType(let text): "`\(text)` is no type of record"
    case .metaType(let type): "\(type) is asked for, and never in a zone"
    case .otherClass(let text): "the class \(text) is not that of the zone"
    case .name(let error): error.message
    case .data(let type, let sentence): "the data of \(type): \(sentence)"
    case .directive(let name, let sentence): "\(name): \(sentence)"
    case .tooDeep: "files include each other more than 10 deep"
    case .tooMany(let limit): "there are more than \(limit) records"
    case .included(let file, let why): "$INCLUDE of \(file): \(why)"
    case .zone(let sentence): sentence
    }
  }
}
