import CZlib

/// The state of one zlib stream with the input that waits for it.
///
/// A class, since zlib keeps a pointer to the `z_stream` and refuses one that has moved.
final class ZlibStream {
  /// How much one call writes at most.
  static let pieceSize = 65_536

  let state: UnsafeMutablePointer<z_stream>
  var input = PendingInput()
  private let end: (UnsafeMutablePointer<z_stream>) -> Void

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

  /// Makes one call with the waiting input, and gives what it wrote and returned.
  func turn(_ call: (UnsafeMutablePointer<z_stream>) -> Int32) -> (output: [UInt8], status: Int32) {
    var status = Z_OK
    let output = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
      input.feed { input in
        // avail_in has 32 bits; more than that waits for the next call.
        let available = min(input.count, 1 << 30)
        state.pointee.next_in = input.baseAddress
        state.pointee.avail_in = UInt32(truncatingIfNeeded: available)
        state.pointee.next_out = buffer.baseAddress
        state.pointee.avail_out = UInt32(truncatingIfNeeded: Self.pieceSize)
        status = call(state)
        count = Self.pieceSize - Int(state.pointee.avail_out)
        state.pointee.next_in = nil
        state.pointee.next_out = nil
        return available - Int(state.pointee.avail_in)
      }
    }
    return (output, status)
  }
}
