import Diagnostics
import Net
import Syntax

extension Compiler {
  /// Compiles an expression.
  func compile(_ expression: Expression) -> Code {
    switch expression.kind {
    case .word(let word): return constant(literal(word, expression.span))
    case .text(let template): return compile(template, expression.span)
    case .bytes(let bytes): return constant(.bytes(bytes))
    case .regex(let pattern):
      guard let regex = regex(pattern, expression.span) else { return nothing }
      return constant(.regex(regex))
    case .variable(let name): return read(name, expression.span)
    case .access(let value, let steps): return compileAccess(value, steps)
    case .list(let items): return compileList(items, expression.span)
    case .record(let fields): return compileRecord(fields, expression.span)
    case .function(let function): return compileFunction(function, expression.span)
    case .block(let block): return compileFunction(FunctionLiteral(parameters: [], body: block), expression.span)
    case .emptyBraces: return constant(.record(.empty))
    case .group(let pipeline): return compileBound(pipeline)
    case .chain(let first, let links): return compileChain(first, links)
    case .not(let operand):
      let condition = compileCondition(operand)
      return Code { machine throws(Unwind) in .bool(try !condition(machine)) }
    case .negate(let operand): return compileUnary(operand, expression.span, Arithmetic.negate)
    case .complement(let operand): return compileUnary(operand, expression.span, Bits.complement)
    case .range(let lower, let upper, let includesEnd):
      return compileRange(lower, upper, includesEnd, expression.span)
    case .control(let control): return compileValue(of: control, expression.span)
    case .missing: return nothing
    }
  }

  func constant(_ value: Value) -> Code { Code(.constant(value)) { _ in value } }

  /// Reads a word that stands for itself: a literal, else a string.
  func literal(_ word: String, _ span: Span) -> Value {
    switch Literal.read(word) {
    case .value(let value): return value
    case .malformed(let message, let hint):
      find("bad-literal", message, span, hint: hint)
      return .null
    case .word: return .string(word)
    }
  }

  /// Gives the value of an expression that is the same at every run; nil for others.
  func constantValue(of expression: Expression) -> Value? {
    switch expression.kind {
    case .word(let word):
      if case .value(let value) = Literal.read(word) { return value }
      return nil
    case .text(let template):
      if template.parts.isEmpty { return .string("") }
      guard template.parts.count == 1, case .text(let text) = template.parts[0] else { return nil }
      return .string(text)
    case .bytes(let bytes): return .bytes(bytes)
    default: return nil
    }
  }

  func regex(_ pattern: String, _ span: Span) -> Regex? {
    do throws(ValueError) { return try Regex(pattern) } catch {
      find(error.code, error.message, span)
      return nil
    }
  }

  private func compileUnary(
    _ operand: Expression, _ span: Span, _ apply: @escaping @Sendable (Value) throws(ValueError) -> Value
  ) -> Code {
    let code = compile(operand)
    let place = place(span)
    return Code { machine throws(Unwind) in
      let value = try code(machine)
      do throws(ValueError) { return try apply(value) } catch { throw machine.failure(error, at: place) }
    }
  }

  private func compileAccess(_ value: Expression, _ steps: [Access]) -> Code {
    let base = compile(value)
    let codes = steps.map { compileStep($0) }
    let place = place(value.span)
    if codes.count == 1 {
      let step = codes[0]
      return Code { machine throws(Unwind) in
        try machine.settle(step(machine, base(machine)), at: place)
      }
    }
    return Code { machine throws(Unwind) in
      var value = try base(machine)
      for step in codes { value = try machine.settle(step(machine, value), at: place) }
      return value
    }
  }

  private func compileStep(_ step: Access) -> AccessCode {
    let place = Place(source, step.span)
    switch step.kind {
    case .field(let name, let optional):
      return AccessCode { machine, value throws(Unwind) in
        if case .record(let record) = value, let field = record[name] { return field }
        return try machine.field(name, of: value, optional: optional, at: place)
      }
    case .index(let index):
      let code = compile(index)
      return AccessCode { machine, value throws(Unwind) in try machine.index(code(machine), of: value, at: place) }
    case .slice(let from, let to, let includesEnd):
      let lower = from.map { compile($0) } ?? constant(.int(0))
      let upper = to.map { compile($0) }
      return AccessCode { machine, value throws(Unwind) in
        let end = try upper?(machine)
        let range = RangeValue(lower: try lower(machine), upper: end, includesEnd: includesEnd)
        return try machine.slice(range, of: value, at: place)
      }
    }
  }

  // MARK: Compounds

  private func compileList(_ items: [Expression], _ span: Span) -> Code {
    // A list of constants is made once; its items need no code.
    var known: [Value] = []
    var rest = items[...]
    while let item = rest.first {
      let code = compile(item)
      guard case .constant(let value) = code.form else { break }
      known.append(value)
      rest = rest.dropFirst()
    }
    if rest.isEmpty, known.allSatisfy({ $0.depth < depthLimit }) { return constant(.list(known)) }
    let codes = rest.map { compile($0) }
    let place = place(span)
    return Code { machine throws(Unwind) in
      var values: [Value] = known
      values.reserveCapacity(known.count + codes.count)
      for code in codes { values.append(try code(machine)) }
      return try machine.bounded(.list(values), at: place)
    }
  }

  private func compileRecord(_ fields: [RecordField], _ span: Span) -> Code {
    var seen: [String: Span] = [:]
    let codes = fields.map { field -> (key: Code, value: Code) in
      if case .string(let name)? = constantValue(of: Expression(.text(field.key), field.keySpan)) {
        if let first = seen.updateValue(field.keySpan, forKey: name) {
          find("twice", "the record has `\(name)` twice", field.keySpan, labels: [.init(first, "first here")])
        }
      }
      return (compile(field.key, field.keySpan), compile(field.value))
    }
    let place = place(span)
    return Code { machine throws(Unwind) in
      var pairs: [(String, Value)] = []
      pairs.reserveCapacity(codes.count)
      for (key, value) in codes {
        guard case .string(let name) = try key(machine) else { continue }
        pairs.append((name, try machine.settle(value(machine), at: place)))
      }
      return try machine.bounded(.record(Record(pairs: pairs)), at: place)
    }
  }

  private func compileRange(_ lower: Expression, _ upper: Expression?, _ includesEnd: Bool, _ span: Span) -> Code {
    let from = compile(lower)
    let to = upper.map { compile($0) }
    let place = place(span)
    return Code { machine throws(Unwind) in
      let a = try from(machine)
      let b = try to?(machine)
      guard let range = RangeValue(from: a, to: b, includesEnd: includesEnd) else {
        throw machine.failure(
          ValueError("wrong-type", "a range goes from an int to an int, or between addresses of one family"), at: place)
      }
      return .range(Box(range))
    }
  }
}

extension Machine {
  func field(_ name: String, of value: Value, optional: Bool, at place: Place) throws(Unwind) -> Value {
    do throws(ValueError) { return try Accessing.field(name, of: value, optional: optional) } catch {
      throw failure(error, at: place)
    }
  }

  func index(_ key: Value, of value: Value, at place: Place) throws(Unwind) -> Value {
    do throws(ValueError) { return try Accessing.index(key, of: value) } catch { throw failure(error, at: place) }
  }

  func slice(_ range: RangeValue, of value: Value, at place: Place) throws(Unwind) -> Value {
    do throws(ValueError) { return try Accessing.slice(range, of: value) } catch { throw failure(error, at: place) }
  }

  func bounded(_ value: Value, at place: Place) throws(Unwind) -> Value {
    guard value.depth <= depthLimit else { throw failure(ValueError.tooDeep, at: place) }
    return value
  }
}
