import Coding
import TestSupport
import Testing

/// Compression both ways against Python's zlib, and what damaged, endless and hostile data get.
@Suite struct CompressionTests {
  static let formats: [(DeflateFormat, windowBits: Int)] = [(.gzip, 31), (.zlib, 15), (.raw, -15)]

  @Test func agreesWithPythonBothWays() throws {
    var random = SeededRandom(seed: 5)
    var messages: [[UInt8]] = []
    var lines: [String] = []
    for (format, bits) in Self.formats {
      for (level, size) in [(nil, 0), (0, 1), (1, 100), (6, 5000), (9, 200_000), (nil, 300_000)] as [(Int?, Int)] {
        let message = random.bytes(size)
        messages.append(message)
        let deflate = try Deflate(format, level: level)
        var packed: [UInt8] = []
        for piece in pieces(of: message, &random) {
          deflate.receive(piece)
          while let output = deflate.next() { packed += output }
        }
        deflate.finish()
        while let output = deflate.next() { packed += output }
        lines.append("\(bits) \(hex(packed))")
      }
    }
    let answers = try Python.run(
      """
      import sys, zlib
      for line in sys.stdin:
        bits, packed = line[:-1].split(" ")
        undo = zlib.decompressobj(int(bits))
        message = undo.decompress(bytes.fromhex(packed)) + undo.flush()
        assert undo.eof and not undo.unused_data
        redo = zlib.compressobj(wbits=int(bits))
        print("-" + message.hex(), (redo.compress(message) + redo.flush()).hex())
      """, lines: lines)
    #expect(answers.count == messages.count)
    for (index, answer) in answers.enumerated() {
      let parts = answer.split(separator: " ")
      #expect(parts[0].dropFirst() == hex(messages[index]))
      let inflate = try Inflate(Self.formats[index / 6].0)
      var message: [UInt8] = []
      for piece in pieces(of: bytes(hex: String(parts[1])), &random) {
        inflate.receive(piece)
        while let output = try inflate.next() { message += output }
      }
      try inflate.finish()
      #expect(message == messages[index])
    }
  }

  @Test(arguments: formats.map(\.0)) func refusesWhatIsCutOff(format: DeflateFormat) throws {
    let packed = try Deflate.compress(Array("a message, a message, a message".utf8), format)
    for length in 0..<packed.count {
      #expect(throws: CompressionError.truncated(format.format, offset: length)) {
        try Inflate.decompress(Array(packed.prefix(length)), format, limit: .max)
      }
    }
  }

  /// A flipped bit is noticed by the header, the codes or the checksum, or it does not matter: gzip's time and system (RFC 1952 §2.3.1), the
  /// bits between the last block and the checksum. Raw deflate has no checksum.
  @Test(arguments: [DeflateFormat.gzip, .zlib]) func noticesDamage(format: DeflateFormat) throws {
    let message = Array("a message, another message".utf8)
    let packed = try Deflate.compress(message, format)
    for index in packed.indices {
      var damaged = packed
      damaged[index] ^= 0x20
      let result = Result { try Inflate.decompress(damaged, format, limit: 1 << 20) }
      switch result {
      case .success(let output): #expect(output == message)
      case .failure(let error): #expect(error is CompressionError)
      }
    }
  }

  @Test func readsMembersOfGzipAndZerosBehindThem() throws {
    let one = try Deflate.compress(Array("one ".utf8), .gzip)
    let two = try Deflate.compress(Array("two".utf8), .gzip)
    for bytes in [one + two, one + [0, 0] + two + [0, 0, 0]] {
      #expect(try Inflate.decompress(bytes, .gzip, limit: 100) == Array("one two".utf8))
      let inflate = try Inflate(.gzip)
      var output: [UInt8] = []
      for byte in bytes {
        inflate.receive([byte])
        while let piece = try inflate.next() { output += piece }
      }
      try inflate.finish()
      #expect(output == Array("one two".utf8))
    }
  }

  @Test(arguments: formats.map(\.0)) func refusesWhatFollows(format: DeflateFormat) throws {
    let packed = try Deflate.compress(Array("x".utf8), format)
    #expect(throws: CompressionError.trailing(format.format, offset: packed.count)) {
      try Inflate.decompress(packed + Array("more".utf8), format, limit: .max)
    }
  }

  @Test func stopsBombs() throws {
    let bomb = try Deflate.compress([UInt8](repeating: 0, count: 50_000_000), .gzip)
    #expect(bomb.count < 60_000)
    #expect(throws: CompressionError.tooLarge(limit: 1_000_000)) {
      try Inflate.decompress(bomb, .gzip, limit: 1_000_000)
    }
    #expect(throws: CompressionError.ratio(limit: 100)) {
      try Inflate.decompress(bomb, .gzip, limit: .max, ratio: 100)
    }
    #expect(try Inflate.decompress(bomb, .gzip, limit: 50_000_000).count == 50_000_000)
  }

  @Test func saysWhatIsWrong() throws {
    let inflate = try Inflate(.gzip)
    inflate.receive(Array("GET / HTTP/1.1".utf8))
    #expect {
      try inflate.next()
    } throws: { error in
      (error as? CompressionError)?.message == "this is not gzip data: incorrect header check at byte 2"
    }
    #expect(throws: CompressionError.failed) { try inflate.next() }
    #expect(throws: CompressionError.badLevel(10)) { _ = try Deflate(.gzip, level: 10) }
  }
}
