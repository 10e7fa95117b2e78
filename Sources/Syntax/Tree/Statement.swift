import Diagnostics

/// Statements in order: a whole text, or what stands between braces.
public struct Block: Sendable {
  public let statements: [Statement]
  /// With its braces, where it has them.
  public let span: Span

  public init(_ statements: [Statement], _ span: Span) {
    self.statements = statements
    self.span = span
  }
}

/// What a line of a script says.
public struct Statement: Sendable {
  public enum Kind: Sendable {
    case pipeline(Pipeline)
    /// `let name = …`
    case declare(name: Name, value: Pipeline)
    /// `set name.field[0] = …`
    case assign(target: Name, path: [Access], value: Pipeline)
    case define(Definition)
    case `return`(Pipeline?)
    case `break`
    case `continue`
    case fail(Pipeline)
    /// `assert condition, message`
    case assert(Pipeline, message: Expression?)
    /// `defer { … }`
    case `defer`(Block)
    /// `use smtp`, `use ./lib/smtp.nsh`
    case use(Expression)
    /// A statement that could not be read; there is a finding for it.
    case broken
  }

  public let kind: Kind
  public let span: Span

  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// A name where it is written.
public struct Name: Sendable {
  public let text: String
  public let span: Span

  public init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

/// `def name [parameters] { … }` with the comment lines that stand directly above it.
public struct Definition: Sendable {
  public let name: Name
  public let parameters: [ParameterSyntax]
  public let body: Block
  /// The comment above, one line a line, without `#`; empty if there is none.
  public let comment: String

  public init(name: Name, parameters: [ParameterSyntax], body: Block, comment: String) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.comment = comment
  }
}

/// A parameter as written in a `def` or between the bars of a function.
public struct ParameterSyntax: Sendable {
  public enum Kind: Sendable { case positional, option, rest }

  /// Without `--` or `...`, as written: `max-time`.
  public let name: Name
  public let kind: Kind
  /// `: duration`
  public let type: Name?
  /// `= 5s`
  public let defaultValue: Expression?

  public init(name: Name, kind: Kind, type: Name? = nil, defaultValue: Expression? = nil) {
    self.name = name
    self.kind = kind
    self.type = type
    self.defaultValue = defaultValue
  }
}

/// `{|a, b| …}`
public struct FunctionLiteral: Sendable {
  public let parameters: [ParameterSyntax]
  public let body: Block

  public init(parameters: [ParameterSyntax], body: Block) {
    self.parameters = parameters
    self.body = body
  }
}
