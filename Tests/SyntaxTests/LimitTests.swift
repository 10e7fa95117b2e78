import Diagnostics
import Glibc
import Testing

@testable import Syntax

/// A closure on its way to another thread.
private final class Work {
  let run: () -> Void

  init(_ run: @escaping () -> Void) { self.run = run }
}

/// Runs a closure on a thread with a stack of 512 KiB and gives its result.
private func onSmallStack<Result>(_ body: @escaping () -> Result) -> Result? {
  var result: Result?
  let work = Work { result = body() }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setstacksize(&attributes, 512 * 1024)
  var thread = pthread_t()
  let status = pthread_create(
    &thread, &attributes,
    { context in
      if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
      return nil
    }, Unmanaged.passRetained(work).toOpaque())
  guard status == 0 else { return nil }
  pthread_join(thread, nil)
  return result
}

private func nested(_ opening: String, _ levels: Int, _ closing: String = "") -> String {
  String(repeating: opening, count: levels) + "1" + String(repeating: closing, count: levels)
}

private let brackets: [(String, String)] = [
  ("(", ")"), ("1+(", ")"), ("- (", ")"), ("[", "]"), ("{a: ", "}"), ("f { ", " }"), ("{|x| ", " }"), ("$a[", "]"),
  ("\"${", "}\""), ("f x${ ", "}"), ("if true { ", " }"), ("f {|x| ", " }"), ("let a = try { ", " }"),
  ("1 + if (", ") {}"), ("f --x={a: [{|x| ", "}]}"), ("not -(", ")"), ("{a: (", ")}"),
  ("1 or 1 and 1 == 1 bor 1 band 1 + 1 * (", ")"), ("def f [] { ", " }"),
]

@Test("thirty levels fit on a small stack in a debug build", arguments: brackets)
func nesting(opening: String, closing: String) throws {
  let text = nested(opening, 30 / opening.utf8.count { $0.opensBracket }, closing)
  #expect(onSmallStack { parsed(text).findings.map(\.message) } == [])
}

@Test("nesting beyond the limit is one finding, on a small stack too", arguments: brackets)
func tooDeep(opening: String, closing: String) throws {
  for text in [nested(opening, 20_000, closing), nested(opening, 20_000)] {
    #expect(onSmallStack { parsed(text).findings.map(\.code) } == ["nesting"])
  }
}

/// Each row: what is repeated, and the codes of the findings.
private let repeated: [(String, [String])] = [
  ("(", ["nesting"]), ("- ", ["nesting"]), ("not ", ["nesting"]), ("[{a: ", ["nesting"]), ("$a[", ["nesting"]),
  ("1+", ["syntax"]), ("$a.b", ["syntax"]), ("a | ", ["incomplete"]), ("a ", []), ("[1] ", ["syntax"]),
  ("\"a\" ", ["syntax"]),
  ("\"", ["syntax"]), ("\"\\\"", ["syntax"]), ("'\"\\", ["syntax"]), ("${", ["nesting"]), ("1 .. ", ["syntax"]),
  ("a\\\n", ["incomplete"]), ("{\"", ["syntax"]), ("a=", []), ("1-1-", ["syntax"]), ("if 1 {} else ", ["syntax"]),
  ("f --a=1 ", []), ("{a:1} ", ["syntax"]), ("x$", ["syntax"]), ("# ", []), ("\u{1}", ["control-character"]),
]

@Test("a long line takes time in proportion", arguments: repeated)
func longLines(piece: String, codes: [String]) {
  let text = String(repeating: piece, count: 400_000 / piece.utf8.count)
  var found: [String] = []
  let seconds = processorSeconds { found = parsed(text).findings.map(\.code) }
  #expect(Set(found).union(["too-many"]) == Set(codes).union(["too-many"]))
  #expect(seconds < 8, "\(piece)")
}

/// Gives the time that the thread's processor worked for a closure, clock_gettime(2): what other programs take does not count.
private func processorSeconds(_ body: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  let start = now()
  body()
  return now() - start
}

@Test func findingsAreCapped() {
  let findings = parsed(String(repeating: ")\n", count: 5000)).findings
  #expect(findings.count == 101)
  #expect(findings.last?.message == "… and 4900 more")
}
