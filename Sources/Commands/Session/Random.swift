import Interpreter
import Net

let randomInt = Command(
  "random int", "Gives a random integer of a range, each one equally likely; from getrandom(2).",
  Parameter<RangeValue>.input("the range", named: "range"), gives: .int,
  examples: [Example("random int 1..6 | $in in 1..6", "true"), Example("random int 7..7", "7")]
) { _, range in
  guard let (first, last) = range.integers, range.upper != nil, first <= last else {
    throw ValueError(
      "bad-argument", "the range \(Value.range(Box(range)).scalarText ?? "") has no integers to choose from",
      hint: "such as 1..6", layer: .command)
  }
  return .int(Int.random(in: first...last))
}

let randomFloat = Command(
  "random float", "Gives a random float from 0 up to, but without, 1.", gives: .float,
  examples: [Example("random float | $in < 1", "true")]
) { _ in .float(Double.random(in: 0..<1)) }

let randomBytes = Command(
  "random bytes", "Gives random bytes, good enough for keys; from getrandom(2).",
  Parameter<ByteSize>.input("how many", named: "count"), gives: .bytes,
  examples: [Example("random bytes 16 | len", "16")]
) { machine, size in
  guard size.bytes >= 0, size.bytes <= Int64(collectLimit) else {
    throw ValueError("bad-count", "\(size) random bytes cannot be given: 0 to 1GiB can", layer: .command)
  }
  var random = SystemRandomNumberGenerator()
  var bytes: [UInt8] = []
  bytes.reserveCapacity(Int(size.bytes) + 8)
  while bytes.count < Int(size.bytes) {
    if bytes.count & 0xFFFF == 0 { try machine.checkpoint() }
    withUnsafeBytes(of: random.next()) { bytes.append(contentsOf: $0) }
  }
  bytes.removeLast(bytes.count - Int(size.bytes))
  return .bytes(bytes)
}

let randomChoice = Command(
  "random choice", "Gives one item, each one equally likely.",
  Parameter<Value>.input("a list, table, range or stream"), gives: .any,
  examples: [Example("[a b c] | random choice | $in in [a b c]", "true")]
) { machine, input in
  guard let item = try Items.all(of: input, machine).randomElement() else {
    throw ValueError("empty", "there is nothing to choose from")
  }
  return item
}

let randomShuffle = Command(
  "random shuffle", "Gives the items in a random order.",
  Parameter<Value>.input("a list, table, range or stream"), gives: .list,
  examples: [Example("1..10 | random shuffle | sum", "55")]
) { machine, input in .list(try Items.all(of: input, machine).shuffled()) }
