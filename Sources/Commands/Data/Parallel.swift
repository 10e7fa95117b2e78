import Interpreter
import Net

/// `each --parallel`: a window of items that workers are busy with, given out in order.
enum Parallel {
  static func map(_ input: Value, _ machine: Machine, _ count: Int, _ function: Function) throws -> Value {
    guard (1...1_000).contains(count) else {
      throw ValueError("bad-argument", "\(count) calls at a time: 1 to 1000 can be", layer: .command)
    }
    let source = try Items.next(of: input)
    let workers = try Workers(count, calling: function, for: machine)
    let close = {
      workers.stop()
      if case .stream(let stream) = input { stream.close() }
    }
    let stream = Stream(close: close, next: results(of: workers, count, machine, source))
    // Workers end with the stream; a list is worked off at once.
    return Items.isEndless(input) ? .stream(stream) : try stream.collect()
  }

  /// Keeps `count` items under way and gives the result of the oldest; null results are left out.
  private static func results(
    of workers: Workers, _ count: Int, _ machine: Machine, _ source: @escaping () throws -> Value?
  ) -> () throws -> Value? {
    var submitted = 0
    var given = 0
    var isOver = false
    return {
      while true {
        while !isOver, submitted - given < count {
          guard let item = try source() else {
            isOver = true
            break
          }
          workers.submit(item, ticket: submitted)
          submitted += 1
        }
        guard given < submitted else { return nil }
        let result = try workers.result(of: given, for: machine)
        given += 1
        if !result.isNull { return result }
      }
    }
  }
}
