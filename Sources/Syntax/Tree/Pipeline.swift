import Diagnostics

/// Stages joined by `|`, each reading what the one before gives, in one flat array; usually only one.
public struct Pipeline: Sendable {
  public let stages: [Stage]
  public let span: Span

  public init(_ stages: [Stage], _ span: Span) {
    self.stages = stages
    self.span = span
  }
}

/// One part of a pipeline.
public struct Stage: Sendable {
  public enum Kind: Sendable {
    case expression(Expression)
    case call(Call)
    /// `^prog args…`
    case program(Call)
  }

  public let kind: Kind
  public let span: Span

  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// A command with its arguments as typed; how many of the first words name the command is for the checker to say.
public struct Call: Sendable {
  /// The first word: `tcp` of `tcp connect :80`; of a program the word after `^`.
  public let head: Name
  public let arguments: [Argument]

  public init(head: Name, arguments: [Argument]) {
    self.head = head
    self.arguments = arguments
  }
}

/// One argument of a call.
public struct Argument: Sendable {
  public enum Kind: Sendable {
    /// A value; also `-4` or `-x`, whose meaning depends on the command's declaration.
    case value(Expression)
    /// `--name` or `--name=value`; whether the argument after `--name` is its value is for the checker to say.
    case option(Name, value: Expression?)
    /// `--`
    case endOfOptions
  }

  public let kind: Kind
  public let span: Span

  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// A construct with blocks that run in place; each may stand where a value may stand.
public enum Control: Sendable {
  /// The branches in order, each with its condition; the last block of an `else` has none.
  case `if`([Branch])
  case forIn(variable: Name, sequence: Expression, body: Block)
  case `while`(Expression, Block)
  case loop(Block)
  case `try`(Block, catchName: Name?, catchBlock: Block?, finally: Block?)
  case within(Expression, Block)
  /// `retry 5 --every 200ms { … }`
  case retry(count: Expression, every: Expression?, Block)

  public struct Branch: Sendable {
    public let condition: Expression?
    public let body: Block

    public init(condition: Expression?, body: Block) {
      self.condition = condition
      self.body = body
    }
  }
}
