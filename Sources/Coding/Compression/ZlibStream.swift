import CZlib

/// The state of one zlib stream with the input that waits for it.
///
/// A class, since zlib keeps a pointer to the `z_stream` and refuses one that has moved.
final class ZlibStream {
  /// How much one call writes at most.
  static let pieceSize = 65_536

  let state: UnsafeMutablePointer<z_stream>
  private let end: (UnsafeMutablePointer<z_stream>) -> Void
  private var input: [UInt8] = []
  private var position = 0
  /// How many bytes were taken from the input since the beginning.
  private(set) var consumed = 0

  /// - Parameters:
  ///   - start: `deflateInit2` or `inflateInit2`.
  ///   - end: `deflateEnd` or `inflateEnd`.
  init(
    start: (UnsafeMutablePointer<z_stream>) -> Int32, end: @escaping (UnsafeMutablePointer<z_stream>) -> Void
  ) throws(CompressionError) {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    guard start(state) == Z_OK else {
      state.deallocate()
      throw .noMemory
    }
    self.end = end
  }

  deinit {
    end(state)
    state.deallocate()
  }

  var hasInput: Bool { position < input.count }
  /// The next byte of the input.
  var next: UInt8? { hasInput ? input[position] : nil }

  func receive(_ bytes: [UInt8]) {
    if hasInput {
      input.append(contentsOf: bytes)
    } else {
      input = bytes
      position = 0
    }
  }

  /// Leaves out one byte of the input.
  func skip() {
    guard hasInput else { return }
    position += 1
    consumed += 1
  }

  /// Makes one call with the waiting input, and gives what it wrote and returned.
  func turn(_ call: (UnsafeMutablePointer<z_stream>) -> Int32) -> (output: [UInt8], status: Int32) {
    var status = Z_OK
    let output = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
      input.withUnsafeMutableBufferPointer { input in
        // avail_in has 32 bits; more than that waits for the next call.
        let available = min(input.count - position, 1 << 30)
        state.pointee.next_in = input.baseAddress.map { $0 + position }
        state.pointee.avail_in = UInt32(truncatingIfNeeded: available)
        state.pointee.next_out = buffer.baseAddress
        state.pointee.avail_out = UInt32(truncatingIfNeeded: Self.pieceSize)
        status = call(state)
        let taken = available - Int(state.pointee.avail_in)
        position += taken
        consumed += taken
        count = Self.pieceSize - Int(state.pointee.avail_out)
        state.pointee.next_in = nil
        state.pointee.next_out = nil
      }
    }
    return (output, status)
  }
}
