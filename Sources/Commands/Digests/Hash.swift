import Coding
import Interpreter
import Net

let hash = Command(
  "hash", "Hashes bytes, a text, a response's body or a stream as it comes; gives hexadecimal digits.",
  Parameter<Value>.input("what to hash"),
  Parameter<String>.required("algorithm", "the hash function", choices: DigestAlgorithm.allCases.map(\.rawValue)),
  Parameter<Bool>.flag("bytes", "give bytes"), gives: .string,
  examples: [
    Example("'abc' | hash sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    Example("'' | hash md5", "d41d8cd98f00b204e9800998ecf8427e"),
    Example("open /etc/hostname | hash sha256 --bytes | len", "32"),
  ]
) { machine, input, algorithm, bytes in
  let digest = try Digest(Digests.algorithm(algorithm))
  try Digests.feed(input, machine) { try digest.update($0) }
  return Digests.give(try digest.finish(), bytes: bytes)
}

let hmac = Command(
  "hmac", "Makes the keyed hash (RFC 2104) of bytes, a text, a response's body or a stream; gives hexadecimal digits.",
  Parameter<Value>.input("what to hash"),
  Parameter<String>.required("algorithm", "the hash function", choices: DigestAlgorithm.allCases.map(\.rawValue)),
  Parameter<[UInt8]>.required("key", "the key, text or bytes", isSecret: true),
  Parameter<Bool>.flag("bytes", "give bytes"), gives: .string,
  examples: [
    Example(
      "'what do ya want for nothing?' | hmac sha256 Jefe",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", note: "a vector of RFC 4231"),
    Example("'m' | hmac sha512 0x[00 01] --bytes | len", "64"),
  ]
) { machine, input, algorithm, key, bytes in
  let hmac = try HMAC(Digests.algorithm(algorithm), key: key)
  try Digests.feed(input, machine) { try hmac.update($0) }
  return Digests.give(try hmac.finish(), bytes: bytes)
}

private enum Digests {
  static func algorithm(_ name: String) throws -> DigestAlgorithm {
    if let known = DigestAlgorithm(rawValue: name.lowercased()) { return known }
    throw ValueError(
      "unknown-algorithm", "there is no hash function `\(name)`",
      hint: "there are " + DigestAlgorithm.allCases.map(\.rawValue).joined(separator: ", "), layer: .command)
  }

  static func feed(_ input: Value, _ machine: Machine, _ update: ([UInt8]) throws -> Void) throws {
    let next = try Pieces.next(of: input)
    var transfer = Transfer("hash", of: input)
    if Pieces.stream(in: input) != nil { machine.show(transfer) }
    defer { machine.show(nil) }
    while let piece = try next() {
      try machine.checkpoint()
      try update(piece)
      transfer.add(piece.count)
      machine.show(transfer)
    }
  }

  static func give(_ hash: [UInt8], bytes: Bool) -> Value {
    bytes ? .bytes(hash) : .string(BaseEncoding.hex.encode(hash))
  }
}
