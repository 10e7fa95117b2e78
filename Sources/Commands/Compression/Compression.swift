import Coding
import Interpreter
import Net

/// Bytes through a compressor or a decompressor, as they come.
enum Compression {
  static func deflate(_ input: Value, _ machine: Machine, _ format: DeflateFormat, _ level: Int?) throws -> Value {
    try Pieces.map(input, machine) { source in
      let deflate = try Deflate(format, level: level)
      var isOver = false
      return {
        while true {
          if let piece = deflate.next() { return piece }
          if isOver { return nil }
          if let more = try source() {
            deflate.receive(more)
          } else {
            isOver = true
            deflate.finish()
          }
        }
      }
    }
  }

  static func inflate(
    _ input: Value, _ machine: Machine, _ format: CompressionFormat, _ limit: ByteSize?
  ) throws -> Value {
    let isStream = Pieces.stream(in: input) != nil
    let limit = limit.map { Int($0.bytes) } ?? (isStream ? .max : collectLimit)
    return try Pieces.map(input, machine) { source in
      let inflate = try format.decompressor(limit: limit)
      var isOver = false
      return {
        while !isOver {
          if let piece = try inflate.next() { return piece }
          if let more = try source() {
            inflate.receive(more)
          } else {
            isOver = true
            try inflate.finish()
          }
        }
        return nil
      }
    }
  }
}
