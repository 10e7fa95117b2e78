import Coding
import TestSupport
import Testing

/// Every hash and every HMAC, whole and in pieces, against Python's hashlib and hmac.
@Suite struct DigestTests {
  static let names: [(DigestAlgorithm, python: String)] = DigestAlgorithm.allCases.map { algorithm in
    switch algorithm {
    case .blake2b512: (algorithm, "blake2b")
    case .blake2s256: (algorithm, "blake2s")
    default: (algorithm, algorithm.rawValue.replacing("sha3-", with: "sha3_").replacing("sha512-", with: "sha512_"))
    }
  }

  @Test func agreesWithPython() throws {
    var random = SeededRandom(seed: 4)
    var lines: [String] = []
    var ours: [String] = []
    for (algorithm, python) in Self.names {
      for size in [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1000, 70_000] {
        let message = random.bytes(size)
        let key = random.bytes(size % 300)
        lines.append("\(python) \(hex(key)) \(hex(message))")
        let digest = try Digest(algorithm)
        let hmac = try HMAC(algorithm, key: key)
        for piece in pieces(of: message, &random) {
          try digest.update(piece)
          try hmac.update(piece)
        }
        ours.append(hex(try digest.finish()) + " " + hex(try hmac.finish()))
      }
    }
    let theirs = try Python.run(
      """
      import hashlib, hmac, sys
      for line in sys.stdin:
        name, key, message = line[:-1].split(" ")
        key, message = bytes.fromhex(key), bytes.fromhex(message)
        print(hashlib.new(name, message).hexdigest(), hmac.new(key, message, name).hexdigest())
      """, lines: lines)
    #expect(theirs == ours)
    #expect(ours.count == 14 * DigestAlgorithm.allCases.count)
  }

  @Test func keepsToTheVectorsOfRFC4231() throws {
    let hmac = try HMAC(.sha256, key: Array("Jefe".utf8))
    try hmac.update(Array("what do ya want for nothing?".utf8))
    #expect(hex(try hmac.finish()) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  /// An empty key and one zero byte give the same code (RFC 2104 §2 pads with zeros), and neither means "no key".
  @Test func takesEmptyKeys() throws {
    let empty = try HMAC(.md5, key: [])
    let zero = try HMAC(.md5, key: [0])
    #expect(try hex(empty.finish()) == "74e6f7298a9c2d168935f58c001bad88")
    #expect(try hex(zero.finish()) == "74e6f7298a9c2d168935f58c001bad88")
  }

  @Test func refusesUseAfterTheEnd() throws {
    let digest = try Digest(.sha256)
    _ = try digest.finish()
    #expect(throws: DigestError.self) { try digest.finish() }
  }
}

func pieces(of bytes: [UInt8], _ random: inout SeededRandom) -> [[UInt8]] {
  var pieces: [[UInt8]] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    let size = 1 + random.below(max(1, min(rest.count, 5000)))
    pieces.append(Array(rest.prefix(size)))
    rest = rest.dropFirst(size)
  }
  return pieces
}
