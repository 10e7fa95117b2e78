import Diagnostics

/// An operator whose right operand is still being read, with what stands before it.
private struct PendingOperator {
  enum Kind {
    case not, negate, complement
    case chain(BinaryOperator)
    case range(includesEnd: Bool)
  }

  var kind: Kind
  let precedence: Precedence
  /// Where the operator stands.
  var span: Span
  /// The operand before it; of a prefix operator a missing one at the operator's place.
  let left: Expression
  /// The operators of the same level that are complete.
  var links: [ChainLink] = []

  /// Gives the whole once the right operand is known.
  func completed(_ right: Expression) -> Expression {
    let whole = left.span.through(right.span)
    switch kind {
    case .not: return Expression(.not(right), whole)
    case .negate: return Expression(.negate(right), whole)
    case .complement: return Expression(.complement(right), whole)
    case .chain(let operation):
      return Expression(.chain(left, links + [ChainLink(operation, right, at: span)]), whole)
    case .range(let includesEnd): return Expression(.range(left, to: right, includesEnd: includesEnd), whole)
    }
  }
}

extension Parser {
  // expression = conjunction { "or" conjunction }
  // conjunction = negation { "and" negation }
  // negation = { "not" } comparison
  // comparison = range [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" | [ "not" ] "in" | "=~" | "!~" ) range ]
  // range = bit-or [ ( ".." | "..<" ) [ bit-or ] ]
  // bit-or = bit-xor { "bor" bit-xor }
  // bit-xor = bit-and { "bxor" bit-and }
  // bit-and = shift { "band" shift }
  // shift = sum { ( "shl" | "shr" ) sum }
  // sum = product { ( "+" | "-" ) product }
  // product = sign { ( "*" | "/" | "//" | "%" ) sign }
  // sign = { "-" | "bnot" } operand
  //
  // Read with a stack of pending operators, so that neither the levels nor long chains recurse.
  mutating func expression() -> Expression {
    var pending: [PendingOperator] = []
    readPrefixes(&pending)
    var value = operand(behind: pending)
    while true {
      skipBlanks()
      let next = isLost ? nil : infix()
      complete(&value, &pending, downTo: next?.precedence)
      guard let next else { return value }
      push(next, value, &pending)
      if case .range(let includesEnd) = next.kind, !startsRangeEnd() {
        pending.removeLast()
        value = Expression(.range(value, to: nil, includesEnd: includesEnd), Span(value.span.start, next.span.end))
        continue
      }
      readPrefixes(&pending)
      value = operand(behind: pending)
    }
  }

  private mutating func operand(behind pending: [PendingOperator]) -> Expression {
    waitingOperators += pending.count
    defer { waitingOperators -= pending.count }
    return operand()
  }

  /// Reads `not`, `-` and `bnot`, as many as there are.
  private mutating func readPrefixes(_ pending: inout [PendingOperator]) {
    while true {
      skipBlanks()
      let start = at
      let kind: PendingOperator.Kind
      let precedence: Precedence
      if byte == .minus {
        (kind, precedence) = (.negate, .sign)
        at += 1
      } else if looking(atWord: "bnot") {
        (kind, precedence) = (.complement, .sign)
        at += 4
      } else if looking(atWord: "not") {
        (kind, precedence) = (.not, .not)
        at += 3
      } else {
        return
      }
      let span = Span(start, at)
      if let last = pending.last, last.precedence.rawValue > precedence.rawValue {
        report("syntax", "`not` binds looser than what stands before it", span, hint: "write `(not …)`")
      }
      if brackets.count + waitingOperators + pending.count >= limits.nesting {
        loseDepth(span)
      } else {
        pending.append(
          PendingOperator(kind: kind, precedence: precedence, span: span, left: Expression(.missing, span)))
      }
    }
  }

  /// Joins the value with the operators before it that bind tighter than the next one.
  private func complete(
    _ value: inout Expression, _ pending: inout [PendingOperator], downTo precedence: Precedence?
  ) {
    let level = precedence?.rawValue ?? -1
    while let last = pending.last, last.precedence.rawValue > level {
      pending.removeLast()
      value = last.completed(value)
    }
  }

  /// Puts an operator on the stack; one of the same level as the last continues its chain.
  private mutating func push(_ infix: InfixOperator, _ left: Expression, _ pending: inout [PendingOperator]) {
    at = infix.span.end
    let last = pending.count - 1
    let isSameLevel = last >= 0 && pending[last].precedence == infix.precedence
    switch infix.kind {
    case .binary(let operation):
      guard isSameLevel, case .chain(let before) = pending[last].kind else {
        pending.append(
          PendingOperator(kind: .chain(operation), precedence: infix.precedence, span: infix.span, left: left))
        return
      }
      if infix.precedence == .comparison {
        report(
          "syntax", "comparisons do not chain", infix.span,
          labels: [Finding.Label(pending[last].span, "the first comparison")],
          hint: "write `a \(before.rawValue) b and b \(operation.rawValue) c`, or ( )")
      }
      pending[last].links.append(ChainLink(before, left, at: pending[last].span))
      pending[last].kind = .chain(operation)
      pending[last].span = infix.span
    case .range(let includesEnd):
      if isSameLevel {
        report("syntax", "a range has only two ends", infix.span)
        // The first range is dropped, so that a row of them makes no deep tree.
        pending.removeLast()
      }
      pending.append(
        PendingOperator(
          kind: .range(includesEnd: includesEnd), precedence: .range, span: infix.span, left: left))
    }
  }

  /// Tells whether the end of a range follows its dots, which `{`, a closing bracket or the end of the line cannot begin.
  private mutating func startsRangeEnd() -> Bool {
    skipBlanks()
    return !endsStage && byte != .openBrace && byte != .comma && !isLost
  }
}
