import Net
import Transport

/// What a recorder has of one direction of a connection, as the bytes that applications see, and which step brought which.
struct RecordedStream {
  private(set) var bytes: [UInt8] = []
  /// Where the bytes of each step begin.
  private var marks: [(offset: Int, step: Step)] = []
  /// Places whose bytes the recorder did not keep; zeros stand there.
  private var gaps: [Range<Int>] = []
  /// Whether more is missing than is worth zeros, so that the stream ends here.
  private(set) var isCut = false

  private static let longestGap = 16 << 20

  /// Joins the steps of these kinds: those of the plain bytes, where TLS seals them.
  init(_ steps: [Step], _ plain: Step.Kind, _ bare: Step.Kind) {
    let kind = steps.contains { $0.kind == .seal || $0.kind == .open } ? plain : bare
    for step in steps where step.kind == kind && step.error == nil {
      marks.append((bytes.count, step))
      bytes += step.bytes
      let missing = step.byteCount - step.bytes.count - step.lastBytes.count
      if missing > 0 {
        guard missing <= Self.longestGap - gaps.reduce(0, { $0 + $1.count }) else {
          isCut = true
          return
        }
        gaps.append(bytes.count..<(bytes.count + missing))
        bytes += [UInt8](repeating: 0, count: missing)
      }
      bytes += step.lastBytes
    }
  }

  /// The step that brought the byte at a place.
  func step(at offset: Int) -> Step? { marks.last { $0.offset <= offset }?.step }

  /// Whether all bytes of a part are there.
  func isWhole(_ range: Range<Int>) -> Bool { !gaps.contains { $0.overlaps(range) } }
}
