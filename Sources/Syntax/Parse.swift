import Diagnostics

/// Says what a bare word is, for the parser does not know the values of networks itself.
public protocol LiteralRecognizer: Sendable {
  func recognize(_ word: String) -> LiteralShape
  /// Says what is wrong with a word that was meant as a number, where only a value can stand; nil for all other words.
  func fault(inNumber word: String) -> String?
}

extension LiteralRecognizer {
  public func fault(inNumber word: String) -> String? { nil }
}

/// The answer of a recognizer to a word.
public enum LiteralShape: Sendable, Equatable {
  /// The word is a literal: `42`, `192.0.2.1`, `null`, `http://example.test/`.
  case literal
  /// The word has the shape of a literal and is wrong: `example.test:66000`, `5m`.
  case malformed(message: String, hint: String?)
  case word
}

/// What parsing a text gives: always a tree, with what is wrong in it.
public struct ParseResult: Sendable {
  public let block: Block
  public let findings: [Finding]
  /// Set if more input could cure what is wrong: the text ends inside a bracket, a string, or after `|` or `\`.
  public let incomplete: Incompleteness?

  public init(block: Block, findings: [Finding], incomplete: Incompleteness?) {
    self.block = block
    self.findings = findings
    self.incomplete = incomplete
  }
}

/// Why a text needs more input.
public enum Incompleteness: Sendable, Equatable {
  /// So many brackets are open.
  case brackets(Int)
  /// A string that ends with this text is open.
  case string(String)
  /// The last line ends with `|` or `\`.
  case continued
}
