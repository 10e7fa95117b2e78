/// A reader of one JSON text (RFC 8259) that is all in memory: a token at a call, nothing but JSON let through.
///
/// It reads only while the bytes are lent to it: use it inside `withUnsafeBufferPointer`. Names that come twice are both given.
public struct JSONReader {
  /// How many digits an integer may have: more than any of 4,096 bits has.
  static let digitLimit = 1_300

  /// What the grammar wants next.
  private enum Expectation {
    case value
    /// Behind `[`: a value or `]`.
    case firstItem
    /// Behind `{`: a name or `}`.
    case firstName
    /// Behind a value within an array or object.
    case separator
    case end
  }

  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  /// Room for a string with escapes.
  var scratch: [UInt8] = []
  private var expectation = Expectation.value
  /// For each array or object that is open whether it is an object.
  private var open: [Bool] = []
  private let depthLimit: Int
  private let firstLine: Int

  /// Makes a reader.
  /// - Parameters:
  ///   - depthLimit: how many arrays and objects may stand in each other.
  ///   - firstLine: the number of the text's first line, for errors.
  public init(_ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int = 1_000, firstLine: Int = 1) {
    self.bytes = bytes
    self.depthLimit = depthLimit
    self.firstLine = firstLine
  }

  /// The byte at the position; at the end 0, which is nowhere allowed.
  @inline(__always)
  var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

  func error(_ reason: JSONError.Reason, at offset: Int? = nil) -> JSONError {
    let offset = offset ?? position
    let isCut = offset >= bytes.count
    let reason: JSONError.Reason =
      switch reason {
      case .wanted where isCut, .wantedDigit where isCut, .badEscape where isCut, .control where isCut: .cutOff
      default: reason
      }
    return JSONError(reason, at: offset, in: bytes, firstLine: firstLine)
  }

  /// Gives the next token; nil at the end of the text, when nothing but white space follows it.
  public mutating func next() throws(JSONError) -> JSONToken? {
    skipSpace()
    switch expectation {
    case .value: return try value()
    case .firstItem:
      guard byte == UInt8(ascii: "]") else { return try value() }
      return close(.endArray)
    case .firstName:
      guard byte == UInt8(ascii: "}") else { return try name() }
      return close(.endObject)
    case .separator: return try afterItem()
    case .end:
      guard position == bytes.count else { throw error(.trailing) }
      return nil
    }
  }

  // ws = *( %x20 / %x09 / %x0A / %x0D )
  @inline(__always)
  private mutating func skipSpace() {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position += 1
    }
  }

  // array  = begin-array [ value *( value-separator value ) ] end-array
  // object = begin-object [ member *( value-separator member ) ] end-object
  private mutating func afterItem() throws(JSONError) -> JSONToken {
    let isObject = open.last ?? false
    switch byte {
    case UInt8(ascii: ","):
      position += 1
      skipSpace()
      return try isObject ? name() : value()
    case UInt8(ascii: "]") where !isObject: return close(.endArray)
    case UInt8(ascii: "}") where isObject: return close(.endObject)
    default: throw error(.wanted(isObject ? "a comma or `}`" : "a comma or `]`"))
    }
  }

  private mutating func close(_ token: JSONToken) -> JSONToken {
    position += 1
    open.removeLast()
    expectation = open.isEmpty ? .end : .separator
    return token
  }

  // member = string name-separator value
  private mutating func name() throws(JSONError) -> JSONToken {
    guard byte == UInt8(ascii: "\"") else { throw error(.wanted("a name in double quotes")) }
    let name = try string()
    skipSpace()
    guard byte == UInt8(ascii: ":") else { throw error(.wanted("a colon")) }
    position += 1
    expectation = .value
    return .name(name)
  }

  // value = false / null / true / object / array / number / string
  private mutating func value() throws(JSONError) -> JSONToken {
    switch byte {
    case UInt8(ascii: "\""):
      expectation = open.isEmpty ? .end : .separator
      return .string(try string())
    case UInt8(ascii: "{"):
      try begin(isObject: true)
      return .beginObject
    case UInt8(ascii: "["):
      try begin(isObject: false)
      return .beginArray
    case UInt8(ascii: "-"), 0x30...0x39:
      expectation = open.isEmpty ? .end : .separator
      return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case 0xEF where position == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]): throw error(.byteOrderMark)
    default: throw error(.wanted("a value"))
    }
  }

  private mutating func begin(isObject: Bool) throws(JSONError) {
    guard open.count < depthLimit else { throw error(.tooDeep(depthLimit)) }
    open.append(isObject)
    position += 1
    expectation = isObject ? .firstName : .firstItem
  }

  private mutating func word(_ word: StaticString, _ token: JSONToken) throws(JSONError) -> JSONToken {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard byte == word.utf8Start[index] else {
        throw position < bytes.count ? error(.wanted("a value"), at: start) : error(.cutOff)
      }
      position += 1
    }
    expectation = open.isEmpty ? .end : .separator
    return token
  }
}
