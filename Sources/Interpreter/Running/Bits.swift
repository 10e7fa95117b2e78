import BigInt
import Net
import Syntax

/// `band bor bxor bnot shl shr` on integers, as two's complement without an end, and on addresses.
enum Bits {
  static func apply(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws(ValueError) -> Value {
    switch (operation, left, right) {
    case (.shiftLeft, _, .int(let count)), (.shiftRight, _, .int(let count)):
      return try shift(left, by: count, operation, right)
    case (_, .address(let a), .address(let b)) where a.isIPv4 == b.isIPv4:
      return .address(try address(combine(operation, a.value, b.value), like: a))
    case (_, .int(let a), .int(let b)): return .int(combine(operation, a, b))
    case (_, .address(let a), _):
      guard let b = Arithmetic.big(right), let bits = UInt128(exactly: b) else { break }
      return .address(try address(combine(operation, a.value, bits), like: a))
    default:
      guard let a = Arithmetic.big(left), let b = Arithmetic.big(right) else { break }
      switch operation {
      case .bitAnd: return .integer(a & b)
      case .bitOr: return .integer(a | b)
      default: return .integer(a ^ b)
      }
    }
    throw Arithmetic.misfit(operation, left, right)
  }

  static func complement(_ value: Value) throws(ValueError) -> Value {
    switch value {
    case .int(let number): return .int(~number)
    case .big(let number): return .integer(-number.content - 1)
    case .address(let a):
      let all: UInt128 = a.isIPv4 ? UInt128(UInt32.max) : .max
      return .address(try address(~a.value & all, like: a))
    default: throw ValueError("wrong-type", "`bnot` does not go before \(value.described)")
    }
  }

  private static func combine<Number: BinaryInteger>(_ operation: BinaryOperator, _ a: Number, _ b: Number) -> Number {
    switch operation {
    case .bitAnd: a & b
    case .bitOr: a | b
    default: a ^ b
    }
  }

  private static func shift(
    _ value: Value, by count: Int, _ operation: BinaryOperator, _ right: Value
  ) throws(ValueError) -> Value {
    guard count >= -NumberLiteral.bitLimit, count <= NumberLiteral.bitLimit else {
      throw ValueError("overflow", "an integer has at most \(NumberLiteral.bitLimit) bits")
    }
    let count = operation == .shiftLeft ? count : -count
    if case .address(let a) = value {
      let all: UInt128 = a.isIPv4 ? UInt128(UInt32.max) : .max
      return .address(try address(count >= 0 ? (a.value << count) & all : a.value >> -count, like: a))
    }
    guard let number = Arithmetic.big(value) else { throw Arithmetic.misfit(operation, value, right) }
    return try Arithmetic.checked(count >= 0 ? number << count : number >> -count)
  }

  private static func address(_ value: UInt128, like: Address) throws(ValueError) -> Address {
    guard let address = Address(value: value, like: like) else { throw Arithmetic.overflow }
    return address
  }
}
