import BigInt
import Net
import Syntax

/// The operators of the language on values.
public enum Arithmetic {
  public static func apply(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(ValueError) -> Value {
    switch operation {
    case .add: return try add(left, right)
    case .subtract: return try subtract(left, right)
    case .multiply: return try multiply(left, right)
    case .divide: return try divide(left, right)
    case .floorDivide, .remainder: return try divideWhole(operation, left, right)
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight: return try Bits.apply(operation, left, right)
    default: return .bool(try test(operation, left, right))
    }
  }

  /// Evaluates an operator that gives true or false.
  static func test(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(ValueError) -> Bool {
    switch operation {
    case .equal, .notEqual:
      let result = equal(left, right)
      if case .list = left { try Watch.check() }
      return result == (operation == .equal)
    case .less: return try order(operation, left, right) { $0 < 0 }
    case .lessOrEqual: return try order(operation, left, right) { $0 <= 0 }
    case .greater: return try order(operation, left, right) { $0 > 0 }
    case .greaterOrEqual: return try order(operation, left, right) { $0 >= 0 }
    case .isIn: return try Membership.test(left, in: right)
    case .isNotIn: return try !Membership.test(left, in: right)
    case .matches: return try Membership.matches(left, right)
    case .matchesNot: return try !Membership.matches(left, right)
    default: throw misfit(operation, left, right)
    }
  }

  private static func order(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, _ holds: (Int) -> Bool
  ) throws(ValueError) -> Bool {
    if let result = compare(left, right) { return holds(result) }
    if case .float(let number) = left, number.isNaN { return false }
    if case .float(let number) = right, number.isNaN { return false }
    throw ValueError("wrong-type", "\(left.described) and \(right.described) have no order")
  }

  static func misfit(_ operation: BinaryOperator, _ left: Value, _ right: Value) -> ValueError {
    ValueError("wrong-type", "`\(operation.rawValue)` does not go between \(left.described) and \(right.described)")
  }

  static let overflow = ValueError("overflow", "the result is too large")

  // MARK: + - * /

  static func add(_ left: Value, _ right: Value) throws(ValueError) -> Value {
    switch (left, right) {
    case (.int(let a), .int(let b)):
      let (sum, overflow) = a.addingReportingOverflow(b)
      return overflow ? try checked(BigInt(a) + BigInt(b)) : .int(sum)
    case (.string(let a), .string(let b)):
      try Growth.check(a.utf8.count, b.utf8.count)
      return .string(a + b)
    case (.bytes(let a), .bytes(let b)):
      try Growth.check(a.count, b.count)
      return .bytes(a + b)
    case (.bytes, .string(let b)): return try add(left, .bytes(Array(b.utf8)))
    case (.string(let a), .bytes): return try add(.bytes(Array(a.utf8)), right)
    case (.list(var a), .list(let b)):
      try Growth.check(a.count, b.count, each: MemoryLayout<Value>.stride)
      try a.append(watched: b)
      return .list(a)
    case (.duration(let a), .duration(let b)): return .duration(try some(a.adding(b)))
    case (.time(let a), .duration(let b)), (.duration(let b), .time(let a)): return .time(try some(a.adding(b)))
    case (.size(let a), .size(let b)):
      let (sum, overflow) = a.bytes.addingReportingOverflow(b.bytes)
      guard !overflow else { throw Arithmetic.overflow }
      return .size(ByteSize(bytes: sum))
    case (.address(let a), _): return .address(try move(a, by: right, negative: false, .add))
    case (_, .address(let b)) where left.type == .int: return .address(try move(b, by: left, negative: false, .add))
    default: return try numbers(.add, left, right, { $0 + $1 }, { $0 + $1 })
    }
  }

  private static func subtract(_ left: Value, _ right: Value) throws(ValueError) -> Value {
    switch (left, right) {
    case (.int(let a), .int(let b)):
      let (difference, overflow) = a.subtractingReportingOverflow(b)
      return overflow ? try checked(BigInt(a) - BigInt(b)) : .int(difference)
    case (.duration(let a), .duration(let b)): return .duration(try some(a.subtracting(b)))
    case (.time(let a), .time(let b)): return .duration(try some(a.since(b)))
    case (.time(let a), .duration(let b)):
      guard b.nanoseconds != .min else { throw overflow }
      return .time(try some(a.adding(TimeSpan(nanoseconds: -b.nanoseconds))))
    case (.size(let a), .size(let b)):
      let (difference, overflow) = a.bytes.subtractingReportingOverflow(b.bytes)
      guard !overflow else { throw Arithmetic.overflow }
      return .size(ByteSize(bytes: difference))
    case (.address(let a), .address(let b)):
      guard a.isIPv4 == b.isIPv4 else { throw misfit(.subtract, left, right) }
      return .integer(BigInt(a.value) - BigInt(b.value))
    case (.address(let a), _): return .address(try move(a, by: right, negative: true, .subtract))
    default: return try numbers(.subtract, left, right, { $0 - $1 }, { $0 - $1 })
    }
  }

  private static func multiply(_ left: Value, _ right: Value) throws(ValueError) -> Value {
    switch (left, right) {
    case (.int(let a), .int(let b)):
      let (product, overflow) = a.multipliedReportingOverflow(by: b)
      return overflow ? try checked(BigInt(a) * BigInt(b)) : .int(product)
    case (.duration(let a), .int(let b)), (.int(let b), .duration(let a)):
      return .duration(try some(a.multiplied(by: Int64(b))))
    case (.duration(let a), .float(let b)), (.float(let b), .duration(let a)):
      return .duration(TimeSpan(nanoseconds: try whole(Double(a.nanoseconds) * b)))
    case (.size(let a), .int(let b)), (.int(let b), .size(let a)):
      let (product, overflow) = a.bytes.multipliedReportingOverflow(by: Int64(b))
      guard !overflow else { throw Arithmetic.overflow }
      return .size(ByteSize(bytes: product))
    case (.size(let a), .float(let b)), (.float(let b), .size(let a)):
      return .size(ByteSize(bytes: try whole(Double(a.bytes) * b)))
    case (.string(let text), .int(let count)), (.int(let count), .string(let text)):
      return .string(try Growth.repeated(text, try repeats(text.utf8.count, count)))
    case (.bytes(let bytes), .int(let count)), (.int(let count), .bytes(let bytes)):
      return .bytes(try Growth.repeated(bytes, try repeats(bytes.count, count)))
    default: return try numbers(.multiply, left, right, { $0 * $1 }, { $0 * $1 })
    }
  }

  /// Divides exactly: `6 / 3` is the integer 2, `7 / 2` the float 3.5.
  private static func divide(_ left: Value, _ right: Value) throws(ValueError) -> Value {
    switch (left, right) {
    case (.duration(let a), .duration(let b)): return .float(try ratio(Double(a.nanoseconds), Double(b.nanoseconds)))
    case (.size(let a), .size(let b)): return .float(try ratio(Double(a.bytes), Double(b.bytes)))
    case (.duration(let a), .int), (.duration(let a), .float):
      return .duration(TimeSpan(nanoseconds: try whole(ratio(Double(a.nanoseconds), try float(right)))))
    case (.size(let a), .int), (.size(let a), .float):
      return .size(ByteSize(bytes: try whole(ratio(Double(a.bytes), try float(right)))))
    case (.size(let a), .duration(let b)): return .float(try ratio(Double(a.bytes), b.seconds))
    case (.int(let a), .int(let b)) where b != 0 && b != -1 && a % b == 0: return .int(a / b)
    default:
      if let a = big(left), let b = big(right), !b.isZero {
        let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
        if remainder.isZero { return .integer(quotient) }
      }
      guard isNumber(left), isNumber(right) else { throw misfit(.divide, left, right) }
      return .float(try ratio(float(left), float(right)))
    }
  }

  /// Divides towards minus infinity, and gives the remainder that has the divisor's sign.
  private static func divideWhole(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(ValueError)
    -> Value
  {
    let wantsQuotient = operation == .floorDivide
    switch (left, right) {
    case (.int(let a), .int(let b)) where b != 0 && b != -1:
      let quotient = a / b
      let remainder = a % b
      let isUneven = remainder != 0 && (remainder < 0) != (b < 0)
      return .int(wantsQuotient ? (isUneven ? quotient - 1 : quotient) : (isUneven ? remainder + b : remainder))
    case (.duration(let a), .duration(let b)):
      let result = try divideWhole(operation, .int(Int(a.nanoseconds)), .int(Int(b.nanoseconds)))
      guard !wantsQuotient, case .int(let rest) = result else { return result }
      return .duration(TimeSpan(nanoseconds: Int64(rest)))
    case (.size(let a), .size(let b)): return try divideWhole(operation, .int(Int(a.bytes)), .int(Int(b.bytes)))
    default:
      if let a = big(left), let b = big(right) {
        guard !b.isZero else { throw byZero }
        let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
        let isUneven = !remainder.isZero && (remainder.sign != b.sign)
        return .integer(wantsQuotient ? (isUneven ? quotient - 1 : quotient) : (isUneven ? remainder + b : remainder))
      }
      guard isNumber(left), isNumber(right) else { throw misfit(operation, left, right) }
      let a = try float(left)
      let b = try float(right)
      let floor = try ratio(a, b).rounded(.down)
      return .float(wantsQuotient ? floor : a - b * floor)
    }
  }

  static func negate(_ value: Value) throws(ValueError) -> Value {
    switch value {
    case .float(let number): return .float(-number)
    case .duration, .int, .big, .size:
      let zero: Value =
        switch value {
        case .duration: .duration(.zero)
        case .size: .size(ByteSize(bytes: 0))
        default: .int(0)
        }
      return try subtract(zero, value)
    default: throw ValueError("wrong-type", "`-` does not go before \(value.described)")
    }
  }

  // MARK: Numbers

  /// Applies an operation to two numbers: as exact integers if both are, else as floats.
  private static func numbers(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, _ exact: (BigInt, BigInt) -> BigInt,
    _ inexact: (Double, Double) -> Double
  ) throws(ValueError) -> Value {
    if let a = big(left), let b = big(right) { return try checked(exact(a, b)) }
    guard isNumber(left), isNumber(right) else { throw misfit(operation, left, right) }
    return .float(inexact(try float(left), try float(right)))
  }

  static func isNumber(_ value: Value) -> Bool {
    switch value {
    case .int, .big, .float: true
    default: false
    }
  }

  static func big(_ value: Value) -> BigInt? {
    switch value {
    case .int(let number): BigInt(number)
    case .big(let number): number.content
    default: nil
    }
  }

  static func float(_ value: Value) throws(ValueError) -> Double {
    switch value {
    case .int(let number): return Double(number)
    case .float(let number): return number
    case .big(let number): return Double(number.content)
    default: throw ValueError.wrongType("a number", found: value)
    }
  }

  static func checked(_ number: BigInt) throws(ValueError) -> Value {
    guard number.bitWidth <= NumberLiteral.bitLimit + 1 else {
      throw ValueError("overflow", "an integer has at most \(NumberLiteral.bitLimit) bits")
    }
    return .integer(number)
  }

  private static let byZero = ValueError("division-by-zero", "division by zero")

  private static func ratio(_ a: Double, _ b: Double) throws(ValueError) -> Double {
    guard b != 0 else { throw byZero }
    return a / b
  }

  private static func whole(_ number: Double) throws(ValueError) -> Int64 {
    guard let whole = Int64(exactly: number.rounded()) else { throw overflow }
    return whole
  }

  private static func some<Content>(_ result: Content?) throws(ValueError) -> Content {
    guard let result else { throw overflow }
    return result
  }

  private static func repeats(_ size: Int, _ count: Int) throws(ValueError) -> Int {
    guard count >= 0 else { throw ValueError("bad-count", "a text cannot be repeated \(count) times") }
    let (total, overflow) = size.multipliedReportingOverflow(by: count)
    guard !overflow, total <= collectLimit else { throw ValueError("too-large", "the result would have over 1GiB") }
    return size == 0 ? 0 : count
  }

  private static func move(
    _ address: Address, by steps: Value, negative: Bool, _ operation: BinaryOperator
  ) throws(ValueError) -> Address {
    guard let steps = big(steps) else { throw misfit(operation, .address(address), steps) }
    let place = BigInt(address.value) + (negative ? -steps : steps)
    guard place.sign == .plus, let value = UInt128(exactly: place), let moved = Address(value: value, like: address)
    else {
      throw ValueError("overflow", "the result lies beyond the IPv\(address.version) addresses")
    }
    return moved
  }
}
