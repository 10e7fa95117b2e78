import Interpreter
import Net

let toPercent = Command(
  "to percent", "Writes every byte as %XX but letters, digits and `- . _ ~` (RFC 3986, section 2).",
  Parameter<[UInt8]>.input("text or bytes", named: "bytes"),
  Parameter<String?>.option("keep", "other ASCII characters that stay, such as `/`"), gives: .string,
  examples: [
    Example("'a b/ü' | to percent", "a%20b%2F%C3%BC"), Example("'/a b' | to percent --keep /", "/a%20b"),
  ]
) { _, bytes, keep in
  let kept = Set((keep ?? "").utf8)
  return .string(try bytes.inSlices { PercentEncoding.encode($0, keeping: kept) })
}

let fromPercent = Command(
  "from percent", "Reads %XX of either case; `+` stands for itself.",
  Parameter<[UInt8]>.input("the text", named: "text"),
  Parameter<Bool>.flag("bytes", "give bytes, which need not be UTF-8"), gives: .string,
  examples: [
    Example("'a%20b%2F%c3%bc' | from percent", "a b/ü"), Example("'%ff' | from percent --bytes | to hex", "ff"),
  ]
) { _, text, bytes in
  let decoded = try PercentEncoding.decode(text)
  return bytes ? .bytes(decoded) : .string(try Encodings.utf8(decoded))
}
