/// A piece of memory that the ASCII text of a value is written into; what does not fit is left out.
struct TextWriter {
  private let memory: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  /// Gives the text that `body` writes, at most `capacity` bytes of it.
  static func text(capacity: Int, _ body: (inout TextWriter) -> Void) -> String {
    String(unsafeUninitializedCapacity: capacity) { memory in
      var writer = TextWriter(memory: memory)
      body(&writer)
      return writer.count
    }
  }

  /// Gives the bytes that `body` writes, at most `capacity` of them.
  static func bytes(capacity: Int, _ body: (inout TextWriter) -> Void) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: capacity) { memory, count in
      var writer = TextWriter(memory: UnsafeMutableBufferPointer(rebasing: memory.prefix(capacity)))
      body(&writer)
      count = writer.count
    }
  }

  private init(memory: UnsafeMutableBufferPointer<UInt8>) { self.memory = memory }

  /// How many bytes more it takes.
  var room: Int { memory.count - count }

  mutating func write(_ byte: UInt8) {
    guard count < memory.count else { return }
    memory[count] = byte
    count += 1
  }

  mutating func write(_ text: String) {
    for byte in text.utf8 { write(byte) }
  }

  /// Writes a number below 256 in decimal.
  mutating func write(octet: UInt8) {
    if octet >= 100 { write(0x30 + octet / 100) }
    if octet >= 10 { write(0x30 + octet / 10 % 10) }
    write(0x30 + octet % 10)
  }

  /// Writes a number in decimal, with zeros before it up to `width` digits.
  mutating func write(decimal number: UInt64, width: Int = 1) {
    var divisor: UInt64 = 1
    var digits = 1
    while number / divisor >= 10 {
      divisor *= 10
      digits += 1
    }
    while digits < width {
      write(0x30)
      digits += 1
    }
    while divisor > 0 {
      write(0x30 + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }

  /// Writes the decimals of `number / 10^places` after a point, without zeros at the end; nothing for zero.
  mutating func write(fraction number: UInt64, places: Int) {
    guard number > 0 else { return }
    var (number, places) = (number, places)
    while number % 10 == 0 {
      number /= 10
      places -= 1
    }
    write(0x2e)
    write(decimal: number, width: places)
  }

  /// Writes a number in lower-case hexadecimal, with zeros before it up to `width` digits (at most 8).
  mutating func write(hex number: UInt32, width: Int = 1) {
    var digits = max(1, (35 - number.leadingZeroBitCount) / 4)
    digits = max(digits, min(width, 8))
    while digits > 0 {
      digits -= 1
      let nibble = UInt8(truncatingIfNeeded: number >> UInt32(4 * digits)) & 0xf
      write(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
    }
  }
}
