import Interpreter
import Net

let toHex = Command(
  "to hex", "Writes bytes as hexadecimal digits, two a byte (RFC 4648, section 8, in small letters).",
  Parameter<[UInt8]>.input("bytes or text", named: "bytes"), gives: .string,
  examples: [Example("'hello' | to hex", "68656c6c6f"), Example("to hex 0x[de ad]", "dead")]
) { _, bytes in .string(try bytes.inSlices { BaseEncoding.hex.encode($0) }) }

let fromHex = Command(
  "from hex", "Reads hexadecimal digits of either case; white space, `:` and `-` may stand between bytes.",
  Parameter<String>.input("the digits", named: "text"), gives: .bytes,
  examples: [Example("'68 65:6C-6c6f' | from hex", "hello"), Example("from hex 0a0b | len", "2")]
) { _, text in .bytes(try BaseEncoding.hex.decode(text.utf8)) }
