import BigInt
import Interpreter
import Net

let toBytes = Command(
  "to bytes", "Writes an integer as 1 to 8 bytes, the most significant first; a negative one in two's complement.",
  Parameter<Value>.input("the integer", named: "number"),
  Parameter<Int>.required("size", "how many bytes, 1 to 8"),
  Parameter<Bool>.flag("little", "the least significant byte first"), gives: .bytes,
  examples: [
    Example("443 | to bytes 2 | to hex", "01bb"), Example("443 | to bytes 4 --little | to hex", "bb010000"),
    Example("to bytes -1 2 | to hex", "ffff"),
  ]
) { _, number, size, little in
  let bits = try Integers.width(size)
  let converted = try TypeName.int.convert(number)
  let integer: BigInt
  switch converted {
  case .int(let small): integer = BigInt(small)
  case .big(let big): integer = big.content
  default: throw ValueError("wrong-type", "an int is wanted here, and this is \(number.described)")
  }
  guard integer < BigInt(1) << bits, integer >= -(BigInt(1) << (bits - 1)) else {
    throw ValueError("overflow", "\(integer) does not fit into \(size) bytes", layer: .command)
  }
  let word = UInt64(truncatingIfNeeded: integer)
  let bytes = (0..<size).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
  return .bytes(little ? bytes : bytes.reversed())
}

let fromBytes = Command(
  "from bytes", "Reads 1 to 8 bytes as an integer, the most significant first.",
  Parameter<[UInt8]>.input("the bytes", named: "bytes"),
  Parameter<Bool>.flag("little", "the least significant byte first"),
  Parameter<Bool>.flag("signed", "the highest bit is the sign, in two's complement"), gives: .int,
  examples: [
    Example("0x[01 bb] | from bytes", "443"), Example("0x[fe ff] | from bytes --little --signed", "-2"),
    Example("0x[ff ff ff ff ff ff ff ff] | from bytes", "18446744073709551615"),
  ]
) { _, bytes, little, signed in
  let bits = try Integers.width(bytes.count)
  let word = (little ? bytes.reversed() : bytes).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
  guard signed else { return .integer(BigInt(word)) }
  // Moves the sign to the highest bit and back.
  let unused = UInt64(64 - bits)
  return .int(Int(truncatingIfNeeded: Int64(bitPattern: word << unused) >> Int64(unused)))
}

private enum Integers {
  /// Gives the number of bits in 1 to 8 bytes.
  static func width(_ size: Int) throws -> Int {
    guard (1...8).contains(size) else {
      throw ValueError("bad-size", "an integer has 1 to 8 bytes here, not \(size)", layer: .command)
    }
    return 8 * size
  }
}
