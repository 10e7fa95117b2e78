import Net
import Syntax

extension Compiler {
  /// Compiles operators of one level, from the left.
  func compileChain(_ first: Expression, _ links: [ChainLink]) -> Code {
    if let link = links.first, link.operation == .and || link.operation == .or {
      let condition = compileCondition(Expression(.chain(first, links), first.span))
      return { machine throws(Unwind) in .bool(try condition(machine)) }
    }
    if links.count == 1 { return compileBinary(first, links[0]) }
    let start = compile(first)
    let steps = links.map { link in (link.operation, compile(link.operand), place(link.span)) }
    return { machine throws(Unwind) in
      var value = try start(machine)
      for (operation, operand, place) in steps {
        let right = try operand(machine)
        value = try machine.apply(operation, value, right, at: place)
      }
      return value
    }
  }

  /// Compiles one operator, the common ones on 64-bit integers without a detour.
  private func compileBinary(_ first: Expression, _ link: ChainLink) -> Code {
    let left = compile(first)
    let place = place(link.span)
    let operation = link.operation
    if case .int(let b)? = constantValue(of: link.operand) {
      switch operation {
      case .add:
        return { machine throws(Unwind) in
          let value = try left(machine)
          if case .int(let a) = value {
            let (sum, overflow) = a.addingReportingOverflow(b)
            if !overflow { return .int(sum) }
          }
          return try machine.apply(.add, value, .int(b), at: place)
        }
      case .subtract:
        return { machine throws(Unwind) in
          let value = try left(machine)
          if case .int(let a) = value {
            let (difference, overflow) = a.subtractingReportingOverflow(b)
            if !overflow { return .int(difference) }
          }
          return try machine.apply(.subtract, value, .int(b), at: place)
        }
      default: break
      }
    }
    let right = compile(link.operand)
    switch operation {
    case .add:
      return { machine throws(Unwind) in
        let (x, y) = (try left(machine), try right(machine))
        if case .int(let a) = x, case .int(let b) = y {
          let (sum, overflow) = a.addingReportingOverflow(b)
          if !overflow { return .int(sum) }
        }
        return try machine.apply(.add, x, y, at: place)
      }
    case .multiply:
      return { machine throws(Unwind) in
        let (x, y) = (try left(machine), try right(machine))
        if case .int(let a) = x, case .int(let b) = y {
          let (product, overflow) = a.multipliedReportingOverflow(by: b)
          if !overflow { return .int(product) }
        }
        return try machine.apply(.multiply, x, y, at: place)
      }
    default:
      return { machine throws(Unwind) in
        let (x, y) = (try left(machine), try right(machine))
        return try machine.apply(operation, x, y, at: place)
      }
    }
  }

  /// Compiles an expression whose value must be true or false.
  func compileCondition(_ expression: Expression) -> Condition {
    switch expression.kind {
    case .chain(let first, let links) where links.first?.operation == .and || links.first?.operation == .or:
      return compileJunction(first, links)
    case .chain(let first, let links) where links.count == 1:
      if let comparison = compileComparison(first, links[0]) { return comparison }
    case .not(let operand):
      let condition = compileCondition(operand)
      return { machine throws(Unwind) in try !condition(machine) }
    default: break
    }
    let code = compile(expression)
    let place = place(expression.span)
    return { machine throws(Unwind) in
      let value = try code(machine)
      if case .bool(let isTrue) = value { return isTrue }
      return try machine.truth(value, at: place)
    }
  }

  /// `a and b and c`: evaluated until the result is known.
  private func compileJunction(_ first: Expression, _ links: [ChainLink]) -> Condition {
    let isAnd = links.first?.operation == .and
    let conditions = [compileCondition(first)] + links.map { compileCondition($0.operand) }
    return { machine throws(Unwind) in
      for condition in conditions where try condition(machine) != isAnd { return !isAnd }
      return isAnd
    }
  }

  private func compileComparison(_ first: Expression, _ link: ChainLink) -> Condition? {
    let operation = link.operation
    let holds: (Int, Int) -> Bool
    switch operation {
    case .less: holds = { $0 < $1 }
    case .lessOrEqual: holds = { $0 <= $1 }
    case .greater: holds = { $0 > $1 }
    case .greaterOrEqual: holds = { $0 >= $1 }
    case .equal: holds = { $0 == $1 }
    case .notEqual: holds = { $0 != $1 }
    case .isIn, .isNotIn, .matches, .matchesNot: holds = { _, _ in false }
    default: return nil
    }
    let left = compile(first)
    let right = compile(link.operand)
    let place = place(link.span)
    switch operation {
    case .less:
      return { machine throws(Unwind) in
        let (x, y) = (try left(machine), try right(machine))
        if case .int(let a) = x, case .int(let b) = y { return a < b }
        return try machine.test(.less, x, y, at: place)
      }
    case .isIn, .isNotIn, .matches, .matchesNot:
      return { machine throws(Unwind) in
        let (x, y) = (try left(machine), try right(machine))
        return try machine.test(operation, x, y, at: place)
      }
    default:
      return { machine throws(Unwind) in
        let (x, y) = (try left(machine), try right(machine))
        if case .int(let a) = x, case .int(let b) = y { return holds(a, b) }
        return try machine.test(operation, x, y, at: place)
      }
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
