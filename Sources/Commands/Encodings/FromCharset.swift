import Coding
import Interpreter
import Net

let fromCharset = Command(
  "from charset",
  "Reads bytes as text in a charset, such as `Content-Type` names it; what is no character of it becomes U+FFFD.",
  Parameter<String>.required("name", "utf-8, us-ascii, iso-8859-1, utf-16, windows-1252 and all that iconv(3) knows"),
  Parameter<[UInt8]>.input("the bytes", named: "bytes"), gives: .string,
  examples: [
    Example("0x[80 20 31] | from charset windows-1252", "€ 1"),
    Example("0x[ff fe 41 00] | from charset utf-16", "A"),
    Example("try { 'x' | from charset klingon } catch e { $e.code }", "unknown-charset"),
  ]
) { _, name, bytes in
  guard let charset = Charset(name) else {
    throw ValueError("unknown-charset", "neither nsh nor iconv(3) knows the charset “\(name)”", layer: .value)
  }
  let decoder = CharsetDecoder(charset)
  return .string(try bytes.inSlices { decoder.receive($0) } + decoder.finish())
}
