import Diagnostics
import Net
import Syntax

extension Compiler {
  /// Compiles `fail`: a text makes a new error, a caught error goes on as it was.
  func compileFail(_ pipeline: Pipeline, _ span: Span) -> Exec {
    let code = compile(pipeline)
    let place = place(span)
    return Exec { machine throws(Unwind) in
      let value = try code(machine)
      switch value {
      case .error(let caught):
        throw Unwind(
          .failure(Failure(caught.content.error, at: caught.content.place ?? place, payload: caught.content.payload)))
      case .record(let record):
        let code = record["code"]?.scalarText ?? "failed"
        throw Unwind(
          .failure(
            Failure(
              ValueError(
                code, record["message"]?.scalarText ?? code, hint: record["hint"]?.scalarText, layer: .command),
              at: place, payload: value)))
      default:
        throw machine.failure(ValueError("failed", value.scalarText ?? value.described, layer: .command), at: place)
      }
    }
  }

  /// Compiles `assert`; where a comparison does not hold, both sides are shown.
  func compileAssert(_ condition: Pipeline, _ message: Expression?, _ mode: Mode) -> Exec {
    let place = place(condition.span)
    let because = message.map { compile($0) }
    let isResult = mode == .result
    let text = source.text(condition.span)
    let sides = comparison(in: condition)
    let code = sides == nil ? compile(condition) : nothing
    let (left, right) = (sides.map { compile($0.left) } ?? nothing, sides.map { compile($0.right) } ?? nothing)
    let operation = sides?.operation ?? .equal
    return Exec { machine throws(Unwind) in
      var found: [(String, Value)] = []
      let holds: Bool
      if sides != nil {
        let a = try left(machine)
        let b = try right(machine)
        found = [("left", a), ("right", b)]
        do throws(ValueError) { holds = try Arithmetic.test(operation, a, b) } catch {
          throw machine.failure(error, at: place)
        }
      } else {
        holds = try machine.truth(machine.settle(code(machine), at: place), at: place)
      }
      if isResult { machine.result = .null }
      guard !holds else { return .normal }
      let reason = try because?(machine).scalarText
      let shown = found.map { "\($0.0) is \(AssertionError.shown($0.1))" }.joined(separator: ", ")
      throw machine.failure(AssertionError(condition: text, reason: reason, shown: shown), at: place)
    }
  }

  private func comparison(in pipeline: Pipeline) -> (left: Expression, operation: BinaryOperator, right: Expression)? {
    guard pipeline.stages.count == 1, case .expression(let expression) = pipeline.stages[0].kind,
      case .chain(let left, let links) = expression.kind, links.count == 1
    else { return nil }
    guard Compiler.isComparison(links[0].operation) else { return nil }
    return (left, links[0].operation, links[0].operand)
  }
}

/// An `assert` whose condition was false.
public struct AssertionError: LayeredError {
  public let condition: String
  public let reason: String?
  /// What stood on both sides of a comparison.
  public let shown: String

  public var layer: Layer { .command }
  public var code: String { "assertion" }
  public var message: String { "the assertion does not hold" + (reason.map { ": \($0)" } ?? "") }
  public var hint: String? { shown.isEmpty ? nil : shown }

  static func shown(_ value: Value) -> String {
    switch value {
    case .list, .record:
      let json = (try? JSONText.line(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      return json.utf8.count <= 200 ? json : value.described
    default: return value.described
    }
  }
}
