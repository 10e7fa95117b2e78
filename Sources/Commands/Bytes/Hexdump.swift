import Interpreter
import Net
import Wire

let hexdump = Command(
  "hexdump", "Shows bytes as offset, hexadecimal and printable text, 16 a line.",
  Parameter<[UInt8]>.input("bytes, text or a response's body", named: "bytes"), gives: .string,
  examples: [Example(#"hexdump "GET /\r\n""#, "00000000  47 45 54 20 2f 0d 0a                              |GET /..|")]
) { _, bytes in
  var text = ""
  var turns = TurnCounter()
  for row in Hexdump(bytes) {
    try turns.turn()
    if !text.isEmpty { text += "\n" }
    text += row.description
    guard text.utf8.count <= collectLimit else { throw ValueError("too-large", "the dump would have over 1 GiB") }
  }
  return .string(text)
}
