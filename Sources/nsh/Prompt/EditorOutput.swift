import CSystem
import Glibc
import System
import Terminal

/// The stream that libedit draws on, on whose way to the terminal stand-ins become what they stand for.
final class EditorOutput {
  let stream: UnsafeMutablePointer<FILE>
  let descriptor: Int32
  private let sink: Sink

  /// What fopencookie(3) calls; the stream outlives no editor, and so nothing is freed under it.
  private final class Sink {
    let descriptor: Int32
    let standIns: StandIns
    /// The beginning of a character whose rest libedit has not written yet.
    var cut: [UInt8] = []

    init(_ descriptor: Int32, _ standIns: StandIns) {
      self.descriptor = descriptor
      self.standIns = standIns
    }

    func write(_ bytes: UnsafeRawBufferPointer) {
      var bytes = cut + bytes
      cut = []
      for length in 1...3 where length <= bytes.count && bytes[bytes.count - length] >= 0xF0 {
        cut = bytes.suffix(length)
        bytes.removeLast(length)
        break
      }
      // A terminal that went away shows as the end of the input.
      try? DescriptorWriter(descriptor, name: "the terminal").writeNow(standIns.shown(bytes))
    }
  }

  init?(_ descriptor: Int32, _ standIns: StandIns) {
    let sink = Sink(descriptor, standIns)
    let stream = nsh_open_stream(Unmanaged.passUnretained(sink).toOpaque()) { client, bytes, count in
      guard let client else { return 0 }
      Unmanaged<Sink>.fromOpaque(client).takeUnretainedValue()
        .write(UnsafeRawBufferPointer(start: bytes, count: count))
      return count
    }
    guard let stream else { return nil }
    (self.stream, self.descriptor, self.sink) = (stream, descriptor, sink)
  }

  deinit { fclose(stream) }
}
