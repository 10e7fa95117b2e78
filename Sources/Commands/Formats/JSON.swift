import Interpreter
import Net

let toJSON = Command(
  "to json", "Writes a value as one JSON text (RFC 8259), records in their order.",
  Parameter<Value>.input("any value; of a stream all items, as an array"),
  Parameter<Int?>.option("indent", "spaces a level, 0 to 16; without it all is one line"), gives: .string,
  examples: [
    Example("{name: web, ports: [80, 443]} | to json", #"{"name":"web","ports":[80,443]}"#),
    Example("[1 2] | to json --indent 2", "[\n  1,\n  2\n]"), Example("192.0.2.0/24 | to json", "\"192.0.2.0/24\""),
  ]
) { _, input, indent in
  if let indent, !(0...16).contains(indent) {
    throw ValueError("bad-indent", "an indent of \(indent) is outside 0 to 16", layer: .command)
  }
  var text = JSONText(indent: indent)
  try text.write(input)
  return .string(String(decoding: text.bytes, as: UTF8.self))
}

let fromJSON = Command(
  "from json", "Reads one JSON text (RFC 8259); what is not JSON is refused with its line and column.",
  Parameter<[UInt8]>.input("text, bytes, a stream or a response's body", named: "text"), gives: .any,
  examples: [
    Example(#"'{"name": "web", "ports": [80, 443]}' | from json | get ports"#, "80\n443"),
    Example("('12345678901234567890123' | from json) + 1", "12345678901234567890124"),
    Example(#"'{"a": 1, "a": 2}' | from json"#, "a\t2", note: "of a name that comes twice the last value counts"),
    Example("try { '[1,]' | from json } catch e { $e.code }", "not-json"),
  ]
) { _, text in try JSONValues.read(text) }

let toNDJSON = Command(
  "to ndjson", "Writes each item as one line of JSON; a stream as it comes.",
  Parameter<Value>.input("a list, table or stream; another value is one line"), gives: .string,
  examples: [
    Example("[{a: 1}, {a: 2}] | to ndjson", "{\"a\":1}\n{\"a\":2}"), Example("1..3 | to ndjson | first 1", "1"),
  ]
) { machine, input in
  func line(_ value: Value) throws -> [UInt8] { try JSONText.line(value) + [UInt8(ascii: "\n")] }
  switch input {
  case .list, .range, .stream: return try TextPieces.map(input, machine) { try line($0) }
  default: return .string(String(decoding: try line(input), as: UTF8.self))
  }
}

let fromNDJSON = Command(
  "from ndjson", "Reads lines of JSON, each a value; empty lines are left out; a stream line by line.",
  Parameter<Value>.input("text, bytes, a file's stream or a response"), gives: .list,
  examples: [
    Example(#""{\"a\": 1}\n{\"a\": 2}\n" | from ndjson | get a"#, "1\n2"),
    Example(
      "try { \"1\\n]\" | from ndjson } catch e { $e.message }",
      "this is not JSON: a value is wanted at line 2, column 1 (byte 0)"),
  ]
) { machine, input in
  let next = try Lines.next(of: input)
  var number = 0
  return try TextPieces.items(of: input, machine) {
    while let line = try next() {
      try machine.checkpoint()
      number += 1
      let bytes = try [UInt8].convert(line)
      guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      return try JSONValues.read(bytes, firstLine: number)
    }
    return nil
  }
}
