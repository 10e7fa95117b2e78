import Interpreter
import Testing

@testable import Terminal

@Suite struct ProgressTests {
  private let second: Int64 = 1_000_000_000

  private func transfer(_ done: Int, of total: Int?) -> Transfer {
    var transfer = Transfer("save", of: total, start: 0)
    transfer.add(done)
    return transfer
  }

  @Test func rateAndTimeLeftFollowFromBytesAndClock() {
    #expect(
      ProgressBar.line(transfer(1 << 20, of: 4 << 20), now: 2 * second, window: 100)
        == "save  [=====>              ]  25%  1 MiB of 4 MiB  512 KiB/s  6s left")
    #expect(
      ProgressBar.line(transfer(3 << 20, of: nil), now: 90 * second, window: 100) == "save  3 MiB  34.1 KiB/s  1min30s")
  }

  @Test(arguments: [(0, 0), (0, 10), (20, 10), (Int.max, Int.max), (5, -1)]) func oddNumbersDoNoHarm(
    _ done: Int, _ total: Int
  ) {
    for now in [Int64(0), 1, .max] {
      #expect(DisplayWidth.of(ProgressBar.line(transfer(done, of: total), now: now, window: 40)) < 40)
    }
  }

  @Test func nothingIsShownInTheFirstSecond() {
    let bar = ProgressBar()
    let text = StyledText(hasColor: false)
    #expect(bar.change(to: Transfer("save", of: nil), window: 80, text: text).isEmpty)
    #expect(bar.change(to: nil, window: 80, text: text).isEmpty)
    #expect(!bar.change(to: transfer(1, of: nil), window: 80, text: text).isEmpty)
    #expect(bar.change(to: nil, window: 80, text: text) == Array("\r\u{1b}[K".utf8))
  }

  @Test func aStallIsShownWhileNothingComes() {
    let bar = ProgressBar()
    let empty = StyledText(hasColor: false)
    var moving = Transfer("save", of: 100 << 20, start: 0)
    func after(_ seconds: Int64) -> String {
      String(decoding: bar.change(now: seconds * second, window: 100, text: empty), as: UTF8.self)
    }
    for tenth in 0..<30 {
      moving.add(1 << 20)
      _ = bar.change(to: moving, now: Int64(tenth) * second / 10, window: 100, text: empty)
    }
    #expect(bar.isActive)
    #expect(after(4).contains("30 MiB of 100 MiB  7.5 MiB/s") && after(4) == "")
    // The rate is that of the last seconds, and falls to nothing.
    #expect(after(5).hasSuffix("30 MiB of 100 MiB  6 MiB/s  stalled 2s"))
    for passed in 6..<40 { _ = after(Int64(passed)) }
    #expect(after(40).hasSuffix("30 MiB of 100 MiB  0 B/s  stalled 37s"))
    moving.add(1)
    _ = bar.change(to: moving, now: 41 * second, window: 100, text: empty)
    #expect(after(42).hasSuffix("left"))
    #expect(bar.change(to: nil, window: 100, text: empty) == Array("\r\u{1b}[K".utf8))
    #expect(!bar.isActive && after(43).isEmpty)
  }

  @Test func aHexdumpIsColouredByClassAndSaysTheSame() {
    for count in 1...33 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
      var (plain, colored) = (StyledText(hasColor: false), StyledText(hasColor: true))
      ValueView(window: 80).addHexdump(bytes, to: &plain)
      ValueView(window: 80).addHexdump(bytes, to: &colored)
      #expect(withoutColors(colored.bytes) == String(decoding: plain.bytes, as: UTF8.self))
      #expect(colored.bytes.contains(0x1B))
    }
  }

  private func withoutColors(_ bytes: [UInt8]) -> String {
    var (kept, isInSequence): ([UInt8], Bool) = ([], false)
    for byte in bytes {
      if byte == 0x1B { isInSequence = true }
      if !isInSequence { kept.append(byte) }
      if byte == UInt8(ascii: "m") { isInSequence = false }
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
