import Interpreter
import Net

let toBase64 = Command(
  "to base64", "Writes bytes as base64 (RFC 4648, section 4).",
  Parameter<[UInt8]>.input("bytes or text", named: "bytes"),
  Parameter<Bool>.flag("url", "the alphabet for URLs and file names, without padding (section 5)"), gives: .string,
  examples: [Example("'hello' | to base64", "aGVsbG8="), Example("0x[fb ff] | to base64 --url", "-_8")]
) { _, bytes, url in .string(try bytes.inSlices { (url ? BaseEncoding.base64url : .base64).encode($0) }) }

let fromBase64 = Command(
  "from base64", "Reads base64 (RFC 4648, section 4); white space may stand anywhere, anything else is refused.",
  Parameter<String>.input("the text", named: "text"),
  Parameter<Bool>.flag("url", "the alphabet for URLs and file names; padding may be left out (section 5)"),
  gives: .bytes,
  examples: [Example("'aGVsbG8=' | from base64", "hello"), Example("'-_8' | from base64 --url | to hex", "fbff")]
) { _, text, url in .bytes(try (url ? BaseEncoding.base64url : .base64).decode(text.utf8)) }
