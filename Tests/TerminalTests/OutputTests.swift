import CSystem
import Glibc
import Interpreter
import Net
import Testing

@testable import Terminal

@Suite struct OutputTests {
  private func stream(_ items: [Value], bytes: Bool = false) -> Value {
    var rest = items[...]
    return .stream(Stream(bytes: bytes) { rest.popFirst() })
  }

  private let rows: [Value] = [
    .record(Record(["a": .int(1), "b": .string("x\ty")])), .record(Record(["a": .int(2), "b": .bytes([0x1b])])),
  ]

  @Test func intoAPipeBytesGoUntouched() throws {
    let capture = Capture()
    let output = RawOutput(capture.console)
    try output.print(.string("\u{1b}[31mred"))
    try output.print(.bytes(Array("no newline".utf8)))
    try output.print(stream([.bytes([0x21]), .bytes([0x0A])], bytes: true))
    try output.print(.null)
    #expect(try capture.outputText() == "\u{1b}[31mred\nno newline!\n")
  }

  @Test func tablesAreTabSeparated() throws {
    let capture = Capture()
    let output = RawOutput(capture.console)
    try output.print(.list(rows))
    try output.print(stream(rows))
    let table = "a\tb\n1\tx\\ty\n2\t\u{1b}\n"
    #expect(try capture.outputText() == table + table)
  }

  @Test func streamsOfScalarsAreLines() throws {
    let capture = Capture()
    try RawOutput(capture.console).print(stream([.int(1), .string("two"), .list([.int(3)])]))
    #expect(try capture.outputText() == "1\ntwo\n[3]\n")
  }

  @Test func jsonIsOneTextALine() throws {
    let capture = Capture()
    let output = JSONOutput(capture.console)
    try output.print(.list(rows))
    try output.print(stream(rows))
    try output.print(stream([.bytes(Array("ab".utf8)), .bytes(Array("c".utf8))], bytes: true))
    try output.print(.null)
    let first = #"{"a":1,"b":"x\ty"}"#
    let second = #"{"a":2,"b":"\u001b"}"#
    #expect(try capture.outputText() == "[\(first),\(second)]\n\(first)\n\(second)\n\"abc\"\n")
  }

  @Test func notesComeAfterWhatWasPrinted() throws {
    let file = Capture()
    let both = Console(output: dup(1), errors: dup(2), color: .never)
    #expect(both.text().hasColor == false)
    RawOutput(file.console).note("a note")
    #expect(file.errorText() == "a note\n")
  }

  @Test func aFullDiskIsAnErrorThatStays() throws {
    let full = open("/dev/full", O_WRONLY)
    let writer = DescriptorWriter(full, name: "standard output")
    try writer.write([1])
    for _ in 0..<2 {
      let error = #expect(throws: WriteError.self) { try writer.flush() }
      #expect(error?.code == "ENOSPC")
      #expect(error?.layers.last?.message == "write(2) = ENOSPC (28), no space left on device")
    }
    close(full)
  }

  @Test func aClosedPipeIsKnown() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(nsh_pipe(&ends) == 0)
    close(ends[0])
    let writer = DescriptorWriter(ends[1], name: "standard output")
    let error = #expect(throws: WriteError.self) { try writer.write([UInt8](repeating: 1, count: 100_000)) }
    #expect(error?.isClosedPipe == true)
    #expect(error?.code == "closed-pipe")
    close(ends[1])
  }

  @Test func aNonBlockingPipeGetsEverything() throws {
    var ends: [Int32] = [0, 0]
    #expect(nsh_pipe(&ends) == 0)
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    let (reader, count) = (ends[0], 1_000_000)
    var thread = pthread_t()
    let total = UnsafeMutablePointer<Int>.allocate(capacity: 2)
    defer { total.deallocate() }
    total[0] = 0
    total[1] = Int(reader)
    pthread_create(
      &thread, nil,
      { context in
        guard let total = context?.assumingMemoryBound(to: Int.self) else { return nil }
        var room = [UInt8](repeating: 0, count: 10_000)
        while true {
          let count = read(Int32(total[1]), &room, room.count)
          if count <= 0 { return nil }
          total[0] += count
          usleep(100)
        }
      }, total)
    let writer = DescriptorWriter(ends[1], name: "standard output")
    try writer.write([UInt8](repeating: 7, count: count))
    try writer.flush()
    close(ends[1])
    pthread_join(thread, nil)
    #expect(total[0] == count)
    close(reader)
  }

  @Test func colourIsForTerminalsThatCan() {
    #expect(ColorChoice.auto.allowsColor(isTerminal: true, noColor: nil, term: "xterm"))
    #expect(!ColorChoice.auto.allowsColor(isTerminal: false, noColor: nil, term: "xterm"))
    #expect(!ColorChoice.auto.allowsColor(isTerminal: true, noColor: "1", term: "xterm"))
    #expect(!ColorChoice.auto.allowsColor(isTerminal: true, noColor: nil, term: "dumb"))
    #expect(ColorChoice.always.allowsColor(isTerminal: false, noColor: "1", term: nil))
    #expect(!ColorChoice.never.allowsColor(isTerminal: true, noColor: nil, term: "xterm"))
  }
}
