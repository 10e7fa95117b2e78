import Coding
import TestSupport
import Testing

/// Brotli and Zstandard against their own programs, and content codings one over the other.
@Suite struct ContentCodingTests {
  static let formats: [(format: CompressionFormat, compress: [String])] = [
    (.brotli, ["brotli", "-c"]), (.zstd, ["zstd", "-q", "-c"]),
  ]

  /// Gives what a program makes of a file with these bytes.
  static func packed(_ message: [UInt8], by command: [String]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try folder.write("message", message)
    let (output, status) = try Program(command + [folder.path + "/message"]).finish()
    #expect(status == 0)
    return output
  }

  @Test(arguments: formats.indices) func readsWhatTheirProgramsWrite(index: Int) throws {
    let (format, command) = Self.formats[index]
    var random = SeededRandom(seed: 8)
    let text = Array(String(repeating: "The quick brown fox. ", count: 20_000).utf8)
    for message in [[], [7], random.bytes(5000), random.bytes(200_000), text] {
      let packed = try Self.packed(message, by: command)
      #expect(try format.decompressor(limit: message.count).all(of: packed) == message)
      for _ in 0..<3 {
        let decoder = try format.decompressor()
        var output: [UInt8] = []
        for piece in pieces(of: packed, &random) {
          decoder.receive(piece)
          while let more = try decoder.next() { output += more }
        }
        try decoder.finish()
        #expect(output == message)
      }
    }
  }

  /// What libzstd decodes by other code when it has the whole of it: an empty run of a byte (RFC 8878 §3.1.1.2), and a frame of an
  /// older format, alone or behind the first byte of the present one.
  @Test(
    arguments: [
      [0x28, 0xB5, 0x2F, 0xFD, 0x30, 0x00, 0x03, 0x00, 0x00, 0x00],
      [0x27, 0xB5, 0x2F, 0xFD, 0x00, 0x00, 0xFF, 0xFC, 0x61],
      [0x28, 0x27, 0xB5, 0x2F, 0xFD, 0x00, 0x00, 0xFF, 0xFC, 0x61],
    ] as [[UInt8]]) func cutsDoNotMatter(frame: [UInt8]) throws
  {
    for size in 1...frame.count {
      let decoder = try CompressionFormat.zstd.decompressor()
      #expect(throws: CompressionError.self, "pieces of \(size)") {
        for start in stride(from: 0, to: frame.count, by: size) {
          decoder.receive(Array(frame[start..<min(start + size, frame.count)]))
          while let more = try decoder.next() { #expect(more.isEmpty) }
        }
        try decoder.finish()
      }
    }
  }

  @Test(arguments: formats.indices) func refusesWhatIsCutOffDamagedOrFollowed(index: Int) throws {
    let (format, command) = Self.formats[index]
    let message = Array("a message, a message, another message".utf8)
    let packed = try Self.packed(message, by: command)
    for length in 0..<packed.count {
      #expect(throws: CompressionError.truncated(format, offset: length)) {
        try format.decompressor().all(of: Array(packed.prefix(length)))
      }
    }
    // One bit each: decoded to something within the limit, or an error of the layer's own.
    for place in 0..<(packed.count * 8) {
      var damaged = packed
      damaged[place / 8] ^= 1 << UInt8(place % 8)
      do throws(CompressionError) {
        _ = try format.decompressor(limit: 1 << 20).all(of: damaged)
      } catch {
        #expect(error != .failed)
      }
    }
    #expect(throws: CompressionError.trailing(format, offset: packed.count)) {
      try format.decompressor().all(of: packed + Array("more".utf8))
    }
    let decoder = try format.decompressor()
    decoder.receive([0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
    #expect(throws: CompressionError.self) { while try decoder.next() != nil {} }
    #expect(throws: CompressionError.failed) { try decoder.next() }
    #expect(throws: CompressionError.failed) { try decoder.finish() }
  }

  @Test(arguments: formats.indices) func stopsBombs(index: Int) throws {
    let (format, command) = Self.formats[index]
    let bomb = try Self.packed([UInt8](repeating: 0, count: 30_000_000), by: command)
    #expect(bomb.count < 10_000)
    #expect(throws: CompressionError.tooLarge(limit: 1_000_000)) {
      try format.decompressor(limit: 1_000_000).all(of: bomb)
    }
    #expect(throws: CompressionError.ratio(limit: 100)) { try format.decompressor(ratio: 100).all(of: bomb) }
  }

  @Test func refusesLargeWindowsOfZstd() throws {
    // A frame without its content, as it begins when the sender wants a window of 64 MiB (RFC 8878 §3.1.1.1.2).
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 16 << 3, 0x01, 0x00, 0x00]
    #expect(try CompressionFormat.zstd.decompressor().all(of: frame) == [])
    #expect(throws: CompressionError.self) { try CompressionFormat.zstd.decompressor(window: 23).all(of: frame) }
    #expect(throws: CompressionError.self) { try ContentDecoder(codings: ["zstd"]).all(of: frame) }
  }

  @Test func readsFramesOfZstdAndSkipsThoseToSkip() throws {
    let one = try Self.packed(Array("one ".utf8), by: ["zstd", "-q", "-c"])
    let two = try Self.packed(Array("two".utf8), by: ["zstd", "-q", "-c"])
    // RFC 8878 §3.1.2: magic number, length, content.
    let skipped: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    #expect(try CompressionFormat.zstd.decompressor().all(of: one + skipped + two) == Array("one two".utf8))
    let decoder = try CompressionFormat.zstd.decompressor()
    var output: [UInt8] = []
    for byte in one + skipped + two {
      decoder.receive([byte])
      while let piece = try decoder.next() { output += piece }
    }
    try decoder.finish()
    #expect(output == Array("one two".utf8))
  }

  @Test func undoesCodingsOneOverTheOther() throws {
    let message = Array("several codings".utf8)
    let gzip = try Deflate.compress(message, .gzip)
    let both = try Self.packed(gzip, by: ["brotli", "-c"])
    #expect(try ContentDecoder(codings: ["gzip", "br"]).all(of: both) == message)
    #expect(try ContentDecoder(codings: ["X-Gzip"]).all(of: gzip) == message)
    #expect(throws: CompressionError.self) { try ContentDecoder(codings: ["br", "gzip"]).all(of: both) }
    for format in [DeflateFormat.zlib, .raw] {
      #expect(try ContentDecoder(codings: ["deflate"]).all(of: Deflate.compress(message, format)) == message)
    }
    let plain = try ContentDecoder(codings: ["identity"], limit: 20)
    #expect(plain.isIdentity)
    #expect(try plain.all(of: message) == message)
    #expect(throws: CompressionError.tooLarge(limit: 5)) { try ContentDecoder(codings: [], limit: 5).all(of: message) }
    #expect(try ContentDecoder(codings: ["gzip"]).all(of: []) == [])
    #expect(throws: CompressionError.truncated(.gzip, offset: 4)) {
      try ContentDecoder(codings: ["gzip"]).all(of: Array(gzip.prefix(4)))
    }
    #expect(throws: CompressionError.unknownCoding("compress")) { _ = try ContentDecoder(codings: ["compress"]) }
    #expect(throws: CompressionError.tooManyCodings(limit: 5)) {
      _ = try ContentDecoder(codings: Array(repeating: "gzip", count: 6))
    }
  }

  @Test func stopsBombsInBombs() throws {
    let inner = try Deflate.compress([UInt8](repeating: 0, count: 40_000_000), .gzip)
    let outer = try Deflate.compress(inner, .gzip)
    #expect(outer.count < 1000)
    #expect(throws: CompressionError.tooLarge(limit: 1 << 20)) {
      try ContentDecoder(codings: ["gzip", "gzip"], limit: 1 << 20).all(of: outer)
    }
  }
}
