import Interpreter
import Net

let toBase32 = Command(
  "to base32", "Writes bytes as base32 (RFC 4648, section 6).",
  Parameter<[UInt8]>.input("bytes or text", named: "bytes"),
  Parameter<Bool>.flag("hex", "the alphabet 0-9 A-V that keeps the order, as NSEC3 uses it (section 7)"),
  gives: .string,
  examples: [Example("'foobar' | to base32", "MZXW6YTBOI======"), Example("'foo' | to base32 --hex", "CPNMU===")]
) { _, bytes, hex in .string(try bytes.inSlices { (hex ? BaseEncoding.base32hex : .base32).encode($0) }) }

let fromBase32 = Command(
  "from base32", "Reads base32 of either case (RFC 4648, section 6); white space may stand anywhere.",
  Parameter<String>.input("the text", named: "text"),
  Parameter<Bool>.flag("hex", "the alphabet 0-9 A-V (section 7)"), gives: .bytes,
  examples: [Example("'mzxw6===' | from base32", "foo"), Example("'CPNMU===' | from base32 --hex", "foo")]
) { _, text, hex in .bytes(try (hex ? BaseEncoding.base32hex : .base32).decode(text.utf8)) }
