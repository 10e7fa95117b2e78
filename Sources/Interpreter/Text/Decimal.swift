/// Writes an integer in decimal behind bytes.
public func appendDecimal(_ number: Int, to bytes: inout [UInt8]) {
  guard number < 0 || number > 9 else { return bytes.append(UInt8(truncatingIfNeeded: 0x30 + number)) }
  var rest = number.magnitude
  // 20 digits are enough for 64 bits.
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
    var start = 20
    repeat {
      start -= 1
      digits[start] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
      rest /= 10
    } while rest > 0
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[start...]))
  }
}
