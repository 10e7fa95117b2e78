import Diagnostics

/// A part of the tree that has a value.
public struct Expression: Sendable {
  public let kind: Kind
  public let span: Span

  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  /// What is larger than a word stands behind a reference, so that a long list of words takes little room.
  public enum Kind: Sendable {
    /// A bare word without interpolation, as typed: in an argument a literal or a string, in an expression always a literal.
    case word(String)
    /// A quoted string, or a bare word with something interpolated.
    case text(Template)
    /// `0x[16 03 01]`
    case bytes([UInt8])
    /// `re'…'`: the pattern between the quotes.
    case regex(String)
    /// `$name`, also `$?`, `$_`, `$in`; the name without the dollar sign.
    case variable(String)
    /// `$a.b[0]?.c`: what is looked into and each step, in order, in one flat array.
    indirect case access(Expression, [Access])
    case list([Expression])
    case record([RecordField])
    /// `{|x| …}`
    indirect case function(FunctionLiteral)
    /// `{ … }` as an argument of a command.
    indirect case block(Block)
    /// `{}`, which is an empty record, function or block as its place asks.
    case emptyBraces
    /// `( … )`
    indirect case group(Pipeline)
    /// Operators of one level of precedence, evaluated from the left, in one flat array.
    indirect case chain(Expression, [ChainLink])
    /// `not x`
    indirect case not(Expression)
    /// `- x`
    indirect case negate(Expression)
    /// `bnot x`
    indirect case complement(Expression)
    /// `a..b` (both ends belong to it), `a..<b` (without `b`), `a..` (no end).
    indirect case range(Expression, to: Expression?, includesEnd: Bool)
    /// `if`, `try`, `for` and the like where a value may stand.
    indirect case control(Control)
    /// A place where the text was wrong; there is a finding for it.
    case missing
  }
}

/// An operator and its right operand.
public struct ChainLink: Sendable {
  public let operation: BinaryOperator
  public let operand: Expression
  /// Where the operator itself stands.
  public let span: Span

  public init(_ operation: BinaryOperator, _ operand: Expression, at span: Span) {
    self.operation = operation
    self.operand = operand
    self.span = span
  }
}

/// An operator between two operands; its raw value is how it is written.
public enum BinaryOperator: String, Sendable, CaseIterable {
  case or, and
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"
  case isNotIn = "not in"
  case matches = "=~"
  case matchesNot = "!~"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case bitAnd = "band"
  case bitOr = "bor"
  case bitXor = "bxor"
  case shiftLeft = "shl"
  case shiftRight = "shr"
}

/// One step into a value: a field, an index or a slice.
public struct Access: Sendable {
  public enum Kind: Sendable {
    /// `.name`, or `?.name`, which gives null when the field is missing.
    case field(String, optional: Bool)
    case index(Expression)
    /// `[a..b]`, `[a..<b]`, `[a..]`, `[..b]`
    case slice(from: Expression?, to: Expression?, includesEnd: Bool)
  }

  public let kind: Kind
  public let span: Span

  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// A text with values put into it.
public struct Template: Sendable {
  public enum Part: Sendable {
    case text(String)
    /// `$name.field`, `${name}` or `${ … }`
    case value(Expression)
  }

  public let parts: [Part]
  /// How it was written: a word without quotes, a raw string, a string with escapes, or a block string.
  public let form: Form

  public enum Form: Sendable { case bare, raw, escaped, block }

  public init(_ parts: [Part], form: Form) {
    self.parts = parts
    self.form = form
  }
}

/// A key and its value in `{key: value}`.
public struct RecordField: Sendable {
  /// A word or a string.
  public let key: Template
  public let keySpan: Span
  public let value: Expression

  public init(key: Template, keySpan: Span, value: Expression) {
    self.key = key
    self.keySpan = keySpan
    self.value = value
  }
}
