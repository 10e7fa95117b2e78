/// What stands at one place of bytes that claim to be UTF-8 (RFC 3629 §4).
enum UTF8Sequence {
  case scalar(Unicode.Scalar, length: Int)
  /// The bytes end inside a sequence that was well-formed so far.
  case cut
  case invalid

  /// Looks at the sequence that begins at `index`, which must be a valid index of a byte from 0x80 up.
  init(in bytes: [UInt8], at index: Int) {
    let lead = bytes[index]
    let length: Int
    // The second byte's range keeps out overlong forms, surrogates and what is beyond U+10FFFF.
    var second: ClosedRange<UInt8> = 0x80...0xBF
    var value: UInt32
    switch lead {
    case 0xC2...0xDF: (length, value) = (2, UInt32(lead & 0x1F))
    case 0xE0: (length, value, second) = (3, 0, 0xA0...0xBF)
    case 0xED: (length, value, second) = (3, 0xD, 0x80...0x9F)
    case 0xE1...0xEF: (length, value) = (3, UInt32(lead & 0xF))
    case 0xF0: (length, value, second) = (4, 0, 0x90...0xBF)
    case 0xF4: (length, value, second) = (4, 4, 0x80...0x8F)
    case 0xF1...0xF3: (length, value) = (4, UInt32(lead & 7))
    default:
      self = .invalid
      return
    }
    for place in 1..<length {
      guard index + place < bytes.count else {
        self = .cut
        return
      }
      let byte = bytes[index + place]
      guard (place == 1 ? second : 0x80...0xBF).contains(byte) else {
        self = .invalid
        return
      }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    self = Unicode.Scalar(value).map { .scalar($0, length: length) } ?? .invalid
  }
}

extension Unicode.Scalar {
  /// Whether this scalar beyond ASCII controls the terminal or the order of the text, or cannot be seen.
  ///
  /// The joiners U+200C and U+200D stay: Persian and Indic scripts and emoji are written with them.
  var isUnsafeToShow: Bool {
    switch value {
    case 0x80...0x9F: true  // C1
    case 0xAD, 0x034F, 0x180E, 0x200B, 0x2060...0x2064, 0x206A...0x206F, 0xFEFF: true  // invisible
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // bidirectional controls
    case 0x2028, 0x2029: true  // line and paragraph separator
    case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true  // interlinear annotation, tags
    default: false
    }
  }
}
