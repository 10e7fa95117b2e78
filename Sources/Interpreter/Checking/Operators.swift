import Net
import Syntax

extension Compiler {
  /// Compiles operators of one level, from the left.
  func compileChain(_ first: Expression, _ links: [ChainLink]) -> Code {
    if let link = links.first, link.operation == .and || link.operation == .or {
      let condition = compileCondition(Expression(.chain(first, links), first.span))
      return Code { machine throws(Unwind) in .bool(try condition(machine)) }
    }
    // Code in code is fastest; a long chain is worked off in a loop, so that its length costs no stack.
    if links.count <= 8 { return links.reduce(compile(first)) { compileBinary($0, $1) } }
    let start = compile(first)
    let steps = links.map { link in (link.operation, compile(link.operand), place(link.span)) }
    return Code { machine throws(Unwind) in
      var value = try start(machine)
      for (operation, operand, place) in steps {
        let right = try operand(machine)
        value = try machine.apply(operation, value, right, at: place)
      }
      return value
    }
  }

  /// Compiles one operator; the common ones on 64-bit integers take no detour.
  private func compileBinary(_ left: Code, _ link: ChainLink) -> Code {
    let right = compileRight(link)
    let place = place(link.span)
    switch link.operation {
    case .add: return compileExact(left, right, Adding.self, place)
    case .subtract: return compileExact(left, right, Subtracting.self, place)
    case .multiply: return compileExact(left, right, Multiplying.self, place)
    case .remainder: return compileExact(left, right, TakingRemainder.self, place)
    case let operation:
      return Code { machine throws(Unwind) in
        let (x, y) = (try left(machine), try right(machine))
        return try machine.apply(operation, x, y, at: place)
      }
    }
  }

  /// Compiles a right operand; a text that stands for a pattern is compiled once, with the script.
  private func compileRight(_ link: ChainLink) -> Code {
    let code = compile(link.operand)
    guard link.operation == .matches || link.operation == .matchesNot, case .constant(.string(let text)) = code.form,
      let regex = regex(text, link.operand.span)
    else { return code }
    return constant(.regex(regex))
  }

  /// Compiles an operation of integers: read from a slot, or against a constant, where that is known.
  private func compileExact<Operation: IntegerOperation>(
    _ left: Code, _ right: Code, _: Operation.Type, _ place: Place
  ) -> Code {
    let operation = Operation.operation
    if case .constant(.int(let b)) = right.form {
      if case .local(let slot) = left.form {
        return Code { machine throws(Unwind) in
          if case .int(let a)? = machine.base[slot] {
            let (result, overflow) = Operation.apply(a, b)
            if !overflow { return .int(result) }
          }
          return try machine.apply(operation, left(machine), .int(b), at: place)
        }
      }
      return Code { machine throws(Unwind) in
        let value = try left(machine)
        if case .int(let a) = value {
          let (result, overflow) = Operation.apply(a, b)
          if !overflow { return .int(result) }
        }
        return try machine.apply(operation, value, .int(b), at: place)
      }
    }
    return Code { machine throws(Unwind) in
      let (x, y) = (try left(machine), try right(machine))
      if case .int(let a) = x, case .int(let b) = y {
        let (result, overflow) = Operation.apply(a, b)
        if !overflow { return .int(result) }
      }
      return try machine.apply(operation, x, y, at: place)
    }
  }

  /// Compiles an expression whose value must be true or false.
  func compileCondition(_ expression: Expression) -> Condition {
    switch expression.kind {
    case .chain(let first, let links) where links.first?.operation == .and || links.first?.operation == .or:
      return compileJunction(first, links)
    case .chain(let first, let links) where links.count == 1 && Compiler.isComparison(links[0].operation):
      if let comparison = compileComparison(first, links[0]) { return comparison }
    case .not(let operand):
      let condition = compileCondition(operand)
      return Condition { machine throws(Unwind) in try !condition(machine) }
    default: break
    }
    let code = compile(expression)
    let place = place(expression.span)
    return Condition { machine throws(Unwind) in
      let value = try code(machine)
      if case .bool(let isTrue) = value { return isTrue }
      return try machine.truth(value, at: place)
    }
  }

  /// `a and b and c`: evaluated until the result is known.
  private func compileJunction(_ first: Expression, _ links: [ChainLink]) -> Condition {
    let isAnd = links.first?.operation == .and
    let conditions = [compileCondition(first)] + links.map { compileCondition($0.operand) }
    return Condition { machine throws(Unwind) in
      for condition in conditions where try condition(machine) != isAnd { return !isAnd }
      return isAnd
    }
  }

  static func isComparison(_ operation: BinaryOperator) -> Bool {
    switch operation {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .isNotIn, .matches, .matchesNot: true
    default: false
    }
  }

  private func compileComparison(_ first: Expression, _ link: ChainLink) -> Condition? {
    let left = compile(first)
    let right = compileRight(link)
    let place = place(link.span)
    switch link.operation {
    case .less: return compileOrder(left, right, Less.self, place)
    case .lessOrEqual: return compileOrder(left, right, LessOrEqual.self, place)
    case .greater: return compileOrder(left, right, Greater.self, place)
    case .greaterOrEqual: return compileOrder(left, right, GreaterOrEqual.self, place)
    case .equal: return compileOrder(left, right, Equal.self, place)
    case .notEqual: return compileOrder(left, right, NotEqual.self, place)
    case .isIn, .isNotIn, .matches, .matchesNot:
      let operation = link.operation
      return Condition { machine throws(Unwind) in
        let (x, y) = (try left(machine), try right(machine))
        return try machine.test(operation, x, y, at: place)
      }
    default: return nil
    }
  }

  private func compileOrder<Comparison: IntegerComparison>(
    _ left: Code, _ right: Code, _: Comparison.Type, _ place: Place
  ) -> Condition {
    let operation = Comparison.operation
    if case .local(let slot) = left.form, case .constant(.int(let b)) = right.form {
      return Condition { machine throws(Unwind) in
        if case .int(let a)? = machine.base[slot] { return Comparison.holds(a, b) }
        return try machine.test(operation, left(machine), .int(b), at: place)
      }
    }
    return Condition { machine throws(Unwind) in
      let (x, y) = (try left(machine), try right(machine))
      if case .int(let a) = x, case .int(let b) = y { return Comparison.holds(a, b) }
      return try machine.test(operation, x, y, at: place)
    }
  }
}

extension Machine {
  func apply(_ operation: BinaryOperator, _ left: Value, _ right: Value, at place: Place) throws(Unwind) -> Value {
    do throws(ValueError) { return try Arithmetic.apply(operation, left, right) } catch {
      throw failure(error, at: place)
    }
  }

  func test(_ operation: BinaryOperator, _ left: Value, _ right: Value, at place: Place) throws(Unwind) -> Bool {
    do throws(ValueError) { return try Arithmetic.test(operation, left, right) } catch {
      throw failure(error, at: place)
    }
  }
}
