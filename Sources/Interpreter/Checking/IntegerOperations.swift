import Syntax

/// An operation on 64-bit integers for which code is compiled that takes no detour; a type and not a closure, so that none is called.
protocol IntegerOperation {
  static var operation: BinaryOperator { get }
  /// Gives the result, or says that the exact way must be gone.
  static func apply(_ a: Int, _ b: Int) -> (partialValue: Int, overflow: Bool)
}

enum Adding: IntegerOperation {
  static var operation: BinaryOperator { .add }
  static func apply(_ a: Int, _ b: Int) -> (partialValue: Int, overflow: Bool) { a.addingReportingOverflow(b) }
}

enum Subtracting: IntegerOperation {
  static var operation: BinaryOperator { .subtract }
  static func apply(_ a: Int, _ b: Int) -> (partialValue: Int, overflow: Bool) { a.subtractingReportingOverflow(b) }
}

enum Multiplying: IntegerOperation {
  static var operation: BinaryOperator { .multiply }
  static func apply(_ a: Int, _ b: Int) -> (partialValue: Int, overflow: Bool) { a.multipliedReportingOverflow(by: b) }
}

/// The remainder where both have no sign to be minded.
enum TakingRemainder: IntegerOperation {
  static var operation: BinaryOperator { .remainder }
  static func apply(_ a: Int, _ b: Int) -> (partialValue: Int, overflow: Bool) {
    a >= 0 && b > 0 ? (a % b, false) : (0, true)
  }
}

/// A comparison of 64-bit integers.
protocol IntegerComparison {
  static var operation: BinaryOperator { get }
  static func holds(_ a: Int, _ b: Int) -> Bool
}

enum Less: IntegerComparison {
  static var operation: BinaryOperator { .less }
  static func holds(_ a: Int, _ b: Int) -> Bool { a < b }
}

enum LessOrEqual: IntegerComparison {
  static var operation: BinaryOperator { .lessOrEqual }
  static func holds(_ a: Int, _ b: Int) -> Bool { a <= b }
}

enum Greater: IntegerComparison {
  static var operation: BinaryOperator { .greater }
  static func holds(_ a: Int, _ b: Int) -> Bool { a > b }
}

enum GreaterOrEqual: IntegerComparison {
  static var operation: BinaryOperator { .greaterOrEqual }
  static func holds(_ a: Int, _ b: Int) -> Bool { a >= b }
}

enum Equal: IntegerComparison {
  static var operation: BinaryOperator { .equal }
  static func holds(_ a: Int, _ b: Int) -> Bool { a == b }
}

enum NotEqual: IntegerComparison {
  static var operation: BinaryOperator { .notEqual }
  static func holds(_ a: Int, _ b: Int) -> Bool { a != b }
}
