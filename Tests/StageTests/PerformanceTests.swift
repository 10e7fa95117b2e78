import Stage
import Testing

/// Where a show is, key by key.
struct PerformanceTests {
  private let talk = StageTests.talk("## A\nprint 1\nprint 2\n## B\nprint 3\n## C\n# only told")

  @Test func goingOnRunsEachStatementOnce() {
    var show = Performance(talk)
    var run: [Int?] = []
    for _ in 0..<9 { run.append(show.next()) }
    #expect(run == [0, 1, nil, 2, nil, nil, nil, nil, nil])
    #expect(show.isAtEnd && !show.isLookingBack && show.upcoming == nil)
  }

  @Test func lookingBackRunsNothingAgain() {
    var show = Performance(talk)
    for _ in 0..<4 { _ = show.next() }
    #expect(show.seen == [2])
    let wentBack = [show.back(), show.back()]
    #expect(wentBack == [true, true] && show.isLookingBack)
    #expect(show.seen == [0, 1])
    let run = [show.next(), show.next()]
    #expect(run == [nil, nil] && !show.isLookingBack)
    let last = show.next()
    #expect(last == nil && show.halt?.slide == 2)
    show.look(at: 0)
    let isBefore = show.back()
    #expect(!isBefore)
    show.look(at: 100)
    #expect(show.view == show.live)
  }

  @Test func skippingAndJumping() {
    var show = Performance(talk)
    let states = { (show: Performance) in show.results.map(\.state) }
    let isSkipped = show.skip()
    #expect(isSkipped)
    #expect(states(show) == [.skipped, .waiting, .waiting])
    #expect(show.retriable == 0)
    let isThird = show.jump(toHeading: 3)
    #expect(isThird)
    #expect(states(show) == [.skipped, .skipped, .skipped])
    let skipsMore = show.skip()
    #expect(!skipsMore && show.isAtEnd)
    let jumps = [show.jump(toHeading: 4), show.jump(toHeading: 0), show.jump(toHeading: 1)]
    #expect(jumps == [false, false, true] && show.isLookingBack && show.view == 0)
  }

  @Test func resultsBelongToTheStatementThatRan() {
    var show = Performance(talk)
    let first = show.next()
    #expect(first == 0)
    show.begin(0)
    show.show([.note("a")], dropped: 0)
    #expect(show.results[0].printed.count == 1 && show.results[0].state == .running && show.retriable == nil)
    show.end(0, with: StatementResult(.failed))
    #expect(show.retriable == 0)
    show.end(0, with: StatementResult(.rehearsed("then"), [.note("kept")]))
    // What a job prints later is not mixed with what was kept.
    show.show([.note("late"), .note("later")], dropped: 0)
    #expect(show.results[0].printed.count == 1 && show.retriable == 0)
  }

  @Test func aScriptWithoutAnythingIsOverAtOnce() {
    var show = Performance(StageTests.talk(""))
    let (next, back, skip) = (show.next(), show.back(), show.skip())
    #expect(next == nil && !back && !skip && show.isAtEnd && show.halt == nil)
  }

  @Test func typingIsUnevenAndNeverLong() {
    let pauses = Typing(speed: 1).pauses(of: "tcp connect www.example.test:80")
    #expect(Set(pauses).count > 5)
    #expect((500_000_000...3_000_000_000).contains(pauses.reduce(0, +)))
    let long = Typing(speed: 1).pauses(of: String(repeating: "send line hello\n", count: 400))
    #expect(long.reduce(0, +) <= 6_000_000_000 && long.allSatisfy { $0 >= 0 })
    let quick = Typing(speed: 2).pauses(of: "tcp connect www.example.test:80").reduce(0, +)
    #expect(abs(quick * 2 - pauses.reduce(0, +)) < 1_000)
    #expect(Typing(speed: 1).pauses(of: "").isEmpty)
    #expect(Typing(speed: 1).readingTime(words: 10_000, lines: 0) == 20_000_000_000)
  }
}
