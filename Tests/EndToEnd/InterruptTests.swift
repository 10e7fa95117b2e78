import CSystem
import Glibc
import Net
import System
import Testing

/// Ctrl-C while one command works on much data: a release stops within 100 ms, what is built here within a few slices of slower work.
@Suite(.serialized) struct InterruptTests {
  /// Seconds: much for one slice on a busy machine, little for the whole of what is interrupted.
  private static let bound = 8.0

  /// Runs a text, interrupts it after its first sign, and gives its status and how long that took. The sign stands on standard output,
  /// that of `-x` on standard error; then nobody reads what is printed, and all of it is taken.
  private func interrupted(
    _ text: String, options: [String] = [], after sign: String = "go\n"
  ) throws -> (status: Int32?, seconds: Double) {
    var output: [Int32] = [0, 0]
    try systemCall("pipe2") { nsh_pipe(&output) }
    defer { close(output[0]) }
    let isTraced = options.contains("-x")
    let child = try Child(
      ["nsh"] + options + ["-c", text], output: isTraced ? -1 : output[1], errors: isTraced ? output[1] : -1)
    close(output[1])
    var room = [UInt8](repeating: 0, count: 100)
    #expect(read(output[0], &room, sign.utf8.count) == sign.utf8.count)
    #expect(room.starts(with: Array(sign.utf8)))
    usleep(50_000)
    let start = monotonicNow()
    child.signal(SIGINT)
    let status = child.wait(seconds: 20)
    return (status, Double(monotonicNow() - start) / 1e9)
  }

  @Test(arguments: [
    "'word ' * 8_000_000|words", "'word ' * 8_000_000|split ' '", "'word ' * 8_000_000|split ''",
    "'word ' * 8_000_000|replace re'o.' x --all", "'word ' * 8_000_000|find or --all", "' ' * 60_000_000|trim",
    "'WÖRD ' * 8_000_000|lower", "'word ' * 8_000_000|reverse", "'word ' * 8_000_000|to base64",
    "'word ' * 40_000_000|to gzip --level 9",
    "\"a,b\\n\" * 8_000_000|from csv", "'[' + ('[1],' * 4_000_000) + '1]'|from json", "'word ' * 4_000_000|hexdump",
    "1..300_000|each {|n| $n * 7368787 % 300007} | sort {|a b| $a > $b}", "1..3_000_000|uniq",
    "1..3_000_000|group {|n| $n % 7}",
    "1..3_000_000|each {|n| {n: $n}}", "1..3_000_000|reduce {|a b| $a + $b}",
  ])
  func stopsOneLongCommand(_ text: String) throws {
    let parts = text.split(separator: "|", maxSplits: 1)
    let result = try interrupted("let data = \(parts[0])\nprint go\nlet result = $data | \(parts[1])")
    #expect(result.status == 130)
    #expect(result.seconds < Self.bound, "\(text) went on for \(result.seconds) s")
  }

  @Test func stopsWhatWritesToAReaderThatDoesNotRead() throws {
    let result = try interrupted("print go\nloop { print ('x' * 10_000) }")
    #expect(result.status == 130)
    #expect(result.seconds < Self.bound)
  }

  /// What is printed as it comes, from sources that know neither an end nor a machine.
  @Test(arguments: [
    "ip split 0.0.0.0/0 --prefix 32", "ip subnets [0.0.0.0/0 10.0.0.0/8] --prefix 30", "ip hosts 0.0.0.0/0",
    "ip hosts [0.0.0.0/0 10.0.0.0/8]", "1.. | skip 3",
  ])
  func stopsWhatIsPrintedAsItComes(_ text: String) throws {
    for options in [["-x"], ["-x", "--json"]] {
      let result = try interrupted(text, options: options, after: "+ ")
      #expect(result.status == 130)
      #expect(result.seconds < Self.bound, "\(text) \(options) went on for \(result.seconds) s")
    }
  }

  @Test func stopsTheReadingOfAPipeThatNobodyWritesTo() throws {
    let folder = try Folder()
    let pipe = folder.path + "/pipe"
    try systemCall("mkfifo") { mkfifo(pipe, 0o600) }
    let result = try interrupted("print go\nopen \(pipe) | lines | count")
    #expect(result.status == 130)
    #expect(result.seconds < Self.bound)
    let late = try Run("-c", "within 100ms { open \(pipe) | lines | count }")
    #expect(late.status == 28, "\(late.errors)")
    let written = try Run(
      "-c", "let writer = spawn { sleep 200ms; ^sh -c 'seq 100000 > \(pipe)' }\nopen \(pipe) | lines | count")
    #expect(written.output == "100000\n", "\(written.errors)")
  }

  @Test func whatIsPrintedIsSeenWhileTheScriptWaits() throws {
    for wait in ["sleep 60s", "input", "spawn { sleep 60s } | wait", "within 60s { sh sleep 60 }"] {
      var input: [Int32] = [0, 0]
      var output: [Int32] = [0, 0]
      try systemCall("pipe2") { nsh_pipe(&input) }
      try systemCall("pipe2") { nsh_pipe(&output) }
      let child = try Child(["nsh", "-c", "print go\n\(wait)"], input: input[0], output: output[1])
      close(input[0])
      close(output[1])
      var waits = [pollfd(fd: output[0], events: Int16(POLLIN), revents: 0)]
      #expect(poll(&waits, 1, 10_000) == 1, "nothing came before \(wait)")
      child.signal(SIGTERM)
      _ = child.wait(seconds: 5)
      close(input[1])
      close(output[0])
    }
  }
}
