import System
import Glibc
import Interpreter
import Net
import Transport

let save = Command(
  "save",
  "Writes a value to a file: a stream as it comes, bytes and text as they are. The file appears whole or not at all.",
  Parameter<Value>.input("what to write"),
  Parameter<String>.required("path", "the file"), gives: .null,
  examples: [Example("'hello' | save /tmp/nsh-example.txt; open /tmp/nsh-example.txt", "hello")]
) { machine, input, path in
  let file = try NewFile(machine.path(path))
  var transfer = Transfer("save", of: input)
  machine.show(transfer)
  defer { machine.show(nil) }
  try Writing.write(input, machine) { piece in
    try file.write(piece)
    transfer.add(piece.count)
    machine.show(transfer)
  }
  try file.finish()
  return .null
}

/// A value on its way into a file.
enum Writing {
  /// Gives the bytes of a value in pieces: a stream's, a response's body, else its text.
  static func write(_ value: Value, _ machine: Machine, _ put: ([UInt8]) throws -> Void) throws {
    switch value {
    case .record(let record):
      guard let body = record["body"], record["status"] != nil else { break }
      return try write(body, machine, put)
    case .stream(let stream):
      while let text = try stream.nextText() {
        try machine.checkpoint()
        try put(text)
      }
      while let piece = try stream.next() {
        try machine.checkpoint()
        try put(PlainText.bytes(of: piece))
      }
      return
    case .string(let text): return try put(Array(text.utf8))
    default: break
    }
    try put(PlainText.bytes(of: value))
  }
}
