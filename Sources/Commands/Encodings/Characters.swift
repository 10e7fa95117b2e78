import Interpreter
import Net

let toUTF8 = Command(
  "to utf8", "Gives the bytes of a text in UTF-8.",
  Parameter<String>.input("the text", named: "text"), gives: .bytes,
  examples: [Example("'é' | to utf8 | to hex", "c3a9")]
) { _, text in .bytes(Array(text.utf8)) }

let fromUTF8 = Command(
  "from utf8", "Reads bytes as UTF-8 text; what is not UTF-8 is an error that names the byte.",
  Parameter<[UInt8]>.input("the bytes", named: "bytes"),
  Parameter<Bool>.flag("replace", "put U+FFFD where the bytes are not UTF-8"), gives: .string,
  examples: [
    Example("0x[c3 a9] | from utf8", "é"), Example("0x[61 ff 62] | from utf8 --replace", "a\u{FFFD}b"),
  ]
) { _, bytes, replace in
  .string(replace ? try bytes.charactersInSlices { String(decoding: $0, as: UTF8.self) } : try Encodings.utf8(bytes))
}

let toLatin1 = Command(
  "to latin1", "Gives the bytes of a text in ISO 8859-1; a character beyond U+00FF is an error.",
  Parameter<String>.input("the text", named: "text"), gives: .bytes,
  examples: [Example("'é' | to latin1 | to hex", "e9")]
) { _, text in .bytes(try Latin1.encode(text)) }

let fromLatin1 = Command(
  "from latin1", "Reads any bytes as ISO 8859-1 text.",
  Parameter<[UInt8]>.input("the bytes", named: "bytes"), gives: .string,
  examples: [Example("0x[63 61 66 e9] | from latin1", "café")]
) { _, bytes in .string(try bytes.inSlices { Latin1.decode($0) }) }

/// What several encodings share.
enum Encodings {
  /// Reads UTF-8, or says which byte is the first that is none.
  static func utf8(_ bytes: [UInt8]) throws -> String {
    var isValid = true
    let text = try bytes.charactersInSlices { slice in
      let text = isValid ? String(validating: slice, as: UTF8.self) : nil
      isValid = text != nil
      return text ?? ""
    }
    if isValid { return text }
    var offset = 0
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    var turns = TurnCounter()
    while case .scalarValue(let scalar) = decoder.decode(&rest) {
      try turns.turn()
      offset += UTF8.width(scalar)
    }
    throw EncodingError.notUTF8(offset: offset)
  }
}
