import Diagnostics
import Syntax

/// What stands at the cursor, as the tree of the text up to there says.
struct CursorPlace {
  /// The part of the tree that the cursor is in.
  indirect enum Kind {
    /// The first word of a command.
    case head(isStatement: Bool)
    case program
    case argument(Int, of: Call, isPiped: Bool, isProgram: Bool)
    case variable
    case field(of: Expression, steps: ArraySlice<Access>)
    /// A key of a record that stands at another place.
    case key(of: Kind?)
    /// A word in a list or record, or where an expression is wanted.
    case word
    case module
    /// The name after `set`.
    case target
  }

  var kind: Kind?
  /// Where the word at the cursor begins.
  var start: Int
  /// The names that the text itself declares.
  var names: [String] = []
  let source: Source

  /// What may be put at the cursor, so that there is always a word, or a key with its value.
  enum Mark: String {
    case word = "x"
    case key = "x: 0"
  }

  /// Reads the text up to the cursor, a byte offset; what stands behind it does not matter.
  init(_ text: [UInt8], cursor: Int, mark: Mark = .word) {
    let before = Array(text.prefix(max(0, cursor)))
    var source = Source(name: "prompt", bytes: before + Array(mark.rawValue.utf8))
    var parsed = Syntax.parse(source, literals: Literals())
    // The string that the cursor is in ends behind it.
    if case .string(let end) = parsed.incomplete {
      source = Source(name: "prompt", bytes: source.bytes + Array(end.utf8))
      parsed = Syntax.parse(source, literals: Literals())
    } else if let quote = Self.openQuote(before) {
      let closed = Source(name: "prompt", bytes: source.bytes + [quote])
      let again = Syntax.parse(closed, literals: Literals())
      if again.findings.count < parsed.findings.count || parsed.incomplete != nil { (source, parsed) = (closed, again) }
    }
    self.source = source
    start = before.count
    find(in: parsed.block, cursor: before.count)
  }

  /// Gives the quote that is open at the end of the last line, as far as a look at it tells.
  private static func openQuote(_ text: [UInt8]) -> UInt8? {
    var open: UInt8?
    var isEscaped = false
    for byte in text[((text.lastIndex(of: 0x0A) ?? -1) + 1)...] {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") {
        isEscaped = true
      } else if byte == open {
        open = nil
      } else if open == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        open = byte
      }
    }
    return open
  }

  private mutating func find(in block: Block, cursor: Int) {
    var kind: Kind?
    var start = start
    var names: [String] = []
    var statementStart = -1
    func holds(_ span: Span) -> Bool { span.start <= cursor && cursor < span.end }
    func take(_ found: Kind, _ from: Int) {
      kind = found
      start = from
    }
    let walk = TreeWalk { node in
      switch node {
      case .name(let name): names.append(name.text)
      case .statement(let statement):
        if holds(statement.span) { statementStart = statement.span.start }
        switch statement.kind {
        case .declare(let name, _): names.append(name.text)
        case .assign(let target, _, _) where holds(target.span): take(.target, target.span.start)
        case .use(let path) where holds(path.span): take(.module, path.span.start)
        default: break
        }
      case .call(let call, let isPiped, let isProgram):
        if holds(call.head.span) {
          let isStatement = call.head.span.start == statementStart
          return take(isProgram ? .program : .head(isStatement: isStatement), call.head.span.start)
        }
        guard let index = call.arguments.firstIndex(where: { holds($0.span) }) else { return }
        var from = call.arguments[index].span.start
        if case .option(_, let value?) = call.arguments[index].kind { from = value.span.start }
        take(.argument(index, of: call, isPiped: isPiped, isProgram: isProgram), from)
      case .expression(let expression) where holds(expression.span):
        switch expression.kind {
        case .variable: take(.variable, expression.span.start)
        case .access(let base, let steps):
          guard let index = steps.firstIndex(where: { holds($0.span) }), case .field(let name, _) = steps[index].kind
          else { return }
          take(.field(of: base, steps: steps[..<index]), steps[index].span.end - name.utf8.count)
        case .record(let fields):
          guard let field = fields.first(where: { holds($0.keySpan) }) else { return }
          take(.key(of: kind), field.keySpan.start)
        case .word:
          // An argument's own word is already taken.
          if start != expression.span.start || kind == nil { take(.word, expression.span.start) }
        default: break
        }
      case .expression: break
      }
    }
    walk.walk(block)
    self.kind = kind
    self.start = start
    self.names = names
  }
}
