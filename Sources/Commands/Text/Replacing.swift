import Interpreter
import Net

/// The replacing of bytes by others as they are.
enum Replacing {
  static func literal(_ old: [UInt8], by new: [UInt8], in bytes: [UInt8], all: Bool) throws -> [UInt8] {
    var made: [UInt8] = []
    made.reserveCapacity(bytes.count)
    var start = 0
    var turns = TurnCounter()
    try bytes.withUnsafeBufferPointer { text in
      while let place = Interpreter.find(old, in: text, from: start) {
        try turns.turn()
        made.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
        made.append(contentsOf: new)
        start = place + old.count
        guard made.count <= collectLimit else { throw ValueError("too-large", "the result would have over 1 GiB") }
        if !all { break }
      }
      made.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
    return made
  }
}
