import Diagnostics

/// Parses a script text by the rules of the language.
///
/// It runs in time linear in the text and never fails: what is wrong stands in the findings, and the places of it in the
/// tree are `missing` or `broken`. With the default limits a thread with a stack of 512 KiB can call it.
public func parse(
  _ source: Source, literals: some LiteralRecognizer, limits: ParseLimits = ParseLimits()
) -> ParseResult {
  var parser = Parser(source, literals: literals, limits: limits)
  return parser.script()
}

/// How much a text may ask of the parser.
public struct ParseLimits: Sendable {
  /// How deep brackets and operators may nest.
  public var nesting: Int
  /// How many findings are kept; one more says that there were more.
  public var findings: Int
  /// How many bytes of stack nesting may take; a debug build takes up to 11 KiB a level, a release build far less.
  public var stack: Int

  public init(nesting: Int = 500, findings: Int = 100, stack: Int = 384 * 1024) {
    self.nesting = nesting
    self.findings = findings
    self.stack = stack
  }
}

/// A recursive-descent parser that reads the bytes directly: what a byte means depends on whether a word or an
/// expression is being read, so there is no list of tokens in between.
struct Parser {
  let source: Source
  let bytes: [UInt8]
  let literals: any LiteralRecognizer
  let limits: ParseLimits

  /// Where the stack stood when parsing began.
  let stackStart = stackAddress()

  /// What the formatter wants to know beside the tree; nil where nobody wants it.
  var layout: Layout?

  /// Where the next byte to read stands.
  var at = 0
  var place = Place.statements
  /// The brackets that are open here, the outermost first.
  var brackets: [OpenBracket] = []
  /// How many operators around this place wait for their right operand, in all expressions that are being read.
  var waitingOperators = 0
  var comments: [Comment] = []

  var findings: [Finding] = []
  /// How many findings were left out over the limit.
  var unlisted = 0
  /// Set from a mistake until the next place where reading can go on; nothing is reported meanwhile.
  var isLost = false
  /// Set once the end of the text was reported as coming too early.
  var endWasReported = false
  /// What the first finding about the end says; dropped if any other finding stands.
  var incomplete: Incompleteness?

  /// Where the blanks that were skipped last begin and end, so that a span can end before them.
  var blanks = Span(-1, -1)
  /// Where the argument begins that was already reported as glued to the one before.
  var gluedAt = -1
  /// A quote before this place is known to have no partner on its line.
  var unpairedUntil = 0
  /// The string that was read last while looking whether a record begins.
  var stringAhead: Expression?
  /// The answer to the last question for a literal.
  var literalAhead: (start: Int, literal: Literal?) = (-1, nil)

  init(_ source: Source, literals: any LiteralRecognizer, limits: ParseLimits) {
    self.source = source
    self.bytes = source.bytes
    self.literals = literals
    self.limits = limits
  }

  // script = [ byte-order mark ] statements
  mutating func script() -> ParseResult {
    checkEncoding()
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    var all = statements()
    // A closing bracket that closes nothing ends the loop; go on behind it.
    while at < bytes.count {
      report("syntax", "nothing is open that `\(source.text(Span(at, at + 1)))` could close", Span(at, at + 1))
      at += 1
      all += statements()
    }
    let block = Block(all, Span(0, bytes.count))
    return ParseResult(block: block, findings: listedFindings(), incomplete: incomplete)
  }
}

/// What the brackets around a place make of newlines and commas.
struct Place {
  var newlineIsBlank: Bool
  var commaEndsWord: Bool

  static let statements = Place(newlineIsBlank: false, commaEndsWord: false)
  static let group = Place(newlineIsBlank: true, commaEndsWord: false)
  static let elements = Place(newlineIsBlank: true, commaEndsWord: true)
}

/// A comment with its `#`, and whether it stands alone on its line.
struct Comment {
  let span: Span
  let standsAlone: Bool
}
