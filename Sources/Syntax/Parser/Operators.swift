import Diagnostics

/// How tightly an operator binds; a higher one binds tighter.
enum Precedence: Int {
  case or, and, not, comparison, range, bitOr, bitXor, bitAnd, shift, sum, product, sign
}

/// An operator between two operands as it stands in the text.
struct InfixOperator {
  enum Kind {
    case binary(BinaryOperator)
    case range(includesEnd: Bool)
  }

  let kind: Kind
  let precedence: Precedence
  let span: Span
}

extension BinaryOperator {
  var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .isNotIn, .matches, .matchesNot:
      .comparison
    case .bitOr: .bitOr
    case .bitXor: .bitXor
    case .bitAnd: .bitAnd
    case .shiftLeft, .shiftRight: .shift
    case .add, .subtract: .sum
    case .multiply, .divide, .floorDivide, .remainder: .product
    }
  }
}

extension Parser {
  // infix = "or" | "and" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not" "in" | "=~" | "!~" | ".." | "..<"
  //       | "bor" | "bxor" | "band" | "shl" | "shr" | "+" | "-" | "*" | "/" | "//" | "%"
  /// Gives the operator that stands here, if one does; nothing is read.
  func infix() -> InfixOperator? {
    if byte.isLetter { return infixWord() }
    let next = peek(1)
    switch byte {
    case .equals: return next == .equals ? binary(.equal, 2) : next == .tilde ? binary(.matches, 2) : nil
    case .exclamation: return next == .equals ? binary(.notEqual, 2) : next == .tilde ? binary(.matchesNot, 2) : nil
    case .less: return next == .less ? nil : next == .equals ? binary(.lessOrEqual, 2) : binary(.less, 1)
    case .greater: return next == .greater ? nil : next == .equals ? binary(.greaterOrEqual, 2) : binary(.greater, 1)
    case .plus: return binary(.add, 1)
    // Before a letter it begins an option, as in `retry 5 --every 1s`.
    case .minus: return next == .minus && peek(2).isLetter ? nil : binary(.subtract, 1)
    case .star: return binary(.multiply, 1)
    case .slash: return next == .slash ? binary(.floorDivide, 2) : binary(.divide, 1)
    case .percent: return binary(.remainder, 1)
    case .dot:
      guard next == .dot else { return nil }
      let includesEnd = peek(2) != .less
      return InfixOperator(
        kind: .range(includesEnd: includesEnd), precedence: .range, span: Span(at, at + (includesEnd ? 2 : 3)))
    default: return nil
    }
  }

  private func binary(_ operation: BinaryOperator, _ length: Int) -> InfixOperator {
    InfixOperator(kind: .binary(operation), precedence: operation.precedence, span: Span(at, at + length))
  }

  private func infixWord() -> InfixOperator? {
    var end = at
    while self[end].isLetter, end - at < 5 { end += 1 }
    guard endsKeyword(end) else { return nil }
    let word = text(from: at, to: end)
    if let operation = BinaryOperator(rawValue: word) { return binary(operation, end - at) }
    guard word == "not" else { return nil }
    while self[end] == .space || self[end] == .tab { end += 1 }
    guard self[end] == UInt8(ascii: "i"), self[end + 1] == UInt8(ascii: "n"), endsKeyword(end + 2) else { return nil }
    return binary(.isNotIn, end + 2 - at)
  }
}
