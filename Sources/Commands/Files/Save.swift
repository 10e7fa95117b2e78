import Coding
import Glibc
import Interpreter
import Net
import System
import Transport

let save = Command(
  "save",
  "Writes a value to a file: a stream as it comes, bytes and text as they are. The file appears whole or not at all.",
  Parameter<Value>.input("what to write"),
  Parameter<String>.required("path", "the file"),
  Parameter<Bool>.flag(
    "continue", "keep what came of a response as PATH.part if it breaks off, and go on from there the next time",
    continuesTransfer: true),
  Parameter<String?>.option(
    "checksum", "ALGORITHM:HEX that the content must have, such as sha256:…, or nothing is kept"),
  gives: .null,
  examples: [
    Example("'hello' | save /tmp/nsh-example.txt; open /tmp/nsh-example.txt", "hello"),
    Example(
      "'abc' | save /tmp/nsh-example.txt --checksum sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    ),
    Example("http get http://www.rfc.test/rfc/rfc2324.txt | save /tmp/nsh-coffee.txt --continue", needsLab: true),
  ]
) { machine, input, path, continues, checksum in
  let path = try machine.path(path)
  let wanted = try checksum.map { try Checksum($0) }
  var input = input
  if continues, let response = Resuming(input, path) {
    guard let whole = try response.run(machine, wanted) else { return .null }
    input = whole
  }
  let file = try NewFile(path)
  let digest = try wanted.map { try Digest($0.algorithm) }
  var transfer = Transfer("save", of: input)
  machine.show(transfer)
  defer { machine.show(nil) }
  try Writing.write(input, machine) { piece in
    try file.write(piece)
    try digest?.update(piece)
    transfer.add(piece.count)
    machine.show(transfer)
  }
  if let wanted, let digest { try wanted.check(try digest.finish(), path) }
  try file.finish()
  return .null
}

/// The hash that content must have: `sha256:ba78…`.
struct Checksum {
  let algorithm: DigestAlgorithm
  private let hash: [UInt8]

  /// checksum = algorithm ":" 1*HEXDIG
  init(_ text: String) throws {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let algorithm = DigestAlgorithm(rawValue: parts[0].lowercased()),
      let hash = try? BaseEncoding.hex.decode(Array(parts[1].utf8)), !hash.isEmpty
    else {
      throw ValueError(
        "bad-argument", "`\(text)` is no checksum", hint: "it is ALGORITHM:HEX, such as sha256:ba78…", layer: .command)
    }
    self.algorithm = algorithm
    self.hash = hash
  }

  /// Throws where the content has another hash.
  func check(_ found: [UInt8], _ path: String) throws {
    guard found != hash else { return }
    throw ValueError(
      "wrong-checksum",
      "what came for \(path) has \(algorithm.rawValue) \(BaseEncoding.hex.encode(found)), not the one wanted",
      hint: "it was not written: another file was served, or somebody changed it", layer: .file)
  }
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
        if case .bytes(let bytes) = piece { try put(bytes) } else { try put(PlainText.bytes(of: piece)) }
      }
      return
    case .string(let text): return try put(Array(text.utf8))
    default: break
    }
    try put(PlainText.bytes(of: value))
  }
}
