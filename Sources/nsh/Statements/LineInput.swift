import Glibc
import Net
import System

/// Lines from a descriptor, read in large pieces (read(2)) that end at the interrupt too.
struct LineInput {
  private let descriptor: Int32
  private let interrupt: Interrupt
  private var buffer: [UInt8] = []
  private var next = 0
  private var isAtEnd = false

  private static let pieceSize = 64 << 10

  init(_ descriptor: Int32, interrupt: Interrupt) {
    self.descriptor = descriptor
    self.interrupt = interrupt
  }

  enum Line {
    /// With its newline, if it has one.
    case line(ArraySlice<UInt8>)
    case end
    case interrupted
    case failed(SystemCallError)
  }

  mutating func read() -> Line {
    var searched = next
    while true {
      if let newline = buffer[searched...].firstIndex(of: 0x0A) {
        defer { next = newline + 1 }
        return .line(buffer[next...newline])
      }
      guard !isAtEnd else {
        defer { next = buffer.count }
        return next < buffer.count ? .line(buffer[next...]) : .end
      }
      buffer.removeSubrange(..<next)
      next = 0
      searched = buffer.count
      if let stop = fill() { return stop }
    }
  }

  private mutating func fill() -> Line? {
    while true {
      var waits = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&waits, 2, -1)
      if interrupt.isRaised { return .interrupted }
      guard waits[0].revents != 0 else { continue }
      let used = buffer.count
      buffer.append(contentsOf: repeatElement(0, count: Self.pieceSize))
      let count: Int
      do throws(SystemCallError) {
        count = try systemCall("read") {
          buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress.map { $0 + used }, Self.pieceSize) }
        }
      } catch {
        buffer.removeLast(Self.pieceSize)
        if error.errno == EAGAIN { continue }
        return .failed(error)
      }
      buffer.removeLast(Self.pieceSize - count)
      isAtEnd = count == 0
      return nil
    }
  }
}
